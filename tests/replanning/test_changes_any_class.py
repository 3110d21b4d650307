"""Random classes, randomly changed: exactly the changes are found, whatever the previous plan came in."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from planner.model.domain import Group, Roster, Student, group_of
from planner.plans.previous import Previous, previous_from_course, read_previous
from planner.replanning.changes import compare
from tests.builders.class_changes import as_excel_saves, course_of, own_rows, roster_of, saved

FIRST = ("Noor", "José", "Zoë", "Ali", "Bram", "D'Angelo", "Anne-Marie")
LAST = ("de Wit", "van der Berg", "Bos", "Øster", "Müller", "'t Hooft", "Null")
# Labels that Excel, a separator or a formula could hurt.
LABELS = ("Groep 1", "Groep 10", "Groep 2", "=Rood+", "'s Ochtends", "Team é, blauw", "-", "7")


def person(tag: int, *, id: str, email: str, name_tag: int | None = None) -> Student:  # noqa: A002
    """Return a student whose name nobody else has: the tag is in it, in letters.

    The answer under "Cijfer" goes with the name.
    """
    at = tag if name_tag is None else name_tag
    unique = "".join(chr(ord("a") + int(digit)) for digit in str(at))
    name = f"{FIRST[at % len(FIRST)]} X{unique} {LAST[at % len(LAST)]}"
    return Student(
        id=id,
        name=name,
        call_name=name.split()[0],
        sort_name=name,
        email=email,
        answers={"Cijfer": str(at), "Vrij": "ma"},
    )


@dataclass(frozen=True)
class Story:
    """A class, its groups, the next class list, and who is who."""

    then: Roster
    groups: tuple[Group, ...]
    now: Roster
    same: dict[str, str]  # new id -> old id
    left: set[str]
    joined: set[str]

    @property
    def previous(self) -> Previous:
        return previous_from_course(course_of(self.then, self.groups))

    def home(self) -> dict[str, str]:
        label = group_of(self.groups)
        return {new: label[old] for new, old in self.same.items()}


def student_number(tag: int, zeros: int) -> str:
    return "0" * zeros + str(100_000 + tag)


def divided(draw: st.DrawFn, ids: Sequence[str]) -> tuple[Group, ...]:
    names = draw(st.permutations(LABELS))[: max(1, len(ids) // 4)]
    order = draw(st.permutations(list(ids)))
    return tuple(
        Group(name=name, members=tuple(order[at :: len(names)]))
        for at, name in enumerate(names)
        if order[at :: len(names)]
    )


@st.composite
def stories(draw: st.DrawFn, *, with_emails: bool = True) -> Story:
    """Draw a class of which at most three in ten leave; nobody loses more than is needed to be known."""
    size = draw(st.integers(4, 24))
    then = [
        person(tag, id=student_number(tag, draw(st.integers(0, 2))), email=f"s{tag}@school.example")
        for tag in range(size)
    ]
    leaving = set(draw(st.lists(st.sampled_from(range(size)), max_size=3 * size // 10, unique=True)))
    kinds = ["", "", "email", "name", "email name", "id", "id email"] + ["id name"] * with_emails
    now, same = [], {}
    for tag, before in enumerate(then):
        if tag in leaving:
            continue
        kind = draw(st.sampled_from(kinds))
        after = person(
            tag,
            id=student_number(1000 + tag, 0) if "id" in kind else before.id,
            email=f"new{tag}@school.example" if "email" in kind else str(before.email),
            name_tag=2000 + tag if "name" in kind else None,
        )
        now.append(after)
        same[after.id] = before.id
    new = [
        person(3000 + n, id=student_number(3000 + n, 0), email=f"s{3000 + n}@school.example")
        for n in range(draw(st.integers(0, 5)))
    ]
    return Story(
        then=roster_of(then),
        groups=divided(draw, [one.id for one in then]),
        now=roster_of(draw(st.permutations([*now, *new]))),
        same=same,
        left={then[tag].id for tag in leaving},
        joined={one.id for one in new},
    )


def check(story: Story, previous: Previous) -> None:
    changes = compare(previous, story.now).require()
    assert changes.old_id == story.same
    assert set(changes.left) == story.left
    assert set(changes.joined) == story.joined
    assert changes.home == story.home()
    order = [student.id for student in story.now.students]
    assert [one.new_id for one in changes.same] == [one for one in order if one in story.same]
    assert list(changes.joined) == [one for one in order if one in story.joined]


@given(stories())
def test_exactly_the_changes_are_found(story: Story) -> None:
    check(story, story.previous)
    changes = compare(story.previous, story.now)
    then = story.then.by_id
    for one in changes.same:
        before, after = then[one.old_id], story.now.by_id[one.new_id]
        templates = {message.template.split(";")[0] for message in one.changed}
        assert ("The name changed" in templates) == (before.name != after.name)
        assert ("The e-mail address changed." in templates) == (before.email != after.email)
        assert ("Listed as {now}" in templates) == (before.id != after.id)
    renamed = {
        one.new_id for one in changes.same if then[one.old_id].name != story.now.by_id[one.new_id].name
    }
    assert changes.answers == dict.fromkeys(renamed, ("Cijfer",))


@given(stories(with_emails=False))
def test_our_own_csv_after_excel_leads_to_the_same_changes(story: Story) -> None:
    """Semicolons, Windows-1252, zeros in front lost; only numbers and names to go by."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "groups.csv"
        course = course_of(story.then, story.groups)
        path.write_bytes(as_excel_saves(own_rows(course)))
        previous = read_previous(path)
    changes = compare(previous, story.now).require()
    assert {new: old.lstrip("0") for new, old in changes.old_id.items()} == {
        new: old.lstrip("0") for new, old in story.same.items()
    }
    assert changes.home == story.home()
    assert {one.lstrip("0") for one in changes.left} == {one.lstrip("0") for one in story.left}
    assert set(changes.joined) == story.joined


