"""Which doses the acute view runs: the scenario's own, or one thing by mouth; and what it cannot be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anagen.body.acute_gut import GUTS
from anagen.errors import AnagenError, UnknownName
from anagen.intake.catalogue import known, plain
from anagen.intake.conditions import Gut
from anagen.nearest import nearest
from anagen.quantities import QuantityError, read_amount
from anagen.routine import Intake
from anagen.scenario import Scenario

LOWEST_GFR, HIGHEST_GFR = 5.0, 200.0
SHORTEST_H, LONGEST_H, MOST_DAYS = 0.25, 336.0, 14


class AcuteError(AnagenError):
    """A question the acute view cannot answer; the text says why."""


def check_question(gfr: float | None, hours: float, days: int) -> None:
    """Refuse what lies outside the model."""
    if gfr is not None and not LOWEST_GFR <= gfr <= HIGHEST_GFR:
        raise AcuteError(
            f"a GFR of {gfr:g} mL/min is outside {LOWEST_GFR:g} to {HIGHEST_GFR:g}: the model knows no dialysis"
            " and no kidneys that have stopped"
        )
    if not SHORTEST_H <= hours <= LONGEST_H:
        raise AcuteError(f"--hours {hours:g}: give {SHORTEST_H:g} to {LONGEST_H:g}")
    if not 1 <= days <= MOST_DAYS:
        raise AcuteError(f"--days {days}: give 1 to {MOST_DAYS}")


def gut_named(name: str) -> Gut:
    """The state of the gut by its name.

    Raises
    ------
    AcuteError
        Where there is none of that name.
    """
    for gut in GUTS:
        if name == gut:
            return gut
    raise AcuteError(f"--gut {name!r}: give {', '.join(GUTS[:-1])} or {GUTS[-1]}")


def one_dose(scenario: Scenario, item: str | None, dose: str | None) -> Scenario:
    """The scenario with one thing by mouth: an intake of the file by its name, or a product; `dose` is one taking.

    Raises
    ------
    AcuteError
        Where the dose cannot be read, or it is not clear of what.
    UnknownName
        Where neither the file nor a table holds the item.
    """
    if item is None and dose is None:
        return scenario
    pills = [intake for intake in scenario.intakes if intake.kind in ("supplement", "medicine")]
    if item is None:
        if len(pills) != 1:
            raise AcuteError(f"--dose needs --item: {scenario.source} lists {len(pills)} supplements and medicines")
        chosen = pills[0]
    else:
        chosen = _named(item, pills)
    if dose is not None:
        try:
            amount = read_amount(dose)
        except QuantityError as error:
            raise AcuteError(f"--dose {dose!r}: {error}") from None
        chosen = replace(chosen, amount=amount, times=1.0, per="day", at=chosen.at[:1])
    elif chosen.amount.magnitude == 0:
        raise AcuteError(f"--item {item!r} is not in {scenario.source}: give a --dose of it, such as --dose '30 mL'")
    diet = tuple(intake for intake in scenario.intakes if intake.kind in ("food", "water"))
    return replace(scenario, intakes=(*diet, replace(chosen, from_age=None, to_age=None)))


def _named(item: str, pills: Sequence[Intake]) -> Intake:
    """An intake of the file by its product's name, else an empty one of a product in the tables."""
    for intake in pills:
        if plain(intake.product) == plain(item):
            return intake
    for kind in ("medicine", "supplement"):
        if plain(item) in known(kind):
            return Intake(kind, item, read_amount("0 mg"))
    names = {intake.product for intake in pills} | set(known("medicine")) | set(known("supplement"))
    raise UnknownName("supplement or medicine", item, nearest(item, names))
