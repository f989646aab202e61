"""What both questions of the planner share: what is kept within, another amount put in, and amounts rounded down."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

from anagen.intake.check import check_intake
from anagen.intake.ledger import Ledger, tally
from anagen.intake.wording import milligrams
from anagen.quantities import Amount, QuantityError, Strength, split_number
from anagen.routine import Intake
from anagen.scenario import Scenario

Target = Literal["margin", "limit"]
FIGURES = 4  # rounding down to four significant figures stays within 0.1 %
HALVINGS = 60
NOTHING = 1e-9
MG_PER_ML_TOP = 200.0
TEN = 10.0


def target_mg(ledger: Ledger, to: Target) -> float | None:
    """What is not to be exceeded, mg/day; None where no limit is set."""
    return ledger.limits.allowance_mg_per_day if to == "margin" else ledger.limits.supplemental_ul_mg_per_day


def barrier(scenario: Scenario, to: Target) -> str | None:
    """Why no amount is worked out at all; None where nothing stands in the way."""
    ledger = tally(scenario)
    if target_mg(ledger, to) is None:
        place = ledger.limits.jurisdiction
        return f"No supplemental limit is known here ({place}) for this age, so there is nothing to keep within."
    for finding in ledger.findings:
        if finding.severity == "stop" and finding.item is None:
            return f"{finding.message} So no amount is worked out."
    return None


def named_target(target: float, to: Target) -> str:
    """What is kept within: "margin of 122.5 mg"."""
    return f"{to} of {milligrams(target)} mg"


def cautions_of(ledger: Ledger) -> tuple[str, ...]:
    """What a ledger cautions of, in its words."""
    return tuple(finding.message for finding in ledger.findings if finding.severity != "note")


def with_intake(scenario: Scenario, place: int, intake: Intake) -> Scenario:
    """The same routine with one intake in the place of another."""
    intakes = (*scenario.intakes[:place], intake, *scenario.intakes[place + 1 :])
    return replace(scenario, intakes=intakes, text="")


def with_amount(scenario: Scenario, place: int, amount: Amount) -> Scenario:
    """The same routine with another amount of one intake."""
    return with_intake(scenario, place, replace(scenario.intakes[place], amount=amount))


def counted_with(scenario: Scenario, place: int, magnitude: float) -> float:
    """What counts, mg/day, with another amount of one intake."""
    amount = replace(scenario.intakes[place].amount, magnitude=magnitude)
    return tally(with_amount(scenario, place, amount)).totals.counted


def greatest_strength(scenario: Scenario, place: int, target: float) -> str | None:
    """The greatest strength of a liquid at the amount it is used in; None where it has none, or any would do."""
    intake = scenario.intakes[place]
    strength = intake.strength
    if strength is None or strength.kind == "parts" or intake.amount.magnitude <= 0:
        return None

    def counted(value: float) -> float:
        return tally(with_intake(scenario, place, replace(intake, strength=replace(strength, value=value))))\
            .totals.counted  # fmt: skip

    low, high = 0.0, MG_PER_ML_TOP if strength.kind == "mg/mL" else 1.0
    if counted(high) <= target:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if counted(middle) <= target else (low, middle)
    if check_intake(replace(intake, strength=replace(strength, value=low))):
        return None  # no strength there can be exceeds it
    return _strength_text(strength, low)


def _strength_text(strength: Strength, value: float) -> str:
    """A strength as a scenario writes it."""
    if strength.kind == "mg/mL":
        return f"{without_exponent(round_down(value))} mg/mL"
    return f"{without_exponent(round_down(100 * value))} % {strength.kind}"


def written_amount(model: Amount, magnitude: float) -> Amount:
    """An amount of so many mg, mL or things, in the unit that `model` is written in, rounded down."""
    try:
        number, unit = split_number(model.text, "4 mL")
    except QuantityError:
        number, unit = 0.0, ""
    if number <= 0 or model.magnitude <= 0 or not unit:
        number, unit = model.magnitude or 1.0, {"mass": "mg", "volume": "mL"}.get(model.kind, model.counted)
    factor = (model.magnitude or 1.0) / number
    shown = round_down(magnitude / factor)
    return replace(model, text=f"{without_exponent(shown)} {unit}", magnitude=shown * factor)


def round_down(number: float) -> float:
    """A number to four significant figures, never above it.

    Examples
    --------
    >>> round_down(1.23456), round_down(122.5), round_down(0.0)
    (1.234, 122.5, 0.0)
    """
    if number <= 0 or not math.isfinite(number):
        return 0.0
    places = FIGURES - 1 - math.floor(math.log10(number))
    below = math.floor(number * (1 + NOTHING) * TEN**places)  # 122.5 may come out a hair below itself
    return float(f"{below}e{-places}")


def without_exponent(number: float) -> str:
    """A number without an exponent where it has a place in a text."""
    return f"{number:.{FIGURES + FIGURES + FIGURES}f}".rstrip("0").rstrip(".") or "0"
