# SPDX-License-Identifier: EUPL-1.2
"""Hands a written letter to the mail server (or the console, or memory, in a demonstration)."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formataddr
from smtplib import SMTPRecipientsRefused
from typing import Any

from flask import Flask, current_app
from flask_mailman import EmailMultiAlternatives, Mail


def post(
    *,
    to: tuple[str, str],
    subject: str,
    text: str,
    html: str,
    sender: str,
    unsubscribe: str = "",
    connection: Any = None,
) -> None:
    """Send one letter. to: (name, address). unsubscribe: where one click ends such letters.

    Errors: OSError or smtplib.SMTPException when the server refuses it.
    Source: RFC 2369 and RFC 8058 (List-Unsubscribe, List-Unsubscribe-Post).
    """
    headers = {}
    if unsubscribe:
        headers = {
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    letter = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=sender,
        to=[formataddr(to)],
        headers=headers,
        connection=connection,
    )
    letter.attach_alternative(html, "text/html")
    if connection is not None:
        connection.open()  # otherwise each letter opens one and closes it behind itself
    letter.send()


@contextmanager
def one_connection() -> Iterator[Any]:
    """A connection to the mail server for many letters; hand it to `post`."""
    connection = current_app.extensions["mailman"].get_connection()
    try:
        yield connection
    finally:
        connection.close()


def lasting_refusal(refused: OSError) -> str:
    """What the server said of an address that it will never take (5.x.x), else "".

    Source: RFC 5321 §4.2.1: a 5yz reply is permanent, a 4yz one may pass.
    """
    if not isinstance(refused, SMTPRecipientsRefused):
        return ""
    said = [
        f"{code} {reply.decode(errors='replace')}" for code, reply in refused.recipients.values()
    ]
    return said[0] if said and all(one.startswith("5") for one in said) else ""


def init_app(app: Flask) -> None:
    """Give the application its mail backend."""
    Mail(app)
