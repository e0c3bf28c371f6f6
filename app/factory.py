# SPDX-License-Identifier: EUPL-1.2
"""Puts the house together: the only file that sees every room."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from app import cli
from app.jobs import handlers, queue, recurring, solving
from app.language import clauses, markdown, phrases, places, reasons, translate, unplaced, verdicts
from app.mail import post
from app.models import (
    accounts,
    campaigns,
    communes,
    companies,
    consortia,
    cpv,
    directory,
    editions,
    establishments,
    favourites,
    guidance,
    history,
    imports,
    jobs,
    matching,
    meetings,
    needs,
    newsletters,
    registrations,
    schedules,
    workshops,
)
from app.models import letters as outbox
from app.models.base import db
from app.queries import listing_reader
from app.web import routes
from app.web.shared import buyers, errors, headers, limits, login, logs, navigation
from config import Settings, flask_config, settings_or_exit

TABLES = (
    accounts, communes, companies, needs, editions, registrations, consortia, meetings, schedules,
    outbox, jobs, imports, establishments, history, workshops, guidance, newsletters, campaigns,
    cpv, matching, directory, favourites,
)  # fmt: skip

ROOT = Path(__file__).parent.parent


def create_app(settings: Settings | None = None, **overrides: object) -> Flask:
    """The whole application. Errors: exits with a sentence when a setting is wrong."""
    settings = settings or settings_or_exit()
    app = Flask(
        "app", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "app/static")
    )
    app.config.from_mapping(flask_config(settings))
    app.config.update(overrides)
    _remember(app)
    _work(app, settings)
    _welcome(app)
    cli.init_app(app)
    return app


def _remember(app: Flask) -> None:
    def warm_up_search() -> None:
        with app.app_context():
            listing_reader.warm_up()

    db.init_app(app)
    app.extensions["warm_up_search"] = warm_up_search
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)


def _work(app: Flask, settings: Settings) -> None:
    def send(job_id: int) -> None:
        app.extensions["send_job"](job_id)

    post.init_app(app)
    queue.init_app(
        app,
        settings.queue_url,
        handlers.carry_out,
        lambda: recurring.every_minute(send),
        solving.warm_up,
    )


def _welcome(app: Flask) -> None:
    forms = CSRFProtect(app)
    for page in routes.WITHOUT_TOKEN:
        forms.exempt(page)
    limits.limiter.init_app(app)
    translate.init_app(app)
    words = {"word": phrases.word, "sold": phrases.sold, "place": places.place}
    app.jinja_env.filters.update(words)
    app.jinja_env.globals.update(
        reach=places.reach,
        because=reasons.said,
        clause_name=clauses.named,
        verdict_title=verdicts.title,
        verdict_said=verdicts.said,
        named=reasons.named,
        why_left=unplaced.for_participant,
    )
    for part in (markdown, logs, headers, errors, login, buyers, navigation, routes):
        part.init_app(app)
