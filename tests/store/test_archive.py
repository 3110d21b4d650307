"""A course as a file: the round trip is exact, and a file that is not right changes nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.handover import Handover
from planner.model.problems import InputError
from planner.plans.course import Course
from planner.plans.plan_file import read_course
from planner.store import (
    CourseRepository,
    CourseState,
    Opened,
    SketchCard,
    open_store,
    read_archive,
    write_archive,
)
from tests.store.conftest import file_url

NOTE = {"number": 1, "made": "2026-09-01T10:00:00Z", "how": "made"}


@pytest.fixture
def archive(repository: CourseRepository, state: CourseState, course: Course, handover: Handover) -> bytes:
    """Return the file of a course with two plans."""
    made = repository.create("Biologie 1", state)
    repository.add_plan(made.id, 1, course, "made")
    added = repository.add_plan(made.id, 2, course, "rerun", handover)
    repository.keep_until(made.id, added.after, date(2031, 5, 4))
    content = write_archive(repository, made.id)
    repository.delete(made.id)
    return content


def take_in(repository: CourseRepository, content: bytes) -> Opened:
    """Save a course from a file."""
    return read_archive(content, "vak.zip").put_on(repository)


def changed(archive: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a file with other things in it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    change(members)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, content in members.items():
            file.writestr(name, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def edited(archive: bytes, **values: Any) -> bytes:
    """Return a file whose contents say something else."""

    def change(members: dict[str, bytes]) -> None:
        members["course.json"] = json.dumps({**json.loads(members["course.json"]), **values}).encode()

    return changed(archive, change)


def refused(repository: CourseRepository, content: bytes) -> str:
    """Return the code of why a file is not taken, having seen that nothing was saved."""
    with pytest.raises(InputError) as error:
        take_in(repository, content)
    assert repository.courses() == ()
    (problem,) = error.value.problems
    assert problem.file == "vak.zip"
    assert problem.hint is not None
    return problem.code


def test_the_round_trip_is_exact(
    repository: CourseRepository, archive: bytes, state: CourseState, course: Course, handover: Handover
) -> None:
    opened = take_in(repository, archive)
    assert write_archive(repository, opened.id) == archive
    assert opened == repository.open(opened.id)
    assert (opened.name, opened.state) == ("Biologie 1", state.only_used())
    assert opened.plan is not None
    assert (opened.plan.number, opened.plan.course, opened.plan.handover) == (2, course, handover)
    (listing,) = repository.courses()
    assert listing.keep_until == date(2031, 5, 4)


def test_it_can_be_taken_twice_as_two_courses(repository: CourseRepository, archive: bytes) -> None:
    assert take_in(repository, archive).id != take_in(repository, archive).id
    assert len(repository.courses()) == 2


def test_each_plan_in_it_is_a_plan_json(archive: bytes, course: Course) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        assert read_course(file.read("plans/1/plan.json")) == course


def test_other_files_are_not_taken(repository: CourseRepository, archive: bytes) -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for content in (b"", b"Naam;Nummer\n", b"%PDF-1.7", empty.getvalue(), edited(archive, format="other")):
        assert refused(repository, content) == "parcel-foreign"


def test_a_file_of_a_later_version_says_so(repository: CourseRepository, archive: bytes) -> None:
    assert refused(repository, edited(archive, version=2)) == "parcel-newer"


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"name": 5}, "course.json: name"),
        ({"state": {"effort": "much"}}, "course.json: state.effort"),
        ({"keep_until": "soon"}, "course.json: keep_until"),
        ({"surprise": 1}, "course.json: surprise"),
        ({"keep_until": "0001-01-01"}, "course.json: keep_until"),
        ({"keep_until": "9999-12-31"}, "course.json: keep_until"),
        ({"plans": [{**NOTE, "number": 10**30}]}, "course.json: plans.0.number"),
        ({"plans": [{**NOTE, "number": 0}]}, "course.json: plans.0.number"),
        ({"plans": [{**NOTE, "made": "0001-01-01T00:00:00Z"}]}, "course.json: plans.0.made"),
        ({"plans": [{**NOTE, "made": "9999-12-31T23:59:59-14:00"}]}, "course.json: plans.0.made"),
        ({"plans": [{**NOTE, "handover": {"week": 10**30}}]}, "course.json: plans.0.handover.week"),
        ({"state": {"minutes": 10**30}}, "course.json: state.minutes"),
        ({"state": {"sketch": {"smallest": 10**30}}}, "course.json: state.sketch.smallest"),
        ({"state": {"sketch": {"term": {"max_moved": float("nan")}}}}, "course.json"),
        ({"state": {"list_name": "\ud800"}}, "course.json"),
        ({"plans": [{"number": 3, "made": "2026-09-01T10:00:00Z", "how": "made"}]}, "plans/3/plan.json"),
        (
            {"plans": [{"number": 1, "made": "2026-09-01T10:00:00Z", "how": "made"}] * 2},
            "course.json: plans",
        ),
    ],
)
def test_what_is_wrong_in_it_is_named(
    repository: CourseRepository, archive: bytes, values: Any, place: str
) -> None:
    content = edited(archive, **values)
    assert refused(repository, content) == "parcel-damaged"
    with pytest.raises(InputError, match=place):
        take_in(repository, content)


def test_a_damaged_plan_is_named(repository: CourseRepository, archive: bytes) -> None:
    content = changed(archive, lambda members: members.update({"plans/2/plan.json": b'{"format": 1}'}))
    assert refused(repository, content) == "parcel-damaged"
    with pytest.raises(InputError, match=r"plans/2/plan\.json"):
        take_in(repository, content)


def test_a_file_that_unpacks_to_far_too_much_is_not_unpacked(
    repository: CourseRepository, archive: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.store.archive.LARGEST", 1000)
    assert refused(repository, archive) == "parcel-foreign"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("course.json", b"[" + b"[]," * 10_000_000 + b"[]]"),
        ("course.json", b"[" * 200_000),
        ("plans/1/plan.json", b"[" + b"[]," * 30_000_000 + b"[]]"),
        ("plans/1/plan.json", b"[" * 200_000),
    ],
)
def test_what_is_small_in_the_file_and_large_in_memory_is_refused(
    repository: CourseRepository, archive: bytes, name: str, content: bytes
) -> None:
    """A course of 100 KB once took 2.6 GB."""
    worse = changed(archive, lambda members: members.update({name: content}))
    assert refused(repository, worse) in ("parcel-damaged", "parcel-foreign")


def test_fields_of_a_card_that_no_page_could_show_are_left_out() -> None:
    fields = {"column": "Cijfer", "within": 10**30, "importance": "heel", "surprise": [1], "kind": "x"}
    assert SketchCard(kind="balance", fields=fields).fields == {"column": "Cijfer"}
    fields = {"columns": [], "at_least": "2", "importance": "must"}
    assert SketchCard(kind="overlap", fields=fields).fields == {"columns": [], "importance": "must"}
    whole = {"columns": ["Vrij"], "at_least": 2, "importance": "nice"}
    assert SketchCard(kind="overlap", fields=whole).fields == whole


@pytest.fixture(scope="module")
def known(
    tmp_path_factory: pytest.TempPathFactory, state: CourseState, course: Course
) -> Iterator[tuple[CourseRepository, bytes]]:
    """Return a repository, and the file of a course that is not in it any more."""
    store = open_store(file_url(tmp_path_factory.mktemp("damage") / "hecht.db"))
    repository = CourseRepository(store)
    made = repository.create("Vak", state)
    repository.add_plan(made.id, 1, course, "made")
    archive = write_archive(repository, made.id)
    repository.delete(made.id)
    yield repository, archive
    store.close()


@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(0, 255))
def test_damage_anywhere_changes_nothing_or_nothing_that_counts(
    known: tuple[CourseRepository, bytes], place: float, flip: int
) -> None:
    repository, archive = known
    at = int(place * len(archive))
    damaged = archive[:at] + (bytes([archive[at] ^ flip]) + archive[at + 1 :] if flip else b"")
    try:
        taken = take_in(repository, damaged)
    except InputError:
        assert repository.courses() == ()
    else:
        assert write_archive(repository, taken.id) == archive
        repository.delete(taken.id)


def test_a_file_has_no_columns_that_are_not_in_use(tmp_path: Path, archive: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        texts = b"".join(file.read(name) for name in file.namelist())
    assert b"Kleur" in texts
    assert b"Postcode" not in texts
