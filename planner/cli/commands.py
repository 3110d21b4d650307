"""What each command does; every one returns whether all `must` rules hold."""

from __future__ import annotations

import argparse
import json

from planner.cli import better_before, running
from planner.cli.imports import elsewhere
from planner.cli.inputs import list_of, summary
from planner.cli.no_plan import say_no_plan
from planner.cli.speak import Speaker
from planner.cli.term import say_term
from planner.cli.terminal import put
from planner.exports import Elsewhere
from planner.model.domain import Roster
from planner.model.problems import Level
from planner.model.text import message, plural_message
from planner.plans.course import Course
from planner.plans.folder import plan_files, write_folder
from planner.reporting.demand import demand_lines
from planner.rules import Rules
from planner.services.audit import AuditRequest, AuditResult
from planner.services.audit import audit as hold_against
from planner.services.check import check_list
from planner.services.explain import NoPlanFound
from planner.services.plan import PlanRequest, check_fit, explain_plan, make_plan
from planner.services.reading import groups_source, read_groups


def check(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Say what a class list holds, what was skipped, fixed or assumed, and whether the rules fit."""
    reading = list_of(options)
    found = check_list(reading, rules)
    if options.json:
        put(json.dumps(found.as_dict(speaker.language), ensure_ascii=False, indent=2))
        found.require()
        return found.fits
    speaker.say(summary(reading))
    speaker.columns(reading.columns)
    speaker.problems(problem for problem in reading.problems if problem.level is not Level.ERROR)
    roster = reading.require()  # errors are told at the end
    found.require()
    if found.no_plan is not None:
        request = PlanRequest(rules, roster)
        why = running.runner(speaker)(explain_plan, request)
        say_no_plan(NoPlanFound(found.no_plan, why, request), roster, speaker)
        return False
    speaker.problems(found.of_rules)
    for line in demand_lines(rules, roster):
        speaker.say(line)
    speaker.say(message("The class list and the rules work together; no groups have been made yet."))
    return True


def plan(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Form groups and write the folder of the plan."""
    there = elsewhere(options)
    reading = list_of(options)
    roster = reading.require()
    speaker.say(summary(reading))
    speaker.problems(reading.problems)
    request = PlanRequest(rules, roster, options.seed, options.effort, options.time_limit)
    try:
        attempt = make_plan(request, running.runner(speaker), assumed=speaker.problems)
    except NoPlanFound as error:
        say_no_plan(error, roster, speaker)
        return False
    if attempt.explanation is not None:
        speaker.say(attempt.explanation.headline())
    _handed_over(options, request.course(attempt.made), there, speaker)
    return True


def _handed_over(options: argparse.Namespace, course: Course, there: Elsewhere, speaker: Speaker) -> None:
    made = course.plan
    better = better_before.better_before(options.out, course)
    if better is not None and made.outcome.cut_short:
        better_before.tell_stays(better, course, options.out, speaker)
        speaker.plan(better)
        return
    files, remarks = plan_files(course, there=there)
    kept = {} if better is None else better_before.kept_aside(better)
    write_folder(options.out, files | kept)
    speaker.plan(course)
    say_term(course, speaker)
    speaker.problems(remarks)
    speaker.say(message("The plan is in {folder}.", folder=str(options.out)))
    if better is not None:
        better_before.tell_replaced(better, course, options.out, speaker)


def audit(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Hold a group list, wherever it comes from, against every rule."""
    reading = list_of(options)
    roster = reading.require()
    check_fit(rules, roster)
    listed = read_groups(groups_source(options.groups), roster, beside=rules.beside_members)
    before = None if options.previous is None else read_groups(groups_source(options.previous), roster).groups
    speaker.problems((*reading.problems, *listed.problems))
    result = running.runner(speaker)(hold_against, AuditRequest(rules, roster, listed.groups, before))
    speaker.reports(result.reports, listed.groups)
    if result.moved is not None:
        _say_moved(result, result.moved, roster, speaker)
    found = result.found
    speaker.say(
        message("Every required rule is met.")
        if found.holds
        else message(
            "Not every required rule is met: {rules}.", rules=tuple(report.title for report in found.broken)
        )
    )
    return found.holds


def _say_moved(result: AuditResult, moved: tuple[str, ...], roster: Roster, speaker: Speaker) -> None:
    for old, new in result.renamed.items():
        speaker.say(message("{old} is now called {new}; it is the same group.", old=old, new=new))
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
