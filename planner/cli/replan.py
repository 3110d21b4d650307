"""The command `replan`: a plan again after dropouts and late enrolments."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from planner.audit.stability import describe_later_changes
from planner.cli.commands import previous_in, read_list, run_task, summary
from planner.cli.imports import elsewhere
from planner.cli.no_plan import find_out_why
from planner.cli.replan_options import asked_of, check_wishes, tell_locked
from planner.cli.speak import Speaker
from planner.cli.term import say_term
from planner.exports import Elsewhere
from planner.model.domain import Plan, Roster
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.model.text import Message, message, plural_message
from planner.plans.folder import plan_files, write_folder
from planner.plans.previous import Previous
from planner.replanning.changes import Changes
from planner.replanning.choices import shifts_of, worth
from planner.replanning.previous_assignment import without_leavers
from planner.replanning.reasons import changes_of
from planner.replanning.renaming import describe_leavers
from planner.replanning.volunteers import Volunteer, at_a_price
from planner.reporting import describe
from planner.reporting.role_changes import role_changes
from planner.rules import Rules
from planner.services.replan import ListComparison, ReplanRequest, ReplanResult
from planner.services.tasks import curve_task, replan_task, standstill_task

T = TypeVar("T")
MOST_TOLD = 10  # people of whom it is said that they are listed otherwise than before


def replan(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Place newcomers and mend what dropouts broke, with the fewest moves."""
    there = elsewhere(options)
    previous = previous_in(options.previous, options.from_week)
    if options.rules is None and previous.course is not None:
        rules = previous.course.rules
        speaker = Speaker(options.language or rules.language)
    reading = read_list(options, None if previous.course is None else previous.course.roster)
    roster = reading.require()
    speaker.say(summary(reading))
    speaker.problems(reading.problems)
    compared = ListComparison.of(previous, rules, roster, options.from_week)
    changes = compared.changes.require()
    speaker.problems(changes.problems)
    _say_changes(changes, compared.previous, roster, speaker)
    check_wishes(options, compared.rules, compared.previous, roster)
    locked = ReplanOptions() if options.unlock else compared.locked
    if not options.unlock:
        tell_locked(locked, compared.lost_locks, roster, speaker)
    asked = compared.ask(asked_of(options, locked))
    speaker.problems(compared.require().remarks)
    lines = describe_leavers(compared.rules, roster, asked.left)
    for line in (*lines, *role_changes(asked.rules, roster, asked.earlier, options.from_week)):
        speaker.say(line)
    try:
        plan = _run(options, replan_task, asked, speaker)
    except NoPlan as error:
        binding = describe.asked(asked.options, roster.shown_names)
        look = partial(_run, options, standstill_task, asked, speaker)
        start = find_out_why(error, look, roster, speaker, binding)
        if not start:
            return False
        plan = _run(options, replan_task, asked, speaker, start)
    _handed_over(options, ReplanResult.of(asked, plan), there, speaker)
    if options.curve:
        _curve(options, asked, speaker)
    return True


def _run(
    options: argparse.Namespace, task: Callable[..., T], asked: ReplanRequest, speaker: Speaker, *more: object
) -> T:
    """Have something worked out about a rerun, in a process of its own."""
    limit = options.time_limit
    about = asked.rules, asked.roster, asked.earlier, asked.options, options.seed, limit
    return run_task(speaker, task, *about, *more, time_limit=limit)


def _handed_over(options: argparse.Namespace, made: ReplanResult, there: Elsewhere, speaker: Speaker) -> None:
    """Write the folder, and say what is in it."""
    asked, plan, names = made.asked, made.course.plan, made.asked.roster.shown_names
    earlier = asked.earlier
    files, remarks = plan_files(made.course, made.handover, there)
    write_folder(options.out, files)
    changed = made.changed
    if not options.volunteers:
        changed = changes_of(asked.roster, earlier.held, plan, asked.left, placed=made.course.placed)
    binding = describe.asked(asked.options, names)
    speaker.moves(plan, changed, binding, made.course.placed, made.overruled)
    if options.volunteers:
        _instead(made.instead, asked.roster, speaker)
    _stages(plan, speaker)
    speaker.plan(plan)
    say_term(made.course, speaker)
    _later(describe_later_changes(earlier.later, plan, asked.roster), speaker)
    speaker.problems(remarks)
    speaker.say(message("The plan is in {folder}.", folder=str(options.out)))


