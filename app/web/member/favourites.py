# SPDX-License-Identifier: EUPL-1.2
"""The named lists that colleagues share: who is kept, why, and what to do next."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app.actions import favourites as keeping
from app.documents import directory as papers
from app.language import phrases
from app.language.translate import gettext
from app.queries import companies, favourites, profiles
from app.queries.companies import Organisation
from app.queries.favourites import Favourite, Shortlist
from app.rules.errors import NotFound, RuleBroken
from app.rules.permissions import Permission
from app.web.forms.favourites import ListForm, NoteForm
from app.web.public.results import XLSX
from app.web.shared.addresses import safe_next
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me

SPEAK = Permission.SPEAK_FOR_ORGANISATION


@guard(SPEAK, organisation=companies.by_id)
def lists(organisation: Organisation) -> str | Response:
    """The lists of an organisation, and a new one."""
    form = ListForm()
    if form.validate_on_submit():
        with said_on(form):
            shortlist = keeping.start_list(organisation, by=me(), name=form.name.data or "")
            return redirect(url_for("member.favourites.show", shortlist=shortlist.id))
    return render_template(
        "web/member/favourites.html",
        organisation=organisation,
        lists=favourites.lists(organisation),
        counts=favourites.counts(organisation),
        form=form,
    )


@guard(SPEAK, shortlist=favourites.by_id)
def show(shortlist: Shortlist) -> str | Response:
    """Who is in a list, with the notes; and its name, which may be changed."""
    organisation = companies.by_id(shortlist.organisation_id)
    form = ListForm(obj=shortlist)
    if form.validate_on_submit():
        with said_on(form):
            keeping.rename_list(shortlist, organisation, by=me(), name=form.name.data or "")
            flash(
                gettext("La liste s'appelle maintenant « %(name)s ».", name=shortlist.name), "good"
            )
            return redirect(url_for("member.favourites.show", shortlist=shortlist.id))
    kept = favourites.of_list(shortlist)
    there = favourites.lists(organisation)
    return render_template(
        "web/member/favourite_list.html",
        shortlist=shortlist,
        organisation=organisation,
        kept=kept,
        notes={one.id: NoteForm(one, there) for one in kept},
        profiles={one.organisation.id: one for one in profiles.of([one.listing for one in kept])},
        form=form,
    )


@guard(SPEAK, shortlist=favourites.by_id)
def drop(shortlist: Shortlist) -> str | Response:
    """Ask once more, saying what is lost; then forget a list."""
    organisation = shortlist.organisation_id
    if request.method == "GET":
        count = favourites.count_in(shortlist)
        return render_template("web/member/favourite_drop.html", shortlist=shortlist, count=count)
    keeping.drop_list(shortlist, by=me())
    flash(gettext("La liste « %(name)s » est supprimée.", name=shortlist.name), "good")
    return redirect(url_for("member.favourites.lists", organisation=organisation))


@guard(SPEAK, organisation=companies.by_id)
def keep(organisation: Organisation) -> Response:
    """Keep a listing, in the list that was chosen or in the usual one."""
    number = request.form.get("listing", "")
    if not number.isdecimal() or len(number) > 9:
        raise NotFound
    listing = companies.by_id(int(number))
    try:
        kept = keeping.keep(
            listing,
            organisation,
            by=me(),
            shortlist=_chosen(organisation, request.form.get("shortlist", "")),
            usual=gettext("Favoris"),
        )
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        said = gettext(
            "%(name)s est dans « %(list)s ».",
            name=listing.display_name,
            list=kept.shortlist.name,
        )
        flash(said, "good")
    listed = url_for("public.directory.listing", organisation=listing.id)
    return redirect(safe_next(request.form.get("next"), listed))


@guard(SPEAK, favourite=favourites.favourite_by_id)
def annotate(favourite: Favourite) -> Response:
    """Write the note of a favourite, or move it to another list."""
    organisation = companies.by_id(favourite.organisation_id)
    there = favourites.lists(organisation)
    form = NoteForm(favourite, there)
    back = url_for("member.favourites.show", shortlist=favourite.shortlist_id)
    if not form.validate_on_submit():
        flash(next(iter(form.note.errors), gettext("Choisissez une de vos listes.")), "bad")
        return redirect(back)
    chosen = _chosen(organisation, form.shortlist.data or "") or favourite.shortlist
    try:
        keeping.annotate(favourite, by=me(), note=form.note.data or "", shortlist=chosen)
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        flash(gettext("C'est noté."), "good")
    return redirect(back)


@guard(SPEAK, favourite=favourites.favourite_by_id)
def let_go(favourite: Favourite) -> Response:
    """Keep an organisation no longer."""
    shortlist, name = favourite.shortlist_id, favourite.listing.display_name
    keeping.let_go(favourite, by=me())
    flash(gettext("%(name)s n'est plus dans la liste.", name=name), "good")
    return redirect(url_for("member.favourites.show", shortlist=shortlist))


@guard(SPEAK, shortlist=favourites.by_id)
def table(shortlist: Shortlist) -> Response:
    """The list as a spreadsheet, with your notes."""
    kept = favourites.of_list(shortlist)
    paper = papers.workbook(
        profiles.by_parts([one.listing_id for one in kept]),
        asked={gettext("Liste"): shortlist.name},
        total=len(kept),
        made_on=profiles.today(),
        notes={one.listing_id: one.note for one in kept},
    )
    name = f"liste-{shortlist.id}.xlsx"
    return send_file(BytesIO(paper), mimetype=XLSX, as_attachment=True, download_name=name)


def _chosen(organisation: Organisation, number: str) -> Shortlist | None:
    """The list of this number, when it is one of the organisation's."""
    there = {str(one.id): one for one in favourites.lists(organisation)}
    if number and number not in there:
        raise NotFound
    return there.get(number)
