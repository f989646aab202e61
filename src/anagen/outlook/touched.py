"""The sources behind one run: of the ledger, and of every arrow and record that had a part in it.

An arrow had a part where it is on under at least one of the hypotheses that were run and what it reads was ever above
nothing (or it moves something even then): without minoxidil in the plan, minoxidil's arrows move nothing, and the
trials behind them are no source of the run. What is 0 throughout is passed on: a sum or a slow state that no live arrow
enters stays 0. "assumed" is no source.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from anagen.evidence.parameters import Parameter, parameters, reading
from anagen.flowchart.chart import flowchart, node_parameters
from anagen.flowchart.hypotheses import Hypothesis
from anagen.flowchart.settable import OF_PEOPLE, falls_back_on, settable
from anagen.intake.ledger import Ledger, tally
from anagen.mechanism import Arrow, Node
from anagen.outlook.exposure import Exposure
from anagen.scenario import Scenario

NO_SOURCES = frozenset({"assumed", ""})
DRAWN_INPUTS = frozenset({"network_luck", "sensitivity", "skull_shape"})
"""Inputs that a person draws, which are nobody's nothing."""
ALWAYS_READ = ("follicle_cycle", "outlook")
"""Files of records that a run reads beside the flowchart; `_unread` names those of them that it does not."""


def silent_inputs(scenario: Scenario, last_age: float) -> frozenset[str]:
    """The inputs of the flowchart that are 0 throughout a run, with the plan and without."""
    exposure = Exposure(scenario, np.array([0]), 0, arms=2)
    ages = [0.0, scenario.person.age, *exposure.changes(), last_age]
    found = [exposure.at(age) for age in ages if age <= last_age]
    names = frozenset(flowchart().inputs) - DRAWN_INPUTS
    return frozenset(name for name in names if all(not np.any(one.get(name, 0.0)) for one in found))


def stays_at_nothing(node: Node) -> bool:
    """True for what is 0 as long as no arrow that enters it moves anything."""
    return node.combine in ("sum", "rate") and node.base is None and node.function is None


def moves_at_nothing(arrow: Arrow, nothing: frozenset[str]) -> bool:
    """True where an arrow moves its head although what it reads of `nothing` is 0, as an intake of none would."""
    head = flowchart().nodes[arrow.head]
    zero = nothing | ({head.name} if stays_at_nothing(head) else set())
    reads = [0.0 if name in zero else 0.5 for name in arrow.nodes]
    fixed = [parameters()[name].value for name in arrow.parameters]
    with np.errstate(all="ignore"):
        on, off = (arrow.equation(*reads, gate, *fixed) for gate in (1, 0))
    return bool(on != off)


def live_arrows(one: Hypothesis, silent: frozenset[str]) -> tuple[Arrow, ...]:
    """The arrows that move something under a hypothesis."""
    chart, nothing = flowchart(), silent
    live = [arrow for arrow in chart.arrows.values() if arrow.name not in one.off]
    while True:
        live = [arrow for arrow in live if arrow.tail not in nothing or moves_at_nothing(arrow, nothing)]
        entered = {arrow.head for arrow in live}
        stays = {name for name, node in chart.nodes.items() if stays_at_nothing(node) and name not in entered}
        if stays <= nothing:
            return tuple(live)
        nothing |= stays


def records_of(one: Hypothesis, silent: frozenset[str], measured: frozenset[str]) -> set[str]:
    """The records of the flowchart and of the hair cycle that count under a hypothesis."""
    chart = flowchart()
    live = live_arrows(one, silent)
    found = {name for arrow in live for name in arrow.parameters}
    found |= {name for node in chart.nodes.values() for name in node_parameters(chart, node)}
    found |= {
        name
        for arrow in chart.arrows.values()
        if arrow.name in one.off
        for name in arrow.parameters
        if falls_back_on(arrow, name)
    }
    found |= {name for name, record in settable().items() if record.file == "follicle_cycle"}
    set_for_all = {each.parameter for each in one.overrides if not each.by_region}
    return found - set_for_all - measured


def _unread(scenario: Scenario) -> set[str]:
    """Records of people and of the outlook that say nothing about this one."""
    person = scenario.person
    known = {
        "count_spread": bool(person.hairs_per_cm2),
        "pattern_spread": person.pattern is not None,
        "onset_share": person.onset_age is not None,
        "onset_spread": person.onset_age is not None,
        "family_history_shift": person.family_history is not None and person.genetic_risk is None,
        "genetic_risk_share": person.family_history is not None or person.genetic_risk is not None,
        "female_androgen_production": person.sex == "female",
        "transplant_wait": any(one.kind == "transplant" for one in scenario.treatments),
        "release_wait": any(one.kind == "minoxidil" for one in scenario.treatments),
    }
    return {name for name, says in known.items() if not says}


def ledger_sources(ledger: Ledger) -> set[str]:
    """The sources of a ledger: its limits, lines and findings."""
    keys = {ledger.limits.source, ledger.limits.rda_source, *ledger.calcium.sources}
    for item in ledger.items:
        keys |= {item.source, *(key for finding in item.findings for key in finding.sources)}
    return keys | {key for finding in ledger.findings for key in finding.sources}


def _sources(records: Iterable[Parameter], arrows: Iterable[Arrow]) -> set[str]:
    return {one.source for one in records} | {key for one in arrows for key in (*one.sources_for, *one.sources_against)}


def touched_sources(scenario: Scenario, hypotheses: tuple[Hypothesis, ...], last_age: float) -> tuple[str, ...]:
    """The keys of every source a run leans on, sorted.

    Parameters
    ----------
    last_age : the age (years) the run ends at; what a plan begins later had no part in it.
    """
    known = parameters()
    with reading() as read:  # the ledger's own records, and those by which a routine gets into the flowchart
        silent = silent_inputs(scenario, last_age)
        ledger = tally(scenario)
    measured = frozenset({"plasma_magnesium_reference"} if scenario.person.plasma_magnesium_mmol_l else ())
    names = {name for one in hypotheses for name in records_of(one, silent, measured)}
    names |= {name for name, one in known.items() if one.file in ALWAYS_READ and name not in settable()}
    of_arrows = settable().keys() | OF_PEOPLE
    own = {name for name in read if name not in of_arrows and known[name].file not in ALWAYS_READ}
    names = (names - _unread(scenario)) | own
    arrows = [arrow for one in hypotheses for arrow in live_arrows(one, silent)]
    keys = _sources((known[name] for name in sorted(names)), arrows) | ledger_sources(ledger)
    return tuple(sorted(keys - NO_SOURCES))
