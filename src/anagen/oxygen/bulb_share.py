"""What a bulb's mean pO2 says of the rest of it: its minimum, and how much of it lies below a level.

In a ball of uniform uptake fed from its surface the center lies M r2 / (10 K) below the mean. A bulb of a network is
fed from one side more than from the other, the more so the less it is fed: a share of what its mean has lost adds to
that drop. Like the mean, the minimum cannot fall below 0, and the drop shrinks as uptake does (`closure.limited_po2`).

Between the minimum and as far above the mean pO2 is spread about evenly, which gives the share below a level. Nothing
is fitted there.
"""

from __future__ import annotations

from typing import Any

from anagen.mechanism import positive_part
from anagen.oxygen.closure import limited_po2

EVEN = 1e-9
"""mmHg: a bulb that differs by less has one pO2 throughout."""


def bulb_minimum_of(
    mean: Any,
    bulb_consumption: Any,
    inlet_po2: Any,
    bulb_radius: Any,
    tissue_permeability: Any,
    minimum_bulb: Any,
    minimum_drop: Any,
    minimum_half_po2: Any,
) -> Any:
    """Lowest pO2 in a bulb (mmHg) with a mean (mmHg).

    `minimum_bulb` weighs M r2/K, `minimum_drop` what the mean has lost of the blood's pO2 on entering; at
    `minimum_half_po2` (mmHg) the drop is half.
    """
    across = minimum_bulb * bulb_consumption * bulb_radius**2 / tissue_permeability
    full = mean - across - minimum_drop * (inlet_po2 - mean)
    return limited_po2(full, mean, minimum_half_po2)


def hypoxic_share_of(mean: Any, minimum: Any, level: Any) -> Any:
    """Share of a bulb below a level (mmHg): (level - min) / (2 (mean - min)), not below 0 or above 1."""
    share = positive_part(level - minimum) / (2 * positive_part(mean - minimum - EVEN) + EVEN)
    return 1 - positive_part(1 - share)
