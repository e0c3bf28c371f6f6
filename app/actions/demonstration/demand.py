# SPDX-License-Identifier: EUPL-1.2
"""What makes the demand of a demonstration whole: an anonymous need, one to read, a census."""

from datetime import timedelta
from typing import Any

from app.actions import attachments, campaigns, interests, needs, validation
from app.actions.base import action
from app.actions.demonstration.cast import Guest, Timeline
from app.documents.workbooks import Tab, workbook
from app.models import clock
from app.models.accounts import User
from app.models.companies import Sector
from app.models.editions import Edition
from app.queries import campaigns as census
from app.rules.companies import PrestaType, Role
from app.rules.needs import AmountBand, NeedKind, SetAside

GREEN = "entretien-espaces-verts"
TOLD = (
    "Nous cherchons qui peut entretenir des haies en bordure de sentier, sans engin lourd, deux "
    "fois par an. Le parcours fait douze kilomètres."
)
WAITING = (
    "Tonte et désherbage manuel autour de trois écoles, en dehors des heures de classe. Photos et "
    "plans en pièce jointe."
)
SITES = (
    ("École des Micocouliers", 1200, "deux passages par mois"),
    ("École du Canal", 850, "un passage par mois"),
    ("École de la Source", 640, "un passage par mois"),
)
INTERESTED = "Nous taillons déjà des haies en bord de rivière, à la main, avec deux équipes."
REASONS_TO_ANSWER = (
    "Même un besoin encore flou nous aide : il sera proposé aux entreprises d'ici, et vous "
    "choisirez qui rencontrer. Pensez aux petits lots."
)


@action
def show(
    guests: list[Guest], edition: Edition, team: User, sectors: dict[str, Sector], *,
    star: Guest, times: Timeline,
) -> None:  # fmt: skip
    """Add them after everything else, without any chance: the fair itself stays as it was."""
    buyers = [guest for guest in guests if guest.organisation.role == Role.BUYER]
    trade = [sectors[GREEN]]
    with clock.frozen(times.present - timedelta(days=4)):
        anonymous = _need(buyers[-1], trade, "Entretien de haies le long d'un sentier", TOLD)
        interests.show(anonymous, star.organisation, by=star.by, message=INTERESTED)
    with clock.frozen(times.present - timedelta(days=3)):
        validation.read_needs_first(edition.series.organiser, by=team, wanted=True)
        _wait(buyers[0], trade)
    _census(buyers, edition, team, times)


def _need(guest: Guest, trade: list[Sector], title: str, text: str, **facts: Any) -> Any:
    usual: dict[str, Any] = {
        "kind": NeedKind.SOURCING, "cpv": "77310000", "amount_band": AmountBand.UNDER_40K,
        "set_aside": SetAside.NONE, "departments": [guest.organisation.department],
        "presta_types": [PrestaType.PREST.value], "is_anonymous": True, "publishing": True,
    }  # fmt: skip
    usual |= facts
    return needs.draft(
        guest.organisation, by=guest.by, title=title, text=text, sectors=trade, **usual
    )


def _wait(guest: Guest, trade: list[Sector]) -> None:
    """A need with a file that the team has not read yet."""
    need = _need(
        guest, trade, "Abords de trois écoles", WAITING,
        is_anonymous=False, publishing=False, set_aside=SetAside.INTEGRATION,
        answer_by=(clock.now() + timedelta(days=30)).date(),
    )  # fmt: skip
    table = Tab("Sites", (("Site", 30), ("Surface, m²", 14), ("Fréquence", 30)), SITES)
    attachments.attach(need, by=guest.by, content=workbook([table]), name="Sites.xlsx")
    needs.publish(need, by=guest.by)


def _census(buyers: list[Guest], edition: Edition, team: User, times: Timeline) -> None:
    """A campaign of which some buyers have answered; the demonstration's own has not."""
    with clock.frozen(times.present - timedelta(days=9)):
        campaign = campaigns.open_campaign(
            edition, by=team, name="Besoins 2028", year=2028,
            answer_by=(times.present + timedelta(days=24)).date(), message=REASONS_TO_ANSWER,
            sending=False,
        )  # fmt: skip
        campaigns.write(campaign, census.to_write(campaign))
    asked = {line.organisation.id: line for line in census.lines(campaign)}
    answering = [guest for guest in buyers[1:] if guest.organisation.id in asked]
    for number, guest in enumerate(answering):
        with clock.frozen(times.present - timedelta(days=8 - number % 6, hours=number % 5)):
            if number % 4 == 1:
                campaigns.say_nothing(asked[guest.organisation.id].buyer, by=guest.by)
            elif number % 4 == 2 and guest.needs:
                title = f"{guest.needs[0].title}, suite en 2028"
                _need(guest, [], title[:200], "", is_anonymous=False, publishing=False, cpv="")
