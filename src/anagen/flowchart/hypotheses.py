"""The hypotheses: which arrows are on in each, and which parameters stand otherwise. Three are built in, rivals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anagen.errors import AnagenError, UnknownName
from anagen.nearest import nearest

if TYPE_CHECKING:
    from anagen.flowchart.chart import Flowchart


@dataclass(frozen=True)
class Override:
    """A parameter as one hypothesis has it, in place of what people draw from its record.

    Attributes
    ----------
    parameter : the name of its record; every number is in that record's unit.
    low, high : the same where everybody has one value; else each person draws evenly between the two.
    by_region : region and value, of a parameter set in some regions; the others keep their record.
    text : as it was written, such as "0.02 1/year".
    """

    parameter: str
    low: float
    high: float
    by_region: tuple[tuple[str, float], ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Hypothesis:
    """A set of arrows, all but those in `off`, and the parameters that stand otherwise under it.

    Attributes
    ----------
    name, says : what it is called, and what it holds in a sentence.
    off : the arrows that are off.
    overrides : parameters in place of their records, under this hypothesis only.
    start_from : the built-in one it was made from, "" for one of those.
    source, text : its file, and all that stands in it.
    notes : what was worth saying when it was read.
    """

    name: str
    says: str
    off: frozenset[str]
    overrides: tuple[Override, ...] = ()
    start_from: str = ""
    source: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()

    def gates(self, chart: Flowchart) -> dict[str, int]:
        """1 or 0 for every arrow of the chart."""
        return {name: 0 if name in self.off else 1 for name in chart.arrows}

    def override(self, parameter: str) -> Override | None:
        """What stands in place of a parameter's record; None where the record holds."""
        return next((one for one in self.overrides if one.parameter == parameter), None)

    def without(self, *arrows: str) -> Hypothesis:
        """The same with more arrows off; raises UnknownName where there is no such arrow.

        Examples
        --------
        >>> hypothesis("hybrid").without("calcification-lowers-flow").name
        'hybrid without calcification-lowers-flow'
        """
        from anagen.flowchart.chart import flowchart

        for arrow in arrows:
            if arrow not in flowchart().arrows:
                raise UnknownName("arrow", arrow, nearest(arrow, flowchart().arrows))
        return Hypothesis(
            name=f"{self.name} without {', '.join(arrows)}",
            says=self.says,
            off=self.off | frozenset(arrows),
            overrides=self.overrides,
            start_from=self.start_from or self.name,
        )

    @staticmethod
    def load(path: str | Path) -> Hypothesis:
        """Read a hypothesis of one's own from a TOML file; `notes` of it say what is odd but allowed.

        Raises
        ------
        HypothesisError
            With every problem found, where the file cannot be used.

        Examples
        --------
        >>> mine = Hypothesis.load("examples/hypotheses/harder-calcium.toml")
        >>> sorted(mine.off)
        ['calcification-lowers-flow']
        """
        from anagen.flowchart.hypothesis_file import load_hypothesis

        return load_hypothesis(Path(path))

    @staticmethod
    def loads(text: str, source: str = "(text)") -> Hypothesis:
        """Read a hypothesis from TOML text; `source` names it in errors. Raises HypothesisError as `load` does."""
        from anagen.flowchart.hypothesis_file import parse_hypothesis

        return parse_hypothesis(text, source)


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
                    "sebaceous-glands-drive-miniaturization",
                    "prostaglandin-shortens-anagen",
                    "vessels-lower-size-loss",
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
                    "topical-minoxidil-releases-resting-hair",
                    "oral-minoxidil-releases-resting-hair",
                    "microneedling-regrows-follicle",
                    "sebaceous-glands-drive-miniaturization",
                    "prostaglandin-shortens-anagen",
                }
            ),
        ),
        Hypothesis("hybrid", "Every arrow is on.", frozenset()),
    )
}


def hypothesis(name: str, known: Iterable[Hypothesis] | None = None) -> Hypothesis:
    """A hypothesis by its name, of those known (left out, of the built-in ones); raises UnknownName, with the nearest.

    Examples
    --------
    >>> hypothesis("hybrid").off
    frozenset()
    """
    by_name = HYPOTHESES if known is None else {one.name: one for one in known}
    if name not in by_name:
        raise UnknownName("hypothesis", name, nearest(name, by_name) or tuple(by_name))
    return by_name[name]


def chosen(wanted: Iterable[str | Hypothesis] | None) -> tuple[Hypothesis, ...]:
    """The hypotheses of a run: built-in ones by their names, others as they are; left out, all that are built in.

    Raises
    ------
    UnknownName
        Where no built-in one has a name, or an arrow or a parameter of one made in Python does not exist.
    AnagenError
        Where none is named, or two are called the same.
    """
    if isinstance(wanted, str | Hypothesis):
        wanted = (wanted,)
    given = HYPOTHESES.values() if wanted is None else wanted
    found = tuple(hypothesis(one) if isinstance(one, str) else one for one in given)
    if not found:
        raise AnagenError("name at least one hypothesis")
    seen: dict[str, Hypothesis] = {}
    for one in found:
        if one.name in seen or HYPOTHESES.get(one.name, one) != one:
            raise AnagenError(f'two hypotheses are called "{one.name}"; give each a name of its own')
        seen[one.name] = one
        _check_names(one)
    return found


def _check_names(one: Hypothesis) -> None:
    """A hypothesis made in Python may name what does not exist; raises UnknownName."""
    from anagen.flowchart.chart import flowchart
    from anagen.flowchart.settable import settable

    for what, names, known in (
        ("arrow", sorted(one.off), flowchart().arrows),
        ("parameter", [each.parameter for each in one.overrides], settable()),
    ):
        for name in names:
            if name not in known:
                raise UnknownName(what, name, nearest(name, known))
