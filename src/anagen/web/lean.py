"""A quick and lean start: numba loads no more than the page's kernels need, and no garbage is looked for meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from typing import Any

FREED_EVERY = (50_000, 20, 20)
"""New objects between two looks for garbage: a request makes some ten thousand, nearly all gone when it ends."""


@contextmanager
def no_garbage() -> Generator[None]:
    """Import and prepare without looking for garbage; what stands at the end is never looked through again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*FREED_EVERY)
        gc.enable()


class Later:
    """What is made when it is first asked for anything."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Any:
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)


def _no_blas() -> None:
    raise ImportError


def lean_numba() -> None:
    """Keep numba from two things that it does in every process before its first kernel; kernels stay what they are.

    It imports scipy's linear algebra (0.14 s, 29 MB), which only a kernel that multiplies matrices needs; none of these
    does. And it compiles its counting of references (0.03 s, 20 MB), which a kernel that was compiled before has with
    it: here it waits for one that is compiled anew.
    """
    if find_spec("numba") is None:
        return
    from numba.core.runtime import nrtdynmod
    from numba.np import linalg

    if hasattr(linalg, "ensure_blas"):
        linalg.ensure_blas = _no_blas
    if hasattr(nrtdynmod, "compile_nrt_functions"):
        compiled = nrtdynmod.compile_nrt_functions
        nrtdynmod.compile_nrt_functions = lambda ctx: Later(lambda: compiled(ctx))  # pyright: ignore[reportUnknownLambdaType]
