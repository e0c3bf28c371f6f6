# SPDX-License-Identifier: EUPL-1.2
"""What an organisation of the directory may be, do and serve."""

import re
from collections.abc import Collection
from enum import StrEnum

from stdnum.eu import vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_number

from app.rules.errors import RuleBroken


class Role(StrEnum):
    """On which bank of the footbridge an organisation stands."""

    COMPANY = "company"
    BUYER = "buyer"


class CompanyKind(StrEnum):
    """Kinds of inclusive structure, and the families of the SSE for all others.

    A responsible private enterprise stands outside the SSE. Sources: see `rules.kinds`.
    """

    EI = "EI"
    ACI = "ACI"
    AI = "AI"
    ETTI = "ETTI"
    EITI = "EITI"
    GEIQ = "GEIQ"
    SEP = "SEP"
    EA = "EA"
    EATT = "EATT"
    ESAT = "ESAT"
    ASSOCIATION = "ASSOCIATION"
    SCOP = "SCOP"
    SCIC = "SCIC"
    COOPERATIVE = "COOPERATIVE"
    MUTUAL = "MUTUAL"
    FOUNDATION = "FOUNDATION"
    SSE_COMPANY = "SSE_COMPANY"
    RESPONSIBLE = "RESPONSIBLE"


class Family(StrEnum):
    """The families of the SSE. Source: loi 2014-856 du 31 juillet 2014, article 1."""

    ASSOCIATION = "ASSOCIATION"
    SCOP = "SCOP"
    SCIC = "SCIC"
    COOPERATIVE = "COOPERATIVE"
    MUTUAL = "MUTUAL"
    FOUNDATION = "FOUNDATION"
    SSE_COMPANY = "SSE_COMPANY"


class BuyerKind(StrEnum):
    PUBLIC = "PUBLIC"
    PRIVATE = "PRIVATE"


class PrestaType(StrEnum):
    """What is sold: staff lent, a service, or goods made."""

    DISP = "DISP"
    PREST = "PREST"
    BUILD = "BUILD"


class GeoRange(StrEnum):
    """How far an activity reaches: the country, some departments, or some kilometres."""

    COUNTRY = "COUNTRY"
    ZONES = "ZONES"
    CUSTOM = "CUSTOM"


class MembershipState(StrEnum):
    """A person's link to an organisation: awaiting the mail, awaiting a colleague, or in force."""

    UNVERIFIED = "unverified"
    PENDING = "pending"
    ACTIVE = "active"


WEB_ADDRESS = re.compile(r"https?://[^\s/@\"'<>]+\.[^\s\"'<>]+")
FRANCE = "FR"
MOST_PEOPLE = 1_000_000
MOST_EUROS = 100_000_000_000

HANDICAP = frozenset({CompanyKind.EA, CompanyKind.EATT, CompanyKind.ESAT})
INTEGRATION = frozenset(
    {CompanyKind.EI, CompanyKind.ACI, CompanyKind.AI, CompanyKind.ETTI, CompanyKind.EITI}
)


def siret_of(text: str, *, field: str = "siret", demonstration: bool = False) -> str:
    """The 14 digits of a SIRET number, whatever spaces were typed.

    Errors: RuleBroken `siret_length` or `siret_digits`. An invented organisation must *fail* the
    check digit, so that it can never be taken for a real one: RuleBroken `siret_not_invented`.
    Source: article R123-221 du code de commerce; La Poste's exception is in python-stdnum.
    """
    digits = "".join(
        character for character in text if not character.isspace() and character not in ".-"
    )
    if not digits.isdigit() or len(digits) != 14:
        raise RuleBroken("siret_length", field=field, written=len(digits))
    if demonstration and _is_valid(digits):
        raise RuleBroken("siret_not_invented", field=field)
    if not demonstration and not _is_valid(digits):
        raise RuleBroken("siret_digits", field=field)
    return digits


def _is_valid(digits: str) -> bool:
    try:
        siret_number.validate(digits)
    except ValidationError:
        return False
    return True


def vat_of(text: str, *, field: str = "vat_number", demonstration: bool = False) -> str:
    """The VAT number of an organisation from another country of the Union, as VIES writes it.

    Errors: RuleBroken `vat_wrong`, or `vat_french` because a French one is known by its SIRET. An
    invented organisation must fail the check: RuleBroken `vat_not_invented`.
    Source: council directive 2006/112/EC, article 215.
    """
    is_valid = bool(vat.is_valid(text))
    if demonstration and is_valid:
        raise RuleBroken("vat_not_invented", field=field)
    try:
        number = str(vat.compact(text) if demonstration else vat.validate(text))
    except ValidationError:
        raise RuleBroken("vat_wrong", field=field) from None
    if number.startswith(FRANCE):
        raise RuleBroken("vat_french", field=field)
    return number


def country_of(vat_number: str | None) -> str:
    """The ISO code of the country of an organisation; a Greek VAT number begins with EL."""
    prefix = (vat_number or FRANCE)[:2]
    return {"EL": "GR", "XI": "GB"}.get(prefix, prefix)


def website_of(text: str, *, field: str = "website") -> str:
    """The address of a website, with its https:// when it was left out, or "".

    Errors: RuleBroken `website_wrong` for anything else than a page of the web.
    """
    address = text.strip()
    if address and "://" not in address:
        address = f"https://{address}"
    if address and not WEB_ADDRESS.fullmatch(address):
        raise RuleBroken("website_wrong", field=field)
    return address


def presta_types_of(chosen: Collection[str], *, field: str = "presta_types") -> list[str]:
    """What is sold, in a fixed order. Errors: RuleBroken `presta_types_missing` when nothing is."""
    kept = [kind.value for kind in PrestaType if kind.value in chosen]
    if not kept:
        raise RuleBroken("presta_types_missing", field=field)
    return kept


def require_headcount(number: int | None, *, field: str = "headcount") -> int | None:
    """How many people work there, if it is said. Errors: RuleBroken `headcount_wrong`."""
    if number is not None and not 0 <= number <= MOST_PEOPLE:
        raise RuleBroken("headcount_wrong", field=field)
    return number


def require_euros(amount: int | None, *, field: str) -> int | None:
    """A whole sum in euros, if it is said. Errors: RuleBroken `euros_wrong`."""
    if amount is not None and not 0 <= amount <= MOST_EUROS:
        raise RuleBroken("euros_wrong", field=field)
    return amount


def legal_form_of(text: str, *, field: str = "legal_form") -> str:
    """INSEE's four digits of a legal form, or "". Errors: RuleBroken `legal_form_wrong`."""
    digits = text.strip()
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        raise RuleBroken("legal_form_wrong", field=field)
    return digits
