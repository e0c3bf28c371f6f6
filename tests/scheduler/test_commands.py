# SPDX-License-Identifier: EUPL-1.2
"""The command line: files in, files out, exit codes, one sentence for what is wrong."""

import json
from pathlib import Path

import pytest

from scheduler import problem_to_json, solution_from_json
from scheduler.commands import main
from tests.scheduler.fairs import fair, wish

CROWD = fair([wish(f"w{n}", "b1", f"c{n}") for n in range(3)], count=2)


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(problem_to_json(CROWD)), encoding="utf-8")
    return file


@pytest.fixture
def solution_file(problem_file: Path) -> Path:
    file = problem_file.with_name("solution.json")
    assert main(["solve", str(problem_file), "--seconds", "1", "--out", str(file)]) == 0
    return file


def test_solve_writes_an_answer_that_check_accepts(
    problem_file: Path, solution_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solution = solution_from_json(json.loads(solution_file.read_text()))
    assert solution.status == "optimal"
    assert len(solution.problem) == 64
    assert main(["check", str(problem_file), str(solution_file)]) == 0
    assert "valid" in capsys.readouterr().out


def test_check_names_the_broken_rule(
    problem_file: Path, solution_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(solution_file.read_text())
    document["meetings"][0]["slot"] = document["meetings"][1]["slot"]
    solution_file.write_text(json.dumps(document))
    assert main(["check", str(problem_file), str(solution_file)]) == 1
    assert "H2" in capsys.readouterr().out


def test_a_bad_file_gets_one_sentence_and_exit_2(
    problem_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(problem_file.read_text())
    document["wishes"][1]["value"] = -1
    problem_file.write_text(json.dumps(document))
    assert main(["solve", str(problem_file)]) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("wishes[1].value") and "\n" not in error


def test_a_proven_infeasible_fair_is_an_answer(
    problem_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(problem_file.read_text())
    for item in document["wishes"]:
        item["must"] = True
    problem_file.write_text(json.dumps(document))
    assert main(["solve", str(problem_file)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["status"] == "infeasible"
    assert "b1" in printed.err


def test_explain_gives_the_reason_and_the_unblock(
    problem_file: Path, solution_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left_out = json.loads(solution_file.read_text())["unplaced"][0]["wish"]
    assert main(["explain", str(problem_file), str(solution_file), left_out]) == 0
    assert json.loads(capsys.readouterr().out)["reason"] == "party_full"
    assert main(["explain", str(problem_file), str(solution_file), "nothing"]) == 2


def test_repair_reads_an_event_and_writes_the_answer(
    problem_file: Path, solution_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = problem_file.with_name("event.json")
    event.write_text(json.dumps({"now": 2, "cancel": ["c0"], "theta": 1}))
    assert main(["repair", str(problem_file), str(solution_file), str(event)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["format"] == "passerelle/solution@1"
    assert "few_moves" in printed.err


def test_what_if_and_sample_and_warm_answer(
    problem_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["what-if", str(problem_file), "--slots", "1"]) == 0
    assert "worth at most 1" in capsys.readouterr().out
    assert main(["sample", "--size", "30"]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == "passerelle/problem@1"
