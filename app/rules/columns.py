# SPDX-License-Identifier: EUPL-1.2
"""By which names a table of organisations may call its columns and its kinds."""

from enum import StrEnum

from app.rules.companies import BuyerKind, CompanyKind


class Column(StrEnum):
    """What a column may hold; the second part is of public contracts alone."""

    SIRET = "siret"
    VAT = "vat_number"
    NAME = "name"
    BRAND = "brand"
    KIND = "kind"
    LEGAL_FORM = "legal_form"
    IN_SSE = "in_sse"
    WITH_MISSION = "with_mission"
    ACTIVE = "active"
    LABELS = "labels"
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
    UID = "uid"
    BUYER = "buyer"
    BUYER_NAME = "buyer_name"
    BUYER_DEPARTMENT = "buyer_department"
    OBJECT = "object"
    NATURE = "nature"
    PROCEDURE = "procedure"
    CPV = "cpv"
    AMOUNT = "amount"
    NOTIFIED_ON = "notified_on"
    MONTHS = "months"
    HOLDER = "holder"
    HOLDER_NUMBER_KIND = "holder_number_kind"
    HOLDER_NAME = "holder_name"
    HOLDER_DEPARTMENT = "holder_department"
    SOCIAL = "social"
    ENVIRONMENTAL = "environmental"
    INNOVATIVE = "innovative"
    OFFERS = "offers"
    GROUPING = "grouping"
    CHANGE = "change"
    CHANGED_ON = "changed_on"


OF_BUYERS = (
    Column.SIRET, Column.VAT, Column.NAME, Column.BRAND, Column.KIND, Column.ACTIVE, Column.NAF,
    Column.ADDRESS, Column.POST_CODE, Column.CITY, Column.DEPARTMENT, Column.LAT, Column.LON,
    Column.WEBSITE, Column.DESCRIPTION,
)  # fmt: skip
OF_COMPANIES = (
    *OF_BUYERS, Column.HEADCOUNT, Column.LEGAL_FORM, Column.IN_SSE, Column.WITH_MISSION,
    Column.LABELS,
)  # fmt: skip
OF_CONTRACTS = tuple(Column)[tuple(Column).index(Column.CONTRACT) :]

# Column → the names it goes by, folded (no accents, small letters, no punctuation).
NAMES: dict[Column, frozenset[str]] = {
    Column.SIRET: frozenset(
        {"siret", "n siret", "no siret", "numero siret", "numero de siret", "siret siege",
         "siret du siege", "siret number", "siege siret"}
    ),
    Column.VAT: frozenset({"tva", "n tva", "numero de tva", "vat", "vat number", "vat no"}),
    Column.NAME: frozenset(
        {"nom", "raison sociale", "denomination", "organisation", "structure", "entreprise",
         "acheteur", "name", "legal name", "company", "organization", "buyer", "nom complet",
         "nom raison sociale", "nom de la structure", "denomination sociale"}
    ),
    Column.BRAND: frozenset({"enseigne", "nom commercial", "marque", "brand", "trade name"}),
    Column.KIND: frozenset(
        {"type", "genre", "nature", "type de structure", "forme", "statut", "kind", "category",
         "famille", "famille ess", "ess family"}
    ),
    Column.LEGAL_FORM: frozenset(
        {"categorie juridique", "nature juridique", "code juridique", "legal category",
         "legal form", "cj"}
    ),
    Column.IN_SSE: frozenset({"ess", "est ess", "appartient a l ess", "flag ess sirene", "sse"}),
    Column.WITH_MISSION: frozenset({"societe a mission", "mission", "mission company"}),
    Column.ACTIVE: frozenset({"actif", "active", "en activite", "etat administratif"}),
    Column.LABELS: frozenset({"label", "labels", "agrement", "agrements", "sources"}),
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
    Column.CONTRACT: frozenset(
        {"id", "numero de marche", "n de marche", "numero du marche", "reference", "marche",
         "contract"}
    ),
    Column.UID: frozenset({"uid"}),
    Column.BUYER: frozenset(
        {"acheteur id", "buyer siret", "siret acheteur", "siret de l acheteur", "acheteur siret"}
    ),
    Column.BUYER_NAME: frozenset({"acheteur nom", "buyer name", "acheteur", "nom de l acheteur"}),
    Column.BUYER_DEPARTMENT: frozenset({"acheteur departement code", "department"}),
    Column.OBJECT: frozenset({"objet", "intitule", "objet du marche", "title", "object"}),
    Column.NATURE: frozenset({"nature"}),
    Column.PROCEDURE: frozenset({"procedure"}),
    Column.CPV: frozenset({"codecpv", "code cpv", "cpv"}),
    Column.AMOUNT: frozenset(
        {"montant", "montant ht", "montant notifie", "amount", "amount eur ht", "montant ht eur"}
    ),
    Column.NOTIFIED_ON: frozenset(
        {"datenotification", "date de notification", "date notification", "notified on"}
    ),
    Column.MONTHS: frozenset({"dureemois", "duree mois", "duree en mois", "duration months"}),
    Column.HOLDER: frozenset(
        {"titulaire id", "siret titulaire", "siret du titulaire", "holder siret"}
    ),
    Column.HOLDER_NUMBER_KIND: frozenset({"titulaire typeidentifiant"}),
    Column.HOLDER_NAME: frozenset({"titulaire nom", "titulaire", "nom du titulaire", "holder"}),
    Column.HOLDER_DEPARTMENT: frozenset({"titulaire departement code"}),
    Column.SOCIAL: frozenset({"considerationssociales", "considerations sociales"}),
    Column.ENVIRONMENTAL: frozenset(
        {"considerationsenvironnementales", "considerations environnementales"}
    ),
    Column.INNOVATIVE: frozenset({"marcheinnovant", "marche innovant", "innovant"}),
    Column.OFFERS: frozenset({"offresrecues", "offres recues", "nombre d offres"}),
    Column.GROUPING: frozenset({"typegroupementoperateurs", "type de groupement"}),
    Column.CHANGE: frozenset({"modification id"}),
    Column.CHANGED_ON: frozenset({"datenotificationmodification"}),
}  # fmt: skip

# Column of a table of contracts → its name in the official schema (DECP).
FIELDS: dict[Column, str] = {
    Column.CONTRACT: "id",
    Column.UID: "uid",
    Column.BUYER: "acheteur_id",
    Column.BUYER_NAME: "acheteur_nom",
    Column.BUYER_DEPARTMENT: "acheteur_departement_code",
    Column.OBJECT: "objet",
    Column.NATURE: "nature",
    Column.PROCEDURE: "procedure",
    Column.CPV: "codeCPV",
    Column.AMOUNT: "montant",
    Column.NOTIFIED_ON: "dateNotification",
    Column.MONTHS: "dureeMois",
    Column.HOLDER: "titulaire_id",
    Column.HOLDER_NUMBER_KIND: "titulaire_typeIdentifiant",
    Column.HOLDER_NAME: "titulaire_nom",
    Column.HOLDER_DEPARTMENT: "titulaire_departement_code",
    Column.SOCIAL: "considerationsSociales",
    Column.ENVIRONMENTAL: "considerationsEnvironnementales",
    Column.INNOVATIVE: "marcheInnovant",
    Column.OFFERS: "offresRecues",
    Column.GROUPING: "typeGroupementOperateurs",
    Column.CHANGE: "modification_id",
    Column.CHANGED_ON: "dateNotificationModification",
}

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
    "entreprise responsable": CompanyKind.RESPONSIBLE,
    "societe a mission": CompanyKind.RESPONSIBLE,
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
