# SPDX-License-Identifier: EUPL-1.2
"""The index of every process follows the database, whoever changes it and however."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.orm import Session

from app.models import clock
from app.models.base import db
from app.models.companies import Activity, Contract, ContractHolder, Organisation
from app.models.listings import Label, OrganisationLabel
from app.queries import listing_reader
from app.queries.listing_reader import Kept
from app.rules.companies import GeoRange
from app.rules.directory import Facet, Wanted
from tests.builders import a_buyer, a_company, a_sector, an_activity


def found(word: str = "", **chosen: str) -> list[int]:
    values = {Facet[name.upper()]: frozenset([value]) for name, value in chosen.items()}
    words = (frozenset([word]),) if word else ()
    return listing_reader.current().search(Wanted("company", values, words), size=99).ids


@pytest.fixture
def fair(either_app) -> Iterator[None]:
    with either_app.app_context():
        yield
        db.session.rollback()


def test_a_new_a_changed_and_a_deleted_listing_are_known_at_the_next_search(fair):
    assert found() == []
    company = a_company(name="Les Jardins", search="les jardins")
    db.session.commit()
    assert found("jardin") == [company.id]
    company.search = "les vergers"
    db.session.commit()
    assert found("jardin") == []
    assert found("verger") == [company.id]
    db.session.delete(company)
    db.session.commit()
    assert found() == []


def test_what_was_not_committed_is_not_found_and_its_number_is_not_lost(fair):
    assert found() == []
    a_company(search="brouillon")
    assert found("brouillon") == []
    db.session.rollback()
    kept = a_company(search="propre")
    db.session.commit()
    assert found() == [kept.id]


def test_statements_that_no_object_sees_are_noted_too(fair):
    company, sector = a_company(), a_sector()
    db.session.commit()
    assert found(sectors=sector.slug) == []
    db.session.execute(
        insert(Activity),
        [{"organisation_id": company.id, "sector_id": sector.id, "presta_types": ["PREST"],
          "geo_range": GeoRange.ZONES, "zones": ["R76"], "distance_km": None}],
    )  # fmt: skip
    db.session.commit()
    assert found(sectors=sector.slug, served="11") == [company.id]
    db.session.execute(update(Organisation).values(department="75"))
    db.session.commit()
    assert found(located="75") == [company.id]
    db.session.execute(delete(Organisation))
    db.session.commit()
    assert found() == []


def test_an_activity_label_or_contract_changes_the_listing_it_is_about(fair):
    sector = a_sector()
    company, buyer = a_company(siret="90000000100012", search="jardins"), a_buyer()
    a_company(siret="90000000200012")
    db.session.commit()
    assert found(proofs="won") == []
    activity = an_activity(company, sector)
    contract = Contract(
        uid="1", lot="", organisation_id=buyer.id, title="", nature="", procedure="", cpv="",
        amount=1.0, current_amount=1.0, notified_on=clock.today(), source="", grouping="",
    )  # fmt: skip
    db.session.add(contract)
    db.session.flush()
    db.session.add(ContractHolder(contract_id=contract.id, number="1", siren="900000001", name=""))
    db.session.commit()
    assert found(sectors=sector.slug) == found(proofs="won") == [company.id]
    db.session.delete(activity)
    db.session.delete(contract)
    db.session.commit()
    assert found(sectors=sector.slug) == found(proofs="won") == []


def test_a_label_is_found_until_the_day_it_expires(fair):
    company = a_company()
    label = Label(slug="esus", name_fr="ESUS", name_en="ESUS", issuer="", website="")
    db.session.add(label)
    db.session.flush()
    held = OrganisationLabel(
        organisation_id=company.id, label_id=label.id, proof_link="", source="typed",
        expires_on=datetime(2027, 3, 31).date(), added_at=clock.now(),
    )  # fmt: skip
    db.session.add(held)
    db.session.commit()
    with clock.frozen(datetime(2027, 3, 31, 12, tzinfo=UTC)):
        assert found(labels="esus") == [company.id]
    with clock.frozen(datetime(2027, 4, 1, 12, tzinfo=UTC)):
        assert found(labels="esus") == []


def test_many_changes_are_folded_into_the_whole(fair, monkeypatch):
    monkeypatch.setattr(listing_reader, "MOST_CHANGED", 3)
    a_company(search="premier")
    db.session.commit()
    assert len(found()) == 1
    for number in range(8):
        a_company(search=f"suivant {number}")
        db.session.commit()
        assert len(found("suivant")) == number + 1
    kept: Kept = listing_reader._kept[db.engine]
    assert len(kept.changed) <= 3
    assert len(kept.whole.ids) + len(kept.changed) == 9


def test_a_reading_that_fails_is_done_again_by_the_next_search(fair, monkeypatch):
    assert found() == []
    company = a_company()
    db.session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(listing_reader, "entries", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            found()
    assert found() == [company.id]


@contextmanager
def another_process() -> Iterator[Session]:
    """A transaction of somebody else."""
    with Session(db.engine) as session:
        yield session


def test_who_commits_late_is_not_missed_although_others_were_faster(fair):
    slow, fast = a_company(search="lent"), a_company(search="rapide")
    db.session.commit()
    assert found("lent") == [slow.id]
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    with another_process() as late:
        late.execute(update(Organisation).filter_by(id=slow.id).values(search="tortue"))
        db.session.execute(update(Organisation).filter_by(id=fast.id).values(search="lievre"))
        db.session.commit()
        assert found("lievre") == [fast.id]
        assert found("tortue") == []
        late.commit()
    assert found("tortue") == [slow.id]


def test_numbers_drawn_before_the_commit_would_have_missed_it(fair):
    """The twin of the test above: without waiting for the end, a change is lost."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    slow, fast = a_company(search="lent"), a_company(search="rapide")
    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER listing_change_organisation ON organisation"))
        connection.execute(
            text(
                "CREATE FUNCTION note_at_once() RETURNS trigger AS $$ BEGIN "
                "INSERT INTO listing_change (organisation_id) VALUES (NEW.id) "
                "ON CONFLICT (organisation_id) DO UPDATE "
                "SET id = nextval(pg_get_serial_sequence('listing_change', 'id')); "
                "RETURN NULL; END $$ LANGUAGE plpgsql"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER at_once AFTER UPDATE ON organisation "
                "FOR EACH ROW EXECUTE FUNCTION note_at_once()"
            )
        )
    assert found("lent") == [slow.id]
    with another_process() as late:
        late.execute(update(Organisation).filter_by(id=slow.id).values(search="tortue"))
        db.session.execute(update(Organisation).filter_by(id=fast.id).values(search="lievre"))
        db.session.commit()
        assert found("lievre") == [fast.id]
        late.commit()
    assert found("tortue") == []
