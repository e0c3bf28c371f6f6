# SPDX-License-Identifier: EUPL-1.2
"""What the database itself promises about requests."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.rules.meetings import RequestState
from tests.builders import a_buyer, a_company, a_registration, a_request, an_edition


def test_a_pair_has_one_open_request_whichever_side_asked(app):
    edition = an_edition()
    company = a_registration(edition, a_company())
    buyer = a_registration(edition, a_buyer())
    a_request(company, buyer)

    with pytest.raises(IntegrityError):
        a_request(buyer, company)


def test_a_declined_request_leaves_room_for_another(app):
    edition = an_edition()
    company = a_registration(edition, a_company())
    buyer = a_registration(edition, a_buyer())
    a_request(company, buyer, state=RequestState.DECLINED)

    assert a_request(buyer, company).id
