"""`anagen doctor`: whether this installation is well, and its kernels ready."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from anagen.terminal import plain_errors, print_json

ILL = 1
COLUMN = 12


def doctor(
    get_warm: Annotated[
        bool, typer.Option("--warm", help="Compile and keep all kernels now, and remove those of other versions.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Look whether this installation is well: versions, engine, device, foods, arrows and the sources of numbers.

    Example: anagen doctor

    Example: anagen doctor --warm

    Exit status: 0 all is well; 1 something is wrong, and is said.
    """
    with plain_errors():
        from anagen.commands import doctor_checks, doctor_engine

        made = []
        if get_warm:
            if sys.stderr.isatty():
                typer.echo("compiling; some ten seconds ...", err=True)
            made = [doctor_engine.warm()]
        found = [
            *doctor_checks.versions(), doctor_engine.engine(), *made, doctor_engine.device(),
            doctor_checks.imported_foods(), doctor_checks.arrows(), doctor_checks.records(),
        ]  # fmt: skip
        wrong = [fault for one in found for fault in one.wrong]
        if as_json:
            print_json({"well": not wrong, "wrong": wrong, **{one.name: one.facts for one in found}})
        else:
            for one in found:
                typer.echo(f"{one.name:<{COLUMN}}{one.says}")
            typer.echo("\n".join(f"wrong: {fault}" for fault in wrong) if wrong else "All is well.")
    raise typer.Exit(ILL if wrong else 0)
