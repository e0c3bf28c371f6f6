# SPDX-License-Identifier: EUPL-1.2
"""The needs that buyers have published, and one of them with what it means for its reader."""

from typing import Any

from flask import render_template, request, url_for

from app.language.reasons import named
from app.queries import (
    attachments,
    clauses,
    companies,
    dismissals,
    eligibility,
    guidance,
    interests,
    joint_proposals,
    meetings,
    needs,
    questions,
    registrations,
    suggestions,
    validation,
)
from app.queries.editions import Edition
from app.queries.needs import Need
from app.rules.companies import Role
from app.rules.needs import SetAside
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.rules.territories import DEPARTMENTS
from app.web.shared import filters
from app.web.shared.buyers import knows_buyer
from app.web.shared.guard import guard
from app.web.shared.login import can
from app.web.shared.navigation import current_edition
from app.web.shared.standing import registration_here, standing

SHOWN_FIRST = 10


@guard(Permission.VISIT)
def published() -> str:
    """The list, with its filters in the address."""
    asked: dict[str, Any] = {
        "text": filters.text(),
        "group": request.args.get("metier", ""),
        "department": request.args.get("departement", ""),
        "set_aside": filters.one_of(SetAside, "reserve"),
    }
    groups = companies.sector_groups()
    return render_template(
        "web/public/needs.html",
        found=needs.published(**asked, page=filters.page_number()),
        asked=asked,
        groups=groups,
        departments=DEPARTMENTS,
        set_asides=list(SetAside),
        chips=_chips(asked, {group.slug: named(group) for group in groups}),
    )


@guard(Permission.READ_NEED, need=needs.by_id)
def need(need: Need) -> str:
    """One need: its buyer sees the companies that can answer, others see whether they can."""
    if can(Permission.MANAGE_NEED, need):
        return _for_its_buyer(need)
    ours = standing()
    answers, dismissal, invited = None, None, False
    if ours is not None and ours.role == Role.COMPANY:
        answers = suggestions.for_pair(need, ours)
        dismissal = dismissals.between(need, ours, Role.COMPANY)
        invited = need.id in dismissals.invited_to(ours)
    return render_template(
        "web/public/need.html",
        need=need,
        sectors=needs.sectors(need),
        ours=ours,
        answers=answers,
        dismissal=dismissal,
        invited=invited,
        verdicts=eligibility.shown_to_all(need),
        clauses=clauses.of_need(need),
        questions=questions.of_need(need),
        sheets=guidance.beside(need),
        files=attachments.of_need(need),
        interest=interests.between(need, ours) if ours else None,
        meeting=_meeting_with(need),
    )


def _for_its_buyer(need: Need) -> str:
    edition = current_edition()
    registration = registration_here(edition)
    at_fair = registration is not None and registration.state == RegistrationState.APPROVED
    proposed = suggestions.companies_for(
        need,
        edition=edition if at_fair else None,
        most=None if "tout" in request.args else SHOWN_FIRST,
    )
    shown_interest = interests.of_need(need)
    joint = joint_proposals.for_need(need, edition=edition if at_fair else None)
    return render_template(
        "web/member/need.html",
        need=need,
        sectors=needs.sectors(need),
        edition=edition if at_fair else None,
        registration=registration if at_fair else None,
        proposed=proposed,
        joint=joint,
        joint_sectors=joint_proposals.sectors_told(joint),
        verdicts=eligibility.verdicts(need),
        clauses=clauses.of_need(need),
        questions=questions.of_need(need),
        sheets=guidance.beside(need),
        files=attachments.of_need(need),
        interests=shown_interest,
        validator=validation.validator(need.organisation),
        shown=proposed.found,
        hidden=proposed.total - len(proposed.found),
        invited=dismissals.invited(need),
        dismissed=dismissals.of_need(need),
        interested={one.company_id for one in shown_interest},
        coming=_coming(edition, Role.COMPANY) if at_fair and edition else {},
        requests=meetings.by_partner(registration) if at_fair and registration else {},
    )


def _meeting_with(need: Need) -> dict[str, object] | None:
    """Our registration, theirs and the request between us, when we both come to the fair."""
    edition = current_edition()
    registration = registration_here(edition)
    if edition is None or registration is None or registration.role != Role.COMPANY:
        return None
    if not knows_buyer(need):
        return None
    theirs = _coming(edition, Role.BUYER).get(need.organisation_id)
    if registration.state != RegistrationState.APPROVED or theirs is None:
        return None
    between = meetings.by_partner(registration).get(theirs)
    return {"ours": registration, "theirs": theirs, "request": between}


def _coming(edition: Edition, role: Role) -> dict[int, int]:
    return registrations.approved_numbers(edition, role)


def _chips(asked: dict[str, Any], groups: dict[str, str]) -> list[tuple[str, str]]:
    """(words, address without this filter) of each filter that is set."""
    words = {
        "q": asked["text"],
        "metier": groups.get(str(asked["group"]), ""),
        "departement": DEPARTMENTS.get(str(asked["department"]), ""),
        "reserve": asked["set_aside"],
    }
    kept: dict[str, Any] = {name: request.args[name] for name in words if request.args.get(name)}
    return [
        (
            words[name],
            url_for("public.needs.published", **{k: v for k, v in kept.items() if k != name}),
        )
        for name in kept
        if words[name]
    ]
