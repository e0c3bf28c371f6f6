# SPDX-License-Identifier: EUPL-1.2
"""What a need is made of, in words: the names of its facts, and what was done about it."""

from typing import Any

from app.language import history
from app.language.translate import gettext, lazy

FACTS: dict[str, Any] = {
    "title": lazy("titre"),
    "text": lazy("description"),
    "kind": lazy("étape"),
    "cpv": lazy("code CPV"),
    "other_cpv": lazy("autres codes CPV"),
    "amount_band": lazy("montant estimé"),
    "amount_exact": lazy("montant exact"),
    "set_aside": lazy("réservation"),
    "departments": lazy("lieux"),
    "geo_range": lazy("périmètre"),
    "distance_km": lazy("distance"),
    "answer_by": lazy("fin des réponses"),
    "tender_on": lazy("publication prévue"),
    "starts_on": lazy("début"),
    "ends_on": lazy("fin"),
    "months": lazy("durée"),
    "is_innovative": lazy("achat innovant"),
    "is_anonymous": lazy("anonymat"),
    "presta_types": lazy("types de prestation"),
    "wanted_kinds": lazy("structures recherchées"),
}


def done(verb: str, facts: dict[str, Any]) -> str:
    """What was done about a need; for a change, which of its facts."""
    fields = facts.get("fields", [])
    if verb == "need.changed" and fields:
        named = ", ".join(str(FACTS.get(field, field)) for field in fields)
        return gettext("a modifié : %(fields)s", fields=named)
    told = {name: fact for name, fact in facts.items() if name != "fields"}
    return history.told(verb, "", told)
