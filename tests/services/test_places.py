"""The best places as a use case: told in plain words in both languages, refused with a way out, then done."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.edit import Move, Swap
from planner.edit.newcomer import new_student
from planner.model.domain import Column, ColumnKind, Group, Roster, Student
from planner.model.problems import InputError
from planner.model.text import LANGUAGES, Language
from planner.plans.course import Course, Locks
from planner.replanning.previous_assignment import PreviousAssignment
from planner.replanning.replan import replan
from planner.services.places import (
    PlacesRequest,
    PlacesResult,
    best_places,
    place_of,
    places_in,
    swap_partners,
    wished_by,
)
from tests.builders.classes import make_roster, make_rules
from tests.builders.edited_courses import course_of, courses

RULES = """language = "en"
[groups]
size = [2, 4]
[term]
weeks = 4
[roles]
names = ["Chair", "Notes"]
[[rule]]
kind = "mix"
column = "Programme"
[[rule]]
kind = "never-alone"
column = "Gender"
[[rule]]
kind = "overlap"
columns = ["Free"]
importance = "must"
[[rule]]
kind = "wish"
columns = ["Wish"]
importance = "nice"
[[rule]]
kind = "balance"
column = "Grade"
importance = "nice"
"""
ROWS = [
    {"Programme": "Law", "Gender": "f", "Free": "mon; tue", "Wish": "Ada", "Grade": "6"},
    {"Programme": "Law", "Gender": "m", "Free": "mon; tue", "Wish": "", "Grade": "8"},
    {"Programme": "Bio", "Gender": "m", "Free": "tue", "Wish": "", "Grade": "7"},
    {"Programme": "Bio", "Gender": "m", "Free": "wed", "Wish": "", "Grade": "7"},
    {"Programme": "Bio", "Gender": "m", "Free": "wed", "Wish": "", "Grade": "7"},
]


KINDS = {"Programme": "category", "Gender": "category", "Free": "slots", "Wish": "peer", "Grade": "number"}


def class_list() -> Roster:
    columns = tuple(Column(heading=heading, kind=ColumnKind(kind)) for heading, kind in KINDS.items())
    return Roster(students=make_roster(ROWS).students, columns=columns)


def course() -> Course:
    groups = (Group(name="Otters", members=("a", "b", "c")), Group(name="Beavers", members=("d", "e")))
    return course_of(make_rules(RULES), class_list(), groups)


def ada() -> Student:
    answers = {"Programme": "law", "Gender": "f", "Free": "tue", "Grade": "7"}
    return new_student(course(), "z", "Ada", answers)


@pytest.mark.parametrize(
    ("language", "otters", "beavers"),
    [
        (
            "en",
            [
                "Worse: Otters: “Bio” in “Programme”: 1 here, an even spread has 2.",
                "Worse: Otters: “Law” in “Programme”: 3 here, an even spread has 2.",
                "Worse: Otters: 4 students; preferably 3.",
                "Better: Noor is no longer the only one with “f” in Gender.",
                "Better: A wish of Noor is granted.",
                "All 4 in Otters are free: tue.",
                "Otters: Grade 7 on average; the class has 7.",
            ],
            "Breaks “At least one shared time in Free”: Beavers: No time when all are free.",
        ),
        (
            "nl",
            [
                "Minder goed: Otters: “Bio” bij “Programme”: hier 1, gelijk verdeeld zijn het er 2.",
                "Minder goed: Otters: “Law” bij “Programme”: hier 3, gelijk verdeeld zijn het er 2.",
                "Minder goed: Otters: 4 studenten; liefst 3.",
                "Beter: Noor is niet meer de enige met “f” bij Gender.",
                "Beter: Een wens van Noor is vervuld.",
                "Alle 4 in Otters zijn vrij: tue.",
                "Otters: Grade gemiddeld 7; de klas heeft 7.",
            ],
            "“Minstens één gedeeld moment in Free” klopt dan niet meer: Beavers: "
            "Geen moment waarop iedereen vrij is.",
        ),
    ],
)
def test_a_place_is_told_rule_by_rule_in_sentences_of_their_own(
    language: Language, otters: list[str], beavers: str
) -> None:
    found = best_places(PlacesRequest(course(), ada()))
    first, second = found.places
    assert (first.group, second.group, second.breaks) == ("Otters", "Beavers", True)
    assert [line.text(language) for line in found.lines(first)] == otters
    assert found.lines(second)[0].text(language) == beavers


def test_who_is_new_answers_in_the_spelling_of_the_others() -> None:
    assert ada().answers == {"Programme": "Law", "Gender": "f", "Free": "tue", "Wish": "", "Grade": "7"}


def test_who_is_new_is_placed_and_the_list_of_changes_has_nobody_else() -> None:
    found = best_places(PlacesRequest(course(), ada(), week=2))
    made = found.placed(found.places[0])
    assert made.course.plan.group_of["z"] == "Otters"
    assert [(one.student_id, one.to_group) for one in made.handover.changes] == [("z", "Otters")]
    assert made.course.plan.from_week == 2
    assert any(turn.student_id == "z" for turn in made.course.plan.turns)


def test_what_cannot_be_is_refused_with_the_way_out() -> None:
    here = course()
    with pytest.raises(InputError) as error:
        new_student(here, "a", " ", {"Program": "Law"})
    assert [one.code for one in error.value.problems] == [
        "newcomer-name",
        "edit-here-already",
        "unknown-column",
    ]
    assert "Did you mean “Programme”?" in str(error.value)
    with pytest.raises(InputError, match="Noor is locked in Otters"):
        swap_partners(PlacesRequest(here.model_copy(update={"locks": Locks(students=("a",))}), "a"))
    with pytest.raises(InputError, match="Did you mean"):
        best_places(PlacesRequest(here, "Noot"))
    with pytest.raises(InputError, match="From this week on"):
        best_places(PlacesRequest(here, ada(), week=9))


def test_a_group_that_is_locked_is_told_and_not_joined() -> None:
    here = course().model_copy(update={"locks": Locks(groups=("Otters",))})
    found = best_places(PlacesRequest(here, ada()))
    assert found.locked == ("Otters",)
    assert found.places[-1].locked
    with pytest.raises(InputError, match="Unlock this group first"):
        found.placed(found.places[-1])


def test_partners_are_told_for_both_groups() -> None:
    found = swap_partners(PlacesRequest(course(), "c"))
    assert found.places == ()  # nobody of the beavers is free when the otters are
    rules = make_rules(RULES.replace('importance = "must"', 'importance = "nice"'))
    here = course_of(rules, class_list(), course().plan.groups)
    first = swap_partners(PlacesRequest(here, "b")).places[0]
    lines = [line.text("en") for line in swap_partners(PlacesRequest(here, "b")).lines(first)]
    name = here.roster.shown_names[first.partner or ""]
    assert f"Programme: 2 in Otters with “Bio”, {name} included." in lines


@settings(max_examples=30, deadline=None)
@given(courses(), st.data())
def test_of_an_edit_the_same_is_told_as_of_that_place_in_the_ranking(
    here: Course, data: st.DataObject
) -> None:
    """Of a name that was dragged nobody read who loses a wish by it; the window of a move named them."""
    home = here.plan.group_of
    who = data.draw(st.sampled_from(sorted(home)))
    request = PlacesRequest(here, who, most=None)
    ways = [
        place
        for group in here.plan.groups
        if group.name != home[who]
        for place in places_in(request, group.name).places
    ]
    every = PlacesResult(request, here, tuple(ways))
    place = data.draw(st.sampled_from(ways))
    edit = every.edit(place)
    assert isinstance(edit, Move | Swap)
    found = place_of(request, edit)
    (told,) = found.places
    assert (told.group, told.partner, told.breaks) == (place.group, place.partner, place.breaks)
    assert found.told(told) == every.told(place)
    assert set(found.changed(told)) <= set(every.told(place))
    assert all(line in found.changed(told) for line in every.told(place) if line.worse or line.better)


def nice() -> Course:
    rules = make_rules(RULES.replace('importance = "must"', 'importance = "nice"'))
    return course_of(rules, class_list(), course().plan.groups)


def test_of_somebody_new_who_gave_no_answers_it_is_said_that_nothing_is_known() -> None:
    """Without an answer it said "all 4 free"."""
    found = best_places(PlacesRequest(course(), new_student(course(), "z", "Ada", {"Gender": "f"})))
    assert found.unknown == ("Programme", "Free", "Grade")
    assert not [one for one in found.remarks if one.code == "missing-answers"]
    lines = [line.text("en") for place in found.places for line in found.lines(place)]
    assert "All in Otters who answered are free: tue." in lines
    assert not [line for line in lines if line.startswith("All 4 in")]


def test_the_place_of_who_stopped_is_free_and_the_place_that_a_replan_gives_is_among_the_best() -> None:
    """Five groups that were full stood there; the replan took the free place in another one."""
    rules = make_rules('language = "en"\n[groups]\nsize = [3, 5]\nprefer = 4\n')
    roster = make_roster([{"id": f"s{number}", "name": f"Student {number}"} for number in range(32)])
    groups = tuple(
        Group(name=f"Group {n}", members=tuple(f"s{4 * n + k}" for k in range(4))) for n in range(8)
    )
    here = course_of(rules, roster, groups)
    gone, new = "s22", new_student(here, "z", "Ada", {})
    found = best_places(PlacesRequest(here, new, most=5, gone=frozenset({gone})))
    assert found.places[0].group == "Group 5"
    assert found.size(found.places[0]).text("en") == "a group of 4; a place is free: Student 22 stopped"
    assert [found.fine(one) for one in found.places] == [True, False, False, False, False]
    assert found.size(found.places[1]).text("en") == "a group of 5"
    (line,) = found.lines(found.places[1])
    assert line.text("en") == f"Worse: {found.places[1].group}: 5 students; preferably 4."
    again = Roster(students=(*(s for s in roster.students if s.id != gone), new), columns=roster.columns)
    made = replan(rules, again, PreviousAssignment(groups=groups))
    assert made.group_of["z"] in [one.group for one in found.places]
    for partner in swap_partners(PlacesRequest(here, "s0", most=None, gone=frozenset({gone}))).places:
        assert partner.partner != gone


def test_ways_into_a_group_are_all_told_and_who_was_wished_for_stays_there() -> None:
    here = course()
    assert wished_by(here, "a") == ()  # nobody is called Ada yet
    found = places_in(PlacesRequest(here, "d", most=None), "Otters", stays="a")
    assert {one.partner for one in found.places} == {None, "b", "c"}
    assert all(one.group == "Otters" and "a" in one.members for one in found.places)
    assert [one.breaks for one in found.places] == sorted(one.breaks for one in found.places)
    assert any(one.breaks for one in found.places)  # told, at the end, with what it breaks
    locked = here.model_copy(update={"locks": Locks(groups=("Otters",))})
    (only,) = places_in(PlacesRequest(locked, "d"), "Otters").places
    assert only.locked


def test_what_gets_worse_comes_first_and_is_never_fine() -> None:
    """A card with a tick said at the end that there was no time any more when all are free."""
    here = nice()
    found = swap_partners(PlacesRequest(here, "b", most=None))
    for place in found.places:
        told = found.told(place)
        worse = [line.worse for line in told]
        assert worse == sorted(worse, reverse=True)
        if any("No time when all" in line.text.text("en") and line.worse for line in told):
            assert not found.fine(place)
    assert any("No time when all" in found.lines(place)[0].text("en") for place in found.places)
    shared = found.shared()
    assert all(line in found.lines(place) for line in shared for place in found.places)


WISHES = """language = "en"
[groups]
size = [2, 4]
[[rule]]
kind = "wish"
columns = ["Wish"]
[[rule]]
kind = "never-alone"
column = "Gender"
"""


def wishing(text: str = WISHES, **rows: tuple[str, str]) -> Course:
    """Return a course of two groups of three; each has a wish and a gender."""
    roster = make_roster([{"name": name, "Wish": wish, "Gender": g} for name, (wish, g) in rows.items()])
    columns = (
        Column(heading="Wish", kind=ColumnKind.PEER),
        Column(heading="Gender", kind=ColumnKind.CATEGORY),
    )
    groups = (Group(name="Otters", members=("a", "b", "c")), Group(name="Beavers", members=("d", "e", "f")))
    return course_of(make_rules(text), Roster(students=roster.students, columns=columns), groups)


def lines_of_swap(here: Course, student: str, other: str) -> list[str]:
    found = swap_partners(PlacesRequest(here, student, most=None))
    place = next(one for one in found.places if one.partner == other)
    worse = [one.worse for one in found.told(place)]
    assert found.fine(place) is not any(worse)
    return [line.text("en") for line in found.lines(place)]


def test_a_swap_that_takes_the_wish_of_somebody_who_stays_says_so() -> None:
    """Swapping Yasmina with Efua was all neutral lines, and Hanneke had nobody she had asked for."""
    here = wishing(
        Hanneke=("Yasmina", "f"),
        Yasmina=("", "f"),
        Gijs=("", "f"),
        Efua=("", "f"),
        Noor=("", "f"),
        Sem=("Yasmina", "f"),
    )
    assert lines_of_swap(here, "b", "d") == [
        "Worse: No one Hanneke asked for is in Otters.",
        "Better: A wish of Sem is granted.",
    ]


def test_a_swap_that_leaves_somebody_the_only_one_says_who() -> None:
    here = wishing(
        Hanneke=("", "f"),
        Yasmina=("", "f"),
        Gijs=("", "m"),
        Efua=("", "m"),
        Noor=("", "f"),
        Sem=("", "m"),
    )
    assert lines_of_swap(here, "b", "d") == [
        "Worse: Hanneke is the only one with “f” in Otters.",
        "Worse: Sem is the only one with “m” in Beavers.",
        "Better: Gijs is no longer the only one with “m” in Gender.",
        "Better: Noor is no longer the only one with “f” in Gender.",
    ]


def test_a_share_of_a_group_that_is_less_short_is_told_with_how_many_there_are_now() -> None:
    """What was short for the same people changed without a word, and two were "no longer the only one"."""
    here = wishing(
        WISHES + "at_least_share = 0.75\n",
        Hanneke=("", "f"),
        Yasmina=("", "f"),
        Gijs=("", "m"),
        Efua=("", "f"),
        Noor=("", "m"),
        Sem=("", "m"),
    )
    told = lines_of_swap(here, "c", "d")
    assert told[1] == (
        "Better: Beavers, no longer the case: "
        "Noor and Sem are 2 of 3 here with “m” in Gender; at least 3 of every 4 would be 3."
    )
    assert all(line.startswith("Better: ") for line in told)


@settings(max_examples=60)
@given(courses(), st.data())
def test_every_rule_that_gets_worse_or_better_by_a_swap_or_a_move_has_a_line(
    here: Course, data: st.DataObject
) -> None:
    """A brown arrow stood there with no word of what was worse."""
    student = data.draw(st.sampled_from(sorted(here.plan.group_of)))
    request = PlacesRequest(here, student, most=4)
    for found in (best_places(request), swap_partners(request)):
        for place in found.places:
            told = found.told(place)
            changed = [one for one in place.effect.changes if not one.slight]
            assert not any(one.worse for one in changed) or any(line.worse for line in told)
            assert not any(one.better for one in changed) or any(line.better for line in told)
            assert any(line.breaks is not None for line in told) == place.breaks
            assert found.fine(place) or any(line.worse for line in told)
            assert all(
                line.text(language).endswith(".") for line in found.lines(place) for language in LANGUAGES
            )
