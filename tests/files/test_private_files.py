"""Files about students: for their owner alone, whatever the umask, and whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.cli import main
from planner.files.private_files import make_folder, write_files
from planner.jobs.job import Job
from planner.jobs.pool import WorkerPool
from planner.plans.folder import plan_files, write_folder
from planner.store import CourseRepository, CourseState, open_store
from tests.builders.handouts import LATIN, NAMES, OTHERS, course

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct, autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Set a umask; files were open to everyone (0644) under any of them."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> set[int]:
    """Return the modes of a folder and of all that is in it."""
    return {mode(path) for path in (folder, *folder.rglob("*")) if path.is_dir()} | {
        mode(path) | 0o100 for path in folder.rglob("*") if path.is_file()
    }


def test_a_plan_and_all_that_is_made_of_it_is_for_the_owner_alone(tmp_path: Path) -> None:
    made = course(NAMES, OTHERS, LATIN)
    folder = tmp_path / "terms" / "2025" / "plan"
    write_folder(folder, plan_files(made)[0])
    assert (folder / "imports").is_dir()
    assert main(["cards", str(folder), "--out", str(folder / "print" / "cards.html")]) == 0
    assert main(["sheet", str(folder), "--week", "1", "--out", str(folder / "sheet.html")]) == 0
    assert main(["mail", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} >= {"print", "sheet.html", "mail.csv", "mail.txt"}
    assert modes(tmp_path / "terms") == {0o700}


def test_a_folder_that_is_there_keeps_its_mode_and_its_new_files_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o750)
    (folder / "groups.csv").write_bytes(b"old")
    (folder / "groups.csv").chmod(0o644)
    (folder / "notes.txt").write_bytes(b"mine")
    (folder / "notes.txt").chmod(0o640)
    write_files(folder, {"groups.csv": b"new", "imports/zoom.csv": b"zoom"})
    assert (folder / "groups.csv").read_bytes() == b"new"
    assert [mode(path) for path in (folder, folder / "groups.csv", folder / "notes.txt")] == [
        0o750,
        0o600,
        0o640,
    ]
    assert (mode(folder / "imports"), mode(folder / "imports" / "zoom.csv")) == (0o700, 0o600)
    assert sorted(path.name for path in folder.iterdir()) == ["groups.csv", "imports", "notes.txt"]


def test_where_writing_fails_nothing_has_changed_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plan"
    write_files(folder, {"a.csv": b"old", "b.csv": b"old"})
    monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left")))
    for target in (folder, tmp_path / "new"):
        with pytest.raises(OSError, match="No space"):
            write_files(target, {"a.csv": b"new", "b.csv": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.csv": b"old", "b.csv": b"old"}


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(b"")
    with pytest.raises(FileExistsError) as told:
        make_folder(tmp_path / "plan.json" / "cards")
    assert Path(told.value.filename).name in ("plan.json", "cards")


def test_saved_courses_are_for_the_owner_alone_also_while_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "data" / "hecht.db"
    store = open_store(f"sqlite:///{path}")
    CourseRepository(store, "").create("Statistiek", CourseState())
    assert {one.name for one in path.parent.iterdir()} == {"hecht.db", "hecht.db-wal", "hecht.db-shm"}
    assert modes(tmp_path / "new") == {0o700}
    store.close()


def test_the_folder_of_a_job_is_for_the_owner_alone() -> None:
    job = Job(WorkerPool(1), "", int, ())
    assert mode(job.folder) == 0o700
    job.folder.rmdir()
