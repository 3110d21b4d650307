"""What each command does; every one returns whether all `must` rules hold."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from planner.audit.plan_audit import Audit, moves
from planner.audit.plan_audit import audit as hold_against
from planner.cli import better_before as before
from planner.cli.imports import elsewhere
from planner.cli.no_plan import find_out_why
from planner.cli.speak import Speaker
from planner.cli.term import say_term
from planner.engines.common.limits import Watch
from planner.exports import Elsewhere
from planner.infeasibility.conflict import Explanation
from planner.jobs.pool import JobHandle, WorkerPool
from planner.jobs.reader import READERS
from planner.model.domain import (
    ColumnKind,
    Group,
    Plan,
    Roster,
    RuleReport,
)
from planner.model.labels import as_named, renamed
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import nearest
from planner.planning import efforts, formation
from planner.planning.proof import plan_instance, with_bounds
from planner.plans.course import Course, only_used
from planner.plans.folder import plan_files, write_folder
from planner.plans.previous import Previous, read_previous
from planner.rosters import GroupList, Reading, SourceFile, moments_seen, read_class_list, read_groups
from planner.rosters.opening import SIZE_LIMIT, check_size
from planner.rosters.reading_log import ReadingLog
from planner.rules import Rules
from planner.services.tasks import conflict_task, plan_task

T = TypeVar("T")
POLL = 0.1  # seconds between two looks at a job


def check(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Say what a class list holds, what was skipped, fixed or assumed, and whether the rules fit."""
    reading = read_list(options)
    speaker.say(summary(reading))
    speaker.columns(reading.columns)
    speaker.problems(problem for problem in reading.problems if problem.level is not Level.ERROR)
    roster = reading.require()  # errors are told at the end
    try:
        assumed = formation.check(rules, roster)
    except NoPlan as error:
        find_out_why(error, _in_the_way(rules, roster, None, speaker), roster, speaker)
        return False
    speaker.problems(assumed)
    speaker.say(message("The class list and the rules fit; no group has been formed yet."))
    return True


