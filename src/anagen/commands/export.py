"""`anagen export`: the model in formats that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anagen.terminal import plain_errors

app = typer.Typer(help="Write the model in a format that other programs read.", no_args_is_help=True)


@app.command()
def sbml(
    file: Annotated[Path, typer.Argument(help="A scenario: a TOML file (see examples/).", show_default=False)],
    out: Annotated[
        Path | None, typer.Option(help="Where it goes; left out, it is printed.", show_default=False)
    ] = None,
    hypothesis: Annotated[
        str, typer.Option(help="Which arrows are on: androgen-first, calcification-first or hybrid.")
    ] = "hybrid",
    region: Annotated[
        str, typer.Option(help="Region of the scalp: frontal, mid-scalp, vertex, temporal or occipital.")
    ] = "vertex",
) -> None:
    """Write the flowchart with a scenario's plan as SBML, for simulators of other people.

    Everything up to what acts on a follicle is in it, with units and sources: SBML Level 3 Version 2. The follicles
    themselves, which live by chance, are not. It needs the extra: pip install 'anagen[sbml]'.

    Example: anagen export sbml examples/thread.toml --out thread.xml

    Exit status: 0 written; 2 the file or a name cannot be used, or the extra is not installed.
    """
    with plain_errors():
        _sbml(file, out, hypothesis, region)


def _sbml(file: Path, out: Path | None, hypothesis: str, region: str) -> None:
    """Read, write the document, and say where it is."""
    from anagen.files import check_writable, write_whole
    from anagen.outlook.export_sbml import export_sbml
    from anagen.scenario import Scenario

    if out is not None:
        check_writable(out)
    text = export_sbml(Scenario.load(file), hypothesis, region)
    if out is None:
        typer.echo(text, nl=False)
        return
    write_whole(out, text)
    typer.echo(f"sbml: {out}")
