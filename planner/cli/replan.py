"""The command `replan`: a plan again after dropouts and late enrolments."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from planner.cli import running
from planner.cli.imports import elsewhere
from planner.cli.inputs import list_of, summary
from planner.cli.no_plan import say_no_plan
from planner.cli.replan_options import asked_of, check_wishes, tell_locked
from planner.cli.speak import Speaker
from planner.cli.term import say_term
from planner.exports import Elsewhere
from planner.model.domain import Plan, Roster
from planner.model.replan_options import ReplanOptions
from planner.model.text import Message, message, plural_message
from planner.plans.folder import plan_files, write_folder
from planner.plans.previous import Previous
from planner.replanning.changes import Changes
from planner.replanning.choices import shifts_of, worth
from planner.replanning.previous_assignment import without_leavers
from planner.replanning.renaming import describe_leavers
from planner.replanning.volunteers import Volunteer
from planner.reporting import stages
from planner.reporting.reasons import changes_of
from planner.reporting.role_changes import role_changes
from planner.reporting.stability import describe_later_changes
from planner.reporting.volunteers import at_a_price
from planner.rules import Rules
from planner.services.compare_lists import ListComparison
from planner.services.explain import NoPlanFound
from planner.services.reading import read_previous
from planner.services.replan import ReplanRequest, ReplanResult, make_replan, replan_curve

MOST_TOLD = 10  # people of whom it is said that they are listed otherwise than before


def replan(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Place newcomers and mend what dropouts broke, with the fewest moves."""
    there = elsewhere(options)
    previous = read_previous(options.previous, options.from_week)
    if options.rules is None and previous.course is not None:
        rules = previous.course.rules
        speaker = Speaker(options.language or rules.language)
    reading = list_of(options, previous)
    roster = reading.require()
    speaker.say(summary(reading))
    speaker.problems(reading.problems)
    compared = ListComparison.of(previous, rules, roster, options.from_week)
    request = _request(options, compared, speaker)
    try:
        attempt = make_replan(request, running.runner(speaker))
    except NoPlanFound as error:
        say_no_plan(error, roster, speaker, request.asked)
        return False
    if attempt.explanation is not None:
        speaker.say(attempt.explanation.headline())
    _handed_over(options, attempt.made, there, speaker)
    if options.curve:
        _curve(request, speaker)
    return True


def _request(options: argparse.Namespace, compared: ListComparison, speaker: Speaker) -> ReplanRequest:
    """Return what is asked, and say what the lists and the rules come to beforehand."""
    roster = compared.roster
    changes = compared.changes.require()
    speaker.problems(changes.problems)
    _say_changes(changes, compared.previous, roster, speaker)
    check_wishes(options, compared.previous, roster)
    locked = ReplanOptions() if options.unlock else compared.locked
    if not options.unlock:
        tell_locked(locked, compared.lost_locks, roster, speaker)
    request = compared.ask(asked_of(options, locked), seed=options.seed, time_limit=options.time_limit)
    speaker.problems(compared.require().remarks)
    lines = describe_leavers(compared.rules, roster, request.left)
    for line in (*lines, *role_changes(request.rules, roster, request.earlier, options.from_week)):
        speaker.say(line)
    return request


def _handed_over(options: argparse.Namespace, made: ReplanResult, there: Elsewhere, speaker: Speaker) -> None:
    """Write the folder, and say what is in it."""
    request, plan = made.request, made.course.plan
    earlier = request.earlier
    files, remarks = plan_files(made.course, made.handover, there)
    write_folder(options.out, files)
    changed = made.changed
    if not options.volunteers:
        placed, ruled = made.course.placed, request.ruled(plan)
        changed = changes_of(request.roster, earlier.held, plan, request.left, placed=placed, ruled=ruled)
    speaker.moves(plan, changed, request.asked, made.course.placed, made.overruled)
    if options.volunteers:
        _instead(made.instead, request.roster, speaker)
    _stages(plan, speaker)
    speaker.plan(made.course)
    say_term(made.course, speaker)
    _later(describe_later_changes(earlier.later, plan, request.roster), speaker)
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
            message("What comes after these groups was replanned, starting from the groups as they are now.")
        )
    for line in lines:
        speaker.say(line, indent=4)


def _stages(made: Plan, speaker: Speaker) -> None:
    """Say what was kept as small as can be, in its order."""
    if made.outcome.moves:
        speaker.say(message("Kept to a minimum, in this order:"))
        for stage in made.outcome.stages:
            line = message("{what} ({sure})", what=stages.reached(stage), sure=stages.sure(stage))
            speaker.say(line, indent=4)


def _curve(request: ReplanRequest, speaker: Speaker) -> None:
    """Say what a few moves more would bring."""
    plans = running.runner(speaker)(replan_curve, request)
    staying = without_leavers(request.rules, request.roster, request.earlier)
    speaker.say(message("What a few extra moves would bring:"))
    for place in worth([plan.outcome.cost for plan in plans]):
        outcome = plans[place].outcome
        line = plural_message(
            "1 move · penalty {cost}", "{n} moves · penalty {cost}", outcome.moves or 0, cost=outcome.cost
        )
        speaker.say(_with_option(line, place), indent=4)
        shifts = shifts_of(staying, request.roster, plans[0], plans[place])
        for line in (*shifts, *stages.in_return(plans[0].outcome, outcome)):
            speaker.say(line, indent=8)
    if len(plans) > 1 and len(worth([plan.outcome.cost for plan in plans])) == 1:
        none = plural_message(
            "With one extra move no better plan was found.",
            "With up to {n} extra moves no better plan was found.",
            len(plans) - 1,
        )
        speaker.say(none, indent=4)


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
                "The details of one more student have changed.",
                "The details of {n} more students have changed.",
                more,
            )
        )
