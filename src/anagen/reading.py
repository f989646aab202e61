"""Reading a scenario from TOML: every problem reported at once, each with its file, key, value and mend.

The tables below are the file format: one class for each kind of entry, one rule for each key. cattrs
walks them and collects what the rules refuse; what a routine holds (is there such a product? can a brine be
that strong?) is asked of the catalogue of intakes.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import cattrs
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
)
from cattrs.gen import make_dict_structure_fn, override

from anagen import rules
from anagen.errors import Problem, ScenarioError, UnknownName, nearest_sentence
from anagen.intake.catalogue import exact, find_own, find_product, plain
from anagen.intake.check import check_intake
from anagen.intake.label import Taking, read_label, read_percent
from anagen.intake.products import Product
from anagen.intake.salts import checked_formula
from anagen.nearest import nearest
from anagen.quantities import (
    Amount,
    Elemental,
    QuantityError,
    Strength,
    read_amount,
    read_elemental,
    read_strength,
    registry,
    split_number,
    unit,
)
from anagen.routine import (
    REGIONS,
    Diet,
    Intake,
    Jurisdiction,
    Kind,
    OwnProduct,
    Person,
    Region,
    Skin,
    Treatment,
    TreatmentKind,
)

LARGEST_FILE = 200_000
LONGEST_SHOWN = 60
TOO_LARGE = f"the file is larger than {LARGEST_FILE // 1000} kB; a scenario is a few lines"
MOST_DOTS = 100  # in a line; the memory of a TOML reader grows with the square of the dots in a key

Age = Annotated[float, rules.age]
Text = Annotated[str, rules.text]
Times = Annotated[tuple[str, ...], rules.many(rules.clock_time, "clock times")]


@dataclass(frozen=True, kw_only=True)
class PersonTable:
    """The keys of [person]."""

    age: Age
    sex: Annotated[str, rules.choice("female", "male")]
    name: Text = "this person"
    mass_kg: Annotated[float | None, rules.number(2, 400, " kg")] = None
    egfr: Annotated[float | None, rules.number(0, 200, " mL/min/1.73 m2")] = None
    creatinine_mg_dl: Annotated[float | None, rules.number(0.1, 30, " mg/dL")] = None
    jurisdiction: Annotated[str, rules.choice(*get_args(Jurisdiction))] = "US"
    margin: Annotated[float, rules.number(0, 1)] = 0.35
    pregnant: Annotated[bool, rules.yes_or_no] = False
    lactating: Annotated[bool, rules.yes_or_no] = False
    family_history: Annotated[str | None, rules.text] = None
    genetic_risk: Annotated[float | None, rules.number(-5, 5)] = None
    pattern: Annotated[str | None, rules.pattern] = None
    onset_age: Annotated[float | None, rules.age] = None
    hairs_per_cm2: Annotated[dict[str, float], rules.counted_hairs] = None  # type: ignore[assignment]
    smoker: Annotated[bool, rules.yes_or_no] = False
    crp_mg_l: Annotated[float | None, rules.number(0.01, 500, " mg/L")] = None
    testosterone_nmol_l: Annotated[float | None, rules.number(0.01, 200, " nmol/L")] = None
    plasma_magnesium_mmol_l: Annotated[float | None, rules.number(0.2, 8, " mmol/L")] = None
    diet: Annotated[str, rules.choice(*get_args(Diet))] = "western"
    conditions: Annotated[tuple[str, ...], rules.many(rules.text, "conditions")] = ()
    medicines: Annotated[tuple[Any, ...], rules.medicines] = ()


@dataclass(frozen=True, kw_only=True)
class IntakeTable:
    """The keys every [[intake]] may have."""

    kind: Text
    product: Text
    amount: Annotated[Amount, read_amount]
    per: Annotated[str, rules.choice("day", "week")] = "day"
    times: Annotated[float, rules.number(0, 100)] = 1.0
    at: Times = ()
    from_age: Annotated[float | None, rules.age] = None
    to_age: Annotated[float | None, rules.age] = None


@dataclass(frozen=True, kw_only=True)
class WaterTable(IntakeTable):
    """A water; its magnesium is its strength."""

    strength: Annotated[Strength | None, read_strength] = None


@dataclass(frozen=True, kw_only=True)
class SupplementTable(IntakeTable):
    """A supplement: a product and an amount, a pasted line of its label, or a percentage of the daily value."""

    product: Annotated[str | None, rules.text] = None  # type: ignore[assignment]
    amount: Annotated[Amount | None, read_amount] = None  # type: ignore[assignment]
    label_text: Annotated[str | None, rules.label_line] = None
    servings: Annotated[float | None, rules.number(0, 100, " servings")] = None
    serving: Annotated[Amount | None, read_amount] = None
    daily_value_percent: Annotated[float | None, rules.number(0, 5000, " %")] = None
    daily_value_year: Annotated[int | None, rules.whole(1973, 2100, "a year")] = None
    label: Annotated[str | None, rules.choice("compound", "elemental")] = None
    unit_mass: Annotated[float | None, rules.measured("mg", "500 mg", "the mass of one tablet is a mass", 0, 1e9)] = (
        None
    )
    coating: Annotated[str, rules.choice("enteric", "none")] = "none"


@dataclass(frozen=True, kw_only=True)
class MedicineTable(SupplementTable):
    """A medicine."""

    strength: Annotated[Strength | None, read_strength] = None


@dataclass(frozen=True, kw_only=True)
class TopicalTable(IntakeTable):
    """Something laid on the skin."""

    strength: Annotated[Strength | None, read_strength] = None
    spray_volume: Annotated[float | None, rules.measured("mL", "0.15 mL", "a spray is a volume", 0.001, 20)] = None
    area: Annotated[tuple[float | None, str], rules.area] = (None, "scalp")
    contact: Annotated[float | None, rules.measured("hour", "8 h", "a contact is a time", 0, 24)] = None
    skin: Annotated[str, rules.choice(*get_args(Skin))] = "intact"
    rinse: Annotated[bool, rules.yes_or_no] = False
    mixed_with: Annotated[tuple[str, ...], rules.many(rules.text, "what it is mixed with")] = ()


@dataclass(frozen=True, kw_only=True)
class BathTable(IntakeTable):
    """A bath."""

    volume: Annotated[float | None, rules.measured("L", "150 L", "the water of a bath is a volume", 0.5, 5000)] = None
    duration: Annotated[float | None, rules.measured("hour", "20 min", "a duration is a time", 0, 24)] = None


OWN_KINDS = ("supplement", "medicine", "topical", "bath")


@dataclass(frozen=True, kw_only=True)
class ProductTable:
    """The keys of [[product]]: something the person uses that no table holds."""

    name: Text
    kind: Annotated[str, rules.choice(*OWN_KINDS)]
    salt: Annotated[str | None, rules.text] = None
    formula: Annotated[str | None, checked_formula] = None
    elemental: Annotated[Elemental | None, read_elemental] = None
    unit_mass: Annotated[float | None, rules.measured("mg", "500 mg", "the mass of one tablet is a mass", 0, 1e9)] = (
        None
    )
    strength: Annotated[Strength | None, read_strength] = None
    note: Annotated[str, rules.text] = ""


@dataclass(frozen=True, kw_only=True)
class TreatmentTable:
    """The keys of [[treatment]]."""

    kind: Annotated[str, rules.choice(*get_args(TreatmentKind))]
    dose: Annotated[str | None, rules.text] = None
    per: Annotated[str, rules.choice("day", "week", "month", "year")] = "day"
    times: Annotated[float, rules.number(0, 100)] = 1.0
    route: Annotated[str | None, rules.choice("oral", "topical")] = None
    strength: Annotated[float | None, rules.percent] = None
    region: Annotated[str | None, rules.choice(*REGIONS)] = None
    from_age: Annotated[float | None, rules.age] = None
    to_age: Annotated[float | None, rules.age] = None


KIND_TABLES: dict[Kind, type[IntakeTable]] = {
    "food": IntakeTable,
    "water": WaterTable,
    "supplement": SupplementTable,
    "medicine": MedicineTable,
    "topical": TopicalTable,
    "bath": BathTable,
}
DOSES: dict[str, tuple[str, str, str, float]] = {  # unit, example, what, most
    "finasteride": ("mg", "1 mg", "a dose of finasteride is a mass", 100),
    "dutasteride": ("mg", "0.5 mg", "a dose of dutasteride is a mass", 100),
    "massage": ("minute", "4 min", "a massage is a time", 1440),
    "botulinum": ("allergan_unit", "150 U", "a dose of botulinum toxin is in units", 1000),
    "transplant": ("hair/cm**2", "40 grafts/cm2", "a transplant is a number of grafts for each cm2", 200),
}
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}


@cache
def _converter() -> cattrs.Converter:
    """A converter in which every key of every table is read by its own rule, and unknown keys are errors."""
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)

    def hook(rule: rules.Rule) -> Any:
        return override(struct_hook=lambda value, _: rule(value))

    for table in {PersonTable, TreatmentTable, ProductTable, *KIND_TABLES.values()}:
        hints = get_type_hints(table, include_extras=True)
        by_key = {key: hook(get_args(hint)[1]) for key, hint in hints.items()}
        converter.register_structure_hook(table, make_dict_structure_fn(table, converter, **by_key))
    return converter


def clipped(text: str) -> str:
    """A text as it may safely be printed: short, on one line, without control characters."""
    text = "".join(letter if letter.isprintable() else "?" for letter in text[: 2 * LONGEST_SHOWN])
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def shown(value: object) -> str:
    """A value of the file as it may safely be printed."""
    if isinstance(value, Amount | Strength | Elemental):
        value = value.text
    if isinstance(value, str):
        return clipped(f'"{value}"')
    try:
        text = str(value)
    except (RecursionError, ValueError):  # nested too deeply, or an integer of thousands of digits
        return "…"
    return clipped(text.lower() if isinstance(value, bool) else text)


class _Reader:
    """One file being read; collects what is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.own: list[OwnProduct] = []
        self.named: set[tuple[str, str]] = set()  # kind and name of every described product, usable or not
        self.jurisdiction: Jurisdiction = "US"

    def refuse(self, key: str, value: object, mend: str) -> None:
        self.problems.append(Problem(self.file, key, "" if value is None else shown(value), mend))

    def table(self, kind: type[Any], data: Any, where: str, header: str) -> Any:
        """One table of the file as `kind`, or None with the problems noted; `header` is the line above its keys."""
        if not isinstance(data, dict):
            self.refuse(where, data, f"it must be a table: write {header} on a line of its own, and its keys below")
            return None
        try:
            return _converter().structure(data, kind)
        except BaseValidationError as error:
            self._note(error, kind, data, where)
            return None

    def _note(self, error: BaseValidationError, kind: type[Any], data: dict[str, Any], where: str) -> None:
        known = [one.name for one in fields(kind)]
        for cause in error.exceptions:
            if isinstance(cause, ForbiddenExtraKeysError):
                for extra in (key for key in data if key in cause.extra_fields):
                    near = nearest(extra, known, most=1)
                    self.refuse(f"{where}.{clipped(extra)}", data[extra], f"unknown key; {nearest_sentence(near)}")
                continue
            notes = [note for note in getattr(cause, "__notes__", []) if isinstance(note, AttributeValidationNote)]
            name = notes[0].name if notes else ""
            if isinstance(cause, KeyError):
                self.refuse(f"{where}.{cause.args[0]}", None, "this key is needed")
            elif isinstance(cause, QuantityError):
                self.refuse(f"{where}.{name}", data.get(name), str(cause))
            elif isinstance(cause, ClassValidationError):
                self._note(cause, kind, data, where)
            else:
                self.refuse(f"{where}.{name}", data.get(name), "this value cannot be used here")

    def ages(self, table: Any, data: dict[str, Any], where: str) -> None:
        """An end before its beginning is refused."""
        if table.from_age is not None and table.to_age is not None and table.to_age <= table.from_age:
            self.refuse(f"{where}.to_age", data["to_age"], f"it must be later than from_age ({table.from_age:g})")

    def person(self, data: Any) -> Person | None:
        table = self.table(PersonTable, data, "person", "[person]")
        if table is None:
            return None
        values = {one.name: getattr(table, one.name) for one in fields(PersonTable)}
        values["hairs_per_cm2"] = values["hairs_per_cm2"] or {}
        if table.pregnant and table.sex == "male":
            self.refuse("person.pregnant", True, "sex is male; leave pregnant out or set sex to female")
        if table.onset_age is not None and table.onset_age > table.age:
            self.refuse("person.onset_age", data["onset_age"], f"it cannot be later than age ({table.age:g})")
        return Person(**values)

    def intake(self, data: Any, where: str) -> Intake | None:
        kind = data.get("kind") if isinstance(data, dict) else "food"
        try:
            kind = rules.choice(*KIND_TABLES)(kind)
        except QuantityError as error:
            self.refuse(f"{where}.kind", kind, str(error))
            return None
        table = self.table(KIND_TABLES[kind], data, where, "[[intake]]")
        if isinstance(data, dict) and data.get("product") is not None:
            self._product(kind, data.get("product"), where)
        if table is None:
            return None
        self.ages(table, data, where)
        intake = self._of_label(table, where) if isinstance(table, SupplementTable) else _intake(table)
        if intake is None:
            return None
        if intake.own is None:
            intake = replace(intake, own=find_own(kind, intake.product, tuple(self.own)))
        line = next(
            (key for key in ("label_text", "daily_value_percent") if getattr(table, key, None) is not None), None
        )
        for key, value, mend in check_intake(intake):
            at, shown_value = key, clipped(value)
            if line is not None and key not in data:
                at, shown_value = line, shown(getattr(table, line))
            self.problems.append(Problem(self.file, f"{where}.{at}", shown_value, mend))
        return intake

    def _of_label(self, table: SupplementTable, where: str) -> Intake | None:
        """A supplement or a medicine, by whichever of the three ways it is described; None with the problems noted."""
        before = len(self.problems)
        for key, mend in _misused(table):
            self.refuse(f"{where}.{key}", getattr(table, key), mend)
        if len(self.problems) > before:
            return None
        if table.label_text is None and table.daily_value_percent is None:
            return _intake(table)
        taking = Taking(
            servings=1.0 if table.servings is None else table.servings,
            amount=table.amount,
            serving=table.serving,
            label=table.label,  # type: ignore[arg-type]
            year=table.daily_value_year,
            jurisdiction=self.jurisdiction,
            own=tuple(self.own),
        )
        key: str = "daily_value_percent" if table.label_text is None else "label_text"
        kind: Any = table.kind
        try:
            if table.label_text is not None:
                read = read_label(table.label_text, kind, taking).intake
            else:
                share = table.daily_value_percent or 0.0
                read = read_percent(share, table.product or "magnesium", kind, taking)
        except QuantityError as error:
            self.refuse(f"{where}.{key}", getattr(table, key), str(error))
            return None
        dated = {name: getattr(table, name) for name in ("per", "times", "at", "coating", "from_age", "to_age")}
        return replace(read, **dated)

    def product(self, data: Any, where: str) -> None:
        """One [[product]], added to those that intakes may name."""
        if isinstance(data, dict):
            self.named.add((str(data.get("kind")), plain(str(data.get("name"))[: rules.LONGEST_TEXT])))
        table: ProductTable | None = self.table(ProductTable, data, where, "[[product]]")
        if table is None:
            return
        kind: Any = table.kind
        if exact(kind, table.name) is not None:
            mend = f'a {kind} of this name is known already; give it a name of its own, such as "my {table.name}"'
            self.refuse(f"{where}.name", table.name, mend)
        if find_own(kind, table.name, tuple(self.own)) is not None:
            self.refuse(f"{where}.name", table.name, f"another [[product]] is a {kind} of this name already")
        formula = table.formula
        if table.salt is not None:
            formula = self._salt(table.salt, table.formula, where)
            if kind == "topical" and table.strength is not None and HYDRATE.search(table.salt) is None:
                formula = DRY.get(formula or "", formula)  # as brines are labeled, and it counts more
        for key, mend in _unclear(table, formula):
            self.refuse(f"{where}.{key}", getattr(table, key), mend)
        own = OwnProduct(table.name, kind, formula, table.elemental, table.unit_mass, table.strength, table.note)
        self.own.append(own)

    def _salt(self, name: str, formula: str | None, where: str) -> str | None:
        """The formula of a salt by its name; a problem where it is unknown or a formula stands beside it."""
        if formula is not None:
            self.refuse(f"{where}.formula", formula, "write salt or formula, not both")
        try:
            found = find_product("supplement", name)
        except UnknownName as error:
            self.refuse(f"{where}.salt", name, f"no salt of this name is known; {nearest_sentence(error.near)}")
            return None
        if not isinstance(found, Product) or found.salt is None:
            self.refuse(f"{where}.salt", name, 'it names no one salt; write one, such as salt = "magnesium chloride"')
            return None
        return found.salt.formula

    def _product(self, kind: Kind, name: Any, where: str) -> None:
        """A product that no table holds is refused; what is no name at all was refused before."""
        if isinstance(name, str) and (kind, plain(name)) in self.named:
            return
        try:
            find_product(kind, rules.text(name), tuple(self.own))
        except UnknownName as error:
            self.refuse(f"{where}.product", name, f"no {kind} of this name is known; {nearest_sentence(error.near)}")
        except QuantityError:
            pass

    def treatment(self, data: Any, where: str) -> Treatment | None:
        table: TreatmentTable | None = self.table(TreatmentTable, data, where, "[[treatment]]")
        if table is None:
            return None
        self.ages(table, data, where)
        try:
            return _treatment(table)
        except QuantityError as error:
            self.refuse(f"{where}.dose", table.dose, str(error))
            return None