def plan(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Form groups and write the folder of the plan."""
    there = elsewhere(options)
    reading = read_list(options)
    roster = reading.require()
    speaker.say(summary(reading))
    speaker.problems(reading.problems)
    try:
        speaker.problems(formation.check(rules, roster))
        made = _formed(options, rules, roster, speaker)
    except NoPlan as error:
        look = _in_the_way(rules, roster, options.time_limit, speaker)
        start = find_out_why(error, look, roster, speaker)
        if not start:
            return False
        made = _formed(options, rules, roster, speaker, start)
    _handed_over(options, rules, roster, made, there, speaker)
    return True


def _in_the_way(
    rules: Rules, roster: Roster, limit: float | None, speaker: Speaker
) -> Callable[[], Explanation]:
    return lambda: run_task(speaker, conflict_task, rules, roster, limit, time_limit=limit)


def _handed_over(
    options: argparse.Namespace, rules: Rules, roster: Roster, made: Plan, there: Elsewhere, speaker: Speaker
) -> None:
    course = Course(roster=only_used(roster, rules), rules=rules, plan=made)
    better = before.better_before(options.out, course)
    if better is not None and made.outcome.cut_short:
        before.tell_stays(better, course, options.out, speaker)
        speaker.plan(better.plan)
        return
    files, remarks = plan_files(course, there=there)
    kept = {} if better is None else before.kept_aside(better)
    write_folder(options.out, files | kept)
    speaker.plan(made)
    say_term(course, speaker)
    speaker.problems(remarks)
    speaker.say(message("The plan is in {folder}.", folder=str(options.out)))
    if better is not None:
        before.tell_replaced(better, course, options.out, speaker)


def audit(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Hold a group list, wherever it comes from, against every rule."""
    reading = read_list(options)
    roster = reading.require()
    speaker.problems(reading.problems)
    formation.check_fit(rules, roster)
    listed = listed_in(options.groups, roster)
    speaker.problems(listed.problems)
    found = hold_against(rules, roster, listed.groups)
    speaker.reports(_proven(rules, roster, listed.groups, found))
    if options.previous is not None:
        earlier = listed_in(options.previous, roster)
        called = renamed(earlier.groups, listed.groups)
        for old, new in called.items():
            speaker.say(message("{old} is now called {new}; it is the same group.", old=old, new=new))
        moved = moves(as_named(earlier.groups, called), listed.groups)
        speaker.say(
            plural_message(
                "One student moved: {names}.",
                "{n} students moved: {names}.",
                len(moved),
                names=roster.names(moved),
            )
            if moved
            else message("No student moved.")
        )
    speaker.say(
        message("Every must rule holds.")
        if found.holds
        else message(
            "Not every must rule holds: {rules}.", rules=tuple(report.title for report in found.broken)
        )
    )
    return found.holds


def _proven(rules: Rules, roster: Roster, groups: Sequence[Group], found: Audit) -> tuple[RuleReport, ...]:
    """Return the reports with how good each rule could be, for groups that hold."""
    if not found.holds:
        return found.reports
    made = plan_instance(rules, roster, groups)
    thorough = efforts.closed_first("normal", len(roster.students))
    return with_bounds(rules, roster, made, found.reports, thorough=thorough, watch=Watch())


def _formed(
    options: argparse.Namespace,
    rules: Rules,
    roster: Roster,
    speaker: Speaker,
    start: tuple[Group, ...] = (),
) -> Plan:
    asked = rules, roster, options.seed, options.effort, options.time_limit, start
    return run_task(speaker, plan_task, *asked, time_limit=options.time_limit)


def run_task(
    speaker: Speaker, task: Callable[..., T], *arguments: object, time_limit: float | None = None
) -> T:
    """Run a task in a process of its own and show how it goes."""
    workers = WorkerPool(count=1)
    try:
        return watched(workers.start(task, *arguments, time_limit=time_limit), speaker)
    finally:
        workers.close()


def watched(job: JobHandle[T], speaker: Speaker) -> T:
    """Show progress until the job is done; Ctrl-C stops it with the best plan in hand."""
    with speaker.progress() as show:
        while not job.done():
            try:
                job.wait(POLL)
                show(job.progress())
            except KeyboardInterrupt:
                job.stop()
        return job.result()


def read_list(options: argparse.Namespace, before: Roster | None = None) -> Reading:
    """Read the class list and the survey that the options name.

    Columns mean what they meant in the class list of `before`, unless the options say otherwise.
    """
    kinds = {} if before is None else {column.heading: column.kind for column in before.columns}
    return READERS.read(
        read_class_list,
        source(options.class_list),
        source(options.survey) if options.survey else None,
        file=options.class_list.name,
        kinds=kinds | dict(_correction(text) for text in options.column),
        sheet=options.sheet,
        heading_row=options.heading_row,
        seen={} if before is None else moments_seen(before),
    )


def listed_in(path: Path, roster: Roster) -> GroupList:
    """Read a list of groups.

    Raises
    ------
    InputError
    """
    return READERS.read(read_groups, source(path), roster, file=path.name).require()


def previous_in(path: Path, week: int | None = None) -> Previous:
    """Read the previous plan, from its folder or a file of it, as it stands in a week."""
    return READERS.read(read_previous, path, week, file=path.name)


def source(path: Path) -> SourceFile:
    """Return a file that the options name.

    Raises
    ------
    InputError
        Where it is too large to be looked at.
    """
    size = path.stat().st_size
    if size > SIZE_LIMIT:
        check_size(size, ReadingLog(path.name))
    return SourceFile(path.name, path.read_bytes())


def _correction(text: str) -> tuple[str, ColumnKind]:
    heading, _, kind = text.rpartition("=")
    known = [one.value for one in ColumnKind]
    if not heading or kind not in known:
        near = nearest(kind, known)
        raise InputError(
            [
                Problem(
                    code="unknown-column-kind",
                    level=Level.ERROR,
                    message=message("“{text}” does not say what a column means.", text=text),
                    hint=message("Did you mean “{near}”?", near=near)
                    if near
                    else message("Write HEADING=KIND, with one of {known}.", known=known),
                )
            ]
        )
    return heading, ColumnKind(kind)


def summary(reading: Reading) -> Message:
    """Return what was read and how many students it has."""
    students = len(reading.roster.students) if reading.roster else 0
    return plural_message(
        "{source}: one student.", "{source}: {n} students.", students, source=reading.source
    )
