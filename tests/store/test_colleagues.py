"""A course is shared, its history tells who did what, and nobody does more than they may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from planner.model.text import message
from planner.plans.course import Course
from planner.store import (
    CourseRepository,
    CourseState,
    May,
    Note,
    NotSaved,
    Sharing,
    Store,
    read_archive,
    tidy_address,
    undo_replace,
    write_archive,
)
from planner.store.archive import CourseArchive
from planner.store.history import SITTING, changed, of_plan

ANNA = ("https://login.example u-1", "Anna Bos", "anna@school.example")
BRAM = ("https://login.example u-2", "Bram Dijk", "bram@school.example")
CLEO = ("https://login.example u-3", "Cleo Maas", "cleo@school.example")


@pytest.fixture
def anna(store: Store) -> CourseRepository:
    """Return what the owner sees."""
    return CourseRepository(store, *ANNA)


@pytest.fixture
def bram(store: Store) -> CourseRepository:
    """Return what a colleague sees."""
    return CourseRepository(store, *BRAM)


def sharing(repository: CourseRepository) -> Sharing:
    """Return with whom somebody shares."""
    return Sharing(repository.store, repository.person)


def told(repository: CourseRepository, course: str) -> list[tuple[str, str]]:
    """Return the history as it is read in English: who, and what."""
    return [(line.who, line.what.text("en")) for line in repository.history(course)]


def code(attempt: Callable[[], object]) -> str:
    """Return why something is refused."""
    with pytest.raises(NotSaved) as error:
        attempt()
    for language in ("nl", "en"):
        assert error.value.problems[0].text(language)  # type: ignore[arg-type]
    return error.value.code


# Who may do what


@pytest.mark.parametrize("may", ["look", "change"])
def test_a_colleague_reads_all_of_a_course_that_is_shared(
    anna: CourseRepository, bram: CourseRepository, state: CourseState, course: Course, may: May
) -> None:
    made = anna.create("Biologie", state)
    anna.add_plan(made.id, 1, course, "made")
    assert bram.courses() == ()
    sharing(anna).share(made.id, " Bram@School.example ", may)
    (listing,) = bram.courses()
    assert (listing.name, listing.may, listing.given_by) == ("Biologie", may, "Anna Bos")
    opened = bram.open(made.id)
    assert (opened.may, opened.given_by) == (may, "Anna Bos")
    assert opened.plan is not None
    assert opened.plan.course == course
    assert [plan.number for plan in bram.plans(made.id)] == [1]
    assert bram.plan(made.id, 1).course == course
    assert write_archive(bram, made.id) == write_archive(anna, made.id)
    assert [(one.address, one.may) for one in sharing(bram).colleagues(made.id)] == [(BRAM[2], may)]
    (own,) = anna.courses()
    assert (own.may, own.given_by, own.colleagues) == ("own", "", 1)


def test_who_may_look_changes_nothing(
    anna: CourseRepository, bram: CourseRepository, state: CourseState, course: Course
) -> None:
    made = anna.create("Biologie", state)
    anna.add_plan(made.id, 1, course, "made")
    sharing(anna).share(made.id, BRAM[2], "look")
    before = write_archive(anna, made.id)
    for attempt in (
        lambda: bram.save(made.id, 2, CourseState()),
        lambda: bram.save(made.id, 1, CourseState()),
        lambda: bram.rename(made.id, 2, "Van mij"),
        lambda: bram.add_plan(made.id, 1, course, "made"),
        lambda: archive_of(anna, made.id).put_over(bram, bram.courses()[0], "vak.zip"),
        lambda: undo_replace(bram, made.id, 2, 1),
    ):
        assert code(attempt) == "only-look"
    assert write_archive(anna, made.id) == before
    assert anna.open(made.id).version == 2


def test_only_the_owner_deletes_shares_and_says_how_long_it_is_kept(
    anna: CourseRepository, bram: CourseRepository, state: CourseState
) -> None:
    made = anna.create("Biologie", state)
    sharing(anna).share(made.id, BRAM[2], "change")
    for attempt in (
        lambda: bram.delete(made.id),
        lambda: bram.keep_until(made.id, 1, date(2030, 1, 1)),
        lambda: sharing(bram).share(made.id, CLEO[2], "look"),
        lambda: sharing(bram).withdraw(made.id, BRAM[2]),
    ):
        assert code(attempt) == "not-yours"
    assert [one.address for one in sharing(anna).colleagues(made.id)] == [BRAM[2]]
    assert bram.rename(made.id, 1, "Biologie 1") == 2


def test_others_cannot_tell_whether_a_shared_course_is_there(
    store: Store, anna: CourseRepository, state: CourseState, course: Course
) -> None:
    made = anna.create("Biologie", state)
    anna.add_plan(made.id, 1, course, "made")
    sharing(anna).share(made.id, BRAM[2], "change")
    for other in (
        CourseRepository(store, *CLEO),
        CourseRepository(store),  # nobody signs in
        CourseRepository(store, CLEO[0], CLEO[1], ""),
        CourseRepository(store, CLEO[0], CLEO[1], "bram@school.exampl%"),
    ):
        assert other.courses() == ()
        for attempt in (
            lambda other=other: other.open(made.id),
            lambda other=other: other.history(made.id),
            lambda other=other: other.save(made.id, 2, state),
            lambda other=other: other.add_plan(made.id, 1, course, "made"),
            lambda other=other: other.delete(made.id),
            lambda other=other: sharing(other).colleagues(made.id),
            lambda other=other: sharing(other).share(made.id, "x@school.example", "look"),
            lambda other=other: sharing(other).leave(made.id),
            lambda other=other: undo_replace(other, made.id, 2, 1),
        ):
            assert code(attempt) == "gone"


def test_what_was_shared_is_taken_back_and_left(
    anna: CourseRepository, bram: CourseRepository, state: CourseState
) -> None:
    made = anna.create("Biologie", state)
    sharing(anna).share(made.id, BRAM[2], "look")
    sharing(anna).share(made.id, BRAM[2], "change")  # what was said last counts
    assert [(one.address, one.may) for one in sharing(anna).colleagues(made.id)] == [(BRAM[2], "change")]
    sharing(anna).withdraw(made.id, BRAM[2])
    assert bram.courses() == ()
    assert code(lambda: bram.open(made.id)) == "gone"
    sharing(anna).share(made.id, BRAM[2], "look")
    sharing(bram).leave(made.id)
    assert bram.courses() == ()
    assert sharing(anna).colleagues(made.id) == ()
    assert told(anna, made.id) == [
        ("Bram Dijk", "left the course"),
        ("Anna Bos", "shared with bram@school.example, to look at"),
        ("Anna Bos", "no longer shared with bram@school.example"),
        ("Anna Bos", "shared with bram@school.example, to change"),
        ("Anna Bos", "shared with bram@school.example, to look at"),
    ]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("bram", "no-address"),
        ("bram@", "no-address"),
        ("a b@school.example", "no-address"),
        ("", "no-address"),
        ("ANNA@school.example", "own-address"),
    ],
)
def test_an_address_that_can_be_no_colleagues_is_refused(
    anna: CourseRepository, state: CourseState, written: str, why: str
) -> None:
    made = anna.create("Biologie", state)
    assert code(lambda: sharing(anna).share(made.id, written, "look")) == why
    assert sharing(anna).colleagues(made.id) == ()


def test_addresses_are_compared_as_people_write_them() -> None:
    assert tidy_address(" A.Bakker@School.Example ") == "a.bakker@school.example"
    assert tidy_address("x" * 300 + "@school.example") == ""


# Two at once


def test_who_saved_in_between_is_named_with_the_time(
    anna: CourseRepository, bram: CourseRepository, state: CourseState, course: Course
) -> None:
    made = anna.create("Biologie", state)
    sharing(anna).share(made.id, BRAM[2], "change")
    bram.save(made.id, 1, state.model_copy(update={"minutes": 3}))
    moment = anna.courses()[0].changed
    with pytest.raises(NotSaved) as error:
        anna.save(made.id, 1, state)
    assert (error.value.code, error.value.by, error.value.at) == ("saved-elsewhere", "Bram Dijk", moment)
    assert "Bram Dijk" in error.value.problems[0].text("nl")
    with pytest.raises(NotSaved) as error:
        bram.save(made.id, 1, state)  # another tab of their own
    assert error.value.by == ""
    last = anna.open(made.id).last
    assert last is not None
    assert (last.by, last.at) == ("Bram Dijk", moment)
    with pytest.raises(NotSaved) as error:
        anna.add_plan(made.id, 1, course, "made")
    assert (error.value.by, error.value.at) == ("Bram Dijk", moment)
    added = anna.add_plan(made.id, 2, course, "made")
    assert added.last is not None
    assert added.last.by == "Bram Dijk"


# What happened


def test_the_history_says_who_did_what(
    anna: CourseRepository, bram: CourseRepository, state: CourseState, course: Course
) -> None:
    made = anna.create("Biologie", state)
    anna.add_plan(made.id, 1, course, "made")
    sharing(anna).share(made.id, BRAM[2], "change")
    bram.add_plan(made.id, 2, course, "rerun", what=message("{name} stopped", name="Mehmet Yılmaz"))
    bram.save(made.id, 3, state, (Note("rules", message("rules changed")),))
    bram.rename(made.id, 4, "Biologie 1")
    assert told(anna, made.id) == [
        ("Bram Dijk", "course renamed to Biologie 1"),
        ("Bram Dijk", "rules changed"),
        ("Bram Dijk", "Mehmet Yılmaz stopped"),
        ("Anna Bos", "shared with bram@school.example, to change"),
        ("Anna Bos", "groups made"),
    ]
    assert [line.plan for line in anna.history(made.id)] == [None, None, 2, None, 1]


def test_rules_changed_in_one_go_are_one_line(
    anna: CourseRepository, bram: CourseRepository, state: CourseState, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, note = anna.create("Biologie", state), Note("rules", message("rules changed"))
    sharing(anna).share(made.id, BRAM[2], "change")
    for version in (1, 2, 3):
        anna.save(made.id, version, state, (note,))
    bram.save(made.id, 4, state, (note,))
    anna.save(made.id, 5, state, (note,))
    assert [who for who, what in told(anna, made.id) if what == "rules changed"] == [
        "Anna Bos", "Bram Dijk", "Anna Bos",
    ]  # fmt: skip
    long_ago = anna.history(made.id)[0].at - 2 * SITTING
    with anna.store.writing() as session:
        session.execute(text("UPDATE happened SET at = :at"), {"at": long_ago})
    anna.save(made.id, 6, state, (note,))
    assert [what for _, what in told(anna, made.id)].count("rules changed") == 4


def test_what_is_another_on_a_page_is_said_in_a_few_words(state: CourseState) -> None:
    roster = state.roster
    assert roster is not None
    fewer = roster.model_copy(update={"students": roster.students[2:]})
    sketch = state.sketch.model_copy(update={"smallest": 2})
    assert changed(None, state) == ()
    assert changed(state, state.model_copy(update={"minutes": 3})) == ()
    both = changed(state, state.model_copy(update={"roster": fewer, "sketch": sketch}))
    assert [note.what.text("en") for note in both] == ["class list: 2 left, 0 new", "rules changed"]
    assert [note.what.text("nl") for note in both] == ["klassenlijst: 2 gestopt, 0 nieuw", "regels gewijzigd"]


def test_edits_are_told_by_what_came_of_them(course: Course) -> None:
    one, two = course.plan.groups
    moved = (
        one.model_copy(update={"members": one.members[1:]}),
        two.model_copy(update={"members": (*two.members, one.members[0])}),
    )
    name = course.names(one.members[:1])[0]
    after = course.model_copy(update={"plan": course.plan.but(groups=moved, turns=())})
    assert of_plan("edited", after, course, None).text("en") == f"groups edited by hand: {name} to {two.name}"
    otters = (one.model_copy(update={"name": "Otters"}), two)
    after = course.model_copy(update={"plan": course.plan.but(groups=otters, turns=())})
    said = of_plan("edited", after, course, None).text("nl")
    assert said == f"groepen handmatig gewijzigd: groep {one.name} heet nu Otters"
    assert of_plan("edited", course, course, None).text("en") == "groups edited by hand, and undone again"
    turned = course.model_copy(update={"plan": course.plan.but(turns=())})
    told = "groups edited by hand" if course.plan.turns else "groups edited by hand, and undone again"
    assert of_plan("edited", turned, course, None).text("en") == told


# One sitting


def test_edits_of_one_sitting_are_one_plan(
    anna: CourseRepository, bram: CourseRepository, state: CourseState, course: Course
) -> None:
    """Every edit by hand was a plan of its own, and filled the list."""
    made = anna.create("Biologie", state)
    anna.add_plan(made.id, 1, course, "made")
    edits = [
        course.model_copy(update={"placed": {student.id: "by-hand"}}) for student in course.roster.students
    ]
    words = [message("{n} edits", n=place) for place in range(6)]
    first = anna.add_plan(made.id, 2, edits[0], "edited", what=words[0], sitting="one")
    again = anna.add_plan(made.id, 3, edits[1], "edited", what=words[1], sitting="one")
    assert (first.number, again.number) == (2, 2)
    assert (first.before, first.after, again.before, again.after) == (2, 3, 3, 4)
    assert [(plan.number, plan.how) for plan in anna.plans(made.id)] == [(2, "edited"), (1, "made")]
    assert anna.plan(made.id, 1).course == course  # the plan before the sitting stays
    assert anna.plan(made.id, 2).course == edits[1]
    assert told(anna, made.id) == [("Anna Bos", "1 edits"), ("Anna Bos", "groups made")]
    # Another sitting, somebody else in between, or something else than an edit: a plan of its own.
    sharing(anna).share(made.id, BRAM[2], "change")
    assert anna.add_plan(made.id, 4, edits[2], "edited", sitting="two").number == 3
    assert bram.add_plan(made.id, 5, edits[3], "edited", sitting="his").number == 4
    assert anna.add_plan(made.id, 6, edits[4], "edited", sitting="two").number == 5
    assert anna.add_plan(made.id, 7, course, "brought-back").number == 6
    assert anna.add_plan(made.id, 8, edits[5], "edited", sitting="two").number == 7
    assert anna.plan(made.id, 4).course == edits[3]


# From a file, in the place of what is there


def archive_of(repository: CourseRepository, course: str) -> CourseArchive:
    """Return a course as a file has it."""
    return read_archive(write_archive(repository, course), "vak.hecht.zip")


def test_a_course_is_replaced_and_what_was_there_comes_back(
    anna: CourseRepository, state: CourseState, course: Course
) -> None:
    made = anna.create("Biologie", state)
    anna.add_plan(made.id, 1, course, "made")
    other = state.model_copy(update={"minutes": 3, "list_name": "van elders"})
    elsewhere = anna.create("Elders", other)
    renamed = course.model_copy(update={"history": ()})
    anna.add_plan(elsewhere.id, 1, renamed, "made")
    archive_of(anna, elsewhere.id).put_over(
        anna, next(c for c in anna.courses() if c.id == made.id), "vak.zip"
    )
    now = anna.open(made.id)
    assert (now.name, now.version, now.state.minutes) == ("Biologie", 3, 3)
    assert now.plan is not None
    assert (now.plan.number, now.plan.course) == (2, renamed)
    line = next(line for line in anna.history(made.id) if line.back is not None)
    assert (line.who, line.what.text("en")) == ("Anna Bos", "replaced by the file vak.zip")
    undo_replace(anna, made.id, 3, line.back or 0)
    back = anna.open(made.id)
    assert back.state == state.only_used()
    assert back.plan is not None
    assert (back.plan.number, back.plan.how, back.plan.course) == (3, "brought-back", course)
    assert [plan.number for plan in anna.plans(made.id)] == [3, 2, 1]
    assert code(lambda: undo_replace(anna, made.id, 3, line.back or 0)) == "saved-elsewhere"


def test_what_was_set_aside_and_is_damaged_says_so(anna: CourseRepository, state: CourseState) -> None:
    made = anna.create("Biologie", state)
    archive_of(anna, made.id).put_over(anna, anna.courses()[0], "vak.zip")
    (line,) = [line for line in anna.history(made.id) if line.back]
    assert line.back is not None
    with anna.store.writing() as session:
        session.execute(text("UPDATE happened SET before = :no"), {"no": b"nothing"})
    known = line.back
    assert code(lambda: undo_replace(anna, made.id, 2, known)) == "damaged-course"
    with anna.store.writing() as session:
        session.execute(text("UPDATE happened SET what = '{'"))
    assert anna.history(made.id) == ()  # a line that cannot be read keeps no other out of sight


@pytest.mark.parametrize(
    ("taken", "asked", "free"),
    [
        ((), "Biologie", "Biologie"),
        (("Biologie",), "biologie", "biologie (2)"),
        (("Biologie", "Biologie (2)"), "Biologie", "Biologie (3)"),
        (("Biologie", "Biologie (2)"), "Biologie (2)", "Biologie (3)"),
    ],
)
def test_a_name_that_is_taken_gets_a_number(
    anna: CourseRepository, bram: CourseRepository, taken: tuple[str, ...], asked: str, free: str
) -> None:
    for name in taken:
        anna.create(name, CourseState())
    assert anna.free_name(asked) == free
    assert bram.free_name(asked) == asked  # those of others do not count


# Several at once


def test_several_are_deleted_at_once_and_nothing_else(
    anna: CourseRepository, bram: CourseRepository, state: CourseState, course: Course
) -> None:
    one, two, stays = (anna.create(name, state) for name in ("Een", "Twee", "Blijft"))
    theirs = bram.create("Van Bram", state)
    for made in (one, two, stays):
        anna.add_plan(made.id, 1, course, "made")
        sharing(anna).share(made.id, BRAM[2], "change")
    assert code(lambda: anna.delete(one.id, theirs.id)) == "gone"
    assert len(anna.courses()) == 3  # all or nothing
    anna.delete(one.id, two.id, one.id)
    assert [listing.id for listing in anna.courses()] == [stays.id]
    assert {listing.id for listing in bram.courses()} == {stays.id, theirs.id}
    with anna.store.reading() as session:
        for table in ("plan", "share", "happened"):
            left = session.execute(text(f"SELECT DISTINCT course_id FROM {table}")).scalars().all()
            assert left == [stays.id]
