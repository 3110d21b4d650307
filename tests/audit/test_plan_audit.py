"""The audit of finished groups: everyone placed once, and every rule's account."""

from __future__ import annotations

from planner.audit.plan_audit import audit, moves
from planner.model.domain import Turn
from tests.builders.classes import column_of, make_groups, make_roster, make_rules

CLASS = make_roster([{} for _ in range(5)])
RULES = make_rules("[groups]\nsize = [2, 3]\n[roles]\nnames = ['A']\n[term]\nweeks = 1")


def placement(*members: str, count: str = "") -> list[tuple[int, str, str]]:
    rules = make_rules(f"[groups]\nsize = [2, 3]\n{count}")
    report = audit(rules, CLASS, make_groups(*members)).reports[0]
    assert report.kind == "placement"
    assert report.units == sum(finding.units for finding in report.findings)
    return [(f.units, f.message.text("nl"), f.message.text("en")) for f in report.findings]


def test_everyone_once_has_no_findings() -> None:
    checked = audit(RULES, CLASS, make_groups("abc", "de"))
    assert checked.holds
    assert checked.broken == ()
    assert checked.reports[0].title.text("nl") == "Iedereen in één groep"
    assert placement("abc", "de") == []


def test_students_without_a_group() -> None:
    assert placement("abc", "e") == [(1, "Juul zit in geen enkele groep.", "Juul is not in a group.")]
    assert placement("ab") == [
        (
            3,
            "3 studenten zitten in geen enkele groep: Ali, Juul en Bram.",
            "3 students are not in a group: Ali, Juul, and Bram.",
        )
    ]


def test_students_in_two_groups() -> None:
    assert placement("abc", "cde", "c") == [(2, "Ali zit in 3 groepen.", "Ali is in 3 groups.")]


def test_strangers() -> None:
    assert placement("abc", "dexy") == [
        (2, "Niet in de klassenlijst: x en y.", "Not in the class list: x and y.")
    ]


def test_another_number_of_groups_than_asked_for() -> None:
    assert placement("abc", "de", count="count = 2") == []
    assert placement("abc", "de", count="count = 1") == [
        (1, "Er zijn 2 groepen; gevraagd: 1.", "There are 2 groups; asked for: 1.")
    ]


def test_strangers_count_for_no_rule() -> None:
    checked = audit(RULES, CLASS, make_groups("abc", "dexyz"))
    assert not checked.holds
    assert [report.kind for report in checked.broken] == ["placement"]


def test_costs_add_up_and_only_musts_break() -> None:
    rules = make_rules("""
        [groups]
        size = [2, 3]
        prefer = 3
        [[rule]]
        kind = "similar"
        column = "Leerdoel"
        importance = "must"
        [[rule]]
        kind = "limit"
        column = "Leerdoel"
        value = "x"
        at_most = 1
        importance = "nice"
    """)
    roster = column_of("Leerdoel", "x", "x", "x", "y", "y")
    checked = audit(rules, roster, make_groups("abc", "de"))
    assert checked.holds
    assert checked.cost == 500 + 2 * 100  # a group of two; two x too many
    mixed = audit(rules, roster, make_groups("abd", "ce"))
    assert [report.kind for report in mixed.broken] == ["similar"]
    assert mixed.cost == 500 + 100


def test_roles_are_reported_where_there_are_turns_and_roles() -> None:
    groups = make_groups("abc", "de")
    assert [report.kind for report in audit(RULES, CLASS, groups).reports] == [
        "placement",
        "size",
        "preferred-size",
    ]
    turns = [
        Turn(week=1, group="Groep 1", student_id="a", role="A"),
        Turn(week=1, group="Groep 2", student_id="d", role="A"),
    ]
    reported = audit(RULES, CLASS, groups, turns).reports[-1]
    assert (reported.kind, reported.units) == ("roles", 0)
    none = make_rules("[groups]\nsize = [2, 3]\n[roles]\nnames = []")
    assert audit(none, CLASS, groups, turns).reports[-1].kind == "preferred-size"


def test_a_move_is_another_label_for_a_student_who_was_there() -> None:
    before = make_groups("abc", "def")
    after = make_groups("abd", "ceg")
    assert moves(before, after) == ("c", "d")  # f left, g is new
    assert moves(before, before) == ()
    assert moves(make_groups("ab", "cd"), make_groups("cd", "ab")) == ("a", "b", "c", "d")
