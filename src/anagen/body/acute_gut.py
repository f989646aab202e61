"""The state of the gut: how much longer than usual what is swallowed stays, and what that does to its uptake.

A death at normal kidneys after magnesium by mouth came with a gut that did not move it on [AJMS 2018, 355:390]. In a
gut where it stays w times as long, both parts of a dose leave w times as slowly, and the passive share grows. Passive
uptake (rate a) competes with being carried on (rate c), so that p = a / (a + c); with c / w in the place of c

    p_w = p w / (1 + p (w - 1))

which is p at w = 1 and tends to 1, all of it, in a gut that never moves. The carriers (V, K of the curve) stay as they
are: what they take up is set by how many there are.
"""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from anagen.body.acute import Laws
from anagen.intake.conditions import Gut

Floats = NDArray[np.float64]

GUTS: tuple[Gut, ...] = get_args(Gut)
RECORDS: dict[Gut, str] = {"constipated": "acute_stay_constipated", "blocked": "acute_stay_blocked"}
"""The record of each stay that is not the usual one."""


def slowed_share(passive: Any, stay: Any) -> Any:
    """The passive share of the curve in a gut where things stay `stay` times as long: p w / (1 + p (w - 1)).

    Examples
    --------
    >>> slowed_share(0.07, 1), round(slowed_share(0.07, 3), 3), round(slowed_share(0.07, 10), 3)
    (0.07, 0.184, 0.429)
    """
    return passive * stay / (1 + passive * (stay - 1))


def stay_in(gut: Gut, values: dict[str, Floats]) -> Floats:
    """How many times as long as usual things stay in the gut, per draw."""
    return values[RECORDS[gut]] if gut in RECORDS else np.ones_like(values["gut_passive_share"])


def slowed(laws: Laws, stay: Any) -> Laws:
    """The same body, at the same rest, with a gut where things stay `stay` times as long."""
    return laws._replace(gut_rate=laws.gut_rate / stay, passive=slowed_share(laws.passive, stay))
