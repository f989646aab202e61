"""Reading a scenario from TOML: every problem reported at once, each with its file, key, value and mend.

The tables of `anagen.tables` are the file format; cattrs walks them and collects what their rules refuse. What a
routine holds (is there such a product? can a brine be that strong?) is asked of the catalogue of intakes.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
)

from anagen import rules
from anagen.errors import Problem, ScenarioError, UnknownName, nearest_sentence
from anagen.intake.calcium_keys import with_calcium
from anagen.intake.catalogue import exact, find_own, find_product, plain
from anagen.intake.check import check_intake
from anagen.intake.label import Taking, read_label, read_percent
from anagen.intake.products import Product
from anagen.mends import no_table, too_many, unknown_key
from anagen.quantities import (
    Amount,
    Elemental,
    QuantityError,
    Strength,
)
from anagen.routine import (
    Intake,
    Jurisdiction,
    Kind,
    OwnProduct,
    Person,
    Sex,
    Treatment,
)
from anagen.table_checks import misused, unclear
from anagen.table_records import calcium_of_product, intake_of, treatment_of
from anagen.tables import (
    KIND_TABLES,
    PersonTable,
    ProductTable,
    SupplementTable,
    TreatmentTable,
    converter,
)
from anagen.toml_files import FileKind
from anagen.treatment_checks import unfit

DRY = {"MgCl2.6H2O": "MgCl2", "MgSO4.7H2O": "MgSO4"}
HYDRATE = re.compile(r"hydrate|flake|H2O|epsom|bischofite|bitter", re.IGNORECASE)
LONGEST_SHOWN = 60
SCENARIO = FileKind("a scenario", ScenarioError)


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
        self.sex: Sex | None = None

    def refuse(self, key: str, value: object, mend: str) -> None:
        self.problems.append(Problem(self.file, key, "" if value is None else shown(value), mend))

    def table(self, kind: type[Any], data: Any, where: str, header: str) -> Any:
        """One table of the file as `kind`, or None with the problems noted; `header` is the line above its keys."""
        if not isinstance(data, dict):
            self.refuse(where, data, no_table(header))
            return None
        try:
            return converter().structure(data, kind)
        except BaseValidationError as error:
            self._note(error, kind, data, where)
            return None

    def _note(self, error: BaseValidationError, kind: type[Any], data: dict[str, Any], where: str) -> None:
        known = [one.name for one in fields(kind)]
        for cause in error.exceptions:
            if isinstance(cause, ForbiddenExtraKeysError):
                for extra in (key for key in data if key in cause.extra_fields):
                    self.refuse(f"{where}.{clipped(extra)}", data[extra], unknown_key(extra, known))
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
        intake = self._of_label(table, where) if isinstance(table, SupplementTable) else intake_of(table)
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
        for key, mend in misused(table):
            self.refuse(f"{where}.{key}", getattr(table, key), mend)
        if len(self.problems) > before:
            return None
        if table.label_text is None and table.daily_value_percent is None:
            return self._with_calcium(intake_of(table), table, where)
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
        dated = {name: getattr(table, name) for name in ("per", "at", "coating", "from_age", "to_age")}
        dated["times"] = table.takings
        return self._with_calcium(replace(read, **dated), table, where)

    def _with_calcium(self, intake: Intake, table: SupplementTable, where: str) -> Intake | None:
        """An intake with the calcium stated for it; None with the problem noted."""
        try:
            return with_calcium(intake, table.calcium_mg)
        except QuantityError as error:
            self.refuse(f"{where}.calcium_mg", table.calcium_mg, str(error))
            return None

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
        for key, mend in unclear(table, formula):
            self.refuse(f"{where}.{key}", getattr(table, key), mend)
        calcium = calcium_of_product(table)
        self.own.append(
            OwnProduct(table.name, kind, formula, table.elemental, table.unit_mass, table.strength, table.note, calcium)
        )

    def _salt(self, name: str, formula: str | None, where: str) -> str | None:
        """The formula of a salt by its name; a problem where it is unknown or a formula stands beside it."""
        if formula is not None:
            self.refuse(f"{where}.formula", formula, "write salt or formula, not both")
        try:
            found = find_product("supplement", name)
        except UnknownName as error:
            self.refuse(f"{where}.salt", name, f"no salt of this name is known; {nearest_sentence(error.near)}")
            return None
        if not isinstance(found, Product) or found.named_salt is None:
            self.refuse(f"{where}.salt", name, 'it names no one salt; write one, such as salt = "magnesium chloride"')
            return None
        return found.named_salt.formula

    def _product(self, kind: Kind, name: Any, where: str) -> None:
        """A product that no table holds is refused; what is no name at all was refused before."""
        if isinstance(name, str) and (kind, plain(name)) in self.named:
            return
        try:
            find_product(kind, rules.text(name), tuple(self.own))
        except UnknownName as error:
            mend = f"no {kind} of this name is known; {nearest_sentence(error.near)}"
            if kind == "food" and str(name).lower().startswith("fdc:"):
                mend = "no imported food has this number; import its download first: anagen foods import FILE"
            self.refuse(f"{where}.product", name, mend)
        except QuantityError:
            pass

    def treatment(self, data: Any, where: str) -> Treatment | None:
        table: TreatmentTable | None = self.table(TreatmentTable, data, where, "[[treatment]]")
        if table is None:
            return None
        self.ages(table, data, where)
        for key, mend in unfit(table, self.sex):
            self.refuse(f"{where}.{key}", data[key], mend)
        try:
            return treatment_of(table)
        except QuantityError as error:
            self.refuse(f"{where}.dose", table.dose, str(error))
            return None


def _entries(reader: _Reader, data: dict[str, Any], key: str) -> list[Any]:
    """The list of tables under `key`."""
    found = data.get(key, [])
    if not isinstance(found, list):
        reader.refuse(key, None, f"write [[{key}]] in double brackets: there may be several")
        return []
    if mend := too_many(len(found)):
        reader.refuse(key, None, mend)
        return []
    return found


Parts = tuple[Person, tuple[Intake, ...], tuple[Treatment, ...], tuple[OwnProduct, ...]]


def parse(text: str, source: str) -> Parts:
    """Person, intakes, treatments and described products; raises ScenarioError with every problem found."""
    reader = _Reader(source)
    data = SCENARIO.data(text, source)
    known = ("person", "product", "intake", "treatment")
    for key in data:
        if key not in known:
            reader.refuse(clipped(key), None, unknown_key(key, known))
    person = None
    if "person" in data:
        person = reader.person(data["person"])
    else:
        reader.refuse("person", None, "a scenario needs a [person] table with age and sex")
    if person is not None:
        reader.jurisdiction, reader.sex = person.jurisdiction, person.sex
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
