"""Tension of the galea, the sheet under the scalp: a fixed pattern, lowered by massage or botulinum toxin."""

from __future__ import annotations

from typing import Any

from anagen.mechanism import Node, arrow, hill

NODES = (
    Node("massage_time", "Scalp massage", "min/day", "you do", False, "input"),
    Node("botulinum_dose", "Botulinum toxin", "allergan_unit", "you do", False, "input"),
    Node("galea_tension", "Galea tension", "", "scalp", True, "product", base="galea_tension_pattern"),
)


@arrow("massage_time", "galea_tension", "lowers", "E", ("koyama2016", "english2019"))
def massage_lowers_tension(
    massage_time: Any, gate: Any, massage_effect: Any, massage_half_time: Any, massage_steepness: Any
) -> Any:
    """Massage is thought to loosen the galea; no controlled trial has counted hairs."""
    return 1 - gate * massage_effect * hill(massage_time, massage_half_time, massage_steepness)


@arrow("botulinum_dose", "galea_tension", "lowers", "E", ("freund2010",), ("limagalindo2025",))
def botulinum_lowers_tension(
    botulinum_dose: Any, gate: Any, botulinum_effect: Any, botulinum_half_dose: Any, botulinum_steepness: Any
) -> Any:
    """Botulinum toxin relaxes the muscles that pull on the galea; the one randomized trial saw no gain in hair."""
    return 1 - gate * botulinum_effect * hill(botulinum_dose, botulinum_half_dose, botulinum_steepness)
