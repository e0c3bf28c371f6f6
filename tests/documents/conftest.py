# SPDX-License-Identifier: EUPL-1.2
"""Where the machine has no Pango, nothing is printed: those tests are skipped and say so."""

from collections.abc import Generator
from ctypes.util import find_library

import pytest

from app.documents.pdf import PdfUnavailable

PANGO = find_library("pango-1.0")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    try:
        return (yield)
    except PdfUnavailable:
        if PANGO:
            raise
        pytest.skip("Pango is absent: apt-get install libpango-1.0-0 libpangoft2-1.0-0")
