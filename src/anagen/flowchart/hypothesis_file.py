"""Reading a hypothesis of one's own from TOML: every problem at once, each with its file, key, value and mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from anagen import rules
from anagen.errors import Problem, UnusableFile, nearest_sentence
from anagen.evidence.parameters import parameters
from anagen.flowchart.chart import flowchart
from anagen.flowchart.corners import wrong_with
from anagen.flowchart.hypotheses import HYPOTHESES, Hypothesis, Override
from anagen.flowchart.hypothesis_values import on_or_off, override_of
from anagen.flowchart.settable import idle_under, settable
from anagen.mends import no_table, too_many, unknown_key
from anagen.nearest import nearest
from anagen.quantities import QuantityError
from anagen.reading import clipped, shown
from anagen.toml_files import FileKind

KEYS = ("name", "says", "start_from", "arrows", "parameters")
LONGEST_NAME = 40
LONGEST_SAYS = 300
PLAIN = "hybrid"


class HypothesisError(UnusableFile):
    """A hypothesis that cannot be used, with every problem found in it."""


HYPOTHESIS = FileKind("a hypothesis", HypothesisError)


def says(value: Any) -> str:
    """A sentence or two; longer than a name may be."""
    if not isinstance(value, str) or len(value) <= rules.LONGEST_TEXT:
        return rules.text(value)
    if len(value) > LONGEST_SAYS:
        raise QuantityError(f"it is too long; use at most {LONGEST_SAYS} characters")
    parts = [value[i : i + rules.LONGEST_TEXT] for i in range(0, len(value), rules.LONGEST_TEXT)]
    for part in parts:
        if part.strip():
            rules.text(part)
    return " ".join(value.split())


def own_name(value: Any) -> str:
    """A name that no built-in hypothesis has."""
    name = rules.text(value)
    if len(name) > LONGEST_NAME:
        raise QuantityError(f"it is too long; use at most {LONGEST_NAME} characters")
    if name.casefold() in HYPOTHESES:
        raise QuantityError(f'a built-in hypothesis is called so; give it a name of its own, such as "my {name}"')
    return name


def _not_settable(name: str) -> str:
    """Why a parameter cannot be set."""
    if name in parameters():
        return "it says how people, hairs or milligrams are counted, which is the same under every hypothesis"
    return f"no arrow, node or hair cycle has a parameter of this name; {nearest_sentence(nearest(name, settable()))}"


class _Reader:
    """One file being read; collects what is wrong with it and what is odd but allowed."""

    def __init__(self, file: str, data: dict[str, Any]) -> None:
        self.file, self.data = file, data
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def refuse(self, key: str, value: object, mend: str) -> None:
        self.problems.append(Problem(self.file, key, "" if value is None else shown(value), mend))

    def note(self, key: str, says: str) -> None:
        self.notes.append(f"{self.file}: {key}: {says}")

    def take(self, key: str, rule: Callable[[Any], Any], otherwise: Any) -> Any:
        """The value of a key by its rule; `otherwise` where it is left out or refused."""
        if key not in self.data:
            return otherwise
        try:
            return rule(self.data[key])
        except QuantityError as error:
            self.refuse(key, self.data[key], str(error))
            return otherwise

    def table(self, key: str) -> dict[str, Any]:
        """The table under a key; none where it is left out."""
        found = self.data.get(key, {})
        if not isinstance(found, dict):
            self.refuse(key, found, no_table(f"[{key}]"))
            return {}
        if mend := too_many(len(found)):
            self.refuse(key, None, mend)
            return {}
        return found

    def arrows(self, start: Hypothesis) -> frozenset[str]:
        """The arrows that are off."""
        off = set(start.off)
        for name, value in self.table("arrows").items():
            key = f"arrows.{clipped(name)}"
            if name not in flowchart().arrows:
                near = nearest_sentence(nearest(name, flowchart().arrows))
                self.refuse(key, value, f"no arrow is called so; {near}")
                continue
            try:
                on = on_or_off(value)
            except QuantityError as error:
                self.refuse(key, value, str(error))
                continue
            if on == (name not in start.off):
                self.note(key, f"it is {'on' if on else 'off'} in {start.name} already")
            off = off - {name} if on else off | {name}
        return frozenset(off)

    def parameters(self) -> list[Override]:
        """What stands in place of records."""
        found: list[Override] = []
        for name, value in self.table("parameters").items():
            key = f"parameters.{clipped(name)}"
            record = settable().get(name)
            if record is None:
                self.refuse(key, value, _not_settable(name))
                continue
            try:
                one = override_of(record, value)
            except QuantityError as error:
                self.refuse(key, value, str(error))
                continue
            wrong = next(filter(None, (wrong_with({name: end}) for end in (one.low, one.high))), "")
            if wrong:
                self.refuse(key, value, f"with it {wrong}; write one nearer to the record's own, {record.value:g}")
            found.append(one)
        return found

    def together(self, overrides: list[Override]) -> None:
        """What goes wrong with all parameters at their low ends or all at their high ends, though not with one."""
        if self.problems or len(overrides) < 2:
            return
        for end in ("low", "high"):
            if wrong := wrong_with({one.parameter: getattr(one, end) for one in overrides}):
                self.refuse("parameters", None, f"with all of them {wrong}; write some nearer to the records' own")
                return

    def odd(self, start: Hypothesis, found: Hypothesis) -> None:
        """Notes on what will make no difference."""
        for one in found.overrides:
            if idle := idle_under(one.parameter, found.off):
                off = " and ".join(idle)
                self.note(f"parameters.{one.parameter}", f"no arrow that is on uses it, since {off} is off")
        if found.off == start.off and not found.overrides:
            self.note("name", f"nothing is changed, so this is {start.name} under another name")


def _read(reader: _Reader) -> Hypothesis:
    """The hypothesis of a file, as far as it can be used."""
    for key in reader.data:
        if key not in KEYS:
            reader.refuse(clipped(key), reader.data[key], unknown_key(key, KEYS))
    if "name" not in reader.data:
        reader.refuse("name", None, 'a hypothesis needs a name, such as name = "my reading"')
    start = HYPOTHESES[reader.take("start_from", rules.choice(*HYPOTHESES), PLAIN)]
    name, sentence = reader.take("name", own_name, ""), reader.take("says", says, "")
    off, overrides = reader.arrows(start), reader.parameters()
    reader.together(overrides)
    found = Hypothesis(name, sentence, off, tuple(overrides), start.name)
    reader.odd(start, found)
    return found


def parse_hypothesis(text: str, source: str) -> Hypothesis:
    """A hypothesis from TOML text; raises HypothesisError with every problem found."""
    reader = _Reader(source, HYPOTHESIS.data(text, source))
    found = _read(reader)
    if reader.problems:
        raise HypothesisError(reader.problems)
    return Hypothesis(
        found.name, found.says, found.off, found.overrides, found.start_from, source, text, tuple(reader.notes)
    )


def load_hypothesis(path: Path) -> Hypothesis:
    """A hypothesis from a file; raises HypothesisError where it is missing, no text, or cannot be used."""
    return parse_hypothesis(HYPOTHESIS.text(path), str(path))
