"""How much of what there is in a drawn network of vessels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from math import inf

from anagen.evidence.parameters import value
from anagen.oxygen.network import NetworkError

SHORTEST = 3.0
"""um: a capillary of two arms and a stem, each as long as the least that is drawn."""

RULES: tuple[tuple[str, tuple[str, ...], Callable[[float], bool]], ...] = (
    (
        f"a length of {SHORTEST:g} um or more",
        ("capillary_length_low", "capillary_length_high"),
        lambda x: x >= SHORTEST,
    ),
    (
        "a length above 0 um",
        (
            "capillary_radius", "plexus_radius", "plexus_spacing", "basket_length",
            "papilla_loop_length", "papilla_loop_width",
        ),
        lambda x: x > 0,
    ),
    ("a share above 0", ("basket_stem_share",), lambda x: x > 0),
    ("0 or an even number, as they stand in pairs", ("basket_capillaries",), lambda x: x >= 0 and x % 2 == 0),
    ("a share of the spacing below 0.5", ("plexus_jitter",), lambda x: 0 <= x < 1 / 2),
    ("a whole number of 2 or more", ("plexus_fed_every",), lambda x: x >= 2 and x == round(x)),
)  # fmt: skip
"""What is asked of a density, of which, and the test; of the others, 0 or more."""


@dataclass(frozen=True)
class Densities:
    """Lengths in um, as the records of the same names have it."""

    dermal_vessel_density: float
    capillary_length_low: float
    capillary_length_high: float
    capillary_radius: float
    fork_spread: float
    plexus_radius: float
    plexus_spacing: float
    plexus_jitter: float
    plexus_scatter: float
    plexus_fed_every: float
    superficial_plexus_depth: float
    deep_plexus_depth: float
    basket_capillaries: float
    basket_length: float
    basket_stem_share: float
    basket_gap: float
    papilla_loop_length: float
    papilla_loop_width: float

    def __post_init__(self) -> None:
        if wrong := list(self._wrong()):
            raise NetworkError("\n".join(wrong))

    def _wrong(self) -> Iterator[str]:
        asked = {name: (wanted, fits) for wanted, names, fits in RULES for name in names}
        for name in (one.name for one in fields(self)):
            wanted, fits = asked.get(name, ("0 or more", lambda x: x >= 0))
            given = getattr(self, name)
            if not (0 <= given < inf and fits(given)):
                yield f"{name} = {given:g}: give {wanted}"
        if self.capillary_length_low > self.capillary_length_high:
            low, high = self.capillary_length_low, self.capillary_length_high
            yield f"capillary_length_low = {low:g}: give no more than capillary_length_high, {high:g}"

    @staticmethod
    def of_records() -> Densities:
        """As the records have it."""
        return Densities(**{one.name: value(one.name) for one in fields(Densities)})
