# SPDX-License-Identifier: EUPL-1.2
"""The whole site, walked in English from link to link: no French but what people typed."""

import re
from collections import deque
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from inspect import isfunction, signature
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import render_template
from werkzeug.exceptions import HTTPException

from app.actions import schedules as planning
from app.documents import badges
from app.language.translate import use_language
from app.mail import letters
from app.models.base import db
from app.queries import schedules
from app.rules.companies import Role
from app.rules.meetings import DeclineReason, RequestState
from app.rules.needs import NeedState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_member,
    a_need,
    a_registration,
    a_request,
    a_sector,
    a_table,
    a_user,
    an_activity,
    an_edition,
    an_offer,
    an_organiser_member,
    log_in_as,
)
from tests.documents.fair import PRINTED, a_fair, an_agenda, an_entry

FRENCH = re.compile(
    r"\b(votre|vos|vous|rendez-vous|créneaux?|chercher|aucune?|voir|demandes?|entreprises?|"
    r"acheteurs?|besoins?|inscriptions?|métiers?|planning|pour|avec|cette|une|jusqu|à)\b|[«»]",
    re.IGNORECASE,
)
READ_ALOUD = {"title", "alt", "aria-label", "placeholder", "data-label", "data-foot"}
STARTS = (
    "/", "/annuaire?q=zzz", "/besoins?q=zzz", "/annuaire?zone=34&q=zzz&venue=1", "/connexion",
    "/compte", "/espace", "/organisation", "/courriel-envoye", "/entrer/x", "/mot-de-passe/x",
    "/inscription/entreprise?q=zzz", "/inscription/acheteur?q=zzz",
)  # fmt: skip
TWICE = 2  # times a page is read by the same person: two needs, two delegates, two days


class Said(HTMLParser):
    """What a reader sees or hears of a page, but for what is marked as a quotation in French."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.is_left_out = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.is_left_out = tag in ("script", "style") or ("lang", "fr") in attrs
        self.texts += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag):
        self.is_left_out = False

    def handle_data(self, data):
        if not self.is_left_out and data.strip():
            self.texts.append(" ".join(data.split()))


def french_in(page):
    return [text for text in Said(page).texts if FRENCH.search(text)]


@pytest.fixture
def people(app):
    """A fair whose schedule is published, and one person of each side."""
    edition = an_edition(name="Fair 2027", venue="Hall", city="Leeds")
    a_block(edition, count=1)
    a_table(edition)
    trade = a_sector("Gardening")
    company = a_registration(edition, a_company(name="Northwind", description="We plant trees."))
    buyer = a_registration(edition, a_buyer(name="Leeds Council"))
    other = a_registration(edition, a_company(name="Southwind"))
    third = a_registration(edition, a_company(name="Eastwind"))
    users = {
        "company": a_member(company.organisation, a_user(language="en")),
        "buyer": a_member(buyer.organisation, a_user(language="en")),
        "organiser": an_organiser_member(edition.series.organiser),
    }
    a_delegate(company, user_id=users["company"].id, email=users["company"].email)
    a_delegate(buyer, user_id=users["buyer"].id, email=users["buyer"].email)
    a_delegate(other, email="")
    for one in (company, other, third):
        an_activity(one.organisation, trade)
    an_offer(company.organisation, "Mowing")
    needs = {
        state: a_need(buyer.organisation, trade, title="Twelve parks", state=state)
        for state in (NeedState.PUBLISHED, NeedState.DRAFT)
    }
    asked = {"message": "We look after two parks.", "need_id": needs[NeedState.PUBLISHED].id}
    a_request(company, buyer, state=RequestState.ACCEPTED, **asked)
    a_request(buyer, other, state=RequestState.ACCEPTED, message="Shall we meet?")
    a_request(third, buyer, **asked)
    db.session.commit()
    for _ in range(TWICE):
        run = schedules.by_id(planning.ask_for_run(edition, by=None, seconds=1).id)
    planning.publish(run, by=None)
    db.session.commit()
    return users


def walk(client, endpoint, found):
    """Read every page that links lead to; keep by endpoint what was answered."""
    ahead, read = deque(STARTS), set()
    while ahead:
        path = ahead.popleft()
        page = endpoint(path)
        kept = found.setdefault(page, [])
        if page is None or path in read or len(kept) >= TWICE or path.endswith(".pdf"):
            continue
        read.add(path)
        answer = client.get(path, follow_redirects=True)
        kept.append((path, answer))
        if answer.mimetype == "text/html":
            links = re.findall(r'href="(/[^"#]*)', answer.get_data(as_text=True))
            ahead.extend(unescape(link) for link in links)


@pytest.fixture
def endpoint(app):
    """The page at an address, or none for files and for what is only posted."""
    pages = app.url_map.bind("localhost")

    def at(path):
        try:
            name, _ = pages.match(urlsplit(path).path, "GET")
        except HTTPException:
            return None
        return name if name != "static" else None

    return at


@pytest.mark.parametrize("who", ["nobody", "company", "buyer", "organiser"])
def test_every_page_is_in_english_for_who_reads_english(people, client, endpoint, who):
    if who in people:
        log_in_as(client, people[who])
    with client.session_transaction() as session:
        session["language"] = "en"
    found: dict[Any, list] = {}
    walk(client, endpoint, found)
    answers = [one for kept in found.values() for one in kept]
    broken = [(path, answer.status_code) for path, answer in answers if answer.status_code >= 500]
    pages = [(path, one) for path, one in answers if one.mimetype == "text/html"]
    french = {path: said for path, one in pages if (said := french_in(one.get_data(as_text=True)))}
    foreign = [path for path, one in pages if b'<html lang="en"' not in one.data]
    assert (broken, french, foreign) == ([], {}, [])
    assert len(pages) > 15, sorted(found)


def facts_of(letter):
    """Something for each fact that the letter asks for."""
    moment = datetime(2027, 11, 24, 9, 25, tzinfo=UTC)
    known = {
        "language": "en", "name": "Claire", "link": "https://a.test/", "zone": "Europe/Paris",
        "starts_on": moment.date(), "deadline": moment, "starts_at": moment, "freed_at": moment,
        "version": 2, "count": 3, "meetings": [an_entry(partner="Leeds Council", subject="")],
        "reason": DeclineReason.TOO_FAR,
    }  # fmt: skip
    return {name: known.get(name, "Northwind") for name in signature(letter).parameters}


LETTERS = [
    letter
    for name, letter in vars(letters).items()
    if isfunction(letter) and letter.__module__ == letters.__name__ and not name.startswith("_")
]


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.__name__)
def test_a_letter_to_who_reads_english_is_in_english(app, letter):
    with app.test_request_context():
        written = letter(**facts_of(letter))

    said = [written.subject, *written.text.splitlines(), *Said(written.html).texts]
    assert len(LETTERS) > TWICE
    assert [text for text in said if FRENCH.search(text)] == []


def test_papers_in_english_say_no_french(app):
    entry = an_entry(partner="Leeds Council", subject="Twelve parks", people=())
    agenda = an_agenda(entry, fair=a_fair(name="Fair 2027"), language="en", role=Role.BUYER)
    with app.test_request_context(), use_language("en"):
        sheet = render_template("documents/agenda.html", agenda=agenda, printed_at=PRINTED)
        ((_, tags),) = badges.parts([agenda], fair=agenda.fair, printed_at=PRINTED, language="en")

    assert "Wednesday 24 November" in sheet
    assert french_in(sheet) + french_in(tags) == []
