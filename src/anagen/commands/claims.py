"""`anagen claims`: what is claimed, what speaks for and against it, and what the model finds when it is asked."""

from __future__ import annotations

from typing import Annotated

import typer

from anagen.terminal import plain_errors, print_json

LARGEST_SEED = 2**64 - 1


def claims(
    name: Annotated[str | None, typer.Argument(help="A claim; left out, all of them.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
    seed: Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="The same seed gives the same result.")] = 0,
) -> None:
    """Show the claims of the thread and the flowchart; with a name, its evidence and its experiment, run now.

    Example: anagen claims

    Example: anagen claims magnesium-oil-regrows-hair

    Exit status: 0 shown, whatever the verdict; 2 no claim has that name. Never medical advice.
    """
    with plain_errors():
        if name is None:
            _table(as_json)
        else:
            _one(name, as_json, seed)


def _table(as_json: bool) -> None:
    """Every claim in a line."""
    from anagen.evidence.claims import claims as all_claims

    if as_json:
        print_json({"claims": [claim.to_dict() for claim in all_claims().values()]})
        return
    from rich.console import Console

    from anagen.show.claims import print_claims

    print_claims(all_claims().values(), Console(highlight=False))


def _one(name: str, as_json: bool, seed: int) -> None:
    """One claim, with its experiment."""
    from anagen.evidence.claims import find_claim

    claim = find_claim(name)
    from anagen.outlook.experiments import run_experiment

    result = None if claim.experiment is None else run_experiment(claim.experiment, seed)
    if as_json:
        print_json({**claim.to_dict(), "result": None if result is None else result.to_dict()})
        return
    from rich.console import Console

    from anagen.show.claims import print_claim

    print_claim(claim, result, Console(highlight=False))
