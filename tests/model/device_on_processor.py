"""The code that numba makes for a CUDA device, run on this processor: a check of the GPU engine where no GPU is.

numba-cuda's LLVM code of `grow_follicles` (types, casts and all, before NVIDIA's own compiler takes it) is translated
for this processor: pointers lose their types, the few functions of the device's library and the place of a thread are
given, and a loop runs every thread. Then `GpuKernel` runs as on a device, and its tables are compared to those of the
numpy engine. A process of its own, for it bends numba-cuda:

    python tests/model/device_on_processor.py [follicles]

prints one line for every case, and at last "equal" or "different". Where NVIDIA's compiler (NVVM) is installed it also
prints how often the assembly merges a product and a sum, as numba-cuda has it and within `exactly()`.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import llvmlite.binding as llvm
import numpy as np

CAPABILITY = (9, 0)
THREADS = 128
KERNEL = re.compile(r'define void (@"[^"]*grow_follicles[^"]*")\((.*?)\)')
NAME = re.compile(r'"[^"]*"')
POINTERS = (
    r"(?<![\w.])(?:i\d+|float|double|ptr)\s*\*",
    r"\{[^{}\[\]]*(?:\[[^\[\]{}]*\][^{}\[\]]*)*\}\s*\*",
    r"\[[^\[\]{}]*\]\s*\*",
)
LIBRARY = """
@tid = internal global i32 0
@ctaid = internal global i32 0
declare double @llvm.sqrt.f64(double)
declare double @llvm.floor.f64(double)
declare float @llvm.floor.f32(float)
declare double @llvm.minnum.f64(double, double)
declare double @llvm.maxnum.f64(double, double)
declare float @llvm.minnum.f32(float, float)
declare float @llvm.maxnum.f32(float, float)
define double @__nv_dsqrt_rn(double %x) { %r = call double @llvm.sqrt.f64(double %x) ret double %r }
define double @__nv_floor(double %x) { %r = call double @llvm.floor.f64(double %x) ret double %r }
define float @__nv_floorf(float %x) { %r = call float @llvm.floor.f32(float %x) ret float %r }
define double @__nv_fmin(double %x, double %y) { %r = call double @llvm.minnum.f64(double %x, double %y) ret double %r }
define double @__nv_fmax(double %x, double %y) { %r = call double @llvm.maxnum.f64(double %x, double %y) ret double %r }
define float @__nv_fminf(float %x, float %y) { %r = call float @llvm.minnum.f32(float %x, float %y) ret float %r }
define float @__nv_fmaxf(float %x, float %y) { %r = call float @llvm.maxnum.f32(float %x, float %y) ret float %r }
define float @__nv_int_as_float(i32 %x) { %r = bitcast i32 %x to float ret float %r }
define i32 @__nv_float_as_int(float %x) { %r = bitcast float %x to i32 ret i32 %r }
define i32 @__nv_umulhi(i32 %x, i32 %y) {
  %a = zext i32 %x to i64
  %b = zext i32 %y to i64
  %c = mul i64 %a, %b
  %d = lshr i64 %c, 32
  %r = trunc i64 %d to i32
  ret i32 %r
}
define i32 @sreg.tid.x() { %r = load i32, ptr @tid ret i32 %r }
define i32 @sreg.ctaid.x() { %r = load i32, ptr @ctaid ret i32 %r }
define i32 @sreg.ctaid.y() { ret i32 0 }
define i32 @sreg.ctaid.z() { ret i32 0 }
define i32 @sreg.ntid.x() { ret i32 THREADS }
"""
EVERY_THREAD = """
declare void KERNEL(TYPES)
define void @every_thread(i64 %threads, PARAMETERS) {
entry:
  br label %loop
loop:
  %i = phi i64 [0, %entry], [%next, %loop]
  %tid.wide = urem i64 %i, THREADS
  %ctaid.wide = udiv i64 %i, THREADS
  %tid = trunc i64 %tid.wide to i32
  %ctaid = trunc i64 %ctaid.wide to i32
  store i32 %tid, ptr @tid
  store i32 %ctaid, ptr @ctaid
  call void KERNEL(PARAMETERS)
  %next = add i64 %i, 1
  %done = icmp uge i64 %next, %threads
  br i1 %done, label %out, label %loop
out:
  ret void
}
"""
C_TYPES = {"ptr": ctypes.c_void_p, "i64": ctypes.c_int64, "i8": ctypes.c_int8}


def translated(code: str) -> str:
    """A module of the device's code as this processor's LLVM reads it."""
    lines = []
    for line in code.splitlines():
        if line.startswith(("target ", '@"_ZN08NumbaEnv', "!nvvm")):
            continue
        names = NAME.findall(line)
        bare, before = NAME.sub("\0", line), None
        while bare != before:
            before = bare
            for pattern in POINTERS:
                bare = re.sub(pattern, "ptr", bare)
        given = iter(names)
        lines.append(re.sub("\0", lambda _, given=given: next(given), bare))
    return "\n".join(lines).replace("llvm.nvvm.read.ptx.", "")


class Processor:
    """The kernel of the device, compiled for this processor and called like numba's."""

    def __init__(self, modules: list[str]) -> None:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        texts = [translated(code) for code in modules]
        kernel, parameters = next(match.groups() for text in texts if (match := KERNEL.search(text)))
        types = [one.split()[0] for one in parameters.split(", ")]
        loop = EVERY_THREAD.replace("KERNEL", kernel).replace("PARAMETERS", parameters)
        loop = loop.replace("TYPES", ", ".join(types))
        whole = llvm.parse_assembly((LIBRARY + loop).replace("THREADS", str(THREADS)))
        for text in texts:
            whole.link_in(llvm.parse_assembly(text))
        machine = llvm.Target.from_default_triple().create_target_machine(opt=2, jit=True)
        builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
        builder.getModulePassManager().run(whole, builder)
        self._engine = llvm.create_mcjit_compiler(whole, machine)
        self._engine.finalize_object()
        address = self._engine.get_function_address("every_thread")
        self._call = ctypes.CFUNCTYPE(None, ctypes.c_int64, *(C_TYPES[one] for one in types))(address)

    def __getitem__(self, launch: tuple[int, int]) -> Any:
        """As numba's kernels: how many blocks and threads, then the arguments."""
        return lambda *given: self._call(launch[0] * launch[1], *(field for one in given for field in fields_of(one)))


