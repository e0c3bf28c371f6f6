# SPDX-License-Identifier: EUPL-1.2
"""Every text of the code and of the templates, and the English of each.

`python -m tests.language.catalogue` brings the English catalogue up to date with the code:
new texts are added without English, and texts that are no longer said are removed.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
ENGLISH = ROOT / "app/translations/en/LC_MESSAGES/messages.po"
KEYWORDS = {"gettext": None, "_": None, "lazy": None, "ngettext": (1, 2)}


def texts() -> Iterator[tuple[str | tuple[str, str], str]]:
    """Each text that is said, singular and plural together where it counts, and its file."""
    for path in sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("templates/**/*.*")]):
        method = "python" if path.suffix == ".py" else "jinja2"
        found = extract_from_file(method, path, KEYWORDS, options={"silent": "false"})
        for _line, message, _comments, _context in found:
            if message and message != ("", ""):
                yield message, str(path.relative_to(ROOT))


def english() -> Catalog:
    """The English catalogue as it is written."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def bring_up_to_date() -> None:
    """Rewrite the catalogue from the code, keeping every English text that is still of use."""
    said = Catalog(locale="en", project="Passerelle", charset="utf-8")
    for message, where in texts():
        said.add(message, locations=[(where, 0)])
    known = english() if ENGLISH.exists() else Catalog(locale="en")
    known.update(said, no_fuzzy_matching=True)
    known.obsolete.clear()
    with ENGLISH.open("wb") as file:
        write_po(file, known, width=100, no_location=True, sort_output=True, omit_header=False)


if __name__ == "__main__":
    bring_up_to_date()
