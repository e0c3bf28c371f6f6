# SPDX-License-Identifier: EUPL-1.2
"""The words of the invented fair: names of organisations, what they ask for and what they sell.

Every name is invented; towns are real, so that distances make sense.
"""

from app.rules.companies import CompanyKind

# Town → (post code, department, latitude, longitude): two in each department of Occitanie.
TOWNS: dict[str, tuple[str, str, float, float]] = {
    "Montpellier": ("34000", "34", 43.611, 3.877), "Béziers": ("34500", "34", 43.344, 3.216),
    "Lodève": ("34700", "34", 43.731, 3.318), "Sète": ("34200", "34", 43.405, 3.693),
    "Nîmes": ("30000", "30", 43.837, 4.360), "Alès": ("30100", "30", 44.128, 4.083),
    "Toulouse": ("31000", "31", 43.604, 1.444), "Muret": ("31600", "31", 43.460, 1.326),
    "Carcassonne": ("11000", "11", 43.213, 2.352), "Narbonne": ("11100", "11", 43.184, 3.003),
    "Perpignan": ("66000", "66", 42.699, 2.895), "Prades": ("66500", "66", 42.617, 2.422),
    "Albi": ("81000", "81", 43.929, 2.148), "Castres": ("81100", "81", 43.606, 2.241),
    "Rodez": ("12000", "12", 44.351, 2.575), "Millau": ("12100", "12", 44.098, 3.078),
    "Mende": ("48000", "48", 44.518, 3.501), "Florac": ("48400", "48", 44.325, 3.593),
    "Montauban": ("82000", "82", 44.018, 1.355), "Moissac": ("82200", "82", 44.105, 1.085),
    "Tarbes": ("65000", "65", 43.233, 0.078), "Lourdes": ("65100", "65", 43.095, -0.046),
    "Auch": ("32000", "32", 43.646, 0.586), "Condom": ("32100", "32", 43.957, 0.372),
    "Foix": ("09000", "09", 42.965, 1.607), "Pamiers": ("09100", "09", 43.116, 1.611),
    "Cahors": ("46000", "46", 44.448, 1.441), "Figeac": ("46100", "46", 44.608, 2.034),
}  # fmt: skip

# The first companies and buyers of the fair, as on the pictures of the design.
FIRST_COMPANIES: tuple[tuple[str, str, CompanyKind], ...] = (
    ("Les Jardins de la Cesse", "espaces-verts", CompanyKind.ACI),
    ("L'Atelier des Tamaris", "ameublement", CompanyKind.EA),
    ("Les Verts Sillons", "espaces-verts", CompanyKind.EI),
    ("La Marmite Commune", "restauration", CompanyKind.SCIC),
    ("Numéric'Adapt", "numerique", CompanyKind.EA),
    ("Recyclerie des Deux Canaux", "reemploi", CompanyKind.ACI),
    ("Racines et Voisins", "espaces-verts", CompanyKind.ESAT),
    ("Relais Propre", "proprete", CompanyKind.EI),
    ("Bois et Liens", "ameublement", CompanyKind.ESAT),
    ("Tissage du Causse", "ameublement", CompanyKind.SCOP),
    ("Cyclo du Midi", "reparation", CompanyKind.ACI),
    ("Micocoulier", "batiment", CompanyKind.SCOP),
)

