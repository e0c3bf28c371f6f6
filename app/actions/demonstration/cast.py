# SPDX-License-Identifier: EUPL-1.2
"""Who comes to a demonstration fair: its size, its guests, the invented people they send."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from faker import Faker

from app.actions.demonstration.vocabulary import FUNCTIONS
from app.models.accounts import User
from app.models.companies import Contract, Offer, Organisation
from app.models.needs import Need
from app.models.registrations import Registration
from app.rules.companies import Role
from app.rules.needs import AmountBand, SetAside
from app.rules.search import folded

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Size:
    """How large a fair: guests of both banks, listings that stay at home, and what they do."""

    companies: int = 130
    buyers: int = 40
    at_home: int = 14
    needs: int = 96
    requests: int = 640
    tables: int = 38

    @property
    def waiting(self) -> int:
        """How many of those listings have registered, and wait for the organiser."""
        return self.at_home // 3

    def times(self, share: float) -> "Size":
        """The same fair, smaller: 0.1 has 13 companies. A pair meets once: so few requests."""
        companies, buyers = (
            max(4, round(self.companies * share)),
            max(3, round(self.buyers * share)),
        )
        return Size(
            companies=companies,
            buyers=buyers,
            at_home=max(3, round(self.at_home * share)),
            needs=max(buyers, round(self.needs * share)),
            requests=min(max(8, round(self.requests * share)), companies * buyers // 2),
            tables=max(3, round(self.tables * share)),
        )


@dataclass(frozen=True)
class Timeline:
    """The weeks before the day of the demonstration, in which everything happened."""

    present: datetime

    def on(self, days_ago: int, chance: Random) -> datetime:
        """A moment of office hours, so many days ago (at least one)."""
        hour, minute = chance.randint(7, 16), chance.randint(0, 59)
        day = self.present - timedelta(days=max(1, days_ago))
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def opened(self) -> datetime:
        """When the edition was opened."""
        return self.present - timedelta(days=60)

    def listed(self, chance: Random) -> datetime:
        """When an organisation came into the directory, and somebody claimed it."""
        return self.on(chance.randint(36, 55), chance)

    def registered(self, chance: Random) -> datetime:
        """When it registered."""
        return self.on(chance.randint(25, 35), chance)

    def needed(self, chance: Random) -> datetime:
        """When a need was published."""
        return self.on(chance.randint(23, 33), chance)

    def requested(self, chance: Random) -> datetime:
        """When a meeting was asked for."""
        return self.on(chance.randint(5, 21), chance)

    def answered(self, requested: datetime, chance: Random) -> datetime:
        """When the other side answered: some days later, and never today."""
        days = (self.present - requested).days
        return self.on(chance.randint(1, max(1, min(days - 1, 12))), chance)


@dataclass(frozen=True)
class Person:
    """Somebody invented, whose address belongs to nobody."""

    first_name: str
    last_name: str
    function: str
    email: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


# A demonstration account, and the person it is; one on each bank.
Star = tuple[User, Person]
Stars = dict[Role, Star]


@dataclass(frozen=True)
class Wanted:
    """A need to be written: what it is called, and what it calls for."""

    title: str
    text: str
    trades: tuple[str, ...]
    cpv: str
    band: AmountBand
    set_aside: SetAside
    starts_on: date | None = None
    contract: Contract | None = None


@dataclass
class Guest:
    """An organisation on its way to the fair, with what the actions have made of it so far.

    families: of the trades it sells or calls for. sought: id of a need → families it calls for.
    pull: how much the other bank seeks it. waits: the organiser has not approved it yet.
    """

    organisation: Organisation
    people: list[Person]
    by: User
    families: set[str] = field(default_factory=set)
    wanted: list[Wanted] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    sought: dict[int, set[str]] = field(default_factory=dict)
    pull: float = 1.0
    waits: bool = False
    registration: Registration | None = None

    def calls(self, families: set[str]) -> set[int]:
        """The ids of its needs that call for one of these families."""
        return {need for need, called_for in self.sought.items() if called_for & families}

    @property
    def coming(self) -> Registration:
        """Its registration, once it has one."""
        if self.registration is None:
            raise ValueError(f"{self.organisation.name} is not registered")
        return self.registration


def faker_of(seed: int) -> Faker:
    """French names and streets, the same ones for the same seed."""
    faker = Faker("fr_FR")
    faker.seed_instance(seed)
    return faker


def people_of(
    role: Role,
    count: int,
    house: str,
    *,
    chance: Random,
    faker: Faker,
    function: str = "{function}",
) -> list[Person]:
    """`count` invented people of one organisation; `house` is the name in their addresses.

    function: how what they do is written.
    """
    domain = folded(house).replace(" ", "-")[:40].strip("-") + ".invalid"
    found = []
    for _ in range(count):
        woman = chance.random() < 0.55
        first = faker.first_name_female() if woman else faker.first_name_male()
        last = faker.last_name()
        work = chance.choice(FUNCTIONS[role.value])[0 if woman else 1].capitalize()
        mailbox = ".".join(folded(part).replace(" ", "-") for part in (first, last))
        found.append(Person(first, last, function.format(function=work), f"{mailbox}@{domain}"))
    return found


def how_many(role: Role, chance: Random, *, sought: bool = False) -> int:
    """Delegates of one organisation: buyers more often send two or three, sought ones always."""
    weights = (75, 22, 3) if role == Role.COMPANY else (0, 70, 30) if sought else (60, 30, 10)
    return chance.choices((1, 2, 3), weights)[0]


def pull_of(rank: int) -> float:
    """How much a buyer is sought, by its rank: the first ones are oversubscribed."""
    return 1 / (rank + 2) ** 0.45
