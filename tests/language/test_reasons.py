# SPDX-License-Identifier: EUPL-1.2
"""Reasons in words."""

from types import SimpleNamespace

import pytest

from app.language.reasons import said
from app.rules.companies import CompanyKind, PrestaType
from app.rules.matching import Criterion, Reason
from app.rules.needs import SetAside

SECTORS = {1: SimpleNamespace(name_fr="Espaces verts", name_en="Green spaces")}


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason(Criterion.SECTOR, True, {"sector": 1}), "Même métier : Espaces verts"),
        (Reason(Criterion.SECTOR, False, {"sector": 1}), "Métier voisin : Espaces verts"),
        (
            Reason(
                Criterion.TERRITORY,
                False,
                {"departments": ("30", "34"), "asked": 5, "country": False},
            ),
            "N'intervient que dans 2 des 5 départements : Gard, Hérault",
        ),
        (
            Reason(
                Criterion.TERRITORY, True, {"departments": ("34",), "asked": 1, "country": False}
            ),
            "Intervient sur place : Hérault",
        ),
        (
            Reason(
                Criterion.TERRITORY, True, {"departments": ("34",), "asked": 1, "country": True}
            ),
            "Intervient dans toute la France",
        ),
        (
            Reason(Criterion.SET_ASIDE, True, {"article": SetAside.INTEGRATION}),
            "Éligible au marché réservé L2113-13",
        ),
        (
            Reason(Criterion.SET_ASIDE, False, {"article": SetAside.SSE, "kind": CompanyKind.EI}),
            "Éligible si sa forme juridique relève de l'ESS : à vérifier avec elle",
        ),
        (
            Reason(Criterion.PRESTA, False, {"type": PrestaType.BUILD}),
            "Ne propose pas : fabrication et vente",
        ),
        (Reason(Criterion.NEAR, True, {"km": 23}), "Siège à 23 km"),
        (Reason(Criterion.NEAR, True, {"km": 0}), "Siège dans la même ville"),
        (Reason(Criterion.NEAR, True, {"department": "34"}), "Siège dans le département : Hérault"),
        (
            Reason(Criterion.SIZE, False, {"headcount": 7}),
            "7 salariés : pensez à un lot plus petit",
        ),
    ],
)
def test_each_reason_has_its_sentence(app, reason, sentence):
    plain = said(reason, sectors=SECTORS).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
    assert plain == sentence
