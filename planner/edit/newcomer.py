"""Somebody new in the class: their answers beside those of the others, and where they fit best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.edit.best_places import BestPlaces
from planner.edit.refusals import here_already
from planner.edit.values import Edit, Join
from planner.model.domain import Group, Roster, Student
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message
from planner.model.wording import did_you_mean
from planner.plans.course import Course
from planner.rosters.edited_table import respelled
from planner.rosters.edits import tidy
from planner.rosters.identity import tidy_id
from planner.rosters.people import from_full
from planner.rosters.reading_log import ReadingLog
from planner.rules.column_values import has


def new_student(
    course: Course,
    student_id: str,
    name: str,
    answers: Mapping[str, str],
    email: str | None = None,
    listed: Roster | None = None,
) -> Student:
    """Return a student as a class list with this row would have them.

    Parameters
    ----------
    course : Course
    student_id : str
        Number, or what else students of this course are told apart by.
    name : str
        Full name.
    answers : mapping of str to str
        By heading, of columns that the rules read; a column that is left out has no answer.
    email : str, optional
    listed : Roster, optional
        The class list as it stands now, where that is another than the one of the course.

    Returns
    -------
    Student
        With answers spelled as others spell them.

    Raises
    ------
    InputError
        Where there is no number or name, the number is somebody's, or a column is not in use.
    """
    person, number = from_full(tidy(name)), tidy_id(tidy(student_id)).text
    problems = [*_needed(course, number, person.full, listed), *_unknown(course, answers)]
    if problems:
        raise InputError(problems)
    said = {h: _as_others(tidy(answers.get(h, "")), h, course) for h in course.roster.headings}
    student = Student(
        id=number,
        name=person.full,
        call_name=person.call,
        sort_name=person.sort,
        email=tidy(email or "") or None,
        answers=said,
    )
    beside = respelled(with_student(course, student).roster, set(said), {}, ReadingLog(number))
    return beside.by_id[number]


def _as_others(answer: str, heading: str, course: Course) -> str:
    """Return an answer as it is written by somebody who gave the same one; capitals make no difference."""
    written = (student.answer(heading) for student in course.roster.students)
    return next((one for one in written if has(one, answer)), answer)


def _needed(course: Course, number: str, name: str, listed: Roster | None) -> list[Problem]:
    found = []
    if not number:
        found.append(
            _problem("newcomer-id", message("A new student needs a number."), message("Type the number."))
        )
    if not name:
        found.append(
            _problem("newcomer-name", message("A new student needs a name."), message("Type the name."))
        )
    return [*found, *here_already(course, number, listed)]


def _unknown(course: Course, answers: Mapping[str, str]) -> list[Problem]:
    known = course.roster.headings
    otherwise = message("Columns that count: {known}.", known=known) if known else None
    return [
        _problem(
            "unknown-column",
            message("No rule of this course reads a column “{heading}”.", heading=heading),
            did_you_mean(heading, known, otherwise) or message("Leave this answer out."),
        )
        for heading in answers
        if heading not in known
    ]


def _problem(code: str, told: Message, hint: Message) -> Problem:
    return Problem(code=code, level=Level.ERROR, message=told, hint=hint)


def with_newcomer(course: Course, edit: Edit) -> Course:
    """Return the course with the student whom an edit brings in the class, in no group yet.

    Parameters
    ----------
    course : Course
    edit : Edit

    Returns
    -------
    Course
        The same one where the edit brings nobody.
    """
    return with_student(course, edit.student) if isinstance(edit, Join) else course


def with_student(course: Course, student: Student) -> Course:
    """Return the course with one student more in the class, in no group yet.

    Parameters
    ----------
    course : Course
    student : Student

    Returns
    -------
    Course
    """
    listed = course.roster
    roster = Roster(students=(*listed.students, student), columns=listed.columns)
    return course.model_copy(update={"roster": roster})


def joined(course: Course, edit: Join, groups: Sequence[Group]) -> str:
    """Return the group of a later block that somebody new comes into: that of the same name where it can be.

    Parameters
    ----------
    course : Course
        With the student in the class.
    edit : Join
    groups : sequence of Group
        Of the block.

    Returns
    -------
    str
        Its name.
    """
    ranked = BestPlaces(course.rules, course.roster, groups).groups_for(edit.student.id, most=None)
    same = next((one for one in ranked if one.group == edit.group), None)
    return same.group if same is not None and not same.breaks else ranked[0].group
