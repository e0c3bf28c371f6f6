# SPDX-License-Identifier: EUPL-1.2
"""A buyer takes clauses from the library; their text is copied with its version."""

from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.history import remember
from app.models.needs import Need, NeedClause
from app.queries import clauses
from app.rules.clauses import require_offered


@action
def choose(need: Need, *, by: User | None, codes: list[str], renewed: bool = False) -> None:
    """Keep exactly these clauses: new ones as offered today, others as they were taken.

    renewed: take the text of today for those already there, too.
    Errors: RuleBroken `clause_unknown` on `clauses`.
    """
    wanted = {clause.code: clause for clause in require_offered(codes, clock.today())}
    taken = {one.code: one for one in clauses.of_need(need)}
    for code, one in taken.items():
        if code not in wanted or (renewed and one.version != wanted[code].version):
            db.session.delete(one)
        else:
            del wanted[code]
    db.session.flush()
    for clause in wanted.values():
        db.session.add(
            NeedClause(
                need_id=need.id, code=clause.code, version=clause.version, text=clause.text,
                article=clause.article, title_fr=clause.title_fr, title_en=clause.title_en,
                taken_at=clock.now(),
            )
        )  # fmt: skip
    remember(by, "need.clauses_chosen", need)
