# SPDX-License-Identifier: EUPL-1.2
"""How complete a listing is, in points, and what to add next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.rules.companies import Role


class Missing(StrEnum):
    """What a listing may still lack, the most useful first."""

    ACTIVITIES = "activities"
    LOGO = "logo"
    WEBSITE = "website"
    DESCRIPTION = "description"
    OFFERS = "offers"
    REFERENCES = "references"
    LABELS = "labels"
    HEADCOUNT = "headcount"
    TURNOVER = "turnover"
    PHOTOS = "photos"
    LARGEST_CONTRACT = "largest_contract"
    NETWORKS = "networks"


# What counts most is what lets a buyer find a company, then what lets it be believed.
POINTS: Mapping[Missing, int] = {
    Missing.ACTIVITIES: 15,
    Missing.LOGO: 5,
    Missing.WEBSITE: 5,
    Missing.DESCRIPTION: 4,
    Missing.OFFERS: 4,
    Missing.REFERENCES: 3,
    Missing.LABELS: 3,
    Missing.HEADCOUNT: 3,
    Missing.TURNOVER: 3,
    Missing.PHOTOS: 2,
    Missing.LARGEST_CONTRACT: 2,
    Missing.NETWORKS: 1,
}
ESSENTIAL = frozenset(list(POINTS)[:5])
OF_BUYERS = frozenset({Missing.LOGO, Missing.WEBSITE, Missing.DESCRIPTION})


@dataclass(frozen=True)
class Completeness:
    """points out of most; lacks: what to add, what is worth most first."""

    points: int
    most: int
    lacks: tuple[Missing, ...]

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.points / self.most

    @property
    def essential(self) -> tuple[Missing, ...]:
        """What is lacking of that without which nobody finds the listing."""
        return tuple(lack for lack in self.lacks if lack in ESSENTIAL)


def completeness(role: Role, there: Mapping[Missing, object]) -> Completeness:
    """How complete a listing is; buyers are not asked what they sell, nor for proofs.

    there: what may be lacking → whether, or how many of it, is there; what is left out is lacking.
    """
    asked = [one for one in Missing if role == Role.COMPANY or one in OF_BUYERS]
    lacks = tuple(one for one in asked if not there.get(one))
    most = sum(POINTS[one] for one in asked)
    return Completeness(most - sum(POINTS[one] for one in lacks), most, lacks)
