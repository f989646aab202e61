"""Running asynchronous work in a thread of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import anyio


def run_apart(main: Callable[[], Awaitable[None]]) -> None:
    """Run in a thread of its own: a browser that is open for other tests holds this one's loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(anyio.run, main).result()
