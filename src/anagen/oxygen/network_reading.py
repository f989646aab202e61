"""Reading the plain text file of a network (see `network`): all that is wrong with it, by line and by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from anagen.errors import Problem
from anagen.oxygen.anatomy import Marks
from anagen.oxygen.grid import Whole
from anagen.oxygen.network import COORDINATES, INLET, KINDS, OUTLET, ROLES, Network, NetworkError

NODE_WORDS, PIECE_WORDS, BULB_WORDS = 6, 7, 3
LARGEST_FILE = 200_000_000
LARGEST_NUMBER = 1_000_000_000
"""Of a node, a unit or a vessel."""
NARROWEST, WIDEST = 0.1, 1000.0
"""um: a radius of anything else is no blood vessel's, and its blood not to be reckoned beside others'."""
SHORTEST = 1e-6
"""um: a shorter piece has no length to speak of."""
MOST_SHOWN = 20
"""Problems of one file that are listed; the rest is counted."""


@dataclass
class Lines:
    """A file's lines as they are read; one that cannot be read keeps its number, with `nan` in its place."""

    nodes: list[tuple[float, ...]] = field(default_factory=list)
    pieces: list[tuple[float, ...]] = field(default_factory=list)
    bulbs: list[tuple[float, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_network(path: Path) -> Network:
    """Read the file; raises NetworkError with all that is wrong with it."""
    return whole(*find_network(path), path)


def whole(network: Network | None, problems: list[Problem], path: Path) -> Network:
    """The network of a file without problems; raises NetworkError where there are any."""
    if network is None or problems:
        raise NetworkError("\n".join(map(str, first_of(problems, path))))
    return network


def first_of(problems: list[Problem], path: Path) -> list[Problem]:
    """The first problems of one file, and how many more there are."""
    more = len(problems) - MOST_SHOWN
    rest = [Problem(str(path), "", "", f"and {more} more like these")] if more > 0 else []
    return problems[:MOST_SHOWN] + rest


class Unreadable(Exception):
    """Why a file is no text."""


def find_network(path: Path) -> tuple[Network | None, list[Problem]]:
    """What can be read of a file, nothing of one that is no text, and all that is wrong with it."""
    try:
        lines = _lines(_text(path), str(path))
    except Unreadable as error:
        return None, [Problem(str(path), "", "", str(error))]
    nodes = np.array(lines.nodes, dtype=float).reshape(-1, NODE_WORDS - 1)
    pieces = np.array(lines.pieces, dtype=float).reshape(-1, PIECE_WORDS - 1)
    known: Marks = np.isfinite(pieces[:, 0])
    ends = np.where(known[:, None], pieces[:, :2], 0).astype(np.int64)
    missing = np.logical_and(known, (ends >= len(nodes)).any(axis=1))
    problems = [*lines.problems, *_missing(ends, missing, len(nodes), str(path))]
    kept = np.logical_and(known, ~missing)
    role, unit = np.nan_to_num(nodes[:, COORDINATES:]).astype(np.int64).T
    kind, vessel = pieces[kept, 3:-1].astype(np.int64).T
    bulbs = np.array(lines.bulbs, dtype=float).reshape(-1, BULB_WORDS - 1)
    places = nodes[:, :COORDINATES].copy()
    network = Network(
        places, role, unit, ends[kept], pieces[kept, 2].copy(), kind, vessel, pieces[kept, -1].copy(), bulbs
    )
    problems += _of_pieces(network, np.flatnonzero(kept), str(path))
    if not lines.problems:
        problems += _of_all(network, str(path))
    return network, problems


def _text(path: Path) -> str:
    try:
        if path.is_dir():
            raise Unreadable("this is a folder; name a text file in it")
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise Unreadable("there is no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise Unreadable(f"the file cannot be read: {reason}") from None
    if len(raw) > LARGEST_FILE:
        raise Unreadable(f"the file is larger than {LARGEST_FILE:,} bytes; no patch needs so many vessels")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("the file is not UTF-8 text; save it as UTF-8") from None


def _lines(text: str, file: str) -> Lines:
    lines = Lines()
    kinds = {"node": (lines.nodes, NODE_WORDS), "piece": (lines.pieces, PIECE_WORDS), "bulb": (lines.bulbs, BULB_WORDS)}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        known, count = kinds.get(words[0], ([], 1))
        try:
            known.append(_read_line(words))
        except ValueError as error:
            known.append((float("nan"),) * (count - 1))
            lines.problems.append(Problem(file, f"line {number}", line.strip()[:100], str(error)))
    return lines


def _read_line(words: list[str]) -> tuple[float, ...]:
    first, *rest = words
    if first == "node" and len(words) == NODE_WORDS:
        *place, role, unit = rest
        return (*map(_number, place), _one_of(role, ROLES), _count(unit))
    if first == "piece" and len(words) == PIECE_WORDS:
        start, end, radius, kind, vessel, rank = rest
        if not NARROWEST <= _number(radius) <= WIDEST:
            raise ValueError(f"a radius is from {NARROWEST:g} to {WIDEST:g} um")
        if _number(rank) < 0:
            raise ValueError("a rank is the share of loss at which the vessel goes: 0 or more")
        what = _one_of(kind, KINDS), _count(vessel), _number(rank)
        return _count(start), _count(end), _number(radius), *what
    if first == "bulb" and len(words) == BULB_WORDS:
        return tuple(map(_number, rest))
    raise ValueError(
        'a line is "node X Y DEPTH ROLE UNIT", "piece FROM TO RADIUS KIND VESSEL RANK" or "bulb X Y"'
    )  # fmt: skip


def _number(word: str) -> float:
    try:
        found = float(word)
    except ValueError:
        found = float("nan")
    if not np.isfinite(found):
        raise ValueError(f"{word[:100]} is not a number")
    return found


def _count(word: str) -> int:
    if not (word.isascii() and word.isdecimal()):
        raise ValueError(f"{word[:100]} is not a whole number of 0 or more")
    if len(word) > len(str(LARGEST_NUMBER)) or int(word) > LARGEST_NUMBER:
        raise ValueError(f"{word[:100]} is too large a number; number nodes, units and vessels from 0")
    return int(word)


def _one_of(word: str, known: tuple[str, ...]) -> int:
    if word not in known:
        raise ValueError(f"{word[:100]} is none of {', '.join(known)}")
    return known.index(word)


def _missing(ends: Whole, missing: Marks, nodes: int, file: str) -> Iterator[Problem]:
    """Pieces whose nodes are not there."""
    mend = f"name nodes from 0 to {nodes - 1}" if nodes else "there is no node in the file; add its nodes"
    for piece in np.flatnonzero(missing):
        yield Problem(file, f"piece {piece}", " ".join(map(str, ends[piece])), mend)


def _of_pieces(network: Network, number: Whole, file: str) -> Iterator[Problem]:
    """What is wrong with single pieces; `number` as the file counts them."""
    crossing = network.unit[network.ends[:, 0]] != network.unit[network.ends[:, 1]]
    known = np.isfinite(network.length)
    for bad, mend in (
        (known & (network.length < SHORTEST), "its two nodes stand in one place; move one of them or leave it out"),
        (known & crossing, "its two nodes belong to different units; give them the same"),
    ):
        for piece in np.flatnonzero(bad):
            yield Problem(file, f"piece {number[piece]}", " ".join(map(str, network.ends[piece])), mend)


def _of_all(network: Network, file: str) -> Iterator[Problem]:
    """What is wrong with the whole, where every line can be read."""
    nodes, pieces = network.role.size, network.radius.size
    if not pieces:
        yield Problem(file, "", "", "there is no piece in it; a network has nodes and pieces between them")
        return
    if network.unit.max() >= nodes or network.vessel.max() >= pieces:
        yield Problem(file, "", "", "units and vessels are numbered from 0 without large gaps; number them anew")
    for role, word in ((INLET, "inlet"), (OUTLET, "outlet")):
        if not (network.role == role).any():
            yield Problem(file, "", "", f"no node is an {word}; blood needs a way in and a way out")
