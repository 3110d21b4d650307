"""Courses are saved whole, found again, and belong to one owner; on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from planner.model.domain import Roster
from planner.model.handover import Handover
from planner.plans.course import Course
from planner.store import CourseRepository, CourseState, NotSaved, Sketch, Store, open_store, write_archive

# Found again


def test_what_was_on_the_page_is_there_again(repository: CourseRepository, state: CourseState) -> None:
    made = repository.create("Biologie 1", state)
    opened = repository.open(made.id)
    assert opened.state == state.only_used()
    assert (opened.name, opened.version, opened.plan) == ("Biologie 1", 1, None)
    assert made == opened


def test_only_the_columns_in_use_are_saved(
    repository: CourseRepository, state: CourseState, roster: Roster
) -> None:
    saved = repository.open(repository.create("Vak", state).id).state.roster
    assert roster.headings == ("Kleur", "Postcode")
    assert saved is not None
    assert saved.headings == ("Kleur",)
    assert {heading for student in saved.students for heading in student.answers} == {"Kleur"}


def test_a_rule_that_is_off_for_now_keeps_its_column(
    repository: CourseRepository, state: CourseState
) -> None:
    cards = tuple(card.model_copy(update={"on": False}) for card in state.sketch.cards)
    off = state.model_copy(update={"sketch": state.sketch.model_copy(update={"cards": cards})})
    saved = repository.open(repository.create("Vak", off).id).state.roster
    assert saved is not None
    assert saved.headings == ("Kleur",)


def test_columns_are_in_use_by_the_roles_and_the_goals_as_well(state: CourseState) -> None:
    goals = state.sketch.goals.model_copy(update={"column": "Doel"})
    sketch = state.sketch.model_copy(update={"opt_out": "Liever niet", "role_wish": "Graag", "goals": goals})
    assert sketch.headings() == {"Kleur", "Liever niet", "Graag", "Doel"}


def test_a_page_without_a_class_list_is_saved_too(repository: CourseRepository) -> None:
    opened = repository.open(repository.create("Leeg", CourseState()).id)
    assert opened.state == CourseState()
    assert repository.courses()[0].students == 0


def test_another_opening_of_the_database_finds_it(url: str, state: CourseState, course: Course) -> None:
    first = open_store(url)
    made = CourseRepository(first).create("Vak", state)
    CourseRepository(first).add_plan(made.id, 1, course, "made")
    first.close()
    second = open_store(url)
    opened = CourseRepository(second).open(made.id)
    second.close()
    assert opened.plan is not None
    assert opened.plan.course == course


def test_every_plan_is_a_version_and_the_last_one_is_shown(
    repository: CourseRepository,
    state: CourseState,
    course: Course,
    handover: Handover,
    clock: type[datetime],
) -> None:
    before = clock.now(UTC)
    made = repository.create("Vak", state)
    other = course.model_copy(update={"history": ()})
    first = repository.add_plan(made.id, 1, course, "made")
    second = repository.add_plan(made.id, 2, other, "rerun", handover)
    assert [(one.number, one.before, one.after) for one in (first, second)] == [(1, 1, 2), (2, 2, 3)]
    opened = repository.open(made.id)
    assert opened.version == 3
    assert opened.plan == repository.plan(made.id, 2)
    assert (opened.plan.course, opened.plan.handover, opened.plan.how) == (other, handover, "rerun")
    earlier = repository.plan(made.id, 1)
    assert (earlier.course, earlier.handover) == (course, None)
    listed = repository.plans(made.id)
    assert [(one.number, one.how) for one in listed] == [(2, "rerun"), (1, "made")]
    assert before <= listed[1].made <= listed[0].made <= clock.now(UTC)


def test_a_plan_that_is_not_there_is_said_to_be_gone(
    repository: CourseRepository, state: CourseState
) -> None:
    made = repository.create("Vak", state)
    with pytest.raises(NotSaved) as error:
        repository.plan(made.id, 1)
    assert error.value.code == "gone"


@pytest.mark.parametrize("version", [1, None])
def test_of_plans_at_the_same_moment_one_counts(
    repository: CourseRepository, state: CourseState, course: Course, version: int | None
) -> None:
    """Each was saved, and the last one became the plan in use over whatever the others had come to."""
    made = repository.create("Vak", state)

    def attempt(_: int) -> str:
        try:
            return str(repository.add_plan(made.id, version, course, "made").number)
        except NotSaved as error:
            return error.code

    with ThreadPoolExecutor(4) as threads:
        came = sorted(threads.map(attempt, range(8)))
    assert came == ["1", *["saved-elsewhere"] * 7]
    assert [plan.number for plan in repository.plans(made.id)] == [1]


def test_a_plan_from_a_page_that_is_behind_is_refused(
    repository: CourseRepository, state: CourseState, course: Course
) -> None:
    """A second tab carried out what it had worked out, and brought back who had stopped in the first."""
    made = repository.create("Vak", state)
    first = repository.add_plan(made.id, 1, course, "made")
    theirs = course.model_copy(update={"history": ()})
    repository.add_plan(made.id, first.after, theirs, "rerun")
    before = write_archive(repository, made.id)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: repository.add_plan(made.id, first.after, course, "rerun"),
        lambda: repository.add_plan(made.id, first.after, course, "edited", sitting="one"),
        lambda: repository.add_plan(made.id, first.after, course, "brought-back"),
        lambda: repository.add_plan(made.id, None, course, "made"),
        lambda: repository.check(made.id, first.after),
    )
    for attempt in attempts:
        with pytest.raises(NotSaved) as error:
            attempt()
        assert error.value.code == "saved-elsewhere"
    assert write_archive(repository, made.id) == before
    repository.check(made.id, 3)


# The list


def test_the_list_has_the_course_changed_last_on_top(
    repository: CourseRepository, state: CourseState, course: Course, clock: type[datetime]
) -> None:
    one, two = repository.create("Eén", state), repository.create("Twee", state)
    assert [listing.name for listing in repository.courses()] == ["Twee", "Eén"]
    repository.add_plan(one.id, 1, course, "made")
    first, second = repository.courses()
    assert (first.id, first.students, first.plans, first.version) == (one.id, 6, 1, 2)
    assert (second.id, second.students, second.plans, second.version) == (two.id, 6, 0, 1)


def test_a_course_is_kept_for_a_year_unless_a_day_is_chosen(
    repository: CourseRepository, state: CourseState, clock: type[datetime]
) -> None:
    made = repository.create("Vak", state)
    today = clock.now(UTC).date()
    (listing,) = repository.courses()
    assert listing.keep_until == today + timedelta(days=365)
    assert not listing.past(listing.keep_until)
    assert listing.past(listing.keep_until + timedelta(days=1))
    repository.keep_until(made.id, 1, date(2020, 2, 29))
    (listing,) = repository.courses()
    assert listing.keep_until == date(2020, 2, 29)
    assert listing.past(today)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Bio\tlogie\n 1 ", "Bio logie 1"),
        ("\x00", "–"),
        ("", "–"),
        ("x" * 300, "x" * 200),
        ("\ud800a", "a"),
    ],
)
def test_a_name_is_one_line_that_can_be_saved(repository: CourseRepository, given: str, kept: str) -> None:
    made = repository.create("Vak", CourseState())
    assert repository.rename(made.id, 1, given) == 2
    assert repository.open(made.id).name == kept


def test_ids_are_drawn_at_random(repository: CourseRepository) -> None:
    made = [UUID(repository.create("Vak", CourseState()).id) for _ in range(2)]
    assert [one.version for one in made] == [4, 4]
    assert made[0] != made[1]


# Two tabs


def test_two_tabs_do_not_overwrite_each_other(repository: CourseRepository, state: CourseState) -> None:
    made = repository.create("Vak", state)
    theirs = state.model_copy(update={"minutes": 3})
    assert repository.save(made.id, 1, theirs) == 2
    moment = repository.courses()[0].changed
    for attempt in (
        lambda: repository.save(made.id, 1, state.model_copy(update={"minutes": 4})),
        lambda: repository.rename(made.id, 1, "Mijn"),
        lambda: repository.keep_until(made.id, 1, date(2030, 1, 1)),
    ):
        with pytest.raises(NotSaved) as error:
            attempt()
        assert error.value.code == "saved-elsewhere"
        assert error.value.at == moment
    opened = repository.open(made.id)
    assert (opened.version, opened.name, opened.state.minutes) == (2, "Vak", 3)
    assert "een ander tabblad" in error.value.problems[0].text("nl")


def test_of_saves_at_the_same_moment_one_counts(repository: CourseRepository, state: CourseState) -> None:
    made = repository.create("Vak", state)
    codes: list[str] = []

    def attempt(minutes: int) -> int | None:
        try:
            repository.save(made.id, 1, state.model_copy(update={"minutes": minutes}))
        except NotSaved as error:
            codes.append(error.code)
            return None
        return minutes

    with ThreadPoolExecutor(4) as threads:
        saved = [minutes for minutes in threads.map(attempt, range(1, 9)) if minutes]
    assert len(saved) == 1
    assert codes == ["saved-elsewhere"] * 7
    assert repository.open(made.id).state.minutes == saved[0]


def test_a_plan_of_another_tab_is_noticed(
    repository: CourseRepository, state: CourseState, course: Course
) -> None:
    made = repository.create("Vak", state)
    repository.add_plan(made.id, 1, course, "made")
    with pytest.raises(NotSaved) as error:
        repository.save(made.id, made.version, state)
    assert error.value.code == "saved-elsewhere"


# Owners


def test_nobody_reaches_the_course_of_another(
    store: Store, state: CourseState, course: Course, handover: Handover
) -> None:
    noor, sem = CourseRepository(store, "noor@school.example"), CourseRepository(store, "sem@school.example")
    made = noor.create("Vak van Noor", state)
    noor.add_plan(made.id, 1, course, "made", handover)
    before = write_archive(noor, made.id)
    attempts: list[Callable[[CourseRepository, str], object]] = [
        lambda repository, key: repository.open(key),
        lambda repository, key: repository.whole(key),
        lambda repository, key: repository.plans(key),
        lambda repository, key: repository.plan(key, 1),
        lambda repository, key: repository.save(key, 2, CourseState()),
        lambda repository, key: repository.rename(key, 2, "Van mij"),
        lambda repository, key: repository.keep_until(key, 2, date(2000, 1, 1)),
        lambda repository, key: repository.add_plan(key, 1, course, "made"),
        lambda repository, key: repository.delete(key),
        write_archive,
    ]
    for repository in (
        sem,
        CourseRepository(store),
        CourseRepository(store, "noor@school.exampl%"),
        CourseRepository(store, "NOOR@school.example"),
    ):
        assert repository.courses() == ()
        for attempt in attempts:
            errors = []
            for key in (made.id, str(uuid4())):  # theirs, and one that nobody has: no difference
                with pytest.raises(NotSaved) as error:
                    attempt(repository, key)
                errors.append((error.value.code, error.value.problems))
            assert errors[0] == errors[1]
            assert errors[0][0] == "gone"
    assert write_archive(noor, made.id) == before
    assert noor.open(made.id).version == 2


def test_deleting_one_course_leaves_the_others(
    repository: CourseRepository, state: CourseState, course: Course
) -> None:
    gone, stays = repository.create("Weg", state), repository.create("Blijft", state)
    repository.add_plan(gone.id, 1, course, "made")
    repository.add_plan(stays.id, 1, course, "made")
    repository.delete(gone.id)
    assert [listing.id for listing in repository.courses()] == [stays.id]
    assert repository.open(stays.id).plan is not None
    with pytest.raises(NotSaved) as error:
        repository.save(gone.id, 2, state)
    assert error.value.code == "gone"
    with pytest.raises(NotSaved):
        repository.add_plan(gone.id, 1, course, "made")


def test_rules_on_the_page_come_back_exactly(repository: CourseRepository) -> None:
    sketch = Sketch(language="en", names="Team {n}", role_names=("A", "B"), rotate_every=0, count=4, prefer=3)
    state = CourseState(sketch=sketch, effort="prove", minutes=25, sample=True)
    assert repository.open(repository.create("Vak", state).id).state == state
