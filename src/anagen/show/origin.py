"""The last section: all it takes to make the same page again."""

from __future__ import annotations

from collections.abc import Mapping

from htpy import Node, dd, dl, dt, p, pre

from anagen.outlook.records import Outlook
from anagen.show.hair import holds
from anagen.show.numbers import whole
from anagen.show.parts import more

SAME_AGAIN = (
    "The same version, seed and scenario give this file again, bit for bit. Nothing left the computer to make it, and "
    "it asks for nothing from outside to be read."
)


def origin(outlook: Outlook) -> list[Node]:
    """Version, seed, scenario, parameter set, draws and follicles, and what a band holds and leaves out."""
    made = outlook.provenance
    facts: Mapping[str, str] = {
        "Version": f"anagen {made.version}",
        "Seed": str(made.seed),
        "Parameter set": made.parameter_set,
        "Draws": f"{whole(made.draws)} per hypothesis",
        "Follicles": f"{whole(made.follicles)} per draw and region",
        "Bands": holds(outlook),
    }
    return [
        dl(".facts")[
            ([dt[name], dd[words]] for name, words in facts.items()),
            [dt["Scenario"], dd[made.scenario]],
        ],
        more("The scenario, whole", pre(tabindex="0")[made.scenario_text]) if made.scenario_text else None,
        p[SAME_AGAIN],
    ]
