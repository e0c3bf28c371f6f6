# SPDX-License-Identifier: EUPL-1.2
"""What makes invented companies believed: capacity, labels, networks, references, drawn photos."""

from datetime import date, timedelta
from random import Random

from app.actions import companies, listings
from app.actions.base import action
from app.actions.demonstration import vocabulary as words
from app.actions.demonstration.cast import Guest, Timeline
from app.documents import drawings
from app.models import clock
from app.models.companies import Organisation, Sector
from app.queries import listings as known
from app.rules.companies import CompanyKind, GeoRange, PrestaType, Role

SOURCE = "demonstration"
WITH_PHOTOS = 8
COLOURS = ("#22692F", "#8A4A00", "#00656F", "#5E1F57")
NETWORK_OF: dict[CompanyKind | None, str] = {
    CompanyKind.ACI: "chantier-ecole", CompanyKind.EI: "federation-des-entreprises-dinsertion",
    CompanyKind.ETTI: "federation-des-entreprises-dinsertion", CompanyKind.AI: "coorace",
    CompanyKind.EA: "union-nationale-des-entreprises-adaptees", CompanyKind.ESAT: "hosmoz",
    CompanyKind.GEIQ: "federation-francaise-des-geiq",
}  # fmt: skip
ASSOCIATION = "9220"
LEGAL_FORM_OF: dict[CompanyKind | None, str] = {
    CompanyKind.EI: "5710", CompanyKind.EA: "5710", CompanyKind.ETTI: "5710",
    CompanyKind.SSE_COMPANY: "5710", CompanyKind.SCOP: "5458", CompanyKind.SCIC: "5460",
}  # fmt: skip
LABELS = ("esus", "rsei", "iso-14001", "rge")
SHOWN = (
    "Des personnes devant un atelier, parmi des arbres (dessin)",
    "L'équipe au travail devant le bâtiment (dessin)",
)
DONE = (
    "Entretien régulier, deux passages par mois.", "Chantier de trois semaines, livré à temps.",
    "Marché renouvelé deux fois.", "Première commande, sans appel d'offres.",
)  # fmt: skip
OUTSIDE = "Menuiserie Cazalis"
ABROAD = "Atelier du Vieux Canal"
ABROAD_VAT = "BE0123456789"  # fails the check of Belgian numbers, so that it belongs to nobody


@action
def believed(guests: list[Guest], *, times: Timeline) -> None:
    """Give every company its capacity, and the first ones all that a full listing may hold.

    Each draws from a chance of its own: the rest of the fair stays as it was.
    """
    today = clock.now().date()
    labels = {label.slug: label for label in known.labels()}
    networks = {network.slug: network for network in known.networks()}
    sellers = [guest for guest in guests if guest.organisation.role == Role.COMPANY]
    for rank, guest in enumerate(sellers):
        company, chance = guest.organisation, _chance_of(guest.organisation)
        with clock.frozen(times.registered(chance)):
            _able(guest, chance, is_star=rank == 0)
            if (slug := NETWORK_OF.get(company.company_kind)) and chance.random() < 0.7:
                listings.join_network(company, by=guest.by, network=networks[slug])
            if chance.random() < 0.3:
                label = labels[chance.choice(LABELS)]
                until = clock.now().date() + timedelta(days=chance.randint(200, 900))
                link = f"https://labels.exemple.invalid/{label.slug}"
                listings.hold_label(
                    company, by=guest.by, label=label, expires_on=until, proof_link=link
                )
            if rank < WITH_PHOTOS:
                _shown(guest, rank, chance)
            if rank == 0:
                _ending_label(guest, labels["agriculture-biologique"], today)


@action
def others(sectors: dict[str, Sector], *, times: Timeline) -> list[Organisation]:
    """A responsible enterprise outside the SSE, and a company from another country."""
    with clock.frozen(times.opened()):
        outside = companies.list_organisation(
            role=Role.COMPANY, name=OUTSIDE, siret="12345678901234", demonstration=True,
            source=SOURCE, company_kind=CompanyKind.RESPONSIBLE, post_code="34500", city="Béziers",
            lat=43.344, lon=3.216, headcount=22, turnover=2_600_000, largest_contract=320_000,
            description="Menuiserie familiale engagée : bois local, apprentis, bilan publié.",
        )  # fmt: skip
        abroad = companies.list_organisation(
            role=Role.COMPANY, name=ABROAD, vat_number=ABROAD_VAT, demonstration=True,
            source=SOURCE, company_kind=CompanyKind.COOPERATIVE, post_code="1080",
            city="Bruxelles", headcount=12, turnover=640_000, may_group=True,
            description="Coopérative bruxelloise de mobilier refait à partir de bois récupéré.",
        )  # fmt: skip
        for company in (outside, abroad):
            companies.add_activity(
                company, by=None, sector=sectors["mobilier"], presta_types=[PrestaType.BUILD],
                geo_range=GeoRange.COUNTRY,
            )  # fmt: skip
    return [outside, abroad]


def _chance_of(company: Organisation) -> Random:
    return Random(f"{company.siret} {company.name}")  # noqa: S311 - repeatable, not secret


def _able(guest: Guest, chance: Random, *, is_star: bool) -> None:
    """What it can do; the first company has one thing left to tell, which its own page says."""
    company = guest.organisation
    turnover = (company.headcount or 10) * chance.randint(28, 46) * 1000
    largest = 1000 * round(turnover * chance.uniform(0.05, 0.2) / 1000)
    companies.describe(
        company,
        by=guest.by,
        turnover=turnover,
        largest_contract=None if is_star else largest,
        may_group=chance.random() < 0.6,
        legal_form=LEGAL_FORM_OF.get(company.company_kind, ASSOCIATION),
    )


def _shown(guest: Guest, rank: int, chance: Random) -> None:
    company, by = guest.organisation, guest.by
    initials = "".join(word[0] for word in company.name.split() if word[0].isupper())[:2]
    logo = drawings.emblem(initials, COLOURS[rank % len(COLOURS)])
    companies.describe(company, by=by, picture=logo, website=f"https://exemple.invalid/{rank + 1}")
    for alternative in SHOWN[: 1 + rank % 2]:
        listings.add_photo(company, by=by, picture=drawings.scene(chance), alternative=alternative)
    for client in chance.sample(words.BUYERS, 2):
        year = clock.now().year - chance.randint(0, 3)
        listings.add_reference(company, by=by, client=client, year=year, text=chance.choice(DONE))


def _ending_label(guest: Guest, label: known.Label, today: date) -> None:
    """One label of the first company is over soon, with a paper that proves it."""
    company = guest.organisation
    paper = drawings.certificate(label.name_fr, company.name)
    until = today + timedelta(days=40)
    listings.hold_label(company, by=guest.by, label=label, expires_on=until, proof=paper)
