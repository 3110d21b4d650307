"""What one coordinator has on the page: kept in the session, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from planner.exports import Elsewhere, ExportFile, target
from planner.jobs.pool import Job
from planner.jobs.reader import READERS
from planner.model.domain import ColumnKind, Plan, Roster
from planner.model.handover import Handover
from planner.model.problems import InputError, Problem
from planner.model.text import Language, Message
from planner.planning.efforts import Effort
from planner.plans.course import Course, only_used
from planner.plans.folder import with_presence
from planner.replanning.renaming import as_listed
from planner.rosters import Edits, SourceFile, moments_seen
from planner.rules import Rules, read_rules
from planner.ui.session.draft import RulesDraft
from planner.ui.session.groups_aside import Aside, weigh
from planner.ui.session.list_files import ListFiles
from planner.ui.session.places import Place
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.rules_fit import Fit
from planner.ui.session.run import Run
from planner.ui.session.saved_course import SavedCourse, same_class

KEY = "hecht"
DATA = Path(__file__).parents[3] / "data"
SAMPLE, SAMPLE_RULES = "klas-28.csv", "regels-28.toml"


@dataclass
class Session(ListFiles):
    """Files, rules, the run under way and the last plan."""

    is_sample: bool = False
    draft: RulesDraft = field(default_factory=RulesDraft)
    drafted_for: Roster | None = None
    rules_problems: tuple[Problem, ...] = ()
    effort: Effort = "normal"
    minutes: int = 10
    asked_at: Place | None = None  # the page on which groups were asked for that are not begun yet
    replan_at: Place | None = None  # and the one on which few moves were
    run: Run | None = None
    course: Course | None = None
    planned_for: tuple[Rules, Roster] | None = None
    failure: Exception | None = None
    handover: Handover | None = None  # what a rerun changed, where the plan came from one
    elsewhere: Elsewhere = field(default_factory=Elsewhere)  # what was told for files of learning systems
    aside: Aside | None = None  # groups that were made anew, until the coordinator decides
    note: Message | None = None  # why the last run changed nothing
    looked: Course | None = None  # the plan for which a longer look was taken
    rerun: ReplanSession = field(default_factory=ReplanSession)
    kept: SavedCourse = field(default_factory=SavedCourse)  # the course that this is saved as
    _files: tuple[Course, tuple[ExportFile, ...]] | None = None
    _fit: Fit | None = None
    _other: tuple[Roster, Roster | None, bool] | None = None
    _drafted_from: SourceFile | None = None
    _rules_of_sample: bool = False  # the rules are those of the sample, the class list is not

    # Files

    def take(self, file: SourceFile | None) -> None:
        """Use another class list, or none; the rules of the sample go with the sample."""
        self._rules_of_sample = self.is_sample
        if self.is_sample and self.course is None:
            self.draft, self.drafted_for = RulesDraft(), None
        self._forget_list()
        self.class_list = file
        if self.course is not None:  # a column means what it meant when the groups were made
            self.kinds = {column.heading: column.kind for column in self.course.roster.columns}

    def take_sample(self) -> None:
        """Use the sample class, with its rules."""
        self._forget_list()
        self.survey = None
        self.class_list = SourceFile(SAMPLE, (DATA / SAMPLE).read_bytes(), ours=True)
        self.is_sample = True
        self.read()
        self.draft = RulesDraft.of(read_rules((DATA / SAMPLE_RULES).read_bytes(), SAMPLE_RULES))
        self.drafted_for, self._drafted_from = self.roster, self.class_list

    def _forget_list(self) -> None:
        self.class_list, self.is_sample, self.reading = None, False, None
        self.kinds, self.seen, self.sheet, self.heading_row, self.edits = {}, {}, None, None, Edits()
        self.failure, self.aside, self.note = None, None, None
        self._leave_run()

    def _leave_run(self) -> None:
        if self.run is not None:
            self.run.leave()
            self.run = None

    def has_read(self) -> None:
        """See whether the groups are of this class, and what rules the columns suggest."""
        if self.course is not None and self.roster is not None and not self._same_class(self.roster):
            self._forget_groups()
        self._renew_draft()

    def _same_class(self, roster: Roster) -> bool:
        """Whether a class list is of the class that there are groups of."""
        if self.kept.state is not None:
            return self.kept.same_class(roster)
        return self.course is None or same_class(self.course.roster, roster)

    def _forget_groups(self) -> None:
        self.course, self.planned_for, self.handover, self.looked = None, None, None, None
        self.restart()
        if self._rules_of_sample:
            self.draft, self.drafted_for = RulesDraft(), None
        if self.kinds and not self.edits:  # they were those of the other class
            self.kinds, self.reading = {}, None
            self.read()

    def _renew_draft(self) -> None:
        """Keep rules that somebody worked on where they fit; else start from the columns."""
        roster, before = self.roster, self.drafted_for
        if roster is None or roster == before:
            return
        by_hand = (
            before is not None
            and _meanings(roster) == _meanings(before)
            and self.class_list is self._drafted_from
        )
        if by_hand or self.course is not None:  # other students, the same questions
            self.drafted_for, self._drafted_from = roster, self.class_list
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
        fresh, old = RulesDraft.suggest(self.roster), self.draft
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
            self.draft = RulesDraft.of(READERS.read(read_rules, file.content, file.name, file=file.name))
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
            self._fit = Fit.of(rules, roster)
        return self._fit

    # Runs

    def begin(self, job: Job[Plan], rules: Rules, roster: Roster) -> Run:
        """Follow a job that has just been started."""
        self.leave_aside()
        self.run, self.failure, self.note = Run(job, roster, rules), None, None
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
        elif self.course is None:
            self.keep(run.course_of(made), run.roster)
        else:
            self._weigh(self.course, run, run.course_of(made))

    def keep(self, course: Course, roster: Roster) -> None:
        """Show a plan."""
        self.course, self.failure, self.handover = course, None, None
        self.aside, self.note = None, None
        self.planned_for = (course.rules, roster)

    def _weigh(self, course: Course, run: Run, made: Course) -> None:
        """Lay a plan beside the one in use; what would move people waits for the coordinator."""
        found = weigh(course, run, made)
        if found.course is not course:
            self.kept.how = "proven"
        self.course, self.aside, self.note = found.course, found.aside, found.note
        run.wanted = found.aside is not None  # a page that is loaded anew finds it
        if found.aside is None and made.plan.effort == "prove":
            self.looked = found.course

    def use_aside(self) -> None:
        """Let groups that were made anew take the place of those in use."""
        aside = self.aside
        if aside is not None:
            self.leave_aside()
            self.keep(aside.course, aside.roster)

    def leave_aside(self) -> None:
        """Stay with the groups in use."""
        if self.aside is not None:
            self.aside.run.wanted = False
        self.aside = None

    def change_by_hand(self, course: Course, handover: Handover | None) -> None:
        """Show the plan as it was changed by hand; rules and class list are those of before."""
        self.course, self.handover, self.kept.how, self.note = course, handover, "edited", None

    def accept(self) -> None:
        """Let the plan of the rerun, with its class list, take the place of the one before."""
        rerun, made = self.rerun, self.rerun.made
        if made is None or rerun.roster is None:
            return
        self._leave_run()
        self.class_list, self.is_sample, self.survey = rerun.class_list, False, rerun.survey
        self.kinds, self.sheet, self.heading_row = dict(rerun.kinds), rerun.sheet, rerun.heading_row
        self.seen = moments_seen(rerun.roster)
        self.edits, self.reading, self.drafted_for = rerun.edits, rerun.reading, rerun.roster
        self._drafted_from = rerun.class_list
        self.draft, self.rules_problems = RulesDraft.of(made.course.rules), ()
        self.keep(made.course, made.asked.roster)
        self.handover = made.handover
        rerun.accepted(made)
        rerun.settled, rerun.just_made = self._on_the_pages(), True

    def leave_rerun(self) -> None:
        """Let everything be as it was before the rerun."""
        self.rerun.done, self.rerun.settled, self.rerun.just_made = "left", self._on_the_pages(), True

    def start_rerun(self) -> ReplanSession:
        """Return the rerun under way, or a new one where the plan on the page is another by now."""
        rerun = self.rerun
        if rerun.outlived(self.course) or (rerun.done and rerun.settled != self._on_the_pages()):
            self.restart()
        if self.rerun.previous is None and self.course is not None:
            self.rerun.start_from(self.course, self.kinds, self.survey)
        self.rerun.follow(self.rules_now())
        self.rerun.unfinished = () if self.rerun.base is None else self.draft.unfinished()
        if self.rerun.of_page is not None and self.reading is not None:
            self.rerun.take_listed(self)  # it may have been changed by hand again
        return self.rerun

    def _on_the_pages(self) -> tuple[Roster | None, Rules | None]:
        return self.roster, self.rules_now()

    def rules_now(self) -> Rules | None:
        """Return the rules as they stand on their page, where there are groups; None while unfinished."""
        return (
            None if self.course is None else self.draft.rules(self.rules_language(self.course.rules.language))
        )

    def restart(self) -> None:
        """Begin another rerun, from the plan that is on the page now."""
        self.rerun.leave()
        self.rerun = ReplanSession()

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
            now = with_presence(self.course, self.handover)
            self._files = (self.course, target("groups").write(self.course.roster, self.course.plan, now))
        return self._files[1]

    def outdated(self, rules: Rules | None) -> bool:
        """Whether the rules or the class list changed since the plan was made."""
        if self.planned_for is None:
            return False
        planned_rules, _ = self.planned_for
        return rules != planned_rules or self.outdated_students()

    def outdated_students(self) -> bool:
        """Whether the class list changed since the plan was made."""
        if self.planned_for is None or self.planned_for[1] is self.roster:
            return False
        key = (self.planned_for[1], self.roster)
        if self._other is None or self._other[0] is not key[0] or self._other[1] is not key[1]:
            self._other = (*key, self._has_other_students(*self.planned_for))
        return self._other[2]

    def _has_other_students(self, rules: Rules, planned: Roster) -> bool:
        """Whether anything differs that the groups were made of; columns that no rule read do not count."""
        return self.roster is None or only_used(as_listed(planned), rules) != only_used(self.roster, rules)


def _meanings(roster: Roster) -> dict[str, ColumnKind]:
    return {column.heading: column.kind for column in roster.columns}


def session() -> Session:
    """Return what this coordinator has on the page."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Session()
    kept: Session = st.session_state[KEY]
    return kept
