# SPDX-License-Identifier: EUPL-1.2
"""A room imports from rooms below it, never above, never beside."""

import subprocess
import sys

from tests.architecture.house import MAY_IMPORT, ROOT, SUBJECTS, modules, room_of

TOOLS = {
    "ortools": {"scheduler"},
    "numba": {"scheduler"},
    "weasyprint": {"app.documents.pdf"},
    "icalendar": {"app.documents.calendars"},
    "segno": {"app.documents.badges"},
    "flask_login": {"app.web.shared.login"},
    "flask_babel": {"app.language.translate"},
    "flask_mailman": {"app.mail.post"},
    "huey": {"app.jobs.queue"},
    "flask_sqlalchemy": {"app.models.base"},
    "flask_migrate": {"app.factory"},
    "stdnum": {"app.rules.companies"},
    "argon2": {"app.actions.passwords", "app.actions.accounts"},
}
MAY_BE_LATE = ("weasyprint", "ortools", "numba")


def test_rooms_import_only_from_below():
    wrong = [
        f"{module.name}:{found.line} imports {found.imported}"
        for module in modules()
        if module.room in MAY_IMPORT
        for found in module.imports
        if (room := room_of(found.imported)) is not None
        and room != module.room
        and room not in MAY_IMPORT[module.room]
    ]
    assert wrong == []


def test_only_the_factory_sees_every_room():
    outside = {module.room for module in modules()} - set(MAY_IMPORT)
    assert outside <= {"app", "factory"}


def test_the_map_of_the_rooms_imports_nothing():
    (front,) = [module for module in modules() if module.name == "app"]
    assert front.imports == []


def test_rules_and_the_scheduler_load_without_flask_or_a_database():
    asked = "import app.rules.permissions, scheduler, sys; print(sorted(sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "flask" not in answer.stdout
    assert "sqlalchemy" not in answer.stdout


def test_the_scheduler_knows_no_framework_no_clock_of_ours_and_no_network():
    foreign = {
        "flask",
        "sqlalchemy",
        "huey",
        "requests",
        "socket",
        "urllib",
        "http",
        "app",
        "config",
    }
    wrong = [
        f"{module.name}:{found.line} imports {found.imported}"
        for module in modules()
        if module.room == "scheduler"
        for found in module.imports
        if found.imported.split(".")[0] in foreign
    ]
    assert wrong == []


def test_one_tool_has_one_home():
    wrong = [
        f"{module.name}:{found.line} imports {found.imported}"
        for module in modules()
        for found in module.imports
        if (homes := TOOLS.get(found.imported.split(".")[0])) is not None
        and not any(module.name == home or module.name.startswith(home + ".") for home in homes)
    ]
    assert wrong == []


def test_only_config_reads_the_environment():
    wrong = [
        module.name
        for module in modules()
        if module.name != "config" and "os.environ" in module.path.read_text(encoding="utf-8")
    ]
    assert wrong == []


def test_only_the_clock_asks_what_time_it_is():
    asking = ("datetime.now(", "datetime.utcnow(", "date.today(")
    wrong = [
        module.name
        for module in modules()
        if module.name != "app.models.clock"
        and any(call in module.path.read_text(encoding="utf-8") for call in asking)
    ]
    assert wrong == []


def test_no_import_is_late_but_of_two_slow_tools():
    wrong = [
        f"{module.name}:{found.line} imports {found.imported} late"
        for module in modules()
        for found in module.imports
        if found.is_late
        and found.imported.split(".")[0] not in MAY_BE_LATE
        and not _belongs_to_a_lazy_tool(found.imported)
    ]
    assert wrong == []


def _belongs_to_a_lazy_tool(imported: str) -> bool:
    return imported.startswith("scheduler.")


def test_a_subject_uses_earlier_subjects_only():
    wrong = [
        f"{module.name}:{found.line} uses the later subject {found.imported}"
        for module in modules()
        if module.room in ("rules", "models", "actions")
        and (mine := module.name.split(".")[-1]) in SUBJECTS
        for found in module.imports
        for other in found.imported.split(".")[2:3]
        if other in SUBJECTS
        and room_of(found.imported) == module.room
        and SUBJECTS.index(other) > SUBJECTS.index(mine)
    ]
    assert wrong == []


def test_no_drawer_is_called_utils():
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert [module.name for module in modules() if vague & set(module.name.split("."))] == []
