# SPDX-License-Identifier: EUPL-1.2
"""What a page needs to show an agenda: which day is open, and what is going on now."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from app.queries import agendas
from app.queries.agendas import Agenda
from app.queries.days import Day


def shown(agenda: Agenda) -> dict[str, Any]:
    """agenda, moment (now and next), day (the one that is open; None when there are no slots)."""
    moment = agendas.right_now(agenda)
    today = moment.at.astimezone(ZoneInfo(agenda.fair.zone)).date()
    return {"agenda": agenda, "moment": moment, "today": today, "day": _open_day(agenda, today)}


def _open_day(agenda: Agenda, today: date) -> Day | None:
    """The day asked for, else today, else the first one with a meeting."""
    by_name = {day.day.isoformat(): day for day in agenda.days}
    wanted = request.args.get("jour", today.isoformat())
    busy = (day for day in agenda.days if day.meetings)
    return by_name.get(wanted) or next(busy, None) or next(iter(agenda.days), None)
