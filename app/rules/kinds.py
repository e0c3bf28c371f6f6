# SPDX-License-Identifier: EUPL-1.2
"""What the law says of each kind of structure, and which family of the SSE it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.rules.companies import CompanyKind, Family
from app.rules.law import Standing


@dataclass(frozen=True)
class Basis:
    """Where a kind is defined: an article, and the code or the law that holds it."""

    article: str
    text: str
    standing: Standing = Standing.CURRENT


_LABOUR = "code du travail"
_SSE = "loi 2014-856 du 31 juillet 2014"
_COOPERATIVES = "loi 47-1775 du 10 septembre 1947"

BASES: Mapping[CompanyKind, Basis] = {
    CompanyKind.EI: Basis("L5132-5", _LABOUR),
    CompanyKind.ACI: Basis("L5132-15", _LABOUR),
    CompanyKind.AI: Basis("L5132-7", _LABOUR),
    CompanyKind.ETTI: Basis("L5132-6", _LABOUR),
    CompanyKind.EITI: Basis("L5132-4", _LABOUR, Standing.TO_CHECK),
    CompanyKind.GEIQ: Basis("L1253-1", _LABOUR),
    CompanyKind.SEP: Basis("19", "ordonnance 2022-1336 du 19 octobre 2022", Standing.TO_CHECK),
    CompanyKind.EA: Basis("L5213-13", _LABOUR),
    CompanyKind.EATT: Basis("L5213-13-1", _LABOUR),
    CompanyKind.ESAT: Basis("L344-2", "code de l'action sociale et des familles"),
    CompanyKind.ASSOCIATION: Basis("1", "loi du 1er juillet 1901"),
    CompanyKind.SCOP: Basis("1", "loi 78-763 du 19 juillet 1978"),
    CompanyKind.SCIC: Basis("19 quinquies", _COOPERATIVES),
    CompanyKind.COOPERATIVE: Basis("1", _COOPERATIVES),
    CompanyKind.MUTUAL: Basis("L111-1", "code de la mutualité"),
    CompanyKind.FOUNDATION: Basis("18", "loi 87-571 du 23 juillet 1987"),
    CompanyKind.SSE_COMPANY: Basis("1, II, 2°", _SSE),
}

# Every family is of the SSE by this article; a commercial company only if its statutes say so.
FAMILIES_BASIS = Basis("1", _SSE)

# INSEE's four digits → the family they prove. A Scic has no code of its own: the code of its
# company (5460, 5560, 5660) only says cooperative. Source: INSEE, catégories juridiques, 2022.
_FORMS: Mapping[Family, str] = {
    Family.ASSOCIATION: "9220 9221 9222 9223 9230 9260",
    Family.SCOP: "5458 5558 5658",
    Family.COOPERATIVE: (
        "5191 5192 5193 5194 5195 5196 5453 5454 5455 5459 5460 5532 5543 5547 5551 5552 5553 5554 "
        "5555 5556 5557 5559 5560 5632 5643 5647 5651 5652 5653 5654 5655 5656 5657 5659 5660 6316 "
        "6317 6318 6560"
    ),
    Family.MUTUAL: "6411 8210 8290",
    Family.FOUNDATION: "9300",
}
FAMILY_OF_FORM = {form: family for family, forms in _FORMS.items() for form in forms.split()}
_COOPERATIVES_ALL = frozenset({Family.SCOP, Family.SCIC, Family.COOPERATIVE})
_OUTSIDE = frozenset({CompanyKind.RESPONSIBLE, CompanyKind.SEP})
# Listed, but after all others and under a heading of their own.
APART = frozenset({CompanyKind.RESPONSIBLE})


def is_sse(kind: CompanyKind | None) -> bool:
    """Whether a structure of this kind may be of the SSE at all.

    A responsible private enterprise is not, whatever it does: article 1 of the law names families.
    """
    return kind is not None and kind not in _OUTSIDE


def family_of(
    kind: CompanyKind | None, legal_form: str = "", said: Family | None = None
) -> Family | None:
    """The family of the SSE: what the kind is, else what the legal form proves, else what is said.

    said counts where the form cannot tell: which cooperative it is, or nothing at all.
    """
    if kind is not None and not is_sse(kind):
        return None
    if kind is not None and kind.value in set(Family):
        return Family(kind.value)
    proved = FAMILY_OF_FORM.get(legal_form)
    if proved == Family.COOPERATIVE and said in _COOPERATIVES_ALL:
        return said
    return proved or said
