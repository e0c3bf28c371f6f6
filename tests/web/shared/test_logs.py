# SPDX-License-Identifier: EUPL-1.2
"""What is written about each request, and what is not."""

from app.web.shared import logs


def test_secrets_of_addresses_stay_out_of_the_log(built_app):
    token = "a-long-random-token-of-a-private-calendar"
    with built_app.test_request_context(f"/agenda/{token}.ics"):
        assert token not in logs._path()


def test_short_names_and_numbers_are_written(built_app):
    with built_app.test_request_context("/besoins/12"):
        assert logs._path() == "/besoins/12"
