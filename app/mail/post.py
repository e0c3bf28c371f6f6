# SPDX-License-Identifier: EUPL-1.2
"""Hands a written letter to the mail server (or the console, or memory, in a demonstration)."""

from email.utils import formataddr

from flask import Flask
from flask_mailman import EmailMultiAlternatives, Mail


def post(*, to: tuple[str, str], subject: str, text: str, html: str, sender: str) -> None:
    """Send one letter. to: (name, address).

    Errors: OSError or smtplib.SMTPException when the server refuses it.
    """
    letter = EmailMultiAlternatives(
        subject=subject, body=text, from_email=sender, to=[formataddr(to)]
    )
    letter.attach_alternative(html, "text/html")
    letter.send()


def init_app(app: Flask) -> None:
    """Give the application its mail backend."""
    Mail(app)
