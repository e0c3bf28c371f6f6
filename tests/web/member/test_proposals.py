# SPDX-License-Identifier: EUPL-1.2
"""Proposals as both sides meet them: reasons, points, « not for us », invitations, alerts."""

import pytest
from sqlalchemy import select

from app.actions import alerts, matching
from app.models.base import db
from app.models.letters import Letter
from app.models.matching import Alert, Dismissal, NeedInvitation
from app.queries import needs
from app.rules.alerts import Rhythm
from app.rules.companies import Role
from app.rules.dismissals import DismissalReason
from app.rules.needs import SetAside
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_need,
    a_registration,
    a_sector,
    a_user,
    an_activity,
    an_edition,
    an_organiser_member,
    log_in_as,
)


@pytest.fixture
def pair(app):
    """A buyer with a need, and a company that suits it; both with somebody who speaks for them."""
    sector = a_sector()
    buyer, company = a_buyer(name="Ville de Sète"), a_company(name="Les Jardins")
    an_activity(company, sector)
    company.claimed_at = company.created_at
    need = a_need(buyer, sector, title="Tonte des parcs", cpv="77310000")
    people = a_member(buyer), a_member(company)
    db.session.commit()
    return need, buyer, company, *people


def words(answer):
    return answer.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def test_the_buyer_reads_who_can_answer_with_points_and_reasons(client, pair):
    need, _, _, person, _ = pair
    log_in_as(client, person)
    page = words(client.get(f"/besoins/{need.id}"))
    assert "1 entreprise de l'annuaire peut répondre" in page
    assert "Les Jardins" in page and "points sur 100" in page
    assert "Même métier" in page and "Comment ces" in page
    assert "28 sur 28" in page


def test_the_buyer_invites_once_and_the_company_reads_it(client, pair):
    need, _, company, person, theirs = pair
    log_in_as(client, person)
    for _ in range(2):
        client.post(f"/besoins/{need.id}/inviter/{company.id}")
    assert len(db.session.scalars(select(NeedInvitation)).all()) == 1
    assert (
        len(db.session.scalars(select(Letter).where(Letter.kind == "need_invitation")).all()) == 1
    )
    assert "Invitée le" in words(client.get(f"/besoins/{need.id}"))
    log_in_as(client, theirs)
    assert "L'acheteur vous invite" in words(client.get(f"/besoins/{need.id}"))
    listed = words(client.get(f"/espace/{company.id}/besoins-pour-nous"))
    assert "L'acheteur vous invite" in listed


def test_the_buyer_puts_a_company_aside_and_takes_it_back(client, pair):
    need, _, company, person, _ = pair
    log_in_as(client, person)
    assert client.get(f"/besoins/{need.id}/ecarter/{company.id}").status_code == 200
    client.post(
        f"/besoins/{need.id}/ecarter/{company.id}", data={"reason": "too_far", "text": "trop loin"}
    )
    page = words(client.get(f"/besoins/{need.id}"))
    assert "Aucune entreprise proposée" in page and "1 proposition écartée par vous" in page
    said = db.session.scalars(select(Dismissal)).one()
    client.post(f"/besoins/{need.id}/reprendre/{said.id}")
    assert "1 entreprise de l'annuaire peut répondre" in words(client.get(f"/besoins/{need.id}"))


def test_the_company_puts_a_need_aside_and_takes_it_back(client, pair):
    need, _, company, _, person = pair
    log_in_as(client, person)
    page = f"/espace/{company.id}/besoins-pour-nous"
    assert "Tonte des parcs" in words(client.get(page))
    client.post(f"{page}/{need.id}/ecarter", data={"reason": "too_big"})
    assert "Aucun besoin de votre métier" in words(client.get(page))
    assert "Vous avez écarté ce besoin" in words(client.get(f"/besoins/{need.id}"))
    said = db.session.scalars(select(Dismissal)).one()
    client.post(f"{page}/{said.id}/reprendre")
    assert "points sur 100" in words(client.get(page))


def test_a_reason_must_be_chosen_and_what_was_typed_stays(client, pair):
    need, _, company, person, _ = pair
    log_in_as(client, person)
    answer = client.post(
        f"/besoins/{need.id}/ecarter/{company.id}", data={"reason": "ennui", "text": "mes mots"}
    )
    assert answer.status_code == 422
    assert "mes mots" in words(answer)
    long = client.post(
        f"/besoins/{need.id}/ecarter/{company.id}", data={"reason": "other", "text": "x" * 301}
    )
    assert long.status_code == 422 and "300 caractères" in words(long)


def test_nobody_speaks_for_the_other_side(client, pair):
    need, _, company, buying, selling = pair
    said = matching.dismiss(need, company, by=None, role=Role.COMPANY, reason=DismissalReason.OTHER)
    log_in_as(client, selling)
    for address in (
        f"/besoins/{need.id}/inviter/{company.id}", f"/besoins/{need.id}/ecarter/{company.id}",
        f"/besoins/{need.id}/reprendre/{said.id}",
    ):  # fmt: skip
        assert client.post(address, data={"reason": "other"}).status_code == 404
    log_in_as(client, buying)
    assert client.post(f"/besoins/{need.id}/reprendre/{said.id}").status_code == 404
    ours = f"/espace/{company.id}/besoins-pour-nous"
    assert client.post(f"{ours}/{need.id}/ecarter", data={"reason": "other"}).status_code == 404
    assert client.post(f"{ours}/{said.id}/reprendre").status_code == 404
    assert len(db.session.scalars(select(Dismissal)).all()) == 1


