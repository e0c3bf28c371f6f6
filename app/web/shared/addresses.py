# SPDX-License-Identifier: EUPL-1.2
"""Addresses that came with a form: only pages of this site are followed."""

from urllib.parse import urlsplit


def safe_next(address: str | None, otherwise: str = "/") -> str:
    """The address if it is a path of this site, else `otherwise` (no open redirect)."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(address)
    return otherwise if parts.scheme or parts.netloc else address
