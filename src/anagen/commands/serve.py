"""`anagen serve`: the page, on this computer alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from anagen.errors import AnagenError
from anagen.terminal import plain_errors

NEEDED = ("starlette", "uvicorn")
ASIDE = """
import os
from anagen.commands.doctor_engine import compile_kernels
from anagen.kernel_cache import use_folder
if hasattr(os, "nice"):
    os.nice(15)
if use_folder():
    compile_kernels()
"""
"""Compile the kernels for the processes to come, where they can be kept, and get in nobody's way."""


@contextmanager
def kernels_aside() -> Generator[None]:
    """Where the kernels were never compiled on this computer, do it meanwhile, in a process of its own.

    Until they are ready the page answers by the readable engine, with the same numbers, more slowly.
    """
    from anagen.kernel_cache import is_warm

    if find_spec("numba") is None or is_warm("follicle"):
        yield
        return
    typer.echo("The first time on this computer the page is slow; it gets quick within a minute or so.")
    aside = subprocess.Popen(
        [sys.executable, "-c", ASIDE], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        aside.terminate()
        aside.wait()


def serve(
    file: Annotated[
        Path | None,
        typer.Argument(help="A scenario to start from (see examples/); a sample, left out.", show_default=False),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of 127.0.0.1; 0 is a free one.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
) -> None:
    """Open the page: move what you do and what you believe, and see which of the two makes the difference.

    Example: anagen serve

    Example: anagen serve examples/thread.toml --port 8000 --no-open

    It listens on 127.0.0.1 alone, asks no other host for anything, and keeps nothing. Exit status: 0 stopped; 2 a file
    or a port cannot be used.
    """
    with plain_errors():
        if any(find_spec(name) is None for name in NEEDED):
            raise AnagenError('the page needs two more packages; install them with: pip install "anagen[web]"')
        from anagen.web.server import serve as serve_page

        serve_page(file, port, not no_open, typer.echo, kernels_aside)
