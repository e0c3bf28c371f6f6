# SPDX-License-Identifier: EUPL-1.2
"""A sentence for every refusal about files and their lines, and how to mend it."""

from typing import Any

from app.language.translate import lazy

REFUSALS: dict[str, Any] = {
    "file_missing": lazy("Choisissez un fichier : PDF, ODT, ODS, XLSX, PNG, JPEG ou WebP."),
    "file_too_big": lazy(
        "Ce fichier pèse %(written)s Mo, et la limite est de %(most)s Mo. Coupez-le, ou "
        "réduisez ses images."
    ),
    "file_too_many": lazy(
        "Un besoin porte %(most)s fichiers au plus. Retirez-en un, ou réunissez-les."
    ),
    "file_unknown": lazy(
        "« %(name)s » n'est pas un fichier que nous prenons. Enregistrez-le en PDF, ODT, ODS, "
        "XLSX (sans macro), PNG, JPEG ou WebP."
    ),
    "import_done": lazy("Ce fichier a déjà été importé : apportez-le de nouveau pour recommencer."),
    "sheet_empty": lazy(
        "Ce fichier est vide, ou n'a que sa ligne de titres. Choisissez celui qui contient les "
        "organisations."
    ),
    "sheet_too_big": lazy(
        "Ce fichier pèse %(written)s Mo ; un import en accepte %(most)s. Coupez-le en plusieurs "
        "fichiers, ou retirez les colonnes inutiles."
    ),
    "sheet_too_long": lazy(
        "Ce fichier a %(lines)s lignes ; un import en lit %(most)s au plus. Coupez-le en plusieurs "
        "fichiers."
    ),
    "sheet_too_heavy": lazy(
        "Ce classeur est trop gros une fois déplié. Gardez la feuille utile, et enregistrez-la en "
        "CSV."
    ),
    "sheet_not_spreadsheet": lazy(
        "Ce fichier porte un nom de classeur, mais n'en est pas un, ou il est abîmé. Ouvrez-le "
        "dans votre tableur, puis enregistrez-le en XLSX ou en CSV."
    ),
    "sheet_old": lazy(
        "Ce classeur est d'un ancien format (XLS ou XLSB). Ouvrez-le dans votre tableur, puis "
        "enregistrez-le en XLSX ou en CSV."
    ),
    "sheet_json": lazy(
        "Ce fichier JSON n'est pas une liste, ou sa lecture s'arrête après %(after)s éléments. "
        'Il doit contenir une liste d\'objets, comme [{"siret": …, "nom": …}, …].'
    ),
    "sheet_encoding": lazy(
        "Les accents de ce fichier sont illisibles. Dans votre tableur, enregistrez-le sous "
        "« CSV UTF-8 », puis recommencez."
    ),
    "sheet_broken": lazy(
        "La ligne %(line)s ne se lit pas : un guillemet y est mal placé ou jamais fermé. "
        "Corrigez-la, puis recommencez."
    ),
    "import_no_name": lazy(
        "Il manque la colonne du nom (« nom » ou « raison sociale »). Colonnes trouvées : "
        "%(found)s."
    ),
    "import_no_siret": lazy(
        "Il manque la colonne « siret » (ou « tva » pour l'étranger). Colonnes trouvées : "
        "%(found)s."
    ),
    "import_siret_missing": lazy("Il manque le numéro SIRET, ou le numéro de TVA à l'étranger."),
    "import_name_missing": lazy("Il manque le nom de l'organisation."),
    "import_closed": lazy("Cette organisation n'est plus en activité, dit le fichier."),
    "import_column_twice": lazy(
        "« %(column)s » est choisi pour deux colonnes. Gardez-en une, laissez l'autre de côté."
    ),
    "communes_columns": lazy(
        "Il manque des colonnes à cette liste : %(missing)s. Colonnes trouvées : %(found)s."
    ),
    "sectors_columns": lazy(
        "Il manque des colonnes à cette liste de métiers : %(missing)s. Colonnes trouvées : "
        "%(found)s."
    ),
    "siren_wrong": lazy("Un numéro SIREN a neuf chiffres."),
    "commune_code": lazy("Un code Insee de commune a cinq caractères, comme 34172 ou 2A004."),
    "import_twice": lazy("Ce numéro est déjà à la ligne %(line)s de ce fichier."),
    "import_other_bank": lazy(
        "%(name)s est déjà dans l'annuaire, sous l'autre rôle : ici, on est entreprise ou acheteur."
    ),
    "import_post_code_wrong": lazy("Un code postal a cinq chiffres."),
    "import_department": lazy("Ce département n'existe pas : écrivez « 34 » ou « Hérault »."),
    "import_degrees_wrong": lazy(
        "Une coordonnée est un nombre entre -%(most)s et %(most)s, comme 43,61."
    ),
    "import_kind_unknown": lazy(
        "Ce type de structure est inconnu. Écrivez par exemple EI, ACI, AI, ETTI, GEIQ, EA, EATT, "
        "ESAT, association, Scop, Scic, coopérative, mutuelle, fondation ou entreprise responsable."
    ),
    "import_buyer_kind_unknown": lazy("Écrivez « public » ou « privé »."),
    "demo_file_missing": lazy(
        "Le fichier %(path)s manque. Donnez à --data le dossier qui contient « scenario »."
    ),
    "decp_no_id": lazy("Il manque le numéro du marché (« id »)."),
    "decp_no_buyer": lazy("Il manque le numéro SIRET de l'acheteur (« acheteur.id »)."),
    "decp_date": lazy("La date de notification s'écrit AAAA-MM-JJ, entre %(first)s et %(last)s."),
    "decp_amount_high": lazy(
        "Montant inexploitable : plus de 100 milliards d'euros. Corrigez-le à la source."
    ),
    "decp_amount_low": lazy("Montant inexploitable : zéro ou moins. Corrigez-le à la source."),
    "decp_amount_text": lazy("Ce montant n'est pas un nombre : écrivez « 12345.67 »."),
    "decp_change_of_lots": lazy(
        "Cette modification porte sur un marché à plusieurs lots, sans dire lequel."
    ),
    "decp_buyer_number": lazy(
        "L'acheteur n'a pas de numéro SIRET valable : ce marché ne peut pas être rattaché."
    ),
    "decp_buyer_is_company": lazy(
        "Dans l'annuaire, ce numéro est celui d'une entreprise : %(name)s."
    ),
    "decp_columns": lazy(
        "Il manque des colonnes : %(missing)s. Les colonnes trouvées sont : %(found)s."
    ),
    "decp_shape": lazy(
        "Les marchés publics se lisent en CSV, en XLSX ou en JSON : enregistrez ce fichier ainsi."
    ),
    "decp_json": lazy(
        "Ce fichier JSON n'a pas la forme des données essentielles : la lecture s'arrête après "
        "%(after)s marchés. Enregistrez-le de nouveau depuis sa source."
    ),
    "import_step": lazy("Cet import est « %(state)s » : rien n'a changé."),
}
