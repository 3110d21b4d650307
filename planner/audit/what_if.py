"""What would change, rule by rule, if two students swapped or one moved: told at once.

Only the groups that are touched are looked at, before and after, with each rule's own
account of a plan; what a rule finds in the other groups stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.model.domain import Group, Roster, group_of
from planner.model.reports import Finding, Importance
from planner.model.text import Message, message, plural_message
from planner.rules import Rule, Rules
from planner.rules.titles import title

MOST_NAMED = 3  # rules in a sentence


@dataclass(frozen=True)
class RuleChange:
    """What changes for one rule.

    Attributes
    ----------
    rule : Message
        As the coordinator would name it.
    importance : Importance
    before, after : int
        Units by which the rule is from perfect in the groups that are touched.
    cost : int
        Difference in cost; zero for a must.
    was, becomes : tuple of Finding
        What the rule finds in these groups, before and after.
    amount : Message or None
        The difference as people would say it, where there is one.
    slight : bool
        Whether the difference is less than people would put into figures.
    """

    rule: Message
    importance: Importance
    before: int
    after: int
    cost: int
    was: tuple[Finding, ...] = ()
    becomes: tuple[Finding, ...] = ()
    amount: Message | None = None
    slight: bool = False

    @property
    def worse(self) -> bool:
        """Whether the rule would be met less well."""
        return self.after > self.before

    @property
    def better(self) -> bool:
        """Whether the rule would be met better."""
        return self.after < self.before

    @property
    def breaks(self) -> bool:
        """Whether a must rule that holds here would not hold any more."""
        return self.importance is Importance.MUST and self.worse

    @property
    def gone(self) -> tuple[Finding, ...]:
        """What is found before and not after."""
        return tuple(finding for finding in self.was if finding not in self.becomes)

    @property
    def new(self) -> tuple[Finding, ...]:
        """What is found after and not before."""
        return tuple(finding for finding in self.becomes if finding not in self.was)

    @property
    def description(self) -> Message:
        """The change in a few words."""
        if self.breaks:
            return message("would no longer be met")
        if self.worse:
            return message("less well met")
        if self.better:
            return message("better met")
        return message("stays as it is")


@dataclass(frozen=True)
class WhatIf:
    """What changes for every rule.

    Attributes
    ----------
    changes : tuple of RuleChange
        In the order of the rules.
    """

    changes: tuple[RuleChange, ...]

    @property
    def broken(self) -> tuple[RuleChange, ...]:
        """The must rules that would not hold any more."""
        return tuple(change for change in self.changes if change.breaks)

    @property
    def cost(self) -> int:
        """Difference in cost of the whole plan."""
        return sum(change.cost for change in self.changes)

    @property
    def costs(self) -> bool:
        """Whether a rule would be met less well, by more than a hair."""
        return any(change.worse and not change.slight for change in self.changes)

    def headline(self) -> Message:
        """Return what it comes to, in a sentence."""
        if self.broken:
            names = tuple(message("“{rule}”", rule=change.rule) for change in self.broken)
            return message("Not possible: this breaks {rules}.", rules=names)
        effect = self.effect
        if effect is None:
            return message("Possible, and every rule is met as well as now.")
        return message("Possible. {effect}", effect=effect)

    @property
    def effect(self) -> Message | None:
        """What becomes worse and then what better, in natural units; None where nothing does.

        What breaks is left out: it is told before this.
        """
        worse = _named(change for change in self.changes if change.worse and not change.breaks)
        better = _named(change for change in self.changes if change.better)
        if not worse:
            return message("Better met: {better}.", better=better) if better else None
        if not better:
            return message("Less well met: {worse}.", worse=worse)
        if self.cost > 0:
            return message(
                "Less well met: {worse}; better met: {better}. Worse on balance.", worse=worse, better=better
            )
        if self.cost < 0:
            return message(
                "Less well met: {worse}; better met: {better}. Better on balance.", worse=worse, better=better
            )
        return message(
            "Less well met: {worse}; better met: {better}. As good on balance.", worse=worse, better=better
        )


@dataclass(frozen=True)
class PlanComparison:
    """One rule in two groups: what is found in each."""

    rule: Message
    importance: Importance
    units: tuple[int, int]
    findings: tuple[tuple[Finding, ...], tuple[Finding, ...]]


class WhatIfs:
    """Answers about one plan.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group
    """

    def __init__(self, rules: Rules, roster: Roster, groups: Sequence[Group]) -> None:
        self.rules, self.roster = rules, roster
        self.groups = {group.name: group for group in groups}
        self.group_of = group_of(groups)

    def swap(self, first: str, second: str) -> WhatIf:
        """Return what changes when two students trade places.

        Parameters
        ----------
        first : str
            Id.
        second : str
            Id.

        Returns
        -------
        WhatIf

        Raises
        ------
        KeyError
            Where one of them is in no group.
        """
        return self.change({first: self.group_of[second], second: self.group_of[first]})

    def move(self, student: str, group: str) -> WhatIf:
        """Return what changes when a student goes to another group.

        Parameters
        ----------
        student : str
            Id.
        group : str
            Label of where the student goes.

        Returns
        -------
        WhatIf

        Raises
        ------
        KeyError
            Where the student is in no group, or there is no such group.
        """
        return self.change({student: self.groups[group].name})

    def change(self, places: Mapping[str, str]) -> WhatIf:
        """Return what changes when some students go to other groups, by their ids.

        Raises
        ------
        KeyError
            Where one of them is in no group.
        """
        touched = {self.group_of[student] for student in places} | set(places.values())
        was = [group for name, group in self.groups.items() if name in touched]
        becomes = [_with(group, places) for group in was]
        return WhatIf(tuple(self._change(rule, was, becomes) for rule in self.rules.active()))

    def compare(self, first: str, second: str) -> tuple[PlanComparison, ...]:
        """Return what every rule finds in two groups.

        Parameters
        ----------
        first : str
            Label of a group.
        second : str
            Label of the other one.

        Returns
        -------
        tuple of PlanComparison
            In the order of the active rules.

        Raises
        ------
        KeyError
            Where there is no such group.
        """
        both = [self.groups[first], self.groups[second]]
        compared = []
        for rule in self.rules.active():
            found = rule.findings(self.roster, both)
            here = tuple(f for f in found if f.group == first)
            there = tuple(f for f in found if f.group == second)
            units = (sum(f.units for f in here), sum(f.units for f in there))
            compared.append(PlanComparison(title(rule, self.roster), rule.importance, units, (here, there)))
        return tuple(compared)

    def _change(self, rule: Rule, was: Sequence[Group], becomes: Sequence[Group]) -> RuleChange:
        named = title(rule, self.roster)
        return rule_change(rule, self.roster, named, self._found(rule, was), self._found(rule, becomes))

    def _found(self, rule: Rule, groups: Sequence[Group]) -> list[Finding]:
        here = {student for group in groups for student in group.members}
        found = rule.findings(self.roster, groups)
        # Of people who are elsewhere nothing changes, and nothing can be said from here.
        return [finding for finding in found if finding.group or here.issuperset(finding.students)]


def rule_change(
    rule: Rule, roster: Roster, named: Message, was: Sequence[Finding], becomes: Sequence[Finding]
) -> RuleChange:
    """Return what changes for a rule, by what it finds before and after.

    Parameters
    ----------
    rule : Rule
    roster : Roster
    named : Message
        As the coordinator would name it.
    was, becomes : sequence of Finding

    Returns
    -------
    RuleChange
    """
    before, after = units_of(was), units_of(becomes)
    return RuleChange(
        rule=named,
        importance=rule.importance,
        before=before,
        after=after,
        cost=0 if rule.must else (after - before) * rule.price,
        was=tuple(was),
        becomes=tuple(becomes),
        amount=rule.natural(abs(after - before), roster) if before != after else None,
        slight=before != after and rule.slight(abs(after - before), roster),
    )


def units_of(found: Sequence[Finding]) -> int:
    """Return how far what was found is from perfect, in the units of its rule."""
    return sum(finding.units for finding in found)


def worst_first(change: RuleChange) -> tuple[int, bool, int]:
    """Return what a change is sorted by: what breaks, what gets worse, what gets better, what stays.

    Differences that nobody would put into figures come last of their kind; before them what counts most.
    """
    kind = 0 if change.breaks else 1 if change.worse else 2 if change.better else 3
    return kind, change.slight, -abs(change.cost)


def _named(changes: Iterable[RuleChange]) -> tuple[Message, ...]:
    """Name rules with how much they change, those that count most first; slight ones only by themselves."""
    ordered = sorted(changes, key=worst_first)
    ordered = [change for change in ordered if not change.slight] or ordered
    named = [message("{rule} ({amount})", rule=one.rule, amount=one.amount or "") for one in ordered]
    if len(named) <= MOST_NAMED:
        return tuple(named)
    return (*named[:MOST_NAMED], plural_message("one more", "{n} more", len(named) - MOST_NAMED))


def _with(group: Group, places: Mapping[str, str]) -> Group:
    """Return a group with some students in other places."""
    kept = [student for student in group.members if places.get(student, group.name) == group.name]
    came = [s for s, name in places.items() if name == group.name and s not in group.members]
    return group.only((*kept, *came))