def _misused(table: SupplementTable) -> list[tuple[str, str]]:
    """Keys of a supplement that do not go together, each with how to mend it."""
    found: list[tuple[str, str]] = []
    read = table.label_text is not None or table.daily_value_percent is not None
    if not read:
        found += [(key, "this key is needed") for key in ("product", "amount") if getattr(table, key) is None]
        for key in ("servings", "serving", "daily_value_year"):
            if getattr(table, key) is not None:
                found.append((key, "it goes with label_text or daily_value_percent; leave it out here"))
        return found
    if table.label_text is not None:
        if table.product is not None:
            found.append(("product", "label_text names the product; leave product out"))
        if table.daily_value_percent is not None:
            found.append(("daily_value_percent", "write it into label_text, or leave label_text out"))
    elif table.label is not None:
        found.append(("label", "a percentage is always of magnesium itself; leave label out"))
    for key in ("unit_mass", "strength"):
        if getattr(table, key, None) is not None:
            found.append((key, "the label says this; leave it out"))
    if table.amount is not None and table.servings is not None:
        found.append(("servings", 'write how much is taken once: servings = 2, or amount = "2 capsules"'))
    if table.serving is not None and table.serving.kind == "mass":
        found.append(("serving", 'a serving is a number or a volume, such as "2 capsules" or "15 mL"'))
    return found


