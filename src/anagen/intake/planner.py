"""The planner: inverse questions to the ledger.

How much of one thing keeps within the margin or the limit, the rest being as it is; and the least that would have to
change where a routine is over. What counts is linear in an amount, so the answer is one division; every answer is then
put back into the ledger, and what the ledger says of it is what is shown.

Here stand the questions; what both share is in `plan_amounts`, and the answers are in `plan_most` and `plan_changes`.
"""

from __future__ import annotations

from dataclasses import replace

from anagen.errors import UnknownName
from anagen.intake.catalogue import find_product, plain
from anagen.intake.check import check_intake
from anagen.intake.ledger import tally
from anagen.intake.plan_amounts import (
    NOTHING,
    Target,
    barrier,
    cautions_of,
    counted_with,
    greatest_strength,
    named_target,
    round_down,
    target_mg,
    with_amount,
    with_intake,
    written_amount,
)
from anagen.intake.plan_changes import Change, Changes, Step, change_of, least_shares, other_ways
from anagen.intake.plan_most import Most, does_not_count, in_whole_things, most_sentence
from anagen.intake.wording import milligrams
from anagen.nearest import nearest
from anagen.scenario import Scenario

__all__ = [
    "Change",
    "Changes",
    "Most",
    "Step",
    "Target",
    "barrier",
    "cheapest_changes",
    "chosen",
    "most_of",
    "round_down",
    "target_mg",
    "with_intake",
]

ANSWERS = 4


def chosen(scenario: Scenario, name: str) -> tuple[int, ...]:
    """The places of the intakes called `name`, from 0.

    Raises
    ------
    UnknownName
        Where the scenario has none; with the nearest it has.
    """
    wanted = plain(name)
    found = tuple(
        place
        for place, intake in enumerate(scenario.intakes)
        if wanted in (plain(intake.product), plain(find_product(intake.kind, intake.product).name))
    )
    if not found:
        names = list(dict.fromkeys(intake.product for intake in scenario.intakes))
        raise UnknownName("item of this scenario", name, nearest(name, names) or tuple(names[:ANSWERS]))
    return found


def most_of(scenario: Scenario, place: int, to: Target = "margin") -> Most:
    """The most of one intake that keeps within the margin or the limit, all others being as they are.

    Parameters
    ----------
    scenario : person and routine; place : which intake, from 0; to : "margin" or "limit".

    Examples
    --------
    >>> from anagen.quantities import Amount
    >>> from anagen.routine import Intake, Person
    >>> pills = Intake("supplement", "multivitamin", Amount("50 mg", 50.0, "mass"))
    >>> most_of(Scenario(Person(age=40, sex="male"), (pills,)), 0).amount
    '122.5 mg'
    """
    intake, ledger = scenario.intakes[place], tally(scenario)
    now = Most(intake.product, place + 1, intake.amount.text, ledger.totals.counted, "")
    stopped, target = barrier(scenario, to), target_mg(ledger, to)
    if stopped is not None or target is None:
        return replace(now, sentence=stopped or "")
    without = counted_with(scenario, place, 0.0)
    trial = intake.amount.magnitude if intake.amount.magnitude > 0 else 1.0
    slope = (counted_with(scenario, place, trial) - without) / trial
    if slope <= 0:
        return replace(now, sentence=does_not_count(scenario, place, ledger))
    if without > target:
        return replace(
            now, sentence=f"No amount of {intake.product} keeps within the {named_target(target, to)}: the rest alone "
            f"counts {milligrams(without)} mg a day.",
        )  # fmt: skip
    amount = written_amount(intake.amount, (target - without) / slope)
    after = tally(with_amount(scenario, place, amount))
    answer = replace(
        now, amount=amount.text, magnitude=amount.magnitude, counted=after.totals.counted, cautions=cautions_of(after),
        strength=greatest_strength(scenario, place, target),
    )  # fmt: skip
    answer = in_whole_things(answer, scenario, place)
    flaws = check_intake(replace(intake, amount=amount))
    return replace(answer, sentence=most_sentence(answer, intake, target, without, to, flaws))


def cheapest_changes(scenario: Scenario, to: Target = "margin", most: int = ANSWERS) -> Changes:
    """The least that would have to change for a routine to come within: fewest things, then least of each.

    Parameters
    ----------
    scenario : person and routine; to : "margin" or "limit"; most : how many answers, each another set of things.

    Notes
    -----
    A mixed-integer program, solved by HiGHS: share x left of each thing, changed or not y, with x >= 1 - y,
    sum of what counts below the target; the sum of y first, then the sum of 1 - x, is the least. Each next answer may
    not change all the things of one before.
    """
    ledger, stopped = tally(scenario), barrier(scenario, to)
    target = target_mg(ledger, to)
    if stopped is not None or target is None:
        return Changes(stopped or "")
    counted = ledger.totals.counted
    if counted <= target:
        left = target - counted
        return Changes(
            f"Nothing is over the {to}: {milligrams(counted)} mg a day counts, {milligrams(left)} mg below the "
            f"{named_target(target, to)}."
        )
    parts = {place: counted - counted_with(scenario, place, 0.0) for place in range(len(scenario.intakes))}
    parts = {place: mg for place, mg in parts.items() if mg > NOTHING}
    answers: list[Change] = []
    for shares in least_shares(parts, counted - target, most):
        answers.append(change_of(scenario, shares, target, to))
        if len(shares) == 1:
            answers += other_ways(scenario, next(iter(shares)), target, to)
    sentence = (
        f"{milligrams(counted)} mg a day counts, {milligrams(counted - target)} mg over the {named_target(target, to)}."
    )
    return Changes(sentence, tuple(answers))
