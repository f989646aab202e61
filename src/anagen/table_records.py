"""Tables of a scenario made into the records that every stage reads."""

from __future__ import annotations

from typing import Any

from anagen.intake.calcium_keys import each
from anagen.quantities import Elemental, QuantityError, read_amount, registry, split_number, unit
from anagen.routine import Intake, Region, Treatment
from anagen.tables import ProductTable, TreatmentTable

DOSES: dict[str, tuple[str, str, str, float]] = {  # unit, example, what, most
    "finasteride": ("mg", "1 mg", "a dose of finasteride is a mass", 100),
    "dutasteride": ("mg", "0.5 mg", "a dose of dutasteride is a mass", 100),
    "massage": ("minute", "4 min", "a massage is a time", 1440),
    "botulinum": ("allergan_unit", "150 U", "a dose of botulinum toxin is in units", 1000),
    "transplant": ("hair/cm**2", "40 grafts/cm2", "a transplant is a number of grafts for each cm2", 200),
}
ML_PER_LITER = 1000.0
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}


def intake_of(table: Any) -> Intake:
    """A parsed table as the record the stages read."""
    area_cm2, area_name = getattr(table, "area", (None, "scalp"))
    contact = getattr(table, "contact", None)
    in_water = getattr(table, "calcium", None)  # mg/L
    return Intake(
        kind=table.kind,
        product=table.product,
        amount=table.amount,
        per=table.per,
        times=table.takings,
        at=table.at,
        label=getattr(table, "label", None),
        strength=getattr(table, "strength", None),
        unit_mass_mg=getattr(table, "unit_mass", None),
        coating=getattr(table, "coating", "none"),
        spray_volume_ml=getattr(table, "spray_volume", None),
        area_cm2=area_cm2,
        area_name=area_name,
        contact_h=24.0 if contact is None else contact,
        contact_stated=contact is not None,
        skin=getattr(table, "skin", "intact"),
        rinse=getattr(table, "rinse", False),
        mixed_with=getattr(table, "mixed_with", ()),
        volume_l=getattr(table, "volume", None),
        duration_h=getattr(table, "duration", None),
        from_age=table.from_age,
        to_age=table.to_age,
        calcium_per_amount=None if in_water is None else in_water / ML_PER_LITER,
    )


def calcium_of_product(table: ProductTable) -> Elemental | None:
    """The calcium of a described product: as written, or a number of mg for the thing its magnesium is written for."""
    if table.calcium_mg is None:
        return table.calcium
    by_unit = table.elemental is not None and table.elemental.kind == "mg/unit"
    if table.elemental is not None and by_unit:
        return each(table.calcium_mg, table.elemental.counted)
    return each(table.calcium_mg, "tablet" if table.unit_mass is not None else "")


def _minoxidil(table: TreatmentTable) -> tuple[float, str]:
    """Milligrams of minoxidil at a taking, and its route: a volume needs a strength, a mass is by mouth."""
    if table.dose is None:
        raise QuantityError('it is needed: "1 mL" with strength = "5 %", or "2.5 mg" by mouth')
    amount = read_amount(table.dose)
    if amount.kind == "volume":
        if table.strength is None:
            raise QuantityError('a volume of minoxidil needs its strength, such as strength = "5 %"')
        if table.route == "oral":
            raise QuantityError('a volume with a strength is for the skin: set route = "topical" or leave it out')
        milligrams, route = amount.magnitude * table.strength * 1000, "topical"
    elif amount.kind == "mass":
        milligrams, route = amount.magnitude, table.route or "oral"
    else:
        raise QuantityError('a dose of minoxidil is a volume or a mass, such as "1 mL" or "2.5 mg"')
    if milligrams > 1000:
        raise QuantityError("nobody takes more than 1000 mg of minoxidil at once")
    return milligrams, route


def _dose(table: TreatmentTable) -> float:
    """The dose of a treatment that has one, in the unit of its kind."""
    into, example, what, most = DOSES[table.kind]
    if table.dose is None:
        raise QuantityError(f'it is needed, such as "{example}"')
    number, rest = split_number(table.dose, example)
    quantity = registry().Quantity(number, unit(rest or "1"))
    if not rest or not quantity.is_compatible_with(into):
        raise QuantityError(f'{what}, such as "{example}"')
    dose = float(quantity.to(into).magnitude)
    if not 0 <= dose <= most:
        raise QuantityError(f'it must be from 0 to {most:g} {into.replace("**", "")}, such as "{example}"')
    return dose


def treatment_of(table: TreatmentTable) -> Treatment:
    """A treatment; raises QuantityError where its dose cannot be used."""
    route: Any = table.route or "oral"
    dose = 0.0
    if table.kind == "minoxidil":
        dose, route = _minoxidil(table)
    elif table.kind in DOSES:
        dose = _dose(table)
    region: Region | None = table.region  # type: ignore[assignment]
    return Treatment(
        kind=table.kind,  # type: ignore[arg-type]
        dose=dose,
        per_day=table.times / DAYS[table.per],
        route=route,
        strength=table.strength,
        region=region or ("vertex" if table.kind == "transplant" else None),
        from_age=table.from_age,
        to_age=table.to_age,
        text=table.dose or "",
    )