DRY = {"MgCl2.6H2O": "MgCl2", "MgSO4.7H2O": "MgSO4"}
HYDRATE = re.compile(r"hydrate|flake|H2O|epsom|bischofite|bitter", re.IGNORECASE)
CURVES = ("MgCl2", "MgSO4")  # salts whose solutions have a density curve


def _unclear(table: ProductTable, formula: str | None) -> list[tuple[str, str]]:
    """What keeps a described product from being weighed, each with how to mend it."""
    found: list[tuple[str, str]] = []
    if formula is None and table.elemental is None and table.salt is None:
        found.append(("elemental", 'write salt = "magnesium chloride", or the magnesium in it: elemental = "12 %"'))
    holds = "" if table.elemental is None else table.elemental.kind
    if table.elemental is not None and table.strength is not None:
        found.append(("strength", "write elemental or strength, not both"))
    if table.unit_mass is not None and holds == "mg/unit":
        found.append(("unit_mass", "elemental says what one holds; leave unit_mass out"))
    if table.strength is not None and table.strength.kind != "mg/mL" and formula is None:
        found.append(("strength", 'a percentage needs its salt, or write it as "33 mg/mL" of magnesium'))
    if table.kind == "topical":
        if holds in ("share", "mg/unit"):
            found.append(
                ("elemental", 'what is laid on the skin is known by the mL: "100 mg/mL", or salt and strength')
            )
        if formula is not None and holds == "" and not formula.startswith(CURVES):
            found.append(("elemental", 'for this salt write the magnesium in 1 mL, such as elemental = "20 mg/mL"'))
    elif table.kind == "bath":
        if holds in ("mg/mL", "mg/unit") or table.strength is not None:
            found.append(("elemental", 'what goes into a bath is weighed: write salt, or elemental = "12 %"'))
    elif table.strength is not None and table.strength.kind in ("w/w", "parts") and table.strength.basis_stated:
        found.append(("strength", 'write it as "8 % w/v" or as "33 mg/mL" of magnesium'))
    return found


