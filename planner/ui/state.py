"""What one coordinator has on the page: kept in the session, and nowhere else."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from planner import formation
from planner.course import Course, only_used
from planner.domain import ColumnKind, Plan, Roster
from planner.engines.limits import Progress
from planner.exports import ExportFile, target
from planner.formation import Effort, NoPlan
from planner.jobs import Job, JobLost
from planner.problems import InputError, Level, Problem
from planner.rosters import Reading, SourceFile, read_class_list
from planner.rules import Rules, read_rules
from planner.text import Language
from planner.ui.draft import Draft

log = logging.getLogger(__name__)
KEY = "hecht"
DATA = Path(__file__).parents[2] / "data"
SAMPLE, SAMPLE_RULES = "klas-28.csv", "regels-28.toml"


@dataclass(eq=False)
class Run:
    """A plan in the making: the job, and what it was asked."""

    job: Job[Plan]
    roster: Roster
    rules: Rules
    started: float = field(default_factory=time.monotonic)
    seen: float = field(default_factory=time.monotonic)
    wanted: bool = True  # whether somebody still waits for the result
    history: list[Progress] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Seconds since the button was pressed."""
        return time.monotonic() - self.started

    @property
    def stopping(self) -> bool:
        """Whether it was asked to end."""
        return self.job.stopped_at is not None

    def look(self) -> Progress:
        """Return where the run is, and remember it."""
        self.seen = time.monotonic()
        now = self.job.progress()
        if not self.history or now.seconds > self.history[-1].seconds:
            self.history.append(now)
        return now


@dataclass(frozen=True)
class Fit:
    """Whether the rules fit the class list: the errors if not, and what they assume."""

    rules: Rules
    roster: Roster
    errors: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


