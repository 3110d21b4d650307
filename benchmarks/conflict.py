"""How fast a conflict is found, confirmed and loosened: ``python -m benchmarks.conflict [n ...]``.

Invented classes with one thing too many asked of them, of several sorts. Not a test:
machines differ, compare within one run. Seconds are those of the processor, so that
other work on the machine does not count.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

from benchmarks.samples import synthetic_class, synthetic_rules
from planner.engines.common.watch import Progress, Watch
from planner.engines.warm_up import warm_up
from planner.infeasibility.conflict import explain
from planner.model.domain import Column, ColumnKind, Roster
from planner.rosters import SourceFile, read_class_list
from planner.rules import GroupSizes, Rules, read_rules

SIZES = (24, 32, 44, 60, 80, 120)
Asked = tuple[Rules, Roster]
ELSEWHEN = "Sat evening, Sun evening"


def _class(students: int) -> Asked:
    roster = read_class_list(SourceFile("class.csv", synthetic_class(students, 1))).require()
    return read_rules(synthetic_rules(students, 1).encode()), roster


def _answered(roster: Roster, column: str, answers: Mapping[int, str]) -> Roster:
    students = tuple(
        s.model_copy(update={"answers": {**s.answers, column: answers.get(place, s.answer(column))}})
        for place, s in enumerate(roster.students)
    )
    columns = roster.columns
    if column not in roster.headings:
        columns = (*columns, Column(heading=column, kind=ColumnKind.TEXT))
    return Roster(students=students, columns=columns)


def _also(rules: Rules, toml: str) -> Rules:
    return rules.model_copy(update={"rule": (*rules.rule, *read_rules(toml.encode()).rule)})


def _sized(rules: Rules, smallest: int, largest: int) -> Rules:
    return rules.model_copy(update={"groups": GroupSizes(size=(smallest, largest))})


def _rule(kind: str, fields: str) -> str:
    return f'[[rule]]\nkind = "{kind}"\n{fields}\nimportance = "must"\n'


def _named(roster: Roster, places: range) -> str:
    return "students = [" + ", ".join(f'"{roster.students[place].id}"' for place in places) + "]"


def one_is_never_free(students: int) -> Asked:
    """One student shares no moment with anybody."""
    rules, roster = _class(students)
    return rules, _answered(roster, "Availability", {3: ELSEWHEN})


def five_free_elsewhen(students: int) -> Asked:
    """Five students share moments with one another only, and groups have three or four."""
    rules, roster = _class(students)
    return _sized(rules, 3, 4), _answered(roster, "Availability", dict.fromkeys(range(2, 22, 4), ELSEWHEN))


def never_alone_in_threes(students: int) -> Asked:
    """Groups of three, everyone with a mate on an answer: each answer in whole groups, but four have one."""
    rules, roster = _class(students // 3 * 3)
    answers = {place: "abcd"[place % 3] if place > 3 else "d" for place in range(len(roster.students))}
    rules = _also(_sized(rules, 3, 3), _rule("never-alone", 'column = "Team"'))
    return rules, _answered(roster, "Team", answers)


def more_apart_than_groups(students: int) -> Asked:
    """More students to keep apart than there can be groups."""
    rules, roster = _class(students)
    return _also(rules, _rule("apart", _named(roster, range(students // 3 + 1)))), roster


def pairs_apart(students: int) -> Asked:
    """Five students kept apart two by two, and four groups at the most."""
    rules, roster = _class(students)
    pairs = "".join(
        _rule("apart", _named(roster, range(low, high + 1, high - low)))
        for high in range(5)
        for low in range(high)
    )
    calm = rules.model_copy(update={"rule": tuple(r for r in rules.rule if r.kind != "overlap")})
    return _also(_sized(calm, students // 4, students // 2), pairs), roster


def limit_in_all(students: int) -> Asked:
    """At most one of an answer in a group, and three in five have it."""
    rules, roster = _class(students)
    answers = {place: "yes" if place % 5 < 3 else "no" for place in range(students)}
    limit = _rule("limit", 'column = "Part-time job"\nvalue = "yes"\nat_most = 1')
    return _also(rules, limit), _answered(roster, "Part-time job", answers)


def chain_of_six(students: int) -> Asked:
    """Six students tied together two by two, and no moments asked for."""
    rules, roster = _class(students)
    ties = "".join(_rule("together", _named(roster, range(low, low + 2))) for low in range(5))
    calm = rules.model_copy(update={"rule": tuple(r for r in rules.rule if r.kind != "overlap")})
    return _also(calm, ties), roster


def mixed_and_similar(students: int) -> Asked:
    """The same answer together and spread evenly at once."""
    rules, roster = _class(students)
    column = 'column = "Programme"'
    return _also(rules, _rule("mix", column) + _rule("similar", column)), roster


def six_want_one(students: int) -> Asked:
    """Six students wish for the same one, and groups have five at the most."""
    rules, roster = _class(students)
    hub = roster.students[0].id
    rules = _also(rules, _rule("wish", 'columns = ["Wish"]'))
    return rules, _answered(roster, "Wish", dict.fromkeys(range(1, 7), hub))


SORTS: tuple[Callable[[int], Asked], ...] = (
    one_is_never_free,
    five_free_elsewhen,
    never_alone_in_threes,
    more_apart_than_groups,
    pairs_apart,
    limit_in_all,
    chain_of_six,
    mixed_and_similar,
    six_want_one,
)


def _noted(moments: dict[str, float]) -> Callable[[Progress], None]:
    """Return what notes when each stage is first told of."""

    def note(now: Progress) -> None:
        moments.setdefault(now.stage, time.process_time())

    return note


def main() -> None:
    """Print a table."""
    warm_up()
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    print(
        "students  sort                      s to conflict  s in all  rules  students named  proven    ways"
    )
    for students in sizes:
        for sort in SORTS:
            rules, roster = sort(students)
            moments: dict[str, float] = {}
            began = time.process_time()
            found = explain(rules, roster, watch=Watch(report=_noted(moments)))
            seconds = time.process_time() - began
            first = moments.get("ways", moments["done"]) - began
            core = found.conflict
            proven = (
                "no" if core is None else "fewest" if core.smallest else "minimal" if core.minimal else "yes"
            )
            print(
                f"{students:8}  {sort.__name__:24}  {first:13.1f}  {seconds:8.1f}"
                f"  {len(core.rules) if core else 0:5}  {len(core.students) if core else 0:14}"
                f"  {proven:8}  {len(found.ways):4}",
                flush=True,
            )


if __name__ == "__main__":
    main()
