"""The oxygen screen in words: what is asked, what was found, what the model expects, and what it rests on."""

from __future__ import annotations

from anagen.evidence.parameters import value
from anagen.flowchart.chart import flowchart
from anagen.show.numbers import listed, whole
from anagen.show.oxygen_words import pressure, share
from anagen.web.oxygen_asked import Asked
from anagen.web.oxygen_person import PEOPLE, Expected
from anagen.web.oxygen_solved import Bulb, Solved

COMPILING = (
    "The solver is not compiled on this computer yet: the first solve compiles it, once, in ten to sixty seconds; "
    "after that a solve takes about a second. The other pages answer meanwhile."
)
CAVEATS = (
    "What a bulb takes up is derived from plucked follicles, never measured in place; the answer depends on it most.",
    "Nobody has counted the capillaries of a scalp: their density is assumed, and the networks are made up.",
    "Nobody has measured calcium in the vessels of a scalp, nor what such a wall holds back: both are assumed.",
    "The block is 1.3 mm wide and 5 mm deep, with two growing bulbs, in cells of 40 um; nothing passes its sides, and "
    "everything is steady.",
    "The flow that is asked for is what passes in the end: what is left of the vessels carries all of it.",
)


def asked_words(asked: Asked) -> str:
    """A severity in words."""
    wrong = [
        f"{asked.loss:g} % of the capillaries lost" if asked.loss else "",
        f"{asked.calcium:g} % of the worst calcium in the walls" if asked.calcium else "",
        f"{asked.scar:g} % of the tissue scarred" if asked.scar else "",
    ]
    known = [one for one in wrong if one]
    return f"a flow of {asked.flow:g} mL/100 g/min and {listed(known) if known else 'nothing lost or scarred'}"


def whose(expected: Expected, asked: Asked) -> str:
    """Whose severity it is, where it is what the model expects of the person; else ""."""
    at = f"As the model expects for {expected.name} at {whole(expected.age)}"
    if expected.has_plan and asked == expected.plan:
        return f"{at}, with the plan: "
    return f"{at}, doing nothing: " if asked == expected.nothing else ""


def found_sentence(found: Solved, whose_words: str = "") -> str:
    """The answer."""
    bulb, begin = found.mean, "with" if whose_words else "With"
    return (
        f"{whose_words}{begin} {asked_words(found.asked)}, the bulbs have {pressure(bulb.mean)} mmHg of oxygen on "
        f"average and {pressure(bulb.lowest)} where they have least; {_part(bulb.below_5)} of their tissue is below 5 "
        "mmHg."
    )


def _part(number: float) -> str:
    return "none" if number == 0 else share(number)


def spread_sentence(found: Solved) -> str:
    """What chance of the networks and the rest of the tissue say."""
    return (
        f"Solved in {len(found.each)} made-up networks of vessels, whose means differ by {pressure(found.spread)} mmHg "
        f"(standard deviation); the first of them is drawn. Of all its tissue half has less than "
        f"{pressure(found.tissue_median)} mmHg, and {_part(found.tissue_below_5)} is below 5. Near 10 mmHg a cell's "
        f"oxygen sensor (HIF-1) is half on."
    )


def bulb_cells(bulb: Bulb) -> list[str]:
    """Mean, lowest, and the two shares, as cells of a table."""
    return [pressure(bulb.mean), pressure(bulb.lowest), share(bulb.below_10), share(bulb.below_5)]


def closure_sentence(found: Solved) -> str:
    """What the closure is, and how it compares here."""
    gap = found.closure.mean - found.mean.mean
    side = "more" if gap > 0 else "less"
    same = f"{pressure(abs(gap))} mmHg {side}" if pressure(abs(gap)) != "0" else "the same"
    return (
        "To look decades ahead the model does not solve a field: it runs on a closure, an equation of ten numbers that "
        f"were fitted to solved fields. Here the closure has {same}."
    )


def expected_sentence(expected: Expected, plan: bool) -> str:
    """What the model expects of the person."""
    asked, po2 = (expected.plan, expected.po2) if plan else (expected.nothing, expected.po2_nothing)
    arm = "with the plan" if plan else "doing nothing"
    return (
        f"What the model expects for {expected.name} at {whole(expected.age)}, {arm}: {asked_words(asked)} (medians of "
        f"{PEOPLE} runs). In those runs the bulb has {pressure(po2)} mmHg, also a median: people differ in what their "
        "bulbs burn and their walls hold back, which stand at their center above."
    )


def off_sentence(expected: Expected) -> str:
    """Arrows into oxygen that the reader has switched off; "" where none is."""
    if not expected.off:
        return ""
    arrows = flowchart().arrows
    says = listed([f'"{arrows[name].says.rstrip(".").partition(";")[0]}"' for name in expected.off])
    return f"You have switched off {says}: there the number is as in health."


def scar_hint() -> str:
    """What scarring does here."""
    left = share(1 - value("fibrosis_diffusion_loss"))
    return f"between follicles; wholly scarred tissue lets {left} of the oxygen through (assumed)"
