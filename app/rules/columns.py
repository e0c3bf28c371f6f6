# SPDX-License-Identifier: EUPL-1.2
"""By which names a table of organisations may call its columns and its kinds."""

from enum import StrEnum

from app.rules.companies import BuyerKind, CompanyKind


class Column(StrEnum):
    """What a column may hold."""

    SIRET = "siret"
    VAT = "vat_number"
    NAME = "name"
    BRAND = "brand"
    KIND = "kind"
    NAF = "naf"
    ADDRESS = "address"
    POST_CODE = "post_code"
    CITY = "city"
    DEPARTMENT = "department"
    LAT = "lat"
    LON = "lon"
    WEBSITE = "website"
    DESCRIPTION = "description"
    HEADCOUNT = "headcount"
    CONTRACT = "contract"
    BUYER = "buyer"
    AMOUNT = "amount"
    NOTIFIED_ON = "notified_on"


# Column → the names it goes by, folded (no accents, small letters, no punctuation).
NAMES: dict[Column, frozenset[str]] = {
    Column.SIRET: frozenset({"siret", "n siret", "no siret", "numero siret", "numero de siret"}),
    Column.VAT: frozenset({"tva", "n tva", "numero de tva", "vat", "vat number", "vat no"}),
    Column.NAME: frozenset(
        {"nom", "raison sociale", "denomination", "organisation", "structure", "entreprise",
         "acheteur", "name", "legal name", "company", "organization", "buyer"}
    ),
    Column.BRAND: frozenset({"enseigne", "nom commercial", "marque", "brand", "trade name"}),
    Column.KIND: frozenset(
        {"type", "genre", "nature", "type de structure", "forme", "statut", "kind", "category"}
    ),
    Column.NAF: frozenset({"naf", "ape", "code naf", "code ape", "naf code"}),
    Column.ADDRESS: frozenset({"adresse", "rue", "voie", "address", "street"}),
    Column.POST_CODE: frozenset(
        {"code postal", "cp", "post code", "postcode", "postal code", "zip"}
    ),
    Column.CITY: frozenset({"ville", "commune", "city", "town"}),
    Column.DEPARTMENT: frozenset(
        {"departement", "dep", "dept", "code departement", "n departement", "department"}
    ),
    Column.LAT: frozenset({"lat", "latitude"}),
    Column.LON: frozenset({"lon", "lng", "long", "longitude"}),
    Column.WEBSITE: frozenset({"site", "site web", "site internet", "website", "url", "web"}),
    Column.DESCRIPTION: frozenset({"description", "presentation", "activite", "about"}),
    Column.HEADCOUNT: frozenset(
        {"effectif", "effectifs", "nombre de salaries", "salaries", "headcount", "employees"}
    ),
}  # fmt: skip

# Words that a file may use for a kind, besides its code.
KINDS: dict[str, CompanyKind] = {
    **{kind.lower().replace("_", " "): kind for kind in CompanyKind},
    "entreprise d insertion": CompanyKind.EI,
    "chantier d insertion": CompanyKind.ACI,
    "atelier et chantier d insertion": CompanyKind.ACI,
    "association intermediaire": CompanyKind.AI,
    "entreprise de travail temporaire d insertion": CompanyKind.ETTI,
    "groupement d employeurs pour l insertion et la qualification": CompanyKind.GEIQ,
    "entreprise adaptee": CompanyKind.EA,
    "entreprise adaptee de travail temporaire": CompanyKind.EATT,
    "etablissement et service d aide par le travail": CompanyKind.ESAT,
    "etablissement d accompagnement par le travail": CompanyKind.ESAT,
    "cooperative": CompanyKind.COOPERATIVE,
    "mutuelle": CompanyKind.MUTUAL,
    "fondation": CompanyKind.FOUNDATION,
    "esus": CompanyKind.SSE_COMPANY,
    "societe commerciale de l ess": CompanyKind.SSE_COMPANY,
}
BUYER_KINDS: dict[str, BuyerKind] = {
    "public": BuyerKind.PUBLIC,
    "acheteur public": BuyerKind.PUBLIC,
    "public buyer": BuyerKind.PUBLIC,
    "prive": BuyerKind.PRIVATE,
    "acheteur prive": BuyerKind.PRIVATE,
    "private": BuyerKind.PRIVATE,
    "private buyer": BuyerKind.PRIVATE,
}