@dataclass
class Session:
    """Files, rules, the run under way and the last plan."""

    class_list: SourceFile | None = None
    is_sample: bool = False
    survey: SourceFile | None = None
    kinds: dict[str, ColumnKind] = field(default_factory=dict)
    sheet: str | None = None
    heading_row: int | None = None
    reading: Reading | None = None
    draft: Draft = field(default_factory=Draft)
    drafted_for: Roster | None = None
    rules_problems: tuple[Problem, ...] = ()
    rules_open: bool = True
    just_made: bool = False
    effort: Effort = "normal"
    minutes: int = 10
    run: Run | None = None
    course: Course | None = None
    planned_for: tuple[Rules, Roster] | None = None
    failure: Exception | None = None
    _files: tuple[Course, tuple[ExportFile, ...]] | None = None
    _fit: Fit | None = None

    @property
    def roster(self) -> Roster | None:
        """The students, once the files can be read."""
        return self.reading.roster if self.reading else None

    # Files

    def take(self, file: SourceFile | None) -> None:
        """Use another class list, or none; the rules of the sample go with the sample."""
        if self.is_sample:
            self.draft, self.drafted_for = Draft(), None
        self._forget_list()
        self.class_list = file

    def take_sample(self) -> None:
        """Use the sample class, with its rules."""
        self._forget_list()
        self.survey = None
        self.class_list = SourceFile(SAMPLE, (DATA / SAMPLE).read_bytes())
        self.is_sample = True
        self.read()
        self.draft = Draft.of(read_rules((DATA / SAMPLE_RULES).read_bytes(), SAMPLE_RULES))
        self.drafted_for = self.roster

    def take_survey(self, file: SourceFile | None) -> None:
        """Join another survey, or none."""
        self.survey = file
        self.reading = None

    def correct(self, heading: str, kind: ColumnKind) -> None:
        """Note what the coordinator says a column means."""
        self.kinds[heading] = kind
        self.reading = None

    def look_at(self, sheet: str | None, heading_row: int | None) -> None:
        """Read another sheet, or find the headings on another row."""
        if (sheet, heading_row) != (self.sheet, self.heading_row):
            self.sheet, self.heading_row = sheet, heading_row
            self.reading = None

    def _forget_list(self) -> None:
        self.class_list, self.is_sample, self.reading = None, False, None
        self.kinds, self.sheet, self.heading_row = {}, None, None
        self.course, self.failure, self.planned_for, self.rules_open = None, None, None, True
        if self.run is not None:
            self.run.job.stop()
            self.run.wanted = False
            self.run = None

    def read(self) -> Reading | None:
        """Read the files where that has not been done yet, and see what rules the columns suggest."""
        if self.class_list is None:
            return None
        if self.reading is None:
            self.reading = read_class_list(
                self.class_list, self.survey, kinds=self.kinds, sheet=self.sheet, heading_row=self.heading_row
            )
            self._renew_draft()
        return self.reading

    def _renew_draft(self) -> None:
        """Keep rules that somebody worked on where they fit; else start from the columns."""
        roster, before = self.roster, self.drafted_for
        if roster is None or roster == before:
            return
        rules = self.draft.rules("nl")
        fits = rules is not None and set(rules.headings()) <= set(roster.headings)
        if before is not None and self.draft.touched() and fits:
            self.draft.renew(before, roster)
        else:
            self.suggest()
        self.drafted_for = roster

    # Rules

    def suggest(self) -> None:
        """Start from the rules that the columns suggest; sizes stay as they are."""
        if self.roster is None:
            return
        fresh, old = Draft.suggest(self.roster), self.draft
        fresh.smallest, fresh.largest, fresh.prefer, fresh.count = (
            old.smallest,
            old.largest,
            old.prefer,
            old.count,
        )
        self.draft = fresh

    def take_rules(self, file: SourceFile) -> None:
        """Use a rules file; where it cannot be used the rules stay as they are."""
        try:
            self.draft = Draft.of(read_rules(file.content, file.name))
            self.rules_problems = ()
        except InputError as error:
            self.rules_problems = error.problems

    def rules_language(self, page: Language) -> Language:
        """Return the language of group and role names: that of the page until a file or a plan sets it."""
        if self.draft.language is not None:
            return self.draft.language
        return page if self.course is None else self.course.rules.language

    def fit(self, rules: Rules) -> Fit:
        """Hold the rules against the class list; asked anew only when either changed."""
        roster = self.roster
        assert roster is not None  # noqa: S101 - the page asks for rules only when there is a class list
        if self._fit is None or self._fit.roster is not roster or self._fit.rules != rules:
            self._fit = _fit(rules, roster)
        return self._fit

    # Runs

    def begin(self, job: Job[Plan], rules: Rules, roster: Roster) -> Run:
        """Follow a job that has just been started."""
        self.run, self.failure = Run(job, roster, rules), None
        return self.run

    def collect(self) -> None:
        """Take the result of a run that is done."""
        run = self.run
        if run is None or not run.job.done():
            return
        self.run, run.wanted = None, False
        try:
            plan = run.job.result()
        except Exception as error:
            if not isinstance(error, NoPlan | InputError | JobLost):
                log.exception("A run went wrong")
            self.failure, self.just_made = error, True
            return
        self.keep(Course(roster=only_used(run.roster, run.rules), rules=run.rules, plan=plan), run.roster)

    def keep(self, course: Course, roster: Roster) -> None:
        """Show a plan."""
        self.course, self.failure = course, None
        self.rules_open, self.just_made = False, True
        self.planned_for = (course.rules, roster)

    def files(self) -> tuple[ExportFile, ...]:
        """Return the files of groups and roles of the plan; written once.

        Raises
        ------
        InputError
            Where the plan cannot be written.
        """
        if self.course is None:
            return ()
        if self._files is None or self._files[0] is not self.course:
            self._files = (self.course, target("groups").write(self.course.roster, self.course.plan))
        return self._files[1]

    def outdated(self, rules: Rules | None) -> bool:
        """Whether the rules or the class list changed since the plan was made."""
        if self.planned_for is None:
            return False
        planned_rules, planned_roster = self.planned_for
        if rules != planned_rules:
            return True
        return planned_roster is not self.roster and planned_roster != self.roster


def _fit(rules: Rules, roster: Roster) -> Fit:
    try:
        return Fit(rules, roster, remarks=formation.check(rules, roster))
    except InputError as error:
        return Fit(rules, roster, errors=error.problems)
    except NoPlan as error:
        return Fit(rules, roster, errors=tuple(p for p in error.problems if p.level is Level.ERROR))


def session() -> Session:
    """Return what this coordinator has on the page."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Session()
    kept: Session = st.session_state[KEY]
    return kept
