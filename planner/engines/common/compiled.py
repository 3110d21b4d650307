"""The compiler options of the kernels: Numba without reference counting.

Numba counts references to arrays, also in functions that make none and keep none. In a loop
that reads a dozen arrays that takes four fifths of the time (docs/decisions/0006), so it is
left out wherever nothing is allocated: the caller holds the arrays until the call returns.

Results are cached on disk by the file of a function alone. A change here needs their
removal: ``planner/engines/*/__pycache__``.
"""

from __future__ import annotations

from numba import njit

# A loop makes no arrays, nor a copy of a part of one; what it calls makes none either.
loop = njit(cache=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
inlined = njit(cache=True, error_model="numpy", inline="always", _nrt=False)  # type: ignore[call-overload]
making = njit(cache=True, error_model="numpy")
