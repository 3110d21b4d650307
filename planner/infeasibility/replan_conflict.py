"""Why a rerun has no plan: which rules and options cannot hold together, and ways out with their moves.

As in `planner.infeasibility.conflict` nothing is called impossible unless that is proven, and nothing
is offered unless there is a plan with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from planner.engines.common.watch import Watch
from planner.engines.replanning.numbering import numbered
from planner.infeasibility.conflict import MOST_WAYS, RuleConflict, explain
from planner.infeasibility.infeasible_replan import (
    InfeasibleReplan,
    Remedy,
    fewest_first,
    remedy,
)
from planner.infeasibility.relaxations import before, relaxations
from planner.infeasibility.rule_relaxation import RuleRelaxation
from planner.model.domain import Group, Plan, Roster
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.replan_options import ReplanOptions
from planner.model.text import Message, message, plural_message
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan import replan
from planner.replanning.replan_question import replan_problem
from planner.rules import RoleSettings, Rules
from planner.rules.titles import title

MOST_TRIES = 40  # reruns to find the fewest that cannot hold together
MOVES_ONLY = 0.2  # of a rerun's patience: with this share the moves still have their whole time
MOST_LOOSER = 16  # and with a rule loosened
LARGEST = 7  # size up to which the moves of a way out are worked out
T = TypeVar("T")


def explain_rerun(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    options: ReplanOptions,
    *,
    seed: int = 0,
    watch: Watch | None = None,
) -> InfeasibleReplan:
    """Find out why a rerun has no plan, and what would help.

    Where the rules can hold once nothing is asked of groups and students, the fewest of these
    options and of the rules are sought that cannot hold together. Otherwise it is the rules
    alone, and `planner.infeasibility.conflict.explain` says which.

    Parameters
    ----------
    rules : Rules
        With the ids of the new class list.
    roster : Roster
        The class list.
    earlier : PreviousAssignment
    options : ReplanOptions
    seed : int
        The same seed gives the same answer.
    watch : Watch, optional
        Hears how far it is, and can stop it.

    Returns
    -------
    InfeasibleReplan
    """
    watch = watch or Watch()
    rules = without_leavers(rules, roster, earlier)
    options = replace(options, extra_moves=0)
    search = _ReplanConflictSearch(rules, roster, earlier, options, seed, watch)
    watch.tell(stage="conflict", done=0.02)
    found = search.run()
    watch.tell(stage="done", done=1.0)
    return found


@dataclass
class _ReplanConflictSearch:
    rules: Rules
    roster: Roster
    earlier: PreviousAssignment
    options: ReplanOptions
    seed: int
    watch: Watch
    tries: int = 0

    def run(self) -> InfeasibleReplan:
        """Return what is in the way, or the plan that turns up."""
        asked = self.rerun(self.rules, self.options)
        if isinstance(asked, Plan):
            return InfeasibleReplan(None, holds=True, groups=asked.groups)
        free = self.rerun(self.rules, self.options.free) if self.options.bind else None
        if isinstance(free, Plan):
            return self.among_wishes(free, proven=asked is not None)
        return self.among_rules()

    def rerun(
        self, rules: Rules, options: ReplanOptions, roster: Roster | None = None
    ) -> Plan | NoPlan | None:
        """Return what a rerun comes to; None where that is not known. What is no must is left out."""
        if self.watch.stop():
            return None
        musts = tuple(rule for rule in rules.rule if rule.must)
        bare = rules.model_copy(update={"rule": musts, "roles": RoleSettings(names=())})
        quiet = Watch(wanted_stop=self.watch.stop)
        try:
            return replan(
                bare,
                roster or self.roster,
                self.earlier,
                options=options,
                seed=self.seed,
                watch=quiet,
                patience=MOVES_ONLY,
            )
        except NoPlan as error:
            return error if error.proven else None
        except InputError:
            return None

    def _cannot(self, rules: Rules, options: ReplanOptions) -> bool | None:
        """Whether it is proven that there is no plan; None where neither that nor a plan is known."""
        self.tries += 1
        self.watch.tell(stage="conflict", done=0.02 + 0.6 * min(1.0, self.tries / MOST_TRIES))
        found = None if self.tries > MOST_TRIES else self.rerun(rules, options)
        return None if found is None else isinstance(found, NoPlan)

    # The rules alone are in the way

    def among_rules(self) -> InfeasibleReplan:
        """Return which rules cannot hold together; each way out with the moves it takes."""
        found = explain(self.rules, self.roster, seed=self.seed, watch=self.watch)
        if found.groups and not self.options.bind:
            return InfeasibleReplan(None, holds=True, groups=self._named(found.groups))
        ways = tuple(self._with_moves(found.ways, self.options))
        if not ways and self.options.bind:
            ways = tuple(self._with_moves(found.ways, self.options.free))
        return InfeasibleReplan(found.conflict, fewest_first(ways))

    def _named(self, groups: Sequence[Group]) -> tuple[Group, ...]:
        """Return groups with the names of before, such that as many as can be stay where they are."""
        before = replan_problem(self.rules, self.roster, self.earlier, self.options)
        members = [[self.roster.position[student] for student in group.members] for group in groups]
        old = [group.name for group in self.earlier.groups]
        fresh = [name for name in self.rules.group_names(len(old) + len(groups)) if name not in old]
        number = numbered(before, members, len(old)).tolist()
        return tuple(
            Group(name=[*old, *fresh][number[those[0]]], members=group.members)
            for group, those in zip(groups, members, strict=True)
        )

    def _with_moves(self, changes: Iterable[RuleRelaxation], options: ReplanOptions) -> Iterator[Remedy]:
        """Yield the changes with which a rerun comes to a plan."""
        for change in changes:
            if change.rules.groups.size[1] > LARGEST and not self.options.bind:
                yield Remedy(change.message, change.rules, options, None, change.answers)
                continue
            plan = self.rerun(change.rules, options, change.roster(self.roster))
            if isinstance(plan, Plan):
                sentence = change.message
                if self.options.bind and not options.bind:
                    sentence = message(
                        "{change} And drop your requests for groups and students.", change=sentence
                    )
                yield remedy(sentence, change.rules, options, plan, change.answers)

    # What was asked of groups and students is in the way

    def among_wishes(self, free: Plan, *, proven: bool) -> InfeasibleReplan:
        """Return the fewest options and rules that cannot hold together, and ways out of both kinds.

        `free` is the plan of a rerun that nothing of the kind is asked of; with all of it there is
        `proven` to be none.
        """
        ways = list(self._let_go())
        conflict = None
        loosened: Sequence[int] = ()
        if proven:
            conflict, loosened = self._smallest()
        self.watch.tell(stage="ways", done=0.65)
        ways += self._loosened(loosened)
        if not ways:
            sentence = message("Drop your requests for groups and students.")
            ways.append(remedy(sentence, self.rules, self.options.free, free))
        return InfeasibleReplan(conflict, fewest_first(ways))

    def _let_go(self) -> Iterator[Remedy]:
        """Yield the options without which there is a plan."""
        for option in self.options.each[:MOST_TRIES]:
            without = self.options.without(option)
            plan = self.rerun(self.rules, without)
            if isinstance(plan, Plan):
                (sentence,) = option.let_go(self.roster.shown_names)
                yield remedy(sentence, self.rules, without, plan)

    def _smallest(self) -> tuple[RuleConflict, Sequence[int]]:
        """Leave out what is not needed for the conflict, one thing after another (deletion)."""
        free = self.options.free
        musts = tuple(place for place, rule in enumerate(self.rules.rule) if rule.must)
        # Rules first: what was asked is mostly in the way of the sizes alone.
        kept, rules_sure = self._needed(
            musts, lambda some: self._cannot(_only(self.rules, some), self.options)
        )
        rules = _only(self.rules, kept)
        asked, sure = self._needed(
            self.options.each, lambda some: self._cannot(rules, free.also(some)) if some else False
        )
        options = free.also(asked)
        named, settings_sure = self._settings(rules, options)
        named += [title(rule, self.roster) for rule in rules.rule]
        named += options.describe(self.roster.shown_names)
        minimal = sure and rules_sure and settings_sure
        return RuleConflict(
            tuple(named), (), minimal=minimal, smallest=False, with_options=options.bind
        ), kept

    def _settings(self, rules: Rules, options: ReplanOptions) -> tuple[list[Message], bool]:
        """Return the sizes, and the number of groups where it is in the conflict; say if that is sure."""
        count = rules.groups.count
        any_count = rules.model_copy(update={"groups": rules.groups.model_copy(update={"count": None})})
        without = False if count is None else self._cannot(any_count, options)
        named = [rules.active()[0].label()]
        if count is not None and not without:
            named.append(plural_message("One group", "{n} groups", count))
        return named, without is not None and self._holds_in_any_size(rules, options)

    def _holds_in_any_size(self, rules: Rules, options: ReplanOptions) -> bool:
        """Whether groups in which everyone stays, whatever their size, hold all but the sizes.

        Then the sizes are in the conflict for certain; otherwise that is not known.
        """
        into = dict(options.merged)
        home = self.earlier.group_of
        members: dict[str, list[str]] = {group.name: [] for group in self.earlier.groups}
        free: list[str] = []
        for student in self.roster.by_id:
            group = into.get(home.get(student, ""), home.get(student))
            if group is None or group in options.dissolved:
                free.append(student)
            else:
                members[group].append(student)
        for group in sorted(options.topped_up):
            if not free:
                return False
            members[group].append(free.pop())
        groups = [Group(name=name, members=tuple(them)) for name, them in members.items() if them]
        groups += [Group(name=f"{student} alone", members=(student,)) for student in free]
        if rules.groups.count not in (None, len(groups)):
            return False
        return not any(
            f.units for rule in rules.rule if rule.must for f in rule.findings(self.roster, groups)
        )

    def _needed(
        self, every: Sequence[T], cannot: Callable[[Sequence[T]], bool | None]
    ) -> tuple[tuple[T, ...], bool]:
        """Return some that cannot hold without each other, and whether that is sure of each."""
        none = cannot(())
        if none:
            return (), True
        kept, sure = tuple(every), none is not None
        for one in every:
            rest = tuple(other for other in kept if other != one)
            without = cannot(rest) if rest else False
            sure = sure and without is not None
            if without:
                kept = rest
        return kept, sure

    def _loosened(self, places: Sequence[int]) -> Iterator[Remedy]:
        """Yield what of the rules in the conflict could be less strict, with all options kept."""
        first, tries, found = before(self.rules), 0, 0
        for steps in relaxations(self.rules, self.roster, [first + place for place in places], ()):
            for change in steps:
                if tries >= MOST_LOOSER or found >= MOST_WAYS:
                    return
                tries += 1
                self.watch.tell(stage="ways", done=0.65 + 0.3 * tries / MOST_LOOSER)
                way = next(self._with_moves([change], self.options), None)
                if way is not None:
                    found += 1
                    yield way
                    break


def _only(rules: Rules, places: Sequence[int]) -> Rules:
    """Return the rules with only some of those that the coordinator added."""
    return rules.model_copy(update={"rule": tuple(rules.rule[place] for place in places)})
