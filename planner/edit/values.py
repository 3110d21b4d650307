"""What a coordinator can do to a plan by hand, as values; the same on the page, in a test and when saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from planner.model.base import Frozen
from planner.model.domain import Student
from planner.model.text import Message, message


class Move(Frozen):
    """A student goes to another group."""

    student: str
    group: str


class Swap(Frozen):
    """Two students trade places."""

    first: str
    second: str


class Join(Frozen):
    """Somebody who is new in the class comes into a group."""

    student: Student
    group: str


class Rename(Frozen):
    """A group gets another name; it stays the same group all term."""

    group: str
    name: str


class Open(Frozen):
    """A group more, with nobody in it yet."""

    name: str


class Close(Frozen):
    """A group that is empty is taken away."""

    group: str


class LockStudent(Frozen):
    """A student stays in their group until unlocked."""

    student: str
    on: bool = True


class LockGroup(Frozen):
    """Nobody leaves or joins a group until it is unlocked."""

    group: str
    on: bool = True


Edit: TypeAlias = Move | Swap | Join | Rename | Open | Close | LockStudent | LockGroup


def moved_by(edit: Edit | None) -> tuple[str, ...]:
    """Return the ids of those whom an edit puts in a group."""
    if isinstance(edit, Join):
        return (edit.student.id,)
    if isinstance(edit, Move):
        return (edit.student,)
    return (edit.first, edit.second) if isinstance(edit, Swap) else ()


def describe_edit(edit: Edit, names: Mapping[str, str]) -> Message:
    """Return an edit in a few words.

    Parameters
    ----------
    edit : Edit
    names : mapping
        Names of students by id.

    Returns
    -------
    Message
    """
    if isinstance(edit, Move):
        return message("{name} to {group}", name=names.get(edit.student, edit.student), group=edit.group)
    if isinstance(edit, Join):
        return message("{name} is new in {group}", name=edit.student.name, group=edit.group)
    if isinstance(edit, Swap):
        first, second = names.get(edit.first, edit.first), names.get(edit.second, edit.second)
        return message("{first} and {second} swapped", first=first, second=second)
    if isinstance(edit, Rename):
        return message("{group} is now called {name}", group=edit.group, name=edit.name)
    if isinstance(edit, LockStudent):
        name = names.get(edit.student, edit.student)
        return message("{name} locked", name=name) if edit.on else message("{name} unlocked", name=name)
    if isinstance(edit, LockGroup):
        return (
            message("{group} locked", group=edit.group)
            if edit.on
            else message("{group} unlocked", group=edit.group)
        )
    if isinstance(edit, Open):
        return message("{group} added", group=edit.name)
    return message("{group} removed", group=edit.group)
