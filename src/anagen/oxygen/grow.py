"""A synthetic network of vessels for a block of scalp, drawn from a seed.

Two horizontal meshes (the superficial and the deep plexus), forked capillaries anywhere in the dermis and the fat, a
basket of upright capillaries around each bulb, and a loop in each papilla. Forks keep out of follicles; a piece of a
mesh may cross a sheath. Densities are assumed: none is measured in scalp. No part changes when another does.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import cos, pi, sin

import numpy as np

from anagen.oxygen.anatomy import Anatomy
from anagen.oxygen.densities import Densities
from anagen.oxygen.draws import DEEP_PART, DERMAL_PART, FOLLICLE_PART, SUPERFICIAL_PART, draws_of
from anagen.oxygen.grid import Floats
from anagen.oxygen.network import (
    BASKET,
    COORDINATES,
    DERMAL,
    INLET,
    INNER,
    OUTLET,
    PAPILLA,
    PLEXUS,
    Network,
    NetworkError,
    join_networks,
)

MARGIN = 1.0
"""um kept from the block's faces."""
PROBES = 16
"""Places of a piece that are looked at for being in a follicle."""
MOST_DRAWS = 100
"""Drawn before one that fits, for each vessel wanted."""
NEVER = 2.0
"""The rank of what is not lost by itself."""


def grow(anatomy: Anatomy, densities: Densities, seed: int) -> Network:
    """The whole network of a block."""
    parts = [
        _mesh(anatomy, densities, densities.superficial_plexus_depth, draws_of(seed, SUPERFICIAL_PART)),
        _mesh(anatomy, densities, densities.deep_plexus_depth, draws_of(seed, DEEP_PART)),
        _dermal(anatomy, densities, draws_of(seed, DERMAL_PART)),
    ]
    if anatomy.bulbs:
        parts.append(_around_bulbs(anatomy, densities, draws_of(seed, FOLLICLE_PART)))
    return replace(join_networks(parts), bulbs=anatomy.centers[:, :2])


class Builder:
    """A network of one kind in the making, vessel by vessel."""

    def __init__(self) -> None:
        self.places: list[Floats] = []
        self.roles: list[int] = []
        self.units: list[int] = []
        self.ends: list[tuple[int, int]] = []
        self.vessels: list[int] = []
        self.feeding: list[bool] = []

    def node(self, place: Floats, role: int, unit: int) -> int:
        """Add a node; returns its number."""
        self.places.append(place)
        self.roles.append(role)
        self.units.append(unit)
        return len(self.roles) - 1

    def vessel(self, nodes: list[int], feeding: bool = False) -> None:
        """Add a vessel through some nodes; one that feeds others is not lost by itself."""
        for start, end in pairwise(nodes):
            self.ends.append((start, end))
            self.vessels.append(len(self.feeding))
        self.feeding.append(feeding)

    def network(self, kind: int, radius: float, draws: np.random.Generator) -> Network:
        """What was built; the order in which its capillaries are lost is drawn here."""
        feeding = np.array(self.feeding, dtype=bool)
        capillaries = int((~feeding).sum())
        rank = np.full(feeding.size, NEVER)
        rank[~feeding] = (draws.permutation(capillaries) + 1 / 2) / max(capillaries, 1)
        vessel = np.array(self.vessels, dtype=np.int64)
        return Network(
            np.array(self.places, dtype=np.float64).reshape(len(self.places), COORDINATES),
            np.array(self.roles, dtype=np.int64),
            np.array(self.units, dtype=np.int64),
            np.array(self.ends, dtype=np.int64).reshape(len(self.ends), 2),
            np.full(vessel.size, radius, dtype=np.float64),
            np.full(vessel.size, kind, dtype=np.int64),
            vessel,
            rank[vessel],
        )


