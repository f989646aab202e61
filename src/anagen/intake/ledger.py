"""The ledger: elemental magnesium by source and route, held against the limit that applies.

It counts what is swallowed or laid on, never what is absorbed: limits are set so. By the cautious rule all that is
on the skin counts; in evidence mode only what could cross it. What is dissolved in a bath never counts, only the
most that could cross from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from anagen.errors import Problem, ScenarioError
from anagen.intake.applied import bath_item, topical_item
from anagen.intake.calcium import Calcium, calcium_of
from anagen.intake.calcium_cautions import calcium_cautions
from anagen.intake.calcium_spacing import calcium_alone, calcium_spacing_findings
from anagen.intake.catalogue import product_of
from anagen.intake.cautions import cautions
from anagen.intake.ceilings import Flaw
from anagen.intake.check import flaws_of
from anagen.intake.findings import Finding, in_order
from anagen.intake.foods import Food
from anagen.intake.item import Item
from anagen.intake.limits import Limits, limits_for
from anagen.intake.products import Product
from anagen.intake.spacing import Clock, day_clock
from anagen.intake.swallowed import food_item, oral_item, water_item
from anagen.intake.totals import Totals, totals_of
from anagen.intake.treatment_cautions import also_medicines, treatment_cautions
from anagen.intake.verdict import Verdict, verdict_on
from anagen.intake.wording import figure
from anagen.routine import Intake, Person, in_use
from anagen.scenario import Scenario


@dataclass(frozen=True)
class Ledger:
    """A routine, added up: the limits, the totals, a line for each intake, what there is to say, and the verdict.

    Beside them stand the calcium that is known, and the day as a clock of medicines and magnesium by mouth.
    """

    limits: Limits
    totals: Totals
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    calcium: Calcium = field(default_factory=Calcium)
    clock: Clock = field(default_factory=Clock)

    @property
    def exit_status(self) -> int:
        """0 where the routine is within the limit or there is none; 1 where it is not one's own to take as it is.

        That is over the limit, not to be used at all, or (with weak kidneys) only together with a clinician.
        """
        return 1 if self.verdict in ("over_limit", "do_not_use", "ask_clinician") else 0

    def to_dict(self) -> dict[str, object]:
        """The JSON object that `anagen check --json` prints."""
        return {
            "limits": self.limits.to_dict(),
            "totals_mg_per_day": self.totals.to_dict(),
            "items": [item.to_dict() for item in self.items],
            "findings": [finding.to_dict() for finding in self.findings],
            "verdict": self.verdict,
            "calcium": self.calcium.to_dict(),
            "clock": self.clock.to_dict(),
        }


def tally(scenario: Scenario) -> Ledger:
    """Add up a scenario's magnesium and hold it against the limit.

    Parameters
    ----------
    scenario : the person and their intakes; treatments play no part but for what is said of spironolactone.

    Returns
    -------
    Ledger

    Raises
    ------
    UnknownName
        Where no table holds a product.
    ScenarioError
        Where an intake lacks what it takes to weigh it. An impossible amount or strength is a finding that stops.

    Examples
    --------
    >>> from anagen.quantities import Amount
    >>> pills = Intake("supplement", "multivitamin", Amount("50 mg", 50.0, "mass"))
    >>> tally(Scenario(Person(age=40, sex="male"), (pills,))).verdict
    'within_margin'
    """
    person, limits = scenario.person, limits_for(scenario.person)
    flaws = [flaws_of(intake) for intake in scenario.intakes]
    _refuse_unusable(scenario, flaws)
    items = [_item(intake, person, limits) for intake in scenario.intakes]
    totals = totals_of(items)
    taken = [intake for intake in scenario.intakes if in_use(intake, person.age)]
    magnesium = [intake for intake in taken if not calcium_alone(intake)]  # the rules of magnesium are about these
    calcium = calcium_of(person, items)
    medicated = replace(person, medicines=also_medicines(person, scenario.treatments))
    found = list(cautions(medicated, magnesium, items, limits, totals.counted, calcium))
    found += treatment_cautions(person, scenario.treatments)
    found += calcium_cautions(person, items, calcium)
    found += calcium_spacing_findings(taken, person.medicines)
    for intake, its_flaws in zip(scenario.intakes, flaws, strict=True):
        if in_use(intake, person.age):
            found += [Finding(flaw.code, "stop", intake.product, _stop_message(flaw)) for flaw in its_flaws]
    findings = in_order(found)
    verdict = verdict_on(person, limits, totals.counted, findings)
    return Ledger(limits, totals, tuple(items), findings, verdict, calcium, day_clock(magnesium, person.medicines))


def _item(intake: Intake, person: Person, limits: Limits) -> Item:
    """The line of one intake."""
    product = product_of(intake)
    if not in_use(intake, person.age):
        return _item_not_now(intake, product, person)
    if isinstance(product, Food):
        return food_item(intake, product)
    if intake.kind == "water":
        return water_item(intake, product, limits.counts_water)
    if intake.kind == "topical":
        return topical_item(intake, product)
    return bath_item(intake, product) if intake.kind == "bath" else oral_item(intake, product)


def _item_not_now(intake: Intake, product: Food | Product, person: Person) -> Item:
    """A line of zero for an intake of another age."""
    bounds = [f"from {figure(intake.from_age)}" if intake.from_age is not None else ""]
    bounds.append(f"until {figure(intake.to_age)}" if intake.to_age is not None else "")
    words = f"used {' '.join(filter(None, bounds))}, not at {figure(person.age)}: 0 mg"
    message = f"{intake.product} is {words.removesuffix(': 0 mg')}, so it is left out today."
    return Item(
        name=intake.product, product=product.name, kind=intake.kind, elemental_mg_per_day=0.0, counted_mg_per_day=0.0,
        counted_evidence_mg_per_day=0.0, arithmetic=words, coating=intake.coating, active=False,
        solubility="food" if isinstance(product, Food) else product.solubility,
        source=product.source,
        status=product.status,
        findings=(Finding("not-now", "note", intake.product, message),),
    )  # fmt: skip


def _refuse_unusable(scenario: Scenario, flaws: list[list[Flaw]]) -> None:
    """Raise ScenarioError where something cannot be weighed at all."""
    problems = [
        Problem(scenario.source, f"intake[{number}].{flaw.key}", flaw.shown, flaw.mend)
        for number, its_flaws in enumerate(flaws, start=1)
        for flaw in its_flaws
        if flaw.code in ("missing", "unusable")
    ]
    if problems:
        raise ScenarioError(problems)


def _stop_message(flaw: Flaw) -> str:
    """A flaw in one sentence."""
    return f"{flaw.key} = {flaw.shown}: {flaw.mend}."
