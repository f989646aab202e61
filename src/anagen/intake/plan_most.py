"""The most of one thing that keeps within: the answer, its sum in words, and what it is in whole things."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from anagen.intake.ledger import Ledger
from anagen.intake.plan_amounts import NOTHING, Target, counted_with, named_target
from anagen.intake.wording import figure, milligrams
from anagen.routine import Intake, in_use
from anagen.scenario import Scenario


@dataclass(frozen=True)
class Most:
    """The most of one thing that keeps within.

    Attributes
    ----------
    item, number : the intake as written, and its place in the file, from 1.
    now : its amount now; counted_now : mg/day of the whole routine now.
    amount : the most, as a scenario would write it; magnitude : the same in mg, mL or things. None where there is none.
    whole : the most in whole things, for what is counted; whole_counted : mg/day of the routine with it.
    strength : the greatest strength at the amount of now, as a scenario would write it; None where that is no question.
    counted : mg/day of the routine with `amount`, from the ledger.
    sentence : the answer with its sum.
    cautions : what the ledger cautions of with it.
    """

    item: str
    number: int
    now: str
    counted_now: float
    sentence: str
    amount: str | None = None
    magnitude: float | None = None
    whole: int | None = None
    whole_counted: float | None = None
    strength: str | None = None
    counted: float | None = None
    cautions: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "item": self.item,
            "number": self.number,
            "now": self.now,
            "counted_now_mg_per_day": self.counted_now,
            "amount": self.amount,
            "magnitude": self.magnitude,
            "whole": self.whole,
            "whole_counted_mg_per_day": self.whole_counted,
            "strength": self.strength,
            "counted_mg_per_day": self.counted,
            "sentence": self.sentence,
            "cautions": list(self.cautions),
        }


def does_not_count(scenario: Scenario, place: int, ledger: Ledger) -> str:
    """Why no amount of something changes what counts."""
    intake = scenario.intakes[place]
    if not in_use(intake, scenario.person.age):
        return f"{intake.product} is not used at this age, so it does not count today."
    if intake.kind == "food":
        return f"{intake.product} is food: its magnesium does not count against the limit, so no amount is worked out."
    if intake.kind == "water":
        return f"Drinking water does not count here ({ledger.limits.jurisdiction}), so no amount is worked out."
    return f"{intake.product} holds nothing that counts as it is written, so no amount is worked out."


def most_sentence(
    answer: Most, intake: Intake, target: float, without: float, to: Target, flaws: list[tuple[str, str, str]]
) -> str:
    """The answer with its sum."""
    share = target - without
    if answer.magnitude is None or answer.magnitude <= 0:
        return f"No {intake.product} keeps within the {named_target(target, to)}: the rest counts all of it."
    once = share / intake.takings_per_day
    often = "" if intake.takings_per_day == 1 else f", {figure(intake.takings_per_day)} times a day on average"
    sentence = (
        f"Up to {answer.amount} of {intake.product} each time{often} keeps within the {named_target(target, to)}:"
        f" {milligrams(target)} - {milligrams(without)} from the rest = {milligrams(share)} mg a day,"
        f" {figure(once)} mg each time."
    )
    if answer.whole is not None and answer.whole_counted is not None:
        sentence += f" In whole ones {answer.whole}, which makes {milligrams(answer.whole_counted)} mg a day."
    if answer.strength is not None:
        sentence += f" At {intake.amount.text} each time, a strength up to {answer.strength} does."
    for _, shown, mend in flaws:
        sentence += f" But {shown} is no amount anyone uses: {mend}."
    return sentence


def in_whole_things(answer: Most, scenario: Scenario, place: int) -> Most:
    """The answer in whole sprays, tablets or sachets, where it is counted."""
    amount = scenario.intakes[place].amount
    if amount.kind != "count" or answer.magnitude is None:
        return answer
    whole = math.floor(answer.magnitude + NOTHING)
    return replace(answer, whole=whole, whole_counted=counted_with(scenario, place, float(whole)))
