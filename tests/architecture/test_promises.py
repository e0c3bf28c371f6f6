# SPDX-License-Identifier: EUPL-1.2
"""Promises kept everywhere: each test checks a whole class of mistakes once."""

import ast
import inspect
import re
from importlib import import_module

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.jobs.handlers import HANDLERS
from app.language import refusals, words
from app.rules.permissions import POLICY, Permission
from app.web.routes import ROUTES, endpoint_of
from tests.architecture.house import ROOT, modules

CHANGING = ("db.session.add", "db.session.delete", "db.session.commit", "remember(", "later(")


def calls_named(*names: str):
    """Every call of a function of one of these names: (module, call)."""
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else None
                called = called or (node.func.id if isinstance(node.func, ast.Name) else None)
                if called in names:
                    yield module, node


def first_text(call: ast.Call) -> str | None:
    if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
        return call.args[0].value
    return None


def test_every_page_says_who_may_enter():
    assert [endpoint_of(page) for _, page, _ in ROUTES if not hasattr(page, "permission")] == []


def test_every_route_of_the_application_is_on_the_page_of_routes(built_app):
    known = {endpoint_of(page) for _, page, _ in ROUTES} | {"static"}
    assert {rule.endpoint for rule in built_app.url_map.iter_rules()} == known


def test_pages_that_change_something_cannot_be_asked_by_a_link():
    reading = {"GET", "HEAD", "OPTIONS"}
    changing = re.compile(
        r"\.(approve|refuse|publish|cancel|accept|decline|withdraw|remove|delete)$"
    )
    wrong = [
        endpoint_of(page)
        for _, page, methods in ROUTES
        if changing.search(endpoint_of(page)) and set(methods) <= reading
    ]
    assert wrong == []


def test_every_permission_is_in_the_policy_and_asked_for_somewhere():
    assert set(POLICY) == set(Permission)
    sources = "".join(module.path.read_text(encoding="utf-8") for module in modules())
    templates = "".join(
        path.read_text(encoding="utf-8") for path in ROOT.glob("templates/**/*.html")
    )
    unused = [
        permission.name
        for permission in Permission
        if (sources + templates).count(f"Permission.{permission.name}") < 2
    ]
    assert unused == []


def test_every_public_action_that_changes_something_is_one_transaction():
    wrong = []
    for module in modules():
        if module.room != "actions" or module.name.endswith((".base", ".actions")):
            continue
        loaded = import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ != module.name or name.startswith("_"):
                continue
            source = inspect.getsource(inspect.unwrap(function))
            if any(change in source for change in CHANGING) and not hasattr(function, "is_action"):
                wrong.append(f"{module.name}.{name}")
    assert wrong == []


def test_nobody_but_actions_and_the_tables_themselves_commits_or_adds():
    wrong = [
        f"{module.name}:{call.lineno}"
        for module, call in calls_named("add", "add_all", "delete")
        if module.room not in ("actions", "models", "scheduler")
        and ast.unparse(call.func).startswith("db.session")
    ]
    assert wrong == []


def test_every_refusal_has_its_sentence():
    raised = {
        key
        for _, call in calls_named("RuleBroken", "NotAllowed", "NotFound", "require_before")
        for key in [_key_of(call)]
        if key is not None
    }
    assert raised - set(refusals.REFUSALS) == set()
    assert set(refusals.REFUSALS) - raised - {"not_allowed", "not_found"} == set()


def _key_of(call: ast.Call) -> str | None:
    texts = [
        argument.value
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    return texts[0] if texts else None


def test_every_word_of_a_status_is_known():
    enums = {member for name, member in _all_enums() if name not in ("Permission",)}
    missing = [
        f"{kind.__name__}.{member.name}"
        for kind in enums
        for member in kind
        if (kind, member.value) not in words.WORDS
    ]
    assert missing == []


def _all_enums():
    for module in modules():
        if module.room != "rules":
            continue
        for name, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name and kind.__mro__[1].__name__ == "StrEnum":
                yield name, kind


def test_every_job_has_a_handler_and_every_handler_a_job():
    asked = {first_text(call) for _, call in calls_named("later")} - {None}
    assert asked == set(HANDLERS)


def test_history_has_one_head():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1
    names = [path.name for path in sorted((ROOT / "migrations/versions").glob("*.py"))]
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_templates_hold_no_inline_script_or_style():
    wrong = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("templates/web/**/*.html")
        if re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", path.read_text("utf-8"))
    ]
    assert wrong == []


def test_every_file_says_its_licence_and_every_module_what_it_is_for():
    wrong = []
    for module in modules():
        source = module.path.read_text(encoding="utf-8")
        if not source.startswith("# SPDX-License-Identifier: EUPL-1.2\n"):
            wrong.append(f"{module.name}: licence")
        if not ast.get_docstring(module.tree):
            wrong.append(f"{module.name}: purpose")
    assert wrong == []


@pytest.mark.parametrize("room", ["rules", "queries", "actions", "documents", "scheduler"])
def test_every_public_function_says_what_it_is_for(room):
    wrong = [
        f"{module.name}.{node.name}"
        for module in modules()
        if module.room == room
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and len(node.body) > 1
    ]
    assert wrong == []
