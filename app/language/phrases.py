# SPDX-License-Identifier: EUPL-1.2
"""Texts said often: a sentence for every refusal, a word for every status."""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from app.language import translate
from app.language.translate import lazy
from app.rules import (
    clauses,
    columns,
    companies,
    editions,
    eligibility,
    imports,
    jobs,
    law,
    letters,
    matching,
    meetings,
    needs,
    papers,
    phases,
    registrations,
    reservations,
    schedules,
    watch,
)
from app.rules.errors import Refusal

LONG_NUMBER = 10_000  # from here on, thousands are set apart

REFUSALS: dict[str, Any] = {
    "nothing_published": lazy(
        "Aucun planning n'est encore publié : publiez-en un dans « Planification », puis imprimez."
    ),
    "nobody_to_print": lazy(
        "Personne n'est encore attendu sur place : validez des inscriptions, puis imprimez."
    ),
    "not_allowed": lazy(
        "Cette page ne vous est pas ouverte. Demandez un accès à l'équipe du salon."
    ),
    "real_fair_there": lazy(
        "Cette base contient un vrai salon : donnez une autre base par DATABASE_URL."
    ),
    "not_found": lazy("Cette page n'existe pas, ou n'existe plus."),
    "conflict": lazy(
        "Quelqu'un a changé la même chose juste avant vous. Rechargez la page : rien de ce qui "
        "était enregistré n'est perdu."
    ),
    "siret_length": lazy(
        "Le numéro SIRET a 14 chiffres ; vous en avez écrit %(written)s. Il figure sur votre avis "
        "de situation Insee."
    ),
    "siret_digits": lazy(
        "Ce numéro SIRET n'existe pas : un chiffre est faux ou deux sont inversés. Comparez-le "
        "avec votre avis de situation Insee."
    ),
    "siret_not_invented": lazy(
        "Une organisation de démonstration doit porter un numéro SIRET inventé, donc impossible."
    ),
    "siret_taken": lazy(
        "%(name)s est déjà dans l'annuaire sous ce numéro. Cherchez sa fiche, puis demandez à "
        "parler pour elle."
    ),
    "vat_wrong": lazy(
        "Ce numéro de TVA n'existe pas. Il commence par deux lettres de pays, par exemple "
        "BE0123456749."
    ),
    "address_wrong": lazy("Écrivez une adresse complète, par exemple prenom@exemple.fr."),
    "name_missing": lazy("Il manque le nom : écrivez-le comme il doit être lu."),
    "too_long": lazy(
        "Ce texte est trop long : %(most)s caractères au plus, vous en avez écrit %(written)s."
    ),
    "password_short": lazy(
        "Le mot de passe a %(least)s caractères au moins ; vous en avez écrit %(written)s. Trois "
        "ou quatre mots à la suite conviennent bien."
    ),
    "wrong_password": lazy(
        "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou recevez un lien "
        "pour entrer sans mot de passe."
    ),
    "website_wrong": lazy("Écrivez l'adresse d'un site, par exemple https://exemple.fr."),
    "headcount_wrong": lazy("Écrivez un nombre entier de personnes, de 0 à un million."),
    "presta_types_missing": lazy(
        "Cochez au moins une case : mise à disposition, prestation, ou fabrication."
    ),
    "activity_there": lazy(
        "Ce métier est déjà dans votre fiche. Retirez-le d'abord pour le décrire autrement."
    ),
    "zones_missing": lazy("Choisissez au moins un département ou une région."),
    "distance_missing": lazy("Écrivez une distance en kilomètres, de 1 à %(most)s."),
    "logo_too_big": lazy(
        "Ce fichier pèse %(written)s Mo, et la limite est de %(most)s Mo. Réduisez l'image, puis "
        "choisissez-la de nouveau."
    ),
    "logo_unreadable": lazy(
        "Ce fichier n'est pas une image que nous savons lire. Choisissez un PNG, un JPEG ou un "
        "WebP."
    ),
    "claim_step": lazy("Quelqu'un a déjà répondu à cette demande : rien n'a changé."),
    "last_member": lazy(
        "Cette personne est la seule à parler pour l'organisation. Faites d'abord entrer quelqu'un "
        "d'autre."
    ),
    "block_overlaps": lazy(
        "Cette plage chevauche celle de %(day)s, de %(starts)s à %(ends)s. Changez l'heure de "
        "début, ou le nombre de créneaux."
    ),
    "edition_step": lazy(
        "Cette édition est « %(now)s » : elle ne peut pas devenir « %(wanted)s »."
    ),
    "ends_before_start": lazy(
        "Le dernier jour vient avant le premier, %(starts_on)s. Changez l'une des deux dates."
    ),
    "zone_unknown": lazy(
        "« %(name)s » n'est pas un fuseau horaire connu. Écrivez par exemple Europe/Paris ou "
        "Indian/Reunion."
    ),
    "zone_fixed": lazy(
        "Les créneaux sont déjà fixés dans ce fuseau horaire. Retirez d'abord les plages, puis "
        "changez-le."
    ),
    "deadline_order": lazy(
        "Cette échéance vient avant la précédente, %(earlier)s. Inscriptions, puis demandes, puis "
        "réponses : choisissez une date plus tardive."
    ),
    "deadline_late": lazy(
        "Cette échéance vient après le premier jour du salon, %(starts_on)s. Choisissez une date "
        "plus proche."
    ),
    "number_out": lazy("Écrivez un nombre entier de %(least)s à %(most)s."),
    "slug_taken": lazy("L'adresse « %(slug)s » est déjà prise. Choisissez-en une autre."),
    "block_outside": lazy(
        "Ce jour n'est pas un jour du salon, qui va de %(starts_on)s à %(ends_on)s. Choisissez un "
        "de ces jours, ou changez les dates dans les réglages."
    ),
    "block_past_midnight": lazy(
        "Le dernier créneau finirait après minuit. Mettez moins de créneaux, ou commencez plus tôt."
    ),
    "block_in_use": lazy(
        "La plage « %(name)s » ne peut pas être retirée : %(meetings)s rendez-vous et %(absences)s "
        "absences y tiennent."
    ),
    "blocks_outside": lazy(
        "La plage « %(name)s » est fixée à %(day)s : elle serait en dehors du salon. Retirez-la "
        "d'abord, ou gardez cette date."
    ),
    "place_taken": lazy(
        "La place « %(code)s » existe déjà. Commencez par un numéro plus grand, ou retirez-la."
    ),
    "place_in_use": lazy(
        "La place « %(code)s » ne peut pas être retirée : %(meetings)s rendez-vous s'y tiennent. "
        "Publiez d'abord un planning sans elle."
    ),
    "place_is_home": lazy(
        "La place « %(code)s » est la place attitrée de %(name)s. Donnez-lui d'abord une autre "
        "place."
    ),
    "home_taken": lazy(
        "La place « %(code)s » est déjà la place attitrée de %(name)s. Choisissez-en une autre."
    ),
    "link_missing": lazy(
        "Il manque l'adresse des salles de visio. Écrivez par exemple "
        "https://visio.exemple.fr/salon-{n}."
    ),
    "link_unsafe": lazy(
        "L'adresse d'une salle de visio commence par https:// et n'a pas d'espace."
    ),
    "link_same": lazy(
        "Toutes les salles auraient la même adresse. Écrivez {n} à l'endroit du numéro, par "
        "exemple https://visio.exemple.fr/salon-{n}."
    ),
    "registration_step": lazy(
        "Cette inscription est « %(now)s » : elle ne peut pas devenir « %(wanted)s »."
    ),
    "same_bank": lazy(
        "Une entreprise demande des rendez-vous à des acheteurs, et un acheteur à des entreprises."
    ),
    "request_step": lazy("Cette demande est déjà « %(state)s » : rien n'a changé."),
    "need_not_a_buyer": lazy(
        "Seul un acheteur publie des besoins. Choisissez, en haut de la page, l'organisation qui "
        "achète."
    ),
    "need_step": lazy("Ce besoin est « %(now)s » : il ne peut pas devenir « %(wanted)s »."),
    "need_title": lazy("Donnez un titre au besoin, par exemple « Entretien de 12 parcs »."),
    "need_sectors": lazy(
        "Choisissez au moins un métier : c'est par lui que les entreprises sont proposées."
    ),
    "need_departments": lazy(
        "Choisissez au moins un département : les entreprises qui n'y vont pas seront écartées."
    ),
    "set_aside_not_yet": lazy(
        "Cette réservation n'existait pas encore à la date de ce besoin. Choisissez-en une autre, "
        "ou ouvrez-le à toutes les entreprises."
    ),
    "set_aside_cpv": lazy(
        "Seuls certains services sociaux, de santé, d'éducation ou de culture peuvent être "
        "réservés à l'ESS (L2113-15) ; le code CPV %(cpv)s n'en est pas. Changez le code, ou "
        "la réservation."
    ),
    "set_aside_too_long": lazy(
        "Un marché réservé à l'ESS dure %(most)s mois au plus (L2113-16) ; vous en avez écrit "
        "%(months)s. Raccourcissez-le, ou changez la réservation."
    ),
    "cpv_other_division": lazy(
        "Ce code CPV n'est pas de la division choisie, %(division)s. Corrigez l'un des deux."
    ),
    "clause_unknown": lazy(
        "Une de ces clauses n'est plus proposée. Rechargez la page, puis choisissez de nouveau."
    ),
    "question_not_a_company": lazy(
        "Seule une entreprise pose une question à un acheteur. Choisissez, en haut de la page, "
        "celle pour laquelle vous parlez."
    ),
    "question_too_short": lazy("Écrivez une question complète, en une phrase au moins."),
    "answer_too_short": lazy("Écrivez une réponse, en quelques mots au moins."),
    "need_not_open": lazy("Ce besoin n'est plus publié : on ne peut plus y poser de question."),
    "question_answered": lazy(
        "Quelqu'un a déjà répondu à cette question : toutes les entreprises lisent sa réponse."
    ),
    "cpv_unknown": lazy(
        "« %(written)s » n'est pas un code CPV : il a 2 à 8 chiffres, et commence par une des 45 "
        "divisions. Laissez la case vide si vous ne le connaissez pas."
    ),
    "department_unknown": lazy(
        "« %(written)s » n'est pas un département. Choisissez-le dans la liste."
    ),
    "edition_shut": lazy(
        "Cette édition est « %(state)s » : on ne peut s'y inscrire et y demander des rendez-vous "
        "que lorsqu'elle est ouverte."
    ),
    "registration_closed": lazy(
        "Les inscriptions ont fermé le %(deadline)s. Écrivez à l'équipe du salon : elle seule peut "
        "encore ajouter une organisation."
    ),
    "already_registered": lazy(
        "Votre organisation est déjà inscrite ; son inscription est « %(state)s »."
    ),
    "registration_over": lazy(
        "Cette inscription est « %(state)s ». Écrivez à l'équipe du salon, ou inscrivez-vous de "
        "nouveau."
    ),
    "refusal_reason": lazy("Dites pourquoi en une phrase : l'organisation la lira."),
    "delegate_name": lazy("Écrivez un prénom ou un nom : il sera imprimé sur le badge."),
    "remote_in_person": lazy(
        "Cette édition a lieu sur place seulement : personne ne peut y participer à distance."
    ),
    "slot_unknown": lazy(
        "Un de ces créneaux n'existe plus : l'équipe du salon vient de changer la grille. "
        "Rechargez la page."
    ),
    "message_too_short": lazy(
        "Écrivez au moins une phrase. Exemple : « Nous entretenons déjà deux parcs à 10 km de "
        "chez vous. »"
    ),
    "priority_out_of_range": lazy("La priorité va de 1, votre premier choix, à 5."),
    "asking_not_approved": lazy(
        "Votre inscription est « %(state)s » : vous pourrez demander des rendez-vous dès que "
        "l'équipe du salon l'aura validée."
    ),
    "asked_not_approved": lazy(
        "Cette organisation ne prend pas de rendez-vous : son inscription n'est pas validée."
    ),
    "requests_closed": lazy(
        "Les demandes de rendez-vous ont fermé le %(deadline)s. Vous pouvez encore répondre à "
        "celles que vous avez reçues."
    ),
    "answers_closed": lazy(
        "Les réponses étaient attendues avant le %(deadline)s : cette demande s'est effacée."
    ),
    "they_asked_you": lazy(
        "%(name)s vous a déjà demandé un rendez-vous : il vous suffit d'accepter."
    ),
    "already_asked": lazy(
        "Une demande entre vous et %(name)s est déjà « %(state)s » : une seule suffit."
    ),
    "need_not_theirs": lazy(
        "Ce besoin n'est plus publié par cet acheteur. Choisissez-en un autre, ou aucun."
    ),
    "offer_not_theirs": lazy(
        "Cette offre n'est plus proposée par cette entreprise. Choisissez-en une autre, ou aucune."
    ),
    "schedule_no_slot": lazy(
        "Il n'y a pas encore de créneau. Ajoutez une plage de rendez-vous, puis relancez le calcul."
    ),
    "schedule_no_place": lazy(
        "Il n'y a pas encore de table. Ajoutez des tables, puis relancez le calcul."
    ),
    "schedule_no_request": lazy(
        "Aucune demande n'est encore acceptée entre deux inscriptions validées : il n'y a rien à "
        "planifier pour l'instant."
    ),
    "run_under_way": lazy(
        "Le calcul n° %(number)s est en cours. Attendez sa fin, ou arrêtez-le : sa meilleure "
        "réponse sera gardée."
    ),
    "run_not_done": lazy("Ce calcul est « %(state)s » : seul un calcul terminé peut être publié."),
    "run_published": lazy("Ce calcul est déjà publié : c'est la version %(version)s."),
    "published_meanwhile": lazy(
        "La version %(version)s vient d'être publiée par une autre personne. Relisez les "
        "conséquences avant de publier la vôtre."
    ),
    "no_schedule_to_mend": lazy(
        "Aucun planning n'est encore publié : il n'y a rien d'où partir. Cherchez le meilleur "
        "planning, puis publiez-le."
    ),
    "fair_is_over": lazy(
        "Le dernier créneau a commencé : il n'y a plus de rendez-vous à déplacer."
    ),
    "until_before_from": lazy(
        "La fin vient avant le début. Choisissez un dernier créneau plus tardif, ou aucun."
    ),
    "no_such_answer": lazy("Ce calcul n'a pas cette réponse. Choisissez l'une des trois."),
    "run_outdated": lazy(
        "Le salon a changé depuis ce calcul : %(broken)s règles ne seraient plus respectées "
        "(absences, tables ou créneaux). Demandez un nouveau calcul, puis publiez-le."
    ),
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
    "import_twice": lazy("Ce numéro est déjà à la ligne %(line)s de ce fichier."),
    "import_other_bank": lazy(
        "%(name)s est déjà dans l'annuaire, sous l'autre rôle : ici, on est entreprise ou acheteur."
    ),
    "import_post_code_wrong": lazy("Un code postal a cinq chiffres."),
    "import_department": lazy("Ce département n'existe pas : écrivez « 34 » ou « Hérault »."),
    "import_degrees_wrong": lazy(
        "Une coordonnée est un nombre entre -%(most)s et %(most)s, comme 43,61."
    ),
    "import_kind_unknown": lazy("Ce type de structure est inconnu. Écrivez l'un de : %(known)s."),
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
        "Les marchés publics se lisent en CSV ou en JSON : enregistrez ce fichier ainsi."
    ),
    "decp_json": lazy(
        "Ce fichier JSON n'a pas la forme des données essentielles : la lecture s'arrête après "
        "%(after)s marchés. Enregistrez-le de nouveau depuis sa source."
    ),
    "import_step": lazy("Cet import est « %(state)s » : rien n'a changé."),
}

