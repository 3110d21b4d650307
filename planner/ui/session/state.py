"""What one coordinator has on the page: kept in the session, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from planner.edit.handover import joined
from planner.exports import Elsewhere, ExportFile, target
from planner.files.resources import DATA
from planner.model.domain import Roster
from planner.model.handover import Handover
from planner.model.text import Language
from planner.plans.course import Course
from planner.plans.folder import with_presence
from planner.plans.previous import previous_from_course
from planner.plans.weeks import begun_in
from planner.replanning.answers_before import AnswersBefore
from planner.rosters import Edits, SourceFile, answers_seen
from planner.rules import Rules, read_rules
from planner.services.compare_lists import ListComparison
from planner.services.pending import PendingChange
from planner.services.replan import ReplanResult
from planner.store import Choices, InUse
from planner.ui.session import beside_plan
from planner.ui.session.beside_plan import BesidePlan
from planner.ui.session.days import today
from planner.ui.session.draft import RulesDraft
from planner.ui.session.groups_aside import weigh
from planner.ui.session.making import Making
from planner.ui.session.page_list import PageList
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.rules_fit import Fit
from planner.ui.session.rules_on_page import RulesOnPage
from planner.ui.session.run import Run
from planner.ui.session.saved_course import SavedCourse, same_class
from planner.ui.session.unfinished import finished

KEY = "hecht"
SAMPLES: Mapping[Language, tuple[str, str]] = {
    "nl": ("klas-28.csv", "regels-28.toml"),
    "en": ("class-28.csv", "rules-28.toml"),
}


@dataclass
class Session(PageList):
    """The class list, the rules, the groups in the making, and the plan."""

    rules: RulesOnPage = field(default_factory=RulesOnPage)
    making: Making = field(default_factory=Making)
    planned_for: tuple[Rules, Roster] | None = None
    handover: Handover | None = None  # what a rerun changed, where the plan came from one
    in_use: InUse | None = None  # None while the groups are a draft
    elsewhere: Elsewhere = field(default_factory=Elsewhere)  # what was told for files of learning systems
    rerun: ReplanSession = field(default_factory=ReplanSession)
    kept: SavedCourse = field(default_factory=SavedCourse)  # the course that this is saved as
    _files: tuple[Course, tuple[ExportFile, ...]] | None = None
    choices: Choices = field(default_factory=Choices)  # for a replan of groups in use
    beside: BesidePlan = field(default_factory=BesidePlan)

    # Files

    def take(self, file: SourceFile | None) -> None:
        """Use another class list, or none; the rules of the sample go with the sample.

        Groups are of a list: without another one, the last that could be read stays.
        """
        if file is None and self.course is not None:
            self.go_back_to_list()
            return
        self.rules.of_sample = self.is_sample
        if self.is_sample and self.course is None:
            self.rules.clear()
        before = self._known(survey_again=self.survey is not None)
        self._forget_list()
        self.class_list, self.before = file, before
        if self.course is not None:  # a column means what it meant when the groups were made
            self.kinds = {column.heading: column.kind for column in self.course.roster.columns}
            self.seen = answers_seen(self.course.roster)

    def take_survey(self, file: SourceFile | None) -> None:
        """Join another survey, or none; once there are groups, what others answered before stays known."""
        self.before = self._known(survey_again=False)
        super().take_survey(file)

    def _known(self, *, survey_again: bool) -> AnswersBefore | None:
        """Return what students answered, where there are groups: a later list need not say it again."""
        if self.course is None:
            return None
        rules = self.rules_now()
        used = () if rules is None else rules.headings()
        return AnswersBefore(previous_from_course(self.course), self.roster, used, survey_again)

    def take_sample(self, language: Language) -> None:
        """Use the sample class in a language, with its rules."""
        listed, asked = SAMPLES[language]
        self._forget_list()
        self.survey, self.earlier = None, ()
        self.class_list = SourceFile(listed, (DATA / listed).read_bytes(), ours=True)
        self.is_sample = True
        self.read()
        rules = read_rules((DATA / asked).read_bytes(), asked)
        self.rules.start(RulesDraft.of(rules), self.roster, self.class_list)

    def _forget_list(self) -> None:
        self.class_list, self.is_sample, self.reading = None, False, None
        self.kinds, self.seen, self.sheet, self.heading_row, self.edits = {}, {}, None, None, Edits()
        self.before, self.marks = None, {}
        self.making.forget()

    def has_read(self) -> None:
        """See whether the groups are of this class, and what rules the columns suggest."""
        read = None if self.reading is None else self.reading.roster
        if read is None:
            return
        if self.course is not None and not self._same_class(read):
            self._forget_groups()
        if self.roster is not None:
            self.rules.renew(self.roster, self.class_list, in_use=self.course is not None)

    def _same_class(self, roster: Roster) -> bool:
        """Whether a class list is of the class that there are groups of."""
        if self.kept.state is not None:
            return self.kept.same_class(roster)
        return self.course is None or same_class(self.course.roster, roster)

    def _forget_groups(self) -> None:
        self.course, self.planned_for, self.handover, self.making.looked = None, None, None, None
        self.in_use, self.choices, self.marks = None, Choices(), {}
        self.restart()
        if self.rules.of_sample:
            self.rules.clear()
        if (self.kinds or self.before) and not self.edits:  # they were those of the other class
            self.kinds, self.seen, self.before, self.reading = {}, {}, None, None
            self.read()

    # Rules

    def rules_language(self, page: Language) -> Language:
        """Return the language of group and role names: that of the page until a file or a plan sets it."""
        if self.rules.draft.language is not None:
            return self.rules.draft.language
        return page if self.course is None else self.course.rules.language

    def fit(self, rules: Rules) -> Fit:
        """Hold the rules against the class list."""
        roster = self.roster
        assert roster is not None  # noqa: S101 - the page asks for rules only when there is a class list
        return self.rules.fit(rules, roster)

    # Runs

    def collect(self) -> None:
        """Take the result of a run that is done."""
        run = self.making.finished()
        if run is None:
            return
        made = run.end(wanted=True)  # until it is known what becomes of it
        if isinstance(made, Exception):
            self.making.failure = made
        elif self.course is None:
            self.keep(run.course_of(made), run.roster)
        else:
            self._weigh(self.course, run, run.course_of(made))
        aside = self.making.aside
        run.wanted = aside is not None and aside.run is run  # a page that is loaded anew finds it

    def keep(self, course: Course, roster: Roster) -> None:
        """Show a plan."""
        self.course, self.handover = course, None
        self.making.failure, self.making.aside, self.making.note = None, None, None
        self.planned_for = (course.rules, roster)

    def _weigh(self, course: Course, run: Run, made: Course) -> None:
        """Lay a plan beside the one in use; what would move people waits for the coordinator."""
        found = weigh(course, run, made)
        if found.aside is not None and self.in_use is None:  # a draft may change freely
            self.keep(found.aside.course, run.roster)
            return
        if found.course is not course:
            self.kept.how = "proven"
        self.course, self.making.aside, self.making.note = found.course, found.aside, found.note
        if found.aside is None and made.plan.effort == "prove":
            self.making.looked = found.course

    def use_aside(self) -> None:
        """Let groups that were made anew take the place of those in use."""
        aside = self.making.aside
        if aside is not None:
            self.making.leave_aside()
            self.restart()
            self.choices = Choices()  # what was chosen was about the groups of before
            self.keep(aside.course, aside.roster)

    def change_by_hand(self, course: Course, handover: Handover | None) -> None:
        """Show the plan as it was changed by hand; rules and class list are those of before."""
        self.course, self.handover, self.kept.how, self.making.note = course, handover, "edited", None

    def use_groups(self, week: int) -> None:
        """Use the groups from a week on: they stay together, and changes wait to be carried out."""
        if self.course is None:
            return
        begun = begun_in(self.course, week)
        if begun is not self.course:
            self.keep(begun, self.planned_for[1] if self.planned_for else begun.roster)
        self.in_use = InUse(week=week, since=today())
        self.making.leave_aside()
        self.restart()

    def accept(self) -> None:
        """Let the plan of the rerun, with its class list, take the place of the one before."""
        rerun, made = self.rerun, self.rerun.made
        if made is None or rerun.roster is None:
            return
        if self.in_use is None:  # groups that are to stay together are in use
            self.in_use = InUse(week=made.course.plan.from_week, since=today())
        before = AnswersBefore(previous_from_course(made.course), survey_again=True)
        if self.list_waits and self.usable is not None and rerun.of_page is self.usable.reading:
            self.usable.before = before  # what waits on the page of the list goes on waiting there
        else:
            self._take_listed(rerun, rerun.roster)
            self.marks = {}
        self.choices, self.before = Choices(), before
        self.rules.start(self.rules.draft.holding(made.course.rules), rerun.roster, rerun.class_list)
        self.rules.problems = ()
        handover = self._handed_over(made)
        self.keep(made.course, made.request.roster)
        self.making.give_up()
        self.handover = handover
        rerun.accepted(made)
        rerun.settled, rerun.just_made = self._on_the_pages(), True

    def _handed_over(self, made: ReplanResult) -> Handover:
        """Return what files say of a replan, and of what was changed by hand before it."""
        if not self.kept.by_hand or self.handover is None:
            return made.handover
        new_id = {old: new for new, old in self.rerun.ids_then.items()}
        return joined(self.handover, made.handover, made.course, new_id)

    def _take_listed(self, rerun: ReplanSession, roster: Roster) -> None:
        """Show the class list of a rerun, as it was read there, on its own page."""
        self.class_list, self.is_sample, self.survey = rerun.class_list, False, rerun.survey
        self.earlier = rerun.earlier
        self.kinds, self.sheet, self.heading_row = dict(rerun.kinds), rerun.sheet, rerun.heading_row
        self.seen, self.before, self.names = answers_seen(roster), rerun.before, dict(rerun.names)
        self.edits, self.reading, self.marks = rerun.edits, rerun.reading, dict(rerun.marks)

    def complete_by_hand(self) -> None:
        """Show the new class list on its own page, to type what it lacks; the groups stay as they are."""
        rerun = self.rerun
        if rerun.roster is not None and self.course is not None:
            self._take_listed(rerun, rerun.roster)
            self.rules.renew(rerun.roster, self.class_list, in_use=True)
            rerun.of_page = self.reading

    def take_over_list(self) -> None:
        """Let a list that was chosen for a rerun wait on the course in use, as any other change does."""
        rerun = self.rerun
        if self.in_use is not None and rerun.base is not None and rerun.of_page is None:
            self.complete_by_hand()

    def leave_rerun(self) -> None:
        """Let everything be as it was before the rerun."""
        self.rerun.done, self.rerun.settled, self.rerun.just_made = "left", self._on_the_pages(), True

    def start_rerun(self) -> ReplanSession:
        """Return the rerun under way, or a new one where the plan on the page is another by now."""
        rerun = self.rerun
        self.note_choices()
        if rerun.outlived(self.course) or (rerun.done and rerun.settled != self._on_the_pages()):
            self.restart()
        if self.rerun.previous is None and self.course is not None:
            self.rerun.start_from(self.course, self.kinds, self.survey)
            self.rerun.options.from_week = self.week_now()
            if self.in_use is not None:
                self.rerun.choose(self.choices)
        self.rerun.follow(self.rules_now())
        self._hand_on()
        if not self.rerun.done:
            self.rerun.know(self.roster, self.rules_now())
        self.rerun.unfinished = () if self.rerun.base is None else self.rules.draft.unfinished()
        if self.rerun.of_page is not None and self.roster is not None:
            self.rerun.take_listed(self.listed)  # it may have been changed by hand again
        if self.in_use is not None:
            self.rerun.beside = self.beside
        return self.rerun

    def _hand_on(self) -> None:
        """Let the class list on its page be what the rerun is about, as long as no other is looked at."""
        rerun = self.rerun
        if self.in_use is None or rerun.base is None or rerun.done or self.roster is None:
            return
        if rerun.class_list is not None and rerun.of_page is None:
            return  # a file that was chosen there is looked at first
        rerun.take_listed(self.listed)  # also where nothing changed: a group may be dissolved all the same

    def week_now(self) -> int:
        """Return the week from which a change holds, unless the coordinator says another."""
        if self.course is None:
            return 1
        first, last = self.course.plan.from_week, self.course.rules.term.weeks
        likely = first if self.in_use is None else self.in_use.week_on(today())
        return min(max(likely, first), max(first, last))

    def _on_the_pages(self) -> tuple[Roster | None, Rules | None]:
        return self.roster, self.rules_now()

    def rules_now(self) -> Rules | None:
        """Return the rules as they stand on their page, where there are groups; None while unfinished."""
        return (
            None
            if self.course is None
            else self.rules.draft.rules(self.rules_language(self.course.rules.language))
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

    # What differs from the plan

    def compared(self) -> ListComparison | None:
        """Hold the page against the plan; None where there is no plan, or no class list."""
        with_plan = self._with_plan(self.rules_now())
        return None if with_plan is None else self.beside.compare(*with_plan)

    def outdated(self, rules: Rules | None) -> bool:
        """Whether anything changed since the plan was made: just where there is a change to tell."""
        if self.course is None:
            return False
        return rules is None or self.roster is None or bool(self.changes(rules))

    def outdated_students(self) -> bool:
        """Whether the class list changed since the plan was made."""
        if self.course is None:
            return False
        return self.roster is None or any(one.kind != "choices" for one in self.changes(self.course.rules))

    def changes(self, rules: Rules | None) -> tuple[PendingChange, ...]:
        """Return what differs from the plan, with rules; what is not finished of them is told as such."""
        with_plan = self._with_plan(rules)
        if self.course is None or with_plan is None:
            return ()
        lacking = self.rules.draft.lacking() if rules is None else ()
        chosen = () if self.in_use is None else beside_plan.told(self.choices, self.course)
        unfinished = (PendingChange("unfinished", text, part=part) for part, text in lacking)
        return (*self.beside.changes(*with_plan), *unfinished, *chosen)

    def _with_plan(self, rules: Rules | None) -> tuple[Course, Roster, Rules, int, frozenset[str]] | None:
        course, roster = self.course, self.roster
        if course is None or roster is None:
            return None
        if rules is None:
            rules = finished(self.rules.draft, course.rules, self.rules_language(course.rules.language))
        week = course.plan.from_week if self.rerun.base is None else self.rerun.options.from_week
        return course, roster, rules, week, self.stopped

    def note_choices(self) -> None:
        """Note what is chosen in the fields of the rerun under way, so that it outlasts them."""
        rerun = self.rerun
        if self.in_use is not None and rerun.base is not None and rerun.done != "accepted":
            self.choices = beside_plan.choices_of(rerun.options, rerun.base, rerun.ids_then)

    def edit(self, edits: Edits) -> None:
        """Take over what was changed by hand; whose tick is taken away is marked by their id in the plan."""
        new = edits.left - self.edits.left
        found = self.compared() if new and self.read() is not None else None
        rows = () if self.reading is None else self.reading.lines
        students = {line.row: line.student for line in rows}
        known = {} if found is None else {row: found.changes.old_id.get(students.get(row, "")) for row in new}
        marks = {row: one for row, one in self.marks.items() if row in edits.left}
        self.marks = marks | {row: one for row, one in known.items() if one is not None}
        super().edit(edits)


def session() -> Session:
    """Return what this coordinator has on the page."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Session()
    kept: Session = st.session_state[KEY]
    return kept