def fields_of(given: Any) -> Iterator[Any]:
    """An argument as numba passes it: an array as its owner, parent, size, width, address, shape and strides."""
    if isinstance(given, np.ndarray):
        yield from (None, None, given.size, given.itemsize, given.ctypes.data, *given.shape, *given.strides)
    else:
        yield int(given)


def compiled_for_device() -> Any:
    """The library of the kernel, compiled by numba-cuda for a device that need not be here."""
    import numba.cuda.dispatcher
    from numba import types
    from numba.cuda import compiler

    from anagen.follicle.gpu_kernel import grow_follicles

    numba.cuda.dispatcher.get_current_device = lambda: SimpleNamespace(compute_capability=CAPABILITY)
    word, single, double, count = types.uint32, types.float32, types.float64, types.int64

    def line(of: Any, dimensions: int = 1) -> Any:
        return types.Array(of, dimensions, "C")

    signature = (
        count, *[line(word)] * 5, *[line(double)] * 3, line(count), types.uint64, types.uint64, line(double, 2),
        line(double, 2), line(single, 2), line(double, 2), line(single, 2), line(count), line(double), line(count),
        line(double, 2), line(double, 2), line(count), line(double), line(double), line(count), line(count), count,
        *[types.boolean] * 3,
    )  # fmt: skip
    return compiler._compile_pyfunc_with_fixup(
        grow_follicles.py_func, signature, device=False, abi="numba", cc=CAPABILITY
    )[0]


