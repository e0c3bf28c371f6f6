# SPDX-License-Identifier: EUPL-1.2
"""The library of clauses that a buyer may plan for a need, each with its versions and their dates.

A clause is part of a French contract: its text is in French, its title in both languages. A text
that has been offered is never rewritten: a new version is added below it. What stands between
square brackets is for the buyer to fill in.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules.errors import RuleBroken


class ClauseKind(StrEnum):
    """Where in a contract it belongs."""

    CONDITION = "condition"
    CRITERION = "criterion"
    ACCESS = "access"


@dataclass(frozen=True)
class Clause:
    """One version of one clause, offered from `since` until the next version."""

    code: str
    version: int
    since: date
    kind: ClauseKind
    title_fr: str
    title_en: str
    article: str
    text: str


LIBRARY: tuple[Clause, ...] = (
    Clause(
        "insertion-hours", 1, date(2019, 4, 1), ClauseKind.CONDITION,
        "Heures d'insertion", "Hours of work for people far from employment", "L2112-2",
        "Le titulaire confie au moins [nombre] heures de travail à des personnes éloignées de "
        "l'emploi, par embauche directe, mise à disposition ou sous-traitance à une structure "
        "d'insertion. Il en rend compte chaque [trimestre].",
    ),
    Clause(
        "insertion-hours", 2, date(2026, 8, 22), ClauseKind.CONDITION,
        "Heures d'insertion", "Hours of work for people far from employment",
        "L2112-2 et L2112-2-1",
        "Le titulaire confie au moins [nombre] heures de travail à des personnes éloignées de "
        "l'emploi, par embauche directe, mise à disposition ou sous-traitance à une structure "
        "d'insertion ou du secteur adapté. Le facilitateur [nom] l'accompagne, valide les profils "
        "et compte les heures, dont il est rendu compte chaque [trimestre].",
    ),
    Clause(
        "waste", 1, date(2019, 4, 1), ClauseKind.CONDITION,
        "Déchets réduits et triés", "Less waste, sorted", "L2112-2",
        "Le titulaire réduit les déchets de l'exécution, les trie à la source et indique chaque "
        "[année] les quantités réemployées, recyclées et éliminées.",
    ),
    Clause(
        "training", 1, date(2019, 4, 1), ClauseKind.CONDITION,
        "Accueil et formation", "Placements and training", "L2112-2",
        "Le titulaire accueille pendant l'exécution au moins [nombre] personnes en formation, en "
        "alternance ou en période de mise en situation professionnelle, avec un tuteur nommé.",
    ),
    Clause(
        "social-criterion", 1, date(2019, 4, 1), ClauseKind.CRITERION,
        "Critère de l'insertion professionnelle", "Work integration as an award criterion",
        "R2152-7",
        "Les performances en matière d'insertion professionnelle des publics en difficulté, liées "
        "à l'objet du marché, comptent pour [pourcentage] de la note. Elles sont jugées sur les "
        "moyens, l'accompagnement et les suites prévues pour les personnes.",
    ),
    Clause(
        "environment-criterion", 1, date(2019, 4, 1), ClauseKind.CRITERION,
        "Critère environnemental", "Environmental award criterion", "R2152-7",
        "La valeur environnementale de l'offre compte pour [pourcentage] de la note. Elle est "
        "jugée sur [durée de vie, réparabilité, transport, produits employés], preuves à l'appui.",
    ),
    Clause(
        "small-lots", 1, date(2019, 4, 1), ClauseKind.ACCESS,
        "Lots à la taille des petites structures", "Lots small enough for small organisations",
        "L2113-10",
        "Le marché est divisé en [nombre] lots, par [secteur géographique ou métier], d'une taille "
        "qu'une petite structure peut tenir. Les groupements sont admis sans forme imposée.",
    ),
    Clause(
        "advance", 1, date(2019, 4, 1), ClauseKind.ACCESS,
        "Avance au démarrage", "Advance payment at the start", "R2191-7",
        "Une avance de [pourcentage] du montant est versée au titulaire dès le démarrage, sans "
        "qu'une garantie lui soit demandée.",
    ),
)  # fmt: skip


def offered(day: date) -> list[Clause]:
    """The version of each clause that is offered on this day."""
    found: dict[str, Clause] = {}
    for clause in LIBRARY:
        if clause.since <= day:
            found[clause.code] = clause
    return list(found.values())


def require_offered(codes: list[str], day: date) -> list[Clause]:
    """These clauses as offered on this day. Errors: RuleBroken `clause_unknown`."""
    known = {clause.code: clause for clause in offered(day)}
    if any(code not in known for code in codes):
        raise RuleBroken("clause_unknown", field="clauses")
    return [known[code] for code in known if code in codes]
