"""The flowchart's picture: complete, and nothing on top of anything."""

from __future__ import annotations

import itertools

import pytest

from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.show import layout
from anagen.show.flow import flow_chart
from anagen.show.geometry import Line, ends_of, overlap, pieces, route
from anagen.show.marks import badge_rect, effect_of, grades_of, off_in, tag_rect, tag_words
from anagen.show.routes import MAGNESIUM_NODES, ends
from anagen.show.routes import route as evidence_route

CHART = flowchart()
WIDEST_LETTER = 7.9
CHIP_LETTER = 6.8
ARROW_LINES = [line for line in layout.LINES if line.arrows]


def name_of(line: Line) -> str:
    return f"{line.start} to {line.end}"


def test_every_arrow_is_a_line_or_in_a_chip_and_only_once() -> None:
    placed = layout.placed()
    assert sorted(placed) == sorted(set(placed))
    assert set(placed) == set(CHART.arrows)


def test_every_node_is_in_a_box_or_folded_into_one() -> None:
    drawn = {node for box in layout.BOXES.values() for node in box.nodes}
    ends_of_chips = {
        end
        for box in layout.BOXES.values()
        for chip in box.chips
        for name in chip.arrows
        for end in (CHART.arrows[name].tail, CHART.arrows[name].head)
    }
    assert set(CHART.nodes) <= drawn | ends_of_chips


@pytest.mark.parametrize("line", ARROW_LINES, ids=name_of)
def test_a_line_runs_between_the_boxes_of_its_arrows(line: Line) -> None:
    start, end = ends_of(line)
    for name in line.arrows:
        assert CHART.arrows[name].tail in layout.BOXES[start].nodes
        assert CHART.arrows[name].head in layout.BOXES[end].nodes


@pytest.mark.parametrize("line", ARROW_LINES, ids=name_of)
def test_the_arrows_of_a_line_agree(line: Line) -> None:
    assert len(grades_of(line.arrows)) == 1
    assert {CHART.arrows[name].effect for name in line.arrows} == {effect_of(line)}
    assert len({off_in([name]) for name in line.arrows}) == 1


def test_the_arrows_of_a_chip_touch_its_box_and_agree() -> None:
    for name, box in layout.BOXES.items():
        for chip in box.chips:
            touching = [CHART.arrows[one] for one in chip.arrows]
            nodes = set(box.nodes)
            for one in touching:
                nodes |= {one.tail} if one.head in nodes else set()
            for one in touching:
                end = one.tail if chip.leaves else one.head
                assert end in nodes, (name, one.name)
            assert len({off_in([one]) for one in chip.arrows}) <= 1 or chip.words == "minoxidil"
            if chip.words not in ("phosphate", "age"):  # raised by one, lowering by the other; a loss, lowering hair
                assert {one.effect for one in touching} <= {chip.effect}


@pytest.mark.parametrize("line", layout.LINES, ids=name_of)
def test_no_line_runs_behind_a_box_it_does_not_belong_to(line: Line) -> None:
    own = ends_of(line)
    for piece in pieces(route(layout.BOXES, line)):
        for name, box in layout.BOXES.items():
            if name not in own:
                assert not overlap(piece, box.rect, gap=4), (name_of(line), name)


@pytest.mark.parametrize("line", layout.LINES, ids=name_of)
def test_a_line_is_made_of_straight_pieces_long_enough_to_see(line: Line) -> None:
    corners = route(layout.BOXES, line)
    for (x0, y0), (x1, y1) in itertools.pairwise(corners):
        assert x0 == x1 or y0 == y1
        assert abs(x0 - x1) + abs(y0 - y1) >= 10


def test_no_two_lines_share_a_piece() -> None:
    routes = [(name_of(line), pieces(route(layout.BOXES, line))) for line in layout.LINES]
    for i, (one, mine) in enumerate(routes):
        for other, theirs in routes[i + 1 :]:
            for a in mine:
                for b in theirs:
                    wide = min(a[2], b[2]) - max(a[0], b[0])
                    high = min(a[3], b[3]) - max(a[1], b[1])
                    near_parallel = (wide > 6 and abs(high) < 5) or (high > 6 and abs(wide) < 5)
                    assert not near_parallel or wide < 0 or high < -4, (one, other)


