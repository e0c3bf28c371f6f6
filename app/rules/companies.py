# SPDX-License-Identifier: EUPL-1.2
"""What an organisation of the directory may be, do and serve."""

from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_number

from app.rules.errors import RuleBroken


class Role(StrEnum):
    """On which bank of the footbridge an organisation stands."""

    COMPANY = "company"
    BUYER = "buyer"


class CompanyKind(StrEnum):
    """Kinds of inclusive structure, and the families of the SSE for all others.

    Source: code du travail L5132-4 (EI, ACI, AI, ETTI, EITI), L5213-13 (EA), loi 2014-856 art. 1.
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
    if demonstration == _is_valid(digits):
        raise RuleBroken("siret_not_invented" if demonstration else "siret_digits", field=field)
    return digits


def _is_valid(digits: str) -> bool:
    try:
        siret_number.validate(digits)
    except ValidationError:
        return False
    return True
