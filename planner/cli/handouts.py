"""The commands `cards`, `sheet`, `list`, `mail`, `pulse` and `goals`: what travels with the groups."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from planner.cli.goals import goals
from planner.cli.plan_folder import CHANGES, course_of, left, of_plan, suffix_of
from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.files.private_files import write_files
from planner.handouts.content import Content, content, own_file
from planner.handouts.group_list import list_html, list_of_groups, list_text
from planner.handouts.html import cards_html, sheet_html
from planner.handouts.labels import over
from planner.handouts.mail import mail_csv, mail_text
from planner.handouts.model import cards_of
from planner.handouts.paper import (
    PAPERS,
    Paper,
    cards_pdf,
    sheet_pdf,
)
from planner.handouts.pulse import Pulse, question_list
from planner.handouts.pulse_reading import read_pulse
from planner.handouts.sheet import EACH_WEEK, sheet_of
from planner.handouts.typeset import Printed
from planner.handouts.weeks import (
    all_labels,
    first_week,
    groups_in,
    last_week,
)
from planner.jobs.reader import READERS
from planner.model.problems import InputError, Level, Problem
from planner.model.text import (
    Language,
    message,
    plural_message,
)
from planner.model.wording import did_you_mean
from planner.plans.course import Course
from planner.reporting.course_changes import changes_in
from planner.rules import Rules
from planner.services.reading import source


def register(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    inputs: Callable[[argparse.ArgumentParser], None],
    whole: Callable[[str], int],
) -> None:
    """Add the commands; `inputs` adds the options of a class list, `whole` reads a number.

    Parameters
    ----------
    actions : argparse subparsers
        Takes the commands.
    inputs : callable
        Adds the options of a class list to a parser.
    whole : callable
        Reads a whole number.
    """
    one = actions.add_parser("cards", help="a starter card for every group")
    _written(one)
    one.add_argument("--paper", choices=PAPERS, default="a5")
    one.add_argument("--week", type=whole, default=None, metavar="W", help="first week on the card")
    one.add_argument("--group", action="append", default=[], metavar="NAME", help="only this group")
    one.set_defaults(run=cards)

    one = actions.add_parser("sheet", help="the teacher's sheet of a week")
    _written(one)
    one.add_argument("--week", type=whole, required=True, metavar="W")
    one.add_argument(
        "--visits", type=whole, default=EACH_WEEK, metavar="N", help="groups to sit with in a week"
    )
    one.add_argument("--pulse", type=Path, default=None, metavar="FILE", help="export of the pulse form")
    one.set_defaults(run=sheet)

    one = actions.add_parser("list", help="all groups on one page, to print or to paste")
    _written(one)
    one.add_argument("--week", type=whole, default=None, metavar="W", help="week of the groups")
    one.add_argument("--title", default="", metavar="TEXT", help="on top, such as the name of the course")
    one.set_defaults(run=group_list)

    one = actions.add_parser("mail", help="a table and a text for a mail to everyone")
    _written(one)
    one.add_argument("--week", type=whole, default=None, metavar="W", help="week that the mail is about")
    one.add_argument("--changed", action="store_true", help="only groups that are other than before")
    one.set_defaults(run=mail)

    one = actions.add_parser("pulse", help="the questions of the pulse, or how the groups are doing")
    of_plan(one)
    one.add_argument("answers", type=Path, nargs="?", default=None, metavar="FILE")
    one.add_argument("--week", type=whole, default=None, metavar="W", help="where the form asks for none")
    one.set_defaults(run=pulse)

    one = actions.add_parser("goals", help="link what students want to learn to the goals of the course")
    inputs(one)
    one.set_defaults(run=goals)


def _written(parser: argparse.ArgumentParser) -> None:
    of_plan(parser)
    parser.add_argument("--out", type=Path, default=None, metavar="FILE", help="default: in the folder")


def cards(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Write a card for every group, as PDF or as a page."""
    course, folder = course_of(options.plan)
    texts = _texts(speaker.language, folder)
    _check_groups(course, options.week, options.group)
    made = cards_of(course, texts, speaker.language, options.week, options.group or None)
    out = options.out or folder / "cards.pdf"
    if suffix_of(out, ".pdf", ".html") == ".html":
        written = cards_html(made, texts, speaker.language)
    else:
        written = _printed(cards_pdf(made, texts, speaker.language, cast(Paper, options.paper)), speaker)
    write_files(out.parent, {out.name: written})
    speaker.say(
        plural_message("One card is in {file}.", "{n} cards are in {file}.", len(made), file=str(out))
    )
    return True


