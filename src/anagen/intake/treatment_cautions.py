"""What a treatment for the hair asks of the rest of the routine: spironolactone, potassium and pregnancy.

Nothing here changes the verdict, which is magnesium's.
"""

from __future__ import annotations

from collections.abc import Iterable

from anagen.intake.findings import Finding
from anagen.intake.kidney import band_of, egfr_of
from anagen.intake.wording import figure
from anagen.routine import Medicine, Person, Treatment, in_use

CODE = "spironolactone-caution"
SPIRONOLACTONE = "spironolactone"
SOURCES = ("spc_aldactone", "label_spironolactone")


def takes_spironolactone(person: Person, treatments: Iterable[Treatment]) -> bool:
    """Whether it is among the treatments of today: from `from_age` on (today where left out), until `to_age`."""
    return any(
        one.kind == SPIRONOLACTONE and one.dose * one.per_day > 0 and in_use(one, person.age) for one in treatments
    )


def also_medicines(person: Person, treatments: Iterable[Treatment]) -> tuple[Medicine, ...]:
    """The person's medicines, and the treatments that act on magnesium as a medicine does."""
    known = any(SPIRONOLACTONE in medicine.name.casefold() for medicine in person.medicines)
    if known or not takes_spironolactone(person, treatments):
        return person.medicines
    return (*person.medicines, Medicine(SPIRONOLACTONE))


def treatment_cautions(person: Person, treatments: Iterable[Treatment]) -> list[Finding]:
    """The caution about potassium, and in pregnancy about the child, where spironolactone is taken today."""
    if not takes_spironolactone(person, treatments):
        return []
    message = (
        "Spironolactone raises potassium in the blood, more so with weak kidneys, potassium pills or salt substitutes"
        f"{_kidneys(person)}; its label asks that potassium be measured."
    )
    if person.pregnant:
        message += " In rats it feminized male fetuses; in pregnancy, only with a clinician."
    else:
        message += " In pregnancy it may harm: in rats it feminized male fetuses."
    return [Finding(CODE, "caution", None, message, SOURCES)]


def _kidneys(person: Person) -> str:
    """What is known of weak kidneys, in brackets."""
    egfr = egfr_of(person)
    return "" if egfr is None or band_of(egfr) == "normal" else f" (the eGFR is {figure(egfr)} mL/min/1.73 m2)"
