# SPDX-License-Identifier: EUPL-1.2
"""A buyer's files, programme and register, and the choice of CPV codes, as people meet them."""

import io
from ctypes.util import find_library
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from app.actions import attachments, cpv, interests, needs, questions
from app.models.base import db
from app.models.needs import Need, NeedAttachment
from app.queries import interests as shown_for
from app.rules.needs import NeedState
from tests.actions.test_attachments import an_odt
from tests.actions.test_cpv import FILE
from tests.builders import a_buyer, a_company, a_member, a_need, a_sector, log_in_as
from tests.web.test_needs import the_form


@pytest.fixture
def buyer(client):
    organisation = a_buyer(name="Département des Hautes-Garrigues")
    user = a_member(organisation)
    db.session.commit()
    log_in_as(client, user)
    return organisation


def typed(sector, **more):
    """The form of a site that holds the whole vocabulary."""
    usual = the_form(sector, **more)
    return {name: value for name, value in usual.items() if name not in ("cpv", "cpv_code")}


def test_a_code_is_found_by_words_without_a_script_and_what_was_typed_stays(client, buyer):
    cpv.load(FILE, "cpv.csv")
    sector = a_sector()
    address = f"/espace/{buyer.id}/besoins/nouveau"
    assert "Chercher un code" in client.get(address).text
    asked = typed(sector, title="", text="Douze parcs.", cpv_words="jardins", then="cpv")
    page = client.post(address, data=asked)
    assert page.status_code == 200 and "Douze parcs." in page.text
    assert 'value="77311000"' in page.text and "Services horticoles ›" in page.text
    asked |= {"cpv_codes": ["77311000"], "cpv_words": "mowers"}
    page = client.post(address, data=asked).text
    assert 'value="77311000" checked' in page and 'value="16310000">' in page
    asked |= {"cpv_codes": ["77311000", "16310000"], "title": "Parcs", "then": "publish"}
    client.post(address, data={**asked, "cpv_words": ""})
    need = db.session.query(Need).one()
    assert (need.cpv, need.other_cpv) == ("77311000", ["16310000"])
    page = client.get(f"/besoins/{need.id}/modifier").text
    assert page.index('value="77311000" checked') < page.index('value="16310000" checked')


def test_a_code_typed_whole_needs_no_search_and_an_unknown_one_is_refused(client, buyer):
    cpv.load(FILE, "cpv.csv")
    sector = a_sector()
    address = f"/espace/{buyer.id}/besoins/nouveau"
    refused = client.post(address, data=typed(sector, cpv_words="77399999"))
    assert refused.status_code == 422 and "n’est pas un code CPV" in refused.text
    client.post(address, data=typed(sector, cpv_words="77310000-6"))
    assert db.session.query(Need).one().cpv == "77310000"


def test_the_choices_come_alone_while_one_types(client):
    cpv.load(FILE, "cpv.csv")
    part = client.get("/codes-cpv?cpv_words=espaces&cpv_codes=16310000&cpv_codes=<b>").text
    assert "<html" not in part and 'value="77310000"' in part
    assert 'value="16310000" checked' in part and "<b>" not in part
    page = client.get("/codes-cpv?q=green+areas").text
    assert "<html" in page and "77310000" in page and "/besoins?q=7731" in page


def test_everybody_finds_the_divisions_when_the_vocabulary_is_not_loaded(client):
    assert "Services agricoles" in client.get("/codes-cpv?q=horticole").text


