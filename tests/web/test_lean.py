"""What the page does without: what it never needs is not imported, and numba is kept lean without losing anything."""

from __future__ import annotations

import subprocess
import sys

FIRST_PAGE = """
import sys
from starlette.testclient import TestClient
from anagen.web.app import application
from anagen.web.lean import lean_numba
lean_numba()
assert TestClient(application(), base_url="http://127.0.0.1").get("/").status_code == 200
heavy = {"xarray", "pandas", "scipy.linalg", "scipy.special", "scipy.stats", "sympy", "SALib", "numpy.f2py"}
print(sorted(heavy & set(sys.modules)))
"""
ANEW = """
import numpy as np
from anagen.web.lean import lean_numba
lean_numba()
import numba
@numba.njit
def made(count):
    found = np.zeros(count)
    found[0] = sum([1.0, 2.0])
    return found
print(made(2).tolist())
"""


def said(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_the_first_page_imports_nothing_that_it_does_not_need() -> None:
    assert said(FIRST_PAGE) == "[]"


def test_a_kernel_that_is_compiled_anew_still_counts_its_references() -> None:
    assert said(ANEW) == "[3.0, 0.0]"
