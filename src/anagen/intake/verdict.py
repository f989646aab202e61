"""The verdict on a routine: one word for how what counts stands to the limit, the margin, and what forbids it."""

from __future__ import annotations

from typing import Literal

from anagen.intake.findings import Finding
from anagen.intake.kidney import band_of, egfr_of
from anagen.intake.limits import Limits
from anagen.routine import Person

Verdict = Literal["within_margin", "within_limit", "over_limit", "do_not_use", "no_limit", "ask_clinician"]


def verdict_on(person: Person, limits: Limits, counted: float, findings: tuple[Finding, ...]) -> Verdict:
    """The verdict: a stop first, then the limit, then a clinician, then the margin.

    With an eGFR of 30 to 44 half the limit is what counting goes by, and none of it is for the person alone to take.
    """
    if any(finding.severity == "stop" for finding in findings):
        return "do_not_use"
    limit, allowance = limits.supplemental_ul_mg_per_day, limits.allowance_mg_per_day
    if limit is not None and counted > limit:
        return "over_limit"
    if counted > 0 and band_of(egfr_of(person)) == "clinician":
        return "ask_clinician"
    if limit is None or allowance is None:
        return "no_limit" if counted > 0 else "within_margin"
    return "within_limit" if counted > allowance else "within_margin"
