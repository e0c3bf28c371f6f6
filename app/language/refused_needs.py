# SPDX-License-Identifier: EUPL-1.2
"""A sentence for every refusal about needs, proposals and consortia, and how to mend it."""

from typing import Any

from app.language.translate import lazy

REFUSALS: dict[str, Any] = {
    "proposal_not_a_company": lazy("Seule une entreprise peut être proposée pour un besoin."),
    "dismissal_too_long": lazy(
        "Cette raison est trop longue : %(most)s caractères au plus, vous en avez écrit "
        "%(written)s."
    ),
    "invitation_not_published": lazy(
        "Ce besoin n'est pas publié : publiez-le avant d'inviter des entreprises à le regarder."
    ),
    "already_invited": lazy("%(name)s a déjà été invitée à regarder ce besoin : une fois suffit."),
    "invitation_unread": lazy(
        "Personne ne parle encore pour %(name)s sur Passerelle : aucun courriel ne lui "
        "parviendrait."
        " Sa fiche donne ses coordonnées."
    ),
    "ranking_runs": lazy("Un classement est déjà en cours : attendez sa fin, ou arrêtez-le."),
    "alert_family": lazy("Choisissez des familles de métiers dans la liste."),
    "consortium_of_companies": lazy("Un groupement réunit des entreprises : ce n'en est pas une."),
    "consortium_member_there": lazy("%(name)s est déjà du groupement, ou déjà invitée."),
    "consortium_share": lazy("Une part est un nombre de 1 à 99, en pour cent."),
    "consortium_shares": lazy(
        "Les parts dépassent 100 % : il en reste %(left)s. Diminuez celle-ci, ou laissez-la vide."
    ),
    "consortium_answered": lazy("Cette invitation a déjà sa réponse : rien n'a changé."),
    "consortium_lead_stays": lazy(
        "Le mandataire ne peut pas partir : dissolvez le groupement, ou formez-en un autre."
    ),
    "consortium_alone": lazy(
        "Ce groupement n'a pas encore deux membres d'accord : attendez leur réponse."
    ),
    "need_not_a_buyer": lazy(
        "Seul un acheteur publie des besoins. Choisissez, en haut de la page, l'organisation qui "
        "achète."
    ),
    "need_step": lazy("Ce besoin est « %(now)s » : il ne peut pas devenir « %(wanted)s »."),
    "need_ends_early": lazy(
        "La fin vient avant le début, %(starts_on)s. Changez l'une des deux dates."
    ),
    "need_reason": lazy("Dites pourquoi en une phrase : l'acheteur la lira."),
    "need_names_buyer": lazy(
        "Ce besoin est anonyme, mais votre nom ou votre numéro y est écrit. Retirez-le d'ici, ou "
        "publiez sous votre nom."
    ),
    "need_answers_over": lazy(
        "L'acheteur attendait les réponses jusqu'au %(answer_by)s : il est trop tard pour celui-ci."
    ),
    "interest_answered": lazy("Une réponse a déjà été donnée à cette entreprise : elle l'a lue."),
    "cpv_too_many": lazy("Un besoin porte %(most)s codes CPV au plus : gardez les principaux."),
    "cpv_columns": lazy(
        "Il faut les colonnes « code », « label_fr » et « label_en ». Colonnes trouvées : "
        "%(found)s."
    ),
    "programme_no_header": lazy(
        "Aucune des premières lignes ne ressemble à des titres de colonnes. Il faut au moins "
        "« objet » et une autre, par exemple « montant », « durée » ou « référence »."
    ),
    "programme_no_title": lazy("Cette ligne ne dit pas ce qui sera acheté : écrivez l'objet."),
    "programme_amount": lazy(
        "Ce montant ne se lit pas : écrivez par exemple « 45 000 » ou « 45 k€ »."
    ),
    "programme_months": lazy(
        "Cette durée ne se lit pas : écrivez un nombre de mois, ou « 3 ans »."
    ),
    "programme_day": lazy(
        "Cette date ne se lit pas : écrivez « 01/03/2027 », « mars 2027 » ou « T2 2027 »."
    ),
    "programme_set_aside": lazy(
        "Écrivez l'article (L2113-12, L2113-13, L2113-15), ou « handicap », « insertion », « non »."
    ),
    "programme_kind": lazy("Écrivez « sourçage », « devis » ou « appel d'offres »."),
    "programme_sector": lazy(
        "Ce métier n'est pas de notre liste : le brouillon est fait, choisissez-le à la main."
    ),
    "campaign_name": lazy("Donnez un nom à ce recensement, par exemple « Besoins 2027 »."),
    "campaign_day": lazy(
        "Choisissez le dernier jour pour répondre, aujourd'hui ou plus tard (après le %(today)s)."
    ),
    "campaign_nobody": lazy(
        "Aucun acheteur n'est concerné. Élargissez le choix, ou invitez d'abord des acheteurs."
    ),
    "campaign_closed": lazy("Ce recensement est clos : on n'y répond plus."),
    "campaign_under_way": lazy("Des lettres partent encore : attendez la fin, ou arrêtez l'envoi."),
    "campaign_all_written": lazy(
        "Personne à relancer : chacun a répondu, ou a reçu une lettre depuis moins d'un jour."
    ),
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
    "need_not_theirs": lazy(
        "Ce besoin n'est plus publié par cet acheteur. Choisissez-en un autre, ou aucun."
    ),
}
