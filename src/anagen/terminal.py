"""What every command shares: plain errors with the documented status, and JSON."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager

import typer

from anagen.errors import AnagenError

CANNOT_USE = 2
INTERRUPTED = 130


@contextmanager
def plain_errors() -> Generator[None, None, None]:
    """Show what a user can mend in plain sentences, and leave with the documented status."""
    try:
        yield
    except AnagenError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(CANNOT_USE) from None
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
        raise typer.Exit(INTERRUPTED) from None


def print_json(found: object) -> None:
    """One JSON object, without NaN."""
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
