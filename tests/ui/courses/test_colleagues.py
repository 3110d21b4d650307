"""Several colleagues on one course: shared, told who saved, and taken back; a list that stays short."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from planner.edit import Rename, apply
from planner.plans.course import Course
from planner.store import CourseState, Sharing, write_archive
from planner.ui.session import pending_state, saving, sign_in
from planner.ui.session.saved_course import SavedCourse
from tests.builders.pages import (
    PEOPLE,
    FakeJob,
    answer,
    course_of,
    english,
    go,
    load,
    planned,
    session_of,
    texts,
    ticked,
    upload_list,
)


@dataclass
class Desk:
    """Who sits at the page."""

    owner: str = "u-1"
    name: str = "Anna Bos"
    address: str = "anna@school.example"

    def sit(self, owner: str, name: str) -> None:
        self.owner, self.name, self.address = owner, name, f"{name.split()[0].lower()}@school.example"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return who is signed in, as far as pages can tell."""
    at = Desk()
    monkeypatch.setattr(sign_in, "asked", lambda: True)
    monkeypatch.setattr(sign_in, "_signed_in", lambda: True)
    monkeypatch.setattr(sign_in, "hint", lambda: None)
    for what in ("owner", "name", "address"):
        monkeypatch.setattr(sign_in, what, lambda what=what: getattr(at, what))
    return at


def shared(page: AppTest, may: str) -> AppTest:
    """Share the course on the page with Bram, on the page of the courses."""
    go(page, "courses")
    page.session_state["more_share"] = True
    page.run()
    page.text_input(key="share_address").set_value("Bram@school.example")
    page.segmented_control(key="share_may").set_value(may)
    next(button for button in page.button if "share_form" in str(button.form_id)).click().run()
    return page


def renamed(course: Course, name: str) -> Course:
    """Return a plan whose first group has another name."""
    return apply(course, Rename(group=course.plan.groups[0].name, name=name))


def history(page: AppTest) -> AppTest:
    """Return the page of the courses with its history open."""
    go(page, "courses")
    page.session_state["more_history"] = True
    return page.run()


