"""What one coordinator has on the page: kept in the session, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from planner import formation
from planner.course import Course
from planner.domain import Plan, Roster
from planner.efforts import Effort
from planner.exports import ExportFile, Handover, target
from planner.formation import NoPlan
from planner.jobs import Job
from planner.problems import InputError, Level, Problem
from planner.reader import READERS
from planner.rosters import Edits, SourceFile
from planner.rules import Rules, read_rules
from planner.text import Language
from planner.ui.draft import Draft
from planner.ui.kept import Kept
from planner.ui.listed import Listed
from planner.ui.places import Place
from planner.ui.rerun_state import Rerun
from planner.ui.run import Run

KEY = "hecht"
DATA = Path(__file__).parents[2] / "data"
SAMPLE, SAMPLE_RULES = "klas-28.csv", "regels-28.toml"


@dataclass(frozen=True)
class Fit:
    """Whether the rules fit the class list: the errors if not, and what they assume."""

    rules: Rules
    roster: Roster
    errors: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


@dataclass
class Session(Listed):
    """Files, rules, the run under way and the last plan."""

    is_sample: bool = False
    draft: Draft = field(default_factory=Draft)
    drafted_for: Roster | None = None
    rules_problems: tuple[Problem, ...] = ()
    effort: Effort = "normal"
    minutes: int = 10
    asked_at: Place | None = None  # the page on which groups were asked for that are not begun yet
    run: Run | None = None
    course: Course | None = None
    planned_for: tuple[Rules, Roster] | None = None
    failure: Exception | None = None
    handover: Handover | None = None  # what a rerun changed, where the plan came from one
    rerun: Rerun = field(default_factory=Rerun)
    kept: Kept = field(default_factory=Kept)  # the course that this is saved as
    _files: tuple[Course, tuple[ExportFile, ...]] | None = None
    _fit: Fit | None = None
    _drafted_from: SourceFile | None = None

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
        self.class_list = SourceFile(SAMPLE, (DATA / SAMPLE).read_bytes(), ours=True)
        self.is_sample = True
        self.read()
        self.draft = Draft.of(read_rules((DATA / SAMPLE_RULES).read_bytes(), SAMPLE_RULES))
        self.drafted_for, self._drafted_from = self.roster, self.class_list

    def _forget_list(self) -> None:
        self.class_list, self.is_sample, self.reading = None, False, None
        self.kinds, self.sheet, self.heading_row, self.edits = {}, None, None, Edits()
        self.course, self.failure, self.planned_for = None, None, None
        self._leave_run()

    def _leave_run(self) -> None:
        if self.run is not None:
            self.run.leave()
            self.run = None

    def has_read(self) -> None:
        """See what rules the columns suggest."""
        self._renew_draft()

    def _renew_draft(self) -> None:
        """Keep rules that somebody worked on where they fit; else start from the columns."""
        roster, before = self.roster, self.drafted_for
        if roster is None or roster == before:
            return
        if before is not None and roster.columns == before.columns and self.class_list is self._drafted_from:
            self.drafted_for = roster  # changed by hand: other students, the same questions
            return
        rules = self.draft.rules("nl")
        fits = rules is not None and set(rules.headings()) <= set(roster.headings)
        if before is not None and self.draft.touched() and fits:
            self.draft.renew(before, roster)
        else:
            self.suggest()
        self.drafted_for, self._drafted_from = roster, self.class_list

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
        fresh.goals, fresh.rerun = old.goals, old.rerun
        fresh.term, fresh.rotate_every, fresh.role_names = old.term, old.rotate_every, old.role_names
        self.draft = fresh

    def take_rules(self, file: SourceFile) -> None:
        """Use a rules file; where it cannot be used the rules stay as they are."""
        try:
            self.draft = Draft.of(READERS.read(read_rules, file.content, file.name, file=file.name))
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
        self.run = None
        made = run.end()
        if isinstance(made, Exception):
            self.failure = made
        else:
            self.keep(run.course_of(made), run.roster)

    def keep(self, course: Course, roster: Roster) -> None:
        """Show a plan."""
        self.course, self.failure, self.handover = course, None, None
        self.planned_for = (course.rules, roster)

    def change_by_hand(self, course: Course, handover: Handover | None) -> None:
        """Show the plan as it was changed by hand; rules and class list are those of before."""
        self.course, self.handover, self.kept.how = course, handover, "edited"

    def accept(self) -> None:
        """Let the plan of the rerun, with its class list, take the place of the one before."""
        rerun, made = self.rerun, self.rerun.made
        if made is None or rerun.roster is None:
            return
        self._leave_run()
        self.class_list, self.is_sample, self.survey = rerun.class_list, False, rerun.survey
        self.kinds, self.sheet, self.heading_row = dict(rerun.kinds), rerun.sheet, rerun.heading_row
        self.edits, self.reading, self.drafted_for = rerun.edits, rerun.reading, rerun.roster
        self.draft, self.rules_problems = Draft.of(made.course.rules), ()
        self.keep(made.course, made.asked.roster)
        self.handover = made.handover
        rerun.accepted(made)

    def start_rerun(self) -> Rerun:
        """Return the rerun under way, or a new one where the plan on the page is another by now."""
        if self.rerun.outlived(self.course):
            self.restart()
        if self.rerun.previous is None and self.course is not None:
            self.rerun.start_from(self.course, self.kinds, self.survey)
        return self.rerun

    def restart(self) -> None:
        """Begin another rerun, from the plan that is on the page now."""
        self.rerun.leave()
        self.rerun = Rerun()

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
            self._files = (
                self.course,
                target("groups").write(self.course.roster, self.course.plan, self.handover),
            )
        return self._files[1]

    def outdated(self, rules: Rules | None) -> bool:
        """Whether the rules or the class list changed since the plan was made."""
        if self.planned_for is None:
            return False
        planned_rules, _ = self.planned_for
        return rules != planned_rules or self.outdated_students()

    def outdated_students(self) -> bool:
        """Whether the class list changed since the plan was made."""
        if self.planned_for is None:
            return False
        planned_roster = self.planned_for[1]
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
