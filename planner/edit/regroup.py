"""Who is where in each block after an edit, and what becomes of roles and later blocks."""

from __future__ import annotations

from bisect import insort_right
from collections.abc import Mapping, Sequence
from functools import partial

from planner.audit.term_audit import block_weeks
from planner.edit.newcomer import joined
from planner.edit.values import Close, Join, Move, Open, Swap
from planner.model.domain import Block, Group, Turn, group_of
from planner.planning.formation import named_group
from planner.planning.replan_roles import replan_turns
from planner.plans.course import Course
from planner.plans.weeks import versions_of

Groups = tuple[Group, ...]


def weeks_to_edit(course: Course) -> tuple[int, ...]:
    """Return the weeks from which an edit can hold: all of the first block, the first of each later one.

    A week in the middle of a later block would make a refresh of its own.
    """
    (first, last), *later = block_weeks(course.plan, course.rules.term.weeks)
    return (*range(first, last + 1), *(week for week, _ in later))


def begun(course: Course, week: int) -> Course:
    """Return the course with the weeks of the first block before `week` in its history.

    Parameters
    ----------
    course : Course
    week : int
        The first one that stays in the plan.

    Returns
    -------
    Course
    """
    plan = course.plan
    (first, last), *_ = block_weeks(plan, course.rules.term.weeks)
    if not first < week <= last:
        return course
    then = plan.but(from_week=week)
    return course.model_copy(update={"plan": then, "history": versions_of(course), "placed": {}})


def edited_blocks(course: Course, edit: Move | Swap | Join | Open | Close, week: int) -> tuple[Block, ...]:
    """Return the blocks of a plan after an edit that holds from `week` on, the first week of a block.

    In later blocks who was moved goes along for as long as the plan had them stay; who were
    swapped trade places there as well, so that everybody keeps as many familiar faces. Who is new
    stays in the group of that name as long as there is one in which every `must` rule holds, and else
    comes where they fit best.

    Parameters
    ----------
    course : Course
    edit : Move or Swap or Join or Open or Close
    week : int

    Returns
    -------
    tuple of Block
    """
    blocks = list(course.plan.blocks)
    number = next(n for n, block in enumerate(blocks) if block.from_week == week)
    home = group_of(blocks[number].groups)
    for n in range(number, len(blocks)):
        groups = blocks[n].groups
        if isinstance(edit, Open):
            groups = (*groups, Group(name=edit.name, members=()))
        elif isinstance(edit, Close):
            groups = tuple(group for group in groups if group.name != edit.group or group.members)
        elif isinstance(edit, Join):
            to = {edit.student.id: edit.group if n == number else joined(course, edit, groups)}
            groups = placed(course, groups, to)
        else:
            to = _places(edit, group_of(groups), home)
            if not to or not set(to.values()) <= {group.name for group in groups}:
                break
            groups = placed(course, groups, to)
        blocks[n] = blocks[n].model_copy(update={"groups": groups})
    # What a refresh came to was worked out for the groups of before.
    return tuple(
        block.model_copy(update={"stages": ()}) if n >= max(number, 1) else block
        for n, block in enumerate(blocks)
    )


def _places(edit: Move | Swap, now: Mapping[str, str], home: Mapping[str, str]) -> dict[str, str]:
    if isinstance(edit, Swap):
        return {edit.first: now[edit.second], edit.second: now[edit.first]}
    stays = now.get(edit.student) == home[edit.student]
    return {edit.student: edit.group} if stays else {}


def placed(course: Course, groups: Groups, to: Mapping[str, str]) -> Groups:
    """Return groups with some students in other places; those that nobody leaves or joins are the same.

    Parameters
    ----------
    course : Course
    groups : Groups
    to : mapping of str to str
        New label by id.

    Returns
    -------
    Groups
    """
    home = group_of(groups)
    came: dict[str, list[str]] = {}
    for student, name in to.items():
        if home.get(student) != name:
            came.setdefault(name, []).append(student)
    left = {home[student] for student, name in to.items() if home.get(student, name) != name}
    return tuple(
        _with(course, group, came.get(group.name, []), to)
        if group.name in left or group.name in came
        else group
        for group in groups
    )


def _with(course: Course, group: Group, came: Sequence[str], to: Mapping[str, str]) -> Group:
    kept = [student for student in group.members if to.get(student, group.name) == group.name]
    places = [course.roster.position[student] for student in (*kept, *came)]
    return group.only(named_group(course.rules, course.roster, group.name, places).members)


def _order(place: Mapping[str, int], turn: Turn) -> tuple[int, bool, int]:
    return turn.week, turn.minds, place.get(turn.group, len(place))


def edited_turns(course: Course, blocks: Sequence[Block]) -> tuple[Turn, ...]:
    """Return the roles of the whole term where some groups have other members.

    Weeks that are past stay as they were. In a group that changed, who stays keeps their
    turns and only what became vacant changes hands.

    Parameters
    ----------
    course : Course
    blocks : sequence of Block
        After the edit.

    Returns
    -------
    tuple of Turn
    """
    turns = list(course.plan.turns)
    weeks = block_weeks(course.plan, course.rules.term.weeks)
    for was, block, (first, last) in zip(course.plan.blocks, blocks, weeks, strict=True):
        old = {group.name: group.members for group in was.groups}
        changed = [g for g in block.groups if g.members and set(g.members) != set(old.get(g.name, ()))]
        emptied = {name for name, members in old.items() if members} - {
            group.name for group in block.groups if group.members
        }
        touched = emptied | {group.name for group in changed}
        if not touched:
            continue
        made = replan_turns(
            course.rules,
            course.roster,
            changed,
            was.groups,
            [turn for turn in turns if turn.week <= last],
            first,
            course.plan.seed,
            until=last,
            at_once=True,
        )
        here = [t for t in turns if first <= t.week <= last and t.group not in touched]
        place = {group.name: number for number, group in enumerate(block.groups)}
        order = partial(_order, place)
        for turn in (t for t in made if t.week >= first):
            insort_right(here, turn, key=order)  # a few, among thousands that are in order
        turns = [*(t for t in turns if t.week < first), *here, *(t for t in turns if t.week > last)]
    return tuple(turns)
