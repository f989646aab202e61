"""Serving the page on this computer: a socket of 127.0.0.1, uvicorn on it, and a browser that opens it."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from anagen.errors import AnagenError
from anagen.web.lean import lean_numba, no_garbage

if TYPE_CHECKING:
    import uvicorn

    from anagen.web.state import State

HOST = "127.0.0.1"
LARGEST_REQUEST = 65_536
"""Bytes of a request's head that are read, more than an address may have: so that a refusal is a sentence."""
PATIENCE = 2
BACKLOG = 128


class PortError(AnagenError):
    """A port that cannot be listened on."""


def listening(port: int) -> socket.socket:
    """A socket on 127.0.0.1 alone; port 0 is a free one. Raises PortError."""
    # named as TCP, or asyncio would leave small packets to wait for each other (Nagle), 40 ms an answer
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(BACKLOG)  # from here on a browser waits, where it would be refused
    except OSError as error:
        listener.close()
        raise PortError(
            f"--port {port}: it cannot be used here ({error.strerror}); leave it out for a free one"
        ) from None
    return listener


def start_state(file: Path | None) -> State | None:
    """The state of a file; raises ScenarioError where it cannot be used."""
    if file is None:
        return None
    from anagen.reading import SCENARIO
    from anagen.web.state import state_of_toml

    return state_of_toml(SCENARIO.text(file), str(file))


def _server(start: State | None, file: Path | None, port: int) -> uvicorn.Server:
    """The page behind uvicorn, imported while a browser starts."""
    import uvicorn

    from anagen.web.app import application

    lean_numba()
    config = uvicorn.Config(
        application(start, file, port),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        http="h11",
        proxy_headers=False,
        h11_max_incomplete_event_size=LARGEST_REQUEST,
        limit_concurrency=200,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=PATIENCE,
    )
    return uvicorn.Server(config)


def serve(
    file: Path | None,
    port: int,
    open_browser: bool,
    say: Callable[[str], None],
    meanwhile: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """Serve until stopped with Ctrl-C, with `meanwhile` around it. Who asks before the page is ready waits for it."""
    start = start_state(file)
    listener = listening(port)
    port = int(listener.getsockname()[1])
    address = f"http://{HOST}:{port}/"
    say(f"{address}  (Ctrl-C stops it; nothing leaves this computer)")
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    with suppress(KeyboardInterrupt):  # Ctrl-C, which uvicorn hands on once it has stopped
        with no_garbage():
            server = _server(start, file, port)
        with meanwhile():
            server.run(sockets=[listener])
