# SPDX-License-Identifier: EUPL-1.2
"""The three ways in which a wish of a person can be turned down."""


class Refusal(Exception):
    """A request that cannot be granted; `language.phrases` turns its key into words."""

    def __init__(self, key: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.facts = facts


class RuleBroken(Refusal):
    """The person may ask, but a rule of the fair says no (a page answers 409)."""


class NotAllowed(Refusal):
    """The person may not do this (a page answers 403)."""

    def __init__(
        self, key: str = "not_allowed", *, field: str | None = None, **facts: object
    ) -> None:
        super().__init__(key, field=field, **facts)


class NotFound(Refusal):
    """Nothing of that name is there for this person (a page answers 404)."""

    def __init__(
        self, key: str = "not_found", *, field: str | None = None, **facts: object
    ) -> None:
        super().__init__(key, field=field, **facts)
