"""Fills the tables of the ODD page from the model itself."""

from __future__ import annotations

import re
from typing import Any

from anagen.evidence.parameters import parameters
from anagen.follicle.census import Census
from anagen.follicle.chance import Purpose
from anagen.follicle.patches import Patches

LEFT_OUT = {"clock", "laws", "shapes", "interventions"}
STATE = (
    ("androgen sensitivity", "", "kept for life, also if transplanted"),
    ("patch, origin", "", "where it stands; whose androgen it carries"),
    ("phase", "", "anagen, catagen, telogen or kenogen, and when each ends (month)"),
    ("log size", "", "0 is full size; changes at each new anagen only"),
    ("log ceiling", "", "what size recovers to; never rises"),
    ("diameter, growth", "um, mm/month", "of the hair of this cycle"),
    ("born, lost", "month", "when it is put in, and when it is lost for good"),
)
PURPOSES = {
    Purpose.CYCLE: "anagen, telogen, kenogen and catagen of one cycle",
    Purpose.START: "the phase at month 0 and how much of it is gone; the lengths of that cycle",
    Purpose.SENSITIVITY: "how a follicle differs from its person",
    Purpose.LOSS: "when a follicle is lost with age",
    Purpose.PLACE: "where it stands in a picture",
    Purpose.PARAMETER: "a person's parameters",
    Purpose.NETWORK: "luck with vessels, by person and region",
    Purpose.CHOICE: "which candidate a draw takes",
    Purpose.SKIN: "the skin's permeability",
    Purpose.INTERVENTION: "whom a shock, plucking or release meets",
}


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(
        [*lines, *("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows)]
    )


def described(documented: type) -> dict[str, str]:
    """What a docstring's list of attributes says of each."""
    text = (documented.__doc__ or "").split("----------\n")[-1]
    found: dict[str, str] = {}
    for entry in re.split(r"(?:\n|\. |; )\s*(?=[a-z_][a-z_, ]* : )", text):
        names, _, says = entry.partition(" : ")
        for name in names.split(","):
            found[name.strip()] = " ".join(says.split()).rstrip(".;")
    return found


def attributes(documented: type, left_out: set[str]) -> str:
    """A table of a class's attributes in its own words."""
    says = described(documented)
    names = [name for name in documented.__dataclass_fields__ if name not in left_out]
    return table(["Name", "Is"], [[f"`{name}`", says.get(name, "")] for name in names])


def tables() -> dict[str, str]:
    """What stands for each marker."""
    draws = [[one.name.lower(), int(one), PURPOSES[one]] for one in Purpose]
    records = [one for one in parameters().values() if one.file in ("follicle_cycle", "follicle_drives")]
    return {
        "state": table(["State of a follicle", "Unit", "Is"], [list(row) for row in STATE]),
        "patch": attributes(Patches, LEFT_OUT),
        "purposes": table(["Purpose", "Number", "Draws"], draws),
        "outputs": attributes(Census, {"times", "edges"}),
        "parameters": table(
            ["Parameter", "Value", "Unit", "Grade", "Status", "Source"],
            [[f"`{one.name}`", f"{one.value:g}", one.unit, one.grade, one.status, one.source] for one in records],
        ),
    }


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put the tables where the ODD page marks them."""
    if page.file.src_uri != "odd.md":
        return markdown
    for name, text in tables().items():
        markdown = markdown.replace("{{ " + name + " }}", text)
    return markdown