def sheet(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Write the teacher's sheet of a week, as PDF or as a page."""
    course, folder = course_of(options.plan)
    texts = _texts(speaker.language, folder)
    found = None
    if options.pulse is not None:
        found = _heard(options.pulse, course, options.week, texts)
    made = sheet_of(
        course,
        options.week,
        texts,
        speaker.language,
        each_week=max(1, options.visits),
        changes=changes_in(course, READERS.read(left, folder, file=CHANGES)),
        pulse=found,
    )
    out = options.out or folder / f"sheet-week-{options.week}.pdf"
    speaker.problems(() if found is None else found.problems)
    if suffix_of(out, ".pdf", ".html") == ".html":
        written = sheet_html(made, texts, speaker.language)
    else:
        written = _printed(sheet_pdf(made, texts, speaker.language), speaker)
    write_files(out.parent, {out.name: written})
    speaker.say(message("The sheet of week {week} is in {file}.", week=options.week, file=str(out)))
    return True


def group_list(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Write all groups on one page, or as a text."""
    course, folder = course_of(options.plan)
    listed = list_of_groups(course, date.today(), speaker.language, options.title, options.week)
    out = options.out or folder / "all-groups.html"
    as_page = suffix_of(out, ".html", ".txt") == ".html"
    write_files(out.parent, {out.name: list_html(listed) if as_page else list_text(listed).encode()})
    speaker.say(message("All groups are in {file}.", file=str(out)))
    return True


def mail(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Write a table for a mail merge, and the text of the mail beside it."""
    course, folder = course_of(options.plan)
    out = options.out or folder / "mail.csv"
    suffix_of(out, ".csv")
    text = out.with_suffix(".txt")
    written = mail_csv(course, speaker.language, options.week, only_changed=options.changed)
    told = mail_text(_texts(speaker.language, folder), course, options.week)
    write_files(out.parent, {out.name: written, text.name: told})
    speaker.say(
        message("The table for the mail is in {table}, its text in {text}.", table=str(out), text=str(text))
    )
    return True


def pulse(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Say the questions to copy into a form, or how the groups are by its answers."""
    course, folder = course_of(options.plan)
    groups = all_labels(course)
    texts = _texts(speaker.language, folder)
    if options.answers is None:
        put(question_list(texts, groups, last_week(course)), end="")
        return True
    found = _heard(options.answers, course, options.week, texts)
    speaker.problems(found.problems)
    for line in found.lines:
        last = last_week(course)
        speaker.say(message("{group}: {finding}", group=line.group, finding=line.describe(last)))
    return True


def _check_groups(course: Course, week: int | None, wanted: Sequence[str]) -> None:
    """Refuse groups that do not exist."""
    known = [group.name for group in groups_in(course, week or first_week(course))]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise InputError([_no_group(name, known) for name in unknown])


def _no_group(name: str, known: Sequence[str]) -> Problem:
    return Problem(
        code="unknown-group",
        level=Level.ERROR,
        message=message("This plan has no group called “{name}”.", name=name),
        hint=did_you_mean(name, known, message("Possible: {known}.", known=known)),
    )


def _printed(made: Printed, speaker: Speaker) -> bytes:
    """Return a PDF, and say where a letter could not be shown."""
    if not made.whole:
        speaker.say(
            message(
                "No font on this computer has all letters in these names, so the PDF shows a box for "
                "some of them. In an .html file every name is complete."
            )
        )
    if made.over:
        speaker.say(over(made.over))
    return made.content


def _texts(language: Language, folder: Path) -> Content:
    """Return the texts of a language; those in the folder of the plan win."""
    return READERS.read(content, language, folder, file=own_file(language))


def _heard(path: Path, course: Course, week: int | None, texts: Content) -> Pulse:
    return READERS.read(read_pulse, source(path), all_labels(course), week, [texts], file=path.name)
