"""What is asked about roles in a rerun holds from its week on; what did not change stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import pytest

from planner.audit.turns import report_turns
from planner.model.domain import Group, Roster, Turn
from planner.planning.replan_roles import replan_turns
from planner.planning.roles import plan_turns
from planner.rules import Rules
from planner.rules.asked_roles import AskedRoles
from tests.builders.classes import make_groups, make_roster, make_rules

GROUPS = make_groups("abcd", "efgh")
Held = Mapping[str, str]


def asking(roles: str = "", weeks: int = 10) -> Rules:
    return make_rules(f"[roles]\n{roles}\n[term]\nweeks = {weeks}")


FOUR = asking('names = ["A", "B", "C", "D"]')


def people(ids: str = "abcdefgh", **answers: str) -> Roster:
    return make_roster([{"id": one, "Niet": answers.get(one, "")} for one in ids], ["Niet"])


def again(
    rules: Rules,
    week: int = 5,
    *,
    was: Rules = FOUR,
    before: Roster | None = None,
    now: Roster | None = None,
    groups: tuple[Group, ...] = GROUPS,
) -> tuple[tuple[Turn, ...], tuple[Turn, ...]]:
    """Return the turns before, and those after something else is asked from a week on."""
    before, now = before or people(), now or people()
    turns = plan_turns(was, before, GROUPS, 1)
    asked = AskedRoles.of(was, before)
    return turns, replan_turns(rules, now, groups, GROUPS, turns, week, 1, asked=asked)


def by_week(turns: tuple[Turn, ...]) -> dict[int, Held]:
    found: dict[int, dict[str, str]] = {}
    for turn in turns:
        if not turn.minds:
            found.setdefault(turn.week, {})[turn.student_id] = turn.role
    return dict(found)


def test_what_is_asked_as_before_stays() -> None:
    before, after = again(FOUR)
    assert after == before


def test_two_roles_instead_of_four() -> None:
    """Weeks 5 and on kept the four old roles."""
    rules = asking('names = ["A", "B"]')
    before, after = again(rules)
    was, now = by_week(before), by_week(after)
    for week in range(1, 5):
        assert now[week] == was[week]
    for week in range(5, 11):
        assert now[week] == {one: role for one, role in was[week].items() if role in "AB"}
    assert report_turns(rules, people(), GROUPS, after, 5).units == 0


def test_another_pace() -> None:
    """With roles for two weeks from week 5 on, everyone had another one each week all the same."""
    rules = asking('names = ["A", "B", "C", "D"]\nrotate_every = 2')
    before, after = again(rules)
    was, now = by_week(before), by_week(after)
    assert [now[week] for week in range(1, 5)] == [was[week] for week in range(1, 5)]
    rounds = [now[week] for week in (5, 7, 9)]
    assert [now[week] for week in (6, 8, 10)] == rounds
    for one, other in pairwise([now[4], *rounds]):
        assert not one.items() & other.items()
    assert report_turns(rules, people(), GROUPS, after, 5).units == 0


@pytest.mark.parametrize("week", [5, 6])
@pytest.mark.parametrize("every", [2, 3])
def test_another_pace_holds_from_the_week_that_is_told(week: int, every: int) -> None:
    """Rounds were counted from week 1: "from week 6 on every 2 weeks" began with a turn of one week."""
    rules = asking(f'names = ["A", "B", "C", "D"]\nrotate_every = {every}', weeks=11)
    _, after = again(rules, week)
    now = by_week(after)
    begun = [week for week in range(week, 12) if now[week] != now[week - 1]]
    assert begun == list(range(week, 12, every))
    assert report_turns(rules, people(), GROUPS, after, week).units == 0
    for later in range(week, 12):  # and a rerun of then goes on with the same rounds
        assert replan_turns(rules, people(), GROUPS, GROUPS, after, later, 1) == after


def test_faster_again() -> None:
    every_two = asking('names = ["A", "B", "C", "D"]\nrotate_every = 2')
    _, after = again(FOUR, was=every_two)
    now = by_week(after)
    for week in range(5, 11):
        assert not now[week - 1].items() & now[week].items()
    assert report_turns(FOUR, people(), GROUPS, after, 5).units == 0


def test_a_project_that_becomes_a_rota_and_the_other_way_round() -> None:
    project = asking('names = ["A", "B", "C", "D"]\nrotate_every = 0')
    _, after = again(FOUR, was=project)
    now = by_week(after)
    assert all(not now[week - 1].items() & now[week].items() for week in range(5, 11))
    _, after = again(project)
    now = by_week(after)
    assert all(now[week] == now[5] for week in range(5, 11))


def test_a_role_that_somebody_leaves_to_others_from_now_on() -> None:
    """Who newly leaves a role to others had it in weeks 6 and 10 all the same."""
    rules = asking('names = ["A", "B", "C", "D"]\nopt_out = "Niet"')
    plain = plan_turns(rules, people(), GROUPS, 1)
    one = next(turn.student_id for turn in plain if (turn.week, turn.role) == (6, "C"))
    before, after = again(rules, was=rules, now=people(**{one: "C"}))
    was, now = by_week(before), by_week(after)
    assert all(now[week].get(one) != "C" for week in range(5, 11))
    assert all(len(now[week]) == 8 for week in range(1, 11))
    for week in range(1, 11):
        if was[week].get(one) != "C" or week < 5:
            assert now[week] == was[week]
    others = {turn for turn in before if turn.group != next(g.name for g in GROUPS if one in g.members)}
    assert others <= set(after)


def test_a_role_that_becomes_possible_again_is_filled() -> None:
    rules = asking('names = ["A", "B"]\nopt_out = "Niet"')
    nobody = people(**dict.fromkeys("abcd", "B"))
    before, after = again(rules, was=rules, before=nobody, now=people(**dict.fromkeys("abc", "B")))
    assert not any(turn.role == "B" and turn.group == "Groep 1" for turn in before)
    later = [turn.student_id for turn in after if turn.role == "B" and turn.group == "Groep 1"]
    assert later == ["d"] * 6


def test_a_role_more_goes_to_who_had_none() -> None:
    rules = asking('names = ["A", "B", "C"]')
    before, after = again(rules, was=asking('names = ["A", "B"]'))
    was, now = by_week(before), by_week(after)
    for week in range(5, 11):
        assert {one: role for one, role in now[week].items() if role != "C"} == was[week]
        assert list(now[week].values()).count("C") == 2
    assert not any(now[week - 1].items() & now[week].items() for week in range(6, 11))


def test_roles_in_another_order_are_those_of_the_first_places() -> None:
    """A group of three fills the first three roles of the list, as it is now."""
    groups = make_groups("abc")
    rules = asking('names = ["A", "B", "D", "C"]')
    turns = plan_turns(FOUR, people("abc"), groups, 1)
    after = replan_turns(rules, people("abc"), groups, groups, turns, 5, 1)
    assert {turn.role for turn in after if turn.week >= 5} == {"A", "B", "D"}
    kept = {turn for turn in turns if turn.role in "AB"}
    assert kept <= set(after)


@pytest.mark.parametrize(("weeks", "last"), [(12, 12), (8, 8)])
def test_weeks_more_and_weeks_fewer(weeks: int, last: int) -> None:
    rules = asking('names = ["A", "B", "C", "D"]', weeks)
    before, after = again(rules)
    was, now = by_week(before), by_week(after)
    assert max(now) == last
    assert all(now[week] == was[week] for week in range(1, min(last, 10) + 1))
    assert all(len(now[week]) == 8 for week in now)
    assert report_turns(rules, people(), GROUPS, after, 5).units == 0


def test_roles_in_another_language_stay_with_who_has_them() -> None:
    dutch, english = asking(), make_rules('language = "en"\n[term]\nweeks = 10')
    before, after = again(english, was=dutch)
    was, now = by_week(before), by_week(after)
    name = dict(zip(dutch.role_names, english.role_names, strict=True))
    for week in range(5, 11):
        assert now[week] == {one: name[role] for one, role in was[week].items()}


def test_no_roles_any_more_leaves_the_weeks_that_were() -> None:
    before, after = again(asking("names = []"))
    assert after == tuple(turn for turn in before if turn.week < 5)


def test_roles_from_now_on() -> None:
    _, after = again(FOUR, was=asking("names = []"))
    assert Counter(turn.week for turn in after) == dict.fromkeys(range(5, 11), 8)
    assert report_turns(FOUR, people(), GROUPS, after, 5).units == 0


def test_a_new_wish_counts_from_now_on() -> None:
    """In a project somebody who newly likes a role has it, where nobody is worse off in number of turns."""
    project = asking('names = ["A", "B", "C", "D"]\nrotate_every = 0\nwish = "Niet"')
    before, after = again(project, was=project, now=people(a="A", b="B", c="C", d="D"))
    now = by_week(after)[5]
    assert [now[one] for one in "abcd"] == ["A", "B", "C", "D"]
    assert all(now[one] == by_week(before)[5][one] for one in "efgh")


# Somebody joins


def test_a_larger_group_shares_its_turns_with_who_joined() -> None:
    """Who came beside three with three roles had none at all for the rest of the term."""
    rules = make_rules('[roles]\nnames = ["A", "B", "C"]\n[term]\nweeks = 8')
    turns = plan_turns(rules, people("abc"), make_groups("abc"), 1)
    after = replan_turns(rules, people("abcn"), make_groups("abcn"), make_groups("abc"), turns, 1, 0)
    assert sorted(Counter(turn.student_id for turn in after).values()) == [6, 6, 6, 6]
    assert report_turns(rules, people("abcn"), make_groups("abcn"), after).units == 0
    gone = set(turns) - set(after)
    assert len(gone) == 6  # as many as the others give up


def test_who_joins_does_not_keep_one_role_for_the_rest_of_the_term() -> None:
    """With four roles and a fourth member, that member had the fourth role seven weeks running."""
    turns = plan_turns(FOUR, people("abc"), make_groups("abc"), 1)
    after = replan_turns(FOUR, people("abcn"), make_groups("abcn"), make_groups("abc"), turns, 4, 0)
    now = by_week(after)
    assert all(not now[week - 1].items() & now[week].items() for week in range(5, 11))
    assert report_turns(FOUR, people("abcn"), make_groups("abcn"), after, 4).units == 0


def test_who_takes_the_place_of_another_takes_over_their_turns() -> None:
    turns = plan_turns(FOUR, people("abcd"), make_groups("abcd"), 1)
    after = replan_turns(FOUR, people("abcn"), make_groups("abcn"), make_groups("abcd"), turns, 4, 0)
    was, now = by_week(turns), by_week(after)
    for week in range(4, 11):
        assert now[week] == {("n" if one == "d" else one): role for one, role in was[week].items()}
