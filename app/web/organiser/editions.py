# SPDX-License-Identifier: EUPL-1.2
"""The editions of a team: open one, change it, announce it, close it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import editions as actions
from app.language.translate import gettext
from app.queries import editions
from app.queries.editions import Edition
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.web.forms.editions import DEADLINES, NewEditionForm, SettingsForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import can, me, person

TWO_YEARS = timedelta(weeks=104)


@guard(Permission.CREATE_EDITION)
def mine() -> str:
    """All the editions of my teams."""
    teams = person().organisers
    return render_template(
        "web/organiser/editions.html",
        editions=editions.of_organisers(teams),
        teams=editions.teams(teams),
    )


@guard(Permission.CREATE_EDITION)
def new() -> str | Response:
    """Open an edition, from nothing or on the model of another."""
    model = _model()
    form = _filled(model)
    teams = editions.teams(person().organisers)
    form.organiser.choices = [(team.id, team.name) for team in teams]
    if request.method == "GET" and model is not None:
        form.organiser.data = model.organiser_id
    if form.validate_on_submit():
        team = next(team for team in teams if team.id == form.organiser.data)
        facts = {**form.facts(), "series_name": form.series_name.data}
        with said_on(form):
            if model is not None and model.organiser_id == team.id:
                edition = actions.open_next(model, by=me(), **facts)
            else:
                edition = actions.open_edition(team, by=me(), **facts)
            flash(gettext("L'édition est créée. Votre équipe seule la voit."), "good")
            return redirect(url_for("organiser.slots.slots", edition=edition.slug))
    names = editions.series_names(person().organisers)
    return render_template(
        "web/organiser/new_edition.html", form=form, model=model, names=names, teams=teams
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def settings(edition: Edition) -> str | Response:
    """Change what is written about an edition."""
    form = SettingsForm.of(edition)
    if form.validate_on_submit():
        with said_on(form):
            actions.change(edition, by=me(), **form.facts())
            flash(gettext("Les réglages sont enregistrés."), "good")
            return redirect(url_for("organiser.editions.settings", edition=edition.slug))
    return render_template("web/organiser/settings.html", edition=edition, form=form)


@guard(Permission.ORGANISE, edition=editions.by_slug)
def announce(edition: Edition) -> Response:
    """Show the edition to everybody."""
    actions.announce(edition, by=me())
    flash(gettext("C'est annoncé : les inscriptions sont ouvertes."), "good")
    return redirect(url_for("organiser.cockpit.cockpit", edition=edition.slug))


@guard(Permission.ORGANISE, edition=editions.by_slug)
def close(edition: Edition) -> Response:
    """End the edition."""
    actions.close(edition, by=me())
    flash(gettext("L'édition est close. Tout reste lisible."), "good")
    return redirect(url_for("organiser.editions.settings", edition=edition.slug))


def _model() -> Edition | None:
    """The edition that the address names as a model, if it is one of mine."""
    slug = request.args.get("modele")
    if not slug:
        return None
    model = editions.by_slug(slug)
    if not can(Permission.ORGANISE, model):
        raise NotFound
    return model


def _filled(model: Edition | None) -> NewEditionForm:
    if model is None:
        return NewEditionForm()
    form = NewEditionForm.of(
        model,
        name=model.series.name,
        series_name=model.series.name,
        starts_on=model.starts_on + TWO_YEARS,
        ends_on=model.ends_on + TWO_YEARS,
    )
    if request.method == "GET":
        for name in DEADLINES:
            form[name].data = form[name].data and form[name].data + TWO_YEARS
    return form