@given(stories(), st.booleans())
def test_a_plan_folder_comes_back_without_loss(story: Story, excel: bool) -> None:
    course = course_of(story.then, story.groups)
    with tempfile.TemporaryDirectory() as folder:
        plan = saved(Path(folder) / "plan", course)
        if excel:
            (plan / "groups.csv").write_bytes(as_excel_saves(own_rows(course)))
        previous = read_previous(plan)
    assert previous == story.previous
    check(story, previous)


@st.composite
def muddles(draw: st.DrawFn) -> tuple[Previous, Roster]:
    """Draw two lists in which ids, addresses, keys and names run through each other."""

    def people(least: int) -> list[Student]:
        few = st.sampled_from(("007", "7", "07", "a@b.nl", "c@d.nl", "e", "F", "f g"))
        ids = draw(st.lists(few, min_size=least, max_size=7, unique_by=str.casefold))
        return [
            Student(
                id=one,
                name=draw(st.sampled_from(("Noor Bos", "Sem Kok", "f g", one))),
                call_name="N",
                sort_name="N",
                email=draw(st.sampled_from((None, "a@b.nl", "c@d.nl"))),
                keys={draw(st.sampled_from(("login_id", "canvas_user_id", "nr"))): draw(few)},
            )
            for one in ids
        ]

    then = roster_of(people(1))
    groups = divided(draw, [one.id for one in then.students])
    return previous_from_course(course_of(then, groups)), roster_of(people(0))


@given(muddles(), st.randoms(use_true_random=False))
def test_everybody_is_accounted_for_once_and_order_does_not_matter(muddle, random) -> None:
    previous, now = muddle
    changes = compare(previous, now)
    members = [member for group in previous.groups for member in group.members]
    assert sorted([*changes.left, *(one.old_id for one in changes.same)]) == sorted(members)
    assert sorted([*changes.joined, *(one.new_id for one in changes.same)]) == sorted(now.by_id)
    assert set(changes.home) == set(changes.old_id)
    students = list(now.students)
    random.shuffle(students)
    assert compare(previous, roster_of(students)).old_id == changes.old_id
