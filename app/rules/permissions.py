# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: one table, from each permission to its conditions.

A permission is granted when any one of its conditions holds. A condition is told the person and
the subject; subjects are read by attribute only, so that this room knows no table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Person:
    """Who is asking: nobody (id None), or an account with what it belongs to.

    organisations: ids of organisations it speaks for. organisers: ids of organiser teams it is in.
    """

    id: int | None = None
    verified: bool = False
    organisations: frozenset[int] = field(default_factory=frozenset)
    organisers: frozenset[int] = field(default_factory=frozenset)


NOBODY = Person()

Condition = Callable[[Person, object], bool]


class Permission(StrEnum):
    """Everything that a page, a command or a template may ask permission for."""

    VISIT = "visit"
    HAVE_ACCOUNT = "have_account"
    SPEAK_FOR_ORGANISATION = "speak_for_organisation"
    APPROVE_MEMBER = "approve_member"
    READ_LISTING_HISTORY = "read_listing_history"
    MANAGE_NEED = "manage_need"
    READ_NEED = "read_need"
    ASK_ABOUT_NEED = "ask_about_need"
    CREATE_EDITION = "create_edition"
    ORGANISE = "organise"
    SPEAK_FOR_REGISTRATION = "speak_for_registration"
    READ_REQUEST = "read_request"
    ANSWER_REQUEST = "answer_request"
    WITHDRAW_REQUEST = "withdraw_request"
    READ_AGENDA = "read_agenda"
    READ_JOB = "read_job"
    LEAD_CONSORTIUM = "lead_consortium"
    READ_CONSORTIUM = "read_consortium"
    READ_SHEET = "read_sheet"
    READ_ISSUE = "read_issue"
    READ_DEMO_MAILBOX = "read_demo_mailbox"


def anybody(person: Person, subject: object) -> bool:
    return True


def logged_in(person: Person, subject: object) -> bool:
    return person.id is not None


def verified(person: Person, subject: object) -> bool:
    return person.id is not None and person.verified


def organises_something(person: Person, subject: object) -> bool:
    return bool(person.organisers)


def organises(person: Person, subject: object) -> bool:
    """The subject belongs to an edition (or is one) of the person's organiser team."""
    return getattr(subject, "organiser_id", None) in person.organisers


def member(person: Person, subject: object) -> bool:
    """The subject is, or belongs to, an organisation the person speaks for."""
    return getattr(subject, "organisation_id", None) in person.organisations


def asked(person: Person, subject: object) -> bool:
    return getattr(subject, "from_organisation_id", None) in person.organisations


def was_asked(person: Person, subject: object) -> bool:
    return getattr(subject, "to_organisation_id", None) in person.organisations


def started_it(person: Person, subject: object) -> bool:
    return person.id is not None and getattr(subject, "owner_id", None) == person.id


def is_public(person: Person, subject: object) -> bool:
    return bool(getattr(subject, "is_public", False))


def reads_as_organisation(person: Person, subject: object) -> bool:
    """The subject is shown to all, and the person speaks for some organisation."""
    return bool(person.organisations) and is_public(person, subject)


def is_demonstration(person: Person, subject: object) -> bool:
    return bool(getattr(subject, "is_demonstration", False))


POLICY: dict[Permission, tuple[Condition, ...]] = {
    Permission.VISIT: (anybody,),
    Permission.HAVE_ACCOUNT: (logged_in,),
    Permission.SPEAK_FOR_ORGANISATION: (member,),
    Permission.APPROVE_MEMBER: (member, organises_something),
    Permission.READ_LISTING_HISTORY: (member, organises_something),
    Permission.MANAGE_NEED: (member,),
    Permission.READ_NEED: (is_public, member, organises),
    Permission.ASK_ABOUT_NEED: (reads_as_organisation,),
    Permission.CREATE_EDITION: (organises_something,),
    Permission.ORGANISE: (organises,),
    Permission.SPEAK_FOR_REGISTRATION: (member,),
    Permission.READ_REQUEST: (asked, was_asked, organises),
    Permission.ANSWER_REQUEST: (was_asked,),
    Permission.WITHDRAW_REQUEST: (asked,),
    Permission.READ_AGENDA: (member, organises),
    Permission.READ_JOB: (started_it, organises),
    Permission.LEAD_CONSORTIUM: (member,),
    Permission.READ_CONSORTIUM: (logged_in,),
    Permission.READ_SHEET: (is_public,),
    Permission.READ_ISSUE: (is_public, organises),
    Permission.READ_DEMO_MAILBOX: (is_demonstration,),
}


def allows(permission: Permission, person: Person, subject: object = None) -> bool:
    """Whether the policy grants this person this permission on this subject."""
    return any(condition(person, subject) for condition in conditions_of(permission))


def conditions_of(permission: Permission) -> Iterable[Condition]:
    return POLICY[permission]
