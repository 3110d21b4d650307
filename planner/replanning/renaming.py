"""Rules and wishes that name students keep naming them where their ids changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.model.domain import Roster
from planner.model.problems import Level, Problem
from planner.model.text import Message, message
from planner.model.values import normalize_text
from planner.plans.course import with_columns
from planner.replanning.changes import Changes
from planner.rules import Rules
from planner.rules.apart import Apart
from planner.rules.together import Together
from planner.rules.wish import Wish


def with_new_ids(rules: Rules, changes: Changes) -> Rules:
    """Return the rules with the ids of the new class list.

    Parameters
    ----------
    rules : Rules
        As they were made for the previous class list.
    changes : Changes
        Whose id is another now.

    Returns
    -------
    Rules
        The same object where no rule names any of them.
    """
    return _renamed(rules, changes.id_now)


def with_old_ids(rules: Rules, changes: Changes) -> Rules:
    """Undo `with_new_ids`: rules with the ids of now come back with those of before.

    Parameters
    ----------
    rules : Rules
        With the ids of now.
    changes : Changes
        Whose id is another now.

    Returns
    -------
    Rules
    """
    return _renamed(rules, {new: old for old, new in changes.id_now.items()})


def _renamed(rules: Rules, other: Mapping[str, str]) -> Rules:
    renamed = tuple(
        rule.model_copy(update={"students": tuple(other.get(s, s) for s in rule.students)})
        if isinstance(rule, Apart | Together) and not other.keys().isdisjoint(rule.students)
        else rule
        for rule in rules.rule
    )
    links = {student: goal for student, goal in rules.goals.links.items() if student not in other}
    followed = {other[student]: goal for student, goal in rules.goals.links.items() if student in other}
    if renamed == rules.rule and not followed:
        return rules
    goals = rules.goals.model_copy(update={"links": followed | links})
    return rules.model_copy(update={"rule": renamed, "goals": goals})


def with_numbers_before(rules: Rules, roster: Roster, then: Roster | None, changes: Changes) -> Roster:
    """Return the new class list so that who is wished for by a number of before is found.

    Only numbers that a wish names are kept. A number that is somebody's now means its owner.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The new class list.
    then : Roster or None
        The class list of the previous plan, which knows the numbers of before that one.
    changes : Changes
        Whose id is another now.

    Returns
    -------
    Roster
    """
    wished = {
        normalize_text(wish) for rule in rules.rule if isinstance(rule, Wish) for wish in rule.written(roster)
    }
    taken, past = {normalize_text(one) for one in roster.by_id}, {} if then is None else then.by_id
    known = []
    for student in roster.students:
        old = changes.old_id.get(student.id, student.id)
        before = past[old].numbers_before if old in past else ()
        names = dict.fromkeys(
            n for n in (*before, old) if normalize_text(n) in wished and normalize_text(n) not in taken
        )
        known.append(student.with_numbers_before(tuple(names)))
    students = tuple(known)
    return roster if students == roster.students else Roster(students=students, columns=roster.columns)


def as_listed(roster: Roster) -> Roster:
    """Return a class list as it was given: without the numbers of before; undoes `with_numbers_before`."""
    students = tuple(student.with_numbers_before(()) for student in roster.students)
    return Roster(students=students, columns=roster.columns)


def same_list(listed: Roster, planned: Roster, headings: Iterable[str]) -> bool:
    """Whether a class list has the students and answers of a plan, whatever its columns are called.

    Parameters
    ----------
    listed : Roster
        As it is on the page.
    planned : Roster
        Of the plan.
    headings : iterable of str
        Of the columns that count.

    Returns
    -------
    bool
    """
    used = tuple(headings)
    return with_columns(listed.called({}), used) == with_columns(as_listed(planned).called({}), used)


def number_remarks(rules: Rules, roster: Roster, changes: Changes) -> tuple[Problem, ...]:
    """Return which wishes name a number that was another student's before: only who wrote it knows.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The new class list.
    changes : Changes
        Whose id is another now.

    Returns
    -------
    tuple of Problem
    """
    now = {normalize_text(one): one for one in roster.by_id}
    was = {
        normalize_text(old): new
        for old, new in changes.id_now.items()
        if new in roster.by_id and normalize_text(old) in now
    }
    return tuple(
        _other_owner(
            wish, roster.shown_names[was[normalize_text(wish)]], roster.shown_names[now[normalize_text(wish)]]
        )
        for wish in sorted({w for rule in rules.rule if isinstance(rule, Wish) for w in rule.written(roster)})
        if normalize_text(wish) in was
    )


def _other_owner(number: str, before: str, now: str) -> Problem:
    return Problem(
        code="wish-other-owner",
        level=Level.ASSUMED,
        message=message(
            "“{number}” in the wishes is read as {now}; before, it was the number of {before}.",
            number=number,
            now=now,
            before=before,
        ),
        hint=message("Do the wishes mean {before}? Then write the current name or number.", before=before),
    )


def describe_leavers(rules: Rules, roster: Roster, left: Mapping[str, str]) -> tuple[Message, ...]:
    """Return which rules are about fewer students from now on, or about nobody.

    Parameters
    ----------
    rules : Rules
        With the ids of now.
    roster : Roster
        The new class list.
    left : mapping
        Names of those who left, by the id that the past has for them.

    Returns
    -------
    tuple of Message
    """
    names = {**roster.shown_names, **left}
    lines = []
    for rule in rules.rule:
        if not isinstance(rule, Apart | Together) or left.keys().isdisjoint(rule.students):
            continue
        gone = tuple(left[student] for student in rule.students if student in left)
        about = message(
            "{rule}: {names}", rule=rule.title, names=tuple(names.get(s, s) for s in rule.students)
        )
        others = sum(student in roster.by_id for student in rule.students)
        lines.append(
            message("The rule “{rule}” is about the others from now on: {gone} left.", rule=about, gone=gone)
            if others > 1
            else message("The rule “{rule}” ends here: {gone} left.", rule=about, gone=gone)
        )
    return tuple(lines)
