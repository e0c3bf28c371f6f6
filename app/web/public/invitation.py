# SPDX-License-Identifier: EUPL-1.2
"""Whether the reader may ask a listed organisation for a meeting, or else why not, and a way on."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import request, url_for

from app.language import phrases
from app.language.translate import gettext
from app.queries import editions, meetings
from app.queries.companies import Organisation
from app.queries.editions import Edition
from app.queries.registrations import Registration
from app.rules.companies import Role
from app.rules.registrations import RegistrationState
from app.web.shared import login
from app.web.shared.standing import registration_here, standing


@dataclass(frozen=True)
class Invitation:
    """address: the page of the request, when it may be made. Otherwise why not, and a way on."""

    address: str = ""
    why: str = ""
    way: str = ""
    way_words: str = ""


def to(
    organisation: Organisation,
    edition: Edition | None,
    coming: Registration | None,
    *,
    open_with: Collection[int] | None = None,
) -> Invitation:
    """What this reader may do. coming: the registration of the organisation, if approved.

    open_with: the registrations with which the reader's has an open request, when they were read.
    """
    if edition is None:
        return Invitation(why=gettext("Aucun salon n'est annoncé pour l'instant."))
    if coming is None:
        return Invitation(
            why=gettext("Cette organisation ne vient pas à %(name)s.", name=edition.name)
        )
    mine = standing()
    if mine is None:
        return _to_nobody(organisation)
    if mine.id == organisation.id:
        return Invitation(why=gettext("C'est votre organisation."))
    if mine.role == organisation.role == Role.BUYER:
        return Invitation(why=phrases.sentence("same_bank", {}))
    return _between(mine, edition, coming, open_with)


def _to_nobody(organisation: Organisation) -> Invitation:
    """The reader speaks for no organisation yet."""
    buys = organisation.role == Role.BUYER
    join = url_for("public.joining.company" if buys else "public.joining.buyer")
    words = gettext("Inscrire mon entreprise") if buys else gettext("Participer comme acheteur")
    if login.somebody() is not None:
        why = gettext("Dites d'abord pour quelle organisation vous parlez.")
        return Invitation(why=why, way=join, way_words=words)
    return Invitation(
        why=gettext("Connectez-vous pour demander un rendez-vous."),
        way=url_for("public.accounts.log_in", next=request.path),
        way_words=gettext("Se connecter"),
    )


def _between(
    mine: Organisation,
    edition: Edition,
    coming: Registration,
    open_with: Collection[int] | None,
) -> Invitation:
    registration = registration_here(edition)
    if registration is None or registration.state != RegistrationState.APPROVED:
        return _not_registered(mine, edition, registration)
    inbox = url_for("member.requests.inbox", registration=registration.id)
    if open_with is None:
        is_open = meetings.open_between(registration, coming) is not None
    else:
        is_open = coming.id in open_with
    if is_open:
        return Invitation(
            why=gettext("Une demande est déjà en cours entre vous."),
            way=inbox,
            way_words=gettext("Voir mes demandes"),
        )
    if not editions.takes_requests(edition):
        return Invitation(
            why=gettext(
                "Les demandes de rendez-vous sont closes pour %(name)s.", name=edition.name
            ),
            way=inbox,
            way_words=gettext("Voir mes demandes"),
        )
    return Invitation(url_for("member.requests.new", registration=registration.id, to=coming.id))


def _not_registered(
    mine: Organisation, edition: Edition, registration: Registration | None
) -> Invitation:
    page = url_for("member.participation.show", organisation=mine.id, edition=edition.slug)
    if registration is None:
        why = gettext("Inscrivez d'abord votre organisation à %(name)s.", name=edition.name)
        return Invitation(why=why, way=page, way_words=gettext("S'inscrire"))
    why = gettext(
        "Votre inscription est « %(state)s » : vous pourrez demander des rendez-vous dès qu'elle "
        "sera validée.",
        state=phrases.word(registration.state),
    )
    return Invitation(why=why, way=page, way_words=gettext("Voir mon inscription"))
