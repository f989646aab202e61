"""A question about one patch of scalp, as a person asks it: how much flow, what is lost, what is thickened.

`scene_reading` reads it from a TOML file; here it becomes the patch and the damage that the field solver takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path

from anagen.errors import AnagenError
from anagen.evidence.parameters import value
from anagen.oxygen.anatomy import Anatomy
from anagen.oxygen.damage import HEALTHY, Damage
from anagen.oxygen.densities import Densities
from anagen.oxygen.grow import grow
from anagen.oxygen.patch import SPACING, Demands, Patch
from anagen.oxygen.scene_network import network_of_file

WISHES: tuple[tuple[str, tuple[str, ...], Callable[[float], bool]], ...] = (
    ("a number above 0", ("flow", "width", "depth", "spacing"), lambda given: 0 < given < inf),
    ("0 or more", ("bulb_uptake", "capillary_density"), lambda given: 0 <= given < inf),
    ("a share above 0 and not above 1", ("nutritive_share",), lambda given: 0 < given <= 1),
    ("a whole number of 1 or more", ("bulbs", "threads"), lambda given: given >= 1 and not given % 1),
)
"""What is asked of which numbers, whoever gives them; a file's have narrower bounds (`scene_rules`)."""


@dataclass(frozen=True)
class Scene:
    """One patch and what befalls it; the defaults are health, as the records have it.

    Attributes
    ----------
    flow : blood flow of the scalp in health or disease (mL/hg/min), before capillaries are lost.
    nutritive_share : of it, the part that passes vessels which exchange oxygen.
    damage : of vessels and tissue.
    bulb_uptake : most oxygen the bulb burns (1/s).
    capillary_density : of the dermis and the fat (1/um2); basket_capillaries : around each bulb.
    width, depth, bulbs : of the patch (um); spacing : of the grid (um).
    seed : of the drawn network; network : a file that holds one instead.
    title, source : a label; the file it was read from.
    """

    flow: float = field(default_factory=lambda: value("flow_at_rest"))
    nutritive_share: float = field(default_factory=lambda: value("nutritive_share"))
    damage: Damage = HEALTHY
    bulb_uptake: float = field(default_factory=lambda: value("bulb_consumption"))
    capillary_density: float = field(default_factory=lambda: value("dermal_vessel_density"))
    basket_capillaries: int = field(default_factory=lambda: round(value("basket_capillaries")))
    width: float = field(default_factory=lambda: value("patch_width"))
    depth: float = field(default_factory=lambda: value("patch_depth"))
    bulbs: int = field(default_factory=lambda: round(value("patch_bulbs")))
    spacing: float = SPACING
    seed: int = 1
    network: Path | None = None
    threads: int = 1
    title: str = ""
    source: str = "(made in Python)"

    def __post_init__(self) -> None:
        wrong = [
            f"{name} = {getattr(self, name):g}: give {wanted}"
            for wanted, names, fits in WISHES
            for name in names
            if not fits(getattr(self, name))
        ]
        if wrong:
            raise AnagenError("\n".join(wrong))

    @property
    def perfusion(self) -> float:
        """Blood for each volume of tissue (1/s), shunted blood among it."""
        return self.flow * value("perfusion_of_flow")

    @property
    def anatomy(self) -> Anatomy:
        """The records' anatomy in a block of this size."""
        return replace(Anatomy.of_records(), width=self.width, depth=self.depth, bulbs=self.bulbs, seed=self.seed)

    @property
    def densities(self) -> Densities:
        """The records' densities but for what the scene says."""
        return replace(
            Densities.of_records(),
            dermal_vessel_density=self.capillary_density,
            basket_capillaries=self.basket_capillaries,
        )


def patch_of_scene(scene: Scene) -> Patch:
    """The patch in health; raises NetworkError where the scene's network file cannot be used."""
    anatomy, demands = scene.anatomy, replace(Demands.of_records(), bulb=scene.bulb_uptake)
    if scene.network is None:
        return Patch(anatomy, demands, grow(anatomy, scene.densities, scene.seed))
    network = network_of_file(scene.network, anatomy)
    if network.bulbs.size:
        anatomy = replace(anatomy, places=tuple((x, y) for x, y in network.bulbs.tolist()))
    return Patch(anatomy, demands, network)
