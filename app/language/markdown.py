# SPDX-License-Identifier: EUPL-1.2
"""What organisers write in Markdown, as safe HTML for pages and as plain text for letters."""

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

_TYPED = {"html": False, "typographer": True, "quotes": "“”‘’"}
_READER = MarkdownIt("commonmark", _TYPED).enable(["table", "smartquotes"])
# A page has its own h1 and h2: what a writer calls a title stands below them.
_LOWER = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}
_TAGS = {
    "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ADDRESSES = {"http", "https", "mailto", "tel"}


def as_html(text: str) -> Markup:
    """Markdown as HTML without scripts, pictures, styles or raw HTML; links are http(s) or mail."""
    tokens = _READER.parse(text)
    for token in tokens:
        token.tag = _LOWER.get(token.tag, token.tag)
    drawn = _READER.renderer.render(tokens, _READER.options, {})
    clean = nh3.clean(
        drawn,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=_ADDRESSES,
        link_rel="noopener",
    )
    return Markup(clean)  # noqa: S704 - cleaned on the line above


def as_text(text: str) -> str:
    """Markdown as a letter without pictures writes it: words, and the address of each link."""
    return "\n\n".join(_plain(block) for block in _READER.parse(text) if block.type == "inline")


def _plain(block: object) -> str:
    said: list[str] = []
    for piece in getattr(block, "children", None) or []:
        if piece.type in ("text", "code_inline"):
            said.append(piece.content)
        elif piece.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif piece.type == "link_open":
            said.append(f"<{piece.attrGet('href')}> ")
    return "".join(said).strip()


def init_app(app: Flask) -> None:
    """Let templates write `{{ text|markdown }}`."""
    app.jinja_env.filters.update(markdown=as_html, markdown_text=as_text)
