"""A class list that cannot be read while there are groups: they stay, and the list waits with its problem."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.model.domain import ColumnKind
from planner.plans.course import Course
from planner.ui.session import pending_state, saving
from planner.ui.shell import open_course
from tests.builders.pages import (
    LINES,
    FakeJob,
    answer,
    course_of,
    edit,
    edited,
    english,
    go,
    load,
    opened,
    session_of,
    texts,
    upload_list,
)

WAITS = "De klassenlijst is zo niet te lezen en wordt dus niet gebruikt en niet bewaard."
STOPPED = "is gestopt (Groep"


@pytest.fixture
def in_use(never_reloaded: AppTest, jobs: list[FakeJob], sample_course: Course) -> AppTest:
    """Return a page with groups in use, and somebody who stopped."""
    pending_state.stop(session_of(never_reloaded), sample_course.plan.groups[0].members[0])
    never_reloaded.run()
    jobs[-1].end = answer(jobs[-1])
    return go(never_reloaded, "")


def number_of(row: int) -> str:
    return LINES[1 + row].partition(";")[0]


def spoil(page: AppTest, how: str) -> AppTest:
    """Have the list on its page read no more, in one of the ways there are."""
    if how in FILES:
        return upload_list(page, "oktober.csv", FILES[how])
    if how == "meaning":
        for heading in ("Studentnummer", "E-mail", "Roepnaam", "Tussenvoegsel", "Achternaam"):
            session_of(page).correct(heading, ColumnKind.IGNORED)
        return page.run()
    return edit(opened(page), ROWS[how])


FILES = {
    "empty": b"",
    "headings": LINES[0].encode(),
    "garbage": bytes(range(256)) * 40,
    "no students": b"a;b\n1;2\n",
}
ROWS: dict[str, dict[int, dict[str, object]]] = {
    "twice": {4: {"Studentnummer": number_of(5)}},
    "no number": {4: {"Studentnummer": "", "Tussenvoegsel": "", "Achternaam": ""}},
    "nobody": {row: {"\N{CHECK MARK}": False} for row in range(28)},
}


@pytest.mark.parametrize("how", [*FILES, *ROWS, "meaning"])
def test_groups_in_use_stay_with_all_that_is_pending(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course, how: str
) -> None:
    """The page said that there was no class list yet: no cards, no downloads, nothing pending."""
    page = spoil(in_use, how)
    now = session_of(page)
    assert now.list_waits
    assert page.error
    assert "cloud_done" not in texts(page)
    state = saving.repository().open(course_of(page)).state
    page = go(page, "groups")
    said = texts(page)
    assert WAITS in said
    assert page.error  # what the matter is
    assert STOPPED in said
    assert "cloud_done" not in said
    assert [one.key for one in page.get("download_button")][:1] == ["download_groups"]
    assert {one.key for one in page.menu_button} == {f"name_{one}" for one in sample_course.plan.group_of}
    # It is carried out as ever, and the list goes on waiting.
    page.button(key="carry_out").click().run()
    assert "Doorgevoerd." in texts(page)
    assert session_of(page).list_waits
    assert saving.repository().open(course_of(page)).state.roster == state.roster
    # Back to the last list that could be read: nothing is pending, and all is saved.
    page.button(key="usable_list").click().run()
    said = texts(page)
    assert WAITS not in said
    assert "Geen openstaande wijzigingen." in said
    assert "cloud_done" in said
    assert session_of(load(course_of(page))).roster == state.roster
    assert not session_of(go(page, "")).list_waits


def test_a_slip_that_is_corrected_keeps_what_was_typed_after_it(in_use: AppTest) -> None:
    """A row that was unticked after it was gone at a reload, while the page went on saying “saved”."""
    page = spoil(in_use, "twice")
    edit(page, {4: {"Studentnummer": number_of(5)}, 7: {"\N{CHECK MARK}": False}})
    assert session_of(page).list_waits
    edit(page, {4: {"Studentnummer": number_of(4)}, 7: {"\N{CHECK MARK}": False}})
    assert not session_of(page).list_waits
    assert "cloud_done" in texts(page)
    roster = session_of(load(course_of(page))).roster
    assert roster is not None
    assert number_of(7) not in roster.by_id
    assert number_of(4) in roster.by_id


def test_a_file_that_is_taken_away_again_leaves_the_list_before(in_use: AppTest) -> None:
    before = session_of(in_use).roster
    page = spoil(in_use, "headings")
    page.file_uploader(key="class_list").set_value(None)
    page.run()
    assert not session_of(page).list_waits
    assert session_of(page).roster == before
    page = upload_list(page, "oktober.csv", edited())
    page.file_uploader(key="class_list").set_value(None)
    page.run()
    roster = session_of(page).roster
    assert roster is not None
    assert "1999999" in roster.by_id


def test_nothing_from_elsewhere_throws_away_what_waits(in_use: AppTest, sample_course: Course) -> None:
    page = go(spoil(in_use, "twice"), "groups")
    page.button(key="take_back_0").click().run()
    assert "Eerst de klassenlijst: die is zo niet te lezen." in texts(page)
    assert STOPPED in texts(page)
    assert session_of(page).list_waits


def test_a_draft_stays_too_and_is_made_of_the_last_list_that_could_be_read(
    draft: AppTest, jobs: list[FakeJob]
) -> None:
    page = go(spoil(go(draft, ""), "headings"), "groups")
    assert len(page.menu_button) == 28
    page.button(key="make_plan").click().run()
    assert len(jobs[-1].request.roster.students) == 28


def test_english_says_the_same_and_no_page_says_saved(in_use: AppTest) -> None:
    page = english(spoil(in_use, "no number"))
    for place in ("", "rules", "groups", "changes", "term", "cards", "courses"):
        go(page, place)
        assert not page.exception
        assert "cloud_done" not in texts(page)
        assert "The class list cannot be read as it is now" in texts(page)
    assert open_course.standing(session_of(page))[2]


def test_without_groups_a_list_that_cannot_be_read_is_not_said_to_be_saved(page: AppTest) -> None:
    upload_list(page, "klas.csv", "\n".join(LINES).encode())
    assert "cloud_done" in texts(page)
    edit(opened(page), ROWS["no number"])
    assert "cloud_done" not in texts(page)
    assert "is zo niet te lezen en wordt dus niet bewaard" in texts(page)
