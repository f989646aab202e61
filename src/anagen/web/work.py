"""Work in threads: as many at once as there are processors; the latest wish of a reader wins.

Nobody is worked for who has left.

A piece of work asks `Ticket.stopped` between its blocks of people. A newer request of the same reader stops the older
one, and so does a connection that is closed.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from threading import Event
from typing import TypeVar

import anyio
import anyio.to_thread
from starlette.requests import Request

from anagen.stopping import Stopped

T = TypeVar("T")
MOST_READERS = 500
ASKED_EVERY = 0.05
LONGEST = 60.0
"""Seconds after which a piece of work is given up."""


class TooLong(Exception):
    """The work took longer than a page may wait for."""


class Ticket:
    """One piece of work; `stop` is heard at its next block."""

    def __init__(self) -> None:
        self._event = Event()

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._event.set()

    def stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._event.is_set()


class Works:
    """The work of one server."""

    def __init__(self, threads: int | None = None) -> None:
        self.limiter = anyio.CapacityLimiter(threads or os.cpu_count() or 1)
        self._latest: OrderedDict[str, Ticket] = OrderedDict()
        self.running = 0

    def ticket(self, reader: str) -> Ticket:
        """A ticket for a reader's newest wish; the one before is stopped. A nameless reader stops nobody."""
        ticket = Ticket()
        if reader:
            before = self._latest.pop(reader, None)
            if before is not None:
                before.stop()
            self._latest[reader] = ticket
            while len(self._latest) > MOST_READERS:
                self._latest.popitem(last=False)
        return ticket

    async def run(self, request: Request, reader: str, work: Callable[[Callable[[], bool]], T]) -> T:
        """Do `work` in a thread; it is given the function that tells it to stop.

        Raises
        ------
        Stopped
            Where a newer wish of this reader came, or the reader left.
        TooLong
            Where it took longer than `LONGEST`.
        """
        ticket = self.ticket(reader)
        found: list[T] = []
        faults: list[Exception] = []

        def job() -> None:
            if ticket.stopped():
                return
            self.running += 1
            try:
                found.append(work(ticket.stopped))
            except Exception as fault:  # raised again below, where no group of tasks wraps it
                faults.append(fault)
            finally:
                self.running -= 1

        with anyio.move_on_after(LONGEST) as patience:
            async with anyio.create_task_group() as group:
                group.start_soon(self._watch, request, ticket)
                await self._in_thread(job, ticket)
                group.cancel_scope.cancel()
        if faults:
            raise faults[0]
        if found:
            return found[0]
        raise TooLong if patience.cancelled_caught else Stopped

    async def _in_thread(self, job: Callable[[], None], ticket: Ticket) -> None:
        """Run a job in a thread; where this request is canceled, its ticket ends the thread at its next block."""
        try:
            await anyio.to_thread.run_sync(job, abandon_on_cancel=True, limiter=self.limiter)
        except BaseException:
            ticket.stop()
            raise

    async def _watch(self, request: Request, ticket: Ticket) -> None:
        """Stop the work of a reader who has left."""
        while not ticket.stopped():
            if await request.is_disconnected():
                ticket.stop()
                return
            await anyio.sleep(ASKED_EVERY)