def _mesh(anatomy: Anatomy, densities: Densities, depth: float, draws: np.random.Generator) -> Network:
    count = max(2, round(anatomy.width / densities.plexus_spacing))
    builder, spacing, every = Builder(), anatomy.width / count, round(densities.plexus_fed_every)
    drain = min(every // 2, count - 1)
    for i in range(count):
        for j in range(count):
            stray = draws.uniform(-densities.plexus_jitter, densities.plexus_jitter, 2) * spacing
            place = np.array([(i + 1 / 2) * spacing + stray[0], (j + 1 / 2) * spacing + stray[1], depth])
            place[2] += densities.plexus_scatter * draws.standard_normal()
            fed, drained = i % every == j % every == 0, i % every == j % every == drain
            builder.node(_within(place, anatomy), INLET if fed else OUTLET if drained else INNER, 0)
    for i in range(count):
        for j in range(count):
            if i + 1 < count:
                builder.vessel([i * count + j, (i + 1) * count + j], feeding=True)
            if j + 1 < count:
                builder.vessel([i * count + j, i * count + j + 1], feeding=True)
    return builder.network(PLEXUS, densities.plexus_radius, draws)


def _within(place: Floats, anatomy: Anatomy) -> Floats:
    return np.clip(place, MARGIN, anatomy.size - MARGIN)


def _dermal(anatomy: Anatomy, densities: Densities, draws: np.random.Generator) -> Network:
    """Forks of a stem and two arms, of equal length, until their length together is what is wanted."""
    builder, wanted, unit = Builder(), densities.dermal_vessel_density * anatomy.volume, 0
    mean = (densities.capillary_length_low + densities.capillary_length_high) / 2
    for _ in range(round(MOST_DRAWS * wanted / mean)):
        if wanted <= 0:
            break
        whole = draws.uniform(densities.capillary_length_low, densities.capillary_length_high)
        start = draws.random(anatomy.size.size) * anatomy.size
        along, *astray = draws.standard_normal((3, anatomy.size.size))
        along /= np.linalg.norm(along)
        part = whole / 3
        fork = _within(start + part * along, anatomy)
        arms = [along + densities.fork_spread * one / np.linalg.norm(one) for one in astray]
        ends = [_within(fork + part * arm / np.linalg.norm(arm), anatomy) for arm in arms]
        lines = [(start, fork), *((fork, end) for end in ends)]
        short = min(float(np.linalg.norm(b - a)) for a, b in lines) < MARGIN
        if short or any(_meets_follicle(anatomy, *line) for line in lines):
            continue
        nodes = [builder.node(start, INLET, unit), builder.node(fork, INNER, unit)]
        builder.vessel(nodes, feeding=True)
        for end in ends:
            builder.vessel([nodes[1], builder.node(end, OUTLET, unit)])
        wanted -= sum(float(np.linalg.norm(b - a)) for a, b in lines)
        unit += 1
    if wanted > 0:
        raise NetworkError("this block leaves no room for as many capillaries as wanted: lower their density")
    return builder.network(DERMAL, densities.capillary_radius, draws)


def _meets_follicle(anatomy: Anatomy, start: Floats, end: Floats) -> bool:
    """Whether a line passes through a follicle or the epidermis."""
    x, y, z = (start[:, None] + (end - start)[:, None] * np.linspace(0, 1, PROBES)).reshape(start.size, PROBES)
    return bool((anatomy.in_follicle(x, y, z) | (z < anatomy.epidermis)).any())


def _around_bulbs(anatomy: Anatomy, densities: Densities, draws: np.random.Generator) -> Network:
    basket, papilla = Builder(), Builder()
    half = densities.basket_length / 2
    away = anatomy.bulb_radius + densities.basket_gap
    pairs, unit = round(densities.basket_capillaries / 2), 0
    for number, center in enumerate(anatomy.centers):
        turn = draws.uniform(0, 2 * pi)
        for pair in range(pairs):
            angles = [turn + pi * (2 * pair + side) / pairs for side in (0, 1)]
            feet = [center + np.array([away * cos(a), away * sin(a), half]) for a in angles]
            fork = (feet[0] + feet[1]) / 2
            low = fork + np.array([0, 0, densities.basket_stem_share * half])
            nodes = [basket.node(low, INLET, unit), basket.node(fork, INNER, unit)]
            basket.vessel(nodes, feeding=True)
            for foot in feet:
                corner = basket.node(foot, INNER, unit)
                top = basket.node(foot - np.array([0, 0, 2 * half]), OUTLET, unit)
                basket.vessel([nodes[1], corner, top])
            unit += 1
        _loop(papilla, anatomy, densities, center, number)
    return join_networks(
        [
            basket.network(BASKET, densities.capillary_radius, draws),
            papilla.network(PAPILLA, densities.capillary_radius, draws),
        ]
    )


def _loop(builder: Builder, anatomy: Anatomy, densities: Densities, center: Floats, number: int) -> None:
    """Up into the bulb from below, across, and down again."""
    side = densities.papilla_loop_width / 2
    bottom = anatomy.bulb_radius
    top = bottom - densities.papilla_loop_length
    corners = [(-side, bottom), (-side, top), (side, top), (side, bottom)]
    roles = (INLET, INNER, INNER, OUTLET)
    nodes = [
        builder.node(center + np.array([x, 0, z]), role, number) for (x, z), role in zip(corners, roles, strict=True)
    ]
    builder.vessel(nodes)
