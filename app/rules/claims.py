# SPDX-License-Identifier: EUPL-1.2
"""Who may speak for a listing at once, and who must be let in by somebody."""

from urllib.parse import urlsplit

# Everybody may have an address there: it proves nothing about an organisation.
SHARED_DOMAINS = frozenset(
    [
        "aliceadsl.fr",
        "aol.com",
        "bbox.fr",
        "club-internet.fr",
        "facebook.com",
        "free.fr",
        "gmail.com",
        "gmx.com",
        "gmx.fr",
        "google.com",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "laposte.net",
        "linkedin.com",
        "live.com",
        "live.fr",
        "mac.com",
        "me.com",
        "msn.com",
        "neuf.fr",
        "numericable.fr",
        "orange.fr",
        "outlook.com",
        "outlook.fr",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "sfr.fr",
        "wanadoo.fr",
        "yahoo.com",
        "yahoo.fr",
        "ymail.com",
    ]
)


def speaks_at_once(address: str, website: str) -> bool:
    """Whether the first person to claim a listing may speak for it without being let in.

    Either the address is of the domain of its website, or the listing names no website and there is
    nothing to compare with. A shared domain, such as that of a mail provider, never counts.
    """
    host = _host(website)
    if not host:
        return True
    domain = address.rpartition("@")[2].lower()
    if domain in SHARED_DOMAINS or host in SHARED_DOMAINS:
        return False
    return domain == host or domain.endswith(f".{host}")


def _host(website: str) -> str:
    return (urlsplit(website).hostname or "").lower().removeprefix("www.")
