"""Files read no further than is of use: what a system says of their size need not be true."""

from __future__ import annotations

from pathlib import Path


def read_at_most(path: Path, most: int) -> bytes:
    """Return what is in a file, or one byte more than `most` of it where there is more.

    A device, a pipe or a file that grows has a size of nothing and no end.

    Parameters
    ----------
    path : Path
    most : int
        Bytes.

    Returns
    -------
    bytes

    Raises
    ------
    OSError
        Where it cannot be opened.
    """
    with path.open("rb") as file:
        return file.read(most + 1)
