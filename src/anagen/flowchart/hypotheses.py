"""The rival hypotheses: which arrows are on in each."""

from __future__ import annotations

from dataclasses import dataclass

from anagen.flowchart.chart import Flowchart


@dataclass(frozen=True)
class Hypothesis:
    """A set of arrows: all but those in `off`."""

    name: str
    says: str
    off: frozenset[str]

    def gates(self, chart: Flowchart) -> dict[str, int]:
        """1 or 0 for every arrow of the chart."""
        return {name: 0 if name in self.off else 1 for name in chart.arrows}


HYPOTHESES: dict[str, Hypothesis] = {
    one.name: one
    for one in (
        Hypothesis(
            "androgen-first",
            "Androgen acts on the follicle itself; lost vessels, fibrosis and low oxygen follow and do not act back.",
            frozenset(
                {
                    "hypoxia-drives-miniaturization",
                    "inflammation-drives-miniaturization",
                    "fibrosis-lowers-ceiling",
                    "inflammation-raises-scalp-dht",
                }
            ),
        ),
        Hypothesis(
            "calcification-first",
            "Androgen and tension act only through fibrosis, calcification, blood flow and oxygen (the thread's).",
            frozenset(
                {
                    "androgen-drives-miniaturization",
                    "inflammation-drives-miniaturization",
                    "topical-minoxidil-slows-anagen",
                    "oral-minoxidil-slows-anagen",
                    "topical-minoxidil-shortens-kenogen",
                    "oral-minoxidil-shortens-kenogen",
                    "microneedling-regrows-follicle",
                }
            ),
        ),
        Hypothesis("hybrid", "Every arrow is on.", frozenset()),
    )
}
