"""What is deleted is gone from the disk as well, not only from the list."""

from __future__ import annotations

import zlib
from pathlib import Path

from planner.model.text import message
from planner.plans.course import Course
from planner.plans.plan_file import write_course
from planner.store import CourseRepository, CourseState, Sharing, open_store
from tests.store.conftest import NAMES, file_url

VERY_OWN = "Vakkenpakket Zeldzaam"
STOPPED, SHARED = "Mehmet Zeldzamer", "collega@zeldzaam.example"


def on_disk(path: Path) -> bytes:
    """Return everything that the database has on the disk: the file, its log and its index."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def test_names_are_off_the_disk_after_a_deletion(tmp_path: Path, state: CourseState, course: Course) -> None:
    path = tmp_path / "hecht.db"
    store = open_store(file_url(path))
    repository = CourseRepository(store)
    stays = repository.create("Blijft", CourseState())
    made = repository.create(VERY_OWN, state)
    for version in range(1, 4):
        repository.add_plan(made.id, version, course, "made", what=message("{name} stopped", name=STOPPED))
    Sharing(store, repository.person).share(made.id, SHARED, "look")
    traces = [text.encode() for text in (VERY_OWN, made.id, STOPPED, SHARED, *NAMES)]
    packed = zlib.compress(write_course(course, readable=False))
    traces += [packed[start : start + 24] for start in range(0, len(packed) - 24, 200)]
    assert all(trace in on_disk(path) for trace in traces)
    repository.delete(made.id)
    left = on_disk(path)  # while the store is still open
    assert [trace for trace in traces if trace in left] == []
    assert stays.id.encode() in left
    store.close()


def test_names_are_off_the_disk_once_the_class_list_is_another(tmp_path: Path, state: CourseState) -> None:
    path = tmp_path / "hecht.db"
    store = open_store(file_url(path))
    repository = CourseRepository(store)
    made = repository.create("Vak", state)
    repository.save(made.id, 1, CourseState())
    store.close()
    left = on_disk(path)
    assert [name for name in NAMES if name.encode() in left] == []
    assert made.id.encode() in left
