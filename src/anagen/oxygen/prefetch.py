"""Asking for memory before it is needed, so that it arrives while something else is computed.

It changes no value: a processor is free to pass over what it is asked for here.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from anagen.oxygen.compiled import kernel

LINE = 16
"""Numbers in single precision that come together: 64 bytes."""
ADDRESS, FLAG = ir.IntType(8).as_pointer(), ir.IntType(32)
"""What the compiler's prefetch takes: a byte's address and three flags."""
READ, DATA = 0, 1
SECOND_CACHE = 2
"""To the second cache and no nearer; the first is too small for it."""


def _asking(_: Any, row: Any, place: Any) -> Any:
    """Have row[place] and what comes with it brought near: the compiler's own prefetch."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, given[0])
        address = builder.bitcast(builder.gep(array.data, [given[1]]), ADDRESS)
        of_kind = ir.FunctionType(ir.VoidType(), [ADDRESS, FLAG, FLAG, FLAG])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", (ADDRESS,), of_kind)
        builder.call(prefetch, [address, FLAG(READ), FLAG(SECOND_CACHE), FLAG(DATA)])
        return context.get_dummy_value()

    return types.void(row, types.intp), generate


_ask_for: Any = intrinsic(_asking)


@kernel
def bring(row: Any) -> None:
    """Ask for a whole row, one that lies in one piece."""
    for place in range(0, row.size, LINE):
        _ask_for(row, place)
