"""Zip files: those from elsewhere may lie about their own size, ours are the same for the same content."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)  # of every member: files do not tell when they were written
_WAYS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # others may ask for any amount of memory
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    ArithmeticError,
    LookupError,
    NotImplementedError,
    RuntimeError,
)


class Damaged(Exception):  # noqa: N818 - the name says what a file is
    """A zip file that cannot be read."""


class TooLarge(Exception):  # noqa: N818 - the name says what a file is
    """A zip file with more in it than is asked for."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return files by their path as one zip file, the same for the same files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, _DATE), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


class SafeZip:
    """A zip file whose members are unpacked one by one, all together within some room.

    Parameters
    ----------
    content : bytes
    most : int
        How many members it may have.
    room : int
        How many bytes may be unpacked of it.

    Raises
    ------
    Damaged
    TooLarge
    """

    def __init__(self, content: bytes, *, most: int, room: int) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
        except _FAULTS as error:
            raise Damaged from error
        self.names = tuple(self._file.namelist())
        self._room = room
        if len(self.names) > most:
            raise TooLarge

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return a member, of at most `most` bytes.

        Parameters
        ----------
        name : str
            Of the member.
        most : int, optional
            Bytes at the most; None is all that is left of the room.

        Returns
        -------
        bytes

        Raises
        ------
        Damaged
            Where it is not there either.
        TooLarge
        """
        room = self._room if most is None else min(most, self._room)
        chunks = []
        try:
            entry = self._file.getinfo(name)
            if entry.compress_type not in _WAYS:
                raise Damaged
            with self._file.open(entry) as member:
                while room >= 0 and (chunk := member.read(_CHUNK)):
                    room -= len(chunk)
                    self._room -= len(chunk)
                    chunks.append(chunk)
        except _FAULTS as error:
            raise Damaged from error
        if room < 0:
            raise TooLarge
        return b"".join(chunks)
