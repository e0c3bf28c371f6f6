# SPDX-License-Identifier: EUPL-1.2
"""The forms that bring a file: one that goes with a need, or a purchase programme."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from app.language.translate import lazy


class AttachmentForm(FlaskForm):
    """A file for a need."""

    file = FileField(
        lazy("Le fichier"),
        [FileRequired(lazy("Choisissez un fichier : PDF, ODT, ODS, XLSX, PNG, JPEG ou WebP."))],
    )


class ProgrammeForm(FlaskForm):
    """A purchase programme."""

    file = FileField(
        lazy("Votre tableau"),
        [FileRequired(lazy("Choisissez un tableau XLSX, ODS ou CSV sur votre ordinateur."))],
    )
