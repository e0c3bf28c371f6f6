# SPDX-License-Identifier: EUPL-1.2
"""How proposals are ranked, in words and in numbers, for everybody."""

from flask import render_template

from app.rules import criteria, ranking
from app.rules.matching import Exclusion
from app.rules.permissions import Permission
from app.web.shared.guard import guard


@guard(Permission.VISIT)
def explained() -> str:
    """Each criterion with its points, as the program itself reads them."""
    return render_template(
        "web/public/ranking.html",
        weights=criteria.WEIGHTS,
        exclusions=list(Exclusion),
        sibling=criteria.SIBLING,
        half=criteria.HALF,
        safe=criteria.SAFE_PERCENT,
        far=criteria.FAR_KM,
        per_head=criteria.EUROS_PER_EMPLOYEE,
        places=ranking.PLACES_IN_TURN,
        behind=ranking.MOST_POINTS_BEHIND,
    )
