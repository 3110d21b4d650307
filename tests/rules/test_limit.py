"""Limit: at least, or at most, so many of an answer in a group."""

from __future__ import annotations

from typing import Any

import pytest

from planner.model.instance import ANY_HIGH, ANY_LOW, SumCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.base import Shape
from planner.rules.limit import Limit
from tests.builders.classes import column_of, found, make_groups, texts

SHAPE = Shape(groups=2, smallest=2, largest=4)
ROSTER = column_of("Werkt", "ja", "Ja", "JA ", "nee", "nee", "", "ja?")


def limit(**limits: Any) -> Limit:
    return Limit(column="Werkt", value="ja", **limits)


def test_counts_within_the_limits_have_no_findings() -> None:
    assert found(limit(at_most=2), ROSTER, make_groups("abde", "cfg")) == []
    assert found(limit(at_least=1), ROSTER, make_groups("abde", "cfg")) == []
    assert found(limit(at_least=1, at_most=2), ROSTER, make_groups("abde", "cfg")) == []


def test_each_student_outside_is_a_unit() -> None:
    groups = make_groups("abc", "de", "fg")
    assert found(limit(at_most=1), ROSTER, groups) == [
        ("Groep 1", 2, "Werkt = ja: hier 3.", "Werkt = ja: 3 here.")
    ]
    assert found(limit(at_least=2), ROSTER, groups) == [
        ("Groep 2", 2, "Werkt = ja: hier 0.", "Werkt = ja: 0 here."),
        ("Groep 3", 2, "Werkt = ja: hier 0.", "Werkt = ja: 0 here."),
    ]
    both = limit(at_least=1, at_most=2)
    assert [(f.group, f.units, f.students) for f in both.findings(ROSTER, groups)] == [
        ("Groep 1", 1, ("a", "b", "c")),
        ("Groep 2", 1, ()),
        ("Groep 3", 1, ()),
    ]
    assert both.report(ROSTER, groups).cost == 3 * 500
    assert limit(at_most=1, importance=Importance.MUST).report(ROSTER, groups).broken


def test_none_at_all_can_be_asked() -> None:
    assert [units for _, units, _, _ in found(limit(at_most=0), ROSTER, make_groups("ad", "e"))] == [1]


def test_an_empty_group_is_left_alone() -> None:
    assert found(limit(at_least=1), ROSTER, make_groups("")) == []


def test_a_missing_answer_is_not_counted() -> None:
    assert found(limit(at_most=0), ROSTER, make_groups("f")) == []
    (problem,) = limit(at_most=1).check(ROSTER)
    assert (problem.code, problem.level) == ("missing-answers", Level.ASSUMED)
    assert problem.text("nl") == (
        "Eén student heeft geen antwoord bij “Werkt”: Yara. De grens telt deze student niet mee."
    )
    assert (
        problem.text("en")
        == "One student has no answer in “Werkt”: Yara. The limit does not count this student."
    )


def test_what_is_compiled_is_a_count() -> None:
    (most,) = limit(at_most=2).compile(ROSTER, SHAPE)
    (least,) = limit(at_least=1).compile(ROSTER, SHAPE)
    assert isinstance(most, SumCost)
    assert isinstance(least, SumCost)
    assert most.weights.tolist() == [1, 1, 1, 0, 0, 0, 0]
    assert (most.low, most.high) == (ANY_LOW, 2)
    assert (least.low, least.high) == (1, ANY_HIGH)


def test_an_unknown_value_is_refused_with_the_nearest() -> None:
    roster = column_of("Werkt", "parttime", "niet", "parttime")
    problems = Limit(column="Werkt", value="part-time", at_most=2).check(roster)
    assert [(p.code, p.level, p.column) for p in problems] == [("unknown-value", Level.ERROR, "Werkt")]
    assert texts(problems, "nl") == [
        "Regel “Hooguit 2 × Werkt = part-time”: niemand heeft “part-time” bij “Werkt”. Bedoelde je "
        "“parttime”?"
    ]
    assert texts(problems, "en") == [
        "Rule “At most 2 × Werkt = part-time”: nobody has “part-time” in “Werkt”. Did you mean “parttime”?"
    ]


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    (problem,) = Limit(column="Werk", value="ja", at_most=2).check(ROSTER)
    assert problem.code == "unknown-column"
    assert problem.text("nl").endswith("Bedoelde je “Werkt”?")


@pytest.mark.parametrize(
    ("limits", "dutch", "english"),
    [
        ({"at_most": 2}, "Hooguit 2 × Werkt = ja", "At most 2 × Werkt = ja"),
        ({"at_most": 0}, "Hooguit 0 × Werkt = ja", "At most 0 × Werkt = ja"),
        ({"at_least": 1}, "Minstens 1 × Werkt = ja", "At least 1 × Werkt = ja"),
        ({"at_least": 1, "at_most": 3}, "1 tot en met 3 × Werkt = ja", "1 to 3 × Werkt = ja"),
        ({"at_least": 2, "at_most": 2}, "Precies 2 × Werkt = ja", "Exactly 2 × Werkt = ja"),
    ],
)
def test_labels(limits: dict[str, int], dutch: str, english: str) -> None:
    label = limit(**limits).label()
    assert (label.text("nl"), label.text("en")) == (dutch, english)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [({}, "limit"), ({"at_least": 3, "at_most": 2}, "limits-crossed"), ({"at_least": -1}, "at_least")],
)
def test_limits_that_make_no_sense_are_refused(limits: dict[str, int], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        limit(**limits)
