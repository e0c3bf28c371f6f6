# SPDX-License-Identifier: EUPL-1.2
"""The site on one page: each address, the page behind it, and how it may be asked.

An endpoint is named after its page: `public.directory.search` is `search` in
`app/web/public/directory.py`. Who may enter stands above each page, as `@guard`.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask

from app.web.organiser import imports
from app.web.public import accounts, health, home

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

ROUTES: tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...] = (
    # Everybody
    ("/", home.home, GET),
    ("/langue/<code>", home.language, POST),
    ("/healthz", health.alive, GET),
    ("/readyz", health.ready, GET),
    ("/connexion", accounts.log_in, BOTH),
    ("/deconnexion", accounts.log_out, POST),
    # Companies and buyers
    # The organiser's team
    ("/organisation/<edition>/import", imports.upload, BOTH),
    ("/organisation/<edition>/import/<int:directory_import>", imports.shown, GET),
    ("/organisation/<edition>/import/<int:directory_import>/confirmer", imports.confirm, POST),
    ("/organisation/<edition>/import/<int:directory_import>/arreter", imports.stop, POST),
    ("/organisation/<edition>/import/<int:directory_import>/ecarter", imports.discard, POST),
    ("/organisation/<edition>/import/<int:directory_import>/lignes.csv", imports.report, GET),
)


def endpoint_of(page: Callable[..., Any]) -> str:
    """`public.directory.search` for the function `search` of that module."""
    return f"{page.__module__.removeprefix('app.web.')}.{page.__name__}"


def init_app(app: Flask) -> None:
    """Put every page at its address."""
    for address, page, methods in ROUTES:
        app.add_url_rule(address, endpoint_of(page), page, methods=list(methods))
