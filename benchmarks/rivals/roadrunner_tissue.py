"""The slow states of the scalp in libRoadRunner, from our own SBML: what a tissue engine has to beat.

libRoadRunner compiles the exported model once and steps it with CVODE (variable order, variable step). One course is
one person in one region under one hypothesis and one plan, from 12 to 62, recorded every year, at a relative tolerance
of 1e-8: at 1e-6 thin states are off by more than 1e-4 (see docs/sbml.md). A person of an outlook is thirty courses:
five regions, three hypotheses, two arms.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import roadrunner

from anagen.flowchart.chart import flowchart
from anagen.outlook.export_sbml import drawn_values, export_sbml
from anagen.scenario import Scenario

SCENARIO = Path(__file__).parents[2] / "examples" / "finasteride_man.toml"
REGION = "vertex"
YEARS = 50
RELATIVE, ABSOLUTE = 1e-8, 1e-11
SHOWN = ("blood_flow", "bulb_po2", "anagen_speed", "kenogen_stretch", "size_loss", "ceiling_drop", "follicle_loss")


class Tissue:
    """The exported model, compiled, and drawn people to run it for."""

    def __init__(self, people: int) -> None:
        roadrunner.Config.setValue(roadrunner.Config.LLVM_BACKEND, roadrunner.Config.LLJIT)  # compiles in a third
        scenario = Scenario.load(SCENARIO)
        begin = perf_counter()
        self.runner: Any = roadrunner.RoadRunner(export_sbml(scenario, region=REGION))
        self.compile_seconds = perf_counter() - begin
        integrator = self.runner.getIntegrator()
        integrator.relative_tolerance, integrator.absolute_tolerance = RELATIVE, ABSOLUTE
        self.runner.timeCourseSelections = ["time", *flowchart().states, *SHOWN]
        values = drawn_values(scenario, REGION, np.arange(people))
        known = list(self.runner.model.getGlobalParameterIds())
        self.places = [known.index(name) for name in values]
        self.people = np.stack(list(values.values())).T.tolist()

    def course(self, person: int) -> np.ndarray:
        """One course: years in rows; time, states and what acts on a follicle in columns."""
        self.runner.model.setGlobalParameterValues(self.places, self.people[person])
        self.runner.reset()
        return np.array(self.runner.simulate(0, YEARS, YEARS + 1))


def seconds_per_person(n: int) -> float:
    """Seconds of one course, the mean over `n` drawn people; setting a person up counts, compiling does not."""
    tissue = Tissue(n)
    tissue.course(0)
    begin = perf_counter()
    for person in range(n):
        tissue.course(person)
    return (perf_counter() - begin) / n


if __name__ == "__main__":
    print(f"{seconds_per_person(200) * 1000:.2f} ms a course")
