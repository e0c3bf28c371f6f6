# SPDX-License-Identifier: EUPL-1.2
"""Reads the reports that mail servers send back about letters they could not deliver."""

from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser


@dataclass(frozen=True)
class Bounce:
    """An address that will never take a letter, and what its server said."""

    address: str
    reason: str


def bounces_of(report: bytes) -> list[Bounce]:
    """The addresses that failed for good in one report; none when it is another kind of letter.

    A delay, or a failure that may pass (status 4.x.x), says nothing against an address.
    Source: RFC 3464 §2.3 (per-recipient fields Action, Status, Final-Recipient).
    """
    message = BytesParser(policy=policy.default).parsebytes(report)
    found = []
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            found += [_bounce(block) for block in blocks if isinstance(block, EmailMessage)]
    return [bounce for bounce in found if bounce is not None]


def _bounce(block: EmailMessage) -> Bounce | None:
    status = str(block.get("Status", "")).strip()
    if str(block.get("Action", "")).strip().lower() != "failed" or not status.startswith("5"):
        return None
    named = block.get("Original-Recipient") or block.get("Final-Recipient")
    address = str(named or "").partition(";")[2].strip()
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip()
    return Bounce(address, said or status) if "@" in address else None
