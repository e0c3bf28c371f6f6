# SPDX-License-Identifier: EUPL-1.2
"""The common procurement vocabulary: its 45 divisions, its tree, and how its file is read.

Source: regulation (EC) 213/2008, annex I.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.rules.errors import RuleBroken
from app.rules.search import folded

# Division → its name in French and in English.
DIVISIONS: dict[str, tuple[str, str]] = {
    "03": (
        "Produits agricoles, de l'élevage, de la pêche, de la sylviculture et produits connexes",
        "Agricultural, farming, fishing, forestry and related products",
    ),
    "09": (
        "Produits pétroliers, combustibles, électricité et autres sources d'énergie",
        "Petroleum products, fuel, electricity and other sources of energy",
    ),
    "14": (
        "Produits d'exploitation des mines, métaux de base et produits connexes",
        "Mining, basic metals and related products",
    ),
    "15": (
        "Produits alimentaires, boissons, tabac et produits connexes",
        "Food, beverages, tobacco and related products",
    ),
    "16": ("Machines agricoles", "Agricultural machinery"),
    "18": (
        "Vêtements, articles chaussants, bagages et accessoires",
        "Clothing, footwear, luggage articles and accessories",
    ),
    "19": (
        "Produits en cuir et textiles, matériaux en plastique et en caoutchouc",
        "Leather and textile fabrics, plastic and rubber materials",
    ),
    "22": ("Imprimés et produits connexes", "Printed matter and related products"),
    "24": ("Produits chimiques", "Chemical products"),
    "30": (
        "Machines, matériel et fourniture informatique et de bureau, excepté les meubles et "
        "logiciels",
        "Office and computing machinery, equipment and supplies except furniture and "
        "software packages",
    ),
    "31": (
        "Machines, appareils, équipements et consommables électriques; éclairage",
        "Electrical machinery, apparatus, equipment and consumables; lighting",
    ),
    "32": (
        "Équipements et appareils de radio, de télévision, de communication, de "
        "télécommunication et équipements connexes",
        "Radio, television, communication, telecommunication and related equipment",
    ),
    "33": (
        "Matériels médicaux, pharmaceutiques et produits de soins personnnels",
        "Medical equipments, pharmaceuticals and personal care products",
    ),
    "34": (
        "Équipement de transport et produits auxiliaires pour le transport",
        "Transport equipment and auxiliary products to transportation",
    ),
    "35": (
        "Équipement de sécurité, de lutte contre l'incendie, de police et de défense",
        "Security, fire-fighting, police and defence equipment",
    ),
    "37": (
        "Instruments de musique, articles de sport, jeux, jouets, articles pour artisanat, "
        "articles pour travaux artistiques et accessoires",
        "Musical instruments, sport goods, games, toys, handicraft, art materials and accessories",
    ),
    "38": (
        "Équipements de laboratoire, d'optique et de précision (excepté les lunettes)",
        "Laboratory, optical and precision equipments (excl. glasses)",
    ),
    "39": (
        "Meubles (y compris les meubles de bureau), aménagements, appareils électroménagers "
        "(à l'exclusion de l'éclairage) et produits de nettoyage",
        "Furniture (incl. office furniture), furnishings, domestic appliances (excl. "
        "lighting) and cleaning products",
    ),
    "41": ("Eau collectée et purifiée", "Collected and purified water"),
    "42": ("Machines industrielles", "Industrial machinery"),
    "43": (
        "Équipement minier, équipement pour l'exploitation de carrières, matériel de construction",
        "Machinery for mining, quarrying, construction equipment",
    ),
    "44": (
        "Matériaux et structures de construction; produits auxiliaires pour la construction "
        "(à l'exception des appareils électriques)",
        "Construction structures and materials; auxiliary products to construction (except "
        "electric apparatus)",
    ),
    "45": ("Travaux de construction", "Construction work"),
    "48": ("Logiciels et systèmes d'information", "Software package and information systems"),
    "50": ("Services de réparation et d'entretien", "Repair and maintenance services"),
    "51": (
        "Services d'installation (à l'exception des logiciels)",
        "Installation services (except software)",
    ),
    "55": (
        "Services d'hôtellerie, de restauration et de commerce au détail",
        "Hotel, restaurant and retail trade services",
    ),
    "60": (
        "Services de transport (à l'exclusion du transport des déchets)",
        "Transport services (excl. Waste transport)",
    ),
    "63": (
        "Services d'appui et services auxiliaires dans le domaine des transports, services "
        "des agences de voyage",
        "Supporting and auxiliary transport services; travel agencies services",
    ),
    "64": ("Services des postes et télécommunications", "Postal and telecommunications services"),
    "65": ("Services publics", "Public utilities"),
    "66": ("Services financiers et d'assurance", "Financial and insurance services"),
    "70": ("Services immobiliers", "Real estate services"),
    "71": (
        "Services d'architecture, services de construction, services d'ingénierie et "
        "services d'inspection",
        "Architectural, construction, engineering and inspection services",
    ),
    "72": (
        "Services de technologies de l'information, conseil, développement de logiciels, "
        "internet et appui",
        "IT services: consulting, software development, Internet and support",
    ),
    "73": (
        "Services de recherche et développement et services de conseil connexes",
        "Research and development services and related consultancy services",
    ),
    "75": (
        "Services de l'administration publique, de la défense et de la sécurité sociale",
        "Administration, defence and social security services",
    ),
    "76": (
        "Services relatifs à l'industrie du pétrole et du gaz",
        "Services related to the oil and gas industry",
    ),
    "77": (
        "Services agricoles, sylvicoles, horticoles, d'aquaculture et d'apiculture",
        "Agricultural, forestry, horticultural, aquacultural and apicultural services",
    ),
    "79": (
        "Services aux entreprises : droit, marketing, conseil, recrutement, impression et sécurité",
        "Business services: law, marketing, consulting, recruitment, printing and security",
    ),
    "80": ("Services d'enseignement et de formation", "Education and training services"),
    "85": ("Services de santé et services sociaux", "Health and social work services"),
    "90": (
        "Services d'évacuation des eaux usées et d'élimination des déchets, services "
        "d'hygiénisation et services relatifs à l'environnement",
        "Sewage, refuse, cleaning and environmental services",
    ),
    "92": (
        "Services récréatifs, culturels et sportifs",
        "Recreational, cultural and sporting services",
    ),
    "98": (
        "Autres services communautaires, sociaux et personnels",
        "Other community, social and personal services",
    ),
}


def division_name(code: str, language: str) -> str:
    """The name of the division of a code of 2 to 8 digits; "" when it has none."""
    names = DIVISIONS.get(code[:2])
    return names[language != "fr"] if names else ""


@dataclass(frozen=True)
class CpvLine:
    """One code as its file tells it: 8 digits, its check digit, its names in both languages."""

    code: str
    check_digit: str
    name_fr: str
    name_en: str


# What a column of the file may be called, folded → the attribute it fills.
COLUMNS: Mapping[str, str] = {
    "code": "code", "cpv": "code", "code cpv": "code",
    "check digit": "check_digit", "cle": "check_digit",
    "label fr": "name_fr", "fr": "name_fr", "libelle": "name_fr", "libelle fr": "name_fr",
    "label en": "name_en", "en": "name_en", "name en": "name_en",
}  # fmt: skip


def level_of(code: str) -> int:
    """1 for a division, 2 for a group, 3 for a class, 4 for a category, up to 7."""
    return max(2, len(code.rstrip("0"))) - 1


def ancestors(code: str) -> list[str]:
    """What this code is a part of, the division first; itself left out."""
    return [code[:digits].ljust(8, "0") for digits in range(2, level_of(code) + 1)]


def named(line: CpvLine) -> CpvLine:
    """A division bears the name of the regulation, whatever its file calls it."""
    if level_of(line.code) > 1 or line.code[:2] not in DIVISIONS:
        return line
    name_fr, name_en = DIVISIONS[line.code[:2]]
    return replace(line, name_fr=name_fr, name_en=name_en)


# Little words that say nothing of what is bought.
LITTLE = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "pour",
     "and", "for", "of", "or", "the"}
)  # fmt: skip


def stems(text: str) -> list[str]:
    """The words to look for, without the endings of the plural, so that one finds the other."""
    words = [word for word in folded(text).split() if word not in LITTLE]
    return [word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words]


def lines_of(header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[CpvLine]:
    """The codes of a table, one by one.

    Errors: RuleBroken `cpv_columns` when the code or a name is missing, `cpv_unknown` on a code.
    """
    places = {COLUMNS[name]: at for at, name in enumerate(map(folded, header)) if name in COLUMNS}
    if not {"code", "name_fr", "name_en"} <= places.keys():
        raise RuleBroken("cpv_columns", field="file", found=", ".join(header))
    for row in rows:
        cells = {name: row[at] if at < len(row) else "" for name, at in places.items()}
        code, _, digit = cells["code"].partition("-")
        if len(code) != 8 or not code.isdecimal() or code[:2] not in DIVISIONS:
            raise RuleBroken("cpv_unknown", field="file", written=cells["code"])
        digit = digit or cells.get("check_digit", "")
        yield CpvLine(code, digit[:1], cells["name_fr"], cells["name_en"])
