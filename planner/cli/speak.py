"""What the command line says, and how it shows progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from planner.cli.options import with_option
from planner.cli.terminal import Screen, harmless, put
from planner.engines.common.watch import Progress as Now
from planner.infeasibility.conflict import Explained
from planner.model.domain import Group, Plan
from planner.model.handover import Change
from planner.model.no_plan import NoPlan
from planner.model.problem_groups import grouped
from planner.model.problems import Level, Problem
from planner.model.reports import Importance, Outcome, RuleReport
from planner.model.text import (
    Language,
    Message,
    message,
    plural_message,
)
from planner.plans.course import Course, How
from planner.reporting import describe, standing
from planner.reporting.no_plan import NOT_YET
from planner.reporting.overruled import heading
from planner.reporting.reasons import BY_ITSELF
from planner.reporting.sentence import sentence
from planner.rosters import ColumnGuess
from planner.rules import IMPORTANCES

MOST_PRICES = 2  # said of one rule; plan.json has them all
SIGNS = {Level.NOTE: "·", Level.SKIPPED: "−", Level.FIXED: "~", Level.ASSUMED: "?", Level.ERROR: "!"}


def _by_refresh(count: int) -> Message:
    return plural_message(
        "One student moves with the refresh of this week, as planned:",
        "{n} students move with the refresh of this week, as planned:",
        count,
    )


def _by_hand(count: int) -> Message:
    return plural_message(
        "One student was moved by hand since the last plan:",
        "{n} students were moved by hand since the last plan:",
        count,
    )


NOBODY: Mapping[str, Message] = {}
OTHERWISE: Mapping[How, Callable[[int], Message]] = {"refresh": _by_refresh, "by-hand": _by_hand}


class Speaker:
    """Says messages in one language."""

    def __init__(self, language: str) -> None:
        self.language = cast(Language, language)

    def say(self, message: Message, indent: int = 0) -> None:
        """Say a message on standard output.

        Parameters
        ----------
        message : Message
        indent : int, default 0
            Spaces before it.
        """
        put(" " * indent + message.text(self.language))

    def error(self, message: Message) -> None:
        """Say a message on standard error."""
        put(message.text(self.language), error=True)

    def problems(self, problems: Iterable[Problem], *, to_stderr: bool = False) -> None:
        """Say each problem, or those of one kind together, on a line with a sign for the level.

        Parameters
        ----------
        problems : iterable of Problem
        to_stderr : bool, default False
            Whether they go to standard error.
        """
        for problem in grouped(map(with_option, problems)):
            line = f"{SIGNS[problem.level]} {problem.text(self.language)}"
            put(line, error=to_stderr or problem.level is Level.ERROR)

    def columns(self, columns: Sequence[ColumnGuess]) -> None:
        """Say what each column was taken for, with its first values."""
        for column in columns:
            examples = ", ".join(column.examples)
            put(f"  {column.heading}: {column.kind.value}" + (f" ({examples})" if examples else ""))

    def reports(
        self, reports: Iterable[RuleReport], groups: Iterable[Group], outcome: Outcome | None = None
    ) -> None:
        """Say every rule's account of groups, with what it found, and what is proven of it in a plan.

        Parameters
        ----------
        reports : iterable of RuleReport
        groups : iterable of Group
            That they are about.
        outcome : Outcome, optional
            Of the plan that they are about.
        """
        sizes = standing.sizes_of(groups)
        for report in reports:
            how, importance = standing.of_rule(outcome, report, sizes), IMPORTANCES[report.importance]
            stands, proof = standing.describe(how), standing.proof(report, how)
            if proof is None:
                line = message(
                    "{title} ({importance}): {standing}",
                    title=report.title,
                    importance=importance,
                    standing=stands,
                )
            else:
                line = message(
                    "{title} ({importance}): {standing}; {proof}",
                    title=report.title,
                    importance=importance,
                    standing=stands,
                    proof=proof,
                )
            self.say(line)
            if report.told is not None:
                self.say(report.told, indent=4)
            for finding in report.findings:
                if finding.units:
                    self.say(describe.placed_finding(finding), indent=4)

    def plan(self, course: Course) -> None:
        """Say how the plan of a course came out: in a sentence, then rule by rule."""
        plan = course.plan
        self.say(sentence(course.rules, course.roster, plan))
        outcome, groups = plan.outcome, describe.group_count(len(plan.groups))
        wishes = (report for report in outcome.rules if report.importance is not Importance.MUST)
        self.reports(wishes, plan.groups, outcome)
        self._prices(outcome.rules)
        if outcome.moves is None or outcome.bound <= 0:
            self.say(message("{groups}; penalty {cost}.", groups=groups, cost=outcome.cost))
        else:
            self.say(
                message(
                    "{groups}; penalty {cost}, and with this many groups no plan can go below {bound}.",
                    groups=groups,
                    cost=outcome.cost,
                    bound=outcome.bound,
                )
            )
        self.say(describe.verdict(outcome, len(plan.groups)))

    def _prices(self, reports: Iterable[RuleReport]) -> None:
        """Say what the rules ask of each other, the most first."""
        lines = [price.message for report in reports for price in report.prices[:MOST_PRICES]]
        if lines:
            self.say(message("Where rules get in each other's way:"))
        for line in lines:
            self.say(line, indent=4)

    def moves(
        self,
        plan: Plan,
        changes: Sequence[Change],
        asked: Message | None = None,
        placed: Mapping[str, How] = BY_ITSELF,
        overruled: Mapping[str, Message] = NOBODY,
    ) -> None:
        """Say who moves, why, and that fewer is not possible, where that is proven.

        Parameters
        ----------
        plan : Plan
            The new one.
        changes : sequence of Change
            Who goes where, and why.
        asked : Message, optional
            What was asked of groups and students.
        placed : mapping of str to How
            How somebody came to their group other than by the run itself, by student id.
        overruled : mapping of str to Message
            Whose place by hand was changed, by student id, in a sentence each.
        """
        moved = [one for one in changes if one.from_group is not None and one.to_group is not None]
        self.say(describe.moves(plan.outcome, asked))
        self._moved(one for one in moved if one.student_id not in {*placed, *overruled})
        if overruled:
            self.say(heading(len(overruled)))
        for line in overruled.values():
            self.say(line, indent=4)
        for how, title in OTHERWISE.items():
            those = [one for one in moved if placed.get(one.student_id) == how]
            if those:
                self.say(title(len(those)))
            self._moved(those)

    def _moved(self, changes: Iterable[Change]) -> None:
        for one in changes:
            line = message(
                "{name}: {old} → {new}. {reason}",
                name=one.name,
                old=one.from_group or "",
                new=one.to_group or "",
                reason=one.reason,
            )
            self.say(line, indent=4)

    def no_plan(self, error: NoPlan, asked: Message | None = None, why: Explained[Any] | None = None) -> None:
        """Say that there is no plan, and what came nearest.

        Parameters
        ----------
        error : NoPlan
        asked : Message, optional
            What was asked of groups and students.
        why : Explained, optional
            What is in the way, once that is known.
        """
        self.error(describe.no_plan(error, asked, why))
        self.problems(error.problems, to_stderr=True)
        lines = describe.closest(error)
        if lines:
            self.error(NOT_YET)
            for line in lines:
                put("    " + line.text(self.language), error=True)
        self.error(message("Nothing was written."))

    @contextmanager
    def progress(self) -> Iterator[Callable[[Now], None]]:
        """Show a bar on a terminal; nothing where the output goes to a file."""
        console = Screen(stderr=True)
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        with bar:
            task = bar.add_task("", total=1.0)

            def show(now: Now) -> None:
                sentence = describe.stage(now)
                bar.update(task, completed=now.done, description=harmless(sentence.text(self.language)))

            yield show
