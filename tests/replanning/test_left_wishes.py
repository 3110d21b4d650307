"""A wish for somebody who left says that they left, not that it points to nobody."""

from __future__ import annotations

import pytest

from planner.model.domain import Roster
from planner.replanning.left_wishes import gone_from, tell_left
from planner.rules.wish import Wish
from tests.builders.classes import make_roster


def after() -> tuple[Roster, Roster]:
    """Return a class, and the class without Ali."""
    rows = [{"W": "Ali"}, {"W": "c"}, {"W": "Noor"}, {"W": "Zeger"}]
    then = make_roster(rows)
    return then, Roster(students=tuple(s for s in then.students if s.id != "c"), columns=then.columns)


@pytest.mark.parametrize("known", [True, False])
def test_a_wish_by_name_or_number_for_who_left(known: bool) -> None:
    then, now = after()
    found = tell_left(Wish(columns=("W",)).check(now), {"c": "Ali"}, then if known else None)
    assert [problem.code for problem in found] == ["wish-of-somebody-who-left"] * 2 + ["unknown-wish"]
    assert found[0].text("en") == "Noor's wish for Ali does not count: Ali has left."
    assert found[1].text("nl") == "De wens van Sem voor Ali telt niet mee: Ali is gestopt."


def test_without_a_plan_nobody_has_left() -> None:
    _, now = after()
    assert gone_from(None, now) == {}
