# SPDX-License-Identifier: EUPL-1.2
"""Public contracts in words: what one is about, and the need that follows it."""

from datetime import date

from app.language import translate
from app.language.translate import gettext, ngettext
from app.rules.cpv import division_name


def about(title: str, cpv: str) -> str:
    """What a contract is about: its own words, else those of its CPV division."""
    return title or division_name(cpv, translate.language()) or gettext("Objet non précisé")


def renewal_title(title: str, cpv: str) -> str:
    """The title of the need that follows it, for its buyer to change."""
    return gettext("À renouveler : %(what)s", what=about(title, cpv))


def renewal_text(notified_on: date, months: int | None) -> str:
    """Where the need comes from."""
    day = translate.day_year(notified_on)
    if months is None:
        return gettext("Suite d'un marché notifié le %(day)s. Besoin à confirmer.", day=day)
    return ngettext(
        "Suite d'un marché notifié le %(day)s pour un mois. Besoin à confirmer.",
        "Suite d'un marché notifié le %(day)s pour %(num)d mois. Besoin à confirmer.",
        months,
        day=day,
    )
