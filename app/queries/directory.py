# SPDX-License-Identifier: EUPL-1.2
"""The search over the directory: words, filters and counts, and the listings of one page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select

from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.registrations import Registration
from app.queries import listing_reader, registrations
from app.queries.listing_index import ListingIndex
from app.rules.companies import Role
from app.rules.directory import Facet, Facets, Wanted
from app.rules.registrations import RegistrationState
from app.rules.search import cpv_of, spellings, telling, words_of
from app.rules.sectors import families_of_cpv

Chosen = Mapping[Facet, Collection[str]]

PAGE_SIZE = 12
AT_ONCE = 400


@dataclass(frozen=True)
class Page:
    """Some listings of a search, best first, and the counts beside its filters.

    understood: word that was typed → word that was looked for, because nothing holds the first.
    """

    found: list[Organisation]
    total: int
    number: int = 1
    facets: Facets = field(default_factory=dict)
    understood: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The rank of its first listing, counted from 1."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.found) - 1

    @property
    def following(self) -> int:
        """How many listings the next page has."""
        return max(0, min(PAGE_SIZE, self.total - self.last))


def coming(edition: Edition, organisations: Collection[Organisation]) -> dict[int, Registration]:
    """organisation id → its approved registration at this edition, for those that have one."""
    found = select(Registration).where(
        Registration.edition_id == edition.id,
        Registration.state == RegistrationState.APPROVED,
        Registration.organisation_id.in_([organisation.id for organisation in organisations]),
    )
    return {
        registration.organisation_id: registration for registration in db.session.scalars(found)
    }


def count(role: Role, *, edition: Edition | None = None) -> int:
    """How many companies, or buyers, are listed, or come to this edition."""
    if edition is None:
        return listing_reader.current().total(Wanted(role))
    approved = select(func.count(Registration.id)).where(
        Registration.edition_id == edition.id,
        Registration.role == role,
        Registration.state == RegistrationState.APPROVED,
    )
    return db.session.scalar(approved) or 0


def search(
    text: str = "",
    *,
    role: Role,
    chosen: Chosen | None = None,
    edition: Edition | None = None,
    first: Edition | None = None,
    steps: Sequence[Wanted] = (),
    page: int = 1,
) -> Page:
    """The listings that answer, best first, with the counts beside the filters; a few queries.

    text: words of name, trade or place, a number, or a CPV code. chosen: facet → values, of which
    any will do. edition: only those who come; first: those who come stand before the others.
    steps: those that answer the first of these searches stand before all others, and so on.
    """
    index = listing_reader.current()
    wanted, understood = _understood(index, text, _wanted(role, chosen))
    among = _coming(edition, role)
    before = among if first is edition else _coming(first, role)
    answer = index.search(
        wanted, among=among, first=before or (), steps=steps, page=page, size=PAGE_SIZE
    )
    return Page(in_order(answer.ids), answer.total, answer.number, answer.facets, understood)


def total(
    text: str = "", *, role: Role, chosen: Chosen | None = None, edition: Edition | None = None
) -> int:
    """How many listings would answer this search."""
    index = listing_reader.current()
    wanted, _ = _understood(index, text, _wanted(role, chosen))
    return index.total(wanted, among=_coming(edition, role))


def numbers(
    text: str = "",
    *,
    role: Role,
    chosen: Chosen | None = None,
    edition: Edition | None = None,
    most: int,
) -> tuple[list[int], int]:
    """(ids of the first listings that answer, in the order of the search; how many there are)."""
    index = listing_reader.current()
    wanted, _ = _understood(index, text, _wanted(role, chosen))
    answer = index.search(wanted, among=_coming(edition, role), size=most)
    return answer.ids, answer.total


def in_order(ids: Collection[int]) -> list[Organisation]:
    """The organisations of these numbers, in this order."""
    wanted = list(ids)
    found: dict[int, Organisation] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = Organisation.id.in_(wanted[start : start + AT_ONCE])
        found |= {one.id: one for one in db.session.scalars(select(Organisation).where(some))}
    return [found[number] for number in wanted if number in found]


def _understood(index: ListingIndex, text: str, wanted: Wanted) -> tuple[Wanted, dict[str, str]]:
    """The search for these words; a word that no listing has is read as the nearest that one has.

    A CPV code that no listing writes asks for the trades it stands for.
    """
    if cpv := cpv_of(text):
        sectors = frozenset(family.slug for family in families_of_cpv(cpv))
        return replace(wanted, sectors=sectors or frozenset({cpv})), {}
    understood: dict[str, str] = {}
    words = []
    for word in telling(words_of(text)):
        if not index.knows(spellings(word)) and (near := index.nearest(word)):
            understood[word] = near
        words.append(spellings(understood.get(word, word)))
    return replace(wanted, words=tuple(words)), understood


def _wanted(role: Role, chosen: Chosen | None) -> Wanted:
    return Wanted(role, {facet: frozenset(some) for facet, some in (chosen or {}).items()})


def _coming(edition: Edition | None, role: Role) -> Collection[int] | None:
    return None if edition is None else registrations.approved_numbers(edition, role)
