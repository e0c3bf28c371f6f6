# SPDX-License-Identifier: EUPL-1.2
"""What an address, a name and a password must be."""

import re

from app.rules.errors import RuleBroken

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_WORD = 200
# One @, no space, a dot after it: the letter that is sent decides the rest.
ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+")


def require_address(text: str, *, field: str = "email") -> str:
    """The mail address, in small letters. Errors: RuleBroken `address_wrong`."""
    address = text.strip().lower()
    if not ADDRESS.fullmatch(address) or len(address) > LONGEST_WORD:
        raise RuleBroken("address_wrong", field=field)
    return address


def require_name(text: str, *, field: str = "name") -> str:
    """A name, its spaces tidied. Errors: RuleBroken `name_missing`, `too_long`."""
    name = " ".join(text.split())
    if not name:
        raise RuleBroken("name_missing", field=field)
    return require_length(name, field=field)


def require_length(text: str, *, field: str, most: int = LONGEST_WORD) -> str:
    """The text, if it fits. Errors: RuleBroken `too_long`."""
    if len(text) > most:
        raise RuleBroken("too_long", field=field, most=most, written=len(text))
    return text


def require_password(password: str, *, field: str = "password") -> str:
    """Long rather than strange. Errors: RuleBroken `password_short`, `too_long`.

    Source: NIST SP 800-63B §5.1.1 and the CNIL's recommendation of 2022: length, no composition.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(
            "password_short", field=field, least=SHORTEST_PASSWORD, written=len(password)
        )
    return require_length(password, field=field, most=LONGEST_PASSWORD)
