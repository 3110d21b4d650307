"""The compiler options of the kernels: Numba without reference counting, cached until any of them changes.

Numba counts references to arrays, also in functions that make none and keep none. In a loop
that reads a dozen arrays that takes four fifths of the time (docs/decisions/0006), so it is
left out wherever nothing is allocated: the caller holds the arrays until the call returns.

Numba's cache looks at the file of a function alone, not at those that it calls, so kernels in
two files could run half old and half new. Here a kernel is as old as the newest file that it may
call: those of its own folder and of `common` whose names end in `kernels`, the shapes of a
`Model`, and this one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba import njit

COMMON = Path(__file__).parent


def kernel_files(path: str) -> tuple[Path, ...]:
    """Return the files that decide how a kernel of a file is compiled, itself among them."""
    folder = Path(path).parent
    shared = {Path(__file__), COMMON / "lowering.py", Path(path)}
    return tuple(sorted({*shared, *folder.glob("*kernels.py"), *COMMON.glob("*kernels.py")}))


@lru_cache
def stamp(path: str) -> str:
    """Return what changes with any of the files that decide how a kernel of a file is compiled."""
    return sha256(b"\0".join(file.read_bytes() for file in kernel_files(path))).hexdigest()


def _kernel(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    def compiled(function: Callable[..., Any]) -> Any:
        kernel = njit(cache=True, error_model="numpy", **options)(function)
        kernel._cache._cache_file._source_stamp = stamp(function.__code__.co_filename)
        return kernel

    return compiled


# A loop makes no arrays, nor a copy of a part of one; what it calls makes none either.
loop = _kernel(_nrt=False, nogil=True)
inlined = _kernel(inline="always", _nrt=False)
making = _kernel()