_WORDS: tuple[tuple[StrEnum, Any], ...] = (
    (companies.Role.COMPANY, lazy("Entreprise")),
    (companies.Role.BUYER, lazy("Acheteur")),
    (companies.CompanyKind.EI, lazy("Entreprise d'insertion (EI)")),
    (companies.CompanyKind.ACI, lazy("Chantier d'insertion (ACI)")),
    (companies.CompanyKind.AI, lazy("Association intermédiaire (AI)")),
    (companies.CompanyKind.ETTI, lazy("Entreprise de travail temporaire d'insertion (ETTI)")),
    (companies.CompanyKind.EITI, lazy("Entreprise d'insertion par le travail indépendant (EITI)")),
    (companies.CompanyKind.GEIQ, lazy("Groupement d'employeurs pour l'insertion (GEIQ)")),
    (companies.CompanyKind.SEP, lazy("Production en prison (SEP)")),
    (companies.CompanyKind.EA, lazy("Entreprise adaptée (EA)")),
    (companies.CompanyKind.EATT, lazy("Entreprise adaptée de travail temporaire (EATT)")),
    (companies.CompanyKind.ESAT, lazy("Établissement d'accompagnement par le travail (ESAT)")),
    (companies.CompanyKind.ASSOCIATION, lazy("Association")),
    (companies.CompanyKind.SCOP, lazy("Société coopérative et participative (Scop)")),
    (companies.CompanyKind.SCIC, lazy("Société coopérative d'intérêt collectif (Scic)")),
    (companies.CompanyKind.COOPERATIVE, lazy("Autre coopérative")),
    (companies.CompanyKind.MUTUAL, lazy("Mutuelle")),
    (companies.CompanyKind.FOUNDATION, lazy("Fondation")),
    (companies.CompanyKind.SSE_COMPANY, lazy("Société commerciale de l'ESS")),
    (companies.BuyerKind.PUBLIC, lazy("Acheteur public")),
    (companies.BuyerKind.PRIVATE, lazy("Acheteur privé")),
    (companies.PrestaType.DISP, lazy("Mise à disposition de personnel")),
    (companies.PrestaType.PREST, lazy("Prestation de service")),
    (companies.PrestaType.BUILD, lazy("Fabrication et vente")),
    (companies.GeoRange.COUNTRY, lazy("Toute la France")),
    (companies.GeoRange.ZONES, lazy("Certains départements")),
    (companies.GeoRange.CUSTOM, lazy("Autour de son siège")),
    (companies.MembershipState.UNVERIFIED, lazy("adresse à vérifier")),
    (companies.MembershipState.PENDING, lazy("à valider")),
    (companies.MembershipState.ACTIVE, lazy("en vigueur")),
    (companies.Missing.ACTIVITIES, lazy("dites vos métiers, et où vous intervenez")),
    (companies.Missing.DESCRIPTION, lazy("présentez-vous en quelques phrases")),
    (companies.Missing.OFFERS, lazy("nommez ce que vous vendez")),
    (companies.Missing.LOGO, lazy("ajoutez votre logo")),
    (companies.Missing.WEBSITE, lazy("donnez l'adresse de votre site")),
    (needs.NeedKind.SOURCING, lazy("Sourçage")),
    (needs.NeedKind.QUOTE, lazy("Demande de devis")),
    (needs.NeedKind.TENDER, lazy("Appel d'offres")),
    (needs.NeedState.DRAFT, lazy("brouillon")),
    (needs.NeedState.PUBLISHED, lazy("publié")),
    (needs.NeedState.CLOSED, lazy("clos")),
    (needs.AmountBand.UNKNOWN, lazy("montant à définir")),
    (needs.AmountBand.UNDER_5K, lazy("moins de 5 000 €")),
    (needs.AmountBand.UNDER_15K, lazy("5 000 à 15 000 €")),
    (needs.AmountBand.UNDER_40K, lazy("15 000 à 40 000 €")),
    (needs.AmountBand.UNDER_60K, lazy("40 000 à 60 000 €")),
    (needs.AmountBand.UNDER_90K, lazy("60 000 à 90 000 €")),
    (needs.AmountBand.UNDER_216K, lazy("90 000 à 216 000 €")),
    (needs.AmountBand.UNDER_1M, lazy("216 000 € à 1 million d'euros")),
    (needs.AmountBand.OVER_1M, lazy("plus d'un million d'euros")),
    (needs.SetAside.NONE, lazy("Ouvert à toutes les entreprises")),
    (needs.SetAside.HANDICAP, lazy("Réservé au handicap (L2113-12)")),
    (needs.SetAside.INTEGRATION, lazy("Réservé à l'insertion (L2113-13)")),
    (needs.SetAside.BOTH, lazy("Réservé au handicap et à l'insertion (L2113-12 et 13)")),
    (needs.SetAside.PRISON, lazy("Réservé au travail en prison (L2113-13-1)")),
    (needs.SetAside.SSE, lazy("Réservé à l'ESS, services sociaux (L2113-15)")),
    (clauses.ClauseKind.CONDITION, lazy("Conditions d'exécution")),
    (clauses.ClauseKind.CRITERION, lazy("Critères d'attribution")),
    (clauses.ClauseKind.ACCESS, lazy("Accès des petites structures")),
    (law.Measure.DISPENSE, lazy("Commande directe, fournitures et services")),
    (law.Measure.DISPENSE_WORKS, lazy("Commande directe, travaux")),
    (law.Measure.DISPENSE_INNOVATIVE, lazy("Commande directe, achat innovant")),
    (law.Measure.EU_STATE, lazy("Procédure formalisée, fournitures et services de l'État")),
    (law.Measure.EU_OTHERS, lazy("Procédure formalisée, fournitures et services des autres")),
    (law.Measure.EU_WORKS, lazy("Procédure formalisée, travaux")),
    (law.Measure.SOCIAL_CONDITION, lazy("Condition sociale d'exécution")),
    (law.Measure.SPASER, lazy("Schéma de promotion des achats responsables (Spaser)")),
    (law.Standing.CURRENT, lazy("établi")),
    (law.Standing.TO_CHECK, lazy("à vérifier")),
    (eligibility.Nature.SUPPLIES, lazy("fournitures")),
    (eligibility.Nature.SERVICES, lazy("services")),
    (eligibility.Nature.WORKS, lazy("travaux")),
    (eligibility.Question.DIRECT_ORDER, lazy("Commande directe")),
    (eligibility.Question.INNOVATIVE_ORDER, lazy("Achat innovant")),
    (eligibility.Question.SET_ASIDE, lazy("Réservation")),
    (eligibility.Question.PROCEDURE, lazy("Procédure formalisée")),
    (eligibility.Question.SOCIAL_CONDITION, lazy("Condition sociale d'exécution")),
    (reservations.Answer.YES, lazy("oui")),
    (reservations.Answer.NO, lazy("non")),
    (reservations.Answer.UNSURE, lazy("à vérifier")),
    (editions.Mode.IN_PERSON, lazy("Sur place")),
    (editions.Mode.DIGITAL, lazy("À distance")),
    (editions.Mode.HYBRID, lazy("Sur place et à distance")),
    (editions.EditionState.DRAFT, lazy("brouillon")),
    (editions.EditionState.OPEN, lazy("ouverte")),
    (editions.EditionState.CLOSED, lazy("close")),
    (editions.PlaceKind.TABLE, lazy("table")),
    (editions.PlaceKind.STAND, lazy("stand")),
    (editions.PlaceKind.ROOM, lazy("salle")),
    (editions.PlaceKind.VIDEO, lazy("visio")),
    (registrations.RegistrationState.PENDING, lazy("à valider")),
    (registrations.RegistrationState.APPROVED, lazy("validée")),
    (registrations.RegistrationState.REFUSED, lazy("refusée")),
    (registrations.RegistrationState.CANCELLED, lazy("annulée")),
    (meetings.RequestState.PENDING, lazy("en attente")),
    (meetings.RequestState.ACCEPTED, lazy("acceptée")),
    (meetings.RequestState.DECLINED, lazy("refusée")),
    (meetings.RequestState.WITHDRAWN, lazy("retirée")),
    (meetings.RequestState.EXPIRED, lazy("expirée")),
    (meetings.DeclineReason.NOT_OUR_TRADE, lazy("ce n'est pas notre métier ou notre besoin")),
    (meetings.DeclineReason.TOO_FAR, lazy("trop loin")),
    (meetings.DeclineReason.NEED_FILLED, lazy("besoin déjà pourvu")),
    (meetings.DeclineReason.ALREADY_KNOWN, lazy("nous nous connaissons déjà")),
    (meetings.DeclineReason.NO_TIME, lazy("plus de temps pour un rendez-vous de plus")),
    (meetings.DeclineReason.OTHER, lazy("autre raison")),
    (matching.Criterion.SECTOR, lazy("métier")),
    (matching.Criterion.TERRITORY, lazy("territoire")),
    (matching.Criterion.SET_ASIDE, lazy("marché réservé")),
    (matching.Criterion.PRESTA, lazy("type de prestation")),
    (matching.Criterion.NEAR, lazy("proximité")),
    (matching.Criterion.SIZE, lazy("taille")),
    (matching.Exclusion.OUT_OF_REACH, lazy("N'interviennent pas là où est le besoin")),
    (matching.Exclusion.NOT_ELIGIBLE, lazy("Ne peuvent pas tenir un marché ainsi réservé")),
    (matching.Exclusion.SAID_NO, lazy("Ont déjà décliné, ou été déclinées")),
    (meetings.MeetingState.SCHEDULED, lazy("prévu")),
    (meetings.MeetingState.CANCELLED, lazy("annulé")),
    (schedules.RunMode.BEST, lazy("chercher le meilleur planning")),
    (schedules.RunMode.FEW_MOVES, lazy("partir de la version publiée, déplacer le moins possible")),
    (schedules.AnswerName.FILL, lazy("Combler les trous seulement")),
    (schedules.AnswerName.FEW_MOVES, lazy("Déplacer peu")),
    (schedules.AnswerName.BEST_VALUE, lazy("Viser la plus grande valeur")),
    (schedules.Extra.PLACE, lazy("une table")),
    (schedules.Extra.SLOT, lazy("un créneau")),
    (schedules.RunState.WAITING, lazy("en attente")),
    (schedules.RunState.RUNNING, lazy("en cours")),
    (schedules.RunState.DONE, lazy("terminé")),
    (schedules.RunState.CANCELLED, lazy("arrêté")),
    (schedules.RunState.FAILED, lazy("échoué")),
    (schedules.UnplacedReason.PARTY_FULL, lazy("agenda complet")),
    (schedules.UnplacedReason.NO_COMMON_SLOT, lazy("aucun créneau en commun")),
    (schedules.UnplacedReason.NO_PLACE, lazy("aucune table libre")),
    (schedules.UnplacedReason.QUOTA, lazy("limite de rendez-vous atteinte")),
    (schedules.UnplacedReason.NEVER, lazy("rencontre écartée par l'organisation")),
    (schedules.UnplacedReason.OUTRANKED, lazy("d'autres demandes étaient prioritaires")),
    (schedules.UnplacedReason.WITHDRAWN, lazy("demande retirée")),
    (phases.PhaseKind.REGISTRATION, lazy("Inscriptions")),
    (phases.PhaseKind.REQUESTS, lazy("Demandes")),
    (phases.PhaseKind.ANSWERS, lazy("Réponses")),
    (phases.PhaseKind.SCHEDULE, lazy("Planning")),
    (phases.PhaseKind.FAIR, lazy("Salon")),
    (phases.PhaseKind.FOLLOW_UP, lazy("Suites")),
    (phases.Progress.DONE, lazy("passé")),
    (phases.Progress.NOW, lazy("en cours")),
    (phases.Progress.LATER, lazy("à venir")),
    (watch.Lack.DELEGATE, lazy("sans délégué")),
    (watch.Lack.AVAILABILITY, lazy("sans disponibilités")),
    (watch.Lack.ENOUGH_MEETINGS, lazy("moins de 4 rendez-vous acceptés")),
    (watch.Lack.ANY_MEETING, lazy("aucun rendez-vous accepté")),
    (watch.Lack.ROOM, lazy("plus de demandes que de créneaux")),
    (watch.Reminder.ANSWERS, lazy("réponses attendues")),
    (watch.Reminder.AVAILABILITY, lazy("disponibilités attendues")),
    (watch.WhyNone.ALL_DECLINED, lazy("toutes les réponses sont des refus")),
    (watch.WhyNone.WAITING, lazy("des demandes attendent une réponse")),
    (watch.WhyNone.NOTHING_ASKED, lazy("aucune demande, ni faite ni reçue")),
    (papers.PaperKind.BADGES, lazy("badges")),
    (papers.PaperKind.AGENDAS, lazy("agendas")),
    (papers.PaperKind.TABLES, lazy("liste des tables")),
    (schedules.Change.SEAT, lazy("une personne de plus")),
    (schedules.Change.ALLOW, lazy("un créneau ouvert de plus")),
    (schedules.Change.PLACE, lazy("une table de plus")),
    (schedules.Change.QUOTA, lazy("un rendez-vous de plus accepté")),
    (schedules.Change.DROP, lazy("un rendez-vous retiré")),
    (schedules.Change.NEVER, lazy("une rencontre permise")),
    (jobs.JobState.WAITING, lazy("en attente")),
    (jobs.JobState.RUNNING, lazy("en cours")),
    (jobs.JobState.RETRYING, lazy("sera réessayé")),
    (jobs.JobState.DONE, lazy("terminé")),
    (jobs.JobState.CANCELLED, lazy("arrêté")),
    (jobs.JobState.FAILED, lazy("échoué")),
    (jobs.JobState.LOST, lazy("interrompu")),
    (imports.ImportState.CHECKED, lazy("à confirmer")),
    (imports.ImportState.CONFIRMED, lazy("en cours")),
    (imports.ImportState.DONE, lazy("terminé")),
    (imports.ImportState.DISCARDED, lazy("écarté")),
    (imports.Holds.LISTINGS, lazy("organisations")),
    (imports.Holds.CONTRACTS, lazy("marchés publics")),
    (imports.Fate.NEW, lazy("à ajouter")),
    (imports.Fate.CHANGED, lazy("à compléter")),
    (imports.Fate.SAME, lazy("sans changement")),
    (imports.Fate.CLAIMED, lazy("fiche revendiquée, laissée telle quelle")),
    (columns.Column.SIRET, lazy("SIRET")),
    (columns.Column.VAT, lazy("Numéro de TVA")),
    (columns.Column.NAME, lazy("Nom")),
    (columns.Column.BRAND, lazy("Enseigne")),
    (columns.Column.KIND, lazy("Type")),
    (columns.Column.NAF, lazy("Code NAF")),
    (columns.Column.ADDRESS, lazy("Adresse")),
    (columns.Column.POST_CODE, lazy("Code postal")),
    (columns.Column.CITY, lazy("Ville")),
    (columns.Column.DEPARTMENT, lazy("Département")),
    (columns.Column.LAT, lazy("Latitude")),
    (columns.Column.LON, lazy("Longitude")),
    (columns.Column.WEBSITE, lazy("Site web")),
    (columns.Column.DESCRIPTION, lazy("Description")),
    (columns.Column.HEADCOUNT, lazy("Effectif")),
    (columns.Column.CONTRACT, lazy("Marché")),
    (columns.Column.BUYER, lazy("Acheteur")),
    (columns.Column.AMOUNT, lazy("Montant")),
    (columns.Column.NOTIFIED_ON, lazy("Date de notification")),
    (letters.LetterState.WAITING, lazy("à envoyer")),
    (letters.LetterState.SENT, lazy("envoyé")),
    (letters.LetterState.FAILED, lazy("non remis")),
    (letters.LetterState.KEPT, lazy("gardé : adresse inventée")),
)
# Members of different StrEnums with the same value are equal: the class must be part of the key.
WORDS = {(type(member), member.value): text for member, text in _WORDS}


def word(value: StrEnum) -> str:
    """The word for a status or kind, in the reader's language."""
    return str(WORDS[type(value), value.value])


def sold(presta_type: str) -> str:
    """The word for a type of service kept as text (DISP, PREST, BUILD)."""
    return word(companies.PrestaType(presta_type))


def refusal(problem: Refusal) -> str:
    """The sentence for a refusal: what is wrong and how to mend it."""
    return sentence(problem.key, problem.facts)


def sentence(key: str, facts: Mapping[str, object]) -> str:
    """The sentence of a refusal that was kept by its key and its facts."""
    return str(REFUSALS[key]) % {name: _said(fact) for name, fact in facts.items()}


def _said(fact: object) -> object:
    if isinstance(fact, StrEnum):
        return word(fact)
    if isinstance(fact, int) and fact >= LONG_NUMBER:
        return translate.number(fact)
    if isinstance(fact, datetime):
        return translate.moment(fact)
    if isinstance(fact, time):
        return translate.hour(fact)
    return translate.day(fact) if isinstance(fact, date) else fact
