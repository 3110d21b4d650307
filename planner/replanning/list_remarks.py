"""What is worth saying of a class list beside the one before it: who is missing, who may be somebody else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from planner.model.domain import Roster
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.plans.previous import Previous
from planner.rosters.pairing import (
    Pairing,
    has_other_id,
    is_name,
    kind_of,
    known_apart,
    usual,
)
from planner.rosters.reading_log import some

MISSING = "students-missing"
MOST_MISSING = 0.3  # more than this share missing looks like another course
MOST_OTHERS = 0.5  # and so do more numbers than this share with another name and another address


def problems_of(
    pairing: Pairing, previous: Previous, roster: Roster, stopped: Collection[str] = ()
) -> list[Problem]:
    """Return what is worth saying of two lists that were paired.

    Parameters
    ----------
    pairing : Pairing
        Who is who.
    previous : Previous
        The plan of before.
    roster : Roster
        The new class list.
    stopped : collection of str
        Ids of then of who was said to have stopped: of them there is no question.

    Returns
    -------
    list of Problem
        An error among them where the lists are of two courses.
    """
    left = [previous.names.get(one, one) for one in pairing.left if one not in stopped]
    remarks = []
    if pairing.clash is not None:
        remarks.append(_moved_ids(pairing.clash, previous, roster))
    if pairing.other_ids:
        remarks.append(_other_ids(pairing, left))
    pairs = pairing.pairs.items()
    others = [one for one, other in pairs if _is_another(pairing.old[one], pairing.new[other])]
    if len(others) > MOST_OTHERS * len(pairing.old):
        remarks.append(_other_people(others[0], len(others), pairing, previous, roster))
    if not any(problem.level is Level.ERROR for problem in remarks):
        if len(left) > MOST_MISSING * len(pairing.old):
            remarks.append(_other_course(len(left), len(pairing.old)))
        elif left:
            remarks.append(missing(left))
    if not pairing.other_ids and pairing.clash is None:
        remarks += _taken_for_same(pairing, roster)
    return [*remarks, *_same_names(pairing, roster)]


def missing(left: Sequence[str]) -> Problem:
    """Return the question whether people left, or the list is another one.

    Parameters
    ----------
    left : sequence of str
        Names of who is not in the list any more.

    Returns
    -------
    Problem
    """
    return Problem(
        code=MISSING,
        level=Level.ASSUMED,
        message=plural_message(
            "1 student is not on this list: {people}. Did they leave, or is this the wrong file?",
            "{n} students are not on this list: {people}. Did they leave, or is this the wrong file?",
            len(left),
            people=some(left),
        ),
        hint=plural_message(
            "If this student left, that is right. If not, choose the right class list.",
            "If they left, that is right. If not, choose the right class list.",
            len(left),
        ),
    )


def _other_course(missing: int, students: int) -> Problem:
    return Problem(
        code="other-course",
        level=Level.ERROR,
        message=plural_message(
            "{n} of the {students} students of the previous plan is not in this class list. "
            "Is this another course? Nothing changed.",
            "{n} of the {students} students of the previous plan are not in this class list. "
            "Is this another course? Nothing changed.",
            missing,
            students=students,
        ),
        hint=message(
            "Choose the class list of this course. If they really left, remove their rows from the "
            "groups.csv of the previous plan and try again."
        ),
    )


def _is_another(then: frozenset[str], now: frozenset[str]) -> bool:
    """Whether one number has another name and another e-mail address than before."""

    def differ(kind: Callable[[str], bool]) -> bool:
        before, after = set(filter(kind, then)), set(filter(kind, now))
        return bool(before and after) and before.isdisjoint(after)

    return differ(is_name) and differ(lambda key: key.startswith("key:") and "@" in key)


def _other_people(example: str, count: int, pairing: Pairing, previous: Previous, roster: Roster) -> Problem:
    return Problem(
        code="other-course",
        level=Level.ERROR,
        message=message(
            "{count} of the {students} student numbers of the previous plan belong to people with another "
            "name and another e-mail address here: {number} was {before} and is {now}. Is this another "
            "course? Nothing changed.",
            count=count,
            students=len(pairing.old),
            number=example,
            before=previous.names.get(example, example),
            now=roster.by_id[pairing.pairs[example]].name,
        ),
        hint=message("Choose the class list of this course."),
    )


def _told_apart_by(ids: Iterable[str]) -> Message:
    return {
        "email": message("e-mail addresses"),
        "number": message("student numbers"),
        "name": message("names"),
    }.get(usual(ids), message("user names"))


def _other_ids(pairing: Pairing, left: Sequence[str]) -> Problem:
    before, now = _told_apart_by(pairing.old), _told_apart_by(pairing.new)
    if left and pairing.joined and not known_apart(pairing):
        return Problem(
            code="other-ids",
            level=Level.ERROR,
            message=plural_message(
                "Last time {before}, now {now}; 1 student cannot be found by e-mail address or name: "
                "{people}. Nothing changed.",
                "Last time {before}, now {now}; {n} students cannot be found by e-mail address or name: "
                "{people}. Nothing changed.",
                len(left),
                before=before,
                now=now,
                people=some(left),
            ),
            hint=message("Choose a class list with {before}, or add a column with them.", before=before),
        )
    return Problem(
        code="other-ids",
        level=Level.ASSUMED if pairing.steps["name"] else Level.NOTE,
        message=plural_message(
            "Last time {before}, now {now}; 1 student was found by e-mail address or name.",
            "Last time {before}, now {now}; {n} students were found by e-mail address or name.",
            len(pairing.pairs),
            before=before,
            now=now,
        ),
    )


def _moved_ids(example: tuple[str, str], previous: Previous, roster: Roster) -> Problem:
    old, new = example
    return Problem(
        code="ids-moved",
        level=Level.ASSUMED,
        message=message(
            "Most numbers belong to someone else than last time: {number} was {before} and is {now}. "
            "Students were looked up by e-mail address and name instead.",
            number=new,
            before=previous.names.get(old, old),
            now=roster.by_id[new].name,
        ),
        hint=message("Choose a class list with student numbers, not with numbered rows."),
    )


def _taken_for_same(pairing: Pairing, roster: Roster) -> list[Problem]:
    """Say who has another id than before and is taken for the same person."""
    found = {**pairing.steps["key"], **pairing.steps["name"]}
    pairs = [(old, new) for old, new in found.items() if has_other_id(old, new, pairing)]
    numbers = [new for old, new in pairs if kind_of(old) == kind_of(new) == "number"]
    others = [new for old, new in pairs if not kind_of(old) == kind_of(new) == "number"]
    remarks = []
    if numbers:
        remarks.append(
            plural_message(
                "{people} has a different student number from before; treated as the same person.",
                "{n} students have a different student number from before: {people}. Each is treated "
                "as the same person.",
                len(numbers),
                people=some(roster.names(numbers)),
            )
        )
    if others:
        remarks.append(
            plural_message(
                "{people} is listed under a different e-mail address or user name from before; "
                "treated as the same person.",
                "{n} students are listed under a different e-mail address or user name from before: "
                "{people}. Each is treated as the same person.",
                len(others),
                people=some(roster.names(others)),
            )
        )
    hint = message("If that is not right, write the name in the new class list in full.")
    return [
        Problem(code="taken-for-same", level=Level.ASSUMED, message=sentence, hint=hint)
        for sentence in remarks
    ]


def _same_names(pairing: Pairing, roster: Roster) -> list[Problem]:
    """Say whose name somebody who left also had, where it cannot be told who is who."""
    gone = {key for old in pairing.left for key in pairing.old[old] if is_name(key)}
    alike = [new for new in pairing.joined if gone & pairing.new[new]]
    if not alike:
        return []
    return [
        Problem(
            code="same-name",
            level=Level.ASSUMED,
            message=plural_message(
                "Someone with the name of {people} was in the previous plan under another number; counted "
                "as a new student.",
                "Students with the names of {people} were in the previous plan under other numbers; "
                "counted as new students.",
                len(alike),
                people=some(roster.names(alike)),
            ),
            hint=message("If they are the same people, use the same numbers in both lists."),
        )
    ]
