# SPDX-License-Identifier: EUPL-1.2
"""The register of a need as a spreadsheet and as a paper, for the buyer's file."""

from datetime import datetime

from flask import render_template

from app.documents import pdf
from app.documents.workbooks import Cell, Tab
from app.documents.workbooks import workbook as made
from app.language import history, translate
from app.language.needs import done
from app.language.phrases import word
from app.language.places import place
from app.language.reasons import named
from app.language.translate import gettext
from app.queries.registers import Register

DAY, NAME, LONG = 18, 36, 80


def workbook(register: Register) -> bytes:
    """Four sheets as XLSX: the need, what happened, questions and answers, the companies."""
    return made([_need(register), _events(register), _questions(register), _companies(register)])


def paper(register: Register) -> bytes:
    """The same on A4. Errors: pdf.PdfUnavailable."""
    page = render_template(
        "documents/register.html",
        register=register,
        facts=facts(register),
        events=[(one.at, history.somebody(one.who), done(one.verb, one.facts))
                for one in register.events],
        companies=companies(register),
    )  # fmt: skip
    return pdf.render(page)


def facts(register: Register) -> list[tuple[str, str]]:
    """(name, value) of what the need says, without what it leaves unsaid."""
    need = register.need
    told = (
        (gettext("Besoin"), need.title),
        (gettext("Acheteur"), need.organisation.display_name),
        (gettext("SIRET"), need.organisation.siret or ""),
        (gettext("État"), word(need.state)),
        (gettext("Description"), need.text),
        (gettext("Étape"), word(need.kind)),
        (gettext("Métiers"), ", ".join(named(one) for one in register.sectors)),
        (gettext("Codes CPV"), ", ".join(need.codes)),
        (gettext("Où"), ", ".join(place(code) for code in need.departments)),
        (gettext("Montant estimé"), word(need.amount_band)),
        (gettext("Montant exact"), translate.euros(need.amount_exact) if need.amount_exact else ""),
        (gettext("Réservé"), word(need.set_aside)),
        (gettext("Anonyme"), gettext("oui") if need.is_anonymous else ""),
        (gettext("Publié le"), _day(need.published_on)),
        (gettext("Réponses jusqu'au"), _day(need.answer_by)),
        (gettext("Publication prévue"), _day(need.tender_on)),
        (gettext("Début souhaité"), _day(need.starts_on)),
        (gettext("Fin prévue"), _day(need.ends_on)),
        (gettext("Durée, en mois"), str(need.months or "")),
        (gettext("Clauses envisagées"), "\n".join(one.title_fr for one in register.clauses)),
        (gettext("Fichiers joints"), "\n".join(one.name for one in register.files)),
        (gettext("Suite"), need.end_note),
    )
    return [(name, value) for name, value in told if value]


def companies(register: Register) -> list[tuple[str, str, str, str, str]]:
    """(company, SIRET, how and when it came, what was answered, the meeting), by time."""
    lines = []
    for one in register.interests:
        how = gettext("a dit son intérêt le %(when)s", when=_moment(one.shown_at))
        answer = word(one.state)
        if one.answered_at:
            answer = f"{answer}, {_moment(one.answered_at)}"
        company = one.company
        lines.append((one.shown_at, company.display_name, company.siret or "", how, answer, ""))
    for request in register.requests:
        ours = request.from_organisation_id == register.need.organisation_id
        side = request.asked if ours else request.asking
        sent = (
            gettext("invitée à un rendez-vous le %(when)s", when=_moment(request.created_at))
            if ours
            else gettext("a demandé un rendez-vous le %(when)s", when=_moment(request.created_at))
        )
        meeting = register.planned.get(request.id)
        when = _moment(meeting.slot.starts_at, side.edition.timezone) if meeting else ""
        lines.append(
            (request.created_at, side.organisation.display_name, side.organisation.siret or "",
             sent, word(request.state), when)
        )  # fmt: skip
    lines.sort(key=lambda line: line[0])
    return [line[1:] for line in lines]


def _need(register: Register) -> Tab:
    titles = ((gettext("Fait"), NAME), (gettext("Valeur"), LONG))
    made_at = (gettext("Registre établi le"), _moment(register.made_at))
    return Tab(gettext("Besoin"), titles, [*facts(register), made_at])


def _events(register: Register) -> Tab:
    titles = ((gettext("Quand"), DAY), (gettext("Qui"), NAME), (gettext("Quoi"), LONG))
    lines: list[tuple[Cell, ...]] = [
        (_moment(one.at), history.somebody(one.who), done(one.verb, one.facts))
        for one in register.events
    ]
    return Tab(gettext("Journal"), titles, lines)


def _questions(register: Register) -> Tab:
    titles = (
        (gettext("Posée le"), DAY),
        (gettext("Question"), LONG),
        (gettext("Répondue le"), DAY),
        (gettext("Réponse, lue par toutes"), LONG),
    )
    lines: list[tuple[Cell, ...]] = [
        (
            _moment(one.asked_at),
            one.text,
            _moment(one.answered_at) if one.answered_at else "",
            one.answer,
        )
        for one in register.questions
    ]
    return Tab(gettext("Questions"), titles, lines)


def _companies(register: Register) -> Tab:
    titles = (
        (gettext("Entreprise"), NAME),
        (gettext("SIRET"), DAY),
        (gettext("Comment"), LONG),
        (gettext("Réponse"), NAME),
        (gettext("Rendez-vous"), NAME),
    )
    return Tab(gettext("Entreprises"), titles, companies(register))


def _day(day: object) -> str:
    return translate.full_date(day) if day else ""  # type: ignore[arg-type]


def _moment(instant: datetime, zone: str = "Europe/Paris") -> str:
    return translate.moment(instant, zone)
