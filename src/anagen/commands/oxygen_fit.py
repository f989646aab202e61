"""`anagen oxygen fit`: solve the field at many points and fit the closure that the stages use to it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from anagen.terminal import plain_errors, print_json

FEWEST, MOST, USUAL = 5, 12, 9
"""Powers of 2 of the number of points."""
LARGEST_SEED = 2**32 - 1
MOST_THREADS = 256
FOLDER = Path("closure-fit")


def fit(
    out: Annotated[Path, typer.Option(help="The folder of the new evidence files.")] = FOLDER,
    power: Annotated[int, typer.Option(min=FEWEST, max=MOST, help="Solve 2 to this power points.")] = USUAL,
    seed: Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="Of the scrambling of the points.")] = 1,
    threads: Annotated[
        int, typer.Option(min=1, max=MOST_THREADS, help="Networks solved at once; no result depends on it.")
    ] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Solve the oxygen field at points of a design and fit the closure that the model uses to it.

    It takes some minutes. Nothing of the model changes: the files go to a folder of your own, laid out as the package's
    evidence, with how far the closure is off at the points it was fitted to and at others.

    Example: anagen oxygen fit --out closure-fit --power 7

    Exit status: 0 written; 2 the folder cannot be written, or a number of points not be used.
    """
    with plain_errors():
        from anagen.oxygen.fit import fit_closure
        from anagen.oxygen.fit_design import Design, solve_design
        from anagen.oxygen.fit_file import check_fit_folder, write_fit

        check_fit_folder(out)
        design = Design(points=2**power, seed=seed)
        with _progress("solving fields") as progress:
            solved = solve_design(design, threads, progress)
        found = fit_closure(solved)
        paths = write_fit(out, design, solved, found)
        said = to_dict(found)
        if as_json:
            print_json({**said, "files": [str(path) for path in paths]})
            return
        for line in words(said):
            typer.echo(line)
        for path in paths:
            typer.echo(f"written: {path}")


@contextmanager
def _progress(what: str) -> Generator[Callable[[int, int], None], None, None]:
    """A progress bar on standard error; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def to_dict(found: Any) -> dict[str, Any]:
    """A fit as JSON has it."""
    from dataclasses import asdict
    from math import isfinite

    return {
        "coefficients": found.records,
        "errors": {
            name: {"fitted": asdict(fitted), "kept": asdict(kept)} for name, (fitted, kept) in found.errors.items()
        },
        "chance_of_a_mean_mmhg": found.chance if isfinite(found.chance) else None,
    }


TITLES = {
    "bulb_mean": "mean of the bulb, mmHg",
    "bulb_min": "lowest in the bulb, mmHg",
    "hypoxic_share": "share of the bulb below 10 mmHg",
    "spread": "spread of bulbs' means over networks, mmHg",
    "minimum_spread": "spread of bulbs' minima over networks, mmHg",
    "share_spread": "spread of that share over networks",
}


def words(said: dict[str, Any]) -> list[str]:
    """A fit in a few lines."""
    lines = ["How far the closure is off (root of the mean square; share explained; worst), fitted and kept points:"]
    for name, title in TITLES.items():
        parts = [said["errors"][name][which] for which in ("fitted", "kept")]
        figures = (f"{one['rmse']:.2g}; {one['r2']:.3f}; {one['largest']:.2g}" for one in parts)
        lines.append(f"  {title}: {' and '.join(figures)}")
    chance = said["chance_of_a_mean_mmhg"]
    if chance is not None:
        lines.append(f"  chance alone, of which networks were drawn, moves a point's mean by {chance:.2g} mmHg.")
    return lines
