"""Simulated terms where it is known what must come of them, and the figures made of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.engines.common.watch import Watch
from planner.forecast.intervals import mean_interval, share_interval
from planner.forecast.scenarios import (
    AS_ASKED,
    Dropout,
    ForecastRequest,
    Option,
    OptionResult,
    Scenario,
    TermOutcome,
)
from planner.forecast.simulation import (
    draw,
    live,
    merged,
    options_of,
    simulate,
)
from planner.forecast.summary import best_options, more_moves, option_summaries
from planner.jobs.pool import WorkerPool
from planner.model.problems import InputError
from planner.replanning.previous_assignment import PreviousAssignment
from planner.reporting.forecast import refused, verdict
from planner.services.forecast import start_forecast
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.commands import run_in_worker as run
from tests.builders.places import DATA

NINE = "abcdefghi"


def a_class(size: tuple[int, int], *groups: str, more: str = "", weeks: int = 10) -> Scenario:
    """Return groups of letters, with rules that ask for nothing but their size."""
    rules = make_rules(f"[groups]\nsize = [{size[0]}, {size[1]}]\n{more}\n[term]\nweeks = {weeks}")
    ids = "".join(groups)
    roster = make_roster([{"Werkt": "ja" if n % 3 == 0 else "nee"} for n in range(len(ids))])
    return Scenario(rules, roster, PreviousAssignment(make_groups(*groups)))


def asked(rate: float, terms: int = 10, **more: object) -> ForecastRequest:
    return ForecastRequest(dropout=Dropout(rate=rate), terms=terms, options=(), **more)


def lived(start: Scenario, **leaving: str) -> TermOutcome:
    """Live through one term; ``week3="ab"``: a and b are gone from week 3 on."""
    weeks = {int(week.removeprefix("week")): frozenset(ids) for week, ids in leaving.items()}
    return live(start, 0, weeks, Watch())


# What must come of it


def test_where_nobody_leaves_nothing_happens() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    (row,) = simulate(start, asked(0), watch=Watch())
    assert row.outcomes == tuple(TermOutcome(term=n, left=0, pairs=9, kept=9) for n in range(10))


def test_where_everybody_leaves_no_pair_is_left() -> None:
    start = a_class((2, 4), "abc", "def")
    (row,) = simulate(start, asked(1), watch=Watch())
    assert {(outcome.left, outcome.pairs, outcome.share_kept) for outcome in row.outcomes} == {(6, 0, 1.0)}


@pytest.mark.parametrize("leaver", NINE)
def test_where_every_dropout_breaks_a_group_its_other_two_move(leaver: str) -> None:
    # Three groups of exactly three that can take one more: the two who are left join the two others.
    outcome = lived(a_class((3, 4), "abc", "def", "ghi"), week2=leaver)
    assert outcome == TermOutcome(term=0, left=1, moved=2, touched=3, pairs=7, kept=6)


@pytest.mark.parametrize("leaver", "abcdefgh")
def test_a_group_that_can_lose_one_asks_nobody_to_move(leaver: str) -> None:
    outcome = lived(a_class((3, 5), "abcd", "efgh"), week4=leaver)
    assert outcome == TermOutcome(term=0, left=1, pairs=9, kept=9)


def test_who_moves_twice_is_counted_once() -> None:
    # c alone joins; with groups of two to three nobody can stay alone.
    start = a_class((2, 3), "ab", "cd", "ef")
    outcome = lived(start, week2="a", week5="cd")
    assert (outcome.left, outcome.moved, outcome.stuck) == (3, 1, False)


def test_where_no_plan_is_possible_everyone_stays() -> None:
    outcome = lived(a_class((4, 4), "abcd", "efgh"), week3="a")
    assert outcome == TermOutcome(term=0, left=1, pairs=9, kept=9, stuck=True)


def test_a_rule_for_who_left_is_none_any_more() -> None:
    start = a_class((3, 5), "abcd", "efgh")
    rules = make_rules(
        '[groups]\nsize = [3, 5]\n[[rule]]\nkind = "apart"\nstudents = ["a", "e"]\nimportance = "must"'
    )
    outcome = lived(Scenario(rules, start.roster, start.earlier), week2="a", week3="f", week4="b")
    assert (outcome.moved, outcome.stuck) == (2, False)  # c and d join e, g and h


def test_the_share_of_calm_terms_is_that_of_nobody_leaving() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    (figure,) = option_summaries(simulate(start, asked(0.1, 60), watch=Watch()))
    assert figure.no_moves.low < 0.9**9 < figure.no_moves.high


# Who leaves, and when


def test_dropouts_are_drawn_from_the_second_week_to_the_last() -> None:
    start = a_class((3, 4), "abc", "def", "ghi", weeks=4)
    weeks = [week for term in range(100) for week in draw(start, asked(0.5), term)]
    assert set(weeks) == {2, 3, 4}
    assert not draw(a_class((3, 4), "abc", weeks=1), asked(1), 0)


def test_with_a_higher_rate_the_same_people_leave_and_more() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    for term in range(30):
        few, many = (draw(start, asked(rate), term) for rate in (0.2, 0.6))
        assert all(ids <= many[week] for week, ids in few.items())


def test_rates_go_by_the_answer_that_was_chosen() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    ask = ForecastRequest(dropout=Dropout(rate=0, column="Werkt", rates={"JA": 1.0}))
    assert {s for ids in draw(start, ask, 0).values() for s in ids} == set("adg")


def test_a_rate_for_what_is_not_there_is_refused() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    for dropout, near in (
        (Dropout(column="Werk"), "Werkt"),
        (Dropout(column="Werkt", rates={"neee": 0.2}), "nee"),
    ):
        with pytest.raises(InputError) as refusal:
            simulate(start, ForecastRequest(dropout=dropout), watch=Watch())
        assert f"“{near}”" in refusal.value.problems[0].text("nl")


# What is compared


def test_other_sizes_keep_the_smallest_group_and_have_room_for_one_more() -> None:
    rules = make_rules("[groups]\nsize = [3, 5]\nprefer = 4\ncount = 6")
    wanted = {size: Option(size=size).rules(rules, 24).groups for size in (2, 4, 6)}
    assert {size: (g.size, g.preferred, g.count) for size, g in wanted.items()} == {
        2: ((2, 5), 2, None),
        4: ((3, 5), 4, None),
        6: ((3, 7), 6, None),
    }
    counted = Option(count=5).rules(rules, 24).groups
    assert (counted.size, counted.preferred, counted.count) == ((3, 6), 5, 5)


def test_what_the_rules_ask_is_not_compared_with_itself() -> None:
    start = a_class((3, 5), "abcd", "efgh", more="prefer = 4")
    assert options_of(start, ForecastRequest()) == (AS_ASKED, Option(size=3), Option(size=5), Option(size=6))


def test_an_option_that_cannot_be_says_why() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    ask = ForecastRequest(terms=10, options=(Option(count=10),))
    own, other = simulate(start, ask, watch=Watch())
    assert (own.groups, len(own.outcomes)) == (3, 10)
    assert (other.groups, other.outcomes, other.proven) == (0, (), True)
    assert (
        refused(other, planned=True)
        .text("en")
        .startswith("10 groups: no plan can meet every required rule. ")
    )
    assert refused(other, planned=True).text("nl").startswith("10 groepen: er is geen plan waarin elke")


def test_a_fixed_number_of_groups_stays_fixed() -> None:
    start = a_class((2, 5), "abc", "def", "ghi", more="count = 3")
    assert lived(start, week2="ab").moved == 1  # somebody joins c
    loose = a_class((2, 5), "abc", "def", "ghi")
    assert lived(loose, week2="abc") == TermOutcome(term=0, left=3, pairs=6, kept=6)
    assert lived(start, week2="abc").moved == 2  # two form the third group again


# Repeatable, and stopped


def test_the_number_of_workers_changes_nothing() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    ask = ForecastRequest(dropout=Dropout(rate=0.3), terms=11, options=(Option(size=4),))
    found = []
    for count in (1, 3):
        workers = WorkerPool(count, make=lambda: ThreadPoolExecutor(1))
        found.append(start_forecast(workers, start, ask).result())
        workers.close()
    assert found[0] == found[1] == simulate(start, ask, watch=Watch())
    assert [outcome.term for outcome in found[1][0].outcomes] == list(range(11))
    other = simulate(start, ask.model_copy(update={"seed": 1}), watch=Watch())
    assert other != found[0]


def test_a_run_that_is_stopped_has_the_terms_that_all_went_through() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    ask = ForecastRequest(dropout=Dropout(rate=0.2), terms=30, options=(Option(size=4),))
    watch = Watch()
    watch.wanted_stop = lambda: watch.last.done > 0.4
    rows = simulate(start, ask, watch=watch)
    counts = [len(row.outcomes) for row in rows]
    assert len(set(counts)) == 1
    assert 10 < counts[0] < 30
    assert merged([simulate(start, ask, watch=Watch(wanted_stop=lambda: True))]) == ()


# Figures


def test_intervals_are_those_of_the_books() -> None:
    mean = mean_interval([float(n) for n in range(1, 11)])
    half = 2.262157 * 3.027650 / 10**0.5  # t with 9 degrees of freedom
    assert (mean.value, mean.low, mean.high) == pytest.approx((5.5, 5.5 - half, 5.5 + half), abs=2e-3)
    none, some = share_interval(0, 10), share_interval(5, 10)
    assert (none.value, none.low, none.high) == pytest.approx((0, 0, 0.27753), abs=1e-5)
    assert (some.low, some.high) == pytest.approx((0.23659, 0.76341), abs=1e-5)
    with pytest.raises(ValueError, match="too few"):
        mean_interval([1.0] * 9)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    start = a_class((3, 4), "abc", "def", "ghi")
    held = 0
    for seed in range(100):
        ask = asked(0.3, seed=seed)
        left = [float(sum(map(len, draw(start, ask, term).values()))) for term in range(30)]
        interval = mean_interval(left)
        held += interval.low < 9 * 0.3 < interval.high
    assert 88 <= held <= 99


def row_of(option: Option, *moved: int, stuck: bool = False) -> OptionResult:
    outcomes = tuple(
        TermOutcome(term=n, left=3, moved=m, pairs=9, kept=9, stuck=stuck) for n, m in enumerate(moved)
    )
    return OptionResult(option=option, allowed=(3, 5), groups=3, outcomes=outcomes)


def test_differences_are_taken_term_by_term() -> None:
    # The luck of a term is far larger than the difference, which is always one.
    base = row_of(AS_ASKED, *range(20))
    other = row_of(Option(size=5), *(n + 1 for n in range(20)))
    difference = more_moves(other, base)
    assert (difference.value, difference.low, difference.high) == (1, 1, 1)
    found = option_summaries([base, other])
    assert found[1].moved.low < found[0].moved.high  # side by side they cannot be told apart
    assert [figure.row.option for figure in best_options(found)] == [AS_ASKED]
    assert "het verschil met elke andere keuze is meer dan toeval" in verdict(found, planned=True).text("nl")


def test_what_may_be_chance_is_said_to_be() -> None:
    found = option_summaries([row_of(AS_ASKED, *[0, 2] * 10), row_of(Option(size=5), *[1, 0, 2] * 6, 0, 1)])
    told = verdict(found, planned=False).text("en")
    assert told.startswith("Calmest: Groups of 5, with 0.9 (")
    assert told.endswith("The difference with these may be chance: As the rules ask.")


def test_where_nobody_can_be_helped_is_not_calm() -> None:
    stuck = row_of(Option(size=6), *[0] * 20, stuck=True)
    found = option_summaries([row_of(AS_ASKED, *[1, 2] * 10), stuck])
    assert [figure.row.option for figure in best_options(found)] == [AS_ASKED]
    assert found[1].no_moves.value == 0


# On the command line


CLASS = ("forecast", DATA / "klas-28.csv", "--rules", DATA / "regels-28.toml")


def test_the_command_compares_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*CLASS, "--terms", 10, "--sizes", 5, "--dropout", 0.05) == 0
    told = capsys.readouterr().out
    assert "Studenten die moeten" in told
    rows = {line.split("  ")[0]: line for line in told.splitlines()}
    assert "3–5" in rows["Zoals de regels vragen"]
    assert "3–6" in rows["Groepen van 5"]
    assert "Het rustigst: " in told
    assert "10 nagebootste periodes per keuze" in told


def test_the_command_refuses_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*CLASS, "--rate-column", "Opleidng") == 2
    assert "Bedoelde je “Opleiding”?" in capsys.readouterr().err
    groups = Path(__file__).parent / "none.csv"
    assert run(*CLASS, "--plan", groups) == 2


def test_where_no_plan_holds_the_command_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "regels.toml"
    pair = 'students = ["0912345", "0912399"]\nimportance = "must"\n'
    both = "".join(f'[[rule]]\nkind = "{kind}"\n{pair}' for kind in ("apart", "together"))
    rules.write_text(f'language = "nl"\n{both}', "utf-8")
    assert run("forecast", DATA / "klas-28.csv", "--rules", rules, "--terms", 10, "--sizes", 5) == 1
    assert "er is geen plan waarin elke verplichte regel klopt" in capsys.readouterr().out
