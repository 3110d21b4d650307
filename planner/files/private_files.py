"""Files that only their owner can read, and that are there whole or not at all.

What Hecht writes is about students. So a new folder is for its owner alone (0700) and so
is every file (0600), whatever the umask; a folder that is there already keeps its mode.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder, and the folders that lead to it, where they are not there yet."""
    for path in (*reversed(folder.absolute().parents), folder):
        path.mkdir(mode=0o700, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file where there is none yet."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files aside and then rename them, in their order.

    A new folder appears at once, by one rename. In a folder that exists each file
    takes the place of an earlier one by a rename of its own; other files stay.

    Parameters
    ----------
    folder : Path
    files : mapping
        What is in each, by its path in the folder.
    """
    folder = folder.absolute()
    fresh = not folder.exists()
    make_folder(folder.parent if fresh else folder)
    with _asked_for(folder if fresh else folder / next(iter(files), "")):
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent if fresh else folder))
    try:
        for path, content in files.items():
            with _asked_for(folder / path):
                _write(aside / path, content)
        if fresh:
            with _asked_for(folder):
                aside.rename(folder)
            return
        for path in files:
            make_folder((folder / path).parent)
            with _asked_for(folder / path):
                (aside / path).replace(folder / path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _asked_for(path: Path) -> Iterator[None]:
    """Name the file that was asked for where writing fails, never one that is there in between."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    make_file(path)
    with path.open("r+b") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
