"""What an experiment is and what it hands back: numbers with units, and one sentence made from them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from anagen.evidence.claims import figures
from anagen.intake.wording import figure

Kind = Literal["found", "set", "published"]

WHOLE = 10.0
COARSE = ("percent", "1/cm**2", "mmHg", "min")

CENTRAL = "Every uncertain value stands at its center; people differ."
PEOPLE = (
    "Every person draws every uncertain value of the records and grows a few follicles; that the model itself may be"
    " wrong is not in it."
)
CLOSURE = "The closure stands for solved fields in made-up vessel networks; no scalp has been measured so."
ASSUMED = "The rates of calcification are assumed, not measured: nobody has looked in scalp."


@dataclass(frozen=True)
class Number:
    """One number of an experiment.

    Attributes
    ----------
    name : kebab-case; says : what it is, in words.
    value, unit : the unit in pint's spelling; a value of None was not reached ("never").
    low, high : the range of 8 in 10 people, where people were drawn.
    kind : "found" by the model, "set" by the experiment, or "published" (then `source` is its key).
    """

    name: str
    says: str
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    kind: Kind = "found"
    source: str = ""

    def written(self, value: float) -> str:
        """A value of this kind without its unit and sign: what was found only as sure as a model can say it."""
        return figure(abs(value)) if self.kind != "found" else rough(value, self.unit in COARSE)

    def with_sign(self, value: float) -> str:
        """The same with a minus before it where it is below nothing."""
        shown = self.written(value)
        return f"\N{MINUS SIGN}{shown}" if value < 0 and shown != "0" else shown

    @property
    def shown(self) -> str:
        """The value without its unit and sign."""
        return "never" if self.value is None else self.written(self.value)

    @property
    def signed(self) -> str:
        """The value of a change, with its sign: "+3", "0"."""
        if self.value is None or self.shown == "0":
            return self.shown
        return f"{'+' if self.value > 0 else ''}{self.with_sign(self.value)}"

    @property
    def of(self) -> float:
        """The value, where it cannot be None."""
        assert self.value is not None
        return self.value


@dataclass(frozen=True)
class Result:
    """What an experiment found.

    Attributes
    ----------
    numbers : by themselves; sentence : made from them.
    caveats : what the numbers leave out.
    people : how many were drawn; 0 where every value stands at its center.
    experiment, asks, seed : which experiment, what it asks, and the seed; filled in when it is run.
    """

    numbers: tuple[Number, ...]
    sentence: str
    caveats: tuple[str, ...]
    people: int = 0
    experiment: str = ""
    asks: str = ""
    seed: int = 0

    def __getitem__(self, name: str) -> Number:
        """A number by its name."""
        return next(number for number in self.numbers if number.name == name)

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "experiment": self.experiment,
            "asks": self.asks,
            "numbers": [
                {
                    "name": one.name, "says": one.says, "value": one.value, "unit": one.unit, "low": one.low,
                    "high": one.high, "kind": one.kind, "source": one.source,
                }
                for one in self.numbers
            ],
            "sentence": self.sentence,
            "caveats": list(self.caveats),
            "people": self.people,
            "seed": self.seed,
        }  # fmt: skip


@dataclass(frozen=True)
class Experiment:
    """Something the model can be asked; the same seed gives the same answer."""

    name: str
    asks: str
    ask: Callable[[int], Result]

    def run(self, seed: int = 0) -> Result:
        """Run it."""
        return replace(self.ask(seed), experiment=self.name, asks=self.asks, seed=seed)


def rough(number: float, coarse: bool = False) -> str:
    """A number as sure as a model can say it: whole from ten on, below to two figures, or where coarse to a tenth.

    Examples
    --------
    >>> rough(45.83), rough(2.487), rough(-0.0421), rough(0.0), rough(9.97)
    ('46', '2.5', '0.042', '0', '10')
    >>> rough(2.487, coarse=True), rough(0.04, coarse=True)
    ('2.5', '0')
    """
    size = abs(number)
    below = round(size, 1) if coarse else float(f"{size:.1e}")
    return f"{size:,.0f}" if below >= WHOLE else f"{below:g}"


def experiment(ask: Callable[[int], Result]) -> Experiment:
    """Make a function of a seed into an experiment; its name and question are the function's and its docstring's."""
    asks = inspect.cleandoc(ask.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return Experiment(ask.__name__.replace("_", "-"), asks, ask)


def published(name: str) -> Number:
    """A published number, by its name in the claims file."""
    one = figures()[name]
    return Number(name, one.place, one.value, one.unit, kind="published", source=one.source)


def under_each(words: Mapping[str, str]) -> str:
    """Words for each hypothesis: "12 under androgen-first, 3 under calcification-first and 9 under hybrid"."""
    parts = [f"{shown} under {name}" for name, shown in words.items()]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