def _instead(instead: Mapping[str, Sequence[Volunteer]], roster: Roster, speaker: Speaker) -> None:
    """Say who could move instead at a price; who could at none is among the reasons."""
    if not instead:
        speaker.say(message("Nobody else could move instead without making something worse."))
    for mover, them in instead.items():
        line = at_a_price(mover, them, roster.shown_names)
        if line is not None:
            speaker.say(line, indent=4)


def _later(lines: Sequence[Message], speaker: Speaker) -> None:
    """Say where the blocks to come are others than were planned before."""
    if lines:
        speaker.say(
            message("What comes after these groups was planned anew, from the groups as they are now.")
        )
    for line in lines:
        speaker.say(line, indent=4)


def _stages(made: Plan, speaker: Speaker) -> None:
    """Say what was kept as small as can be, in its order."""
    if made.outcome.moves:
        speaker.say(message("Kept as small as can be, in this order:"))
        for stage in made.outcome.stages:
            line = message("{what} ({sure})", what=describe.reached(stage), sure=describe.sure(stage))
            speaker.say(line, indent=4)


def _curve(options: argparse.Namespace, asked: ReplanRequest, speaker: Speaker) -> None:
    """Say what a few moves more would bring."""
    plans = _run(options, curve_task, asked, speaker)
    staying = without_leavers(asked.rules, asked.roster, asked.earlier)
    speaker.say(message("What a few moves more would bring:"))
    for place in worth([plan.outcome.cost for plan in plans]):
        outcome = plans[place].outcome
        line = plural_message(
            "1 move · cost {cost}", "{n} moves · cost {cost}", outcome.moves or 0, cost=outcome.cost
        )
        speaker.say(_with_option(line, place), indent=4)
        shifts = shifts_of(staying, asked.roster, plans[0], plans[place])
        for line in (*shifts, *describe.in_return(plans[0].outcome, outcome)):
            speaker.say(line, indent=8)
    if len(plans) > 1 and len(worth([plan.outcome.cost for plan in plans])) == 1:
        speaker.say(message("A few moves more make the groups no better."), indent=4)


def _with_option(line: Message, extra: int) -> Message:
    """A point with the option that gives it."""
    return line if extra == 0 else message("{point} (--extra-moves {extra})", point=line, extra=extra)


def _say_changes(changes: Changes, previous: Previous, roster: Roster, speaker: Speaker) -> None:
    """Say who left and is new, where the problems have not told it yet, and who is listed otherwise."""
    if changes.left and not any(problem.code == "students-missing" for problem in changes.problems):
        names = tuple(previous.names.get(old, old) for old in changes.left)
        speaker.say(
            plural_message(
                "One student left: {names}.", "{n} students left: {names}.", len(names), names=names
            )
        )
    if changes.joined:
        speaker.say(plural_message("One student is new.", "{n} students are new.", len(changes.joined)))
    if not changes.left and not changes.joined:
        speaker.say(message("Nobody left and nobody is new."))
    otherwise = [one for one in changes.same if one.changed]
    for one in otherwise[:MOST_TOLD]:
        for changed in one.changed:
            speaker.say(message("{name}: {changed}", name=roster.shown_names[one.new_id], changed=changed))
    if len(otherwise) > MOST_TOLD:
        more = len(otherwise) - MOST_TOLD
        speaker.say(
            plural_message(
                "One more is listed otherwise than before.",
                "{n} more are listed otherwise than before.",
                more,
            )
        )
