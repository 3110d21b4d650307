"""The command `replan`: a plan again after dropouts and late enrolments."""

from __future__ import annotations

import argparse

from planner.changes import Changes, compare
from planner.cli.commands import read_list, run_task, summary
from planner.cli.speak import Speaker
from planner.course import Course, Version, only_used
from planner.exports import Handover
from planner.folder import plan_files, write_folder
from planner.jobs import replan_task
from planner.previous import Previous, read_previous
from planner.problems import InputError, Level
from planner.reasons import changes_of
from planner.repair import Wishes, earlier_of
from planner.rules import Rules
from planner.text import say, say_many


def replan(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Place newcomers and mend what dropouts broke, with the fewest moves."""
    previous = read_previous(options.previous)
    if options.rules is None and previous.course is not None:
        rules = previous.course.rules
        speaker = Speaker(options.language or rules.language)
    reading = read_list(options)
    roster = reading.require()
    speaker.say(summary(reading))
    speaker.problems(reading.problems)
    _told_of(previous, speaker)
    changes = compare(previous, roster, rules.headings()).require()
    speaker.problems(changes.problems)
    _told(changes, previous, speaker)
    earlier = earlier_of(previous.groups, previous.turns, previous.course, changes)
    wishes = Wishes(
        from_week=options.from_week,
        extra_moves=options.extra_moves,
        closed=frozenset(options.keep_group),
        locked=frozenset(options.keep_student),
    )
    limit = options.time_limit
    made = run_task(
        speaker, replan_task, rules, roster, earlier, wishes, options.seed, limit, time_limit=limit
    )
    left = {old: previous.names.get(old, old) for old in changes.left}
    changed = changes_of(roster, earlier.groups, made, left)
    history = (*earlier.history, Version(from_week=earlier.since, groups=earlier.groups))
    unchanged = made.groups == earlier.groups
    course = Course(
        roster=only_used(roster, rules),
        rules=rules,
        plan=made,
        history=earlier.history if unchanged else history,
    )
    was = {student: group.name for group in earlier.groups for student in group.members}
    now = Handover(week=options.from_week, previous=was, changes=changed)
    files, skipped = plan_files(course, now)
    write_folder(options.out, files)
    speaker.moves(made, changed)
    speaker.plan(made)
    speaker.problems(skipped)
    speaker.say(say("The plan is in {folder}.", folder=str(options.out)))
    return True


def _told_of(previous: Previous, speaker: Speaker) -> None:
    """Say what was found in the previous plan; stop where it cannot be read."""
    errors = [problem for problem in previous.problems if problem.level is Level.ERROR]
    if errors:
        raise InputError(errors)
    speaker.problems(previous.problems)


def _told(changes: Changes, previous: Previous, speaker: Speaker) -> None:
    """Say who left and how many are new."""
    if changes.left:
        names = tuple(previous.names.get(old, old) for old in changes.left)
        speaker.say(
            say_many("One student left: {names}.", "{n} students left: {names}.", len(names), names=names)
        )
    if changes.joined:
        speaker.say(say_many("One student is new.", "{n} students are new.", len(changes.joined)))
    if not changes.left and not changes.joined:
        speaker.say(say("Nobody left and nobody is new."))
