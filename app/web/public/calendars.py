# SPDX-License-Identifier: EUPL-1.2
"""Private calendars that phones and mail programs ask for again and again."""

from hashlib import sha256

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from app.documents import calendars
from app.queries import agendas
from app.queries.registrations import Delegate
from app.rules.permissions import Permission
from app.web.shared.guard import guard

CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"
SECONDS_FRESH = 300


@guard(Permission.VISIT, delegate=agendas.delegate_by_feed)
def feed(delegate: Delegate) -> AnyResponse:
    """The agenda of whom the secret is; 304 and nothing more while it has not changed."""
    content = calendars.of_agenda(agendas.of_delegate(delegate))
    answer = Response(content, content_type=CALENDAR)
    answer.set_etag(sha256(content).hexdigest())
    answer.cache_control.private = True
    answer.cache_control.max_age = SECONDS_FRESH
    answer.cache_control.must_revalidate = True
    return answer.make_conditional(request)
