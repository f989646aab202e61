"""Networks: drawn from a seed, divided by conductance, damaged, written and read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from anagen.oxygen.anatomy import Anatomy
from anagen.oxygen.damage import Damage, thinned
from anagen.oxygen.densities import Densities
from anagen.oxygen.draws import draws_of
from anagen.oxygen.grow import grow
from anagen.oxygen.network import (
    BASKET,
    DERMAL,
    INLET,
    INNER,
    KINDS,
    OUTLET,
    PAPILLA,
    PLEXUS,
    Network,
    NetworkError,
    join_networks,
    write_network,
)
from anagen.oxygen.network_reading import read_network
from anagen.oxygen.perfuse import flows_of, supply_of

ANATOMY, DENSITIES = Anatomy.of_records(), Densities.of_records()
NETWORK = grow(ANATOMY, DENSITIES, 1)
FLOW, ARTERIOLES = 5e7, 0.6
HEALTHY = Damage()


def total(network: Network, damage: Damage) -> float:
    """Blood through all inlets, against health."""
    supply = supply_of(network, FLOW, ARTERIOLES)
    _, flows = flows_of(network, supply, damage)
    at_inlet = network.role[flows.start] == INLET
    leaves = network.role[flows.end] == OUTLET
    assert flows.flow[leaves].sum() > 0
    fed = np.zeros(flows.flow.size)
    np.add.at(fed, np.repeat(np.arange(fed.size), np.diff(flows.mixing.start)), flows.mixing.share)
    return float((flows.flow * (1 - fed))[at_inlet].sum()) / FLOW


def fork(first: float, second: float) -> Network:
    """One inlet, a stem of 100 um, two arms of the given radii and 200 um."""
    place = np.array([[0.0, 0, 0], [100, 0, 0], [100, 200, 0], [300, 0, 0]])
    whole = np.zeros(3, dtype=np.int64)
    return Network(
        place,
        np.array([INLET, INNER, OUTLET, OUTLET]),
        np.zeros(4, dtype=np.int64),
        np.array([[0, 1], [1, 2], [1, 3]]),
        np.array([4.0, first, second]),
        whole + DERMAL,
        np.arange(3),
        np.array([2.0, 0.25, 0.75]),
    )


def test_a_seed_gives_one_network_and_another_seed_another() -> None:
    again, other = grow(ANATOMY, DENSITIES, 1), grow(ANATOMY, DENSITIES, 2)
    assert np.array_equal(again.place, NETWORK.place)
    assert np.array_equal(again.rank, NETWORK.rank)
    assert other.place.shape != NETWORK.place.shape or not np.array_equal(other.place, NETWORK.place)


def test_densities_are_met_and_nothing_enters_a_follicle_but_the_loop() -> None:
    per_kind = {kind: NETWORK.length[NETWORK.kind == kind].sum() for kind in range(len(KINDS))}
    assert per_kind[DERMAL] / ANATOMY.volume == pytest.approx(DENSITIES.dermal_vessel_density, rel=0.01)
    assert per_kind[BASKET] >= ANATOMY.bulbs * 10 * DENSITIES.basket_length
    assert per_kind[PAPILLA] == pytest.approx(ANATOMY.bulbs * (2 * 250 + 30))
    assert ((NETWORK.place > 0) & (NETWORK.place < ANATOMY.size)).all()
    start, end = NETWORK.place[NETWORK.ends[:, 0]], NETWORK.place[NETWORK.ends[:, 1]]
    for share in np.linspace(0, 1, 9):
        x, y, z = (start + share * (end - start)).T
        # the meshes lie above and below the bulbs but pass beside the sheaths without regard
        assert not (ANATOMY.in_follicle(x, y, z) & np.isin(NETWORK.kind, (DERMAL, BASKET))).any()


def test_nodes_of_a_mesh_stray_as_far_as_the_record_says() -> None:
    """Evenly to either side along the plane, normally across it."""
    nodes = NETWORK.place[np.unique(NETWORK.ends[NETWORK.kind == PLEXUS])]
    deep = nodes[nodes[:, 2] > 2000]
    spacing = ANATOMY.width / round(ANATOMY.width / DENSITIES.plexus_spacing)
    astray = deep[:, :2] / spacing % 1 - 1 / 2
    assert np.abs(astray).max() <= DENSITIES.plexus_jitter
    assert astray.std() == pytest.approx(DENSITIES.plexus_jitter / 3**0.5, rel=0.1)
    assert deep[:, 2].std() == pytest.approx(DENSITIES.plexus_scatter, rel=0.15)
    fed = deep.shape[0] / 16
    unit = NETWORK.unit[NETWORK.ends[NETWORK.kind == PLEXUS]].max()
    for role in (INLET, OUTLET):
        assert (NETWORK.role[NETWORK.unit == unit] == role).sum() == fed


def test_stems_and_arms_are_as_long_as_the_records_say() -> None:
    stems = (NETWORK.kind == BASKET) & (NETWORK.role[NETWORK.ends[:, 0]] == INLET)
    wanted = DENSITIES.basket_stem_share * DENSITIES.basket_length / 2
    assert NETWORK.length[stems] == pytest.approx(wanted)
    assert stems.sum() == ANATOMY.bulbs * DENSITIES.basket_capillaries / 2


def test_parts_are_drawn_apart() -> None:
    """What one part is does not follow from another, and does not change with it."""
    first = [draws_of(1, part).random() for part in range(5)]
    assert len(set(first)) == 5
    more = grow(replace(ANATOMY, bulbs=1), replace(DENSITIES, dermal_vessel_density=1e-5), 1)
    for network, kind in ((more, PLEXUS),):
        theirs = network.place[np.unique(network.ends[network.kind == kind])]
        assert np.array_equal(theirs, NETWORK.place[np.unique(NETWORK.ends[NETWORK.kind == kind])])
    fewer = grow(ANATOMY, replace(DENSITIES, basket_capillaries=4), 1)
    ours, theirs = (one.place[np.unique(one.ends[one.kind == DERMAL])] for one in (NETWORK, fewer))
    assert np.array_equal(ours, theirs)
    mesh = NETWORK.place[np.unique(NETWORK.ends[NETWORK.kind == PLEXUS])]
    upper, lower = mesh[mesh[:, 2] < 2000], mesh[mesh[:, 2] > 2000]
    assert abs(np.corrcoef(upper[:, 2], lower[:, 2])[0, 1]) < 0.3


@pytest.mark.parametrize(("count", "kept"), [(0, 0), (2, 2), (10, 10)])
def test_as_many_capillaries_stand_around_a_bulb_as_are_asked_for(count: int, kept: int) -> None:
    network = grow(ANATOMY, replace(DENSITIES, basket_capillaries=count), 1)
    basket = (network.kind == BASKET) & (network.rank < 1)
    assert np.unique(network.vessel[basket]).size == kept * ANATOMY.bulbs


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"basket_capillaries": 3}, "basket_capillaries = 3: give 0 or an even number, as they stand in pairs"),
        ({"plexus_spacing": 0}, "plexus_spacing = 0: give a length above 0 um"),
        ({"capillary_length_low": 0}, "capillary_length_low = 0: give a length of 3 um or more"),
        ({"capillary_length_low": 2000}, "capillary_length_low = 2000: give no more than capillary_length_high, 1200"),
        ({"papilla_loop_length": 0}, "papilla_loop_length = 0: give a length above 0 um"),
        ({"capillary_radius": 0}, "capillary_radius = 0: give a length above 0 um"),
        ({"plexus_jitter": 0.5}, "plexus_jitter = 0.5: give a share of the spacing below 0.5"),
        ({"plexus_fed_every": 1}, "plexus_fed_every = 1: give a whole number of 2 or more"),
        ({"dermal_vessel_density": np.inf}, "dermal_vessel_density = inf: give 0 or more"),
    ],
)
def test_densities_of_no_network_are_refused(given: dict[str, float], told: str) -> None:
    with pytest.raises(NetworkError) as caught:
        replace(DENSITIES, **given)
    assert str(caught.value) == told


@pytest.mark.parametrize("every", [2, 3, 8, 40])
def test_however_a_mesh_is_fed_blood_passes_it(every: int) -> None:
    network = grow(replace(ANATOMY, width=320.0, bulbs=1), replace(DENSITIES, plexus_fed_every=every), 1)
    assert total(network, HEALTHY) == pytest.approx(1.0)


def test_blood_divides_by_the_fourth_power_of_the_radius() -> None:
    network = fork(4.0, 2.0)
    _, flows = flows_of(network, supply_of(network, 100.0, ARTERIOLES), HEALTHY)
    assert flows.piece.tolist()[0] == 0, "the stem is first"
    by_piece = dict(zip(flows.piece.tolist(), flows.flow.tolist(), strict=True))
    assert by_piece[0] == pytest.approx(100.0)
    assert by_piece[1] / by_piece[2] == pytest.approx(16.0)
    assert flows.mixing.share.tolist() == pytest.approx([1.0, 1.0])
    assert flows.mixing.source.tolist() == [0, 0]


def test_blood_is_neither_made_nor_lost_at_a_node() -> None:
    _, flows = flows_of(NETWORK, supply_of(NETWORK, FLOW, ARTERIOLES), HEALTHY)
    size = NETWORK.role.size
    net = np.bincount(flows.end, flows.flow, size) - np.bincount(flows.start, flows.flow, size)
    inner = NETWORK.role == INNER
    assert np.abs(net[inner]).max() < 1e-6 * flows.flow.max()
    assert total(NETWORK, HEALTHY) == pytest.approx(1.0)
    for vessel in range(flows.piece.size):
        feeding = flows.mixing.source[flows.mixing.start[vessel] : flows.mixing.start[vessel + 1]]
        assert (feeding < vessel).all(), "feeders stand before what they feed"
        assert (flows.end[feeding] == flows.start[vessel]).all()


def test_narrow_arterioles_take_flow_as_they_should() -> None:
    """0.6 of the resistance in arterioles narrowed by 30 %: flow is 1/(0.4 + 0.6/0.7^4) = 0.345 of health."""
    assert total(NETWORK, Damage(arteriole_radius=0.7)) == pytest.approx(1 / (0.4 + 0.6 / 0.7**4))
    single = fork(4.0, 4.0)
    assert total(single, Damage()) > 0
    narrow = flows_of(single, supply_of(single, 1.0, ARTERIOLES), Damage(capillary_radius=0.7))[1].flow.max()
    assert narrow == pytest.approx(1 / (0.6 + 0.4 / 0.7**4))


def test_loss_takes_vessels_one_after_another() -> None:
    seen = set(range(NETWORK.radius.size))
    flow = 1.0
    for loss in (0.2, 0.5, 0.8, 0.95):
        damage = Damage(loss=loss)
        left = thinned(NETWORK, damage)
        kept = set(np.flatnonzero(~(np.isin(NETWORK.kind, (DERMAL, BASKET, PAPILLA)) & (NETWORK.rank < loss))).tolist())
        assert kept < seen
        assert left.radius.size == len(kept)
        seen = kept
        arms = NETWORK.rank < 1
        assert np.mean(NETWORK.rank[arms] < loss) == pytest.approx(loss, abs=0.02)
        assert total(NETWORK, damage) < flow
        flow = total(NETWORK, damage)
        assert total(NETWORK, Damage(loss=loss, keep_flow=True)) == pytest.approx(1.0)
    around = thinned(NETWORK, Damage(loss=1.0, where="follicle"))
    for kind in (PLEXUS, DERMAL):
        assert (around.kind == kind).sum() == (NETWORK.kind == kind).sum()
    assert not (around.kind == PAPILLA).any()


def test_a_stem_with_nothing_behind_it_carries_no_blood() -> None:
    network = fork(4.0, 4.0)
    _, flows = flows_of(network, supply_of(network, 1.0, ARTERIOLES), Damage(loss=1.0))
    assert flows.flow.size == 0


def test_a_network_no_blood_can_pass_is_refused() -> None:
    closed = fork(4.0, 4.0)
    closed.role[2:] = INNER
    with pytest.raises(NetworkError, match="no blood can pass this network"):
        supply_of(closed, 1.0, ARTERIOLES)


def test_a_file_gives_the_network_back_to_the_bit(tmp_path: Path) -> None:
    path = tmp_path / "network.txt"
    write_network(NETWORK, path)
    again = read_network(path)
    for name in NETWORK.__dataclass_fields__:
        assert np.array_equal(getattr(again, name), getattr(NETWORK, name)), name


def test_every_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "network.txt"
    path.write_text(
        "# a comment\nnode 0 0 0 inlet 0\nnode 1 x 0 outlet 0\n"
        "node 0 0 9 exit 0\npiece 0 1 -4 dermal 0 0.5\nvessel 1\n",
        encoding="utf-8",
    )
    with pytest.raises(NetworkError) as caught:
        read_network(path)
    said = str(caught.value).splitlines()
    assert [line.split(": ")[1].split(" = ")[0] for line in said] == ["line 3", "line 4", "line 5", "line 6"]
    assert "x is not a number" in said[0]
    assert "exit is none of inner, inlet, outlet" in said[1]
    assert "a radius is from 0.1 to 1000 um" in said[2]
    path.write_text("node 0 0 0 inlet 0\npiece 0 7 4 dermal 0 0.5\n", encoding="utf-8")
    with pytest.raises(NetworkError, match="name nodes from 0 to 0"):
        read_network(path)
    path.write_text("node 1 2 3 inlet 0\nnode 1 2 3 outlet 0\npiece 0 1 4 dermal 0 0.5\n", encoding="utf-8")
    with pytest.raises(NetworkError, match="piece 0 = 0 1: its two nodes stand in one place"):
        read_network(path)
    with pytest.raises(NetworkError, match="there is no such file"):
        read_network(tmp_path / "none.txt")


def test_a_unit_no_blood_can_pass_leaves_the_others_theirs() -> None:
    """A unit that lost its stem, and one without an inlet, stand beside a whole fork, which flows as if alone."""
    alone, cut = fork(4.0, 4.0), fork(4.0, 4.0)
    dry = replace(fork(4.0, 4.0), role=np.array([INNER, INNER, OUTLET, OUTLET]))
    both = join_networks([alone, cut.keep(np.array([False, True, True])), dry])
    for network in (alone, both):
        _, flows = flows_of(network, supply_of(network, FLOW, ARTERIOLES), HEALTHY)
        assert flows.piece.tolist() == [0, 1, 2]
        assert flows.flow == pytest.approx(np.array([1, 0.5, 0.5]) * FLOW)


def test_a_block_without_room_is_refused() -> None:
    crowded = replace(ANATOMY, width=320.0, bulbs=1, epidermis=5000.0)
    with pytest.raises(NetworkError, match="no room for as many capillaries"):
        grow(crowded, replace(DENSITIES, dermal_vessel_density=1e-7), 1)
    bare = grow(replace(ANATOMY, bulbs=0), replace(DENSITIES, dermal_vessel_density=0.0), 1)
    assert set(bare.kind.tolist()) == {PLEXUS}


def test_densities_below_nothing_are_refused_all_at_once() -> None:
    with pytest.raises(NetworkError) as caught:
        replace(DENSITIES, dermal_vessel_density=-1e-5, basket_capillaries=-2)
    assert str(caught.value).splitlines() == [
        "dermal_vessel_density = -1e-05: give 0 or more",
        "basket_capillaries = -2: give 0 or an even number, as they stand in pairs",
    ]
