"""One page for all tests of it, asked as a browser on this computer asks; nothing is collected where it cannot run."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import FLAGS, Visits, chromium, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

HOST = "http://127.0.0.1"
NEEDED = ("starlette", "uvicorn", "httpx2")
collect_ignore_glob = [] if all(find_spec(name) for name in NEEDED) else ["test_*.py"]


@pytest.fixture(scope="session")
def app() -> Starlette:
    from anagen.web.app import application

    return application()


@pytest.fixture(scope="session")
def client(app: Starlette) -> TestClient:
    from starlette.testclient import TestClient

    return TestClient(app, base_url=HOST, raise_server_exceptions=True, follow_redirects=False)


@pytest.fixture(scope="session")
def token(app: Starlette) -> str:
    return str(app.state.site.token)


@pytest.fixture
def bare() -> dict[str, str]:
    """The address of somebody of whom little is known: quick to work out."""
    return {"v": "1", "p": "age:40;sex:male"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture
def visits(browser: Browser, address: str) -> Iterator[Visits]:
    """Pages of one server; a request to any other host, and any error on a page, fails the test."""
    found = Visits(browser, address)
    yield found
    found.close()
    assert found.wrong == []
