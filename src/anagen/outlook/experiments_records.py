"""What an experiment is and what it hands back: numbers with units, and one sentence made from them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from anagen.evidence.claims import figures
from anagen.intake.wording import figure

Kind = Literal["found", "set", "published"]

CENTRAL = "Every uncertain value stands at its center; people differ."
PEOPLE = "Every person draws every uncertain value of the records; that the model itself may be wrong is not in it."
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

    @property
    def shown(self) -> str:
        """The value without its unit and sign, to three figures."""
        return "never" if self.value is None else figure(abs(self.value))

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


def experiment(ask: Callable[[int], Result]) -> Experiment:
    """Make a function of a seed into an experiment; its name and question are the function's and its docstring's."""
    asks = inspect.cleandoc(ask.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return Experiment(ask.__name__.replace("_", "-"), asks, ask)


def published(name: str) -> Number:
    """A published number, by its name in the claims file."""
    one = figures()[name]
    return Number(name, one.place, one.value, one.unit, kind="published", source=one.source)


def by_hypothesis(numbers: dict[str, Number], unit: str = "") -> str:
    """Numbers of several hypotheses in words: "12 if androgen-first holds, 3 if calcification-first does"."""
    after = f" {unit}" if unit else ""
    words = [f"{one.shown}{after} if {name} holds" for name, one in numbers.items()]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
