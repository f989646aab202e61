"""Work that ends early where nobody waits for it any more: it asks now and then, and is told by whoever began it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event
from typing import TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")


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


def in_threads(work: Callable[[Item], Found], items: Iterable[Item], threads: int) -> list[Found]:
    """The work on every item, so many at a time, in the order of the items.

    Where one fails, or Ctrl-C is pressed, those not begun are left, and those under way end where they next ask.
    """
    over, asked = Event(), _stopped.get()

    def one(item: Item) -> Found:
        with stopping(lambda: over.is_set() or asked()):
            return work(item)

    with ThreadPoolExecutor(max(1, threads)) as pool:
        try:
            return list(pool.map(one, items))
        except BaseException:
            over.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