BUYERS: tuple[str, ...] = (
    "Département des Hautes-Garrigues", "Métropole Lez-Vidourle", "CHU des Trois-Rives",
    "Énergies du Larzac", "Habitat Sud-Garrigue", "Communauté de communes du Haut-Lez",
    "Office de tourisme du Lez", "Mutuelle des Causses", "Ville de Saint-Aurèle",
    "Transports Aubrelle", "Université des Deux-Mers", "Agglomération du Grand Tinal",
    "Ville de Montferrand-sur-Lez", "Centre hospitalier de Valdorbe", "Syndicat mixte des Étangs",
    "Aéroport du Bas-Languedoc", "Banque coopérative d'Oc", "Caisse de retraite du Midi",
    "Ville de Sainte-Colombe-les-Vignes", "Lycées des Hautes-Garrigues", "Parc naturel du Caroux",
    "Port de la Couronnelle", "Logis du Minervois", "Assurances Mutualia Sud",
    "Communauté de communes du Val d'Orb", "Ville de Castelrives", "Régie des eaux du Vidourle",
    "Distribution Belcamp", "Laboratoires Aigremont", "Hôpital de Roquebelle",
    "Département du Haut-Tescou", "Ville de Puylaval", "Chambre des métiers du Causse",
    "Agence de l'eau du Salagou", "Constructions Ferrières", "Rectorat des Garrigues",
    "Communauté de communes des Avants-Monts-Verts", "Caves réunies du Piémont",
    "Ville de Gignagues", "Office foncier du Littoral",
)  # fmt: skip
PRIVATE_BUYERS = (
    "Énergies", "Mutuelle", "Transports", "Aéroport", "Banque", "Caisse", "Assurances",
    "Distribution", "Laboratoires", "Constructions", "Caves",
)  # fmt: skip

# How the other companies are named: two or three heads per family, then where they are from.
HEADS: dict[str, tuple[str, ...]] = {
    "espaces-verts": ("Les Jardiniers", "Haies et Sentiers", "La Serpe"),
    "proprete": ("Net et Solidaire", "L'Éclat", "Clair Logis"),
    "ameublement": ("Le Rabot", "Fil et Trame", "L'Établi"),
    "reparation": ("La Clé de douze", "Le Garage", "L'Outilthèque"),
    "communication": ("L'Imprimerie", "Les Porte-voix", "L'Affiche"),
    "linge": ("La Buanderie", "Blanc comme linge", "La Lessive"),
    "industrie": ("Les Ateliers", "L'Assembleur", "Métal et Cie"),
    "culture-tourisme": ("Les Chemins", "La Grange aux spectacles", "Le Gîte"),
    "services-personne": ("Coup de main", "Les Voisines", "Présence"),
    "agriculture": ("Le Potager", "Les Paniers", "La Conserverie"),
    "restauration": ("La Table", "Le Fourneau", "Les Cuisinières"),
    "transport": ("Les Coursiers", "Les Déménageurs", "La Navette"),
    "administratif": ("Le Secrétariat", "Plume et Dossier", "Le Standard"),
    "batiment": ("Les Bâtisseurs", "La Truelle", "Murs et Toits"),
    "medico-social": ("Le Relais", "Appui"),
    "numerique": ("Le Clavier", "Données communes", "La Souris verte"),
    "reemploi": ("La Ressourcerie", "Seconde Vie", "Le Chaînon"),
    "securite": ("Les Médiateurs", "Le Phare"),
    "dechets": ("La Collecte", "Papier d'Oc", "Tri et Terre"),
    "conseil": ("La Boussole", "Tremplin", "Les Passeurs"),
}
PLACES: tuple[str, ...] = (
    "du Verdanson", "des Garrigues", "du Causse", "de l'Aubrac", "des Corbières", "du Minervois",
    "du Lauragais", "de la Cesse", "du Larzac", "du Vidourle", "des Cévennes", "du Canigou",
    "de l'Armagnac", "du Quercy", "du Rouergue", "de la Margeride", "du Couserans", "du Sidobre",
    "de la Lomagne", "des Albères", "du Pays d'Orb", "du Ségala", "des Baronnies", "du Razès",
)  # fmt: skip