def test_an_anonymous_need_is_proposed_without_the_name_of_its_buyer(client, pair):
    need, _, company, _, person = pair
    need.is_anonymous = True
    db.session.commit()
    log_in_as(client, person)
    for address in (
        f"/espace/{company.id}/besoins-pour-nous", f"/besoins/{need.id}",
        f"/espace/{company.id}/acheteurs-pour-nous",
        f"/espace/{company.id}/besoins-pour-nous/{need.id}/ecarter",
    ):  # fmt: skip
        page = words(client.get(address))
        assert "Sète" not in page, address
    assert "Tonte des parcs" in words(client.get(f"/espace/{company.id}/besoins-pour-nous"))


def test_a_company_that_may_not_answer_reads_why(client, pair):
    need, _, _, _, person = pair
    need.set_aside = SetAside.HANDICAP
    db.session.commit()
    log_in_as(client, person)
    assert "réservé à d'autres structures" in words(client.get(f"/besoins/{need.id}"))


def test_the_buyers_for_us_and_the_potential_of_our_programme(client, pair):
    _, buyer, company, buying, selling = pair
    log_in_as(client, selling)
    page = words(client.get(f"/espace/{company.id}/acheteurs-pour-nous"))
    assert "Ville de Sète" in page and "Tonte des parcs" in page
    log_in_as(client, buying)
    page = words(client.get(f"/espace/{buyer.id}/potentiel"))
    assert "Tonte des parcs" in page and "Prévoir un critère social" in page
    assert client.get(f"/espace/{company.id}/potentiel").status_code == 404


def test_an_alert_is_asked_for_changed_and_ended(client, pair):
    _, _, company, _, person = pair
    log_in_as(client, person)
    page = f"/espace/{company.id}/alertes"
    wrong = client.post(page, data={"rhythm": "daily", "distance_km": "5000"})
    assert wrong.status_code == 422 and "5000" in words(wrong)
    asked = {"rhythm": "daily", "departments": ["34"], "most_euros": "40 000 €"}
    assert client.post(page, data=asked).status_code == 302
    alert = db.session.scalars(select(Alert)).one()
    assert (alert.departments, alert.most_euros, alert.rhythm) == (["34"], 40_000, Rhythm.DAILY)
    assert "Votre alerte est en place" in words(client.get(page))
    client.post(f"{page}/arreter")
    assert "Votre alerte est arrêtée depuis" in words(client.get(page))


def test_one_click_in_a_mail_program_ends_an_alert_without_log_in_or_token(
    built_app, client, pair, monkeypatch
):
    """RFC 8058 §3.1: a POST with one pair in its body, and no cookie."""
    _, _, company, _, person = pair
    alert = alerts.ask_for(company, by=person, rhythm=Rhythm.DAILY)
    monkeypatch.setitem(built_app.config, "WTF_CSRF_ENABLED", True)
    address = f"/alertes/{alert.token}/arreter"
    assert "Arrêter l'alerte ?" in words(client.get(address))
    assert alert.paused_at is None  # a program that opens links ends nothing
    answer = client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "C'est arrêté" in words(answer)
    assert db.session.scalars(select(Alert)).one().paused_at is not None
    assert client.post("/alertes/nonsense/arreter").status_code == 404


def test_the_team_sees_how_needs_fare_and_counts_of_reasons_without_who_said_them(client, pair):
    need, buyer, company, _, _ = pair
    edition = an_edition()
    a_registration(edition, buyer)
    member = an_organiser_member(edition.series.organiser, a_user())
    matching.dismiss(need, company, by=None, role=Role.COMPANY, reason=DismissalReason.TOO_FAR)
    db.session.commit()
    log_in_as(client, member)
    page = words(client.get(f"/organisation/{edition.slug}/propositions"))
    assert "Tonte des parcs" in page and "Trop loin" in page
    assert "Les Jardins" not in page
    client.post(f"/organisation/{edition.slug}/propositions/classer")
    page = words(client.get(f"/organisation/{edition.slug}/propositions"))
    assert "Tout a été classé" in page and "aucune" in page


def test_the_page_of_a_need_takes_no_query_per_company(client, pair, count_queries):
    need, _, _, person, _ = pair
    log_in_as(client, person)
    client.get(f"/besoins/{need.id}")
    with count_queries:
        client.get(f"/besoins/{need.id}")
    few = len(count_queries)
    for number in range(20):
        company = a_company(name=f"Entreprise {number}")
        an_activity(company, needs.sectors(need)[0])
        a_member(company)
    db.session.commit()
    with count_queries:
        page = client.get(f"/besoins/{need.id}?tout=1")
    assert page.get_data(as_text=True).count('class="rank"') == 21
    assert len(count_queries) <= few + 1