def cases(follicles: int) -> Iterator[tuple[str, Any, Any, Any, bool]]:
    """What is compared: name, patches, follicles, what is wanted, whether the uncountable are left."""
    from dataclasses import replace

    from scipy.stats import gamma

    from anagen.follicle.census import Wanted
    from anagen.follicle.clock import Clock
    from anagen.follicle.laws import CycleLaws, Shapes
    from anagen.follicle.patches import Follicles, Intervention, Patches
    from anagen.follicle.shapes import exponential, lognormal, shape_from_quantiles

    months, count = 360, 3
    flat = np.ones((count, months + 1))
    drive = np.clip((np.arange(months + 1) - 60) / 120, 0, 1) * flat * [[1], [0.5], [1.5]]
    plain = Patches(
        Clock.from_speeds(flat, 0.55 * drive), flat, 0.56 * drive, 0 * flat, 0.12 * drive, 0.01 * drive,
        CycleLaws.central(count),
    )  # fmt: skip
    deeds = (
        Intervention("shock", 130, 0.5), Intervention("pluck", 200.5, 0.7, 2.0), Intervention("pluck", 201.5, 0.7, 0.3),
        Intervention("release", 203.0, 0.6, 0.5), Intervention("release", 203.5, 1.0),
        Intervention("shave", 210.25), Intervention("shave", 250, patches=(1, 2)),
    )  # fmt: skip
    spread = np.exp(0.18 * np.random.default_rng(0).standard_normal(follicles))
    same = Follicles.in_one_patch(follicles, spread)
    mixed = replace(same, patch=np.arange(follicles) % count, origin=np.arange(follicles) // 2 % count,
                    person=np.arange(follicles) % 7, region=np.arange(follicles) % 5)  # fmt: skip
    mixed.born[follicles // 3 : follicles // 2] = 55.5
    mixed.lost[follicles // 2 :] = 250.7
    law = shape_from_quantiles("gamma", gamma(4, scale=1 / 4).ppf)
    odd = replace(plain, shapes=Shapes(exponential(), law, lognormal(), exponential()), interventions=deeds)
    edges = np.arange(0, 100, 5.0)
    yield "one patch, counted only", plain, same, Wanted(sums=False, phases=False), True
    yield "everything", replace(plain, interventions=deeds), mixed, Wanted(edges=edges), True
    yield "everything, all followed", replace(plain, interventions=deeds), mixed, Wanted(edges=edges), False
    yield "other laws", odd, mixed, Wanted(), True


def main(follicles: int) -> None:
    """Compare, and look through the assembly where it can be made."""
    from anagen.follicle import gpu_call, gpu_device
    from anagen.follicle.automaton import Automaton
    from anagen.follicle.census import Times, rows_of

    times = np.array([0, 0.5, 3, 7.7, *range(10, 360, 5), 360.0])
    processor = Processor(compiled_for_device().llvm_strs)
    gpu_call.grow_follicles = processor
    gpu_call.to_device = np.ascontiguousarray
    gpu_call.assert_exact = lambda _: None
    gpu_call._summed = lambda copies, shape: copies.reshape(-1, *shape).sum(axis=0)
    gpu_call.mark_warm = lambda _: None
    equal = True
    for name, patches, who, wanted, countable_only in cases(follicles):
        grid = Times(times, patches.months)
        for seed in (1, 2**63 + 12345678901):
            tables = gpu_call.GpuKernel(patches, seed, grid, wanted, countable_only).run([who])
            automaton = Automaton(patches, who, seed, countable_only)
            expected = rows_of(automaton, automaton.cycles(), grid, wanted)
            same = np.array_equal(tables.rows, expected.rows)
            if expected.histogram is not None:
                same &= tables.histogram is not None and np.array_equal(tables.histogram, expected.histogram)
            print(
                f"{name}, seed {seed}: {np.abs(expected.rows[..., :6]).sum()} changes,",
                "same" if same else "NOT the same",
            )
            equal &= same
    print_merged(gpu_device.exactly)
    print("equal" if equal else "different")


def print_merged(exactly: Any) -> None:
    """How often the assembly merges a product and a sum."""
    try:
        merged = compiled_for_device().get_asm_str(cc=CAPABILITY).count("fma.")
    except Exception as error:  # of many kinds, where NVIDIA's compiler is missing
        print("no assembly:", type(error).__name__)
        return
    with exactly():
        apart = compiled_for_device().get_asm_str(cc=CAPABILITY).count("fma.")
    print(f"merged: {merged} within exactly: {apart}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
