"""What may befall the vessels of a block, and the tissue between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np

from anagen.errors import AnagenError
from anagen.oxygen.network import BASKET, DERMAL, PAPILLA, Network

Where = Literal["everywhere", "follicle", "dermis"]
LOST_KINDS: dict[Where, tuple[int, ...]] = {
    "everywhere": (DERMAL, BASKET, PAPILLA),
    "follicle": (BASKET, PAPILLA),
    "dermis": (DERMAL,),
}

RULES: tuple[tuple[str, tuple[str, ...], Callable[[float], bool]], ...] = (
    ("a share between 0 and 1", ("loss",), lambda given: 0 <= given <= 1),
    ("0 or more", ("wall_thickness", "wall_resistance"), lambda given: 0 <= given < inf),
    (
        "a factor above 0",
        ("capillary_radius", "arteriole_radius", "permeability", "follicle_permeability"),
        lambda given: 0 < given < inf,
    ),
)


@dataclass(frozen=True)
class Damage:
    """Of the vessels and the tissue of one block; the defaults are health.

    Attributes
    ----------
    loss : share of capillaries lost, 0 to 1; the meshes of the plexus stay.
    where : which capillaries: everywhere, around the follicle only, or in the dermis and fat only.
    capillary_radius, arteriole_radius : factors on these radii; flow goes with the fourth power (Poiseuille).
    wall_thickness : um added outside every vessel.
    wall_resistance : further resistance of every wall (mmHg s/um2).
    permeability : factor on the permeability of the tissue between follicles, below 1 with fibrosis.
    follicle_permeability : the same of bulbs and sheaths.
    keep_flow : whether what is left of the vessels carries all the flow there was.
    """

    loss: float = 0.0
    where: Where = "everywhere"
    capillary_radius: float = 1.0
    arteriole_radius: float = 1.0
    wall_thickness: float = 0.0
    wall_resistance: float = 0.0
    permeability: float = 1.0
    follicle_permeability: float = 1.0
    keep_flow: bool = False

    def __post_init__(self) -> None:
        wrong = [
            f"{name} = {getattr(self, name):g}: give {wanted}"
            for wanted, names, fits in RULES
            for name in names
            if not fits(getattr(self, name))
        ]
        if self.where not in LOST_KINDS:
            wrong.append(f"where = {self.where}: give {' or '.join(LOST_KINDS)}")
        if wrong:
            raise AnagenError("\n".join(wrong))


HEALTHY = Damage()


def thinned(network: Network, damage: Damage) -> Network:
    """The network without the vessels that are lost and with the radii that are left; more loss takes more away."""
    lost = np.isin(network.kind, LOST_KINDS[damage.where]) & (network.rank < damage.loss)
    kept = network.keep(~lost)
    is_capillary = np.isin(kept.kind, LOST_KINDS["everywhere"])
    factor = np.where(is_capillary, damage.capillary_radius, 1.0)
    parts = {name: getattr(kept, name) for name in ("place", "role", "unit", "ends", "kind", "vessel", "rank")}
    return Network(radius=kept.radius * factor, **parts)
