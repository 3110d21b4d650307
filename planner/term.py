"""A term that stays: blocks of weeks with the same groups, and refreshes between them.

Blocks are planned one after another: each refresh starts from the groups before it, and
its first meetings stand beside a limit that no refresh of groups of these sizes exceeds,
whatever came before. Where each reaches its limit, no other term lets more people meet.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner import efforts
from planner.course import Course, Version
from planner.domain import Block, Group, Plan, Roster, StageReport, Status, Turn
from planner.efforts import Effort
from planner.engines.light import Light
from planner.engines.limits import Watch
from planner.engines.refresh import Refreshed, refresh
from planner.engines.rounds import Rounds, rounds
from planner.exports import Change
from planner.formation import form, named_group
from planner.instance import NO_HOME, Instance, IntArray, account, members_of
from planner.previous import Previous
from planner.proof import kept
from planner.roles import plan_turns
from planner.rules import Rules, build_instance
from planner.rules.blocks import most_moved
from planner.stability import over
from planner.term_audit import audit_term
from planner.text import say

BLOCK_EFFORT: Effort = "quick"  # of the search of one block among many


def plan_term(
    rules: Rules,
    roster: Roster,
    *,
    seed: int = 0,
    effort: Effort = "normal",
    watch: Watch | None = None,
    start: Sequence[Group] = (),
) -> Plan:
    """Form groups and roles for a whole term; with `start`, from groups that hold every `must` rule.

    Returns
    -------
    Plan
        Audited block by block. Without a refresh it is what `planner.formation.form` makes.

    Raises
    ------
    InputError, NoPlan
        As `form` does.
    """
    watch = watch or Watch()
    plan = form(rules, roster, seed=seed, effort=effort, watch=watch, start=start)
    return with_refreshes(rules, roster, plan, watch=watch)


def with_refreshes(
    rules: Rules,
    roster: Roster,
    plan: Plan,
    past: Sequence[Version] = (),
    *,
    watch: Watch | None = None,
) -> Plan:
    """Return a plan with the blocks after its first one, each planned from the one before.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    plan : Plan
        Its groups hold from `Plan.from_week` on.
    past : sequence of Version
        Groups of earlier in the term, oldest first; with any, the first block stays as
        it is. Who met then is not met for the first time now, and who moved then stays
        where another can move.
    watch : Watch, optional
    """
    watch = watch or Watch()
    starts = [first for first, _ in rules.term.blocks() if first > plan.from_week]
    if not starts:
        return plan
    term = _Term(rules, roster, plan, past, watch)
    blocks = term.new_people(starts) if rules.term.meet == "new" else term.light(starts)
    made = plan.but(groups=blocks[0].groups, later=tuple(blocks[1:]))
    made = made.but(turns=_turns(rules, roster, plan, made, fixed=bool(past)))
    return _checked(rules, roster, made, term.past)


class _Term:
    """The blocks of a term, in positions of students and groups."""

    def __init__(
        self, rules: Rules, roster: Roster, plan: Plan, past: Sequence[Version], watch: Watch
    ) -> None:
        self._rules, self._roster, self._plan, self._watch = rules, roster, plan, watch
        self._labels = [group.name for group in plan.groups]
        self._instance: Instance = build_instance(rules, roster, len(plan.groups))
        self.past = over(plan, [(version.from_week, version.groups) for version in past])

    def _places(self, groups: Sequence[Group]) -> IntArray:
        """Number of everyone's group; `NO_HOME` for who was in none."""
        places = np.full(len(self._roster.students), NO_HOME, np.int64)
        for number, group in enumerate(groups):
            for student in group.members:
                if student in self._roster.position:
                    places[self._roster.position[student]] = number
        return places

    def _groups(self, places: IntArray) -> tuple[Group, ...]:
        return tuple(
            named_group(self._roster, name, members)
            for name, members in zip(self._labels, members_of(places, len(self._labels)), strict=True)
        )

    def light(self, starts: Sequence[int]) -> list[Block]:
        """Refresh after refresh: a few move, and everyone keeps somebody familiar."""
        term, n = self._rules.term, len(self._roster.students)
        blocks = [Block(from_week=self._plan.from_week, groups=self._plan.groups)]
        met = np.zeros((n, n), np.bool_)
        for groups in self.past:
            met |= _together(self._places(groups))
        moved = _movers([*self.past, self._plan.groups], self._roster)
        home = self._places(self._plan.groups)
        for number, week in enumerate(starts):
            met |= _together(home)
            light = Light(home, met, term.keep_familiar, most_moved(term, n), frozenset(moved))
            found = refresh(self._instance, light, seed=self._plan.seed + number, watch=self._watch)
            moved |= set(np.flatnonzero(found.places != home).tolist())
            home = found.places
            blocks.append(
                Block(from_week=week, groups=self._groups(home), stages=_stages(found, self._watch))
            )
        return blocks

    def new_people(self, starts: Sequence[int]) -> list[Block]:
        """All blocks at once: as few pairs as can be meet again."""
        n = len(self._roster.students)
        found = rounds(
            self._instance,
            self._places(self._plan.groups),
            len(starts) + 1,
            before=[self._places(groups) for groups in self.past],
            seed=self._plan.seed,
            proposals=efforts.proposals(BLOCK_EFFORT, n),
            watch=self._watch,
        )
        weeks = [self._plan.from_week, *starts]
        blocks = [
            Block(from_week=week, groups=self._groups(places))
            for week, places in zip(weeks, found.places, strict=True)
        ]
        stages = self._met_again(found)
        return [blocks[0], *(block.model_copy(update={"stages": stages}) for block in blocks[1:])]

    def _met_again(self, found: Rounds) -> tuple[StageReport, ...]:
        cost = sum(account(self._instance, places).cost for places in found.places)
        return (
            StageReport(
                name="repeats",
                value=found.repeats,
                proven=found.repeats == found.fewest,
                limit=found.fewest,
            ),
            StageReport(name="cost", value=cost, proven=False),
        )