def test_no_two_boxes_overlap_and_all_stand_in_the_picture() -> None:
    boxes = list(layout.BOXES.items())
    for i, (name, box) in enumerate(boxes):
        left, top, right, bottom = box.rect
        assert 0 <= left < right <= layout.WIDTH
        assert 0 <= top < bottom <= layout.HEIGHT
        for other, second in boxes[i + 1 :]:
            assert not overlap(box.rect, second.rect, gap=6), (name, other)
        assert not overlap(box.rect, layout.KEY, gap=6), name


def test_boxes_stand_in_the_lane_of_their_nodes() -> None:
    lanes = {name.casefold(): (left, right) for name, left, right, _ in layout.LANES}
    lanes["you do"] = lanes.pop("what you do")
    for name, box in layout.BOXES.items():
        left, right = lanes["hair" if name == "hair" else CHART.nodes[box.nodes[0]].lane]
        assert (left < box.rect[0], box.rect[2] < right) == (True, True), name


def test_no_two_labels_overlap_nor_a_label_and_a_box() -> None:
    labels = [(name_of(line), badge_rect(line)) for line in ARROW_LINES]
    labels += [(f"tag of {name_of(line)}", tag_rect(line)) for line in ARROW_LINES if tag_words(line)]
    for i, (one, place) in enumerate(labels):
        for other, second in labels[i + 1 :]:
            assert not overlap(place, second), (one, other)
        for name, box in layout.BOXES.items():
            assert not overlap(place, box.rect), (one, name)


def test_no_label_hides_another_line() -> None:
    for line in ARROW_LINES:
        labels = [badge_rect(line), *([tag_rect(line)] if tag_words(line) else [])]
        for other in layout.LINES:
            if other is not line:
                for piece in pieces(route(layout.BOXES, other)):
                    assert not any(overlap(place, piece) for place in labels), (name_of(line), name_of(other))


def test_words_fit_their_boxes() -> None:
    for name, box in layout.BOXES.items():
        for words in box.words:
            assert len(words) * WIDEST_LETTER <= box.width, (name, words)
        for chip in box.chips:
            grade = len(grades_of(chip.arrows)) + 1 if chip.arrows else 0
            words = f"to {chip.words}" if chip.leaves else chip.words
            assert (len(words) + grade) * CHIP_LETTER + (14 if chip.effect else 8) <= box.width, (name, chip.words)


@pytest.mark.parametrize("hypothesis", HYPOTHESES)
def test_off_arrows_are_marked(hypothesis: str) -> None:
    drawn = str(flow_chart(hypothesis, (), "a chart"))
    for line in ARROW_LINES:
        kind = "off" if hypothesis in off_in(line.arrows) else effect_of(line)
        assert f'class="arrow {kind}" data-arrows="{" ".join(line.arrows)}"' in drawn
    folded_off = sum(hypothesis in off_in(chip.arrows) for box in layout.BOXES.values() for chip in box.chips)
    lines_off = sum(hypothesis in off_in(line.arrows) for line in ARROW_LINES)
    assert drawn.count(">off</text>") == folded_off + lines_off


def test_every_off_arrow_of_a_hypothesis_is_marked_somewhere() -> None:
    marked = {name for line in ARROW_LINES if off_in(line.arrows) for name in line.arrows}
    marked |= {
        name for box in layout.BOXES.values() for chip in box.chips if off_in(chip.arrows) for name in chip.arrows
    }
    assert marked == {name for one in HYPOTHESES.values() for name in one.off}


def test_magnesium_reaches_hair_only_through_calcification_and_oxygen() -> None:
    """What the answer says of magnesium holds: take calcification out, or hypoxia, and no way is left."""
    for gone in ("calcification", "hypoxia"):
        reached = set(MAGNESIUM_NODES)
        for _ in CHART.arrows:
            reached |= {one.head for one in CHART.arrows.values() if one.tail in reached and one.head != gone}
        assert not reached & ends()


@pytest.mark.parametrize(
    ("start", "weakest"), [("finasteride_dose", "A"), ("oral_minoxidil_dose", "A"), ("oral_magnesium", "E")]
)
def test_a_route_is_as_good_as_its_weakest_arrow(start: str, weakest: str) -> None:
    found = evidence_route(start)
    assert found is not None
    assert found.weakest == weakest
    assert found.arrows[0].tail == start
    assert found.arrows[-1].head in ends()
