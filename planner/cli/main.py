"""Arguments, exit statuses, and the language in which all of it is said."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from planner import __version__
from planner.cli import (
    app,
    ask,
    away,
    commands,
    compare,
    forecast,
    imports,
    system,
    why,
)
from planner.cli import (
    handouts as cards,
)
from planner.cli import (
    replan as rerun,
)
from planner.cli import (
    replan_options as asked,
)
from planner.cli.parsing import (
    WHOLE,
    Misused,
    NotRead,
    Parser,
    as_float,
    language_asked,
    usage,
    whole_number,
)
from planner.cli.plan_folder import language_of_plan
from planner.cli.speak import Speaker
from planner.cli.terminal import settle
from planner.files import safe_toml as toml
from planner.files.bounded import read_at_most
from planner.jobs.job import JobLost
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.text import LANGUAGES, Language, message
from planner.planning.efforts import EFFORTS
from planner.rosters import SourceFile
from planner.rules import Rules, language_of, placed
from planner.services.reading import read_rules

DONE, NO_PLAN, UNREADABLE = 0, 1, 2
INTERRUPTED = 130  # as shells count a program that Ctrl-C ended
LARGEST = 2**31 - 1  # number that an option takes

STOPPED = message("Stopped early; nothing more was written.")
LOST = message("The calculation stopped before there was a plan. Nothing was changed; please try again.")
TOO_MUCH = message(
    "This took more memory than there is; nothing was changed. Ask for less: fewer rules, or a quick search."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns
    -------
    int
        0: done, every `must` rule holds. 1: no plan can hold every `must` rule, or
        the audit found one broken. 2: the input cannot be read. 130: stopped by Ctrl-C before there
        was anything to show.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(_parsed(sys.argv[1:] if arguments is None else list(arguments)))
    except KeyboardInterrupt:
        Speaker(language_asked(sys.argv[1:] if arguments is None else list(arguments))).error(STOPPED)
        return INTERRUPTED
    finally:
        settle()


def _run(options: argparse.Namespace) -> int:
    """Do what was asked, and return the exit status."""
    before = _language_of_plan(options)
    speaker = Speaker(options.language or before or "nl")
    written, rules = b"", Rules()
    try:
        written = _written(options.rules) if options.rules else b""
        own = language_of(written)
        first, second = (own, before) if options.run is rerun.replan else (before, own)
        speaker = Speaker(options.language or first or second or "nl")
        rules = Rules(language=speaker.language)
        if options.rules:
            rules = read_rules(SourceFile(options.rules.name, written))
        if own is None and before is not None and options.run is rerun.replan:
            rules = rules.model_copy(update={"language": before})  # a course goes on in its language
        return DONE if options.run(options, rules, speaker) else NO_PLAN
    except InputError as error:
        problems = placed(error.problems, rules, written, options.rules.name) if written else error.problems
        speaker.problems(problems, to_stderr=True)
        return UNREADABLE
    except NoPlan as error:
        speaker.no_plan(error)
        return NO_PLAN
    except JobLost as error:
        speaker.error(TOO_MUCH if error.loss == "too-much" else LOST)
        return NO_PLAN
    except OSError as error:
        speaker.error(system.told(error))
        return UNREADABLE


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    """Return the options; where they cannot be read, say why, and end."""
    try:
        return parse(words)
    except Misused as error:
        speaker = Speaker(language_asked(words))
        speaker.error(usage(error))
        speaker.error(error.message)
        raise SystemExit(UNREADABLE) from error


def _language_of_plan(options: argparse.Namespace) -> Language | None:
    """Return the language of the plan that a command reads."""
    places = [getattr(options, name, None) for name in ("plan", "groups", "previous")]
    plan = next((place for place in places if isinstance(place, Path)), None)
    return None if plan is None else language_of_plan(plan)


def _written(path: Path) -> bytes:
    """Return a rules file, or as much of it as shows that it is too large."""
    return read_at_most(path, toml.LARGEST)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked; only the app has options that are not ours."""
    parser = _parser()
    options, others = parser.parse_known_args(arguments)
    if hasattr(options, "passed_on"):
        options.passed_on = others
    elif others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    return options


