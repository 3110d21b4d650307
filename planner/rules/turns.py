"""The turns of roles in a plan, held against what was promised: filled, wanted, fair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from planner.domain import Finding, Group, Importance, Roster, RuleReport, Student, Turn
from planner.role_catalogue import positions
from planner.rules.role_coverage import RoleCoverage
from planner.rules.settings import Rules
from planner.text import Message, say
from planner.values import choices, fold

Round: TypeAlias = list[tuple[str, str]]  # role and student id
Able: TypeAlias = Mapping[str, frozenset[int]]  # student id -> roles, as places in the course's list


def can_take(rules: Rules, student: Student) -> frozenset[int]:
    """Return the roles a student can take, as places in the course's list."""
    names = rules.role_names
    if not rules.roles.opt_out:
        return frozenset(range(len(names)))
    return RoleCoverage(roles=names, opt_out=rules.roles.opt_out).can_take(student)


def would_like(rules: Rules, student: Student) -> frozenset[int]:
    """Return the roles that a student likes to have, as places in the course's list."""
    if not rules.roles.wish:
        return frozenset()
    answers = {fold(answer) for answer in choices(student.answer(rules.roles.wish))}
    return frozenset(place for place, name in enumerate(rules.role_names) if fold(name) in answers)


def rounds_of(rules: Rules, from_week: int = 1, until: int | None = None) -> list[tuple[int, int]]:
    """Return the first and last week of every round of roles in a run of weeks.

    Rounds are counted from the first week of the term; where roles stay as long as the
    groups do, all weeks are one round. `until` is the last week; None is that of the term.
    """
    last, every = until or rules.term.weeks, rules.roles.rotate_every
    if not every:
        return [(from_week, last)] if from_week <= last else []
    firsts = range(1, last + 1, every)
    return [
        (max(week, from_week), min(week + every - 1, last)) for week in firsts if week + every > from_week
    ]


def past_rounds(rules: Rules, from_week: int) -> list[tuple[int, int]]:
    """Return the rounds of a block that are over when a week begins."""
    start = max(first for first, _ in rules.term.blocks() if first <= max(1, from_week))
    return [(first, last) for first, last in rounds_of(rules, start) if last < from_week]


def report_turns(
    rules: Rules,
    roster: Roster,
    groups: Sequence[Group],
    turns: Sequence[Turn],
    from_week: int = 1,
    until: int | None = None,
) -> RuleReport:
    """Count how far the turns of groups are from filled, wanted and fair.

    Units: a role open in a round; a role somebody rather leaves to others; a second
    role at once; a role held two rounds running; and, per role, how much more than
    one the turns of those who can take it differ at the end. Weeks before `from_week`
    and after `until` (None: the end of the term) belong to other groups: what people
    did there earlier in the same block counts for the last two, and nothing else.
    After as many rounds as give everyone in a group a turn, who had none came later, and
    begins beside whoever had a role least then. Roles minded beside another are not
    looked at.
    """
    weeks = rounds_of(rules, from_week, until)
    last = weeks[-1][1] if weeks else from_week
    over = past_rounds(rules, from_week)
    before = _rounds([turn for turn in turns if turn.week < from_week and not turn.minds], over)
    by_group: dict[str, list[Turn]] = {}
    for turn in (turn for turn in turns if from_week <= turn.week <= last and not turn.minds):
        by_group.setdefault(turn.group, []).append(turn)
    findings = [
        Finding(message=message, group=group.name, units=units)
        for group in groups
        for message, units in _counts(rules, roster, group, by_group.get(group.name, []), weeks, before)
        if units
    ]
    return RuleReport(
        kind="roles",
        title=say("Roles each week"),
        importance=Importance.IMPORTANT,
        cost=0,
        units=sum(finding.units for finding in findings),
        findings=tuple(findings),
    )


def _counts(
    rules: Rules,
    roster: Roster,
    group: Group,
    turns: Sequence[Turn],
    weeks: Sequence[tuple[int, int]],
    before: Sequence[Round],
) -> list[tuple[Message, int]]:
    names = rules.role_names
    able = {student: can_take(rules, roster.by_id[student]) for student in group.members}
    rounds = _rounds(turns, weeks)
    wanted = Counter(names[role] for role in positions(names, len(group.members)))
    came = _came_later(able, before, wanted.total())
    had = _turns([*before, *rounds])
    takers = [[student for student in able if place in able[student]] for place in range(len(names))]
    return [
        (say("In some week a role is still open."), _open(wanted, rounds)),
        (say("In some week somebody has two roles."), _double(rounds)),
        (say("Somebody has a role they would rather leave to others."), _unwanted(names, able, rounds)),
        (
            say("A role stays with the same person two turns running."),
            sum(len(set(one) & set(next_one)) for one, next_one in pairwise([*before[-1:], *rounds])),
        ),
        (
            say("Turns at a role differ by more than one."),
            sum(_ahead(role, mine, had, came, before) for role, mine in zip(names, takers, strict=True)),
        ),
    ]


def _rounds(turns: Sequence[Turn], weeks: Sequence[tuple[int, int]]) -> list[Round]:
    held: dict[int, Round] = {}
    for turn in turns:
        held.setdefault(turn.week, []).append((turn.role, turn.student_id))
    return [held.get(first, []) for first, _ in weeks]


def _open(wanted: Counter[str], rounds: Sequence[Round]) -> int:
    every = sorted(wanted.elements())
    held = [sorted(role for role, _ in now) for now in rounds]  # mostly just what is wanted, seen at a glance
    return sum((wanted - Counter(roles)).total() for roles in held if roles != every)


def _double(rounds: Sequence[Round]) -> int:
    return sum(len(now) - len({student for _, student in now}) for now in rounds)


def _unwanted(names: Sequence[str], able: Able, rounds: Sequence[Round]) -> int:
    return sum(
        student not in able or role not in names or names.index(role) not in able[student]
        for now in rounds
        for role, student in now
    )


def _ahead(
    role: str,
    takers: Sequence[str],
    had: Counter[tuple[str, str]],
    came: Mapping[str, int],
    before: Sequence[Round],
) -> int:
    """Count by how much more than one the turns at a role differ, with what those who came later begin with.

    `came` is in how many rounds before there was nobody yet of those who came later.
    """
    early = [student for student in takers if student not in came]
    counts = [had[role, student] for student in early]
    for student in (student for student in takers if student in came):
        theirs = _turns(before[: came[student]])
        counts.append(had[role, student] + min((theirs[role, one] for one in early), default=0))
    return max(0, max(counts) - min(counts) - 1) if counts else 0


def _turns(rounds: Sequence[Round]) -> Counter[tuple[str, str]]:
    """Return in how many rounds a role was somebody's."""
    return Counter(one for now in rounds for one in set(now))


def _came_later(able: Able, before: Sequence[Round], places: int) -> dict[str, int]:
    """Return who had no turn while everyone in the group had one, and the rounds until their first."""
    came: dict[str, int] = {}
    for student in able:
        number = next(
            (place for place, now in enumerate(before) if any(student == one for _, one in now)), len(before)
        )
        if number * places >= len(able):
            came[student] = number
    return came
