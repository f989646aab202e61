"""The command `anagen`: check a routine, and run it into the decades ahead."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anagen.commands import acute, claims, doctor, explain, export, foods, oxygen, plan, serve
from anagen.scenario import Scenario
from anagen.terminal import plain_errors, print_json

if TYPE_CHECKING:
    from anagen.flowchart.hypotheses import Hypothesis
    from anagen.intake.ledger import Ledger
    from anagen.outlook.records import Outlook

MOST_DRAWS = 5000
LARGEST_SEED = 2**64 - 1

app = typer.Typer(
    help="A cited model of a human scalp, from the plate to the hair. A model for learning, not medical advice.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

File = Annotated[Path, typer.Argument(help="A scenario: a TOML file (see examples/).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")]


def show_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from anagen.outlook.provenance import version

        typer.echo(f"anagen {version()}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """A cited model of a human scalp, from the plate to the hair. A model for learning, not medical advice."""


Explain = Annotated[bool, typer.Option("--explain", help="Show every step of every line, with its source.")]


@app.command()
def check(file: File, as_json: Json = False, explained: Explain = False) -> None:
    """Add up the magnesium of a routine and hold it against the limit that applies.

    Example: anagen check examples/thread.toml

    Exit status: 0 within the margin or the limit (or none is set); 1 over the limit, not to be used, or only with a
    clinician; 2 the file cannot be used.
    """
    from anagen.intake.ledger import tally

    with plain_errors():
        scenario = Scenario.load(file)
        ledger = tally(scenario)
        _print_check(scenario, ledger, as_json, explained)
    raise typer.Exit(ledger.exit_status)


def _print_check(scenario: Scenario, ledger: Ledger, as_json: bool, explained: bool) -> None:
    """The ledger as JSON or for the terminal; with every step where asked."""
    if explained:
        from anagen.show.explain import explain

        explanation = explain(scenario, ledger)
    else:
        explanation = None
    if as_json:
        whole = ledger.to_dict()
        print_json(whole if explanation is None else {**whole, "explanation": explanation.to_dict()})
        return
    from rich.console import Console

    from anagen.show.text import print_ledger

    console = Console(highlight=False)
    print_ledger(ledger, console)
    if explanation is not None:
        from anagen.show.explain import print_explanation

        print_explanation(explanation, console)


@contextmanager
def progress_bar(what: str) -> Generator[Callable[[int, int], None], None, None]:
    """A progress bar on standard error; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


Hypotheses = Annotated[
    list[Path] | None,
    typer.Option(
        "--hypothesis", help="A hypothesis of one's own to run beside the built-in ones: a TOML file; may be repeated.",
        show_default=False,
    ),
]  # fmt: skip
Only = Annotated[
    list[str] | None,
    typer.Option("--only", help="Run only the hypothesis of this name; may be repeated.", show_default=False),
]
Bibtex = Annotated[
    str | None,
    typer.Option(
        help="Write the sources this run used as BibTeX; - prints them instead of the tables.",
        metavar="PATH", show_default=False,
    ),
]  # fmt: skip
PRINTED = "-"


@app.command()
def run(
    file: File,
    out: Annotated[
        Path | None, typer.Option(help="Where the report goes; report.html, unless --json.", show_default=False)
    ] = None,
    as_json: Json = False,
    draws: Annotated[int, typer.Option(min=1, max=MOST_DRAWS, help="How many people like this one.")] = 200,
    seed: Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="The same seed gives the same result.")] = 0,
    threads: Annotated[
        int | None, typer.Option(min=1, max=256, help="Left out, one a core; no result depends on it.")
    ] = None,
    hypothesis: Hypotheses = None,
    only: Only = None,
    bibtex: Bibtex = None,
) -> None:
    """Weigh a routine, look decades ahead under each hypothesis, and write a report that opens offline.

    Example: anagen run examples/thread.toml --out report.html

    Example: anagen run examples/thread.toml --hypothesis examples/hypotheses/harder-calcium.toml --bibtex used.bib

    Exit status: 0 done, whatever the verdict; 2 a file or a name cannot be used, or a file not be written.
    """
    from anagen.commands.hypotheses import asked_for

    with plain_errors():
        quiet = as_json or bibtex == PRINTED
        target = out if out is not None or quiet else Path("report.html")
        _check_targets(target, bibtex, as_json)
        scenario = Scenario.load(file)
        hypotheses = asked_for(hypothesis or [], only or [])
        _run(scenario, hypotheses, target, as_json, bibtex, draws, seed, threads)