# How many of a hundred invented companies are of each kind.
KINDS: dict[CompanyKind, int] = {
    CompanyKind.ACI: 22, CompanyKind.EI: 18, CompanyKind.EA: 14, CompanyKind.ESAT: 12,
    CompanyKind.AI: 9, CompanyKind.SCOP: 7, CompanyKind.ETTI: 6, CompanyKind.ASSOCIATION: 5,
    CompanyKind.SCIC: 4, CompanyKind.GEIQ: 2, CompanyKind.SSE_COMPANY: 1,
}  # fmt: skip

FUNCTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "company": (
        ("directrice", "directeur"),
        ("responsable commerciale", "responsable commercial"),
        ("encadrante technique", "encadrant technique"),
        ("coordinatrice", "coordinateur"),
        ("cheffe d'atelier", "chef d'atelier"),
    ),
    "buyer": (
        ("acheteuse", "acheteur"),
        ("responsable des achats durables", "responsable des achats durables"),
        ("cheffe du service des marchés", "chef du service des marchés"),
        ("responsable des services généraux", "responsable des services généraux"),
        ("chargée de mission achats", "chargé de mission achats"),
    ),
}

# Who asks → what is said about a need that both know, or about an offer.
ABOUT_NEED: dict[str, tuple[str, ...]] = {
    "company": (
        "Nous proposons « {offer} » et intervenons près de chez vous. Parlons de « {need} ».",
        "Votre besoin « {need} » est notre métier : nous aimerions en comprendre le calendrier.",
        "« {need} » : nous pouvons commencer dès la signature, avec une équipe encadrée.",
        "Deux collectivités voisines nous confient déjà ce travail ; voici nos références.",
    ),
    "buyer": (
        "Nous préparons « {need} » : pouvez-vous intervenir chez nous, et à partir de quand ?",
        "Avant d'écrire le marché « {need} », nous voulons savoir ce que vous pouvez proposer.",
        "Vos offres nous intéressent pour « {need} ». Comment vous organisez-vous ?",
    ),
}
ABOUT_OFFER: dict[str, tuple[str, ...]] = {
    "company": (
        "Nous proposons « {offer} » et aimerions connaître vos achats de l'an prochain.",
        "Nous formons douze personnes à ce métier et cherchons un premier contrat chez vous.",
        "« {offer} » : vingt minutes pour vous montrer ce que nous faisons déjà à côté.",
    ),
    "buyer": (
        "Votre offre « {offer} » nous intéresse : comment vous organisez-vous ?",
        "Nous n'achetons pas encore « {offer} » à une structure de l'ESS : parlons-en.",
        "Nos services cherchent « {offer} » à moins d'une heure de route : dites-nous tout.",
        "Un collègue nous a parlé de vous pour « {offer} ». Pouvons-nous visiter l'atelier ?",
    ),
}
DESCRIPTIONS: tuple[str, ...] = (
    "Née en 2009 de l'initiative d'habitants, la structure emploie et forme des personnes "
    "éloignées de l'emploi. Chaque équipe a son encadrante ou son encadrant technique.",
    "Nous travaillons pour des collectivités, des bailleurs et des entreprises du territoire, "
    "avec un suivi hebdomadaire et un seul interlocuteur.",
    "Qualité, délais, parcours : nous rendons compte des trois. Nos références sont à votre "
    "disposition, et nos ateliers se visitent.",
    "Petite équipe, circuits courts, outils partagés avec nos voisins de l'ESS. Nous répondons "
    "aussi en groupement.",
)
ANSWERS: tuple[str, ...] = (
    "Merci de votre demande. Bon salon à vous.",
    "Nous gardons vos coordonnées pour une prochaine consultation.",
    "",
)
MANNERS: tuple[str, ...] = (
    "Prestation récurrente, à renouveler l'an prochain. Des visites de site sont possibles.",
    "Marché découpé en petits lots pour rester à la portée des structures du territoire.",
    "Nous cherchons d'abord à connaître les structures capables de répondre.",
    "Une clause sociale d'insertion est prévue. Groupements bienvenus.",
    "Première consultation sur ce sujet : vos conseils nous sont utiles.",
)
