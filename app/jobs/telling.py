# SPDX-License-Identifier: EUPL-1.2
"""Writes the letters of a publication, one to each delegate whose agenda changed."""

from typing import Any

from app.actions import letters, links
from app.jobs.progress import Progress
from app.mail import letters as mail
from app.mail.letters import Written
from app.models.base import db
from app.models.editions import Edition
from app.queries import agendas, publication, schedules
from app.queries.agendas import Agenda


def tell_agendas(progress: Progress) -> dict[str, Any]:
    """Write to the delegates named in the job, each in a transaction of its own.

    Begun again after a fall, it writes only to those who have no letter yet.
    """
    run = schedules.by_id(progress.asked["run"])
    edition = db.session.get_one(Edition, run.edition_id)
    to_tell = set(progress.asked["delegates"])
    addresses, written = publication.addresses(to_tell), publication.already_written(run)
    readers = [one for one in agendas.of_edition(edition) if one.delegate in addresses]
    db.session.commit()
    for number, agenda in enumerate(readers, start=1):
        address = addresses[agenda.delegate]
        if (address, agenda.name) not in written:
            letters.put(
                _written(agenda, run.version or 0),
                to=address,
                name=agenda.name,
                organiser_id=run.organiser_id,
            )
        progress.report(number, len(readers))
    return {"run": run.id, "letters": len(readers)}


def _written(agenda: Agenda, version: int) -> Written:
    return mail.agenda_published(
        language=agenda.language,
        name=agenda.first_name,
        edition=agenda.fair.name,
        where=", ".join(part for part in (agenda.fair.venue, agenda.fair.city) if part),
        version=version,
        zone=agenda.fair.zone,
        meetings=agenda.meetings,
        link=links.page(
            "member.agendas.mine", registration=agenda.registration, personne=agenda.delegate
        ),
    )
