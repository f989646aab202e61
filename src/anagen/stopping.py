"""Work that ends early where nobody waits for it any more: it asks now and then, and is told by whoever began it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar


class Stopped(Exception):
    """Nobody waits for this work any more."""


def never() -> bool:
    """Of work that is waited for to its end."""
    return False


_stopped: ContextVar[Callable[[], bool]] = ContextVar("stopped", default=never)


@contextmanager
def stopping(stopped: Callable[[], bool]) -> Generator[None]:
    """Within it, `go_on` asks `stopped` whether to end."""
    before = _stopped.set(stopped)
    try:
        yield
    finally:
        _stopped.reset(before)


def go_on() -> None:
    """Raise Stopped where nobody waits any more; else do nothing."""
    if _stopped.get()():
        raise Stopped
