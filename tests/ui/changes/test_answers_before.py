"""What students answered before stays known, on the page with changes and on that with the class list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from planner.audit.plan_audit import moves
from planner.model.domain import Roster
from planner.plans.course import Course
from planner.ui.session import saving
from tests.builders.pages import (
    FakeJob,
    course_of,
    edit,
    go,
    load,
    opened,
    planned,
    replanned,
    session_of,
    texts,
    upload,
)
from tests.builders.places import DATA

LINES = (DATA / "klas-28.csv").read_text("utf-8-sig").splitlines()
NEW = "1999999"
# Number, call name, infix and surname: what every learning system has.
BARE = "\n".join([*(";".join(line.split(";")[:4]) for line in LINES[:-1]), f"{NEW};Nova;van;Dam"]).encode()
GRADE, PROGRAMME = "Vooropleiding cijfer", "Opleiding"


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    yield
    saving._opened.clear()


@pytest.fixture
def in_use(sample: AppTest, jobs: list[FakeJob], sample_course: Course) -> AppTest:
    """Return the page with groups of the sample class, saved as they would be."""
    return planned(sample, jobs, sample_course)


def roster_of(page: AppTest) -> Roster:
    roster = session_of(page).roster
    assert roster is not None
    return roster


def still_known(roster: Roster, course: Course) -> bool:
    """Whether everybody of the course who is still there has the answers of then."""
    here = [student for student in course.roster.students if student.id in roster.by_id]
    return all(
        roster.by_id[one.id].answer(heading) == said for one in here for heading, said in one.answers.items()
    )


def accepted(page: AppTest, jobs: list[FakeJob]) -> AppTest:
    return replanned(page, jobs).button(key="accept").click().run()


@pytest.mark.parametrize("reloaded", [False, True])
def test_names_and_numbers_are_enough_on_the_page_with_changes(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course, reloaded: bool
) -> None:
    page = load(course_of(in_use)) if reloaded else in_use
    upload(go(page, "changes"), BARE)
    assert not page.error
    assert [metric.value for metric in page.metric] == ["1", "1", "27", "0"]
    said = texts(page)
    assert said.count("wat 27 studenten eerder antwoordden, blijft tellen.") == 1
    assert "Over 1 nieuwe student is nog niets bekend: Nova van Dam." in said
    accepted(page, jobs)
    now = session_of(page)
    assert now.course is not None
    assert now.course.roster.headings == sample_course.roster.headings
    assert still_known(now.course.roster, sample_course)
    assert not now.outdated(now.rules_now())
    assert not go(page, "rules").error
    # And the next time: also after a reload, and with the same list once more.
    before = now.course
    page = load(course_of(page))
    assert still_known(roster_of(page), sample_course)
    upload(go(page, "changes"), BARE)
    assert not page.error
    assert "Geen openstaande wijzigingen: de groepen kloppen" in texts(page)
    accepted(page, jobs)
    after = session_of(page).course
    assert after is not None
    assert not moves(before.plan.groups, after.plan.groups)
    assert after.roster == before.roster


def test_a_new_list_on_its_own_page_needs_no_more(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """Rules that read what the new list lacks stopped here, and the survey had to be joined again."""
    page = upload(go(in_use, ""), BARE, "class_list")
    assert not page.error
    assert "Over 1 nieuwe student is nog niets bekend: Nova van Dam." in texts(page)
    assert still_known(roster_of(page), sample_course)
    edit(opened(page), {27: {GRADE: "8,8"}, 0: {GRADE: "9,9"}})
    assert roster_of(page).by_id[NEW].answer(GRADE) == "8,8"
    page.button(key="replan").click().run()
    asked = jobs[-1].request
    assert asked.roster.by_id[NEW].answer(GRADE) == "8,8"
    assert asked.roster.by_id[LINES[1].split(";")[0]].answer(GRADE) == "9,9"
    assert not go(page, "rules").error


def test_answers_are_typed_where_nothing_is_known(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = upload(go(in_use, "changes"), BARE)
    page.button(key="type_answers").click().run()
    assert next(header.value for header in page.header) == "Klassenlijst"
    (table,) = page.data_editor
    assert table.value.iloc[-1]["Achternaam"] == "Dam"
    edit(page, {27: {PROGRAMME: "Verpleegkunde"}})
    assert session_of(page).course == sample_course  # nothing happened to the groups
    page.button(key="replan").click().run()
    assert jobs[-1].request.roster.by_id[NEW].answer(PROGRAMME) == "Verpleegkunde"
    assert still_known(jobs[-1].request.roster, sample_course)


def test_what_was_corrected_in_the_table_holds_with_a_new_list(in_use: AppTest) -> None:
    first = LINES[1].split(";")[0]
    page = edit(opened(go(in_use, "")), {0: {GRADE: "9,9"}})
    upload(go(page, "changes"), BARE)
    rerun = session_of(page).rerun
    assert rerun.roster is not None
    assert rerun.roster.by_id[first].answer(GRADE) == "9,9"
    # Also where it is corrected while the new list is looked at already.
    edit(opened(go(page, "")), {0: {GRADE: "9,8"}})
    go(page, "changes")
    assert rerun.roster.by_id[first].answer(GRADE) == "9,8"
    assert "Jip" not in "".join(element.value for element in page.error)


def test_a_survey_of_the_newcomer_adds_to_what_is_known(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = upload(go(in_use, "changes"), BARE)
    survey = f"Studentnummer;{GRADE};{PROGRAMME}\n{NEW};7,7;Verpleegkunde\n".encode()
    upload(page, survey, "new_survey", "vragen.csv")
    said = texts(page)
    assert "niets bekend" not in said
    assert "vragenlijst niet ingevuld" not in said
    accepted(page, jobs)
    course = session_of(page).course
    assert course is not None
    assert course.roster.by_id[NEW].answer(GRADE) == "7,7"
    assert still_known(course.roster, sample_course)
    # The survey is part of what is known from now on: a correction in the table holds.
    edit(opened(go(page, "")), {27: {GRADE: "6,1"}})
    assert roster_of(page).by_id[NEW].answer(GRADE) == "6,1"
    upload(go(page, "changes"), BARE)
    rerun = session_of(page).rerun
    assert rerun.roster is not None
    assert rerun.roster.by_id[NEW].answer(GRADE) == "6,1"


def test_another_class_gets_no_answers_of_this_one(in_use: AppTest) -> None:
    others = "Studentnummer;Naam\n" + "\n".join(f"77{at:05d};Iemand X{chr(97 + at)}" for at in range(20))
    page = upload(go(in_use, ""), others.encode(), "class_list")
    assert not roster_of(page).columns
    assert session_of(page).course is None
