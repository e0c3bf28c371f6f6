# SPDX-License-Identifier: EUPL-1.2
"""Who asks whom at a demonstration fair, what is said, and what is answered."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from app.actions import meetings
from app.actions.base import action
from app.actions.demonstration import vocabulary as words
from app.actions.demonstration.cast import Guest, Tell, Timeline
from app.models import clock
from app.models.companies import Offer
from app.models.meetings import MeetingRequest
from app.models.needs import Need
from app.rules.companies import Role
from app.rules.meetings import DeclineReason

ACCEPTED, UNANSWERED, ASKED_BY_BUYERS = 0.70, 0.07, 0.25
REASONS = (
    DeclineReason.NOT_OUR_TRADE, DeclineReason.TOO_FAR, DeclineReason.NEED_FILLED,
    DeclineReason.ALREADY_KNOWN, DeclineReason.NO_TIME,
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A company and a buyer, which of the two asks, and how well they fit (more is better).

    answered: whether an answer is sure to come, or sure to be missing; None leaves it to chance.
    """

    company: Guest
    buyer: Guest
    asked_by_buyer: bool
    fit: float
    answered: bool | None = None


@dataclass(frozen=True)
class Asked:
    """A request that was made, and when."""

    request: MeetingRequest
    pair: Pair
    at: datetime
    is_last_choice: bool = False

    @property
    def answering(self) -> Guest:
        """The side that was asked."""
        return self.pair.company if self.pair.asked_by_buyer else self.pair.buyer


def pairs(guests: list[Guest], count: int, *, star: Guest, chance: Random) -> list[Pair]:
    """`count` pairs, drawn without repetition: sought buyers and shared trades come more often.

    star: the company of the demonstration account. It asks seven buyers, the most sought one among
    them, and is asked by three more, of whom two wait for its answer: its pages show every case.
    """
    here = [guest for guest in guests if not guest.waits]
    companies = [guest for guest in here if guest.organisation.role == Role.COMPANY]
    buyers = [guest for guest in here if guest.organisation.role == Role.BUYER]
    most_sought, *others = sorted(buyers, key=lambda buyer: -buyer.pull)
    others.sort(key=lambda buyer: -len(buyer.calls(star.families)))
    certain = [Pair(star, most_sought, False, 2.0, True)]
    certain += [Pair(star, buyer, False, 2.0, True) for buyer in others[:6]]
    certain += [Pair(star, buyer, True, 2.0, at == 6) for at, buyer in enumerate(others[6:9], 6)]
    drawn = []
    for company in companies:
        for buyer in buyers:
            if company is star:
                continue
            fit = 1.0 * bool(company.families & buyer.families)
            near = company.organisation.department == buyer.organisation.department
            weight = buyer.pull * (1 + 20 * fit) * (1.8 if near else 1)
            by_buyer = chance.random() < ASKED_BY_BUYERS
            rank = chance.random() ** (1 / weight)
            drawn.append((rank, Pair(company, buyer, by_buyer, fit + 0.3 * near)))
    drawn.sort(key=lambda ranked: -ranked[0])
    return certain + [pair for _, pair in drawn[: count - len(certain)]]


@action
def ask(
    pairs: list[Pair], *, star: Guest, times: Timeline, chance: Random, tell: Tell
) -> list[Asked]:
    """Make these requests, each on some day of the past weeks, in the order of time."""
    dated = sorted(((times.requested(chance), pair) for pair in pairs), key=lambda one: one[0])
    most, made = max(pair.buyer.pull for pair in pairs), []
    for number, (at, pair) in enumerate(dated):
        tell("requests", number, len(dated))
        asking, answering = (
            (pair.buyer, pair.company) if pair.asked_by_buyer else (pair.company, pair.buyer)
        )
        need, offer = _about(pair, chance)
        last = pair.company is star and pair.buyer.pull == most
        with clock.frozen(at):
            request = meetings.request(
                asking.coming,
                answering.coming,
                by=asking.by,
                message=_message(pair, need, offer, chance),
                priority=5 if last else chance.choices((1, 2, 3, 4), (20, 30, 35, 15))[0],
                need=need,
                offer=offer,
            )
        made.append(Asked(request, pair, at, last))
    return made


@action
def answer(made: list[Asked], *, times: Timeline, chance: Random, tell: Tell) -> None:
    """Accept seven in ten, those that fit best; leave the latest without an answer."""
    late = made[-max(1, round(len(made) * UNANSWERED)) :]
    left = {id(one) for one in late if one.pair.answered is None}
    left |= {id(one) for one in made if one.pair.answered is False}
    ranked = sorted(
        (one for one in made if id(one) not in left),
        key=lambda one: -(one.pair.fit + 0.9 * chance.random()),
    )
    accepted = round(len(made) * ACCEPTED)
    for number, one in enumerate(ranked):
        tell("answers", number, len(ranked))
        with clock.frozen(times.answered(one.at, chance)):
            if number < accepted:
                priority = (
                    5 if one.is_last_choice else chance.choices((1, 2, 3, 4), (3, 4, 4, 1))[0]
                )
                meetings.accept(one.request, by=one.answering.by, priority=priority)
            else:
                reason, said = chance.choice(REASONS), chance.choice(words.ANSWERS)
                meetings.decline(one.request, by=one.answering.by, reason=reason, answer=said)


def _about(pair: Pair, chance: Random) -> tuple[Need | None, Offer | None]:
    """The need that brings them together where there is one, else one of the offers."""
    called_for, offers = pair.buyer.calls(pair.company.families), pair.company.offers
    shared = [need for need in pair.buyer.needs if need.id in called_for]
    if shared:
        return chance.choice(shared), None
    return (None, chance.choice(offers)) if offers else (None, None)


def _message(pair: Pair, need: Need | None, offer: Offer | None, chance: Random) -> str:
    side = "buyer" if pair.asked_by_buyer else "company"
    texts = words.ABOUT_NEED[side] if need else words.ABOUT_OFFER[side]
    sold = offer or next(iter(pair.company.offers), None)
    return chance.choice(texts).format(
        need=need.title if need else "", offer=sold.name if sold else "notre métier"
    )
