# SPDX-License-Identifier: EUPL-1.2
"""The house as its tests see it: every module, what it imports, and where."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("rules", "models", "language", "queries", "mail", "documents", "actions")
DOORS = ("web", "api", "jobs", "cli")
MAY_IMPORT: dict[str, set[str]] = {
    "web": {"actions", "documents", "queries", "language", "rules"},
    "api": {"actions", "documents", "queries", "language", "rules"},
    "jobs": {"actions", "documents", "mail", "queries", "models", "rules", "scheduler"},
    "cli": {"actions", "documents", "jobs", "queries", "language", "rules", "scheduler"},
    "actions": {"documents", "mail", "queries", "models", "rules", "scheduler"},
    "documents": {"queries", "language"},
    "mail": {"language"},
    "queries": {"models", "rules", "scheduler"},
    "models": {"rules"},
    "language": {"rules"},
    "rules": set(),
    "scheduler": set(),
    "config": set(),
}
SUBJECTS = (
    "accounts", "companies", "needs", "editions", "registrations", "meetings", "workshops",
    "schedules", "arrivals", "outcomes", "news",
)  # fmt: skip


@dataclass(frozen=True)
class Import:
    """One imported module: by whom, at which line, at the top of the file or inside something."""

    importer: str
    imported: str
    line: int
    is_late: bool


@dataclass(frozen=True)
class Module:
    """One file of the project: its dotted name and its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """`queries` for app.queries.agendas, `scheduler` for scheduler.check."""
        parts = self.name.split(".")
        return parts[1] if parts[0] == "app" and len(parts) > 1 else parts[0]

    @property
    def imports(self) -> list[Import]:
        top = {id(node) for node in self.tree.body}
        return [
            Import(self.name, name, node.lineno, id(node) not in top)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in _names(node)
        ]


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    module = node.module or ""
    return [f"{module}.{alias.name}" for alias in node.names]


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of app/, scheduler/ and config.py."""
    files = [ROOT / "config.py", *ROOT.glob("app/**/*.py"), *ROOT.glob("scheduler/**/*.py")]
    return tuple(
        Module(_dotted(path), path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(files)
    )


def _dotted(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(dotted: str) -> str | None:
    """The room an imported name lives in, None when it is not ours."""
    parts = dotted.split(".")
    if parts[0] in ("scheduler", "config"):
        return parts[0]
    if parts[0] == "app":
        return parts[1] if len(parts) > 1 else "app"
    return None
