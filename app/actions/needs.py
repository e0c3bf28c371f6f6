# SPDX-License-Identifier: EUPL-1.2
"""What buyers do with their needs: draft, change, publish or submit, take back, end."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import delete

from app.actions import letters, links
from app.actions.base import action
from app.mail import needs as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Contract, Organisation, Sector
from app.models.history import remember
from app.models.needs import Need, NeedSector
from app.queries import campaigns, cpv, eligibility, needs, validation
from app.rules import needs as rules
from app.rules.accounts import require_length
from app.rules.companies import GeoRange
from app.rules.eligibility import require_lawful
from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand, NeedKind, NeedState, SetAside
from app.rules.search import folded

FACTS = frozenset(
    {
        "title", "text", "kind", "cpv", "other_cpv", "amount_band", "set_aside", "departments",
        "geo_range", "distance_km", "answer_by", "tender_on", "starts_on", "ends_on", "months",
        "is_innovative", "is_anonymous", "amount_exact", "presta_types", "wanted_kinds",
    }
)  # fmt: skip


@action
def draft(
    organisation: Organisation,
    *,
    by: User | None,
    title: str,
    text: str = "",
    kind: NeedKind,
    sectors: Collection[Sector],
    cpv: str = "",
    amount_band: AmountBand,
    set_aside: SetAside,
    departments: Collection[str],
    starts_on: date | None = None,
    months: int | None = None,
    is_innovative: bool = False,
    amount_exact: int | None = None,
    contract: Contract | None = None,
    publishing: bool = False,
    line_key: str | None = None,
    **more: Any,
) -> Need:
    """Write a need down, and publish it at once if so asked; nobody else sees a draft.

    cpv: 2 to 8 digits. departments: codes of where the work is done; a region stands for its own.
    months: how long it runs. amount_exact: in euros without tax, for the buyer alone; the band then
    follows from it. more: the other facts of a need (other_cpv, geo_range, answer_by, …).
    Errors: RuleBroken on the field that is wrong, or when the organisation buys nothing.
    """
    rules.require_buyer(organisation.role)
    need = Need(
        organisation_id=organisation.id,
        organisation=organisation,
        contract_id=contract.id if contract else None,
        campaign_id=campaigns.open_for(organisation),
        line_key=line_key,
        state=NeedState.DRAFT,
        other_cpv=[],
        geo_range=GeoRange.ZONES,
        is_anonymous=False,
        search="",
        created_at=clock.now(),
    )
    _write(
        need, title=title, text=text, kind=kind, cpv=cpv, amount_band=amount_band,
        set_aside=set_aside, departments=departments, starts_on=starts_on, months=months,
        is_innovative=is_innovative, amount_exact=amount_exact, **more,
    )  # fmt: skip
    db.session.add(need)
    db.session.flush()
    _call_for(need, sectors)
    remember(by, "need.drafted", need)
    if publishing:
        publish(need, by=by)
    return need


@action
def change(
    need: Need,
    *,
    by: User | None,
    sectors: Collection[Sector] | None = None,
    publishing: bool = False,
    **facts: Any,
) -> None:
    """Rewrite what is given (the facts of `draft`); a need that others read must stay complete."""
    called_for = needs.sectors(need) if sectors is None else sectors
    before = {name: getattr(need, name) for name in FACTS}
    _write(need, **facts)
    if need.state in (NeedState.PUBLISHED, NeedState.SUBMITTED):
        rules.require_complete(called_for, need.departments, need.geo_range)
        require_lawful(eligibility.bought(need))
    _call_for(need, called_for)
    changed = sorted(name for name, value in before.items() if value != getattr(need, name))
    remember(by, "need.changed", need, fields=changed)
    if publishing and need.state not in (NeedState.PUBLISHED, NeedState.SUBMITTED):
        publish(need, by=by)


@action
def publish(need: Need, *, by: User | None) -> None:
    """Show the need to everybody, or submit it to the team that reads needs first.

    Errors: RuleBroken `need_step`, what is missing in it, or a reservation that is not lawful.
    """
    team = validation.validator(need.organisation)
    rules.require_step(need.state, NeedState.SUBMITTED if team else NeedState.PUBLISHED)
    require_publishable(need)
    need.organiser_id = team.id if team else None
    if team is None:
        show(need)
        remember(by, "need.published", need)
        return
    need.state, need.submitted_at, need.reason = NeedState.SUBMITTED, clock.now(), ""
    need.updated_at = clock.now()
    remember(by, "need.submitted", need)
    link = links.page("public.needs.need", need=need.id)
    for reader in validation.team_of(team.id):
        written = mail.need_submitted(
            language=reader.language, name=reader.name, need=need.title,
            buyer=need.organisation.display_name, link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name, organiser_id=team.id)


def require_publishable(need: Need) -> None:
    """Errors: RuleBroken on what is missing, what the law forbids, or what gives the buyer away."""
    rules.require_complete(needs.sectors(need), need.departments, need.geo_range)
    require_lawful(eligibility.bought(need, on=clock.today()))
    keep_unnamed(need, title=need.title, text=need.text)


def show(need: Need) -> None:
    """From now on everybody reads it, and the law of this day counts."""
    need.published_on, need.state, need.reason = clock.today(), NeedState.PUBLISHED, ""
    need.updated_at = clock.now()


@action
def take_back(need: Need, *, by: User | None) -> None:
    """A need that waits for the team becomes a draft again."""
    if need.state != NeedState.SUBMITTED:
        raise RuleBroken("need_step", now=need.state, wanted=NeedState.DRAFT)
    need.state, need.updated_at = NeedState.DRAFT, clock.now()
    remember(by, "need.taken_back", need)


@action
def close(need: Need, *, by: User | None) -> None:
    """Nobody is looked for any more: it leaves the public list; its requests stay."""
    end(need, by=by, state=NeedState.CLOSED)


@action
def end(need: Need, *, by: User | None, state: NeedState, note: str = "") -> None:
    """The need is closed, awarded or withdrawn. note: how it ended, for the buyer's register."""
    if state not in rules.ENDED:
        raise RuleBroken("need_step", now=need.state, wanted=state)
    rules.require_step(need.state, state)
    need.state, need.updated_at = state, clock.now()
    need.end_note = require_length(note.strip(), field="note", most=2000)
    remember(by, f"need.{state.value}", need)