def _together(places: IntArray) -> np.ndarray:
    shared: np.ndarray = (places[:, None] == places[None, :]) & (places != NO_HOME)[:, None]
    return shared


def _movers(versions: Sequence[Sequence[Group]], roster: Roster) -> set[int]:
    """Positions of who was in groups of different labels."""
    labels: dict[str, set[str]] = {}
    for groups in versions:
        for group in groups:
            for student in group.members:
                labels.setdefault(student, set()).add(group.name)
    return {roster.position[s] for s, names in labels.items() if len(names) > 1 and s in roster.position}


def _stages(found: Refreshed, watch: Watch) -> tuple[StageReport, ...]:
    """What a refresh came to, in the order in which it matters."""
    best = found.proven and not watch.cut_short
    worth = found.worth
    return (
        StageReport(
            name="first-meetings",
            value=worth.meetings,
            proven=best or worth.meetings == found.most,
            limit=found.most,
        ),
        StageReport(name="second-moves", value=worth.again, proven=best or worth.again == 0),
        StageReport(name="cost", value=worth.cost, proven=best),
    )


def _turns(rules: Rules, roster: Roster, plan: Plan, made: Plan, *, fixed: bool) -> tuple[Turn, ...]:
    """Roles of every block; those of a first block that goes on after a rerun stay as they are."""
    starts = [block.from_week for block in made.blocks]
    ends = [*(start - 1 for start in starts[1:]), rules.term.weeks]
    turns = tuple(turn for turn in plan.turns if turn.week <= ends[0]) if fixed else ()
    for number, (block, start, end) in enumerate(zip(made.blocks, starts, ends, strict=True)):
        if number or not fixed:
            turns += plan_turns(
                rules, roster, block.groups, made.seed, from_week=start, until=end, past=turns
            )
    return turns


def _checked(rules: Rules, roster: Roster, plan: Plan, past: Sequence[Sequence[Group]]) -> Plan:
    """Return the plan with the account of its first block, once every block has been audited."""
    audited = audit_term(rules, roster, plan, past)
    if not all(block.holds for block in audited):
        raise AssertionError("a block does not hold")  # an error of ours
    first = audited[0].audit
    reports = kept(rules, roster, plan.outcome.rules, first.reports)
    changes: dict[str, object] = {"rules": reports, "cost": first.cost}
    if first.cost != plan.outcome.cost:  # other groups than were formed, so that people meet
        changes |= {"status": Status.FEASIBLE, "bound": min(plan.outcome.bound, first.cost)}
    return plan.but(outcome=plan.outcome.model_copy(update=changes))


def refresh_changes(roster: Roster, before: Block, block: Block) -> tuple[Change, ...]:
    """Return who moves at a refresh, and with whom, for people to read."""
    was = {student: group.name for group in before.groups for student in group.members}
    found = []
    for group in block.groups:
        for student in group.members:
            old = was.get(student)
            if old in (None, group.name):
                continue
            along = [one for one in group.members if one != student and was.get(one) == old]
            reason = (
                say("Meets new people, together with {names}.", names=roster.names(along))
                if along
                else say("Meets new people.")
            )
            found.append(Change(student, roster.shown_names[student], old, group.name, reason))
    return tuple(found)


def previous_at(previous: Previous, week: int) -> Previous:
    """Return the plan that a rerun in a week starts from: the groups of the block of then.

    Groups that were changed by hand are the ones there are, whatever the week.
    """
    course = previous.course
    if course is None or not course.plan.later:
        return previous
    edited = previous.groups != course.plan.groups
    now = at_week(course, course.plan.from_week if edited else week)
    groups = previous.groups if edited else now.plan.groups
    return previous.model_copy(update={"course": now, "groups": groups, "turns": now.plan.turns})


def at_week(course: Course, week: int) -> Course:
    """Return a course as it stands in a week: blocks that are over go into its history.

    Roles of later blocks are left out: a rerun plans those anew, and their roles.
    """
    plan = course.plan
    now = plan.block_of(week)
    over = [block for block in plan.blocks if block.from_week < now.from_week]
    ahead = [block.from_week for block in plan.blocks if block.from_week > now.from_week]
    current = plan.but(
        from_week=now.from_week,
        groups=now.groups,
        later=(),
        turns=tuple(turn for turn in plan.turns if not ahead or turn.week < ahead[0]),
    )
    history = (*course.history, *(Version(from_week=b.from_week, groups=b.groups) for b in over))
    return course.model_copy(update={"plan": current, "history": history})
