"""Groups counted for each section."""

from __future__ import annotations

from planner.model.domain import Column, ColumnKind
from planner.reporting.sections import expected, formed, told
from tests.builders.classes import make_groups, make_roster, make_rules

WITHIN = '[groups]\nsize = [2, 3]\n[[rule]]\nkind = "similar"\ncolumn = "Klas"\nimportance = "must"\n'
ROSTER = make_roster([{"Klas": klas} for klas in ("A", "B", "a ", "B", "B", "", "B", "B")])
SECTIONS = ROSTER.model_copy(update={"columns": (Column(heading="Klas", kind=ColumnKind.SECTION),)})


def test_what_to_expect_is_counted_for_each_section() -> None:
    assert expected(make_rules(WITHIN), SECTIONS) == {"A": 1, "B": 2}
    assert [part.text("nl") for part in told({"A": 1, "B": 2})] == ["A: één groep", "B: 2 groepen"]
    assert expected(make_rules(WITHIN.replace("must", "nice")), SECTIONS) == {}
    assert expected(make_rules(WITHIN), ROSTER) == {}  # a column that is no section
    assert expected(make_rules(WITHIN.replace("[2, 3]", "[4, 4]")), SECTIONS) == {}


def test_groups_are_counted_for_each_section_and_those_of_several() -> None:
    rules = make_rules(WITHIN)
    said = formed(rules, SECTIONS, make_groups("acf", "bde", "gh"))
    assert said is not None
    assert said.text("en") == "A: one group and B: 2 groups."
    said = formed(rules, SECTIONS, make_groups("abf", "cde", "gh"))
    assert said is not None
    assert said.text("nl") == "A: 0 groepen, B: één groep en 2 groepen uit meer secties."
    assert formed(make_rules(""), SECTIONS, make_groups("acf")) is None
