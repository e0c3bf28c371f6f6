# SPDX-License-Identifier: EUPL-1.2
"""The guests of a fair on real files: real organisations and contracts, invented people.

Nobody claims a real listing but the two demonstration accounts, and every address ends in .invalid:
no letter can reach a real organisation.
"""

import csv
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from random import Random

from faker import Faker

from app.actions import companies, contracts
from app.actions.base import action
from app.actions.demonstration import official
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
from app.actions.demonstration.trades import SAID
from app.models import clock
from app.models.accounts import User
from app.models.companies import Contract, Organisation, Sector
from app.models.editions import Edition
from app.queries import companies as directory
from app.queries import contracts as known
from app.queries.imports import listings
from app.rules.companies import (
    CompanyKind,
    GeoRange,
    MembershipState,
    PrestaType,
    Role,
)
from app.rules.errors import RuleBroken
from app.rules.needs import SetAside, band_of
from app.rules.sectors import BY_SLUG, FAMILIES, Family, families_of_cpv, family_of_naf

COMPANIES = Path("scenario/companies_occitanie.csv")
BUYERS = Path("scenario/buyers_occitanie.csv")
RENEWALS = Path("scenario/renewals_occitanie.csv")
CPV_NAMES = Path("cpv/cpv_2008_en_fr.csv")
MOST_SOUGHT = 10
SOON = timedelta(days=730)
INVENTED = "{function} (personne inventée)"


def require_files(folder: Path) -> None:
    """Errors: RuleBroken `demo_file_missing` with the first file that is not in the folder."""
    for name in (COMPANIES, BUYERS, RENEWALS):
        if not (folder / name).is_file():
            raise RuleBroken("demo_file_missing", path=str(folder / name))


@action
def guests(
    folder: Path,
    edition: Edition,
    size: Size,
    sectors: dict[str, Sector],
    *,
    stars: Stars,
    by: User,
    times: Timeline,
    chance: Random,
    faker: Faker,
    tell: Tell,
) -> tuple[official.Brought, list[Guest]]:
    """Import every file of the folder, note the contracts, and choose who comes."""
    require_files(folder)
    with clock.frozen(times.opened() + timedelta(days=3)):
        brought = official.bring(folder, edition.series.organiser, by=by, tell=tell)
        signed = _contracts(folder / RENEWALS, tell)
    titles = _titles(folder / CPV_NAMES)
    buyers = _buyers(signed, size, titles, stars, by, times, chance, faker)
    local = _sirets(folder / COMPANIES)
    found = _companies(local, size, sectors, stars, by, times, chance, faker, tell)
    return brought, found + buyers


def _sirets(path: Path) -> set[str]:
    """The companies of the fair's own region."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["siret"] for row in csv.DictReader(lines)}


def _contracts(path: Path, tell: Tell) -> list[Contract]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    named = known.buyers([row["buyer_siret"] for row in rows])
    buyers = {siret: one for siret, one in named.items() if one.role == Role.BUYER}
    noted = contracts.note_all(
        contracts.signed(
            buyers[row["buyer_siret"]],
            uid=row["uid"],
            cpv=row["cpv"],
            amount=float(row["amount_eur_ht"]),
            notified_on=date.fromisoformat(row["notified_on"]),
            duration_months=int(row["duration_months"]),
        )
        for row in rows
        if row["buyer_siret"] in buyers
    )
    tell("contracts", len(rows) - 1, len(rows))
    return list(noted.values())


def _titles(path: Path) -> dict[str, str]:
    """CPV code → its French words, where the folder holds the whole vocabulary."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["code"]: row["label_fr"] for row in csv.DictReader(lines)}


def _buyers(
    signed: list[Contract],
    size: Size,
    titles: dict[str, str],
    stars: Stars,
    by: User,
    times: Timeline,
    chance: Random,
    faker: Faker,
) -> list[Guest]:
    """The buyers with most contracts ending soon, then those with most contracts at all."""
    today = clock.today()
    by_buyer = {
        buyer: sorted(theirs, key=lambda one: one.expected_end or date.max)
        for buyer, theirs in groupby(
            sorted(signed, key=lambda one: one.organisation_id), lambda one: one.organisation_id
        )
    }
    ending = {
        buyer: [
            one for one in theirs if one.expected_end and today < one.expected_end <= today + SOON
        ]
        for buyer, theirs in by_buyer.items()
    }
    ranked = sorted(by_buyer, key=lambda buyer: (-len(ending[buyer]), -len(by_buyer[buyer]), buyer))
    coming = ranked[: size.buyers]
    most = _most_each([len(ending[buyer]) for buyer in coming], size.needs)
    found = []
    for rank, buyer in enumerate(coming):
        due = ending[buyer][:most] or by_buyer[buyer][-1:]
        star = stars[Role.BUYER] if rank == 0 else None
        guest = _guest(
            directory.by_id(buyer), star, by, times, chance, faker, sought=rank < MOST_SOUGHT
        )
        guest.wanted = [_wanted(contract, titles, today, chance) for contract in due]
        called_for = {trade for one in guest.wanted for trade in one.trades}
        guest.families = {family.slug for family in FAMILIES for trade in family.trades
                          if trade.slug in called_for}  # fmt: skip
        guest.pull = pull_of(rank)
        found.append(guest)
    return found


