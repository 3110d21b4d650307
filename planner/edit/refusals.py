"""Why an edit cannot be made: somebody is locked, a name is taken, nothing would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.edit.values import Close, Edit, Join, Move, Open, Rename, Swap
from planner.exports.names import group_problems
from planner.model.domain import Group, Roster, group_of
from planner.model.problems import Level, Problem
from planner.model.text import Message, message
from planner.model.values import normalize_text
from planner.model.wording import did_you_mean
from planner.plans.course import Course
from planner.plans.weeks import labels_of
from planner.rules.people import did_you_mean_student

LONGEST = 60  # signs in the name of a group


def refusals(course: Course, edit: Edit, groups: tuple[Group, ...]) -> list[Problem]:
    """Return why an edit cannot be made of the groups of the weeks it is about; nothing where it can.

    Parameters
    ----------
    course : Course
    edit : Edit
    groups : tuple of Group
        Those of the weeks it is about.

    Returns
    -------
    list of Problem
    """
    if isinstance(edit, Rename):
        return list(_name(course, edit.name, edit.group))
    if isinstance(edit, Open):
        return list(_name(course, edit.name, None))
    if isinstance(edit, Join):
        return list(newcomer_problems(course, edit, groups))
    if isinstance(edit, Move):
        return list(_places(course, {edit.student: edit.group}, groups))
    if isinstance(edit, Swap):
        home = group_of(groups)
        return list(_places(course, {edit.first: home[edit.second], edit.second: home[edit.first]}, groups))
    if isinstance(edit, Close) and any(g.members for g in groups if g.name == edit.group):
        return [
            _refused(
                "edit-not-empty",
                message("{group} still has students.", group=edit.group),
                message("Move them to other groups first."),
            )
        ]
    return []


def _places(course: Course, to: dict[str, str], groups: tuple[Group, ...]) -> Iterator[Problem]:
    """Check that somebody would be elsewhere, and that nobody who is locked would."""
    home = group_of(groups)
    if all(home[student] == group for student, group in to.items()):
        yield _refused(
            "edit-nothing",
            message(
                "This would change nothing: {names} would stay in the same group.",
                names=course.roster.names(to),
            ),
            message("Choose another group."),
        )
        return
    for student in to:
        yield from _fixed(course, student, home[student])
    yield from _locked(course, [*(home[student] for student in to), *to.values()])


def _fixed(course: Course, student: str, group: str) -> Iterator[Problem]:
    if student in course.locks.students:
        yield _refused(
            "edit-locked",
            message("{name} is locked in {group}.", name=course.roster.shown_names[student], group=group),
            message("Unlock this student first."),
        )


def leaving_problems(course: Course, student: str, groups: tuple[Group, ...]) -> list[Problem]:
    """Return why a student cannot leave their group: nobody of this class, locked, or the group is.

    Parameters
    ----------
    course : Course
    student : str
        Id.
    groups : tuple of Group
        Those of the weeks that it is about.

    Returns
    -------
    list of Problem
        Empty where the student can.
    """
    home = group_of(groups).get(student)
    if home is None:
        return [nobody_here(course, student)]
    return [*_fixed(course, student, home), *_locked(course, [home])]


def nobody_here(course: Course, student: str) -> Problem:
    """Return that a number is nobody's in the groups of a course, with the nearest student.

    Parameters
    ----------
    course : Course
    student : str
        Id, as it was given.

    Returns
    -------
    Problem
    """
    return _refused(
        "unknown-student",
        message("No student in these groups is called “{student}”.", student=student),
        did_you_mean_student(
            student, course.roster, message("Write the student number as it is in the class list.")
        ),
    )


def newcomer_problems(course: Course, edit: Join, groups: tuple[Group, ...]) -> Iterator[Problem]:
    """Return why somebody cannot come into a group: in the class already, no such group, or it is locked.

    Parameters
    ----------
    course : Course
    edit : Join
    groups : tuple of Group
        Those of the weeks that it is about.

    Returns
    -------
    iterator of Problem
    """
    names = [group.name for group in groups]
    yield from here_already(course, edit.student.id)
    if edit.group not in names:
        yield _refused(
            "unknown-group",
            message("This plan has no group called “{name}”.", name=edit.group),
            did_you_mean(edit.group, names, message("Possible: {known}.", known=names))
            or message("Choose another group."),
        )
    yield from _locked(course, [edit.group])


def here_already(course: Course, number: str, listed: Roster | None = None) -> Iterator[Problem]:
    """Return that a number is somebody's in the class, where it is.

    Parameters
    ----------
    course : Course
    number : str
    listed : Roster, optional
        The class list as it stands now, where that is another than the one of the course.
    """
    now = course.roster if listed is None else listed
    wanted = _bare(number)
    for roster in (now, course.roster):
        known = next((one for one in roster.students if _bare(one.id) == wanted), None)
        if known is None:
            continue
        hint = message("Move this student by hand, or give another number.")
        if roster is not now:
            hint = message(
                "This student is no longer on the class list. Did they not stop after all? Take that "
                "back, or give another number."
            )
        elif known.id not in course.roster.by_id:
            hint = message("This student is already on the class list as new. Give another number.")
        yield _refused(
            "edit-here-already",
            message("Student number {id} is already in this course: {name}.", id=known.id, name=known.name),
            hint,
        )
        return


def _bare(number: str) -> str:
    """Return a number as it is compared: capitals and zeros in front make no other number."""
    text = normalize_text(number)
    return text.lstrip("0") or text if text.isdigit() else text


def _locked(course: Course, groups: Iterable[str]) -> Iterator[Problem]:
    for group in dict.fromkeys(groups):
        if group in course.locks.groups:
            yield _refused(
                "edit-group-locked",
                message("{group} is locked: nobody leaves or joins it.", group=group),
                message("Unlock this group first."),
            )


def _name(course: Course, name: str, own: str | None) -> Iterator[Problem]:
    """Check the name of a group: not empty, not taken in this term, safe for every import."""
    if not name.strip():
        yield _refused("group-name-empty", message("A group needs a name."), message("Type a name."))
    elif len(name) > LONGEST:
        yield _refused(
            "group-name-long",
            message("This name is longer than {most} characters.", most=LONGEST),
            message("Choose a shorter name."),
        )
    elif name == own:
        yield _refused("edit-nothing", message("That is already its name."), message("Type another name."))
    else:
        yield from group_problems([name])
        taken = next((one for one in labels_of(course) if one != own and same_label(one, name)), None)
        if taken is not None:
            yield _refused(
                "group-name-taken",
                message("There is, or was this term, a group called “{name}”.", name=taken),
                message("Choose another name; capitals alone make no difference."),
            )


def same_label(one: str, other: str) -> bool:
    """Whether people or files could take two labels for the same: case, accents, spaces, zeros in front.

    Parameters
    ----------
    one : str
    other : str

    Returns
    -------
    bool
    """
    first, second = (normalize_text(text).replace(" ", "") for text in (one, other))
    bare = [text.lstrip("0") if text.isdigit() else text for text in (first, second)]
    return bare[0] == bare[1]


def refused_week(weeks: tuple[int, ...]) -> Problem:
    """Return that an edit cannot hold from some week on."""
    return _refused(
        "edit-week",
        message("From this week on, nothing can be edited by hand."),
        message("Choose one of these weeks: {weeks}.", weeks=tuple(map(str, weeks))),
    )


def _refused(code: str, message: Message, hint: Message) -> Problem:
    return Problem(code=code, level=Level.ERROR, message=message, hint=hint)