def test_a_file_is_attached_read_as_a_download_and_taken_away(client, buyer):
    need = a_need(buyer)
    db.session.commit()
    address = f"/besoins/{need.id}/pieces"
    assert client.post(address, data={}).status_code == 422
    bad = {"file": (io.BytesIO(b"<script>"), "cahier.pdf")}
    assert "n’est pas un fichier que nous prenons" in client.post(address, data=bad).text
    client.post(address, data={"file": (io.BytesIO(an_odt()), "Cahier « été ».odt")})
    (file,) = db.session.query(NeedAttachment)
    client.post("/deconnexion")
    answer = client.get(f"/pieces/{file.id}")
    assert answer.data == an_odt()
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''Cahier")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert f"/pieces/{file.id}" in client.get(f"/besoins/{need.id}").text
    log_in_as(client, a_member(a_company()))
    db.session.commit()
    assert client.post(f"/pieces/{file.id}/retirer").status_code == 404
    log_in_as(client, a_member(buyer))
    db.session.commit()
    client.post(f"/pieces/{file.id}/retirer")
    assert db.session.query(NeedAttachment).count() == 0


def test_the_files_of_a_draft_are_its_buyers(client, buyer):
    need = a_need(buyer, state=NeedState.DRAFT)
    file = attachments.attach(need, by=None, content=an_odt(), name="plan.odt")
    db.session.commit()
    assert client.get(f"/pieces/{file.id}").status_code == 200
    log_in_as(client, a_member(a_company()))
    db.session.commit()
    assert client.get(f"/pieces/{file.id}").status_code == 404


PROGRAMME = (
    "Programmation 2027;;\nRéférence;Objet;Montant\nA1;Tonte des parcs;45 000 €\nA2;;1\n"
    "A3;Repas;cher\n"
).encode()


def test_a_programme_is_looked_at_then_becomes_drafts(client, buyer):
    address = f"/espace/{buyer.id}/programme"
    wrong = client.post(address, data={"file": (io.BytesIO(b"a;b\n1;2\n"), "x.csv")})
    assert wrong.status_code == 422 and "titres de colonnes" in wrong.text
    seen = client.post(address, data={"file": (io.BytesIO(PROGRAMME), "achats.csv")})
    page = client.get(seen.location).text
    assert "Tonte des parcs" in page and "1 ligne" not in page.split("<h1>")[0]
    assert "Cette ligne ne dit pas" in page and "Écrire 2 brouillons" in page
    assert db.session.query(Need).count() == 0
    report = client.get(f"{seen.location}/lignes.csv").text
    assert "ligne refusée" in report and "case laissée vide" in report
    client.post(f"{seen.location}/confirmer")
    assert {one.state for one in db.session.query(Need)} == {NeedState.DRAFT}
    assert "2 brouillons sont prêts" in client.get(f"/espace/{buyer.id}/besoins").text
    assert client.post(f"{seen.location}/confirmer").status_code == 409


def test_nobody_else_sees_a_programme(client, buyer):
    seen = client.post(
        f"/espace/{buyer.id}/programme", data={"file": (io.BytesIO(PROGRAMME), "a.csv")}
    )
    log_in_as(client, a_member(a_buyer()))
    db.session.commit()
    assert client.get(seen.location).status_code == 404
    assert client.post(f"{seen.location}/confirmer").status_code == 404


@pytest.fixture
def lived(buyer):
    """A need around which something happened."""
    need = a_need(buyer, a_sector(), title="Tonte", state=NeedState.DRAFT)
    company = a_company(name="=SOMME(1)", siret="73282932000074")
    needs.publish(need, by=None)
    needs.change(need, by=None, text="Douze parcs.", months=12)
    asked = questions.ask(need, company, by=None, text="Le fauchage est-il compris ?")
    questions.answer(asked, by=None, text="Oui, deux fois.")
    interests.accept(interests.show(need, company, by=None), by=None)
    db.session.commit()
    return need


