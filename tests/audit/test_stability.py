"""How stable a term is, counted on small terms by hand."""

from __future__ import annotations

from planner.audit.stability import BlockChange, stability
from planner.model.domain import Block, Group, Plan
from planner.model.reports import Outcome, StageReport, Status
from planner.reporting.stability import describe_refresh, describe_stability
from tests.builders.classes import make_groups, make_roster

EIGHT = make_roster([{} for _ in range(8)])


def plan_of(*blocks: tuple[int, tuple[Group, ...]]) -> Plan:
    (first, groups), *later = blocks
    return Plan(
        language="en",
        seed=0,
        version="0",
        effort="quick",
        from_week=first,
        groups=groups,
        later=tuple(Block(from_week=week, groups=some) for week, some in later),
        turns=(),
        outcome=Outcome(status=Status.FEASIBLE, cost=0, bound=0, seconds=0.0),
    )


FIRST, SECOND = make_groups("abcd", "efgh"), make_groups("abef", "cdgh")


def test_one_block_keeps_everyone_together() -> None:
    found = stability(plan_of((1, FIRST)), EIGHT, 10)
    assert (found.changes, found.moves_per_student, found.share_kept, found.weeks_together) == ((), 0, 1, 10)
    assert [line.text("nl") for line in describe_stability(found)] == [
        "De hele periode dezelfde groepen: iedereen heeft 10 weken dezelfde groepsgenoten."
    ]


def test_a_refresh_is_counted() -> None:
    found = stability(plan_of((1, FIRST), (6, SECOND)), EIGHT, 10)
    assert found.changes == (
        BlockChange(
            from_week=6,
            moved=("c", "d", "e", "f"),
            pairs=12,
            kept=4,
            groups=2,
            untouched=0,
            first_meetings=8,
        ),
    )
    assert found.moves == {"c": 1, "d": 1, "e": 1, "f": 1}
    assert found.moves_per_student == 0.5
    # Four pairs for ten weeks, eight for the first five, eight for the last five.
    assert found.weeks_together == (4 * 10 + 16 * 5) / 20
    assert describe_stability(found)[0].text("en") == (
        "Week 6: 4 students move; 4 of 12 pairs stay together, 8 meet for the first time; "
        "0 of 2 groups stay as they are."
    )


def test_groups_of_earlier_in_the_term_count() -> None:
    found = stability(plan_of((4, SECOND), (7, FIRST)), EIGHT, 9, [(1, FIRST)])
    assert [(change.from_week, change.first_meetings) for change in found.changes] == [(4, 8), (7, 0)]
    assert found.moves["c"] == 2
    assert found.weeks_together == (4 * 9 + 8 * 6 + 8 * 3) / 20


def test_groups_that_were_replaced_before_they_began_do_not_count() -> None:
    found = stability(plan_of((1, SECOND)), EIGHT, 10, [(1, FIRST)])
    assert found.changes == ()


def test_who_left_is_not_counted() -> None:
    seven = make_roster([{} for _ in range(7)])
    found = stability(plan_of((3, make_groups("abcd", "efg"))), seven, 4, [(1, FIRST)])
    (change,) = found.changes
    assert (change.moved, change.pairs, change.kept, change.untouched) == ((), 9, 9, 2)


def refreshed(*stages: StageReport) -> str:
    line = describe_refresh(Block(from_week=6, groups=FIRST, stages=stages))
    assert line is not None
    return line.text("en")


def test_no_more_is_told_of_a_refresh_than_is_proven() -> None:
    def meetings(value: int, proven: bool, limit: int) -> StageReport:
        return StageReport(name="first-meetings", value=value, proven=proven, limit=limit)

    assert refreshed(meetings(8, True, 8)) == (
        "8 pairs meet for the first time. Proven: no refresh within these limits has more."
    )
    assert refreshed(meetings(8, False, 12)) == (
        "8 pairs meet for the first time; no refresh has more than 12."
    )
    assert refreshed(meetings(0, True, 0)) == (
        "Nobody moves: with groups of these sizes, nobody can move in a refresh."
    )
    again = StageReport(name="repeats", value=3, proven=False, limit=0)
    assert refreshed(again) == "Over all blocks, 3 pairs are in the same group again; fewer may be possible."
    assert describe_refresh(Block(from_week=6, groups=FIRST)) is None
