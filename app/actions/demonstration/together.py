# SPDX-License-Identifier: EUPL-1.2
"""Invented consortia: one that the star leads and that meets a buyer, one that invites it."""

from datetime import timedelta

from app.actions import consortia, meetings
from app.actions.base import action
from app.actions.demonstration.cast import Guest, Timeline
from app.models import clock
from app.rules.companies import Role
from app.rules.consortia import ConsortiumForm

MESSAGE = "À trois, nous tenons le chantier, le transport et la valorisation, avec un seul contact."
WORK = "Un seul interlocuteur pour le chantier, le transport et la valorisation."


@action
def join(guests: list[Guest], star: Guest, *, times: Timeline) -> None:
    """Form the consortia, and ask one buyer in the name of the first."""
    others = [
        one
        for one in guests
        if one is not star and not one.waits and one.organisation.role == Role.COMPANY
    ]
    buyers = [one for one in guests if one.organisation.role == Role.BUYER and not one.waits]
    if len(others) < 3 or not buyers:
        return
    with clock.frozen(times.opened() + timedelta(days=20)):
        ours = consortia.form(
            star.organisation, by=star.by, name="Chantiers du Sud à trois",
            form=ConsortiumForm.JOINT, text=WORK, share=40,
        )  # fmt: skip
        for other in others[:2]:
            member = consortia.invite(ours, other.organisation, by=star.by, share=30)
            consortia.answer(member, by=other.by, agrees=True)
        theirs = consortia.form(others[2].organisation, by=others[2].by, name="Propreté partagée")
        consortia.invite(theirs, star.organisation, by=others[2].by)
        asked = meetings.request(
            star.coming, buyers[-1].coming, by=star.by, message=MESSAGE, priority=1, consortium=ours
        )
        meetings.accept(asked, by=buyers[-1].by, priority=2)
