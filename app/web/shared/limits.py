# SPDX-License-Identifier: EUPL-1.2
"""How often one may try: per account against guessing, per address against floods.

A whole hall shares one address, hence the generous second limit.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

View = Callable[..., Any]

limiter = Limiter(get_remote_address)


def _typed_address() -> str:
    return request.form.get("email", "").strip().lower() or get_remote_address()


def _failed(response: Response) -> bool:
    return response.status_code < 300


def against_guessing(view: View) -> View:
    """Ten wrong passwords per account in a quarter of an hour; 300 per address an hour."""
    per_account = limiter.limit(
        "10 per 15 minutes", key_func=_typed_address, methods=["POST"], deduct_when=_failed
    )
    per_address = limiter.limit("300 per hour", methods=["POST"], deduct_when=_failed)
    return per_address(per_account(view))


def against_floods_of_letters(view: View) -> View:
    """Five letters per account in a quarter of an hour; two hundred per address an hour."""
    per_account = limiter.limit("5 per 15 minutes", key_func=_typed_address, methods=["POST"])
    return limiter.limit("200 per hour", methods=["POST"])(per_account(view))
