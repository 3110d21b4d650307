"""Nothing is lost: a reload is a new page on the same database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from planner.edit import Swap, apply
from planner.engines.common.watch import Progress
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.reports import Importance
from planner.plans.course import Course
from planner.services.plan import PlanRequest
from planner.store import CourseState, NotSaved, write_archive
from planner.store.database import default_url
from planner.ui.session import saving, work
from planner.ui.session.restoring import listed, page_of, state_of
from planner.ui.session.run import Run
from planner.ui.session.state import Session
from tests.builders.pages import (
    PEOPLE,
    FakeJob,
    analysis,
    course_of,
    go,
    load,
    planned,
    session_of,
    texts,
    ticked,
    upload_list,
)
from tests.builders.places import DATA


def file_of() -> Path:
    """Return where the courses are."""
    return Path(default_url().removeprefix("sqlite:///"))


# A reload


def test_a_class_list_is_saved_as_soon_as_it_is_read(page: AppTest) -> None:
    upload_list(page, "Biologie 1.csv", PEOPLE)
    again = load(course_of(page))
    assert "Biologie 1 · bewaard" in texts(again)
    assert session_of(again).roster == session_of(page).roster
    assert [toggle.label for toggle in go(again, "rules").toggle] == ["**Balans op Cijfer**"]
    assert not again.error


def test_a_new_tab_opens_the_course_of_last_time(page: AppTest) -> None:
    upload_list(page, "Eerste.csv", PEOPLE)
    second = upload_list(load("new"), "Tweede.csv", PEOPLE.replace(b"10000", b"20000"))
    assert course_of(load()) == course_of(second)
    assert session_of(load("new")).roster is None


def test_rules_come_back_as_they_were_also_those_that_are_off_or_not_finished(page: AppTest) -> None:
    go(upload_list(page, "klas.csv", PEOPLE), "rules")
    draft = session_of(page).rules.draft
    page.number_input(key=f"smallest_{draft.id}").set_value(2).run()
    page.toggle(key=f"rule_{draft.cards[0].id}_on").set_value(False).run()
    page.selectbox(key="new_rule_nl").set_value("together").run()
    page.button(key="add_rule").click().run()
    again = session_of(load(course_of(page))).rules.draft
    assert again.smallest == 2
    assert [(card.kind, card.on) for card in again.cards] == [("balance", False), ("together", True)]
    assert again.cards[0].rule() == session_of(page).rules.draft.cards[0].rule()
    assert again.cards[1].fields == session_of(page).rules.draft.cards[1].fields
    assert again.unfinished() == session_of(page).rules.draft.unfinished()


def test_a_plan_comes_back_and_is_not_said_to_be_outdated(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    planned(sample, jobs, sample_course)
    again = session_of(load(course_of(sample)))
    assert again.course == session_of(sample).course
    rules = again.rules.draft.rules("nl")
    assert rules == sample_course.rules
    assert not again.outdated(rules)
    card = next(card for card in again.rules.draft.cards if card.on)
    card.on = False
    assert again.outdated(again.rules.draft.rules("nl"))


def test_opening_a_course_saves_nothing(draft: AppTest) -> None:
    version = saving.repository().courses()[0].version
    for _ in range(2):
        load(course_of(draft)).run()
    assert saving.repository().courses()[0].version == version


def test_the_sample_is_saved_once_somebody_plans_with_it(sample: AppTest, jobs: list[FakeJob]) -> None:
    assert saving.repository().courses() == ()
    assert "De voorbeeldklas wordt bewaard zodra" in texts(sample)
    sample.button(key="make_plan").click().run()
    assert [listing.name for listing in saving.repository().courses()] == ["Voorbeeldklas"]


def test_a_run_is_found_again_after_a_reload(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    sample.button(key="make_plan").click().run()
    jobs[0].at = Progress(stage="search", done=0.5, violation=0, cost=321, seconds=2.0)
    again = load(course_of(sample))
    assert "Elke verplichte regel klopt" in again.get("progress")[0].text
    assert len(jobs) == 1
    jobs[0].end = sample_course.plan
    again.run()
    assert session_of(again).course == sample_course
    assert [plan.number for plan in saving.repository().plans(course_of(again))] == [1]
    assert session_of(again).kept.trouble is None


def test_a_run_that_found_no_plan_tells_so_after_a_reload(sample: AppTest, jobs: list[FakeJob]) -> None:
    sample.button(key="make_plan").click().run()
    jobs[0].end = NoPlan(proven=True)
    again = load(course_of(sample))
    again.run()
    assert isinstance(session_of(again).making.failure, NoPlan)
    assert saving.repository().plans(course_of(again)) == ()


def test_a_plan_is_saved_when_no_page_looks_on(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    sample.button(key="make_plan").click().run()
    course = course_of(sample)
    jobs[0].end = sample_course.plan
    work.job_manager().tidy(closing=False)
    work.job_manager().tidy(closing=False)
    assert [plan.number for plan in saving.repository().plans(course)] == [1]
    again = load(course)
    assert session_of(again).course == sample_course
    sample.run()  # the tab of before looks on again
    again.run()
    assert [plan.number for plan in saving.repository().plans(course)] == [1]
    assert session_of(sample).kept.trouble is None
    assert session_of(again).kept.trouble is None


def test_a_plan_that_cannot_be_saved_yet_is_tried_again(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    sample.button(key="make_plan").click().run()
    course, manager = course_of(sample), work.job_manager()
    jobs[0].end = sample_course.plan
    with closing(sqlite3.connect(file_of(), isolation_level=None)) as other:
        saving.repository().store.engine.dispose()
        other.execute("BEGIN IMMEDIATE")
        manager.tidy(closing=False)
        other.execute("COMMIT")
    assert saving.repository().plans(course) == ()
    manager.tidy(closing=False)
    assert len(saving.repository().plans(course)) == 1


def test_a_plan_is_saved_before_it_is_shown(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(
        "planner.ui.groups.results.section",
        lambda *_: seen.append(len(saving.repository().plans(course_of(sample)))),
    )
    sample.button(key="make_plan").click().run()
    session = session_of(sample)
    assert session.roster is not None
    session.making.run = None
    session.keep(sample_course, session.roster)
    sample.run()
    assert seen[-1] == 1


# Other class lists


def test_a_corrected_class_list_stays_the_same_course_and_another_class_is_another(page: AppTest) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    first = course_of(page)
    upload_list(page, "klas-nieuw.csv", PEOPLE + b"2000000;Iemand Erbij;7\n")
    assert course_of(page) == first
    assert saving.repository().courses()[0].students == 13
    upload_list(page, "ander vak.csv", PEOPLE.replace(b"10000", b"20000"))
    assert session_of(page).kept.id != first
    assert {listing.name for listing in saving.repository().courses()} == {"klas", "ander vak"}
    assert course_of(page) != first


def test_columns_that_no_rule_reads_are_nowhere_in_the_database(page: AppTest) -> None:
    rows = [
        line + (b";Opmerking" if not n else b";9999 ZZ %d" % n) for n, line in enumerate(PEOPLE.splitlines())
    ]
    upload_list(page, "klas.csv", b"\n".join(rows))
    roster = session_of(page).roster
    assert roster is not None
    assert roster.headings == ("Cijfer", "Opmerking")
    saving.repository().store.close()
    content = b"".join(path.read_bytes() for path in file_of().parent.glob(f"{file_of().name}*"))
    assert b"Student Nummer1" in content
    assert b"9999 ZZ" not in content


def test_a_saved_class_list_can_be_read_anew(sample_course: Course) -> None:
    file, kinds = listed(sample_course.roster, "klas")
    page = Session(class_list=file, kinds=kinds)
    reading = page.read()
    assert reading is not None
    assert reading.roster == sample_course.roster


def test_a_survey_can_be_added_after_a_reload(page: AppTest) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    again = load(course_of(page))
    answers = b"Studentnummer;Kleur\n" + b"".join(
        b"10000%02d;%s\n" % (n, [b"rood", b"blauw"][n % 2]) for n in range(12)
    )
    again.file_uploader(key="survey").set_value(("vragen.csv", answers, "text/csv")).run()
    assert not again.error
    roster = session_of(again).roster
    assert roster is not None
    assert roster.headings == ("Cijfer", "Kleur")


# Two tabs


def test_two_tabs_on_one_course_do_not_overwrite_each_other(page: AppTest) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    other = load(course_of(page))
    session_of(page).making.minutes = 4
    page.run()
    session_of(other).making.minutes = 6
    other.run()
    course = course_of(page)
    assert saving.repository().open(course).state.minutes == 4
    assert "in een ander tabblad of venster bewaard" in texts(other)
    assert session_of(other).making.minutes == 6
    other.button(key="keep_as_new").click().run()
    assert not other.error
    copy = course_of(other)
    assert copy != course
    assert {listing.name for listing in saving.repository().courses()} == {"klas", "klas (kopie)"}
    assert saving.repository().open(copy).state.minutes == 6
    assert session_of(load(course)).making.minutes == 4  # what the link to the other tab's work opens


def test_a_plan_in_a_tab_that_is_behind_stays_on_its_page_until_somebody_chooses(
    draft: AppTest, sample_course: Course
) -> None:
    course = course_of(draft)
    other = load(course)
    session_of(draft).making.minutes = 4
    draft.run()
    session = session_of(other)
    assert session.roster is not None
    session.keep(sample_course.model_copy(update={"history": ()}), session.roster)
    other.run()
    assert [plan.number for plan in saving.repository().plans(course)] == [1]
    assert session_of(other).kept.stale
    assert saving.repository().open(course).state.minutes == 4
    other.button(key="keep_as_new").click().run()
    assert saving.repository().plan(course_of(other), 1).course == session.course


def test_a_course_that_another_tab_deleted_can_be_kept_as_a_new_one(
    draft: AppTest, sample_course: Course
) -> None:
    saving.repository().delete(course_of(draft))
    session_of(draft).making.minutes = 4
    draft.run()
    assert "Dit vak bestaat niet meer." in texts(draft)
    draft.button(key="keep_as_new").click().run()
    opened = saving.repository().open(course_of(draft))
    assert opened.state.minutes == 4
    assert opened.plan is not None
    assert opened.plan.course == sample_course


def test_an_address_of_a_course_that_is_not_there_says_so(page: AppTest) -> None:
    gone = load("11111111-1111-4111-8111-111111111111")
    assert "Dit vak bestaat niet meer." in texts(gone)
    assert not [button for button in gone.button if button.key == "keep_as_new"]
    upload_list(gone, "klas.csv", PEOPLE)
    assert not gone.error
    assert course_of(gone) == saving.repository().courses()[0].id


# What can go wrong


def test_without_a_database_the_page_works_and_says_so(
    page: AppTest, jobs: list[FakeJob], sample_course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("HECHT_DATABASE", f"sqlite:///{tmp_path / 'file' / 'hecht.db'}")
    alone = load()
    assert "kan niet worden gemaakt of gebruikt" in texts(alone)
    alone.button(key="use_sample").click().run()
    planned(alone, jobs, sample_course)
    assert session_of(alone).course == sample_course
    assert "kan niet worden gemaakt of gebruikt" in texts(alone)
    monkeypatch.setenv("HECHT_DATABASE", f"sqlite:///{tmp_path / 'hecht.db'}")
    alone.run()  # the way out was taken
    assert not alone.error
    opened = saving.repository().open(course_of(alone))
    assert opened.plan is not None
    assert opened.plan.course == sample_course


def test_a_busy_database_is_told_and_saved_at_the_next_step(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HECHT_DATABASE", f"{default_url()}?timeout=0.05")
    upload_list(page, "klas.csv", PEOPLE)
    with closing(sqlite3.connect(file_of_plain(default_url()), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        session_of(page).making.minutes = 4
        page.run()
        other.execute("COMMIT")
    assert "Een ander programma houdt" in texts(page)
    assert session_of(page).making.minutes == 4
    page.run()
    assert not page.error
    assert saving.repository().courses()[0].version == 2


def file_of_plain(url: str) -> Path:
    """Return the file of a URL with a question mark."""
    return Path(url.removeprefix("sqlite:///").partition("?")[0])


# The page of the courses


@pytest.fixture
def courses(draft: AppTest) -> AppTest:
    """Return the page of the courses, with one course that has a plan."""
    return go(draft, "courses")


def test_it_says_where_everything_is_and_what(courses: AppTest) -> None:
    """The path of a file says nothing to a coordinator: where it is matters to who looks after the server."""
    assert "Alles staat bewaard op deze computer." in texts(courses)
    assert str(file_of()) not in texts(courses)
    assert "Kolommen die geen regel gebruikt, worden niet bewaard" in texts(courses)


def test_a_course_can_be_given_another_name_and_day(courses: AppTest) -> None:
    version = session_of(courses).kept.version
    courses.text_input(key=f"course_name_{version}").set_value(" Biologie  2 ").run()
    assert "Biologie 2 · bewaard" in texts(courses)
    asked = courses.date_input(key=f"keep_until_{version + 1}")
    until = asked.value - timedelta(days=335)
    asked.set_value(until).run()
    (listing,) = saving.repository().courses()
    assert (listing.name, listing.keep_until) == ("Biologie 2", until)
    assert not courses.error


def test_a_course_is_deleted_only_after_a_second_word(courses: AppTest) -> None:
    courses.button(key="delete_course").click().run()
    assert "Voorbeeldklas verwijderen, met de studenten en alle plannen?" in texts(courses)
    courses.button(key="delete_not").click().run()
    assert len(saving.repository().courses()) == 1
    courses.button(key="delete_course").click().run()
    courses.button(key="delete_sure").click().run()
    assert saving.repository().courses() == ()
    assert session_of(courses).roster is None
    assert not courses.exception


def test_an_earlier_plan_can_be_laid_beside_the_one_of_now(draft: AppTest, sample_course: Course) -> None:
    first, second = (group.members[0] for group in sample_course.plan.groups[:2])
    swapped = Swap(first=first, second=second)
    course, repository = course_of(draft), saving.repository()
    repository.add_plan(course, repository.open(course).version, apply(sample_course, swapped), "edited")
    again = go(load(course), "groups")
    again.session_state["more_compare"] = True
    analysis(again)
    beside = again.selectbox(key="compare_with_0_nl")
    assert [option.partition(",")[0][:7] for option in beside.options] == ["Bewaard", "Een bes"]
    assert beside.options[0].endswith(", gemaakt")
    beside.select_index(0).run()
    assert {m.label: m.value for m in again.metric}["In een andere groep"] == "2"
    again.segmented_control(key="language").set_value("en").run()
    assert not again.exception
    assert {m.label: m.value for m in again.metric}["In another group"] == "2"


def test_an_earlier_plan_can_be_looked_at_and_brought_back(courses: AppTest, sample_course: Course) -> None:
    session = session_of(courses)
    assert session.roster is not None
    groups = sample_course.plan.groups
    renamed = groups[0].model_copy(update={"name": "De Eersten"})
    changed = sample_course.model_copy(
        update={"plan": sample_course.plan.but(groups=(renamed, *groups[1:]), turns=())}
    )
    session.change_by_hand(changed, None)
    session.rules.draft.cards[0].on = False
    courses.run()
    look = courses.selectbox(key="look_at_2_nl")
    assert [option.partition(":")[0] for option in look.options] == ["Plan 2", "Plan 1"]
    assert look.options[0].endswith("handmatig gewijzigd (huidig)")
    assert "De Eersten" in str(courses.table[0].value)
    look.select_index(1)
    courses.run()
    assert "De Eersten" not in str(courses.table[0].value)
    courses.button(key="bring_back").click().run()
    now = session_of(courses)
    assert now.course == sample_course
    assert now.rules.draft.rules("nl") == sample_course.rules
    assert not now.outdated(sample_course.rules)
    plans = saving.repository().plans(course_of(courses))
    assert [(plan.number, plan.how) for plan in plans] == [(3, "brought-back"), (2, "edited"), (1, "made")]


def test_other_courses_are_listed_and_those_past_their_day_can_be_deleted(courses: AppTest) -> None:
    repository = saving.repository()
    old, other = (
        repository.create("Oud [vak] <b>", CourseState()),
        repository.create("Nog een", CourseState()),
    )
    repository.keep_until(old.id, 1, date(2026, 1, 1))
    courses.run()
    assert "Van één vak is de bewaartermijn voorbij." in texts(courses)
    links = "".join(element.proto.body for element in courses.get("html"))
    assert f'<a href="./?course={old.id}" style="color: inherit">Oud [vak] &lt;b&gt;</a>' in links
    assert f'<a href="./?course={other.id}" style="color: inherit">Nog een</a>' in links
    ticked(courses, old.id).button(key="delete_ticked").click().run()
    courses.button(key="delete_sure").click().run()
    assert {listing.name for listing in repository.courses()} == {"Nog een", "Voorbeeldklas"}
    assert session_of(courses).roster is not None


def test_a_course_goes_to_a_file_and_comes_from_one(courses: AppTest) -> None:
    content = write_archive(saving.repository(), course_of(courses))
    courses.file_uploader(key="course_file").set_value(("vak.hecht.zip", content, "application/zip")).run()
    assert len(saving.repository().courses()) == 1  # never silently a second one of the same name
    assert "Er is al een vak Voorbeeldklas" in texts(courses)
    courses.button(key="import_add").click().run()
    assert "Voorbeeldklas (2) is hier als vak bewaard." in texts(courses)
    first, second = saving.repository().courses()
    assert {first.name, second.name} == {"Voorbeeldklas", "Voorbeeldklas (2)"}
    saving.repository().rename(first.id, first.version, second.name)
    assert write_archive(saving.repository(), first.id) == write_archive(saving.repository(), second.id)
    courses.file_uploader(key="course_file").set_value(("vak.zip", b"PK no", "application/zip")).run()
    assert "Het bestand is beschadigd" in texts(courses)
    assert len(saving.repository().courses()) == 2


# There and back


def test_what_is_restored_is_what_was_saved(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    planned(sample, jobs, sample_course)
    session = session_of(sample)
    session.making.effort, session.making.minutes = "prove", 3
    sample.run()
    state, opened = state_of(session), saving.repository().open(course_of(sample))
    assert state is not None
    assert opened.state == state.only_used()
    page = page_of(opened)
    assert (page.making.effort, page.making.minutes, page.is_sample) == ("prove", 3, True)
    assert page.rules.draft.cards[0].importance in Importance
    again = state_of(page)
    assert again is not None
    assert again.only_used() == opened.state


def test_a_plan_of_a_run_is_saved_once(jobs: list[FakeJob], sample_course: Course) -> None:
    saved: list[Course] = []
    run = Run(FakeJob(end=sample_course.plan), PlanRequest(sample_course.rules, sample_course.roster))
    run.keeper = lambda course: saved.append(course)  # type: ignore[assignment,return-value,func-returns-value]
    run.save()
    assert saved == [sample_course]
    assert saved[0] is run.course_of(sample_course.plan)


def test_a_reason_not_to_save_can_be_told_in_both_languages() -> None:
    with pytest.raises(InputError) as error:
        saving.repository().open("x")
    assert isinstance(error.value, NotSaved)
    assert error.value.problems[0].text("nl") != error.value.problems[0].text("en")


def test_a_run_for_a_course_that_is_deleted_is_stopped(sample: AppTest, jobs: list[FakeJob]) -> None:
    sample.button(key="make_plan").click().run()
    go(sample, "courses")
    sample.button(key="delete_course").click().run()
    sample.button(key="delete_sure").click().run()
    assert jobs[0].stopped_at is not None
    assert session_of(sample).making.run is None


def test_a_full_disk_is_told_and_what_is_on_the_page_stays(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    sample.button(key="make_plan").click().run()
    engine = saving.repository().store.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    engine.dispose()

    def fill(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "connect", fill)
    jobs[0].end = sample_course.plan
    go(sample, "groups")
    assert "is vol, dus dit is niet bewaard." in texts(sample)
    assert session_of(sample).course == sample_course
    assert [button.key for button in sample.get("download_button")][:1] == ["download_groups"]
    assert saving.repository().plans(course_of(sample)) == ()
    event.remove(engine, "connect", fill)
    engine.dispose()  # there is room again
    sample.run()
    assert not sample.error
    assert saving.repository().plan(course_of(sample), 1).course == sample_course


def test_of_two_first_plans_that_no_page_looks_at_the_one_that_came_first_stays(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    upload_list(sample, "klas.csv", (DATA / "klas-28.csv").read_bytes())
    other = load(course_of(sample))
    other.button(key="make_plan").click().run()
    planned(sample, jobs, sample_course)
    jobs[0].end = sample_course.plan
    work.job_manager().tidy(closing=False)
    assert [plan.number for plan in saving.repository().plans(course_of(sample))] == [1]
    other.run()
    assert session_of(other).course is not None  # seen, and for them to choose
    assert session_of(other).kept.stale


def test_a_course_that_is_kept_for_very_long_can_be_shown(courses: AppTest) -> None:
    (listing,) = saving.repository().courses()
    saving.repository().keep_until(listing.id, listing.version, date(2199, 1, 1))
    courses.run()
    assert not courses.exception
    assert "Hecht zelf" not in texts(courses)
