"""Free together where the class list says when people cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from planner.infeasibility.conflict import explain
from planner.model.choosable_moments import moments_to_choose
from planner.model.domain import Column, ColumnKind, Roster
from planner.model.instance import OverlapCost
from planner.model.problems import Level
from planner.rules.base import Shape
from planner.rules.overlap import Overlap
from tests.builders.classes import found, make_groups, make_roster, make_rules

SHAPE = Shape(groups=2, smallest=2, largest=3)
MOMENTS = ("ma", "di", "wo")
RULE = Overlap(columns=("Niet",))


def roster_of(rows: Sequence[Mapping[str, str]], **moments: tuple[str, ...] | None) -> Roster:
    """Return a class list; columns with moments, or None, say when people cannot."""
    plain = make_roster(rows)
    columns = tuple(
        Column(heading=one.heading, kind=ColumnKind.BUSY, moments=moments[one.heading] or ())
        if one.heading in moments
        else one
        for one in plain.columns
    )
    return Roster(students=plain.students, columns=columns)


def busy(*cells: str, moments: tuple[str, ...] | None = MOMENTS) -> Roster:
    return roster_of([{"Niet": cell} for cell in cells], Niet=moments)


def test_free_are_all_moments_but_ones_own() -> None:
    roster = busy("ma", "di, ma", "", "nee", "hele dag", "Maandag")
    times = RULE.times(roster)
    assert [times.of(student) for student in roster.students] == [
        ("di", "wo"),
        ("wo",),
        MOMENTS,
        MOMENTS,
        (),
        ("di", "wo"),
    ]
    assert RULE.slots(roster) == list(MOMENTS)


def test_findings_and_costs_are_of_free_moments() -> None:
    roster = busy("ma", "di", "", "ma, di, wo")
    assert found(RULE, roster, make_groups("abc", "cd")) == [
        ("Groep 1", 0, "Iedereen vrij: wo.", "All free: wo."),
        ("Groep 2", 1, "Geen moment waarop iedereen vrij is.", "No time when all are free."),
    ]
    (cost,) = RULE.compile(roster, SHAPE)
    assert isinstance(cost, OverlapCost)
    assert cost.masks.tolist() == [0b110, 0b101, 0b111, 0]


def test_a_part_of_the_class_knows_every_moment() -> None:
    """A card looks at one group alone: a moment that only others are busy at is free for these."""
    whole = busy("ma", "di", "wo", moments=("ma", "di", "wo"))
    part = Roster(students=whole.students[:1], columns=whole.columns)
    assert RULE.slots(part) == ["ma", "di", "wo"]
    assert found(RULE, part, make_groups("a"))[0][2] == "Iedereen vrij: di en wo."


def test_an_empty_cell_is_told() -> None:
    (problem,) = RULE.check(busy("ma", "di", ""))
    assert (problem.code, problem.level) == ("missing-answers", Level.ASSUMED)
    assert (
        problem.text("en")
        == "One student has no answer in “Niet”: Ali. This student counts as free at any time."
    )
    assert RULE.check(busy("ma", "di", "nee")) == []


def test_moments_are_those_of_the_cells_where_none_came_along() -> None:
    assert RULE.slots(busy("ma", "di, ma", "", moments=None)) == ["ma", "di"]
    assert RULE.slots(busy("ja", "nee", moments=None)) == ["Niet"]


def test_a_column_for_each_day_is_called_by_its_day() -> None:
    rows = [{"Niet [ma]": "9; 10", "Niet [di]": ""}, {"Niet [ma]": "", "Niet [di]": "10"}]
    hours = ("9", "10")
    roster = roster_of(rows, **{"Niet [ma]": hours, "Niet [di]": hours})
    rule = Overlap(columns=("Niet [ma]", "Niet [di]"))
    assert rule.slots(roster) == ["ma: 9", "ma: 10", "di: 9", "di: 10"]
    assert found(rule, roster, make_groups("ab"))[0][2] == "Iedereen vrij: di: 9."


def test_a_grid_of_free_moments_is_called_by_its_days_too() -> None:
    roster = make_roster([{"Kun je? [ma]": "9; 10", "Kun je? [di]": "ja"}])
    assert Overlap(columns=("Kun je? [ma]", "Kun je? [di]")).slots(roster) == ["ma: 9", "ma: 10", "di"]


def test_who_says_both_is_free_where_neither_denies_it() -> None:
    rows = [{"Wel [ma]": "9; 10", "Niet [ma]": "10"}, {"Wel [ma]": "", "Niet [ma]": "9"}]
    roster = roster_of(rows, **{"Niet [ma]": ("9", "10")})
    rule = Overlap(columns=("Wel [ma]", "Niet [ma]"))
    times = rule.times(roster)
    assert [times.of(student) for student in roster.students] == [("ma: 9",), ("ma: 10",)]


CELLS = st.lists(st.sampled_from([*MOMENTS, "maandag", "nee", "-"]), max_size=3).map("; ".join)


@given(st.lists(CELLS, min_size=4, max_size=8), st.integers(1, 2))
def test_busy_moments_are_the_free_ones_turned_round(cells: list[str], at_least: int) -> None:
    free = [[moment for moment in MOMENTS if moment not in _named(cell)] for cell in cells]
    rows = [{"Niet": cell, "Wel": "; ".join(can) or "nee"} for cell, can in zip(cells, free, strict=True)]
    roster = roster_of(rows, Niet=MOMENTS)
    ids = [student.id for student in roster.students]
    groups = make_groups(ids[::2], ids[1::2])
    not_at, at = (Overlap(columns=(heading,), at_least=at_least) for heading in ("Niet", "Wel"))
    units = [[finding.units for finding in rule.findings(roster, groups)] for rule in (not_at, at)]
    assert units[0] == units[1]
    (cost,) = not_at.compile(roster, SHAPE)
    assert isinstance(cost, OverlapCost)
    assert cost.masks.tolist() == [sum(1 << MOMENTS.index(moment) for moment in can) for can in free]


def _named(cell: str) -> set[str]:
    return {"ma" if part == "maandag" else part for part in cell.split("; ")} & set(MOMENTS)


def test_the_way_out_takes_a_moment_out_of_a_cell() -> None:
    rules = make_rules(
        '[groups]\nsize = [2, 4]\n[[rule]]\nkind = "overlap"\ncolumns = ["Niet"]\nimportance = "must"\n'
    )
    roster = busy("di, wo", "di, wo", "di, wo", "ma, di", "ma, di", "ma, di, wo")
    first = explain(rules, roster).ways[0]
    assert first.message.text("nl") == "Vraag Yara of er één moment bij kan: ma."
    assert first.roster(roster).by_id["f"].answer("Niet") == "di; wo"
    assert RULE.times(roster).of(first.roster(roster).by_id["f"]) == ("ma",)


def choosable(kind: ColumnKind, *cells: str, moments: tuple[str, ...] = ()) -> tuple[str, ...]:
    roster = make_roster([{"When?": cell} for cell in cells])
    column = Column(heading="When?", kind=kind, moments=moments)
    return moments_to_choose(column, Roster(students=roster.students, columns=(column,)))


def test_moments_to_choose_are_each_there_once_in_the_order_of_the_week() -> None:
    """Whole answers of others were offered: of ten moments there were 67 combinations."""
    cells = ("Tue afternoon; Mon morning", "mon-morning, Tue morning", "not Friday", "")
    assert choosable(ColumnKind.SLOTS, *cells) == ("Mon morning", "Tue morning", "Tue afternoon")
    busy = choosable(ColumnKind.BUSY, "wo", "nee", moments=("wo", "ma", "di"))
    assert busy == ("ma", "di", "wo")  # also those of students who left


def test_a_question_of_yes_or_no_has_no_moments_to_choose() -> None:
    assert not choosable(ColumnKind.SLOTS, "ja", "nee")
    assert not choosable(ColumnKind.BUSY, "yes", "no", moments=("ma",))
    assert not choosable(ColumnKind.CATEGORY, "ma; di")


def test_moments_of_one_question_in_several_columns_are_those_of_all_of_them() -> None:
    rows = [{"Kun je? [ma]": "ochtend", "Kun je? [di]": "middag"}]
    columns = tuple(Column(heading=heading, kind=ColumnKind.SLOTS) for heading in rows[0])
    roster = Roster(students=make_roster(rows).students, columns=columns)
    assert moments_to_choose(columns[0], roster) == ("ochtend", "middag")
