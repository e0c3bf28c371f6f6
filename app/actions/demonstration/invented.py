# SPDX-License-Identifier: EUPL-1.2
"""The invented guests: plausible organisations of Occitanie that exist nowhere."""

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

from faker import Faker

from app.actions import accounts, companies
from app.actions.base import action
from app.actions.demonstration import vocabulary as words
from app.actions.demonstration.cast import (
    Guest,
    Size,
    Star,
    Stars,
    Tell,
    Timeline,
    Wanted,
    how_many,
    people_of,
    pull_of,
)
from app.actions.demonstration.trades import CPV, SAID
from app.models import clock
from app.models.accounts import User
from app.models.companies import Offer, Organisation, Sector
from app.rules.companies import (
    BuyerKind,
    CompanyKind,
    GeoRange,
    PrestaType,
    Role,
    siret_of,
)
from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand, SetAside
from app.rules.sectors import BY_SLUG, FAMILIES

SOURCE = "demonstration"
STAR_TOWN = "Montpellier"
MOST_SOUGHT = 10


@action
def guests(
    size: Size,
    sectors: dict[str, Sector],
    *,
    stars: Stars,
    times: Timeline,
    chance: Random,
    faker: Faker,
    tell: Tell,
) -> list[Guest]:
    """List every invented organisation, claimed by somebody invented; those beyond the size of the
    fair are listed too, but nobody speaks for them.

    stars: the demonstration accounts; they speak for the first company and the first buyer.
    """
    found: list[Guest] = []
    total = size.companies + size.at_home + size.buyers
    named = islice(_companies(chance), size.companies + size.at_home)
    for number, (name, family, kind) in enumerate(named):
        tell("listings", number, total)
        with clock.frozen(times.listed(chance)):
            town = STAR_TOWN if number == 0 else None
            company = _listed(Role.COMPANY, name, chance, faker, town=town, company_kind=kind)
            trades = _trades(family, chance, whole=number == 0)
            _describe(company, trades, sectors, chance, everywhere=number == 0)
            if number < size.companies + size.waiting:
                star = stars[Role.COMPANY] if number == 0 else None
                found.append(_claimed(company, star, chance, faker))
                found[-1].waits = number >= size.companies
                found[-1].families = {sectors[trade].group.slug for trade in trades}
                found[-1].offers = _offers(company, trades, found[-1].by)
    for rank, name in enumerate(_buyers(size.buyers)):
        tell("listings", total - size.buyers + rank, total)
        with clock.frozen(times.listed(chance)):
            star = stars[Role.BUYER] if rank == 0 else None
            found.append(_buyer(rank, name, size, star, chance, faker))
        called_for = {trade for one in found[-1].wanted for trade in one.trades}
        found[-1].families = {sectors[trade].group.slug for trade in called_for}
    return found


def _buyer(
    rank: int,
    name: str,
    size: Size,
    star: Star | None,
    chance: Random,
    faker: Faker,
) -> Guest:
    private = name.startswith(words.PRIVATE_BUYERS)
    kind = BuyerKind.PRIVATE if private else BuyerKind.PUBLIC
    town = STAR_TOWN if rank == 0 else None
    listed = _listed(Role.BUYER, name, chance, faker, town=town, buyer_kind=kind)
    buyer = _claimed(listed, star, chance, faker, sought=rank < MOST_SOUGHT)
    buyer.wanted, buyer.pull = _wanted(rank, size, chance), pull_of(rank)
    return buyer


def _companies(chance: Random) -> Iterator[tuple[str, str, CompanyKind]]:
    """(name, family, kind): first those of the design, then as many as are asked for."""
    yield from words.FIRST_COMPANIES
    everywhere = [
        (f"{head} {place}", family.slug)
        for family in FAMILIES
        for head in words.HEADS[family.slug]
        for place in words.PLACES
    ]
    chance.shuffle(everywhere)
    kinds, weights = list(words.KINDS), list(words.KINDS.values())
    for name, family in everywhere:
        yield name, family, chance.choices(kinds, weights)[0]


