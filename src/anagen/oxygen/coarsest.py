"""The coarsest grid's matrix, tissue and blood together, written out and inverted."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen.chains import Chains
from anagen.oxygen.compiled import kernel
from anagen.oxygen.grid import INSIDE, Floats, Grid

AT_ONCE = 16
"""Columns of the blood's entries that are written in one march: room for them is needed at every vessel's end."""


@kernel
def write_stencil(matrix: Any, number: Any, e: Any) -> None:
    """The entries of `stencil`; `number` is a cell's row, -1 for a ghost. A cell that takes no part keeps its value."""
    nx, ny, nz = e.shape
    for i in range(1, nx - 1):
        for j in range(1, ny - 1):
            for k in range(1, nz - 1):
                row = number[i, j, k]
                matrix[row, row] = e[i, j, k] if e[i, j, k] > 0 else 1
                for step in (-1, 1):
                    for column in (number[i + step, j, k], number[i, j + step, k], number[i, j, k + step]):
                        if column >= 0:
                            matrix[row, column] = -1


@kernel
def write_chains(
    matrix: Any, row: Any, alpha: Any, beta: Any, push: Any, start: Any, mix_start: Any, mix_source: Any,
    mix_share: Any, outlet: Any, content: Any, column: int,
) -> None:  # fmt: skip
    """The blood's entries in a few columns from `column` on.

    `content` is what reaches an element for a unit change of each of these cells.
    """
    for v in range(start.size - 1):
        content[:] = 0
        for m in range(mix_start[v], mix_start[v + 1]):
            feeding = outlet[mix_source[m]]
            for n in range(content.size):
                content[n] += mix_share[m] * feeding[n]
        for e in range(start[v], start[v + 1]):
            to, gives, keeps = matrix[row[e], column : column + content.size], push[e], alpha[e]
            for n in range(content.size):
                to[n] -= gives * content[n]
                content[n] *= keeps
            if 0 <= row[e] - column < content.size:
                content[row[e] - column] += beta[e]
        for n in range(content.size):
            outlet[v, n] = content[n]


@kernel
def invert(matrix: Any) -> None:
    """Put the inverse in the matrix's place (Gauss and Jordan); its off-diagonal is not positive: no pivots needed."""
    for p in range(matrix.shape[0]):
        pivot_row, pivot = matrix[p], 1 / matrix[p, p]
        pivot_row[p] = 1
        for n in range(pivot_row.size):
            pivot_row[n] *= pivot
        for r in range(matrix.shape[0]):
            if r != p:
                row, factor = matrix[r], matrix[r, p]
                row[p] = 0
                for n in range(row.size):
                    row[n] -= factor * pivot_row[n]


def inverse_of(grid: Grid, e: NDArray[Any], chains: Chains | None) -> Floats:
    """The inverse of the matrix B on a small grid, cells in the order of their indices."""
    matrix = np.zeros((grid.cells, grid.cells))
    number = np.full(grid.padded, -1, dtype=np.int64)
    number[INSIDE] = np.arange(grid.cells).reshape(grid.shape)
    write_stencil(matrix, number, e.astype(np.float64))
    if chains is not None and chains.alpha.size:
        layout, mixing = chains.layout, chains.mixing
        parts = (one.astype(np.float64) for one in (chains.alpha, chains.beta, chains.push))
        given = (*parts, layout.start, mixing.start, mixing.source, mixing.share.astype(np.float64))
        row, outlet = number.reshape(-1)[layout.cell], np.zeros((layout.start.size - 1, AT_ONCE))
        for column in range(0, grid.cells, AT_ONCE):
            count = min(AT_ONCE, grid.cells - column)
            write_chains(matrix, row, *given, outlet[:, :count], np.zeros(count), column)
    invert(matrix)
    return matrix
