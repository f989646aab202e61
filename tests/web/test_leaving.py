"""Who leaves leaves no work behind, on any route, as a real server and a closed socket have it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn")

import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from anagen.web import app as app_module
from anagen.web.server import listening
from anagen.web.work import Ticket, Works
from tests.web.conftest import HOST

PATIENCE = 120
WITHOUT_WORK = {"/page.css", "/anagen.js", "/scenario.toml", "/entry", "/keep"}
"""Routes that work nothing out; every other one works in a thread that can be told to stop."""
IN_ONE_PIECE = {"/arrow/{name}", "/tour"}
"""Routes whose work is one short piece."""
COMPUTING = sorted({path for path, _ in app_module.ROUTES} - WITHOUT_WORK)
ASKED = {"/arrow/{name}": "/arrow/androgen-drives-miniaturization", "/claims": "/claims?name=calcium-chokes-follicles"}


def address_of(path: str, person: str) -> str:
    """An address that makes a route work: of a person nobody asked about before."""
    asked = ASKED.get(path, path)
    return f"{asked}{'&' if '?' in asked else '?'}p=age:41;sex:male;name:{person}&t1=kind:massage;dose:4 min&flow=17"


@pytest.fixture
def served() -> Iterator[tuple[Starlette, int]]:
    """A server of its own thread, and its port."""
    listener = listening(0)
    app = app_module.application()
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield app, listener.getsockname()[1]
    server.should_exit = True
    thread.join(PATIENCE)
    assert not thread.is_alive()


@pytest.mark.parametrize("path", COMPUTING)
def test_a_closed_connection_ends_the_work(
    served: tuple[Starlette, int], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()
    plain = Works.run

    async def until_stopped(self: Works, request: Any, reader: str, work: Callable[..., Any]) -> Any:
        def job(stopped: Callable[[], bool]) -> None:
            begun.set()
            for _ in range(100 * PATIENCE):
                if stopped():
                    ended.set()
                    return
                threading.Event().wait(0.01)

        return await plain(self, request, reader, job)

    monkeypatch.setattr(Works, "run", until_stopped)
    with socket.create_connection(("127.0.0.1", served[1])) as line:
        query = address_of(path, "nobody").replace(" ", "%20")
        line.sendall(f"GET {query} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode())
        assert begun.wait(PATIENCE), f"{path} works nothing out in a thread: is it one of WITHOUT_WORK?"
    assert ended.wait(PATIENCE), f"{path} goes on working for somebody who left"


@pytest.mark.parametrize("path", sorted(set(COMPUTING) - IN_ONE_PIECE))
def test_the_work_itself_asks_whether_to_go_on(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def stopped(_: Ticket) -> bool:
        asked.append(1)
        return threading.current_thread() is not watching and len(asked) > 3

    client = TestClient(app_module.application(), base_url=HOST, follow_redirects=False)
    watching: threading.Thread | None = None
    plain = Works.run

    async def noted(self: Works, *rest: Any) -> Any:
        nonlocal watching
        watching = threading.current_thread()
        return await plain(self, *rest)

    monkeypatch.setattr(Works, "run", noted)
    monkeypatch.setattr(Ticket, "stopped", stopped)
    assert client.get(address_of(path, re.sub(r"\W", "", f"stopped{path}"))).status_code == 204


@pytest.mark.parametrize("path", sorted(WITHOUT_WORK))
def test_routes_without_work_use_no_thread(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(Works, "run", refused)
    client = TestClient(app_module.application(), base_url=HOST, follow_redirects=False)
    assert client.get(f"{path}?p=age:41;sex:male&say=mag citrate 500").status_code in (200, 303)


def test_noise_on_the_line_leaves_the_server_as_it_was(served: tuple[Starlette, int]) -> None:
    port = served[1]
    for noise in (b"", b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"A" * 70_000,
                  b"POST /open HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 50\r\n\r\nshort"):  # fmt: skip
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(noise)
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /page.css HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")
        assert line.recv(15) == b"HTTP/1.1 200 OK"
