"""Treatments in a typed line: the names people give them, and the dose that is usual where a line leaves it open."""

from __future__ import annotations

from typing import get_args

from anagen.routine import TreatmentKind
from anagen.web.pairs import Table
from anagen.web.typed_words import Words

TREATMENTS: dict[str, TreatmentKind] = {
    "fin": "finasteride", "propecia": "finasteride", "proscar": "finasteride", "dut": "dutasteride",
    "avodart": "dutasteride", "minox": "minoxidil", "rogaine": "minoxidil", "regaine": "minoxidil",
    "spiro": "spironolactone", "breezula": "clascoterone", "botox": "botulinum", "needling": "microneedling",
    "dermaroller": "microneedling", "dermapen": "microneedling", "hair transplant": "transplant",
}  # fmt: skip
USUAL: dict[str, Table] = {
    "finasteride": {"dose": "1 mg"},
    "dutasteride": {"dose": "0.5 mg"},
    "minoxidil": {"dose": "1 mL", "times": 2, "strength": "5 %"},
    "spironolactone": {"dose": "100 mg"},
    "clascoterone": {"dose": "1 mL", "times": 2, "strength": "5 %"},
    "massage": {"dose": "4 min"},
    "botulinum": {"dose": "150 U"},
    "microneedling": {"times": 1, "per": "week"},
    "castration": {},
    "transplant": {"dose": "40 grafts/cm2"},
}
LAID_ON = ("finasteride", "minoxidil", "clascoterone")
BARE_UNITS = {"massage": "min", "botulinum": "U", "transplant": "grafts/cm2"}
"""What a number without a unit is of; of the others it is mg."""


def treatment_of(said: Words) -> Table | None:
    """A treatment by its first word, or a usual name of it; None where the line names none."""
    words = said.with_amounts.casefold().split()
    known = {one: one for one in get_args(TreatmentKind)} | TREATMENTS
    kind = next((known[" ".join(words[:n])] for n in (2, 1) if " ".join(words[:n]) in known), None)
    kind = kind or next((known[word] for word in words if word in known and word != "needling"), None)
    if kind is None:
        return None
    usual = dict(USUAL[kind])
    if said.strength and kind in LAID_ON:
        usual = {"dose": "1 mL", "strength": said.strength.removesuffix(" w/v")}
        usual |= {} if kind == "finasteride" else {"times": 2}
    if said.amount:
        unit = said.amount.partition(" ")[2]
        usual["dose"] = said.amount if unit else f"{said.amount} {BARE_UNITS.get(kind, 'mg')}"
        if unit in ("mg", "") and "strength" in usual:
            usual = {"dose": usual["dose"]}
            if "topical" in words:
                usual["route"] = "topical"
    return {"kind": kind, **usual, **said.often}