@action
def name_buyer(need: Need, *, by: User | None) -> None:
    """The buyer steps out: from now on everybody reads whose need it is."""
    need.is_anonymous, need.updated_at = False, clock.now()
    remember(by, "need.named", need)


def _write(need: Need, **facts: Any) -> None:
    unknown = facts.keys() - FACTS
    if unknown:
        raise TypeError(f"a need has no {', '.join(sorted(unknown))}")
    if "title" in facts:
        rules.require_title(facts["title"])
        facts["title"] = require_length(" ".join(facts["title"].split()), field="title")
    facts |= _coded(need, facts)
    if "departments" in facts:
        facts["departments"] = rules.departments_of(facts["departments"])
    if "months" in facts:
        facts["months"] = rules.months_of(facts["months"])
    if (euros := rules.euros_of(facts.get("amount_exact"))) is not None:
        facts["amount_band"] = rules.band_of(euros)
    for name, value in facts.items():
        setattr(need, name, value)
    need.distance_km = rules.reach_of(need.geo_range, need.distance_km)
    rules.require_end_after_start(need.starts_on, need.ends_on)
    if need.state in (NeedState.PUBLISHED, NeedState.SUBMITTED):
        keep_unnamed(need, title=need.title, text=need.text)
    need.updated_at = clock.now()


def _coded(need: Need, facts: dict[str, Any]) -> dict[str, Any]:
    """The CPV codes as they are kept. Those of a public contract may be older than our table."""
    codes: dict[str, Any] = {}
    main = codes["cpv"] = rules.cpv_of(facts["cpv"]) if "cpv" in facts else need.cpv
    if "other_cpv" in facts:
        codes["other_cpv"] = rules.cpv_list(facts["other_cpv"], main=main or "")
    for code in cpv.unknown([main or "", *codes.get("other_cpv", [])]):
        if code and code != need.cpv and need.contract_id is None:
            raise RuleBroken("cpv_unknown", field="cpv", written=code)
    return codes


def keep_unnamed(need: Need, **texts: str) -> None:
    """Nothing that is written about an anonymous need gives its buyer away.

    texts: field → what is written there. Errors: RuleBroken `need_names_buyer` on that field.
    """
    if need.is_anonymous:
        buyer = need.organisation
        names = [buyer.name, buyer.brand, buyer.siret or "", (buyer.siret or "")[:9]]
        rules.require_unnamed(texts, names)


def _call_for(need: Need, sectors: Collection[Sector]) -> None:
    """Replace the trades of the need, and with them what a search finds it by."""
    db.session.execute(delete(NeedSector).where(NeedSector.need_id == need.id))
    for sector in sectors:
        db.session.add(NeedSector(need_id=need.id, sector_id=sector.id))
    names = [sector.name_fr for sector in sectors] + [sector.name_en for sector in sectors]
    names += cpv.names(need.codes)
    need.search = folded(" ".join([need.title, need.text, *need.codes, *names]))
