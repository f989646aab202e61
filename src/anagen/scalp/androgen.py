"""Dihydrotestosterone in the scalp, and the androgen signal the follicles of a region receive.

Both are relative to haired scalp of a healthy man of 20 without drugs (1).
"""

from __future__ import annotations

from typing import Any

from anagen.mechanism import Node, arrow


def scalp_dht_of(
    testosterone: Any,
    reductase_2: Any,
    reductase_1: Any,
    inflammation: Any,
    scalp_dht_pattern: Any,
    scalp_type_2_share: Any,
) -> Any:
    """Scalp DHT: pattern of the region times testosterone times both enzymes by their shares in scalp."""
    enzymes = scalp_type_2_share * reductase_2 + (1 - scalp_type_2_share) * reductase_1
    return scalp_dht_pattern * testosterone * enzymes * inflammation


NODES = (
    Node("scalp_dht", "DHT in the scalp", "", "scalp", True, "function", function=scalp_dht_of),
    Node("androgen_signal", "Androgen signal", "", "scalp", True, "product", base="androgen_receptor_pattern"),
)


@arrow("testosterone", "scalp_dht", "raises", "B", ("dallob1994",), role="testosterone")
def testosterone_raises_scalp_dht(testosterone: Any, gate: Any, scalp_testosterone_exponent: Any) -> Any:
    """Scalp DHT is made from testosterone, less than in proportion."""
    return testosterone ** (gate * scalp_testosterone_exponent)


@arrow("reductase_2", "scalp_dht", "raises", "A", ("drake1999", "dallob1994"), role="reductase_2")
def reductase_2_raises_scalp_dht(reductase_2: Any, gate: Any) -> Any:
    """5-alpha-reductase 2 makes most of the DHT in the scalp."""
    return 1 - gate * (1 - reductase_2)


@arrow("reductase_1", "scalp_dht", "raises", "A", ("olsen2006",), role="reductase_1")
def reductase_1_raises_scalp_dht(reductase_1: Any, gate: Any) -> Any:
    """5-alpha-reductase 1 makes the rest."""
    return 1 - gate * (1 - reductase_1)


@arrow("scalp_inflammation", "scalp_dht", "raises", "E", ("english2018",), ("drake1999",), role="inflammation")
def inflammation_raises_scalp_dht(scalp_inflammation: Any, gate: Any, dht_inflammation_gain: Any) -> Any:
    """Inflammation is said to raise DHT in the scalp; what is known is only that both are found together."""
    return scalp_inflammation ** (gate * dht_inflammation_gain)


@arrow("scalp_dht", "androgen_signal", "raises", "A", ("vanneste2000", "olsen2006", "cosmo2025"))
def dht_raises_androgen_signal(scalp_dht: Any, gate: Any, signal_exponent: Any) -> Any:
    """DHT binds the androgen receptor; the signal is in proportion to it."""
    return scalp_dht ** (gate * signal_exponent)
