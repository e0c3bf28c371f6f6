# SPDX-License-Identifier: EUPL-1.2
"""Listings are made, claimed and told."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.actions import companies
from app.models import clock
from app.models.base import db
from app.models.history import HistoryLine
from app.queries import companies as directory
from app.queries.companies import Organisation
from app.rules.companies import (
    BuyerKind,
    CompanyKind,
    Family,
    GeoRange,
    MembershipState,
    Role,
)
from app.rules.errors import RuleBroken
from tests.builders import a_buyer, a_company, a_member, a_sector, a_user

SIRET = "73282932000074"


def a_listing(**facts):
    usual = {"role": Role.COMPANY, "name": "Cœur d'Hérault", "siret": SIRET, "source": "test"}
    return companies.list_organisation(**{**usual, **facts})


def refusal(function, *arguments, **named) -> tuple[str, str | None]:
    with pytest.raises(RuleBroken) as refused:
        function(*arguments, **named)
    return refused.value.key, refused.value.field


def a_picture(kind: str = "PNG", size: tuple[int, int] = (900, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#22692F").save(out, kind)
    return out.getvalue()


def kept_file(app: Flask, company: Organisation) -> Path:
    return Path(app.config["UPLOAD_FOLDER"], company.logo or "none")


def test_a_listing_is_found_by_number_name_and_town(app):
    listing = a_listing(siret="732 829 320 00074", city="Lodève", post_code="34700")

    assert (listing.siret, listing.department) == (SIRET, "34")
    assert listing.search == f"{SIRET} coeur d herault lodeve"


def test_two_listings_cannot_have_one_siret(app):
    a_listing()
    with pytest.raises(RuleBroken) as refused:
        a_listing(name="Un autre")
    assert (refused.value.key, refused.value.field) == ("siret_taken", "siret")
    assert refused.value.facts == {"name": "Cœur d'Hérault"}


def test_a_foreign_organisation_needs_no_siret(app):
    listing = a_listing(siret=None, vat_number="BE0403019261")
    assert (listing.siret, listing.vat_number) == (None, "BE0403019261")


def test_a_listing_needs_a_number(app):
    assert refusal(a_listing, siret=None) == ("siret_length", "siret")


def test_a_buyer_is_public_unless_it_says_otherwise(app):
    assert a_listing(role=Role.BUYER).buyer_kind == BuyerKind.PUBLIC


def test_a_listing_is_described_and_found_by_its_new_name(app):
    listing = a_listing()
    companies.describe(
        listing, by=None, brand="Les Œillets", website="exemple.fr", company_kind=CompanyKind.EA
    )
    assert (listing.website, listing.company_kind) == ("https://exemple.fr", CompanyKind.EA)
    assert "oeillets" in listing.search


def test_a_wrong_fact_changes_nothing(app):
    listing = a_listing()
    wrong = {"brand": "Nouveau", "website": "deux mots"}
    assert refusal(companies.describe, listing, by=None, **wrong) == ("website_wrong", "website")
    assert directory.by_id(listing.id).brand == ""


def test_a_trade_is_added_found_and_removed(app):
    listing, sector = a_listing(), a_sector("Espaces verts")
    activity = companies.add_activity(
        listing, by=None, sector=sector, presta_types=["PREST"], geo_range=GeoRange.ZONES,
        zones=["34", "11"],
    )  # fmt: skip
    assert activity.zones == ["11", "34"]
    assert "espaces verts" in listing.search

    companies.remove_activity(activity, by=None)
    assert directory.activities(listing) == []
    assert "espaces verts" not in listing.search


def test_a_trade_is_said_once(app):
    listing, sector = a_listing(), a_sector()
    facts: dict[str, Any] = {
        "sector": sector,
        "presta_types": ["PREST"],
        "geo_range": GeoRange.COUNTRY,
    }
    companies.add_activity(listing, by=None, **facts)
    assert refusal(companies.add_activity, listing, by=None, **facts) == (
        "activity_there",
        "sector",
    )


def test_an_offer_is_added_found_and_removed(app):
    listing = a_listing()
    offer = companies.add_offer(listing, by=None, name=" Tonte et  taille ")
    assert (offer.name, "tonte et taille" in listing.search) == ("Tonte et taille", True)
    companies.remove_offer(offer, by=None)
    assert (directory.offers(listing), "tonte" in listing.search) == ([], False)


def test_the_first_to_claim_speaks_for_the_organisation(app):
    company, user = a_company(), a_user()
    membership = companies.claim(company, by=user)
    assert membership.state == MembershipState.ACTIVE
    assert company.claimed_at is not None


def test_the_second_waits_and_an_unproven_address_counts_for_nothing(app):
    company = a_company()
    a_member(company)
    assert companies.claim(company, by=a_user()).state == MembershipState.PENDING
    stranger = a_user(verified_at=None)
    assert companies.claim(a_buyer(), by=stranger).state == MembershipState.UNVERIFIED


def test_claiming_twice_is_claiming_once(app):
    company, user = a_company(), a_user()
    assert companies.claim(company, by=user).id == companies.claim(company, by=user).id


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_again_small(app, kind):
    company = a_company()
    companies.set_logo(company, by=None, picture=a_picture(kind))
    with Image.open(kept_file(app, company)) as kept:
        assert (kept.format, kept.size) == ("PNG", (512, 171))


def test_what_hides_behind_a_picture_is_left_out(app):
    company = a_company()
    companies.set_logo(company, by=None, picture=a_picture() + b"<script>alert(1)</script>")
    assert b"script" not in kept_file(app, company).read_bytes()


@pytest.mark.parametrize(
    "picture", [b"", b"not a picture", b"<svg></svg>", a_picture("GIF"),
                a_picture()[:200]]
)  # fmt: skip
def test_a_file_that_is_no_picture_is_refused_on_its_field(app, picture):
    assert refusal(companies.set_logo, a_company(), by=None, picture=picture) == (
        "picture_unreadable",
        "logo",
    )


def test_a_logo_of_ten_megabytes_is_refused_with_both_sizes(app):
    with pytest.raises(RuleBroken) as refused:
        companies.set_logo(a_company(), by=None, picture=b"x" * 10 * 1024**2)
    assert (refused.value.key, refused.value.facts) == (
        "picture_too_big",
        {"most": 5, "written": 10},
    )


def test_who_wrote_each_field_is_kept_with_the_day(app):
    user = a_user()
    listing = a_listing(city="Lodève", post_code="34700")
    companies.describe(listing, by=user, brand="Les Œillets", city="Lodève")
    companies.describe(listing, by=user, source="import-siae", naf="8130Z")
    told = {field: signed["by"] for field, signed in listing.authors.items()}
    assert told == {
        "name": "test", "city": "test", "post_code": "test", "department": "test",
        "brand": f"person:{user.id}", "naf": "import-siae",
    }  # fmt: skip
    assert {signed["on"] for signed in listing.authors.values()} == {clock.now().date().isoformat()}


def test_history_keeps_from_what_to_what(app):
    listing = a_listing(city="Lodève", company_kind=CompanyKind.ACI)
    companies.describe(
        listing, by=None, city="Millau", company_kind=CompanyKind.EA, turnover=450_000
    )
    (line,) = db.session.scalars(
        select(HistoryLine).where(HistoryLine.verb == "organisation.described")
    )
    assert line.facts["changes"] == {
        "city": ["Lodève", "Millau"], "company_kind": ["ACI", "EA"], "turnover": [None, 450_000],
    }  # fmt: skip


def test_saying_the_same_again_changes_and_remembers_nothing(app):
    listing = a_listing(city="Lodève")
    before = listing.authors
    companies.describe(listing, by=a_user(), city="Lodève", may_group=False)
    assert listing.authors == before
    lines = select(HistoryLine).where(HistoryLine.verb == "organisation.described")
    assert list(db.session.scalars(lines)) == []


def test_the_family_follows_the_kind_and_the_legal_form(app):
    listing = a_listing(company_kind=CompanyKind.EI, legal_form="9220")
    assert listing.family == Family.ASSOCIATION
    companies.describe(listing, by=None, company_kind="SCOP")
    assert (listing.company_kind, listing.family) == (CompanyKind.SCOP, Family.SCOP)
    companies.describe(listing, by=None, company_kind=CompanyKind.RESPONSIBLE)
    assert listing.family is None


def test_a_foreign_post_code_tells_no_french_department(app):
    listing = a_listing(siret=None, vat_number="BE0403019261", post_code="1080", city="Bruxelles")
    assert listing.department == ""


def test_an_invented_foreign_organisation_has_an_impossible_number(app):
    invented = {"siret": None, "demonstration": True}
    assert refusal(a_listing, **invented, vat_number="BE0403019261") == (
        "vat_not_invented", "vat_number",
    )  # fmt: skip
    assert a_listing(**invented, vat_number="BE0123456789").vat_number == "BE0123456789"


def test_an_address_elsewhere_than_the_website_waits_for_the_team(app):
    company = a_company(website="https://jardins.example")
    stranger, theirs = a_user(email="zoe@ailleurs.example"), a_user(email="noe@jardins.example")
    assert companies.claim(company, by=stranger).state == MembershipState.PENDING
    assert company.claimed_at is None
    assert [one.user_id for one in directory.orphan_claims()] == [stranger.id]
    assert companies.claim(company, by=theirs).state == MembershipState.ACTIVE
    assert directory.orphan_claims() == [], "a colleague answers from now on"
    assert directory.count_orphan_claims() == 0
