"""What a refresh promises, held against blocks made by hand, and told beforehand where it cannot be."""

from __future__ import annotations

import pytest

from planner.audit.refresh_audit import report_refresh
from planner.model.reports import Importance, RuleReport
from planner.model.term import TermSettings
from planner.rules.refresh_outlook import refresh_outlook
from tests.builders.classes import make_groups, make_roster, make_rules

EIGHT = make_roster([{} for _ in range(8)])
TERM = "[term]\nweeks = 10\nrefresh_after = [5]\n"
FIRST = make_groups("abcd", "efgh")


def told(report: RuleReport, language: str = "en") -> list[tuple[int, str]]:
    return [(f.units, f.message.text(language)) for f in report.findings]  # type: ignore[arg-type]


def test_weeks_are_divided_into_blocks() -> None:
    assert TermSettings(weeks=10).blocks() == ((1, 10),)
    assert TermSettings(weeks=10, refresh_after=(7, 3, 7)).blocks() == ((1, 3), (4, 7), (8, 10))


def test_two_pairs_that_trade_places_keep_everything() -> None:
    rules = make_rules(f"{TERM}max_moved = 0.5")
    report = report_refresh(rules, EIGHT, [FIRST], make_groups("abef", "cdgh"))
    assert (report.importance, report.broken) == (Importance.MUST, False)
    assert told(report) == [(0, "4 students move; 8 pairs are in one group for the first time.")]
    assert told(report, "nl") == [
        (0, "4 studenten verhuizen; 8 tweetallen zitten voor het eerst bij elkaar.")
    ]


def test_more_movers_than_promised_are_counted() -> None:
    rules = make_rules(TERM)
    report = report_refresh(rules, EIGHT, [FIRST], make_groups("abef", "cdgh"))
    assert report.broken
    assert told(report)[1:] == [(2, "4 students move; at most 2 may: Bram, Yara, Ali, and Juul.")]


def test_who_loses_everyone_familiar_is_named() -> None:
    rules = make_rules(f"{TERM}max_moved = 1.0")
    report = report_refresh(rules, EIGHT, [FIRST], make_groups("abce", "dfgh"))
    assert told(report)[1:] == [
        (1, "Bram keeps one group member fewer than asked for."),
        (1, "Juul keeps one group member fewer than asked for."),
    ]


def test_who_had_fewer_group_members_keeps_those() -> None:
    rules = make_rules(f"{TERM}keep_familiar = 3\nmax_moved = 1.0")
    before = make_groups("ab", "cdefgh")
    assert not report_refresh(rules, EIGHT, [before], before).broken


def test_who_moves_to_people_they_all_know_is_named() -> None:
    rules = make_rules(f"{TERM}max_moved = 1.0")
    names = make_groups("efgh", "abcd")  # the labels trade places
    report = report_refresh(rules, EIGHT, [FIRST], names)
    assert report.units == 8
    assert told(report)[1] == (1, "Bram moves to a group where they already know everyone.")


def test_people_met_earlier_in_the_term_are_not_new() -> None:
    rules = make_rules(f"{TERM}max_moved = 1.0")
    met = make_groups("abef", "cdgh")
    report = report_refresh(rules, EIGHT, [met, FIRST], met)
    assert told(report)[0] == (0, "4 students move; 0 pairs are in one group for the first time.")
    assert report.units == 4


def test_meeting_new_people_is_a_wish_counted_in_pairs() -> None:
    rules = make_rules(f'{TERM}meet = "new"')
    report = report_refresh(rules, EIGHT, [FIRST], make_groups("abef", "cdgh"))
    assert (report.importance, report.units, report.cost) == (Importance.IMPORTANT, 4, 0)
    assert told(report, "nl") == [(4, "4 tweetallen zitten opnieuw bij elkaar.")]


@pytest.mark.parametrize(
    ("asked", "size", "codes"),
    [
        ("", (3, 5), []),
        ("keep_familiar = 2", (3, 5), ["refresh-moves-nobody"]),
        ("keep_familiar = 2", (3, 6), []),
        ("", (2, 3), ["refresh-moves-nobody"]),
        ("max_moved = 0.1", (3, 5), ["refresh-moves-nobody"]),  # three of thirty
        ("keep_familiar = 0\nmax_moved = 0.1", (3, 5), []),
        ('meet = "new"\nkeep_familiar = 9', (3, 5), []),
    ],
)
def test_a_refresh_that_moves_nobody_is_told_before_the_run(
    asked: str, size: tuple[int, int], codes: list[str]
) -> None:
    rules = make_rules(f"{TERM}{asked}\n[groups]\nsize = {list(size)}")
    assert [problem.code for problem in refresh_outlook(rules.term, rules.groups.size, 30)] == codes
    assert [
        problem.code for problem in rules.check(make_roster([{"id": str(n)} for n in range(30)]))
    ] == codes


def test_the_outlook_names_the_way_out() -> None:
    rules = make_rules(f"{TERM}keep_familiar = 2")
    (problem,) = refresh_outlook(rules.term, rules.groups.size, 120)
    assert problem.text("nl") == (
        "Bij een wissel kan niemand verhuizen: met groepen van hooguit 5 kan niemand nieuwe mensen "
        "ontmoeten én 2 groepsgenoten houden. Laat minder groepsgenoten bij elkaar blijven "
        "(keep_familiar), of sta groepen van 6 toe."
    )


def test_without_a_refresh_nothing_is_said_of_it() -> None:
    assert refresh_outlook(TermSettings(keep_familiar=2), (3, 5), 120) == ()


def test_the_part_that_may_move_is_rounded_down() -> None:
    assert TermSettings().most_moved(30) == 7
    assert TermSettings(max_moved=0.3).most_moved(10) == 3
    assert TermSettings(max_moved=0).most_moved(10) == 0
