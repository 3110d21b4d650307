"""The turns of roles in a plan, held against what was promised: filled, wanted, fair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from planner.audit.rounds import counted_from, past_rounds, rounds_of
from planner.model.domain import Group, Roster, Turn
from planner.model.reports import Finding, Importance, RuleReport
from planner.model.role_catalogue import place_of, positions
from planner.model.text import Message, message
from planner.rules.asked_roles import can_take
from planner.rules.fair_turns import most_filled
from planner.rules.settings import Rules
from planner.rules.shares import NO_MORE, Held, Shares

SEEN = 4_096  # groups, in numbers, of which it is kept how fair their turns are: some large classes
Round: TypeAlias = list[tuple[str, str]]  # role and student id
Able: TypeAlias = Mapping[str, frozenset[int]]  # student id -> roles, as places in the course's list


def report_turns(
    rules: Rules,
    roster: Roster,
    groups: Sequence[Group],
    turns: Sequence[Turn],
    from_week: int = 1,
    until: int | None = None,
) -> RuleReport:
    """Count how far the turns of groups are from filled, wanted and fair, as far as that is possible.

    Units: a role open in a round; a role somebody rather leaves to others; a second
    role at once; a role held two rounds running; and how much more than one turns differ at
    the end, at each role among those who can take it, or else over all roles together. What no
    turns in these rounds could make better is a fact about the group and no unit: a role that
    nobody takes, the only one who takes it, turns that cannot be shared more evenly.

    Weeks before `from_week` and after `until` (None: the end of the term) belong to other
    groups: what people did there earlier in the same block counts for the last three, and
    nothing else. After as many rounds as give everyone in a group a turn, who had none came
    later, and begins beside whoever had least then. Where a group was another one earlier in
    the block only what became vacant changed hands: there the last three are no units either.
    Roles minded beside another are not looked at.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group
        Those that hold from `from_week` to `until`.
    turns : sequence of Turn
        Of the whole term, as far as there are any.
    from_week : int, default 1
        The first one that is counted.
    until : int, optional
        The last one; None is that of the term.

    Returns
    -------
    RuleReport
        Of kind "roles"; it costs nothing.
    """
    counted = counted_from(rules, turns, from_week, until)
    weeks = rounds_of(rules, from_week, until, counted)
    last = weeks[-1][1] if weeks else from_week
    over = past_rounds(rules, turns, from_week, counted)
    own = [turn for turn in turns if turn.week <= last and not turn.minds]
    before = _Rounds(rules.role_names, own, over)
    now = _Rounds(rules.role_names, own, weeks)
    findings = [
        Finding(message=sentence, group=group.name, units=units)
        for group in groups
        for sentence, units in _counts(rules, roster, group, now, before)
        if units
    ]
    return RuleReport(
        kind="roles",
        title=message("Roles each week"),
        importance=Importance.IMPORTANT,
        cost=0,
        units=sum(finding.units for finding in findings),
        findings=tuple(findings),
    )


class _Rounds:
    """Who held what in a number of rounds, by group and by student; roles as they are called now."""

    def __init__(
        self, names: tuple[str, ...], turns: Iterable[Turn], weeks: Sequence[tuple[int, int]]
    ) -> None:
        self._number = {first: number for number, (first, _) in enumerate(weeks)}
        self._by_group: dict[str, list[Round]] = {}
        self._by_student: dict[str, list[tuple[int, str]]] = {}
        for turn in turns:
            number = self._number.get(turn.week)
            if number is not None:
                place = place_of(names, turn.role)
                role = turn.role if place is None else names[place]
                self._by_student.setdefault(turn.student_id, []).append((number, role))
                self.of_group(turn.group)[number].append((role, turn.student_id))

    def of_group(self, group: str) -> list[Round]:
        """Return who held what in a group."""
        return self._by_group.setdefault(group, [[] for _ in self._number])

    def of_members(self, members: Sequence[str], names: Sequence[str]) -> tuple[Held, ...]:
        """Return what some students held, in whatever group, in numbers of members and roles."""
        held: list[set[tuple[int, int]]] = [set() for _ in self._number]
        for m, student in enumerate(members):
            for number, role in self._by_student.get(student, ()):
                held[number].add((m, names.index(role) if role in names else NO_MORE))
        return tuple(frozenset(now) for now in held)


def _counts(
    rules: Rules, roster: Roster, group: Group, now: _Rounds, before: _Rounds
) -> list[tuple[Message, int]]:
    names = rules.role_names
    able = {student: can_take(rules, roster.by_id[student]) for student in group.members}
    filled = tuple(positions(names, len(able)))
    wanted = Counter(names[role] for role in filled)
    most = most_filled(filled, tuple(able.values()))
    rounds = now.of_group(group.name)
    kept = ahead = uneven = 0
    if not any(_another(held, able, wanted, most) for held in before.of_group(group.name)):
        members = list(able)
        over, coming = before.of_members(members, names), now.of_members(members, names)
        kept, ahead, uneven = _unfair(Shares(filled, tuple(able.values()), over, coming))
    still_open = max(0, _open(wanted, rounds) - (len(filled) - most) * len(rounds))
    double, unwanted = _double(rounds), _unwanted(names, able, rounds)
    return [
        (message("In some week a role is still open."), still_open),
        (message("In some week someone has two roles."), double),
        (message("Someone has a role they would rather not have."), unwanted),
        (message("A role stays with the same person for two role turns in a row."), kept),
        (message("Someone has had a role at least two times more than someone else."), ahead),
        (
            message(
                "Over all roles together, someone has had at least two role turns more than someone else."
            ),
            0 if still_open or double or unwanted else uneven,  # no wonder then
        ),
    ]


@lru_cache(maxsize=SEEN)
def _unfair(shares: Shares) -> tuple[int, int, int]:
    """Return what could be better; an edit touches a group or two, and all others are as they were."""
    return shares.unfair()


def _another(held: Round, able: Able, wanted: Counter[str], most: int) -> bool:
    """Whether a round was of another group than this one: other people, more roles or fewer."""
    roles = Counter(role for role, _ in held)
    return bool(held) and (
        len(held) != most or bool(roles - wanted) or any(student not in able for _, student in held)
    )


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
