# SPDX-License-Identifier: EUPL-1.2
"""Every lever has its words, whatever its reason."""

from datetime import date
from itertools import product

from app.language.potential import SENTENCES, said, titled
from app.rules.companies import CompanyKind
from app.rules.eligibility import Buying
from app.rules.needs import AmountBand
from app.rules.potential import Able, potential

DAYS = (date(2014, 1, 1), date(2019, 6, 1), date(2022, 6, 1), date(2026, 11, 22))


def every_advice():
    crowd = (0, 1, 2, 15, 40)
    kinds = (CompanyKind.EI, CompanyKind.SCOP)
    amounts = (None, 1_000, 90_000, 9_000_000)
    bands = (AmountBand.UNKNOWN, AmountBand.UNDER_40K, AmountBand.UNDER_90K)
    for day, euros, cpv, public in product(DAYS, amounts, ("", "45", "77"), (True, False)):
        for band in bands if euros is None else bands[:1]:
            for many, kind, percent in product(crowd, kinds, (None, 90)):
                buying = Buying(day=day, cpv=cpv, euros=euros, band=band, is_public=public)
                yield from potential(buying, [Able(kind, percent)] * many).levers


def test_each_advice_is_said_and_no_sentence_is_left_over(app):
    met = set()
    for advice in every_advice():
        words = said(advice)
        assert words and "%(" not in words and titled(advice)
        met.add((advice.lever, advice.key))
    assert met == set(SENTENCES)
