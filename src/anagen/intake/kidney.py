"""The kidney: the only way out for magnesium, and so a bound on what may go in.

What it can excrete at its utmost is GFR x plasma magnesium x the share that passes the filter x the largest share
of that which it lets go.
"""

from __future__ import annotations

from typing import Literal

from anagen.evidence.parameters import value
from anagen.routine import Person, Sex

Band = Literal["unknown", "normal", "half", "clinician", "stop"]

MINUTES_PER_DAY = 1440
ML_PER_L = 1000.0
MG_PER_MMOL = 24.305  # molar mass of magnesium


def filtration_rate(creatinine_mg_dl: float, age: float, sex: Sex) -> float:
    """Estimated glomerular filtration rate from creatinine, mL/min/1.73 m2 (CKD-EPI 2021, race-free).

    eGFR = 142 x min(Scr/kappa, 1)^alpha x max(Scr/kappa, 1)^-1.200 x 0.9938^age, x 1.012 if female

    Parameters
    ----------
    creatinine_mg_dl : serum creatinine Scr, above zero; age : years; sex : sets kappa and alpha.
    """
    ratio = creatinine_mg_dl / value(f"ckd_epi_kappa_{sex}")
    return (
        value("ckd_epi_scale")
        * min(ratio, 1) ** value(f"ckd_epi_alpha_{sex}")
        * max(ratio, 1) ** value("ckd_epi_exponent")
        * value("ckd_epi_age_base") ** age
        * (value("ckd_epi_female_factor") if sex == "female" else 1)
    )


def egfr_of(person: Person) -> float | None:
    """The person's eGFR: as measured, else from creatinine, else None.

    The equation was made in adults, so a child's creatinine gives None.
    """
    if person.egfr is not None:
        return person.egfr
    creatinine = person.creatinine_mg_dl
    if creatinine is None or creatinine <= 0 or person.age < value("ckd_epi_youngest_age"):
        return None
    return filtration_rate(creatinine, person.age, person.sex)


def band_of(egfr: float | None) -> Band:
    """The band an eGFR falls in: from 60 "normal", 45-59 "half", 30-44 "clinician", below 30 "stop"."""
    if egfr is None:
        return "unknown"
    if egfr < value("kidney_stop_egfr"):
        return "stop"
    if egfr < value("kidney_clinician_egfr"):
        return "clinician"
    return "half" if egfr < value("kidney_normal_egfr") else "normal"


def limit_share(band: Band) -> float:
    """The share of the limit a band leaves: all of it from an eGFR of 60, half from 30, nothing below."""
    if band == "stop":
        return 0.0
    return 1.0 if band in ("unknown", "normal") else value("kidney_limit_share")


def excretion_ceiling(egfr: float) -> float:
    """The most magnesium the kidneys can excrete, mg a day, at a usual plasma level.

    ceiling = GFR x 1440 min/day x plasma magnesium x filterable share x highest fractional excretion x 24.305 mg/mmol

    Parameters
    ----------
    egfr : mL/min/1.73 m2.

    Examples
    --------
    >>> round(excretion_ceiling(60))
    937
    """
    liters = egfr * MINUTES_PER_DAY / ML_PER_L
    filtered = liters * value("excretion_plasma_magnesium") * value("excretion_filterable_share")
    return filtered * value("excretion_highest_share") * MG_PER_MMOL
