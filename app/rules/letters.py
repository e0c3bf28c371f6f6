# SPDX-License-Identifier: EUPL-1.2
"""The states of a letter in the outbox."""

from enum import StrEnum

MOST_ATTEMPTS = 5


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"
    SUSPENDED = "suspended"


# Top-level names that belong to nobody (RFC 2606 §2): invented people live there.
INVENTED = (".invalid", ".test", ".example", ".localhost")


def is_invented(address: str) -> bool:
    """Whether an address can never be delivered; its letters are kept to be read in the mailbox."""
    return address.lower().endswith(INVENTED)


def same_address(address: str) -> str:
    """An address as it is compared: what came back for `Claire@Exemple.fr` holds for both."""
    return address.strip().lower()
