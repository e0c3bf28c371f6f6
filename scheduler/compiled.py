# SPDX-License-Identifier: EUPL-1.2
"""The kernel compiled by numba into its cache; plain Python until the cache is warm, with the
same answers.
"""

import hashlib
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from scheduler import board, chains, insertion, judgement, kernel, settle

MODULES = (judgement, kernel, insertion, chains, settle)


def source_digest() -> str:
    """A fingerprint of the kernel, its Python and its processor: one warm cache per fingerprint."""
    text = "".join(
        Path(module.__file__ or "").read_text(encoding="utf-8") for module in (*MODULES, board)
    )
    text += sys.version + platform.machine()
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def stamp() -> Path:
    """The file whose presence says that the cache is warm."""
    return Path(__file__).parent / "__pycache__" / f"kernel-{source_digest()}.warm"


def available() -> bool:
    return find_spec("numba") is not None


def _functions(module: ModuleType) -> dict[str, FunctionType]:
    return {
        name: item
        for name, item in vars(module).items()
        if isinstance(item, FunctionType) and item.__module__ == module.__name__
    }


@cache
def jitted() -> SimpleNamespace:
    """The kernel's functions compiled (lazily, on first call) with numba, releasing the
    interpreter's lock.
    """
    import numba  # slow to import, and optional

    made: dict[str, Any] = {}
    for module in MODULES:
        names = {**vars(module), **made}
        for name, function in _functions(module).items():
            copy = FunctionType(
                function.__code__, names, name, function.__defaults__, function.__closure__
            )
            copy.__module__ = function.__module__
            made[name] = names[name] = numba.njit(cache=True, nogil=True)(copy)
    return SimpleNamespace(**made)


@cache
def plain() -> SimpleNamespace:
    """The same functions in plain Python."""
    return SimpleNamespace(**{n: f for module in MODULES for n, f in _functions(module).items()})


def is_warm() -> bool:
    return available() and stamp().exists()


def warm(rehearse: Callable[[Any], None]) -> bool:
    """Compile the kernel into its cache, as `rehearse` calls it; False where numba is absent."""
    if not available():
        return False
    if stamp().exists():
        return True
    try:
        stamp().parent.mkdir(parents=True, exist_ok=True)
        mine = stamp().with_suffix(".making")
        mine.unlink(missing_ok=True) if _is_old(mine) else None
        mine.touch(exist_ok=False)
    except OSError:
        return False
    try:
        _forget_others()
        rehearse(jitted())
        stamp().touch()
    finally:
        mine.unlink(missing_ok=True)
    return True


def _forget_others() -> None:
    """Clear what other sources left: numba looks at the file of a function alone, and would keep
    one that calls another file as that was.
    """
    folder = stamp().parent
    patterns = [f"{module.__name__.rpartition('.')[2]}.*.nb?" for module in MODULES]
    for pattern in (*patterns, "kernel-*.warm"):
        for file in folder.glob(pattern):
            file.unlink(missing_ok=True)


def _is_old(file: Path) -> bool:
    """Left behind by a compilation that was cut short."""
    return file.exists() and time.time() - file.stat().st_mtime > 120


@cache
def start_warming() -> None:
    """Compile in a process of its own, once, so that this run goes on in plain Python meanwhile."""
    if available() and not is_warm():
        command = [sys.executable, "-m", "scheduler", "warm"]
        subprocess.Popen(  # noqa: S603 - our own module
            command,
            cwd=Path(__file__).parents[1],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def functions() -> Any:
    """The compiled kernel when its cache is warm, the plain one otherwise."""
    return jitted() if is_warm() else plain()


def array(table: list[int]) -> Any:
    """The same table as the compiled kernel wants it."""
    return np.array(table, dtype=np.int64)


def is_compiled(table: Any) -> bool:
    return isinstance(table, np.ndarray)
