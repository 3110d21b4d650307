"""What the page says of a database that is damaged or in use: what the matter is, and the way on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.plans.course import Course
from planner.store.database import default_url
from planner.ui.session import saving
from tests.builders.pages import (
    PEOPLE,
    FakeJob,
    course_of,
    go,
    load,
    session_of,
    texts,
    ticked,
    upload_list,
)

OWN_FAULT = "Hecht zelf"
COURSE = "van dit vak is bewaard, is beschadigd"
PLAN = "Wat van plan 2 van dit vak is bewaard, is beschadigd"


def change(statement: str, *values: object) -> None:
    """Change the database behind the page's back."""
    path = Path(default_url().removeprefix("sqlite:///").partition("?")[0])
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement, values)
        database.commit()


def said(page: AppTest) -> str:
    """Return what a page says, which is nothing of a fault of Hecht's own."""
    assert not page.exception
    assert OWN_FAULT not in texts(page)
    return texts(page)


@pytest.fixture
def two(page: AppTest, jobs: list[FakeJob]) -> tuple[str, str]:
    """Return a course, and the one that was saved after it."""
    first = upload_list(page, "Eerste.csv", PEOPLE)
    second = upload_list(load("new"), "Tweede.csv", PEOPLE.replace(b"10000", b"20000"))
    return course_of(first), course_of(second)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "{"),
        ("roster", "[]"),
        ("state", '{"sketch": {"cards": [{"kind": "limit", "fields": {"importance": ["x"]}}]}}'),
    ],
)
def test_a_damaged_course_says_so_and_the_others_open(two: tuple[str, str], column: str, value: str) -> None:
    """The page said that something went wrong in Hecht itself, with no way on."""
    whole, damaged = two
    change(f"UPDATE course SET {column} = ? WHERE id = ?", value, damaged)
    page = load(damaged)
    if "importance" not in value:
        assert COURSE in said(page)
    go(page, "courses")
    said(page)
    assert any(f"course={whole}" in one.proto.body for one in page.get("html"))
    assert "Eerste · bewaard" in said(load(whole))


def test_a_course_that_cannot_be_listed_keeps_no_other_out_of_sight(two: tuple[str, str]) -> None:
    whole, damaged = two
    change("UPDATE course SET changed = 'nooit' WHERE id = ?", damaged)
    assert course_of(load()) == whole
    page = go(load(whole), "courses")
    assert COURSE in said(page)
    ticked(page, damaged).button(key="delete_ticked").click().run()
    assert "dit beschadigde vak" in said(page)
    page.button(key="delete_sure").click().run()
    assert COURSE not in said(page)
    assert [one.id for one in saving.repository().courses()] == [whole]


def test_a_damaged_plan_says_so_and_the_one_before_is_shown(draft: AppTest, sample_course: Course) -> None:
    course, version = course_of(draft), session_of(draft).kept.version
    saving.repository().add_plan(course, version, sample_course, "made")
    change("UPDATE plan SET content = ? WHERE number = 2", b"Noor")
    page = load(course_of(draft))
    assert PLAN in said(page)
    assert session_of(page).course == sample_course
    go(page, "courses")
    assert PLAN in said(page)
    session_of(page).keep(sample_course.model_copy(), sample_course.roster)
    page.run()
    assert PLAN not in said(load(course_of(draft)))


def test_tables_of_another_program_are_told(two: tuple[str, str]) -> None:
    change("ALTER TABLE course RENAME TO another")
    assert "ontbreken de tabellen waarin Hecht vakken bewaart" in said(load())
    change("ALTER TABLE another RENAME TO course")
    assert not load().error


def test_what_a_click_cannot_do_now_says_why(two: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be deleted, as another program was writing, was told as a fault of Hecht's own."""
    first, second = two
    monkeypatch.setenv("HECHT_DATABASE", f"{default_url()}?timeout=0.05")
    page = go(load(second), "courses")
    ticked(page, first).button(key="delete_ticked").click().run()
    path = Path(default_url().removeprefix("sqlite:///").partition("?")[0])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page.button(key="delete_sure").click().run()
        other.execute("COMMIT")
    assert "Een ander programma houdt" in said(page)
    assert len(saving.repository().courses()) == 2