def _parser() -> argparse.ArgumentParser:
    installed = Path(sys.argv[0]).stem == "hecht"
    parser = Parser(
        prog="hecht" if installed else "python -m planner",
        description="Hecht: small, stable study groups, planned with proof.",
    )
    parser.add_argument("--version", action="version", version=f"Hecht {__version__}")
    actions: argparse._SubParsersAction[argparse.ArgumentParser] = parser.add_subparsers(  # type: ignore[assignment]
        required=True, metavar="COMMAND"
    )

    check = actions.add_parser("check", help="read a class list and say what was found in it")
    _inputs(check)
    check.add_argument(
        "--json", action="store_true", help="all of it as JSON, for scripts; see docs/scripts/command-line.md"
    )
    check.set_defaults(run=commands.check)

    plan = actions.add_parser("plan", help="make groups and roles")
    _inputs(plan)
    plan.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the plan")
    plan.add_argument(
        "--seed", type=_whole, default=0, metavar="N", help="another seed, another equally valid plan"
    )
    plan.add_argument("--effort", choices=EFFORTS, default="normal")
    plan.add_argument("--time-limit", type=_seconds, default=None, metavar="S", help="seconds at the most")
    imports.register(plan)
    plan.set_defaults(run=commands.plan)

    replan = actions.add_parser("replan", help="make a plan again after a change, with the fewest moves")
    _inputs(replan)
    replan.add_argument(
        "--previous", type=Path, required=True, metavar="DIR|groups.csv", help="the plan so far"
    )
    replan.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the new plan")
    replan.add_argument(
        "--from-week", type=_week, default=1, metavar="W", help="first week of the new groups"
    )
    replan.add_argument(
        "--extra-moves", type=_whole, default=0, metavar="K", help="extra moves allowed, for better groups"
    )
    asked.options(replan)
    replan.add_argument("--seed", type=_whole, default=0, metavar="N")
    replan.add_argument("--time-limit", type=_seconds, default=None, metavar="S", help="seconds at the most")
    imports.register(replan)
    replan.set_defaults(run=rerun.replan)

    audit = actions.add_parser("audit", help="check finished groups against the rules")
    _inputs(audit)
    audit.add_argument("groups", type=Path, metavar="GROUPS.csv")
    audit.add_argument(
        "--previous", type=Path, default=None, metavar="groups.csv", help="count the moves since"
    )
    audit.set_defaults(run=commands.audit)

    ask.register(actions, _inputs)
    forecast.register(actions, _inputs, _whole)
    cards.register(actions, _inputs, _whole)
    away.register(actions, _whole)
    why.register(actions, _whole)
    compare.register(actions)
    app.register(actions)
    return parser


def _inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("class_list", type=Path, metavar="CLASSLIST")
    parser.add_argument("--rules", type=Path, default=None, metavar="rules.toml")
    parser.add_argument(
        "--survey", type=Path, default=None, metavar="FILE", help="answers to join to the class list"
    )
    parser.add_argument(
        "--earlier",
        type=Path,
        action="append",
        default=[],
        metavar="GROUPS.csv",
        help="groups of another course or year, for who was with whom; may be repeated, the oldest first",
    )
    parser.add_argument("--sheet", default=None, help="sheet of a workbook that holds the students")
    parser.add_argument(
        "--heading-row",
        type=_whole,
        default=None,
        metavar="ROW",
        help="row with the headings; 0: there are none",
    )
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        default=None,
        help="of what is said; default: that of the plan, or of the rules",
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="HEADING=KIND",
        help="correct what a column means, such as 'Klas=category' or 'Level=scale: low < high'; "
        "may be repeated",
    )


def _whole(text: str) -> int:
    return _between(text, 0, LARGEST)


def _between(text: str, least: int, most: int) -> int:
    number = int(text) if WHOLE.fullmatch(text) else least - 1
    if not least <= number <= most:
        raise NotRead(whole_number(least, most))
    return number


def _week(text: str) -> int:
    return _between(text, 1, LARGEST)


def _seconds(text: str) -> float:
    seconds = as_float(text)
    if not 0 < seconds < float("inf"):
        raise NotRead(message("a number of seconds, more than 0"))
    return seconds