def _most_each(ending: list[int], needs: int) -> int:
    """How many needs one buyer may have, so that all together have at most `needs`."""
    fits = [most for most in range(2, 40) if sum(max(1, min(n, most)) for n in ending) <= needs]
    return max(fits, default=1)


def _wanted(contract: Contract, titles: dict[str, str], today: date, chance: Random) -> Wanted:
    """A need for what a contract provided, from the day it ends."""
    title = titles.get(contract.cpv.ljust(8, "0"), "") or "Travaux à renouveler"
    family = (families_of_cpv(contract.cpv) or list(FAMILIES))[0]
    said = f"Renouvellement d'un marché notifié le {contract.notified_on:%d/%m/%Y}"
    return Wanted(
        title=title[:180],
        text=f"{said}, pour {contract.duration_months} mois. Besoin indicatif, à confirmer.",
        trades=tuple(trade.slug for trade in chance.sample(family.trades, 2)),
        cpv=contract.cpv,
        band=band_of(contract.amount),
        set_aside=SetAside.INTEGRATION if chance.random() < 0.15 else SetAside.NONE,
        starts_on=contract.expected_end if (contract.expected_end or today) > today else None,
        contract=contract,
    )


def _companies(
    local: set[str],
    size: Size,
    sectors: dict[str, Sector],
    stars: Stars,
    by: User,
    times: Timeline,
    chance: Random,
    faker: Faker,
    tell: Tell,
) -> list[Guest]:
    """Chosen by chance, those whose NAF code tells their trade first."""
    listed = [one for one in listings(Role.COMPANY) if one.siret in local]
    chance.shuffle(listed)
    listed.sort(key=lambda company: family_of_naf(company.naf) is None)
    found = []
    for number, company in enumerate(listed[: size.companies + size.waiting]):
        tell("listings", number, size.companies + size.waiting)
        star = stars[Role.COMPANY] if number == 0 else None
        guest = _guest(company, star, by, times, chance, faker)
        guest.waits = number >= size.companies
        family = family_of_naf(company.naf) or chance.choice(FAMILIES)
        _describe(guest, family, sectors, chance)
        found.append(guest)
    return found


def _guest(
    organisation: Organisation,
    star: Star | None,
    by: User,
    times: Timeline,
    chance: Random,
    faker: Faker,
    *,
    sought: bool = False,
) -> Guest:
    if star is not None:
        with clock.frozen(times.listed(chance)):
            membership = companies.claim(organisation, by=star[0])
            if membership.state == MembershipState.PENDING:
                companies.speak(membership, let_in_by=by)
        return Guest(organisation, [star[1]], star[0])
    count = how_many(organisation.role, chance, sought=sought)
    people = people_of(
        organisation.role, count, "demo", chance=chance, faker=faker, function=INVENTED
    )
    return Guest(organisation, people, by)


def _describe(guest: Guest, family: Family, sectors: dict[str, Sector], chance: Random) -> None:
    """Trades of the family, around the seat: what its NAF code suggests, not what it declared."""
    company = guest.organisation
    lends = company.company_kind in (CompanyKind.AI, CompanyKind.ETTI, CompanyKind.GEIQ)
    second = BY_SLUG["batiment"] if chance.random() < 0.4 else chance.choice(FAMILIES)
    for trade in dict.fromkeys((chance.choice(family.trades), chance.choice(second.trades))):
        companies.add_activity(
            company,
            by=guest.by,
            sector=sectors[trade.slug],
            presta_types=[PrestaType.DISP if lends else PrestaType.PREST],
            geo_range=GeoRange.ZONES if chance.random() < 0.6 else GeoRange.CUSTOM,
            zones=[company.department or "34"],
            distance_km=60,
        )
        guest.families.add(sectors[trade.slug].group.slug)
        guest.offers.append(companies.add_offer(company, by=guest.by, name=SAID[trade.slug][1]))
