"""A PostgreSQL server of our own: in a folder that is thrown away, on a socket, for nobody else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"  # a server refuses to run as root; Debian's package makes this user
# A server that is thrown away may lose what it has when the computer fails.
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl of the latest PostgreSQL here, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """Run a server and give the URL of its socket, without a database in it: fill in ``{}``."""
    folder = Path(tempfile.mkdtemp(prefix="hecht-pg-", dir="/tmp"))
    try:
        if _as_root():
            shutil.chown(folder, USER)
        data = folder / "data"
        _run(programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} {HASTE}"
        _run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            yield f"postgresql+psycopg://{USER}@/{{}}?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_root() -> bool:
    return os.name != "nt" and os.geteuid() == 0


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if _as_root():
        words = ["runuser", "-u", USER, "--", *words]
    done = subprocess.run(words, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}\n{done.stdout.decode(errors='replace')}")
