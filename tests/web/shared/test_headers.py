# SPDX-License-Identifier: EUPL-1.2
"""What every answer carries, and what is believed of a request."""

import pytest
from flask import Flask, request

from app.web.shared import headers


@pytest.mark.parametrize(("trusted", "believed"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_a_proxy_is_believed_about_the_visitor_only_where_it_is_trusted(trusted, believed):
    app = Flask("app")
    app.config["TRUSTED_PROXIES"] = trusted
    headers.init_app(app)
    app.add_url_rule("/", view_func=lambda: str(request.remote_addr))
    answer = app.test_client().get("/", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.7"})
    assert answer.text == believed


def test_every_page_refuses_what_is_inline_and_what_comes_from_elsewhere(client):
    answer = client.get("/")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
