"""Oxygen where an equation gives it outright: to check the field solver, and to reckon on the back of an envelope.

Lengths in um, times in s, pressures in mmHg; permeability K in um2/s/mmHg, consumption M in 1/s (um3 O2 in um3 of
tissue in a second). Consumption is uniform and of zero order (independent of pO2) but where Michaelis and Menten stand.
Each raises AnagenError, with all that is wrong, where it does not hold.
"""

from __future__ import annotations

from math import exp, inf, log, pi, sqrt

import numpy as np

from anagen.errors import AnagenError
from anagen.oxygen.grid import Floats

DIETZ_SQUARE = 30.8828
"""Dietz' shape factor of a square with the well at its center."""
SPHERE_AT_CENTER, SPHERE_MEAN = 6, 15
NEWTON_STEPS, CLOSE = 60, 1e-12
BISECTIONS = 200


def _above(**given: float) -> list[str]:
    """What is wrong with numbers above 0."""
    return [f"{name} = {one:g}: give a number above 0" for name, one in given.items() if not 0 < one < inf]


def _from_zero(**given: float) -> list[str]:
    """What is wrong with numbers of 0 or more."""
    return [f"{name} = {one:g}: give 0 or more" for name, one in given.items() if not 0 <= one < inf]


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise AnagenError("\n".join(wrong))


def krogh_erlang(r: float, wall_po2: float, capillary: float, cylinder: float, consumption: float, k: float) -> float:
    """pO2 (mmHg) at radius r (um) in a cylinder of tissue around one capillary (Krogh 1919, Erlang).

    P = P_w - M/(2K) (R2 ln(r/r_c) - (r2 - r_c2)/2), with r_c `capillary` and R `cylinder`, where nothing passes R.
    """
    _refuse(
        _above(capillary=capillary, cylinder=cylinder, k=k) + _from_zero(wall_po2=wall_po2, consumption=consumption)
    )
    if not capillary <= r <= cylinder:
        raise AnagenError(f"r = {r:g}: give a radius from that of the capillary, {capillary:g}, to {cylinder:g} um")

    def po2(at: float) -> float:
        spread = cylinder**2 * log(at / capillary) - (at**2 - capillary**2) / 2
        return wall_po2 - consumption / (2 * k) * spread

    if po2(cylinder) < 0:
        raise AnagenError(
            f"cylinder = {cylinder:g}: oxygen does not reach so far, and of what it does not reach this equation is "
            "silent; give a narrower one"
        )
    return po2(r)


def slab_reach(surface_po2: float, consumption: float, k: float) -> float:
    """How deep (um) oxygen reaches from one face of a slab: sqrt(2 K P_s/M) (Hill 1928; Thomlinson and Gray 1955).

    Where nothing is burned it reaches any depth: inf.
    """
    _refuse(_from_zero(surface_po2=surface_po2, consumption=consumption) + _above(k=k))
    if not consumption:
        return inf
    return sqrt(2 * k * surface_po2 / consumption)


def slab_po2(depth: float, surface_po2: float, consumption: float, k: float) -> float:
    """pO2 (mmHg) at a depth (um) below the face of a thick slab: P_s (1 - x/reach)2, 0 beyond its reach."""
    _refuse(_from_zero(depth=depth))
    reach = slab_reach(surface_po2, consumption, k)
    if not reach:
        return 0.0
    return surface_po2 * max(0.0, 1 - depth / reach) ** 2


def sphere_po2(r: float, surface_po2: float, radius: float, consumption: float, k: float) -> float:
    """pO2 (mmHg) at r (um) from the center of a sphere that is oxygenated throughout: P_s - M (a2 - r2)/(6K)."""
    _throughout(surface_po2, radius, consumption, k)
    if not 0 <= r <= radius:
        raise AnagenError(f"r = {r:g}: give a radius from 0 to that of the sphere, {radius:g} um")
    return surface_po2 - consumption * (radius**2 - r**2) / (SPHERE_AT_CENTER * k)


