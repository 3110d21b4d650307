"""Where a rerun on the page starts: the plan before, the class list and the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from planner.model.domain import ColumnKind, Roster
from planner.model.problems import InputError, Problem
from planner.model.text import Message
from planner.plans.course import Course
from planner.plans.previous import Previous, previous_from_course
from planner.replanning.answers_before import AnswersBefore
from planner.rosters import Edits, Reading, SourceFile, answers_seen
from planner.rules import Rules
from planner.services.compare_lists import meanings
from planner.services.reading import read_previous_file, read_rules_for_pages
from planner.ui.session.chosen_options import ChosenOptions
from planner.ui.session.list_files import ListFiles


@dataclass
class ReplanStart(ListFiles):
    """The plan that a rerun starts from, the new class list, and the rules.

    Attributes
    ----------
    base : Course or None
        The plan on the page that this starts from; None where it came from a file.
    options : ChosenOptions
        At first those that were locked by hand stay as they are.
    page_rules, of_page : Rules, Reading or None
        Rules and class list as they were taken from their own pages.
    unfinished : tuple of Message
        What the rules on their own page still need.
    """

    base: Course | None = None
    previous: Previous | None = None
    previous_file: str | None = None
    rules: Rules | None = None
    rules_problems: tuple[Problem, ...] = ()
    options: ChosenOptions = field(default_factory=ChosenOptions)
    page_rules: Rules | None = None
    of_page: Reading | None = None
    unfinished: tuple[Message, ...] = ()

    def outlived(self, course: Course | None) -> bool:
        """Whether it started from a plan that is not the one on the page any more."""
        return self.base is not None and self.base is not course

    def start_from(self, course: Course, kinds: Mapping[str, ColumnKind], survey: SourceFile | None) -> None:
        """Start from the plan on the page; the survey of then counts until there is another."""
        self.base, self.survey, self.page_rules = course, survey, course.rules
        self._begin_with(previous_from_course(course))
        self.kinds.update(kinds)
        self.names = {c.heading: c.short for c in course.roster.columns if c.short is not None}
        if self.before is not None:
            self.before = replace(self.before, survey_again=survey is not None)

    def know(self, listed: Roster | None, rules: Rules | None) -> None:
        """Know the class list on its own page, which may have been corrected since the plan."""
        if listed is not None:
            self.names = {c.heading: c.short for c in listed.columns if c.short is not None} | self.names
        before, used = self.before, () if rules is None else rules.headings()
        if self.base is None or before is None or (before.listed is listed and before.used == used):
            return
        self.before = replace(before, listed=listed, used=used)
        other = before.listed is not listed or before.columns.keys() != self.before.columns.keys()
        if other and self.class_list is not None and self.of_page is None:
            self.reading = None  # what was corrected there counts here

    def follow(self, rules: Rules | None) -> None:
        """Use the rules as they stand on their own page, where they changed since this last looked.

        What a rerun is kind to is chosen here, and stays as it was chosen.
        """
        before = self.page_rules
        if self.base is None or before is None or rules is None or rules == before:
            return
        self.page_rules = rules
        if self.rules is not None and rules.rerun == before.rerun:
            rules = rules.model_copy(update={"rerun": self.rules.rerun})
        self.rules = rules

    def take_listed(self, page: ListFiles) -> None:
        """Look at the class list as it stands on its own page, changed by hand or not."""
        if self.of_page is not None and self.of_page is page.reading:
            return
        self.take(page.class_list)
        self.survey, self.kinds, self.edits = page.survey, {**self.kinds, **page.kinds}, page.edits
        self.earlier = page.earlier
        self.marks = dict(page.marks)
        self.seen = {**self.seen, **page.seen}
        self.sheet, self.heading_row = page.sheet, page.heading_row
        self.reading = self.of_page = page.reading
        if self.before is not None:
            self.before = replace(self.before, survey_again=page.before is None or page.before.survey_again)

    def take_previous(self, file: SourceFile | None) -> None:
        """Start from a plan.json or a list of groups; None goes back to the plan on the page."""
        self.forget_results()
        self.base, self.previous, self.previous_file, self.rules = None, None, None, None
        self.reading, self.survey, self.page_rules = None, None, None
        if file is None:
            return
        self.previous_file = file.name
        self._begin_with(read_previous_file(file))

    def _begin_with(self, previous: Previous) -> None:
        self.previous = previous
        course = previous.course
        self.rules = None if course is None else course.rules
        self.options.from_week = 1 if course is None else course.plan.from_week
        # What was locked by hand stays, unless the coordinator says otherwise.
        names = {group.name for group in previous.groups}
        self.options.locked = () if course is None else course.locks.students
        self.options.closed = () if course is None else tuple(g for g in course.locks.groups if g in names)
        # A column means what it meant when the plan was made.
        self.kinds = meanings(previous)
        self.seen = {} if course is None else answers_seen(course.roster)
        self.before = AnswersBefore(previous)

    def take(self, file: SourceFile | None) -> None:
        """Look at a new class list; the plan and the list of before stay as they are."""
        self.class_list, self.reading, self.sheet, self.heading_row = file, None, None, None
        self.edits, self.of_page, self.marks = Edits(), None, {}
        self.forget_results()

    def take_rules(self, file: SourceFile | None) -> None:
        """Use a rules file, or none; where it cannot be used nothing changes."""
        self.rules_problems = ()
        if file is None:
            course = None if self.previous is None else self.previous.course
            self.rules = self.page_rules or (None if course is None else course.rules)
            return
        try:
            self.rules = read_rules_for_pages(file)
        except InputError as error:
            self.rules_problems = error.problems

    def has_read(self) -> None:
        """Forget what was made of other students."""
        self.forget_results()

    def forget_results(self) -> None:
        """Forget what was made of what is asked no more."""
