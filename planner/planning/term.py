"""A term that stays: blocks of weeks with the same groups, and refreshes between them.

Blocks are planned one after another: each refresh starts from the groups before it, and
its first meetings stand beside a limit that no refresh of groups of these sizes exceeds,
whatever came before. Where each reaches its limit, no other term lets more people meet.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.audit.proven import kept
from planner.audit.term_audit import audit_term
from planner.engines.common.watch import Watch
from planner.model.domain import Block, Group, Plan, Roster, Turn
from planner.model.labels import alike
from planner.model.problems import Level, Problem
from planner.model.reports import Status
from planner.model.text import message
from planner.planning.efforts import Effort
from planner.planning.formation import form
from planner.planning.roles import plan_turns
from planner.planning.term_blocks import TermBlocks
from planner.plans.course import Version
from planner.plans.previous import GROUPS, LATER, Previous
from planner.plans.weeks import block_at, last_groups
from planner.rules import Rules

MANY = 100  # groups; to share roles out fairly over the blocks of fewer takes a few seconds


def plan_term(
    rules: Rules,
    roster: Roster,
    *,
    seed: int = 0,
    effort: Effort = "normal",
    watch: Watch | None = None,
    start: Sequence[Group] = (),
) -> Plan:
    """Form groups and roles for a whole term.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    seed : int, default 0
        The same seed gives the same plan.
    effort : Effort, default 'normal'
        How long is searched.
    watch : Watch, optional
        Hears how far it is, and can stop it.
    start : sequence of Group, default ()
        Groups that hold every `must` rule, to begin the search from.

    Returns
    -------
    Plan
        Audited block by block. Without a refresh it is what `planner.planning.formation.form` makes.

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
    planned: Sequence[Block] = (),
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
        Groups of earlier in the term, oldest first; with any, the first block stays as it is. Who met then
        is not met for the first time now, and who moved then stays where another can move.
    planned : sequence of Block
        What an earlier plan had for the blocks after the first one.
    watch : Watch, optional

    Returns
    -------
    Plan
    """
    watch = watch or Watch()
    starts = [first for first, _ in rules.term.blocks() if first > plan.from_week]
    if not starts:
        return plan
    term = TermBlocks(rules, roster, plan, past, watch)
    blocks = term.new_people(starts, planned) if rules.term.meet == "new" else term.light(starts)
    made = plan.but(groups=blocks[0].groups, later=tuple(blocks[1:]))
    made = made.but(turns=_turns(rules, roster, plan, made, watch, fixed=bool(past)))
    return _checked(rules, roster, made, term.past, cut_short=watch.cut_short)


def _turns(
    rules: Rules, roster: Roster, plan: Plan, made: Plan, watch: Watch, *, fixed: bool
) -> tuple[Turn, ...]:
    """Roles of every block; those of a first block that goes on after a rerun stay as they are.

    To look at earlier blocks takes a moment for each group: where there are many, and all has
    to end, turns are fair within each block only.
    """
    starts = [block.from_week for block in made.blocks]
    ends = [*(start - 1 for start in starts[1:]), rules.term.weeks]
    turns = tuple(turn for turn in plan.turns if turn.week <= ends[0]) if fixed else ()
    for number, (block, start, end) in enumerate(zip(made.blocks, starts, ends, strict=True)):
        if number or not fixed:
            in_haste = len(block.groups) > MANY and watch.stop()
            had = () if in_haste else turns
            turns += plan_turns(rules, roster, block.groups, made.seed, from_week=start, until=end, past=had)
    return turns


def _checked(
    rules: Rules, roster: Roster, plan: Plan, past: Sequence[Sequence[Group]], *, cut_short: bool
) -> Plan:
    """Return the plan with the account of its first block, once every block has been audited.

    A refresh that was cut short makes the whole run one that was.
    """
    audited = audit_term(rules, roster, plan, past)
    if not all(block.holds for block in audited):
        raise AssertionError("a block does not hold")  # an error of ours
    first = audited[0].audit
    reports = kept(rules, roster, plan.outcome.rules, first.reports)
    changes: dict[str, object] = {"rules": reports, "cost": first.cost}
    changes["cut_short"] = plan.outcome.cut_short or cut_short
    if first.cost != plan.outcome.cost:  # other groups than were formed, so that people meet
        changes |= {"status": Status.FEASIBLE, "bound": min(plan.outcome.bound, first.cost)}
    return plan.but(outcome=plan.outcome.model_copy(update=changes))


def previous_at(previous: Previous, week: int) -> Previous:
    """Return the plan that a rerun in a week starts from: the groups of the block of then.

    Groups that were changed by hand are the ones there are, whatever the week.

    Parameters
    ----------
    previous : Previous
        The plan as it was read.
    week : int
        First week of the rerun.

    Returns
    -------
    Previous
    """
    course = previous.course
    if course is None:
        return previous
    plan, problems = course.plan, previous.problems
    if week < plan.from_week:
        problems = (*problems, _sooner(plan.from_week, week))
    if not plan.later:
        return previous.model_copy(update={"problems": problems})
    edited = not alike(previous.groups, plan.groups)
    over = plan.block_of(week).from_week
    if edited and over > plan.from_week:
        problems = (*problems, _not_refreshed(over))
    now = block_at(course, plan.from_week if edited else week)
    ahead = tuple(block for block in plan.later if block.from_week > week)
    now = now.model_copy(update={"plan": now.plan.but(later=ahead)})
    groups = previous.groups if edited else now.plan.groups
    before = last_groups(now) if plan.from_week < now.plan.from_week == week else previous.week_before
    at = {
        "course": now,
        "groups": groups,
        "turns": now.plan.turns,
        "problems": problems,
        "week_before": before,
    }
    return previous.model_copy(update=at)


def _sooner(first: int, week: int) -> Problem:
    return Problem(
        code="plan-begins-later",
        level=Level.ASSUMED,
        message=message(
            "The groups of the previous plan begin in week {first}; from now on they begin in week {week}.",
            first=first,
            week=week,
        ),
        hint=message("If that is not right, start from the plan of the weeks before."),
    )


def _not_refreshed(week: int) -> Problem:
    return Problem(
        code="refresh-not-done",
        level=Level.ASSUMED,
        message=message(
            "The edited groups are those from before the refresh in week {week}; that refresh "
            "counts as cancelled.",
            week=week,
        ),
        hint=message(
            "Did it take place? Then change the groups in {file} instead.", file=f"{LATER}{week}/{GROUPS}"
        ),
    )