def test_without_sign_in_nothing_of_sharing_shows(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = go(planned(sample, jobs, sample_course), "courses")
    assert "Delen met collega" not in texts(page)
    assert "groepen gemaakt" in texts(history(page))


def test_a_course_is_shared_changed_by_a_colleague_and_the_change_taken_back(
    desk: Desk, sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = shared(planned(sample, jobs, sample_course), "change")
    course = course_of(page)
    assert "school.example · mag wijzigen" in texts(page)
    assert "Je collega vindt het vak" in texts(page)
    desk.sit("u-2", "Bram Dijk")
    theirs = load(course)
    assert "bewaard door Anna Bos" in texts(theirs)
    session_of(theirs).change_by_hand(renamed(sample_course, "Otters"), None)
    theirs.run()
    assert not theirs.error
    desk.sit("u-1", "Anna Bos")
    again = history(load(course))
    said = texts(again)
    assert "**Bram Dijk** · groepen handmatig gewijzigd: groep Groep 1 heet nu Otters" in said
    assert "**Anna Bos** · gedeeld met bram@" in said
    again.button(key="undo_0").click().run()
    again.run()
    assert session_of(again).course == sample_course
    assert "**Anna Bos** · plan 1 teruggehaald" in texts(again)
    assert [plan.how for plan in saving.repository().plans(course)] == ["brought-back", "edited", "made"]
    session_of(again).use_groups(1)
    assert "**Bram Dijk** · groepen handmatig gewijzigd: groep Groep 1 " in texts(go(again, "changes"))


def test_a_colleague_who_may_look_reads_everything_and_saves_nothing(
    desk: Desk, sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    course = course_of(shared(planned(sample, jobs, sample_course), "look"))
    before = write_archive(saving.repository(), course)
    desk.sit("u-2", "Bram Dijk")
    page = load(course)
    assert "Anna Bos deelt dit vak met je om te bekijken." in texts(page)
    session = session_of(page)
    assert session.course == sample_course
    session.making.minutes = 3
    session.change_by_hand(renamed(sample_course, "Otters"), None)
    go(page, "groups")
    assert [one.key for one in page.get("download_button")][:1] == ["download_groups"]
    assert not [one for one in page.button if one.key in ("make_plan", "replan")]
    assert "groepen maken doet wie het mag wijzigen" in texts(page)
    go(page, "courses")
    assert page.text_input(key=f"course_name_{session.kept.version}").disabled
    assert not [one for one in page.button if one.key in ("delete_course", "bring_back")]
    desk.sit("u-1", "Anna Bos")
    assert write_archive(saving.repository(), course) == before
    desk.sit("u-2", "Bram Dijk")
    page.button(key="keep_as_new").click().run()
    assert not page.error
    mine = saving.repository().open(course_of(page))
    assert (mine.may, mine.state.minutes) == ("own", 3)
    assert session_of(page).kept.id != course


def test_who_saved_at_the_same_time_is_named(
    desk: Desk, sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = shared(planned(sample, jobs, sample_course), "change")
    course = course_of(page)
    desk.sit("u-2", "Bram Dijk")
    theirs = load(course)
    session_of(theirs).making.minutes = 4
    theirs.run()
    desk.sit("u-1", "Anna Bos")
    session_of(page).making.minutes = 6
    page.run()
    assert "Bram Dijk heeft dit vak bewaard sinds het hier werd geopend." in texts(page)
    links = "".join(element.proto.body for element in page.get("html"))
    assert "Gebruik wat Bram Dijk om " in links
    assert saving.repository().open(course).state.minutes == 4


def test_a_colleague_leaves_and_is_left_out(
    desk: Desk, sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = shared(planned(sample, jobs, sample_course), "change")
    course = course_of(page)
    desk.sit("u-2", "Bram Dijk")
    theirs = go(load("new"), "courses")
    assert "Met jou gedeeld" in [one.value for one in theirs.subheader]
    theirs.button(key=f"leave_{course}").click().run()
    theirs.button(key="leave_sure").click().run()
    assert saving.repository().courses() == ()
    desk.sit("u-1", "Anna Bos")
    shared(page, "look")
    page.button(key="withdraw_0").click().run()
    assert Sharing(saving.store(), saving.repository().person).colleagues(course) == ()
    page.text_input(key="share_address").set_value("bram")
    next(button for button in page.button if "share_form" in str(button.form_id)).click().run()
    assert "“bram” is geen e-mailadres." in texts(page)


def test_a_name_that_signs_in_with_an_address_of_their_own_making_is_shared_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claims = {"is_logged_in": True, "iss": "x", "sub": "1", "email": "Bram@School.example"}

    class User:
        def to_dict(self) -> dict[str, object]:
            return claims

    monkeypatch.setattr(sign_in, "asked", lambda: True)
    monkeypatch.setattr(sign_in.st, "user", User())
    assert sign_in.address() == "bram@school.example"
    claims["email_verified"] = False
    assert sign_in.address() == ""


# One sitting


def test_edits_of_one_sitting_are_one_plan_and_undo_still_works(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """Every edit by hand was a plan in the list."""
    page = planned(sample, jobs, sample_course)
    course = course_of(page)
    first = renamed(sample_course, "Otters")
    for made in (first, renamed(first, "Bevers"), first):  # the last one is undone
        session_of(page).change_by_hand(made, None)
        page.run()
    assert [(plan.number, plan.how) for plan in saving.repository().plans(course)] == [
        (2, "edited"),
        (1, "made"),
    ]
    assert saving.repository().plan(course, 2).course == first
    assert saving.repository().plan(course, 1).course == sample_course
    again = load(course)  # another sitting
    session_of(again).change_by_hand(renamed(first, "Bevers"), None)
    again.run()
    assert [plan.number for plan in saving.repository().plans(course)] == [3, 2, 1]
    assert saving.repository().history(course)[0].what.text("en") == (
        "groups edited by hand: group Otters is now Bevers"
    )


def test_a_sitting_ends_with_another_plan(sample_course: Course) -> None:
    kept = SavedCourse(course=sample_course, how="edited")
    added = saving.Added(2, 1, 2)
    kept.added(renamed(sample_course, "Otters"), added)
    assert kept.before_sitting is sample_course
    kept.added(sample_course, added)
    assert kept.before_sitting is None


# The list, and the control with the name


def test_class_lists_without_groups_stand_apart(page: AppTest) -> None:
    """Every upload became a course in the list."""
    upload_list(page, "Eerste.csv", PEOPLE)
    second = upload_list(load("new"), "Eerste.csv", PEOPLE.replace(b"10000", b"20000"))
    assert {one.name for one in saving.repository().courses()} == {"Eerste", "Eerste (2)"}
    go(second, "courses")
    assert "Eén klassenlijst zonder groepen" in texts(second)
    assert "Eerste (2) · bewaard" in texts(second)


def test_the_name_of_the_course_is_a_switch(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    planned(sample, jobs, sample_course)
    other = saving.repository().create("Nog een", CourseState())
    sample.run()
    labels = [one.proto.popover.label for one in sample.get("popover")]
    assert any(label.startswith(":material/cloud_done: Voorbeeldklas · bewaard") for label in labels)
    links = "".join(element.proto.body for element in sample.get("html"))
    assert f"./?course={other.id}" in links
    assert "./?course=new" in links
    english(sample)
    assert "Class lists without groups" in texts(sample)


def test_several_courses_are_deleted_after_one_question_that_names_them(page: AppTest) -> None:
    repository = saving.repository()
    one, two, stays = (repository.create(name, CourseState()) for name in ("Een", "Twee", "Blijft"))
    go(page, "courses")
    ticked(page, one.id, two.id).button(key="delete_ticked").click().run()
    assert "Deze 2 vakken verwijderen" in texts(page)
    assert "Twee en Een?" in texts(page) or "Een en Twee?" in texts(page)
    page.checkbox(key=f"tick_{stays.id}").check().run()  # another choice: it is asked again
    assert not [button for button in page.button if button.key == "delete_sure"]
    page.checkbox(key=f"tick_{stays.id}").uncheck().run()
    page.button(key="delete_ticked").click().run()
    page.button(key="delete_sure").click().run()
    assert [one.name for one in repository.courses()] == ["Blijft"]


# Imports


def test_a_file_takes_the_place_of_the_course_and_that_is_undone(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = go(planned(sample, jobs, sample_course), "courses")
    course, repository = course_of(page), saving.repository()
    content = write_archive(repository, course)
    session_of(page).change_by_hand(renamed(sample_course, "Otters"), None)
    session_of(page).making.minutes = 3
    page.run()
    page.file_uploader(key="course_file").set_value(("vak.hecht.zip", content, "application/zip")).run()
    page.button(key="import_replace").click().run()
    assert "Voorbeeldklas is nu zoals in het bestand." in texts(page)
    assert [one.id for one in repository.courses()] == [course]
    now = session_of(page)
    assert (now.course, now.making.minutes) == (sample_course, 10)
    assert not page.error
    page = history(page)
    assert "vervangen door het bestand vak.hecht.zip" in texts(page)
    page.button(key="undo_0").click().run()
    now = session_of(page)
    assert (now.course, now.making.minutes) == (renamed(sample_course, "Otters"), 3)
    assert not page.error


def test_an_edit_where_somebody_may_only_look_says_so_where_it_was_clicked(
    desk: Desk, sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    course = course_of(shared(planned(sample, jobs, sample_course), "look"))
    desk.sit("u-2", "Bram Dijk")
    page = go(load(course), "groups")
    page.session_state["more_edit"] = True
    page.run()
    first, there = sample_course.plan.groups[0].members[0], sample_course.plan.groups[1].name
    page.selectbox(key="edit_student").set_value(first)
    page.selectbox(key="edit_group").set_value(there).run()
    page.button(key="edit_do").click().run()
    assert "om te bekijken, dus er wordt niets aan veranderd" in texts(page)
    assert session_of(page).course == sample_course


def test_who_may_look_sees_what_is_pending_and_may_try(
    desk: Desk, sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """It was being worked out for ever, and could not be taken back; Carry out was offered."""
    page = planned(sample, jobs, sample_course).button(key="use_groups").click().run()
    one, two = (group.members[0] for group in sample_course.plan.groups[:2])
    pending_state.stop(session_of(page), one)
    page.run()
    jobs[-1].end = answer(jobs[-1])
    course = course_of(shared(page.run(), "look"))
    before = write_archive(saving.repository(), course)
    desk.sit("u-2", "Bram Dijk")
    theirs = go(load(course), "groups")
    assert "is gestopt" in texts(theirs)
    jobs[-1].end = answer(jobs[-1])
    theirs.run()
    assert "Niemand hoeft te verhuizen." in texts(theirs)
    assert not {"carry_out", "carry_out_bar", "plan_before"} & {str(one.key) for one in theirs.button}
    theirs.button(key="leave_pending").click().run()  # kept for later it was offered again
    assert not {"carry_out", "carry_out_bar"} & {str(one.key) for one in theirs.button}
    theirs.button(key="look_again").click().run()
    # What is tried stays on the page, and is taken back there.
    theirs.menu_button(key=f"name_{two}").click("stopped").run()
    assert "2 openstaande wijzigingen." in texts(theirs)
    theirs.button(key="take_all_back").click().run()
    assert "Geen openstaande wijzigingen." in texts(theirs)
    go(theirs, "changes")
    assert "accept" not in {one.key for one in theirs.button}
    desk.sit("u-1", "Anna Bos")
    assert write_archive(saving.repository(), course) == before


def test_copies_of_a_course_are_counted(
    desk: Desk, sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """A second copy was called “… (kopie) (2)”, and a copy of a copy “… (kopie) (kopie)”."""
    now = session_of(planned(sample, jobs, sample_course))
    first = now.kept.name
    for _ in range(3):
        saving.keep_as_new(now)
    assert {one.name for one in saving.repository().courses()} == {
        first,
        *(f"{first} ({end})" for end in ("kopie", "kopie 2", "kopie 3")),
    }