def _buyers(count: int) -> Iterator[str]:
    rounds = -(-count // len(words.BUYERS))
    names = [f"{name}{f' {n + 1}' if n else ''}" for n in range(rounds) for name in words.BUYERS]
    yield from names[:count]


def _listed(
    role: Role, name: str, chance: Random, faker: Faker, *, town: str | None, **facts: Any
) -> Organisation:
    city = town or chance.choice(list(words.TOWNS))
    post_code, department, lat, lon = words.TOWNS[city]
    company = role == Role.COMPANY
    return companies.list_organisation(
        role=role,
        name=name,
        siret=_impossible_siret(chance),
        demonstration=True,
        source=SOURCE,
        naf=chance.choice(("8899B", "8130Z", "8121Z", "5621Z", "8411Z", "4120B", "9499Z")),
        address=faker.street_address(),
        post_code=post_code,
        city=city,
        department=department,
        lat=round(lat + chance.uniform(-0.06, 0.06), 4),
        lon=round(lon + chance.uniform(-0.06, 0.06), 4),
        headcount=chance.choice((6, 9, 14, 18, 25, 32, 47, 80)) if company else None,
        description=chance.choice(words.DESCRIPTIONS) if company else "",
        **facts,
    )


def _impossible_siret(chance: Random) -> str:
    """Fourteen digits that fail the check, so that they belong to nobody."""
    while True:
        digits = "".join(chance.choices("0123456789", k=14))
        try:
            return siret_of(digits, demonstration=True)
        except RuleBroken:
            continue


def _trades(family: str, chance: Random, *, whole: bool) -> list[str]:
    """One to three trades of a family, and sometimes one of another; or the whole family."""
    own = [trade.slug for trade in BY_SLUG[family].trades]
    if whole:
        return own
    chosen = own[:1] + chance.sample(own[1:], chance.randint(0, min(2, len(own) - 1)))
    if chance.random() < 0.3:
        other = chance.choice([one for one in FAMILIES if one.slug != family])
        chosen.append(chance.choice(other.trades).slug)
    return chosen


def _describe(
    company: Organisation,
    trades: list[str],
    sectors: dict[str, Sector],
    chance: Random,
    *,
    everywhere: bool,
) -> None:
    """Add its trades; `everywhere` is the whole region."""
    for trade in trades:
        reach = GeoRange.ZONES if everywhere else chance.choices(tuple(GeoRange), (8, 52, 40))[0]
        region = everywhere or chance.random() < 0.3
        near = [company.department, *chance.sample(sorted(_departments()), 2)]
        companies.add_activity(
            company,
            by=None,
            sector=sectors[trade],
            presta_types=_presta_types(company.company_kind, chance),
            geo_range=reach,
            zones=(["R76"] if region else near) if reach == GeoRange.ZONES else (),
            distance_km=chance.choice((30, 50, 80)) if reach == GeoRange.CUSTOM else None,
        )


def _departments() -> set[str]:
    return {department for _, department, _, _ in words.TOWNS.values()}


def _presta_types(kind: CompanyKind | None, chance: Random) -> list[str]:
    if kind in (CompanyKind.AI, CompanyKind.ETTI, CompanyKind.GEIQ):
        return [PrestaType.DISP]
    return [PrestaType.PREST, PrestaType.BUILD] if chance.random() < 0.25 else [PrestaType.PREST]


def _offers(company: Organisation, trades: list[str], by: User) -> list[Offer]:
    text = "Équipe encadrée, matériel fourni, intervention sous quinze jours."
    return [
        companies.add_offer(company, by=by, name=SAID[trade][1], description=text)
        for trade in trades[:2]
    ]


def _claimed(
    organisation: Organisation,
    star: Star | None,
    chance: Random,
    faker: Faker,
    *,
    sought: bool = False,
) -> Guest:
    """Somebody invented opens an account, proves the address and claims the listing."""
    count = how_many(organisation.role, chance, sought=sought)
    people = people_of(organisation.role, count, organisation.name, chance=chance, faker=faker)
    if star is not None:
        user, people = star[0], [star[1]]
    else:
        first = people[0]
        user = accounts.sign_up(email=first.email, name=first.name, language="fr")
        accounts.verify(user)
    companies.claim(organisation, by=user)
    return Guest(organisation, people, user)


def _wanted(rank: int, size: Size, chance: Random) -> list[Wanted]:
    """The needs of one buyer: those in front have more."""
    many = size.needs // size.buyers + (1 if rank < size.needs % size.buyers else 0)
    chosen = chance.sample(list(SAID), many)
    if rank == 0 and "entretien-espaces-verts" not in chosen:
        chosen[0] = "entretien-espaces-verts"
    family_of = {trade.slug: family for family in FAMILIES for trade in family.trades}
    return [
        Wanted(
            title=SAID[trade][0],
            text=chance.choice(words.MANNERS),
            trades=(trade,),
            cpv=CPV[family_of[trade].slug],
            band=chance.choice(list(AmountBand)[:7]),
            set_aside=_set_aside(chance),
        )
        for trade in chosen
    ]


def _set_aside(chance: Random) -> SetAside:
    choices = (SetAside.NONE, SetAside.BOTH, SetAside.INTEGRATION, SetAside.HANDICAP)
    return chance.choices(choices, (70, 12, 10, 8))[0]