def test_the_register_tells_all_that_happened_but_who_asked(client, lived):
    file = client.get(f"/besoins/{lived.id}/registre.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(file.data))
    need, events, asked, companies = (
        book.get_sheet_by_name(name).to_python() for name in book.sheet_names
    )
    assert ["Besoin", "Tonte"] in need
    said = [row[2] for row in events[1:]]
    assert said[0] == "a publié un besoin" and said[1] == "a modifié\u00a0: durée, description"
    assert asked[1][1] == "Le fauchage est-il compris ?" and asked[1][3] == "Oui, deux fois."
    assert companies[1][0] == "=SOMME(1)" and "accepté" in str(companies[1][3])
    assert "=SOMME(1)" not in str(asked) + str(events)


def test_the_register_is_printed_too(client, lived):
    if not find_library("pango-1.0"):
        pytest.skip("Pango is absent: no PDF here")
    assert client.get(f"/besoins/{lived.id}/registre.pdf").data.startswith(b"%PDF")


def test_only_the_buyer_takes_the_register(client, lived):
    log_in_as(client, a_member(a_company()))
    db.session.commit()
    for ending in ("xlsx", "pdf"):
        assert client.get(f"/besoins/{lived.id}/registre.{ending}").status_code == 404


def test_a_company_shows_interest_and_the_buyer_answers_on_the_page_of_the_need(client, buyer):
    need = a_need(buyer, a_sector())
    company = a_company(name="Les Jardins")
    speaker, member = a_member(company), a_member(buyer)
    db.session.commit()
    log_in_as(client, speaker)
    assert f"/besoins/{need.id}/interet" in client.get(f"/besoins/{need.id}").text
    client.post(f"/besoins/{need.id}/interet", data={"message": "Nous tondons à la faux."})
    assert "Il répondra ici" in client.get(f"/besoins/{need.id}").text
    log_in_as(client, member)
    page = client.get(f"/besoins/{need.id}").text
    assert "Nous tondons à la faux." in page and "1 entreprise intéressée" in page
    (shown,) = shown_for.of_need(need)
    client.post(f"/interets/{shown.id}/accepter")
    log_in_as(client, speaker)
    assert "veut en savoir plus" in client.get(f"/besoins/{need.id}").text


def test_a_need_ends_in_one_of_three_ways_with_a_word_for_the_register(client, buyer):
    need = a_need(buyer)
    db.session.commit()
    client.post(f"/besoins/{need.id}/clore", data={"how": "awarded", "note": "À l'Esat des Rives"})
    assert (need.state, need.end_note) == (NeedState.AWARDED, "À l'Esat des Rives")
    assert client.post(f"/besoins/{need.id}/clore", data={"how": "withdrawn"}).status_code == 409


def test_the_page_says_what_was_made_precise(client, buyer):
    sector = a_sector()
    db.session.commit()
    answer = client.post(
        f"/espace/{buyer.id}/besoins/nouveau",
        data=the_form(
            sector, geo_range="CUSTOM", distance_km="30", answer_by="2099-03-01",
            tender_on="2099-04-01", ends_on="2099-12-31", presta_types=["PREST"],
            wanted_kinds=["ESAT"], elsewhere="R94",
        ),
    )  # fmt: skip
    page = client.get(answer.location).text.replace("\u00a0", " ")
    for words in (
        "à moins de 30 km",
        "1er mars 2099",
        "Prestation de service",
        "ESAT",
        "Corse-du-Sud",
    ):
        assert words in page
    refused = client.post(
        f"/espace/{buyer.id}/besoins/nouveau", data=the_form(sector, geo_range="CUSTOM")
    )
    assert refused.status_code == 422 and "distance" in refused.text


def test_the_law_is_told_before_there_is_a_title(client, buyer):
    sector = a_sector()
    db.session.commit()
    page = client.post(
        f"/espace/{buyer.id}/besoins/nouveau",
        data=the_form(sector, title="", amount_exact="45000", then="check"),
    )
    assert page.status_code == 200 and "Commande directe possible" in page.text
    assert db.session.query(Need).count() == 0


def test_a_new_need_starts_in_the_buyers_own_department(client, buyer):
    page = client.get(f"/espace/{buyer.id}/besoins/nouveau").text
    box = page[page.index('name="departments"') :]
    chosen = [one for one in box.split("<input") if 'value="34"' in one]
    assert chosen and "checked" in chosen[0]
