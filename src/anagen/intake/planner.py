"""The planner: inverse questions to the ledger.

How much of one thing keeps within the margin or the limit, the rest being as it is; and the least that would have to
change where a routine is over. What counts is linear in an amount, so the answer is one division; every answer is then
put back into the ledger, and what the ledger says of it is what is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Literal

from anagen.errors import UnknownName
from anagen.intake.catalogue import find_product, plain
from anagen.intake.check import check_intake
from anagen.intake.ledger import Ledger, active, tally
from anagen.intake.wording import figure, how_often, milligrams
from anagen.nearest import nearest
from anagen.quantities import Amount, QuantityError, Strength, read_strength, split_number
from anagen.routine import Intake
from anagen.scenario import Scenario

Target = Literal["margin", "limit"]
FIGURES = 4  # rounding down to four significant figures stays within 0.1 %
HALVINGS = 60
ANSWERS = 4
NOTHING = 1e-9
MG_PER_ML_TOP = 200.0
DAYS_PER_WEEK = 7
TEN = 10.0


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


@dataclass(frozen=True)
class Step:
    """One thing changed: `to` is None where it is left out."""

    item: str
    number: int
    now: str
    to: str | None
    share: float

    @property
    def words(self) -> str:
        """The change in words."""
        return (
            f"{self.item}: {self.now} left out" if self.to is None else f"{self.item}: {self.to} instead of {self.now}"
        )


@dataclass(frozen=True)
class Change:
    """One way to come within: the steps, and what the ledger counts after them, mg/day."""

    steps: tuple[Step, ...]
    counted: float
    sentence: str
    cautions: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "steps": [
                {"item": one.item, "number": one.number, "now": one.now, "to": one.to, "share_left": one.share}
                for one in self.steps
            ],
            "counted_mg_per_day": self.counted,
            "sentence": self.sentence,
            "cautions": list(self.cautions),
        }


@dataclass(frozen=True)
class Changes:
    """Ways to come within, the least change first; `sentence` says how things stand."""

    sentence: str
    answers: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {"sentence": self.sentence, "answers": [answer.to_dict() for answer in self.answers]}


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
    >>> from anagen.routine import Person
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
        return replace(now, sentence=_does_not_count(scenario, place, ledger))
    if without > target:
        return replace(
            now, sentence=f"No amount of {intake.product} keeps within the {_named(target, to)}: the rest alone counts "
            f"{milligrams(without)} mg a day.",
        )  # fmt: skip
    amount = written_amount(intake.amount, (target - without) / slope)
    after = tally(with_amount(scenario, place, amount))
    answer = replace(
        now, amount=amount.text, magnitude=amount.magnitude, counted=after.totals.counted, cautions=cautions_of(after),
        strength=_greatest_strength(scenario, place, target),
    )  # fmt: skip
    answer = _in_whole_things(answer, scenario, place)
    flaws = check_intake(replace(intake, amount=amount))
    return replace(answer, sentence=_most_sentence(answer, intake, target, without, to, flaws))


def _does_not_count(scenario: Scenario, place: int, ledger: Ledger) -> str:
    """Why no amount of something changes what counts."""
    intake = scenario.intakes[place]
    if not active(intake, scenario.person):
        return f"{intake.product} is not used at this age, so it does not count today."
    if intake.kind == "food":
        return f"{intake.product} is food: its magnesium does not count against the limit, so no amount is worked out."
    if intake.kind == "water":
        return f"Drinking water does not count here ({ledger.limits.jurisdiction}), so no amount is worked out."
    return f"{intake.product} holds nothing that counts as it is written, so no amount is worked out."


def _named(target: float, to: Target) -> str:
    """What is kept within: "margin of 122.5 mg"."""
    return f"{to} of {milligrams(target)} mg"


def _most_sentence(
    answer: Most, intake: Intake, target: float, without: float, to: Target, flaws: list[tuple[str, str, str]]
) -> str:
    """The answer with its sum."""
    share = target - without
    if answer.magnitude is None or answer.magnitude <= 0:
        return f"No {intake.product} keeps within the {_named(target, to)}: the rest counts all of it."
    once = share / intake.takings_per_day
    often = "" if intake.takings_per_day == 1 else f", {figure(intake.takings_per_day)} times a day on average"
    sentence = (
        f"Up to {answer.amount} of {intake.product} each time{often} keeps within the {_named(target, to)}:"
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


def _in_whole_things(answer: Most, scenario: Scenario, place: int) -> Most:
    """The answer in whole sprays, tablets or sachets, where it is counted."""
    amount = scenario.intakes[place].amount
    if amount.kind != "count" or answer.magnitude is None:
        return answer
    whole = math.floor(answer.magnitude + NOTHING)
    return replace(answer, whole=whole, whole_counted=counted_with(scenario, place, float(whole)))


def _greatest_strength(scenario: Scenario, place: int, target: float) -> str | None:
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
        return f"{_plain(round_down(value))} mg/mL"
    return f"{_plain(round_down(100 * value))} % {strength.kind}"


# --- amounts ---


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


def _plain(number: float) -> str:
    """A number without an exponent where it has a place in a text."""
    return f"{number:.{FIGURES + FIGURES + FIGURES}f}".rstrip("0").rstrip(".") or "0"


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
    return replace(model, text=f"{_plain(shown)} {unit}", magnitude=shown * factor)


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


def cautions_of(ledger: Ledger) -> tuple[str, ...]:
    """What a ledger cautions of, in its words."""
    return tuple(finding.message for finding in ledger.findings if finding.severity != "note")


# --- the cheapest change ---


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
            f"{_named(target, to)}."
        )
    parts = {place: counted - counted_with(scenario, place, 0.0) for place in range(len(scenario.intakes))}
    parts = {place: mg for place, mg in parts.items() if mg > NOTHING}
    answers: list[Change] = []
    for shares in _least_shares(parts, counted - target, most):
        answers.append(_change(scenario, shares, target, to))
        if len(shares) == 1:
            answers += _other_ways(scenario, next(iter(shares)), target, to)
    sentence = (
        f"{milligrams(counted)} mg a day counts, {milligrams(counted - target)} mg over the {_named(target, to)}."
    )
    return Changes(sentence, tuple(answers))


def _least_shares(parts: dict[int, float], excess: float, most: int) -> list[dict[int, float]]:
    """For each answer, the share left of each thing that changes; the least change first."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    places, count = list(parts), len(parts)
    mg = np.array([parts[place] for place in places])
    eye = np.eye(count)
    rest = float(mg.sum()) - excess
    constraints: list[Any] = [
        LinearConstraint(np.concatenate([mg, np.zeros(count)])[None, :], -np.inf, max(rest, 0.0)),
        LinearConstraint(np.hstack([eye, eye]), 1, np.inf),  # x + y >= 1
    ]
    cost = np.concatenate([-np.ones(count) / (2 * count), np.ones(count)])
    integer, bounds = np.concatenate([np.zeros(count), np.ones(count)]), Bounds(0, 1)
    found: list[dict[int, float]] = []
    while len(found) < most:
        solved = milp(cost, integrality=integer, bounds=bounds, constraints=constraints)
        if solved.x is None:
            break
        changed = solved.x[count:].round().astype(bool)
        found.append(_exact(places, mg, solved.x[:count], changed, excess))
        cut = np.concatenate([np.zeros(count), changed.astype(float)])[None, :]
        constraints.append(LinearConstraint(cut, -np.inf, changed.sum() - 1))
    return found


