"""The published studies: trials, surveys and measurements that models are fitted to and judged by.

The records are data, in `studies/*.toml`, one file for each kind of study; a record is

    [vanneste2000]
    says = "finasteride 1 mg against placebo, phototrichogram"
    sources = ["vanneste2000"]                       # keys of the bibliography
    population = { sex = "male", who = "mild to moderate pattern loss", n = 212, ages = [18, 40], region = "vertex" }
    design = "randomized"
    grade = "A"
    status = "checked"                               # checked, secondary, recalled or derived
    use = "calibration"                              # left out: validation
    arms = [
      { name = "finasteride", treatments = [{ kind = "finasteride", dose = 1, text = "1 mg", per = "day" }] },
      { name = "placebo", other = ["placebo"] },
    ]
    endpoints = [
      # one line each, as TOML wants it, with all of its keys
      { what = "total hairs", arm = "finasteride", net_of = "placebo", measure = "change", after = "48 weeks", ... },
    ]

See `anagen.evidence.study` for what each key means, and `study_words` for the words it may use. Nothing is read before
it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from anagen.evidence.parameters import Status
from anagen.evidence.study import Ages, Arm, Endpoint, Study
from anagen.evidence.study_reading import read_studies
from anagen.evidence.study_words import ScalpRegion

COUNT, DENSITY = "hair", "hair/cm**2"


@dataclass(frozen=True)
class Effect:
    """One measured number on a line of its own, for a likelihood or a table.

    Attributes
    ----------
    study, arm, against : whose; `against` is the arm it is net of, or None.
    endpoint : as it stands in the record (what, measure, of, note).
    mean, unit : in the unit that was asked for.
    standard_error : of the mean, None where it cannot be known from what was read.
    months : since the start, None for what has no start.
    n : people of the arm; region, ages : the endpoint's, else the study's.
    status : a "derived" number follows from another of the same study: use one of the two.
    """

    study: Study
    arm: Arm
    against: Arm | None
    endpoint: Endpoint
    mean: float
    unit: str
    standard_error: float | None
    months: float | None
    n: int | None
    region: ScalpRegion | None
    ages: Ages | None
    status: Status


@cache
def studies() -> Mapping[str, Study]:
    """Every study by its key, in the order of the files; raises EvidenceError with every defect at once."""
    folder = files("anagen.evidence").joinpath("studies")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    texts = {path.name.removesuffix(".toml"): path.read_text(encoding="utf-8") for path in paths}
    return MappingProxyType(read_studies(texts))


def _factor(endpoint: Endpoint, unit: str) -> float | None:
    """What a number of `endpoint` is multiplied by to be in `unit`; None where it cannot be."""
    if endpoint.unit == unit:
        return 1.0
    if endpoint.unit == COUNT and unit == DENSITY and endpoint.area_cm2 is not None:
        return 1 / endpoint.area_cm2
    return None


def _effect(study: Study, endpoint: Endpoint, unit: str, factor: float) -> Effect:
    arm = study.arm(endpoint.arm)
    n = endpoint.n or arm.n
    error = None if endpoint.spread is None else endpoint.spread.standard_error(n)
    return Effect(
        study=study,
        arm=arm,
        against=None if endpoint.net_of is None else study.arm(endpoint.net_of),
        endpoint=endpoint,
        mean=endpoint.center * factor,
        unit=unit,
        standard_error=None if error is None else error * factor,
        months=endpoint.months,
        n=n,
        region=endpoint.region or study.population.region,
        ages=endpoint.ages or study.population.ages,
        status=endpoint.status or study.status,
    )


def effects(what: str, unit: str) -> list[Effect]:
    """Every number of `what` that stands in `unit`, in the order of the records.

    Parameters
    ----------
    what : a key of `anagen.evidence.study_words.WHAT`, such as "total hairs".
    unit : as the records spell it: "hair/cm**2", "hair", "percent", ... Counts in a known area are also given for
        each cm2 where "hair/cm**2" is asked for.

    Examples
    --------
    >>> [(one.study.key, one.mean) for one in effects("anagen hairs", "hair/cm**2") if one.against]
    [('vanneste2000', 27.0)]
    """
    return [
        _effect(study, endpoint, unit, factor)
        for study in studies().values()
        for endpoint in study.endpoints
        if endpoint.what == what and (factor := _factor(endpoint, unit)) is not None
    ]
