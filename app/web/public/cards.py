# SPDX-License-Identifier: EUPL-1.2
"""A listing as the search shows it: why it answers, what it does, and what one may do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.language import phrases, reasons
from app.language.places import place, reach
from app.language.translate import gettext, language, ngettext
from app.queries import directory, favourites, fitting, meetings, profiles
from app.queries.editions import Edition
from app.queries.favourites import Favourite
from app.queries.fitting import Fit, Need
from app.queries.profiles import Activity, Organisation, Profile
from app.queries.registrations import Registration
from app.rules.companies import CompanyKind, Role
from app.rules.directory import Facet, places_of
from app.rules.matching import Exclusion
from app.rules.meetings import OPEN
from app.rules.needs import SetAside
from app.rules.reservations import RESERVATIONS
from app.rules.territories import departments_in, reach_mask
from app.web.public import invitation
from app.web.public.invitation import Invitation
from app.web.public.narrowing import Asked
from app.web.shared.standing import registration_here, standing

MOST_TRADES, MOST_OFFERS = 3, 3


@dataclass(frozen=True)
class Card:
    """One listing of a page.

    reasons: (words, kind of chip). trades: (name, territory), those that answer first. more: how
    many trades are not shown. kept: where the reader's organisation keeps it.
    """

    profile: Profile
    reasons: Sequence[tuple[str, str]]
    trades: Sequence[tuple[str, str]]
    more: int
    registration: Registration | None
    ask: Invitation
    kept: Sequence[Favourite]

    @property
    def organisation(self) -> Organisation:
        return self.profile.organisation

    @property
    def offers(self) -> list[str]:
        return [offer.name for offer in self.profile.offers[:MOST_OFFERS]]


def of(
    organisations: Sequence[Organisation],
    asked: Asked,
    edition: Edition | None,
    need: Need | None = None,
) -> list[Card]:
    """The cards of one page: a constant number of queries. need: what it is sorted by."""
    fit = fitting.of_page(need, organisations) if need else None
    coming = directory.coming(edition, organisations) if edition else {}
    mine, ours = standing(), registration_here(edition)
    kept = favourites.kept(mine, [one.id for one in organisations]) if mine else {}
    asking = meetings.by_partner(ours) if ours else {}
    open_with = {number for number, one in asking.items() if one.state in OPEN}
    return [
        Card(
            profile,
            _fits(profile, fit) if fit else _reasons(profile, asked),
            *_trades(profile.activities, asked),
            coming.get(profile.organisation.id),
            invitation.to(
                profile.organisation,
                edition,
                coming.get(profile.organisation.id),
                open_with=open_with,
            ),
            kept.get(profile.organisation.id, []),
        )
        for profile in profiles.of(organisations)
    ]


def keeping(organisation: Organisation) -> dict[str, Any]:
    """What the listing itself says of one's lists: those one has, and those it is in."""
    mine = standing()
    return {
        "mine": mine,
        "kept": favourites.kept(mine, [organisation.id]).get(organisation.id, []) if mine else [],
        "shortlists": favourites.lists(mine) if mine else [],
    }


def _reasons(profile: Profile, asked: Asked) -> list[tuple[str, str]]:
    """What of the search this listing answers, then what speaks for it anyway."""
    said: list[tuple[str, str]] = []
    if asked.zone and asked.role == Role.COMPANY:
        said += [(words, "") for words in _where(profile, asked)]
    said += [(article, "") for article in _articles(profile.organisation.company_kind)]
    for held in profile.labels:
        name = held.label.name_en if language() == "en" else held.label.name_fr
        is_asked = held.label.slug in asked.values.get(Facet.LABELS, ())
        said.append((name, "" if is_asked else "known"))
    if profile.won.count:
        words = ngettext(
            "%(num)s marché public gagné depuis %(year)s",
            "%(num)s marchés publics gagnés depuis %(year)s",
            profile.won.count,
            year=profile.won.since,
        )
        said.append((words, "known"))
    return said


def _fits(profile: Profile, fit: Fit) -> list[tuple[str, str]]:
    """Why this company suits the need, its doubts, or what is in the way."""
    answer = fit.answers.get(profile.organisation.id)
    if answer is None:
        return [(gettext("autre métier"), "doubt")]
    if isinstance(answer, Exclusion):
        return [(phrases.word(answer), "doubt")]
    told = [one for one in answer.reasons if one.holds is not None]
    told.sort(key=lambda one: not one.holds)
    return [(reasons.said(one, sectors=fit.sectors), "" if one.holds else "doubt") for one in told]


def _where(profile: Profile, asked: Asked) -> list[str]:
    if profile.organisation.department in places_of(asked.zone):
        return [gettext("siège : %(place)s", place=place(profile.organisation.department))]
    return [] if asked.at_home else [gettext("intervient : %(place)s", place=place(asked.zone))]


def _articles(kind: CompanyKind | None) -> list[str]:
    """What the kind alone makes sure of; the rest is for the eligibility of one need."""
    sure = [
        RESERVATIONS[one].article
        for one in (SetAside.HANDICAP, SetAside.INTEGRATION)
        if kind in RESERVATIONS[one].sure
    ]
    return [gettext("marchés réservés %(article)s", article=article) for article in sure]


def _trades(activities: Sequence[Activity], asked: Asked) -> tuple[list[tuple[str, str]], int]:
    """The trades that answer come first."""
    wanted = set(asked.values.get(Facet.SECTORS, ()))
    zone = places_of(asked.zone)

    def rank(activity: Activity) -> tuple[bool, bool]:
        names = {activity.sector.slug, activity.sector.group.slug}
        served = set(departments_in(reach_mask(activity.geo_range, zones=activity.zones)))
        return bool(wanted) and wanted.isdisjoint(names), bool(zone) and zone.isdisjoint(served)

    shown = sorted(activities, key=rank)[:MOST_TRADES]
    named = [
        (
            one.sector.name_en if language() == "en" else one.sector.name_fr,
            reach(one.geo_range, one.zones, one.distance_km),
        )
        for one in shown
    ]
    return named, len(activities) - len(shown)


def filters_in_words(asked: Asked, chips: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The search as a spreadsheet repeats it."""
    who = phrases.word(asked.role)
    said = ", ".join(words for words, _ in chips) or gettext("aucun : tout l'annuaire")
    return {gettext("De quel côté"): who, gettext("Filtres"): said}
