"""Keys that can go into an import file as they are.

An import file is read by a program, so nothing in it is escaped: what would need
that is refused, with the name of the student.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from planner.exports.files import placed
from planner.exports.names import ANY, Names, group_problems, is_safe, visible
from planner.model.domain import Plan, Roster, Student
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.model.wording import shortened

_ADDRESS = re.compile(r"[^@]+@[^@]+")
_STUDENT_NUMBER = re.compile(r"[A-Za-z]{0,2}[0-9]{4,12}", re.ASCII)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Key:
    """Something by which a system recognises a student.

    Attributes
    ----------
    heading : str
        What an import calls it.
    label : Message
        What people call it.
    read : callable
        The key of a student, or an empty text.
    shape : pattern or None
        What every key of this kind looks like.
    """

    heading: str
    label: Message
    read: Callable[[Student], str]
    shape: re.Pattern[str] | None = None

    def fits(self, value: str) -> bool:
        """Return whether a text can be a key of this kind."""
        return bool(value) and (self.shape is None or self.shape.fullmatch(value) is not None)

    def lacking(self, roster: Roster) -> int:
        """Return how many students have no such key."""
        return len(self.without(roster))

    def without(self, roster: Roster) -> list[str]:
        """Return the ids of the students who have no such key."""
        return [student.id for student in roster.students if not self.fits(self.read(student))]


@dataclass(frozen=True)
class Member:
    """A student in a group, by the key of the system that reads it."""

    group: str
    student: Student
    key: str


def _email(student: Student) -> str:
    return student.email or (student.id if "@" in student.id else "")


def _student_number(student: Student) -> str:
    return student.id if _STUDENT_NUMBER.fullmatch(student.id) else ""


EMAIL = Key("email", message("e-mail address"), _email, _ADDRESS)
USERNAME = Key("username", message("user name"), lambda student: student.keys.get("username", ""))
STUDENT_NUMBER = Key("student_number", message("student number"), _student_number, _STUDENT_NUMBER)


def with_usernames(roster: Roster) -> Roster:
    """Return a class list in which the student number is the user name of whoever has none."""
    students = tuple(
        student.model_copy(update={"keys": student.keys | {USERNAME.heading: student.id}})
        if number_is_username(student)
        else student
        for student in roster.students
    )
    return Roster(students=students, columns=roster.columns)


def number_is_username(student: Student) -> bool:
    """Return whether somebody has no user name, and a student number that would do for one."""
    return not USERNAME.read(student) and bool(_student_number(student))


CANVAS_KEYS = (
    Key("canvas_user_id", message("Canvas number"), lambda student: student.keys.get("canvas_user_id", "")),
    Key("user_id", message("SIS number"), lambda student: student.keys.get("user_id", "")),
    Key("login_id", message("login name"), lambda student: student.keys.get("login_id", "")),
)


FILL_IN = message("Fill it in on the class list: in the table of students, or in your file.")


def missing_key(roster: Roster, key: Key, system: str, mended: Message = FILL_IN) -> Message | None:
    """Return why a system cannot recognise this class, or None where it can.

    Parameters
    ----------
    roster : Roster
        The class list.
    key : Key
        What the system recognises people by.
    system : str
        Its name.
    mended : Message
        What to do where only some have no key; where nobody has one a column is missing.

    Returns
    -------
    Message or None
        With the names of who has none, where others have one.
    """
    lacking = key.without(roster)
    if not lacking:
        return None
    if len(lacking) == len(roster.students):
        return plural_message(
            "1 student has no {key}, and {system} recognises students by it. "
            "Add a column with it to the class list.",
            "{n} students have no {key}, and {system} recognises students by it. "
            "Add a column with it to the class list.",
            len(lacking),
            key=key.label,
            system=system,
        )
    return plural_message(
        "1 student has no {key}, and {system} recognises students by it: {names}. {mended}",
        "{n} students have no {key}, and {system} recognises students by it: {names}. {mended}",
        len(lacking),
        key=key.label,
        system=system,
        names=shortened(roster.names(lacking)),
        mended=mended,
    )


def checked_members(roster: Roster, plan: Plan, key: Key, system: str, taken: Names = ANY) -> list[Member]:
    """Return who goes where, by key; all of it safe to write without quotes.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    key : Key
        What the system recognises people by.
    system : str
        Its name.
    taken : Names, default ANY
        Names of groups that the system takes.

    Returns
    -------
    list of Member

    Raises
    ------
    InputError
        Where a key is missing, is shared, or holds what an import file cannot
        hold, and where a group name does; one problem each, all at once.
    """
    members = [Member(group, student, key.read(student)) for group, student in placed(roster, plan)]
    problems = [
        *group_problems((group.name for group in plan.groups), system, taken),
        *_key_problems(members, key, system),
    ]
    if problems:
        raise InputError(problems)
    return members


def checked_previous(
    previous: Mapping[str, str], members: Iterable[Member], system: str, taken: Names = ANY
) -> dict[str, str]:
    """Return the old group of those members who had one; their names are safe to write.

    Parameters
    ----------
    previous : mapping of str to str
        Group name by student id.
    members : iterable of Member
        Those of the plan.
    system : str
        Its name.
    taken : Names, default ANY
        Names of groups that the system takes.

    Returns
    -------
    dict of str to str

    Raises
    ------
    InputError
        Where the name of an old group is not safe, or not one that the system takes.
    """
    old = {one.student.id: previous[one.student.id] for one in members if one.student.id in previous}
    problems = group_problems(dict.fromkeys(old.values()), system, taken)
    if problems:
        raise InputError(problems)
    return old


def group_code(name: str) -> str:
    """Return a short code that depends on nothing but the group name.

    Plain names stay readable: ``Groep 1`` is ``groep-1``. Others carry a piece of
    a checksum, so that ``Groep é`` and ``Groep e`` stay apart.
    """
    if _PLAIN_NAME.fullmatch(name):
        return name.lower().replace(" ", "-")
    readable = re.sub(r"[^a-z0-9]+", "-", normalize_text(name)).strip("-") or "group"
    checksum = hashlib.sha256(unicodedata.normalize("NFC", name.casefold()).encode()).hexdigest()
    return f"{readable}-{checksum[:8]}"


def _key_problems(members: Iterable[Member], key: Key, system: str) -> list[Problem]:
    owners: dict[str, Student] = {}
    problems = []
    for one in members:
        name = one.student.name
        if not one.key:
            problems.append(_no_key(name, key, system))
        elif not is_safe(one.key) or not key.fits(one.key):
            problems.append(_unsafe_key(name, one.key, key, system))
        elif one.key.casefold() in owners:
            problems.append(_key_twice(owners[one.key.casefold()].name, name, one.key, key))
        else:
            owners[one.key.casefold()] = one.student
    return problems


def _no_key(name: str, key: Key, system: str) -> Problem:
    return Problem(
        code="export-no-key",
        level=Level.ERROR,
        message=message(
            "{name} has no {key}, and {system} recognises students by it.",
            name=visible(name),
            key=key.label,
            system=system,
        ),
        hint=message("Add it to the class list and read the list again."),
    )


def _unsafe_key(name: str, value: str, key: Key, system: str) -> Problem:
    return Problem(
        code="export-unsafe-key",
        level=Level.ERROR,
        message=message(
            "{name} has “{value}” as {key}, and that cannot go into a file for {system}.",
            key=key.label,
            name=visible(name),
            value=visible(value),
            system=system,
        ),
        hint=message(
            "Correct it in the class list: no spaces, commas, semicolons or quotation marks, "
            "and none of = + - @ in front."
        ),
    )


def _key_twice(first: str, second: str, value: str, key: Key) -> Problem:
    return Problem(
        code="export-key-twice",
        level=Level.ERROR,
        message=message(
            "{first} and {second} have the same {key}, “{value}”: an import would treat them as one person.",
            first=visible(first),
            second=visible(second),
            key=key.label,
            value=visible(value),
        ),
        hint=message("Correct it in the class list and read the list again."),
    )