def sphere_mean(surface_po2: float, radius: float, consumption: float, k: float) -> float:
    """Mean pO2 (mmHg) of a sphere that is oxygenated throughout: P_s - M a2/(15 K)."""
    _throughout(surface_po2, radius, consumption, k)
    return surface_po2 - consumption * radius**2 / (SPHERE_MEAN * k)


def _throughout(surface_po2: float, radius: float, consumption: float, k: float) -> None:
    """Raise AnagenError where not all of a sphere has oxygen."""
    if core := anoxic_core(surface_po2, radius, consumption, k):
        raise AnagenError(
            f"radius = {radius:g}: within {core:.4g} um of its center this sphere has no oxygen, and this equation "
            "does not hold; use sphere_of_michaelis_menten"
        )


def anoxic_core(surface_po2: float, radius: float, consumption: float, k: float) -> float:
    """Radius c (um) of a sphere's core without oxygen: P_s = M/(6K) (a2 - 3c2 + 2c3/a); 0 where there is none."""
    _refuse(_from_zero(surface_po2=surface_po2, consumption=consumption) + _above(radius=radius, k=k))
    if SPHERE_AT_CENTER * k * surface_po2 >= consumption * radius**2:
        return 0.0
    wanted = SPHERE_AT_CENTER * k * surface_po2 / consumption
    low, high = 0.0, radius
    for _ in range(BISECTIONS):
        core = (low + high) / 2
        if radius**2 - 3 * core**2 + 2 * core * core * core / radius > wanted:
            low = core
        else:
            high = core
    return (low + high) / 2


def sphere_of_michaelis_menten(
    surface_po2: float, radius: float, consumption: float, half_po2: float, k: float, shells: int
) -> Floats:
    """pO2 (mmHg) at the middle of equal shells of a sphere, uptake M P/(P + P_half), from the center outward.

    Finite volumes on `shells` shells of one thickness, second order; Newton's method on the tridiagonal system.
    """
    wrong = _from_zero(surface_po2=surface_po2, consumption=consumption)
    wrong += _above(radius=radius, half_po2=half_po2, k=k)
    if shells < 1 or shells % 1:
        wrong.append(f"shells = {shells:g}: give a whole number of 1 or more")
    _refuse(wrong)
    width = radius / shells
    edges = np.arange(shells + 1) * width
    volume = np.diff(edges * edges * edges) / 3
    inner = edges[:-1] ** 2 * k / width
    outer = edges[1:] ** 2 * k / width
    outer[-1] *= 2  # from the last middle to the surface is half a shell
    po2: Floats = np.full(shells, surface_po2, dtype=np.float64)
    for _ in range(NEWTON_STEPS):
        rate = consumption * po2 / (half_po2 + np.maximum(po2, 0)) * volume
        slope = consumption * half_po2 / (half_po2 + np.maximum(po2, 0)) ** 2 * volume
        beyond, before = np.append(po2[1:], surface_po2), np.insert(po2[:-1], 0, po2[0])
        left = outer * (po2 - beyond) + inner * (po2 - before) + rate
        matrix = np.diag(inner + outer + slope) - np.diag(outer[:-1], 1) - np.diag(inner[1:], -1)
        change = np.linalg.solve(matrix, left)
        po2 -= change
        if np.abs(change).max() <= CLOSE * surface_po2:
            break
    return po2


def dietz_square_mean(wall_po2: float, vessel: float, side: float, consumption: float, k: float) -> float:
    """Mean pO2 (mmHg) of a square of tissue with one straight vessel through its center (Dietz 1965).

    P_w - q/(4 pi K) ln(4 L2 / (e^gamma C_A r2)), q = M L2: each square feeds on its own vessel; its sides are closed.
    """
    wrong = _from_zero(wall_po2=wall_po2, consumption=consumption) + _above(vessel=vessel, side=side, k=k)
    if 2 * vessel >= side:
        wrong.append(f"vessel = {vessel:g}: give a radius below half the side, {side:g} um")
    _refuse(wrong)
    flow = consumption * side**2
    return wall_po2 - flow / (4 * pi * k) * log(4 * side**2 / (exp(np.euler_gamma) * DIETZ_SQUARE * vessel**2))
