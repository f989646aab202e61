"""The keys of a scenario that state calcium: `calcium_mg` of a taking or a thing, and `calcium` of a product."""

from __future__ import annotations

from dataclasses import replace

from anagen.quantities import Elemental, QuantityError, read_elemental
from anagen.routine import Intake


def read_calcium(text: object) -> Elemental:
    """Read how much calcium a product holds: `"8 %"`, `"20 mg/mL"`, `"100 mg per tablet"`."""
    try:
        return read_elemental(text)
    except QuantityError as error:
        raise QuantityError(str(error).replace("magnesium", "calcium")) from None


def each(calcium_mg: float, counted: str) -> Elemental:
    """A plain number of mg, as what one thing holds; `counted` is the thing, or "" for any."""
    return Elemental(f"{calcium_mg:g} mg each", "mg/unit", calcium_mg, counted)


def with_calcium(intake: Intake, calcium_mg: float | None) -> Intake:
    """An intake with the calcium that its one taking is stated to hold, mg; unchanged where nothing is stated.

    Raises
    ------
    QuantityError
        Where the line of its label tells of calcium already, or where nothing is taken that could hold it.
    """
    if calcium_mg is None:
        return intake
    if intake.calcium_per_amount is not None:
        raise QuantityError("the line of the label says how much calcium it holds; leave calcium_mg out")
    if intake.amount.magnitude <= 0:
        if calcium_mg > 0:
            raise QuantityError("an amount of nothing holds no calcium; mend the amount, or leave calcium_mg out")
        return replace(intake, calcium_per_amount=0.0)
    return replace(intake, calcium_per_amount=calcium_mg / intake.amount.magnitude)
