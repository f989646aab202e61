"""A real browser for the tests of the page: Debian's chromium or the like, and pages that may ask this computer alone.

Tests that need it are skipped where there is none. `ANAGEN_BROWSER=0` leaves them out; a path names another Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAMES = ("chromium", "chromium-browser")
FLAGS = (
    "--no-sandbox",  # in a container, or as root, it would not start
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 180_000
"""Milliseconds: how long a busy computer may take, or one that compiles first. Nothing waits as long as it need not."""
READY = re.compile("so far")


def chromium() -> str | None:
    """Where a Chromium is; None where there is none, or none is wanted."""
    wish = os.environ.get("ANAGEN_BROWSER", "")
    if wish == "0":
        return None
    return wish if Path(wish).is_file() else next(filter(None, map(shutil.which, NAMES)), None)


needs_browser = pytest.mark.skipif(
    chromium() is None or any(find_spec(name) is None for name in ("playwright", "uvicorn")),
    reason="no Chromium here, or none is wanted",
)


@contextmanager
def served(*arguments: str) -> Iterator[str]:
    """A server of its own process; its address."""
    command = [sys.executable, "-m", "anagen", "serve", "--no-open", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        try:
            yield server.stdout.readline().split()[0]
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE / 1000)
        assert "Traceback" not in server.stderr.read()


class Visits:
    """Pages in contexts of their own. What they ask of others, and what goes wrong on them, stands in `wrong`."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address, self.wrong = browser, address, list[str]()
        self.contexts: list[Any] = []

    def open(self, path: str = "/", **how: Any) -> Page:
        """A page at an address of the server, or at a file."""
        from playwright.sync_api import expect

        expect.set_options(timeout=PATIENCE)
        context = self.browser.new_context(**how)
        self.contexts.append(context)
        context.route("**/*", self._guard)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.set_default_timeout(PATIENCE)
        page.goto(path if path.startswith("file:") else self.address + path.removeprefix("/"))
        return page

    def _guard(self, route: Any) -> None:
        if route.request.url.startswith((self.address, "data:", "file:", "blob:")):
            route.continue_()
        else:
            self.wrong.append(f"asked {route.request.url}")
            route.abort()

    def close(self) -> None:
        """Leave every page."""
        for one in self.contexts:
            one.close()


def region(page: Page, name: str) -> Locator:
    """A part of the page by its name."""
    return page.get_by_role("region", name=name, exact=True)


def whole(page: Page) -> None:
    """Wait for all draws, and for the scalp."""
    from playwright.sync_api import expect

    expect(region(page, "What to expect")).not_to_contain_text(READY)
    expect(region(page, "The scalp, drawn").get_by_role("img").first).to_be_visible()
