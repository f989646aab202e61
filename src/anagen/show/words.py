"""The answer in plain sentences, made from the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from anagen.evidence.parameters import GRADE_WORDS
from anagen.flowchart.chart import flowchart
from anagen.outlook.records import Outlook
from anagen.outlook.summary import named_age
from anagen.scenario import Scenario
from anagen.show import bands, routes
from anagen.show.account import account
from anagen.show.bands import Kept, Spread
from anagen.show.ledger_words import limits_sentence, skin_sentence
from anagen.show.numbers import listed, signed, whole

MAGNESIUM_FIRST = ("oral_magnesium", "food_magnesium", "skin_magnesium")
PAST_FLOW = "calcification-lowers-oxygen"
"""The one way of calcification to oxygen that leaves blood flow aside."""
LITTLE = 1.0
"""A change of at most this many hairs in a hundred is called no change worth naming."""


@dataclass(frozen=True)
class Answer:
    """The answer: what counts, what becomes of the hair, and how sure that is; one string is one or two sentences."""

    verdict: str
    limits: str
    skin: str
    hair: str
    change: str
    evidence: str

    def sentences(self) -> tuple[str, ...]:
        """What is not empty, in reading order."""
        every = (self.verdict, self.limits, self.skin, self.hair, self.change, self.evidence)
        return tuple(text for text in every if text)


def has_plan(scenario: Scenario) -> bool:
    """True where the scenario holds anything to do or to take."""
    return bool(scenario.intakes or scenario.treatments)


def runs(spread: Spread) -> str:
    """The range in words: "8 in 10 runs: 84 to 99"."""
    return f"8 in 10 runs: {whole(spread.low)} to {whole(spread.high)}"


def change_runs(spread: Spread) -> str:
    """A change with its range: "0 (8 in 10 runs: 0 to +1)"."""
    return f"{signed(spread.median)} (8 in 10 runs: {signed(spread.low)} to {signed(spread.high)})"


def hair_sentence(kept: Kept, age: float, plan: bool) -> str:
    """Hairs kept at an age, with the plan and without."""
    lead = f"For every 100 hairs on the {bands.REGION} today, the model expects"
    if not plan:
        return f"{lead} {whole(kept.baseline.median)} at age {whole(age)} ({runs(kept.baseline)}). No plan was given."
    same = runs(kept.plan) == runs(kept.baseline) and whole(kept.plan.median) == whole(kept.baseline.median)
    nothing = f"{whole(kept.baseline.median)} too" if same else f"{whole(kept.baseline.median)} ({runs(kept.baseline)})"
    return (
        f"{lead} {whole(kept.plan.median)} at age {whole(age)} with this routine ({runs(kept.plan)}); "
        f"doing nothing: {nothing}."
    )


def change_sentence(kept: Kept, each: tuple[Kept, ...]) -> str:
    """Whether the plan changes anything, run by run, and whether the hypotheses agree."""
    if all(max(abs(one.change.low), abs(one.change.high)) <= LITTLE for one in each):
        return (
            f"Run by run, the routine changes it by {change_runs(kept.change)}: "
            "under no hypothesis by more than 1 hair in 100."
        )
    parts = [f"{signed(one.change.median)} if {one.hypothesis} holds" for one in each]
    return f"Run by run, the routine changes it by {change_runs(kept.change)}: {listed(parts)}."


def _grades(route: routes.Route) -> str:
    grades = route.unproven
    return f"grade {grades[0]}" if len(grades) == 1 else f"grades {grades[0]} to {grades[-1]}"


def _backed(start: str, off: frozenset[str]) -> str:
    """How well one treatment is backed."""
    title, route = flowchart().nodes[start].title, routes.route(start, off)
    if route is None and routes.route(start) is not None:
        return f"With your arrows, {title.lower()} reaches no follicle."
    if route is None:
        return f"{title} reaches no follicle in this model."
    if route.unproven:
        return f"{title} reaches hair by steps of {_grades(route)}: unproven."
    return f"The weakest step from {title.lower()} to hair is grade {route.weakest}: {GRADE_WORDS[route.weakest]}."


def _magnesium(off: frozenset[str]) -> str:
    """How well the way of magnesium is backed, by the best of where it enters."""
    ways = [routes.route(name, off) for name in MAGNESIUM_FIRST]
    route = next((one for one in ways if one is not None), None)
    if route is None:
        return "With your arrows, magnesium reaches no follicle." if off else ""
    by_flow = routes.route(route.start, off | {PAST_FLOW}) is not None
    return (
        f"Magnesium reaches hair only through calcification{', blood flow' if by_flow else ''} and oxygen, by steps of "
        f"{_grades(route)}: unproven. Because nothing was ever measured in scalp, the calcification "
        "hypothesis runs on weak, assumed values."
    )


def evidence_sentence(scenario: Scenario, off: frozenset[str] = frozenset()) -> str:
    """How well the plan's way to the hair is backed; on arrows in `off` nothing leans."""
    used = routes.nodes_used(scenario)
    parts = [_backed(name, off) for name in used if name not in routes.MAGNESIUM_NODES]
    if any(one.kind == "transplant" for one in scenario.treatments):
        parts.append("A transplant moves follicles; no arrow of the flowchart stands for it.")
    if not parts or any(name in routes.MAGNESIUM_NODES for name in used):
        parts.append(_magnesium(off))
    return " ".join(part for part in parts if part)


def answer(outlook: Outlook) -> Answer:
    """The answer to an outlook."""
    ledger, plan = account(outlook.ledger), has_plan(outlook.scenario)
    age = named_age(outlook.data)
    together, each = bands.kept_together(outlook.data, age), bands.kept(outlook.data, age)
    stop = ledger.stop
    return Answer(
        verdict=f"Do not use: {stop.message}" if ledger.verdict == "do_not_use" and stop else "",
        limits=limits_sentence(ledger),
        skin=skin_sentence(ledger),
        hair=hair_sentence(together, age, plan),
        change=change_sentence(together, each) if plan else "",
        evidence=evidence_sentence(outlook.scenario),
    )
