"""What could be loosened in what is asked, a little at a time; whether it helps is seen elsewhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from planner.engines.infeasibility.requirements import COUNT, SIZES
from planner.infeasibility.rule_relaxation import Answer, Relaxations, RuleRelaxation
from planner.model.domain import Roster, Student
from planner.model.reports import Importance
from planner.model.text import message, plural_message
from planner.rules import Rule, Rules
from planner.rules.balance import Balance
from planner.rules.column_values import has
from planner.rules.limit import Limit
from planner.rules.never_alone import NeverAlone
from planner.rules.new_faces import NewFaces
from planner.rules.overlap import Overlap
from planner.rules.participation import Participation
from planner.rules.people import NamedStudents
from planner.rules.size import PreferredSize, Size, sizes
from planner.rules.titles import title

WIDER = 3  # steps that sizes and limits are widened
SLOTS = 6  # moments that are tried for one student
FEW = 4  # students who are looked at one by one
OPEN = message("The number of groups is open.")
FURTHER = (1.25, 1.5, 2.0, 3.0)  # times the distance that a balance allows


def relaxations(
    rules: Rules, roster: Roster, elements: Sequence[int], concerned: Sequence[str]
) -> list[Relaxations]:
    """Return the ways to loosen some of what is asked, the slightest first.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list.
    elements : sequence of int
        Places in ``rules.active()``, `SIZES` or `COUNT`.
    concerned : sequence of str
        Ids of students who are known to be in it; they are looked at first.

    Returns
    -------
    list of Relaxations
        For each thing that can be loosened a row of steps, the slightest first.
    """
    found: list[Relaxations] = []
    for element in elements:
        if element == SIZES:
            found += _sizes(rules)
        elif element == COUNT:
            free = rules.groups.model_copy(update={"count": None})
            change = rules.model_copy(update={"groups": free})
            step = RuleRelaxation(change, message("Leave the number of groups open."), 40, done=OPEN)
            found.append([step])
        else:
            found += _Relaxed(rules, roster, element, concerned).in_order()
    return sorted((steps for steps in found if steps), key=lambda steps: steps[0].weight)


def _sizes(rules: Rules) -> Iterator[Relaxations]:
    smallest, largest = rules.groups.size
    steps = range(1, WIDER + 1)
    yield [_sized(rules, smallest - step, largest, 30 + step) for step in steps if smallest > step]
    yield [_sized(rules, smallest, largest + step, 30 + step) for step in steps]
    yield [_sized(rules, smallest - step, largest + step, 36 + step) for step in steps if smallest > step]


def _sized(rules: Rules, smallest: int, largest: int, weight: int) -> RuleRelaxation:
    groups = rules.groups.model_copy(update={"size": (smallest, largest)})
    sentence = message(
        "Groups of {wider} instead of {sizes}.",
        wider=sizes(smallest, largest),
        sizes=sizes(*rules.groups.size),
    )
    return RuleRelaxation(rules.model_copy(update={"groups": groups}), sentence, weight)


def unbound(rules: Rules, roster: Roster, elements: Sequence[int]) -> RuleRelaxation:
    """Return the change that makes some rules important instead of must, the number of groups free.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list.
    elements : sequence of int
        Places in ``rules.active()``, `SIZES` or `COUNT`.

    Returns
    -------
    RuleRelaxation
    """
    places = {element - before(rules) for element in elements if element >= 0}
    changed = tuple(
        rule.model_copy(update={"importance": Importance.IMPORTANT}) if place in places else rule
        for place, rule in enumerate(rules.rule)
    )
    loosened = [rule for place, rule in enumerate(rules.rule) if place in places]
    names = tuple(message("“{rule}”", rule=title(rule, roster)) for rule in loosened)
    sentence = plural_message(
        "Make this important instead of required: {rules}.",
        "Make these {n} important instead of required: {rules}.",
        len(names),
        rules=names,
    )
    done = message("Now important, and no longer required: {rules}.", rules=names)
    update: dict[str, object] = {"rule": changed}
    if COUNT in elements:
        update["groups"] = rules.groups.model_copy(update={"count": None})
        free = message("Leave the number of groups open.")
        sentence = message("{one} {other}", one=free, other=sentence) if names else free
        done = message("{one} {other}", one=OPEN, other=done) if names else OPEN
    return RuleRelaxation(rules.model_copy(update=update), sentence, 60 * len(elements), done=done)


def before(rules: Rules) -> int:
    """How many rules from settings come before those of the coordinator."""
    return sum(isinstance(rule, Size | PreferredSize) for rule in rules.active())


class _Relaxed:
    """One rule, and the ways to loosen it."""

    def __init__(self, rules: Rules, roster: Roster, element: int, concerned: Sequence[str]) -> None:
        self.rules, self.roster = rules, roster
        self.place = element - before(rules)
        self.element = element
        self.concerned = [student for student in concerned if student in roster.by_id]

    def in_order(self) -> list[Relaxations]:
        """Return every way, each from slight to great."""
        rule = self.rules.rule[self.place]
        found: list[Relaxations] = [[unbound(self.rules, self.roster, [self.element])]]
        if isinstance(rule, Overlap):
            found += self._overlap(rule)
        elif isinstance(rule, Limit):
            found += self._limit(rule)
        elif isinstance(rule, Balance):
            found.append(self._balance(rule))
        elif isinstance(rule, NamedStudents):
            found += self._named(rule)
        elif isinstance(rule, NeverAlone):
            found += self._never_alone(rule)
        elif isinstance(rule, NewFaces):
            found.append(self._new_faces(rule))
        elif isinstance(rule, Participation) and rule.columns:
            found.append(self._fewer_times(rule))
        return found

    def _with(self, rule: Rule | None) -> Rules:
        """Return the rules with another one in this place, or none."""
        other = () if rule is None else (rule,)
        kept = self.rules.rule
        return self.rules.model_copy(update={"rule": (*kept[: self.place], *other, *kept[self.place + 1 :])})

    def _instead(self, rule: Rule, looser: Rule, weight: int) -> RuleRelaxation:
        sentence = message(
            "“{looser}” instead of “{rule}”.",
            looser=title(looser, self.roster),
            rule=title(rule, self.roster),
        )
        return RuleRelaxation(self._with(looser), sentence, weight)

    def _overlap(self, rule: Overlap) -> Iterator[Relaxations]:
        yield self._fewer_times(rule)
        if rule.together is not None:
            whole = range(math.ceil(rule.together) - 1, 0, -1)
            shorter = [rule.model_copy(update={"together": float(hours)}) for hours in whole]
            yield [
                self._instead(rule, looser, 20 + step)
                for step, looser in enumerate([*shorter, rule.model_copy(update={"together": None})], 1)
            ]
        for student in self.concerned[:FEW]:
            answers = tuple(Answer(student, column, "") for column in rule.columns)
            sentence = message(
                "Ask {name} about other times. If {name} could always make it, there would be a plan.",
                name=self.roster.shown_names[student],
            )
            one_more = self._one_more_moment(rule, self.roster.by_id[student])
            yield [*one_more, RuleRelaxation(self.rules, sentence, 18, answers)]

    def _fewer_times(self, rule: Overlap | Participation) -> Relaxations:
        return [
            self._instead(rule, rule.model_copy(update={"at_least": rule.at_least - step}), 20 + step)
            for step in range(1, rule.at_least)
        ]

    def _one_more_moment(self, rule: Overlap, student: Student) -> list[RuleRelaxation]:
        """Give one student one more moment, the most usual ones first."""
        times = rule.times(self.roster)
        popular = Counter(slot for other in self.roster.students for slot in times.of(other) or ())
        mine = times.of(student) or ()
        changes: list[RuleRelaxation] = []
        for slot, _ in popular.most_common():
            opened = {} if slot in mine else times.opened(student, slot)
            answers = tuple(Answer(student.id, heading, cell) for heading, cell in opened.items())
            if answers and len(changes) < SLOTS:
                sentence = message(
                    "Ask {name} about one more time: {slot}.",
                    name=self.roster.shown_names[student.id],
                    slot=slot,
                )
                changes.append(RuleRelaxation(self.rules, sentence, 10, answers))
        return changes

    def _limit(self, rule: Limit) -> Iterator[Relaxations]:
        if rule.at_most is not None:
            yield [
                self._instead(rule, rule.model_copy(update={"at_most": rule.at_most + step}), 14 + step)
                for step in range(1, WIDER + 1)
            ]
        if rule.at_least:
            yield [
                self._instead(rule, rule.model_copy(update={"at_least": rule.at_least - step}), 14 + step)
                for step in range(1, min(WIDER, rule.at_least) + 1)
            ]

    def _balance(self, rule: Balance) -> Relaxations:
        within = rule.within or 0.0
        wider = [float(f"{within * times:.2g}") for times in FURTHER]
        return [
            self._instead(rule, rule.model_copy(update={"within": far}), 14 + step)
            for step, far in enumerate(wider)
            if far > within
        ]

    def _named(self, rule: NamedStudents) -> Iterator[Relaxations]:
        if len(rule.students) == 2:
            drop = message("Remove “{rule}”.", rule=title(rule, self.roster))
            gone = message("“{rule}” is removed.", rule=title(rule, self.roster))
            yield [RuleRelaxation(self._with(None), drop, 25, done=gone)]
            return
        first = [student for student in self.concerned if student in rule.students]
        for student in [*first, *(s for s in rule.students if s not in first)][:FEW]:
            others = rule.model_copy(update={"students": tuple(s for s in rule.students if s != student)})
            sentence = message(
                "Leave {name} out of “{rule}”.",
                name=self.roster.shown_names[student],
                rule=title(rule, self.roster),
            )
            done = message(
                "{name} is left out of “{rule}”.",
                name=self.roster.shown_names[student],
                rule=title(rule, self.roster),
            )
            yield [RuleRelaxation(self._with(others), sentence, 22, done=done)]

    def _new_faces(self, rule: NewFaces) -> Relaxations:
        """Leave out one earlier term after the other, the longest ago first."""
        steps = range(1, 1 if rule.keep_one else len(rule.columns))
        later = [rule.model_copy(update={"columns": rule.columns[step:]}) for step in steps]
        return [self._instead(rule, looser, 22 + step) for step, looser in enumerate(later)]

    def _never_alone(self, rule: NeverAlone) -> Iterator[Relaxations]:
        if rule.at_least_share is not None:
            yield [self._instead(rule, rule.model_copy(update={"at_least_share": None}), 16)]
        minded = rule.minded(self.roster)
        if len(minded) < 2:
            return
        mine = {self.roster.by_id[s].answer(rule.column) for s in self.concerned}
        minded.sort(key=lambda value: not any(has(answer, value) for answer in mine))
        for value in minded[:FEW]:
            rest = tuple(v for v in minded if v != value)
            sentence = message("Leave “{value}” out of “{rule}”.", value=value, rule=title(rule, self.roster))
            done = message("“{value}” is left out of “{rule}”.", value=value, rule=title(rule, self.roster))
            other = self._with(rule.model_copy(update={"values": rest}))
            yield [RuleRelaxation(other, sentence, 24, done=done)]
