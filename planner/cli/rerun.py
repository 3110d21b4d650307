"""The command `replan`: a plan again after dropouts and late enrolments."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from planner import told
from planner.changes import Changes, compare, left_of
from planner.choices import shifts_of, worth
from planner.cli.asked import asked_of, check_wishes, locked_before, lost_locks, tell_locked
from planner.cli.commands import read_list, run_task, summary
from planner.cli.explained import say_why
from planner.cli.speak import Speaker
from planner.cli.term import say_term
from planner.domain import Plan, Roster
from planner.exports import Handover
from planner.folder import plan_files, write_folder
from planner.formation import NoPlan
from planner.previous import Previous, read_previous
from planner.reasons import changes_of
from planner.renaming import told_leavers, with_new_ids
from planner.repair import Earlier, earlier_of, next_course, without_leavers
from planner.rules import Rules
from planner.stability import told_later
from planner.tasks import curve_task, replan_task, standstill_task
from planner.term import previous_at
from planner.text import Message, say, say_many
from planner.volunteers import Volunteer, at_a_price, volunteers
from planner.wishes import Wishes

MOST_TOLD = 10  # people of whom it is said that they are listed otherwise than before


def replan(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Place newcomers and mend what dropouts broke, with the fewest moves."""
    previous = previous_at(read_previous(options.previous, options.from_week), options.from_week)
    if options.rules is None and previous.course is not None:
        rules = previous.course.rules
        speaker = Speaker(options.language or rules.language)
    reading = read_list(options)
    roster = reading.require()
    speaker.say(summary(reading))
    speaker.problems(reading.problems)
    changes = compare(previous, roster, rules.headings()).require()
    speaker.problems(changes.problems)
    _told(changes, previous, roster, speaker)
    rules = with_new_ids(rules, changes)
    check_wishes(options, rules, previous, roster)
    earlier = earlier_of(previous.groups, previous.turns, previous.course, changes)
    left = left_of(previous, changes)
    for line in told_leavers(rules, roster, left):
        speaker.say(line)
    locked = Wishes() if options.unlock else locked_before(previous, changes)
    if not options.unlock:
        tell_locked(locked, lost_locks(previous, changes), roster, speaker)
    asked = asked_of(options, locked)
    binding = told.asked(asked, roster.shown_names)
    try:
        made = _made(options, rules, roster, earlier, asked, speaker)
    except NoPlan as error:
        limit = options.time_limit
        say_why(
            error,
            lambda: run_task(
                speaker,
                standstill_task,
                rules,
                roster,
                earlier,
                asked,
                options.seed,
                limit,
                time_limit=limit,
            ),
            roster,
            speaker,
            binding,
        )
        return False
    _handed_over(options, rules, roster, earlier, asked, locked, made, left, speaker)
    if options.curve:
        _curve(options, rules, roster, earlier, asked, speaker)
    return True


def _made(
    options: argparse.Namespace,
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    asked: Wishes,
    speaker: Speaker,
) -> Plan:
    limit = options.time_limit
    return run_task(
        speaker, replan_task, rules, roster, earlier, asked, options.seed, limit, time_limit=limit
    )


def _handed_over(
    options: argparse.Namespace,
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    asked: Wishes,
    locked: Wishes,
    made: Plan,
    left: Mapping[str, str],
    speaker: Speaker,
) -> None:
    """Write the folder, and say what is in it."""
    instead = volunteers(rules, roster, earlier, asked, made)
    changed = changes_of(roster, earlier.told, made, left, instead, earlier.by_hand)
    now = Handover(week=options.from_week, previous=earlier.told_to, changes=changed)
    course = next_course(rules, roster, earlier, made, locked=locked)
    files, skipped = plan_files(course, now)
    write_folder(options.out, files)
    if not options.volunteers:
        changed = changes_of(roster, earlier.told, made, left, by_hand=earlier.by_hand)
    speaker.moves(made, changed, told.asked(asked, roster.shown_names), earlier.placed_by_hand)
    if options.volunteers:
        _instead(instead, roster, speaker)
    _stages(made, speaker)
    speaker.plan(made)
    say_term(course, speaker)
    _later(told_later(earlier.later, made, roster), speaker)
    speaker.problems(skipped)
    speaker.say(say("The plan is in {folder}.", folder=str(options.out)))


def _instead(instead: Mapping[str, Sequence[Volunteer]], roster: Roster, speaker: Speaker) -> None:
    """Say who could move instead at a price; who could at none is among the reasons."""
    if not instead:
        speaker.say(say("Nobody else could move instead without making something worse."))
    for mover, them in instead.items():
        line = at_a_price(mover, them, roster.shown_names)
        if line is not None:
            speaker.say(line, indent=4)


def _later(lines: Sequence[Message], speaker: Speaker) -> None:
    """Say where the blocks to come are others than were planned before."""
    if lines:
        speaker.say(say("What comes after these groups was planned anew, from the groups as they are now."))
    for line in lines:
        speaker.say(line, indent=4)


def _stages(made: Plan, speaker: Speaker) -> None:
    """Say what was kept as small as can be, in its order."""
    if made.outcome.moves:
        speaker.say(say("Kept as small as can be, in this order:"))
        for stage in made.outcome.stages:
            line = say("{what} ({sure})", what=told.reached(stage), sure=told.sure(stage))
            speaker.say(line, indent=4)


def _curve(
    options: argparse.Namespace,
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    asked: Wishes,
    speaker: Speaker,
) -> None:
    """Say what a few moves more would bring."""
    limit = options.time_limit
    plans = run_task(
        speaker, curve_task, rules, roster, earlier, asked, options.seed, limit, time_limit=limit
    )
    staying = without_leavers(rules, roster, earlier)
    speaker.say(say("What a few moves more would bring:"))
    for place in worth([plan.outcome.cost for plan in plans]):
        outcome = plans[place].outcome
        line = say_many(
            "1 move · cost {cost}", "{n} moves · cost {cost}", outcome.moves or 0, cost=outcome.cost
        )
        speaker.say(_with_option(line, place), indent=4)
        for shift in shifts_of(staying, roster, plans[0], plans[place]):
            speaker.say(shift, indent=8)
    if len(plans) > 1 and len(worth([plan.outcome.cost for plan in plans])) == 1:
        speaker.say(say("A few moves more make the groups no better."), indent=4)


def _with_option(line: Message, extra: int) -> Message:
    """A point with the option that gives it."""
    return line if extra == 0 else say("{point} (--extra-moves {extra})", point=line, extra=extra)


def _told(changes: Changes, previous: Previous, roster: Roster, speaker: Speaker) -> None:
    """Say who left and is new, where the problems have not told it yet, and who is listed otherwise."""
    if changes.left and not any(problem.code == "students-missing" for problem in changes.problems):
        names = tuple(previous.names.get(old, old) for old in changes.left)
        speaker.say(
            say_many("One student left: {names}.", "{n} students left: {names}.", len(names), names=names)
        )
    if changes.joined:
        speaker.say(say_many("One student is new.", "{n} students are new.", len(changes.joined)))
    if not changes.left and not changes.joined:
        speaker.say(say("Nobody left and nobody is new."))
    otherwise = [one for one in changes.same if one.changed]
    for one in otherwise[:MOST_TOLD]:
        for changed in one.changed:
            speaker.say(say("{name}: {changed}", name=roster.shown_names[one.new_id], changed=changed))
    if len(otherwise) > MOST_TOLD:
        more = len(otherwise) - MOST_TOLD
        speaker.say(
            say_many(
                "One more is listed otherwise than before.",
                "{n} more are listed otherwise than before.",
                more,
            )
        )
