# SPDX-License-Identifier: EUPL-1.2
"""Reasons in words."""

from types import SimpleNamespace

import pytest

from app.language.reasons import said
from app.rules.companies import CompanyKind
from app.rules.criteria import Criterion
from app.rules.matching import Reason
from app.rules.needs import SetAside

SECTORS = {1: SimpleNamespace(name_fr="Espaces verts", name_en="Green spaces")}


def territory(holds, departments, asked, country=False):
    facts = {"departments": departments, "asked": asked, "country": country}
    return Reason(Criterion.TERRITORY, holds, 50, facts)


def size(holds, **facts):
    usual = {"percent": 12, "headcount": None, "estimated": False}
    return Reason(Criterion.SIZE, holds, 50, {**usual, **facts})


def set_aside(holds, article=SetAside.INTEGRATION, **facts):
    return Reason(Criterion.SET_ASIDE, holds, 50, {"article": article, **facts})


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason(Criterion.SECTOR, True, 100, {"sector": 1}), "Même métier : Espaces verts"),
        (Reason(Criterion.SECTOR, False, 40, {"sector": 1}), "Métier voisin : Espaces verts"),
        (
            territory(False, ("30", "34"), 5),
            "N'intervient que dans 2 des 5 départements : Gard, Hérault",
        ),
        (territory(True, ("34",), 1), "Intervient sur place : Hérault"),
        (territory(True, ("34",), 1, country=True), "Intervient dans toute la France"),
        (
            territory(True, ("11", "30", "34", "66"), 4),
            "Intervient dans les 4 départements du besoin",
        ),
        (set_aside(True), "Éligible au marché réservé L2113-13"),
        (
            set_aside(False, SetAside.SSE, kind=CompanyKind.EI),
            "Éligible si sa forme juridique relève de l'ESS : à vérifier avec elle",
        ),
        (
            set_aside(False, kind=None),
            "Type de structure non précisé : vérifiez qu'elle peut répondre",
        ),
        (
            set_aside(None, kind=CompanyKind.EI, not_yet=True),
            "La réservation n'existait pas encore à la date du besoin",
        ),
        (
            Reason(Criterion.CPV, True, 75, {"cpv": "77310000", "won": False}),
            "Son métier répond à ce code (CPV 77310000)",
        ),
        (
            Reason(Criterion.CPV, True, 100, {"cpv": "77310000", "won": True}),
            "A déjà tenu un marché public proche (CPV 77310000)",
        ),
        (
            Reason(Criterion.CPV, False, 0, {"cpv": "77", "won": False}),
            "Ni ses métiers ni ses marchés passés ne portent ce code (CPV 77)",
        ),
        (
            Reason(Criterion.PRESTA, False, 0, {"types": ("BUILD",)}),
            "Ne propose pas : fabrication et vente",
        ),
        (
            Reason(Criterion.PRESTA, True, 100, {"types": ("PREST",)}),
            "Propose : prestation de service",
        ),
        (Reason(Criterion.NEAR, True, 77, {"km": 23}), "Siège à 23 km"),
        (Reason(Criterion.NEAR, True, 100, {"km": 0}), "Siège dans la même ville"),
        (
            Reason(Criterion.NEAR, True, 50, {"department": "34"}),
            "Siège dans le département : Hérault",
        ),
        (Reason(Criterion.NEAR, None, 50), "Lieu du siège non précisé"),
        (Reason(Criterion.NEAR, None, 0), "Siège hors des départements du besoin"),
        (size(True, percent=0), "Ce marché pèserait moins de 1 % de son chiffre d'affaires"),
        (size(True), "Ce marché pèserait 12 % de son chiffre d'affaires"),
        (
            size(False, percent=45),
            "Dépendance : ce marché pèserait 45 % de son chiffre d'affaires",
        ),
        (size(True, headcount=30, estimated=True), "30 salariés : taille suffisante"),
        (
            size(False, percent=45, headcount=7, estimated=True),
            "Dépendance : environ 45 % de l'activité de 7 salariés, pensez à un lot plus petit",
        ),
        (
            Reason(Criterion.SIZE, True, 100, {"done": True}),
            "A déjà tenu un marché de ce montant",
        ),
        (Reason(Criterion.SIZE, None, 50, {"done": False}), "Taille non précisée"),
        (
            Reason(Criterion.NOVELTY, None, 0, {"met": True}),
            "Déjà rencontrés lors d'une édition passée",
        ),
        (
            Reason(Criterion.NOVELTY, None, 100, {"met": False}),
            "Jamais rencontrés lors d'une édition passée",
        ),
    ],
)
def test_each_reason_has_its_sentence(app, reason, sentence):
    plain = said(reason, sectors=SECTORS).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
    assert plain == sentence