def _check_targets(target: Path | None, bibtex: str | None, as_json: bool) -> None:
    """Refuse now what could not be written after the long work."""
    from anagen.files import FileError, check_writable

    if bibtex == PRINTED and as_json:
        raise FileError("--bibtex -: --json prints to the same place; name a file for one of the two")
    for path in (target, None if bibtex in (None, PRINTED) else Path(bibtex)):
        if path is not None:
            check_writable(path)
    if target is not None and bibtex not in (None, PRINTED) and target.resolve() == Path(bibtex).resolve():
        raise FileError(f"--bibtex {bibtex}: the report goes there; name another file")


def _run(
    scenario: Scenario,
    hypotheses: tuple[Hypothesis, ...],
    target: Path | None,
    as_json: bool,
    bibtex: str | None,
    draws: int,
    seed: int,
    threads: int | None,
) -> None:
    """Simulate, then write and print."""
    from anagen.outlook.run import run as run_scenario

    _say_it_compiles()
    for note in (note for one in hypotheses for note in one.notes):
        typer.echo(note, err=True)
    with progress_bar("growing hair") as progress:
        outlook = run_scenario(
            scenario, draws=draws, seed=seed, threads=threads, progress=progress, hypotheses=hypotheses
        )
    if target is not None:
        from anagen.files import write_whole
        from anagen.show.report import report_html

        write_whole(target, report_html(outlook))
    if bibtex is not None:
        _bibtex(outlook, bibtex)
    if as_json:
        from anagen.outlook.summary import to_dict

        print_json(to_dict(outlook))
        return
    if bibtex != PRINTED:
        _print_tables(outlook, target, bibtex)
    _say_how_to_be_faster()


def _bibtex(outlook: Outlook, path: str) -> None:
    """Write or print the sources of a run."""
    from anagen.evidence.bibtex import bibtex
    from anagen.files import write_whole

    text = bibtex(outlook.provenance.sources, f"Sources of a run of anagen {outlook.provenance.version}.")
    if path == PRINTED:
        typer.echo(text, nl=False)
    else:
        write_whole(Path(path), text)


def _print_tables(outlook: Outlook, target: Path | None, bibtex: str | None) -> None:
    """The ledger and the outlook for the terminal, and where files are."""
    from rich.console import Console

    from anagen.show.text import print_ledger
    from anagen.show.text_outlook import print_outlook

    console = Console(highlight=False)
    print_ledger(outlook.ledger, console)
    print_outlook(outlook, console)
    if target is not None:
        typer.echo(f"report: {target}")
    if bibtex is not None:
        typer.echo(f"sources: {bibtex}")


def _say_it_compiles() -> None:
    """One line before the first run of a version, which waits for numba."""
    from importlib.util import find_spec

    from anagen.flowchart.compiled import is_ready

    if find_spec("numba") is not None and not is_ready():
        typer.echo("the flowchart is compiled for this computer, once: some ten seconds more", err=True)


def _say_how_to_be_faster() -> None:
    """One line where the compiled engine is installed but was never made ready."""
    from importlib.util import find_spec

    from anagen.kernel_cache import is_warm

    if find_spec("numba") is not None and not is_warm("follicle"):
        typer.echo("runs are quicker, with the same results, after: anagen doctor --warm", err=True)


app.command()(plan.plan)
app.command()(acute.acute)
app.command()(claims.claims)
app.command()(explain.explain)
app.command()(doctor.doctor)
app.command()(serve.serve)
app.add_typer(foods.app, name="foods")
app.add_typer(export.app, name="export")
app.add_typer(oxygen.app, name="oxygen")


def entry() -> None:
    """The console script."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a letter gets "?", not a traceback
    app()
