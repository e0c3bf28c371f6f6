# SPDX-License-Identifier: EUPL-1.2
"""A sentence for every refusal: what is wrong, and how to mend it."""

from typing import Any

from app.language import refused_files, refused_needs
from app.language.translate import lazy

REFUSALS: dict[str, Any] = {
    **refused_files.REFUSALS,
    **refused_needs.REFUSALS,
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
    "lists_full": lazy("Vous avez déjà %(most)s listes : supprimez-en une, puis recommencez."),
    "list_full": lazy(
        "La liste « %(name)s » compte déjà %(most)s fiches : choisissez une autre liste."
    ),
    "list_there": lazy("Vous avez déjà une liste « %(name)s » : donnez un autre nom à celle-ci."),
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
    "vat_not_invented": lazy(
        "Une organisation de démonstration doit porter un numéro de TVA inventé, donc impossible."
    ),
    "vat_french": lazy(
        "Ce numéro de TVA est français. En France, écrivez plutôt le numéro SIRET : il a 14 "
        "chiffres."
    ),
    "address_wrong": lazy("Écrivez une adresse complète, par exemple prenom@exemple.fr."),
    "name_missing": lazy("Il manque le nom : écrivez-le comme il doit être lu."),
    "too_long": lazy(
        "Ce texte est trop long : %(most)s caractères au plus, vous en avez écrit %(written)s."
    ),
    "sheet_field_missing": lazy(
        "Il manque ce texte : écrivez-le, ou laissez vide toute sa partie."
    ),
    "workshop_there": lazy("Un atelier de ce titre est déjà au programme."),
    "sheet_not_published": lazy("Cette fiche n'est pas publiée : il n'y a rien à retirer."),
    "issue_gone": lazy("Ce numéro est déjà parti : il reste comme il a été lu."),
    "issue_title_missing": lazy("Il manque le titre : c'est l'objet du courriel."),
    "issue_empty": lazy(
        "Ce numéro est vide : écrivez un mot, ou choisissez au moins une nouvelle."
    ),
    "issue_nobody": lazy(
        "Personne n'a encore confirmé son abonnement : il n'y a personne à qui l'envoyer."
    ),
    "issue_not_stopped": lazy("Cet envoi n'est pas arrêté : il n'y a rien à reprendre."),
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
    "picture_too_big": lazy(
        "Ce fichier pèse %(written)s Mo, et la limite est de %(most)s Mo. Réduisez-le, puis "
        "choisissez-le de nouveau."
    ),
    "picture_unreadable": lazy(
        "Ce fichier n'est pas une image que nous savons lire, ou il est incomplet. Choisissez un "
        "PNG, un JPEG ou un WebP."
    ),
    "proof_unreadable": lazy(
        "Ce fichier n'est ni une image ni un PDF que nous savons lire. Choisissez un PDF sans mot "
        "de passe, un PNG ou un JPEG."
    ),
    "label_unproved": lazy(
        "Montrez ce qui prouve ce label : l'adresse d'une page, ou le certificat en fichier."
    ),
    "label_over": lazy("Ce jour est passé : écrivez la fin de validité du certificat en cours."),
    "listing_full": lazy(
        "Il y en a déjà %(most)s, c'est la limite. Retirez d'abord quelque chose de cette liste."
    ),
    "alternative_missing": lazy(
        "Dites ce que montre la photo, pour les personnes qui ne la voient pas."
    ),
    "photo_there": lazy("Cette photo est déjà dans votre fiche."),
    "year_wrong": lazy("Écrivez une année de %(least)s à %(most)s, par exemple %(most)s."),
    "euros_wrong": lazy("Écrivez un montant en euros, sans centimes, par exemple 450 000."),
    "legal_form_wrong": lazy(
        "La catégorie juridique a 4 chiffres, par exemple 9220. Elle figure sur votre avis de "
        "situation Insee."
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
    "same_bank": lazy("Un acheteur demande des rendez-vous à des entreprises, pas à un acheteur."),
    "siret_not_listed": lazy(
        "Aucune entreprise de l'annuaire n'a ce numéro : demandez-lui de s'y inscrire d'abord."
    ),
    "request_step": lazy("Cette demande est déjà « %(state)s » : rien n'a changé."),
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
}
