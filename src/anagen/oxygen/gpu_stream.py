"""The blood on a device: its march down every vessel at a state of the tissue, turn by turn; as `blood`."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from anagen.oxygen import gpu_chains as body
from anagen.oxygen.blood import march_vessel
from anagen.oxygen.gpu_device import Device
from anagen.oxygen.gpu_vessels import Elements, Web
from anagen.oxygen.grid import Floats


class Stream:
    """The blood itself in the pieces of the finest grid, and its march at a state of the tissue."""

    def __init__(
        self, device: Device, web: Web, elements: Elements, flow: Floats, exchange: Floats, inlet: Floats,
        inlet_po2: Floats, numbers: tuple[float, ...],
    ) -> None:  # fmt: skip
        """`flow`, `inlet` and `inlet_po2` of each vessel, `exchange` of each piece."""
        self.device, self.web, self.elements = device, web, elements
        pieces = np.diff(elements.layout.start)
        self.numbers = tuple(np.float64(one) for one in numbers)
        self.flow, self.exchange, self.inlet = (device.send(one) for one in (flow, exchange, inlet))
        device.write(elements.flow, np.repeat(flow, pieces))
        self.po2 = device.send(np.repeat(inlet_po2, pieces).astype(np.float64))
        self.tissue, self.given, self.slope = (device.empty(elements.count, np.float64) for _ in range(3))
        self.outlet = device.empty(web.count, np.float64)

    def march(self, u: Any, s: Any) -> None:
        """Take the tissue's state; what each piece gives and the slope of its content follow."""
        own, web = self.elements, self.web
        self.device.over_items(body.tissue_at, own.count, own.cell, u, s, self.tissue)
        for first, past in pairwise(web.turn_starts):
            self.device.over_items(
                march_vessel, int(past - first), np.uint64(first), web.order, self.po2, own.start, self.flow,
                self.exchange, self.tissue, *web.mixing(np.float64), self.inlet, *self.numbers, self.given, self.slope,
                self.outlet,
            )  # fmt: skip

    def give(self, s: Any, out: Any) -> None:
        """Add what the blood gives to a scaled right-hand side."""
        own = self.elements
        parts = (self.given, s, own.volume, out)
        self.device.over_items(body.give_oxygen, own.onto.count, *own.onto.arrays, *parts)

    def linearize(self) -> None:
        """Alpha, beta and flow of the finest grid's elements at this state."""
        own = self.elements
        parts = (self.exchange, self.slope, own.flow, own.alpha, own.beta)
        self.device.over_items(body.linear_of, own.count, *parts)

    def po2_on_host(self) -> Floats:
        """Of the blood in every piece (mmHg)."""
        return self.device.fetch(self.po2)