def _intake(table: Any) -> Intake:
    """A parsed table as the record the stages read."""
    area_cm2, area_name = getattr(table, "area", (None, "scalp"))
    contact = getattr(table, "contact", None)
    return Intake(
        kind=table.kind,
        product=table.product,
        amount=table.amount,
        per=table.per,
        times=table.times,
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
    )


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


def _treatment(table: TreatmentTable) -> Treatment:
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


def _entries(reader: _Reader, data: dict[str, Any], key: str) -> list[Any]:
    """The list of tables under `key`."""
    found = data.get(key, [])
    if not isinstance(found, list):
        reader.refuse(key, None, f"write [[{key}]] in double brackets: there may be several")
        return []
    if len(found) > rules.MOST_ENTRIES:
        reader.refuse(key, None, f"{len(found)} entries are too many; at most {rules.MOST_ENTRIES} are read")
        return []
    return found


Parts = tuple[Person, tuple[Intake, ...], tuple[Treatment, ...], tuple[OwnProduct, ...]]


def parse(text: str, source: str) -> Parts:
    """Person, intakes, treatments and described products; raises ScenarioError with every problem found."""
    reader = _Reader(source)
    dotted = next((i for i, line in enumerate(text.split("\n"), 1) if line.count(".") > MOST_DOTS), None)
    if len(text) > LARGEST_FILE:
        reader.refuse("", None, TOO_LARGE)
    elif dotted is not None:
        reader.refuse("", None, f"line {dotted} holds more than {MOST_DOTS} dots; no line of a scenario needs so many")
    if reader.problems:
        raise ScenarioError(reader.problems)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reader.refuse("", None, f"this is not valid TOML: {error}")
        raise ScenarioError(reader.problems) from None
    except (RecursionError, ValueError):
        reader.refuse("", None, "this is not valid TOML: it is nested too deeply or holds a number too long to read")
        raise ScenarioError(reader.problems) from None
    known = ("person", "product", "intake", "treatment")
    for key in data:
        if key not in known:
            mend = f"unknown key; {nearest_sentence(nearest(key, known, most=1))}"
            reader.refuse(clipped(key), None, mend)
    person = None
    if "person" in data:
        person = reader.person(data["person"])
    else:
        reader.refuse("person", None, "a scenario needs a [person] table with age and sex")
    if person is not None:
        reader.jurisdiction = person.jurisdiction
    for number, entry in enumerate(_entries(reader, data, "product"), 1):
        reader.product(entry, f"product[{number}]")
    intakes = [reader.intake(entry, f"intake[{i}]") for i, entry in enumerate(_entries(reader, data, "intake"), 1)]
    treatments = [
        reader.treatment(entry, f"treatment[{i}]") for i, entry in enumerate(_entries(reader, data, "treatment"), 1)
    ]
    if reader.problems or person is None:
        raise ScenarioError(reader.problems)
    return (
        person,
        tuple(one for one in intakes if one is not None),
        tuple(one for one in treatments if one is not None),
        tuple(reader.own),
    )


def read_text(path: Path) -> str:
    """The text of a scenario file; raises ScenarioError where it is missing, a folder, too large, or no text."""
    name = str(path)

    def refuse(mend: str) -> ScenarioError:
        return ScenarioError([Problem(name, "", "", mend)])

    try:
        if path.is_dir():
            raise refuse("this is a folder; name a TOML file in it")
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refuse("there is no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise refuse(f"the file cannot be read: {reason}") from None
    if len(raw) > LARGEST_FILE:
        raise refuse(TOO_LARGE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse("the file is not UTF-8 text; save it as UTF-8") from None
