"""Work of some seconds, one piece at a time for the whole server, so that the page's own threads stay free."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from starlette.requests import Request

from anagen.web.work import Works

T = TypeVar("T")

_one_at_a_time = Works(1)


def give_back_memory() -> None:
    """Hand what was freed back to the system, where the C library can (glibc); it would keep tens of MB of fields."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


async def slowly(request: Request, work: Callable[[Callable[[], bool]], T]) -> T:
    """What `work` gives; others who ask wait for their turn. Raises Stopped or TooLong as `Works.run` does."""

    def tidy(stopped: Callable[[], bool]) -> T:
        try:
            return work(stopped)
        finally:
            give_back_memory()

    return await _one_at_a_time.run(request, "", tidy)