def _exact(places: list[int], mg: Any, shares: Any, changed: Any, excess: float) -> dict[int, float]:
    """The shares left, so that the sum falls on the target to the last figure: the solver is good to six."""
    left = {places[i]: min(max(float(shares[i]), 0.0), 1.0) for i in range(len(places)) if changed[i]}
    weight = dict(zip(places, (float(one) for one in mg), strict=True))
    for place in left:
        others = sum(weight[one] * (1 - share) for one, share in left.items() if one != place)
        share = 1 - (excess - others) / weight[place]
        if 0 <= share <= 1:
            left[place] = share
            break
    return left


def _change(scenario: Scenario, shares: dict[int, float], target: float, to: Target) -> Change:
    """One answer, put back into the ledger."""
    steps: list[Step] = []
    after = scenario
    for place, share in sorted(shares.items()):
        intake = scenario.intakes[place]
        amount = written_amount(intake.amount, intake.amount.magnitude * share)
        out = amount.magnitude <= NOTHING * intake.amount.magnitude
        steps.append(Step(intake.product, place + 1, intake.amount.text, None if out else amount.text, share))
        after = with_amount(after, place, replace(amount, magnitude=0.0) if out else amount)
    ledger = tally(after)
    words = "; ".join(step.words for step in steps)
    sentence = f"{words} would make {milligrams(ledger.totals.counted)} mg a day: within the {_named(target, to)}."
    return Change(tuple(steps), ledger.totals.counted, sentence, cautions_of(ledger))


def _other_ways(scenario: Scenario, place: int, target: float, to: Target) -> list[Change]:
    """The same thing changed in another way: less often, or weaker."""
    intake = scenario.intakes[place]
    ways: list[tuple[Intake, str]] = []
    weekly = intake.takings_per_day * DAYS_PER_WEEK
    rarer = _rarer(scenario, place, target)
    if 0 < rarer < weekly:
        words = f"{figure(rarer)} times a week" if rarer > 1 else "once a week"
        ways.append((replace(intake, per="week", times=float(rarer)), f"{intake.amount.text} {words}"))
    weaker = _greatest_strength(scenario, place, target)
    if weaker is not None and intake.strength is not None:
        strength = replace(read_strength(weaker), basis_stated=intake.strength.basis_stated)
        ways.append((replace(intake, strength=strength), f"{intake.amount.text} at {weaker}"))
    now = f"{intake.amount.text}, {how_often(intake)}"
    found: list[Change] = []
    for other, words in ways:
        ledger = tally(with_intake(scenario, place, other))
        if ledger.totals.counted <= target:
            share = other.takings_per_day / intake.takings_per_day
            step = Step(intake.product, place + 1, now, words, share)
            total = milligrams(ledger.totals.counted)
            sentence = f"{step.words} would make {total} mg a day: within the {_named(target, to)}."
            found.append(Change((step,), ledger.totals.counted, sentence, cautions_of(ledger)))
    return found


def _rarer(scenario: Scenario, place: int, target: float) -> int:
    """The most whole times a week of one thing that keep within, its amount as it is."""
    intake = scenario.intakes[place]
    without = counted_with(scenario, place, 0.0)
    a_taking = (tally(scenario).totals.counted - without) / intake.takings_per_day
    return math.floor((target - without) / a_taking * DAYS_PER_WEEK + NOTHING)
