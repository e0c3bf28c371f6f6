# SPDX-License-Identifier: EUPL-1.2
"""Invented sheets of guidance and practice, and readers of the newsletter."""

from datetime import timedelta
from random import Random

from app.actions import guidance, newsletters, workshops
from app.actions.base import action
from app.models import clock
from app.models.accounts import Organiser, User
from app.models.companies import Sector
from app.models.editions import Edition
from app.queries import newsletters as subscriptions
from app.queries import teams
from app.rules.guidance import SheetKind, Wording
from app.rules.newsletters import Audience, Part

SHEETS: tuple[tuple[SheetKind, tuple[str, ...], Wording], ...] = (
    (
        SheetKind.GUIDE,
        (),
        Wording(
            title_fr="Préparer ses rendez-vous quand on est acheteur public",
            summary_fr="Rencontrer des entreprises avant d'écrire un marché est permis. "
            "Voici comment le faire à égalité, et en garder la trace.",
            text_fr="""Le code de la commande publique autorise l'acheteur à rencontrer des \
entreprises avant de publier : c'est le **sourçage** (articles R2111-1 et R2111-2).

## Avant

- Publiez votre besoin, même en trois lignes : tout le monde lit la même chose.
- Dites ce qui est déjà décidé, et ce qui ne l'est pas.

## Pendant

- Posez à toutes les mêmes questions.
- Ne répétez ni les prix ni les idées d'une autre entreprise.

## Après

- Notez qui vous avez rencontré, quand, et ce qui s'est dit.
- Joignez cette trace au dossier du marché.
""",
            title_en="Preparing meetings as a public buyer",
            summary_en="Meeting companies before writing a contract is allowed. "
            "Here is how to treat all alike, and keep a record.",
            text_en="""The French public procurement code lets a buyer meet companies before \
publishing: this is **market sounding** (articles R2111-1 and R2111-2).

## Before

- Publish your need, be it in three lines: everybody reads the same.
- Say what is decided already, and what is not.

## During

- Ask all of them the same questions.
- Never repeat the prices or ideas of another company.

## After

- Write down whom you met, when, and what was said.
- Put this record in the file of the contract.
""",
        ),
    ),
    (
        SheetKind.PRACTICE,
        ("espaces-verts",),
        Wording(
            title_fr="Un lot d'espaces verts réservé aux structures d'insertion",
            summary_fr="Une commune inventée a réservé un lot sur trois, après avoir rencontré "
            "cinq entreprises au salon.",
            text_fr="""Le marché d'entretien des parcs finissait dans l'année. La commune a \
publié son besoin dix mois avant, puis rencontré cinq entreprises en une matinée.

Deux choses ont changé entre le besoin et le marché :

1. le lot « massifs et plantations » a été réservé (article L2113-13) ;
2. la fréquence de tonte a été laissée au choix, avec un prix au passage.
""",
            buyer="Commune de Saint-Exemple (inventée)",
            contract="Entretien des parcs et jardins, 3 lots, 4 ans",
            clause="Lot 2 réservé aux structures d'insertion (L2113-13)",
            result="Trois offres sur le lot réservé ; 2 400 heures d'insertion la première année.",
        ),
    ),
    (
        SheetKind.NEWS,
        (),
        Wording(
            title_fr="Les demandes de rendez-vous sont ouvertes",
            summary_fr="Choisissez vos interlocuteurs : le planning cherche ensuite la meilleure "
            "répartition, et dit pourquoi quand un rendez-vous manque.",
            text_fr="""Demandez les rendez-vous qui comptent, avec une phrase qui dit pourquoi. \
Une demande motivée est plus souvent acceptée.

Rien n'est placé sans l'accord des deux côtés.
""",
        ),
    ),
)
WORKSHOP = {
    "title_fr": "Réserver un lot, pas à pas",
    "title_en": "Setting a lot aside, step by step",
    "text_fr": "De la définition du besoin à la notification : ce qui se décide, et quand.",
    "text_en": "From the need to the award: what is decided, and when.",
    "speaker": "Une acheteuse et une encadrante technique (inventées)",
}
READERS = 12


@action
def write(edition: Edition, team: User, sectors: dict[str, Sector], *, chance: Random) -> None:
    """Write three sheets and publish them; subscribe some readers; compose one issue."""
    organiser = teams.chosen(edition.organiser_id)
    if organiser is None:
        return
    with clock.frozen(clock.now() - timedelta(hours=3)):
        _write(organiser, edition, team, sectors, chance)


def _write(
    organiser: Organiser, edition: Edition, team: User, sectors: dict[str, Sector], chance: Random
) -> None:
    workshop = workshops.announce(edition, by=team, **WORKSHOP)
    for kind, trades, wording in SHEETS:
        sheet = guidance.write(
            organiser, by=team, kind=kind, wording=wording, editions=[edition.id],
            sectors=[one.id for one in sectors.values() if one.group.slug in trades],
            workshops=[workshop.id] if kind == SheetKind.PRACTICE else (),
        )  # fmt: skip
        guidance.publish(sheet, by=team)
    _readers(organiser, chance)
    issue = newsletters.compose(organiser, by=team)
    newsletters.arrange(
        issue,
        by=team,
        titles={"fr": "Ce qui est nouveau ce mois-ci", "en": "New this month"},
        intros={"fr": "Bonne lecture, et à bientôt au salon.", "en": ""},
        chosen={part: issue.chosen[part.value] for part in Part},
    )


def _readers(organiser: Organiser, chance: Random) -> None:
    for number in range(READERS):
        email = f"lectrice{number + 1}@demo.invalid"
        newsletters.subscribe(
            organiser,
            email=email,
            audience=chance.choice(list(Audience)),
            departments=chance.sample(["30", "31", "34", "66", "81"], chance.randint(0, 2)),
            language="fr" if number % 6 else "en",
        )
        asked = subscriptions.of_address(organiser.id, email)
        if asked is not None and number % 8:
            newsletters.confirm(asked)
