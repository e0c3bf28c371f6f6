# SPDX-License-Identifier: EUPL-1.2
"""Every text of the code and of the templates, and the English of each.

`python -m tests.language.catalogue` brings the English catalogue up to date with the code:
new texts are added without English, and texts that are no longer said are removed.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
ENGLISH = ROOT / "app/translations/en/LC_MESSAGES/messages.po"
HEADER = """\
# The English of Passerelle.
# SPDX-License-Identifier: EUPL-1.2"""
KEYWORDS = {"gettext": None, "_": None, "lazy": None, "ngettext": (1, 2)}


def texts() -> Iterator[tuple[str | tuple[str, ...], str]]:
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
    said = Catalog(locale="en", charset="utf-8")
    for message, where in texts():
        said.add(message, locations=[(where, 0)])
    known = english() if ENGLISH.exists() else Catalog(locale="en")
    known.update(said, no_fuzzy_matching=True)
    known.obsolete.clear()
    write(known)


def write(catalog: Catalog) -> None:
    """Keep the catalogue. Its header is not "fuzzy": a fuzzy catalogue is never compiled."""
    catalog.fuzzy, catalog.header_comment = False, HEADER
    catalog.project, catalog.version = "Passerelle", "1"
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "Passerelle"
    with ENGLISH.open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, sort_output=True)


def compile_english() -> None:
    """Compile the catalogue where the application looks for it, as `./run` does."""
    compiled = ENGLISH.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < ENGLISH.stat().st_mtime:
        with compiled.open("wb") as file:
            write_mo(file, english())


if __name__ == "__main__":
    bring_up_to_date()
