"""Where the files are that stand beside the package: the app, its settings and the sample data.

In the repository they are at the top. A wheel carries them inside the package, in `shipped`
(see `pyproject.toml`).
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_SHIPPED = _PACKAGE / "shipped"

TOP = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent
APP = TOP / "app.py"
DATA = TOP / "data"
