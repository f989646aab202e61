"""The library that writes SBML (python-libsbml), loaded only when something is exported."""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from typing import Any

from anagen.errors import AnagenError

INSTALL = "pip install 'anagen[sbml]'"


class SbmlMissing(AnagenError):
    """The libraries that the export needs are not installed."""


class SbmlDefect(Exception):
    """The library refused what it was given; a defect of the package, not of the user."""


@cache
def library() -> Any:
    """The module libsbml; raises SbmlMissing, with how to install it, where it (or sympy) is not there."""
    try:
        import_module("sympy")
        with warnings.catch_warnings():  # newer Pythons warn of types that the library's wrapper makes
            warnings.simplefilter("ignore", DeprecationWarning)
            return import_module("libsbml")
    except ImportError as error:
        missing = error.name or "python-libsbml"
        raise SbmlMissing(f"export sbml needs {missing}, which is not installed; install it: {INSTALL}") from None


def done(code: int, what: str) -> None:
    """Raise SbmlDefect where a call of the library says that it failed."""
    if code != library().LIBSBML_OPERATION_SUCCESS:
        raise SbmlDefect(f"{what}: {library().OperationReturnValue_toString(code)}")
