"""What a notebook shows: small tables, and no name that is anything but text."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import planner
from planner.library.html import MOST_ROWS, table
from planner.model.text import message

NASTY = "<script>alert(1)</script>"
OURS = {"p", "table", "thead", "tbody", "tr", "th", "td"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert {name for name, _ in attrs} <= {"style", "border", "class"}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def tags(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


@pytest.fixture(scope="module")
def plan() -> planner.GroupPlan:
    names = [f"{NASTY} {letter}" for letter in "abcdefghijkl"]
    frame = pd.DataFrame({"Student number": range(3001, 3013), "Name": names, NASTY: list("xy") * 6})
    rules = planner.Rules(
        language="en",
        groups=planner.GroupSizes(size=(3, 4), names=f"{NASTY} {{n}}"),
        rules=[planner.Mix(column=NASTY)],
        roles=planner.RoleSettings(names=(NASTY,)),
    )
    return planner.plan(planner.Roster.from_frame(frame, kinds={NASTY: "category"}), rules, effort="quick")


def test_names_of_people_groups_and_columns_are_text(plan: planner.GroupPlan) -> None:
    fewer = [one for one in plan.roster.students if one.id != "3001"]
    after = planner.replan(plan, planner.Roster(students=fewer, columns=plan.roster.columns), from_week=2)
    found = planner.audit(plan.roster, plan.rules, plan)
    shown = [plan, after, found, planner.forecast(plan, terms=30, sizes=[])]
    for one in shown:
        html = one._repr_html_()
        assert tags(html).seen <= OURS
        assert len(html) < 10_000
    assert NASTY in "".join(tags(after._repr_html_()).text)
    assert tags(plan.roster._repr_html_()).seen <= OURS


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=30))
def test_any_table_is_small_and_escaped(rows: list[tuple[str, str]]) -> None:
    html = table((message("Name"), message("Group")), rows, "en")
    assert tags(html).seen <= OURS
    assert html.count("<tr>") <= 1 + MOST_ROWS


def test_a_line_of_text_says_the_same(plan: planner.GroupPlan) -> None:
    assert repr(plan) == f"<GroupPlan: {plan.summary}>"
    assert plan.summary.startswith("4 groups. ")
