# SPDX-License-Identifier: EUPL-1.2
"""French first, English second: which language, its typography, its dates and numbers.

Texts in the code are French, with plain spaces and straight apostrophes; the non-breaking spaces
that French wants are put in here, once, before anything is filled into the text.
"""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import flask_babel
from flask import Flask, g, has_request_context, request, session
from flask_babel.speaklater import LazyString

LANGUAGES = {"fr": "Français", "en": "English"}
NBSP = "\N{NO-BREAK SPACE}"

_SPACINGS = (
    (re.compile(r" (?=[:;!?»€]|%(?!\())"), NBSP),
    (re.compile(r"« "), "«" + NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NBSP),
    (re.compile(r"(?<=\d) (?=(?:h|min|km|ans|mois|jours?)\b)"), NBSP),
    (re.compile(r"(?<=\d\u00a0h) (?=\d)"), NBSP),
    (re.compile(r"\bn° "), "n°" + NBSP),
)


def typography(text: str) -> str:
    """French text with its non-breaking spaces (U+00A0) and its curly apostrophes."""
    for pattern, spacing in _SPACINGS:
        text = pattern.sub(spacing, text)
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def language() -> str:
    """The language of this reader, "fr" or "en"."""
    return str(flask_babel.get_locale() or "fr")[:2]


def gettext(text: str, **facts: Any) -> str:
    """The text in the reader's language, typeset, with its facts filled in."""
    return (
        _typeset(flask_babel.gettext(text)) % facts
        if facts
        else _typeset(flask_babel.gettext(text))
    )


def ngettext(one: str, many: str, num: int, **facts: Any) -> str:
    """The same, for a text that counts."""
    return _typeset(_counted(one, many, num)) % {"num": num, **facts}


def _counted(one: str, many: str, num: int) -> str:
    """Flask-Babel's own `ngettext` would fill in `num` at once, and stumble over any other fact."""
    # French counts nought as one (« 0 entreprise »), which its sources without a catalogue need.
    counted = 1 if num == 0 and language() == "fr" else num
    found: str = flask_babel.get_domain().get_translations().ungettext(one, many, counted)
    return found


def lazy(text: str) -> LazyString:
    """A text translated each time it is shown; for tables of phrases and labels of forms."""
    return LazyString(gettext, text)


def _typeset(text: str) -> str:
    return typography(text) if language() == "fr" else text


def use_language(code: str) -> Any:
    """A block in which everything is said in this language (letters, papers)."""
    return flask_babel.force_locale(code)


def choose_language() -> str:
    """What the reader chose, else what the account says, else what the browser prefers."""
    if not has_request_context():
        return "fr"
    chosen = session.get("language") or getattr(g, "account_language", None)
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "fr"


def day(value: date | datetime, zone: str = "Europe/Paris") -> str:
    """« mercredi 24 novembre », "Wednesday 24 November"."""
    return _date(value, "EEEE d MMMM", zone)


def day_year(value: date | datetime, zone: str = "Europe/Paris") -> str:
    """« mercredi 24 novembre 2027 »."""
    return _date(value, "EEEE d MMMM y", zone)


def short_date(value: date | datetime, zone: str = "Europe/Paris") -> str:
    """« 24 nov. 2027 », "24 Nov 2027", for tables."""
    return _date(value, "d MMM y", zone)


def full_date(value: date | datetime, zone: str = "Europe/Paris") -> str:
    """« 1er avril 2026 », "1 April 2026": the date of a law, where the day of the week is noise."""
    said = _date(value, "d MMMM y", zone)
    first = language() == "fr" and said.startswith("1 ")
    return said.replace("1 ", "1er ", 1) if first else said


def short_day(value: date | datetime, zone: str = "Europe/Paris") -> str:
    """« mer. 24 », for tables."""
    return _date(value, "EEE d", zone)


def month(value: date | datetime, zone: str = "Europe/Paris") -> str:
    """« novembre 2027 », "November 2027"."""
    return _date(value, "MMMM y", zone)


def days(first: date, last: date) -> str:
    """« mercredi 24 et jeudi 25 novembre 2027 », the days of a fair."""
    if first == last:
        return day_year(first)
    same_month = (first.year, first.month) == (last.year, last.month)
    begins = _date(first, "EEEE d", "UTC") if same_month else day(first)
    if (last - first).days == 1:
        return gettext("%(first)s et %(last)s", first=begins, last=day_year(last))
    return gettext("du %(first)s au %(last)s", first=begins, last=day_year(last))


def hour(value: datetime | time, zone: str = "Europe/Paris") -> str:
    """« 10 h 25 », « 9 h »; "10:25", "9:00"."""
    local = value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value
    if language() != "fr":
        return f"{local.hour}:{local.minute:02}"
    minutes = f"{NBSP}{local.minute:02}" if local.minute else ""
    return f"{local.hour}{NBSP}h{minutes}"


def moment(value: datetime, zone: str = "Europe/Paris") -> str:
    """« vendredi 5 novembre à 18 h »."""
    return gettext("%(day)s à %(hour)s", day=day(value, zone), hour=hour(value, zone))


def number(value: float, digits: int = 0) -> str:
    """« 60 000 », « 0,4 »."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return flask_babel.format_decimal(value, format=pattern).replace(
        "\N{NARROW NO-BREAK SPACE}", NBSP
    )


def percent(share: float, digits: int = 0) -> str:
    """« 71 % » of 0.71."""
    return number(share * 100, digits) + (f"{NBSP}%" if language() == "fr" else "%")


def euros(value: float) -> str:
    """« 60 000 € », "€60,000"."""
    return f"{number(value)}{NBSP}€" if language() == "fr" else f"€{number(value)}"


def _date(value: date | datetime, pattern: str, zone: str) -> str:
    local = value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value
    return flask_babel.format_date(local, pattern)


def country(code: str) -> str:
    """« Belgique », "Belgium" of BE; the code itself when nobody knows it."""
    known = flask_babel.get_locale().territories
    return str(known.get(code, code))


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


FILTERS = {
    "day": day, "day_year": day_year, "full_date": full_date, "short_day": short_day,
    "short_date": short_date,
    "month": month, "hour": hour,
    "moment": moment, "capital": capital, "country": country,
    "number": number, "percent": percent, "euros": euros, "typography": typography,
}  # fmt: skip


def init_app(app: Flask) -> None:
    """Give the application its languages, and templates their words and formats."""
    app.config["BABEL_DEFAULT_LOCALE"] = "fr"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Paris"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    flask_babel.Babel(app, locale_selector=choose_language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _typeset(flask_babel.gettext(text)),
        lambda one, many, count: _typeset(_counted(one, many, count)),
        newstyle=True,
    )
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(language=language, languages=LANGUAGES, days=days)
