"""The command: what it listens on, what it says, and what it refuses."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

pytest.importorskip("uvicorn")

from anagen import kernel_cache
from anagen.cli import app
from anagen.commands import serve as command
from anagen.web.server import HOST, PortError, listening, start_state

EXAMPLES = Path(__file__).parents[2] / "examples"


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["serve", "--no-open", *arguments], catch_exceptions=False)
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_missing_file_and_a_bad_one_are_refused_before_anything_listens(tmp_path: Path) -> None:
    assert "there is no such file" in refused(str(tmp_path / "none.toml"))
    bad = tmp_path / "bad.toml"
    bad.write_text('[person]\nage = 340\nsex = "femal"\n', encoding="utf-8")
    assert len(refused(str(bad)).strip().splitlines()) == 2


def test_a_port_in_use_is_refused_in_a_sentence() -> None:
    taken = listening(0)
    port = taken.getsockname()[1]
    try:
        with pytest.raises(PortError, match=f"--port {port}"):
            listening(port)
    finally:
        taken.close()


def test_it_listens_on_this_computer_alone_and_on_a_free_port() -> None:
    one, other = listening(0), listening(0)
    assert one.getsockname()[0] == other.getsockname()[0] == HOST == "127.0.0.1"
    assert one.getsockname()[1] != other.getsockname()[1]
    assert one.proto == socket.IPPROTO_TCP
    one.close()
    other.close()


def test_without_the_two_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "NEEDED", ("starlette", "no_such_package"))
    assert 'pip install "anagen[web]"' in refused()


def test_the_command_itself_imports_nothing_of_the_page() -> None:
    code = (
        "import sys, anagen.cli\n"
        "heavy = {'starlette', 'uvicorn', 'htpy', 'numpy', 'xarray', 'anagen.web'} & set(sys.modules)\n"
        "assert not heavy - {'numpy', 'htpy'}, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_file_is_what_the_page_starts_from_and_ctrl_c_ends_it() -> None:
    assert start_state(None) is None
    arguments = [sys.executable, "-m", "anagen", "serve", str(EXAMPLES / "nothing.toml"), "--no-open"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        address = server.stdout.readline().split()[0]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}scenario.toml", timeout=30) as answer:
            assert 'name = "nobody in particular"' in answer.read().decode()
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0
        assert "Traceback" not in server.stderr.read()


def test_kernels_that_were_never_compiled_are_compiled_aside_and_left_with_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANAGEN_CACHE", str(tmp_path))
    begun: list[subprocess.Popen[bytes]] = []
    plain = subprocess.Popen

    def noted(*arguments: Any, **how: Any) -> Any:
        begun.append(plain(*arguments, **how))
        return begun[-1]

    monkeypatch.setattr(command.subprocess, "Popen", noted)
    with command.kernels_aside():
        (aside,) = begun
        assert aside.poll() is None
    assert aside.poll() is not None
    kernel_cache.mark_warm("follicle")
    with command.kernels_aside():
        assert len(begun) == 1  # nothing is left to do
