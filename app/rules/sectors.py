# SPDX-License-Identifier: EUPL-1.2
"""Families of trades and their usual trades, and what a NAF or CPV code says about them.

NAF tells the family of three structures in ten only: the others declare their activities.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """A trade in both languages; slug is its name in addresses and files."""

    slug: str
    french: str
    english: str


@dataclass(frozen=True)
class Family:
    """A family of trades; cpv and naf are prefixes of codes that point to it."""

    slug: str
    french: str
    english: str
    cpv: tuple[str, ...]
    naf: tuple[str, ...]
    trades: tuple[Trade, ...]


FAMILIES: tuple[Family, ...] = (
    Family(
        "espaces-verts", "Espaces verts et extérieurs", "Green spaces and grounds",
        ("773", "772", "4511271"), ("8130", "021", "022", "0240"),
        (
            Trade("entretien-espaces-verts", "Entretien d'espaces verts", "Grounds maintenance"),
            Trade("amenagement-paysager", "Aménagement paysager", "Landscaping"),
            Trade("espaces-naturels", "Entretien d'espaces naturels", "Nature area upkeep"),
            Trade("travaux-forestiers", "Travaux forestiers", "Forestry work"),
        ),
    ),
    Family(
        "proprete", "Hygiène et propreté", "Cleaning and hygiene",
        ("909", "398"), ("812",),
        (
            Trade("nettoyage-locaux", "Nettoyage de locaux", "Cleaning of premises"),
            Trade("nettoyage-urbain", "Nettoyage urbain", "Street cleaning"),
            Trade("nettoyage-vehicules", "Nettoyage de véhicules", "Vehicle cleaning"),
        ),
    ),
    Family(
        "ameublement", "Ameublement, textile et artisanat", "Furniture, textiles and crafts",
        ("391", "392", "395", "37", "4542", "4414"), ("310", "13", "14", "16"),
        (
            Trade("mobilier", "Fabrication de mobilier", "Furniture making"),
            Trade("travail-bois", "Travail du bois", "Woodwork"),
            Trade("textile", "Confection textile", "Textile making"),
        ),
    ),
    Family(
        "reparation", "Réparation et dépannage", "Repairs",
        ("50",), ("452", "95", "331"),
        (
            Trade("garage", "Garage, mécanique automobile", "Car mechanics"),
            Trade("velos", "Réparation de vélos", "Bicycle repair"),
            Trade("materiels", "Entretien de machines et matériels", "Upkeep of machines"),
        ),
    ),
    Family(
        "communication", "Communication et événementiel", "Communication and events",
        ("798", "7934", "7995", "7996", "223", "2246", "921"), ("18", "73", "5911"),
        (
            Trade("impression", "Impression", "Printing"),
            Trade("evenements", "Organisation d'événements", "Event organisation"),
            Trade("audiovisuel", "Production audiovisuelle", "Audiovisual production"),
            Trade("signaletique", "Signalétique", "Signage"),
        ),
    ),
    Family(
        "linge", "Entretien du linge", "Laundry",
        ("983", "1811", "395"), ("960",),
        (
            Trade("blanchisserie", "Blanchisserie", "Laundry service"),
            Trade("retouches", "Couture et retouches", "Sewing and alterations"),
            Trade("repassage", "Repassage", "Ironing"),
        ),
    ),
    Family(
        "industrie", "Sous-traitance industrielle", "Industrial subcontracting",
        ("42", "43", "44", "7992", "45255", "5142"),
        ("22", "24", "25", "26", "27", "28", "8292"),
        (
            Trade("conditionnement", "Conditionnement et logistique", "Packing and logistics"),
            Trade("assemblage", "Assemblage et montage", "Assembly"),
            Trade("metallerie", "Métallerie", "Metalwork"),
        ),
    ),
    Family(
        "culture-tourisme", "Culture, loisirs et tourisme", "Culture, leisure and tourism",
        ("92", "925", "553", "6351", "5524"), ("90", "91", "93", "55"),
        (
            Trade("tourisme", "Accueil touristique", "Tourist services"),
            Trade("spectacle", "Spectacle et action culturelle", "Shows and cultural work"),
            Trade("hebergement", "Hébergement", "Accommodation"),
        ),
    ),
    Family(
        "services-personne", "Services à la personne", "Personal services",
        ("8531", "8532", "9851", "9813"), ("8810", "97"),
        (
            Trade("aide-domicile", "Aide à domicile", "Home help"),
            Trade("petits-travaux", "Petits travaux et jardinage", "Odd jobs and gardening"),
            Trade("garde-enfants", "Garde d'enfants", "Child care"),
        ),
    ),
    Family(
        "agriculture", "Agriculture et alimentation", "Farming and food",
        ("03", "15"), ("01", "10", "463", "472"),
        (
            Trade("maraichage", "Maraîchage", "Market gardening"),
            Trade("transformation", "Transformation alimentaire", "Food processing"),
            Trade("horticulture", "Horticulture", "Horticulture"),
        ),
    ),
    Family(
        "restauration", "Restauration et traiteur", "Catering",
        ("553", "555", "551", "5552"), ("56",),
        (
            Trade("traiteur", "Traiteur", "Caterer"),
            Trade("restauration-collective", "Restauration collective", "Canteens"),
            Trade("plateaux-repas", "Paniers et plateaux-repas", "Meal trays"),
        ),
    ),
    Family(
        "transport", "Transport, livraison et déménagement", "Transport, delivery and removals",
        ("60", "6412", "9839", "6312", "6011"), ("494", "493", "52", "53"),
        (
            Trade("demenagement", "Déménagement", "Removals"),
            Trade("livraison", "Livraison et coursiers", "Delivery and couriers"),
            Trade("transport-personnes", "Transport de personnes", "Passenger transport"),
        ),
    ),
    Family(
        "administratif", "Assistance administrative", "Office support",
        ("795", "7951", "7952", "301", "3019", "98351"), ("821", "822"),
        (
            Trade("secretariat", "Secrétariat et archivage", "Secretarial work and archiving"),
            Trade("accueil-telephonique", "Accueil et standard", "Reception and switchboard"),
            Trade("fournitures", "Fournitures de bureau", "Office supplies"),
        ),
    ),
    Family(
        "batiment", "Bâtiment et travaux publics", "Building and public works",
        ("45", "44", "71"), ("41", "42", "43"),
        (
            Trade("second-oeuvre", "Second œuvre", "Finishing work"),
            Trade("gros-oeuvre", "Gros œuvre et maçonnerie", "Structural work and masonry"),
            Trade("peinture", "Peinture et revêtements", "Painting and coverings"),
            Trade("bricolage", "Petits travaux du bâtiment", "Small building works"),
        ),
    ),
    Family(
        "medico-social", "Médico-social", "Health and social care",
        ("85", "331"), ("87",),
        (
            Trade("accompagnement", "Accompagnement médico-social", "Health and social support"),
            Trade("materiel-medical", "Matériel médical et d'aide", "Medical and care equipment"),
        ),
    ),
    Family(
        "numerique", "Services numériques", "Digital services",
        ("72", "48", "302", "503"), ("62", "63"),
        (
            Trade("developpement", "Sites et logiciels", "Websites and software"),
            Trade("numerisation", "Numérisation de documents", "Scanning of documents"),
            Trade("infogerance", "Parc informatique et assistance", "IT upkeep and support"),
        ),
    ),
    Family(
        "reemploi", "Recyclage et réemploi", "Recycling and reuse",
        ("905", "9051", "302", "344", "5034"), ("4779", "4778", "383"),
        (
            Trade("reconditionne", "Matériel reconditionné", "Refurbished equipment"),
            Trade("reemploi-mobilier", "Réemploi de mobilier", "Reuse of furniture"),
            Trade("recyclage", "Recyclage de matières", "Recycling of materials"),
        ),
    ),
    Family(
        "securite", "Sécurité et médiation", "Security and mediation",
        ("797", "7971", "9834"), ("80",),
        (
            Trade("mediation", "Médiation sociale", "Social mediation"),
            Trade("gardiennage", "Accueil et gardiennage", "Reception and guarding"),
        ),
    ),
    Family(
        "dechets", "Collecte et traitement des déchets", "Waste collection and treatment",
        ("905", "9051", "9052", "9053"), ("381", "382", "39"),
        (
            Trade("collecte-papier", "Collecte de papiers et cartons", "Paper collection"),
            Trade("encombrants", "Collecte d'encombrants", "Bulky waste collection"),
            Trade("biodechets", "Collecte de biodéchets", "Food waste collection"),
        ),
    ),
    Family(
        "conseil", "Conseil et formation", "Consulting and training",
        ("73", "79", "80", "794", "7953", "796", "805"), ("70", "74", "855"),
        (
            Trade("formation", "Formation", "Training"),
            Trade("etudes", "Études et conseil", "Studies and consulting"),
            Trade("ressources-humaines", "Recrutement et tutorat", "Recruitment and mentoring"),
        ),
    ),
)  # fmt: skip

BY_SLUG = {family.slug: family for family in FAMILIES}


def family_of_naf(naf: str) -> Family | None:
    """The family that a NAF code points to ("81.30Z" and "8130Z" alike), by the longest prefix."""
    digits = naf.replace(".", "").strip()
    fits = [
        (len(prefix), family)
        for family in FAMILIES
        for prefix in family.naf
        if digits.startswith(prefix)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def families_of_cpv(cpv: str) -> list[Family]:
    """The families that a CPV code points to, the most precise prefix first.

    A code shorter than a prefix (a need known by its division only) fits it too, but less.
    """
    fits: dict[str, int] = {}
    for family in FAMILIES:
        for prefix in family.cpv:
            if cpv and (cpv.startswith(prefix) or prefix.startswith(cpv)):
                precision = len(prefix) if cpv.startswith(prefix) else 1
                fits[family.slug] = max(fits.get(family.slug, 0), precision)
    return [BY_SLUG[slug] for slug in sorted(fits, key=lambda slug: -fits[slug])]
