"""`anagen oxygen`: how much oxygen reaches the bulbs of one patch of scalp, and what it takes to starve them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from anagen.commands import oxygen_fit
from anagen.terminal import plain_errors, print_json

if TYPE_CHECKING:
    from anagen.oxygen.scene import Scene

MOST_NETWORKS = 100
LARGEST_SEED = 2**63 - 1
SOLVE = "solve"
FOLDER = Path("oxygen")
SCENE_UNITS = "flow mL/hg/min; bulb_uptake 1/s; inlet_po2 mmHg; wall_resistance mmHg s/um2; lengths _um"
"""Of the attributes of a field."""


class FileFirst(TyperGroup):
    """`anagen oxygen FILE` is `anagen oxygen solve FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command's name before a file or an option that is not the group's own."""
        if args and args[0] not in (*self.commands, *self.get_help_option_names(ctx)):
            args = [SOLVE, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    help="Solve the oxygen of one patch of scalp: anagen oxygen FILE; or ask for thresholds: anagen oxygen threshold; "
    "or fit the closure anew: anagen oxygen fit.",
    no_args_is_help=True,
    cls=FileFirst,
)

app.command("fit")(oxygen_fit.fit)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")]
Threads = Annotated[
    int | None, typer.Option(min=1, max=256, help="Left out, as the file says, or one; no result depends on it.")
]


@contextmanager
def told(what: str) -> Generator[Any, None, None]:
    """A line on standard error that says how far the work is; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)

        def tell(words: str, done: int | None = None, total: int | None = None) -> None:
            progress.update(task, description=words, completed=done, total=total)

        yield tell


@app.command(SOLVE)
def solve(
    file: Annotated[Path, typer.Argument(help="A patch: a TOML file (see examples/oxygen/).", show_default=False)],
    out: Annotated[
        Path | None, typer.Option(help="The folder of the drawings; oxygen, unless --json.", show_default=False)
    ] = None,
    field: Annotated[
        Path | None, typer.Option(help="Write the whole field as netCDF; needs anagen[store].", show_default=False)
    ] = None,
    png: Annotated[bool, typer.Option("--png", help="Write the drawings as PNG too; needs anagen[png].")] = False,
    as_json: Json = False,
    threads: Threads = None,
    device: Annotated[
        str, typer.Option(help="cpu, gpu, or auto: a GPU only where there is one and the grid is large.")
    ] = "cpu",
) -> None:
    """Solve the oxygen of one patch of scalp, say what reaches its bulbs, and draw it.

    The name may be left out: anagen oxygen FILE. The first run on a computer compiles the solver, once.

    Example: anagen oxygen examples/oxygen/bald.toml --out oxygen

    Exit status: 0 done, whatever the answer; 2 a file cannot be used or written, or the grid would not fit.
    """
    with plain_errors():
        folder = out if out is not None or (as_json and not png) else FOLDER
        _solve(file, folder, field, png, as_json, threads, device)


def _solve(
    file: Path, out: Path | None, field: Path | None, png: bool, as_json: bool, threads: int | None, device: str
) -> None:
    """Read, look whether it fits, solve, then write and print."""
    from dataclasses import replace

    from anagen.commands.oxygen_report import drawings, files, to_dict
    from anagen.files import check_folder, write_folder
    from anagen.oxygen.gpu_found import on_gpu
    from anagen.oxygen.scene_answer import answer, build
    from anagen.oxygen.scene_field import check_field, dataset, write_field
    from anagen.oxygen.scene_reading import load_scene
    from anagen.oxygen.scene_size import TooLarge, check_fits, free_memory
    from anagen.oxygen.solve import SETTINGS
    from anagen.show.png import check_png

    names = files(png)
    if out is not None:
        check_folder(out, names)
    if png:
        check_png()
    if field is not None:
        check_field(field)
    scene = load_scene(file)
    scene = scene if threads is None else replace(scene, threads=threads)
    size = check_fits(scene, free_memory())
    settings = replace(SETTINGS, device="gpu" if on_gpu(device, size.cells) else "cpu")
    with told(f"drawing vessels: {size.words}") as tell:
        try:
            built = build(scene)
            found = answer(
                built, lambda step, _, left: tell(f"solving {size.words}: step {step}, residual {left:.1e}"), settings
            )
        except MemoryError:
            raise TooLarge(f"{file}: memory ran out; use a larger spacing or a smaller patch") from None
        said = to_dict(found, size)
        if out is not None:
            write_folder(out, drawings(found, png))
        if field is not None:
            write_field(dataset(found, _plain(said["scene"], {"units": SCENE_UNITS}, said["provenance"])), field)
    if as_json:
        print_json(said)
        return
    from rich.console import Console

    from anagen.show.oxygen_words import print_answer

    print_answer(said, Console(highlight=False))
    if out is not None:
        typer.echo(f"drawings: {', '.join(str(out / name) for name in names)}")
    if field is not None:
        typer.echo(f"field: {field}")


def _plain(*said: Any) -> dict[str, str | float | int]:
    """Attributes a file can hold: numbers, and text, where a name that is no text is written with "?"."""
    known = {key: one for part in said for key, one in part.items() if one is not None}
    return {
        key: one if isinstance(one, float) or type(one) is int else str(one).encode("utf-8", "replace").decode()
        for key, one in known.items()
    }


@app.command()
def threshold(
    networks: Annotated[
        int | None,
        typer.Option(
            min=1, max=MOST_NETWORKS, help="How many made-up networks; 5, or 2 if --quick.", show_default=False
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(min=0, max=LARGEST_SEED - MOST_NETWORKS, help="Of the first network; 1.", show_default=False),
    ] = None,
    network: Annotated[
        list[Path] | None,
        typer.Option(help="A network file of one's own instead; may be repeated.", show_default=False),
    ] = None,
    flow: Annotated[
        str | None, typer.Option(help='Flow at which losses and walls are tried: "13.7 mL/100g/min".')
    ] = None,
    uptake: Annotated[
        str | None, typer.Option(help='Most oxygen the bulb burns: "2e-4 1/s".', show_default=False)
    ] = None,
    nutritive: Annotated[
        float | None, typer.Option(help="Share of the flow that exchanges oxygen.", show_default=False)
    ] = None,
    spacing: Annotated[str | None, typer.Option(help='Of the grid: "40 um".', show_default=False)] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Cells of 80 um and 2 networks: some seconds.")] = False,
    as_json: Json = False,
    threads: Annotated[
        int | None, typer.Option(min=1, max=256, help="Left out, one a core; no result depends on it.")
    ] = None,
) -> None:
    """How much capillary loss, how little flow or how thick a wall brings the bulbs below 10, 5 and 1 mmHg.

    Each is searched in several networks; the table has mean and spread over them, and what is left to all tissue.

    Example: anagen oxygen threshold --networks 3 --uptake "5e-4 1/s"

    Exit status: 0 done; 2 an option or a network cannot be used.
    """
    with plain_errors():
        from anagen.commands.oxygen_threshold import scenes_of, thresholds_dict

        scenes = scenes_of(networks, seed, network or [], flow, uptake, nutritive, spacing, quick)
        with told("searching") as tell:
            said = thresholds_dict(scenes, threads, _counting(tell, scenes))
        if as_json:
            print_json(said)
            return
        from rich.console import Console

        from anagen.show.oxygen_thresholds import print_thresholds

        print_thresholds(said, Console(highlight=False))


def _counting(tell: Any, scenes: list[Scene]) -> Callable[[int, int], None]:
    words = f"searching {len(scenes)} networks"
    return lambda done, total: tell(words, done, total)
