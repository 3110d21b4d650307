"""The rules as they stand on their page, and whether they fit the class list."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.model.domain import ColumnKind, Roster
from planner.model.problems import InputError, Problem
from planner.rosters import SourceFile
from planner.rules import Rules
from planner.services import reading as service
from planner.ui.session.draft import RulesDraft
from planner.ui.session.rules_fit import Fit


@dataclass
class RulesOnPage:
    """Rules that somebody works on.

    Attributes
    ----------
    draft : RulesDraft
    drafted_for : Roster or None
        The class list that the draft is for.
    drafted_from : SourceFile or None
        The file of that class list.
    problems : tuple of Problem
        Why the last rules file could not be used.
    of_sample : bool
        The rules are those of the sample, the class list is not.
    """

    draft: RulesDraft = field(default_factory=RulesDraft)
    drafted_for: Roster | None = None
    drafted_from: SourceFile | None = None
    problems: tuple[Problem, ...] = ()
    of_sample: bool = False
    _fit: Fit | None = None

    def start(self, draft: RulesDraft, roster: Roster | None, file: SourceFile | None) -> None:
        """Work on other rules, for a class list."""
        self.draft, self.drafted_for, self.drafted_from = draft, roster, file

    def clear(self) -> None:
        """Begin with nothing."""
        self.draft, self.drafted_for = RulesDraft(), None

    def suggest(self, roster: Roster) -> None:
        """Start from the rules that the columns suggest; sizes, roles and the term stay as they are."""
        fresh, old = RulesDraft.suggest(roster), self.draft
        fresh.smallest, fresh.largest, fresh.prefer, fresh.count = (
            old.smallest,
            old.largest,
            old.prefer,
            old.count,
        )
        fresh.goals, fresh.rerun = old.goals, old.rerun
        fresh.term, fresh.rotate_every, fresh.role_names = old.term, old.rotate_every, old.role_names
        self.draft = fresh

    def renew(self, roster: Roster, file: SourceFile | None, *, in_use: bool) -> None:
        """Keep rules that somebody worked on where they fit another class list; else start from its columns.

        Parameters
        ----------
        roster : Roster
        file : SourceFile or None
            What it was read from.
        in_use : bool
            Whether there are groups.
        """
        before = self.drafted_for
        if roster == before:
            return
        by_hand = before is not None and _meanings(roster) == _meanings(before) and file is self.drafted_from
        if not by_hand and not in_use:  # else: other students, the same questions
            self._renew(before, roster)
        self.drafted_for, self.drafted_from = roster, file

    def _renew(self, before: Roster | None, roster: Roster) -> None:
        rules = self.draft.rules("nl")
        fits = rules is not None and set(rules.headings()) <= set(roster.headings)
        if before is not None and self.draft.touched() and fits:
            self.draft.renew(before, roster)
        else:
            self.suggest(roster)

    def take(self, file: SourceFile) -> None:
        """Use a rules file; where it cannot be used the rules stay as they are."""
        try:
            self.draft, self.problems = RulesDraft.of(service.read_rules_for_pages(file)), ()
        except InputError as error:
            self.problems = error.problems

    def fit(self, rules: Rules, roster: Roster) -> Fit:
        """Hold rules against a class list; asked anew only when either changed."""
        if self._fit is None or self._fit.roster is not roster or self._fit.rules != rules:
            self._fit = Fit.of(rules, roster)
        return self._fit


def _meanings(roster: Roster) -> dict[str, ColumnKind]:
    return {column.heading: column.kind for column in roster.columns}
