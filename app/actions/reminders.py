# SPDX-License-Identifier: EUPL-1.2
"""The team reminds participants of what is expected of them."""

from flask import url_for

from app.actions import letters
from app.actions.base import action
from app.mail import letters as mail
from app.mail.letters import Written
from app.models.accounts import User
from app.models.editions import Edition
from app.models.history import remember
from app.queries import registrations, reminders
from app.queries.registrations import Reader
from app.queries.reminders import Reminded
from app.rules.watch import Reminder


@action
def remind(edition: Edition, *, by: User | None, what: Reminder) -> int:
    """Write to all who owe an answer or their availability, once a day at most.

    Returns how many participants were written to.
    """
    waiting = reminders.due(edition, what)
    readers = registrations.readers([one.registration for one in waiting])
    for one in waiting:
        for reader in readers.get(one.registration.id, []):
            letters.put(
                _written(one, reader, what),
                to=reader.email,
                name=reader.name,
                organiser_id=edition.organiser_id,
            )
        remember(by, "registration.reminded", one.registration, about=what.value)
    return len(waiting)


def _written(one: Reminded, reader: Reader, what: Reminder) -> Written:
    edition = one.registration.edition
    page = "requests.inbox" if what == Reminder.ANSWERS else "availability.availability"
    link = url_for(f"member.{page}", registration=one.registration.id, _external=True)
    if what == Reminder.AVAILABILITY:
        return mail.availability_awaited(
            language=reader.language, name=reader.name, edition=edition.name, link=link
        )
    return mail.answers_awaited(
        language=reader.language,
        name=reader.name,
        edition=edition.name,
        count=one.count,
        deadline=edition.answers_close_at,
        zone=edition.timezone,
        link=link,
    )
