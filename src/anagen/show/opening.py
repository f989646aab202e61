"""The first section: the answer in sentences, with what every hypothesis expects."""

from __future__ import annotations

from collections.abc import Callable

from htpy import Element, Node, div, p, span, strong

from anagen.outlook.records import Outlook
from anagen.outlook.summary import named_age
from anagen.show import bands
from anagen.show.account import Account
from anagen.show.bands import Kept, Spread
from anagen.show.ledger_words import verdict_words
from anagen.show.numbers import percent, signed, whole
from anagen.show.parts import part, plain_table
from anagen.show.words import answer, has_plan

WEIGHED = (
    "A weight says how well a hypothesis fits what is known of this person, prior included. "
    "The sentence above takes all of them together, each by its weight."
)


def _number(spread: Spread, written: Callable[[float], str]) -> Node:
    """A median over what 8 in 10 runs lie between."""
    return [strong[written(spread.median)], span(".ranges")[f"{written(spread.low)} to {written(spread.high)}"]]


def _cells(one: Kept, plan: bool) -> list[Node]:
    """One hypothesis: its weight, and hairs kept with the plan and without."""
    name = [one.hypothesis, span(".ranges")[f"weight {percent(one.weight)}"]]
    nothing = _number(one.baseline, whole)
    if not plan:
        return [name, nothing]
    return [name, _number(one.plan, whole), nothing, _number(one.change, signed)]


def hypotheses_table(outlook: Outlook) -> Element:
    """What every hypothesis expects at the named age."""
    age, plan = named_age(outlook.data), has_plan(outlook.scenario)
    every = ("If this holds", "With the plan", "Doing nothing", "The plan changes it by")
    title = f"Hairs on the {bands.REGION} at age {whole(age)}, for every 100 of today; below each number, 8 in 10 runs"
    rows = [_cells(one, plan) for one in bands.kept(outlook.data, age)]
    return plain_table(title, every if plan else (every[0], every[2]), rows, "hypotheses")


def answer_section(outlook: Outlook, ledger: Account) -> Element:
    """The answer: what counts, what becomes of the hair, how sure that is."""
    said = answer(outlook)
    return part(
        "answer",
        "The answer",
        div(".answer")[
            div(class_=f"claim {ledger.verdict}")[
                p(".chip-line")[span(".verdict")[verdict_words(ledger)]],
                p(".stop-words")[said.verdict.removeprefix("Do not use: ")] if said.verdict else None,
                p(".big")[said.limits],
                p[said.skin] if said.skin else None,
            ],
            div(".claim")[
                p(".big")[said.hair],
                p[said.change] if said.change else None,
                hypotheses_table(outlook),
                p(".caption")[WEIGHED],
            ],
            div(".claim")[p[said.evidence]],
        ],
    )
