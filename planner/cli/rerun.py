"""The command `replan`: a plan again after dropouts and late enrolments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from planner.changes import Changes, compare
from planner.cli.commands import read_list, run_task, summary
from planner.cli.speak import Speaker
from planner.cli.term import say_term
from planner.domain import Roster
from planner.exports import Handover
from planner.folder import plan_files, write_folder
from planner.jobs import replan_task
from planner.previous import Previous, read_previous
from planner.problems import InputError, Level, Problem
from planner.reasons import changes_of
from planner.repair import Wishes, earlier_of, next_course
from planner.rules import Rules
from planner.rules.base import nearest
from planner.term import previous_at
from planner.text import say, say_many


def replan(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Place newcomers and mend what dropouts broke, with the fewest moves."""
    previous = previous_at(read_previous(options.previous), options.from_week)
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
    _check_wishes(options, rules, previous, roster)
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
    now = Handover(week=options.from_week, previous=earlier.group_of, changes=changed)
    course = next_course(rules, roster, earlier, made)
    files, skipped = plan_files(course, now)
    write_folder(options.out, files)
    speaker.moves(made, changed)
    speaker.plan(made)
    say_term(course, speaker)
    speaker.problems(skipped)
    speaker.say(say("The plan is in {folder}.", folder=str(options.out)))
    return True


def _check_wishes(options: argparse.Namespace, rules: Rules, previous: Previous, roster: Roster) -> None:
    """Refuse a group, a student or a week that does not exist."""
    labels = [group.name for group in previous.groups]
    problems = [_unknown(name, labels) for name in options.keep_group if name not in labels]
    problems += [
        _unknown(student, list(roster.by_id))
        for student in options.keep_student
        if student not in roster.by_id
    ]
    if options.from_week > rules.term.weeks:
        problems.append(
            Problem(
                code="week-outside-term",
                level=Level.ERROR,
                message=say(
                    "The term has {weeks} weeks; there is no week {week}.",
                    weeks=rules.term.weeks,
                    week=options.from_week,
                ),
                way_out=say("Choose a week of the term, or make the term longer in the rules file."),
            )
        )
    if problems:
        raise InputError(problems)


def _unknown(name: str, known: Sequence[str]) -> Problem:
    near = nearest(name, known)
    return Problem(
        code="unknown-wish-to-keep",
        level=Level.ERROR,
        message=say(
            "“{name}” is neither a group of the previous plan nor a student of the class list.", name=name
        ),
        way_out=say("Did you mean “{near}”?", near=near)
        if near
        else say("Write the name as it stands in groups.csv."),
    )


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
