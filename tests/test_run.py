# SPDX-License-Identifier: EUPL-1.2
"""The two commands: what they say, what they refuse, and the locks they install from."""

import json
import os
import re
import shutil
import subprocess
import time

import pytest

from config import PROJECT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"]


def start(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROJECT / "run"), *words],
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9_.-]+==[^ ;\\]+)", (PROJECT / lock).read_text(), re.M))


@pytest.mark.parametrize("word", ["help", "-h", "--help"])
def test_help_names_every_command(word):
    said = start(word)
    assert said.returncode == 0
    for command in ("test", "check", "demo", "solve", "flask"):
        assert f"./run {command}" in said.stdout


def test_an_unknown_command_is_refused_with_the_list():
    said = start("sevre")
    assert said.returncode == 2
    assert "./run test" in said.stderr


def test_a_wrong_setting_stops_the_start_before_anything_is_installed():
    began = time.monotonic()
    said = start(PORT="huit mille")
    assert said.returncode == 2
    assert "PORT: “huit mille”" in said.stderr
    assert "Traceback" not in said.stderr
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("shell", ["dash", "bash", "busybox"])
def test_every_small_shell_can_read_it(shell):
    if not shutil.which(shell):
        pytest.skip(f"{shell} absent")
    command = [shell, "sh", "-n"] if shell == "busybox" else [shell, "-n"]
    subprocess.run([*command, str(PROJECT / "run")], check=True)


def test_the_machine_asks_for_the_checks_then_the_tests():
    lines = (PROJECT / ".ci" / "run").read_text().splitlines()
    assert [line.split("<")[0].strip() for line in lines if line.startswith("./run")] == [
        "./run check",
        "./run test",
    ]
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock):
    text = (PROJECT / lock).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index-url" not in text


def test_one_install_is_enough_for_the_tests():
    assert pins("requirements.lock") < pins("requirements-dev.lock")


def test_the_front_end_lock_holds_checksums_and_no_download_address():
    lock = json.loads((PROJECT / "package-lock.json").read_text())
    borrowed = {path: entry for path, entry in lock["packages"].items() if path}
    assert borrowed
    assert all(entry["integrity"].startswith("sha512-") for entry in borrowed.values())
    assert not any("resolved" in entry for entry in borrowed.values())
