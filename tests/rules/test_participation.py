"""Online and on site: nobody the only one in either, or times to meet for each."""

from __future__ import annotations

from planner.model.instance import CompanyCost, OverlapCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.model.term_clock import TermClock
from planner.rules.base import Company, Shape
from planner.rules.participation import Participation
from tests.builders.classes import column_of, found, make_groups, make_roster, texts

SHAPE = Shape(groups=2, smallest=2, largest=4)
RULE = Participation(column="Deelname")
ROSTER = column_of("Deelname", "online", "op locatie", "Op locatie", "hybride", "Online", "", "fysiek")
TIMES = Participation(column="Deelname", columns=("Vrij",), at_least=2)
FREE = make_roster(
    [
        {"Deelname": mode, "Vrij": free}
        for mode, free in (
            ("online", "ma; di"),
            ("online", "di; wo"),
            ("op locatie", "do; vr"),
            ("fysiek", "do; vr; ma"),
            ("hybride", ""),
            ("", "zo"),
        )
    ]
)


def test_whoever_is_the_only_one_is_named() -> None:
    assert found(RULE, ROSTER, make_groups("abc", "efg")) == [
        (
            "Groep 1",
            1,
            "Noor is hier de enige die online meedoet.",
            "Noor is the only one here who takes part online.",
        ),
        (
            "Groep 2",
            1,
            "Bram is hier de enige die online meedoet.",
            "Bram is the only one here who takes part online.",
        ),
        (
            "Groep 2",
            1,
            "Teun is hier de enige die op locatie meedoet.",
            "Teun is the only one here who takes part on site.",
        ),
    ]
    must = Participation(column="Deelname", importance=Importance.MUST)
    assert must.report(ROSTER, make_groups("abc", "defg")).broken


def test_who_does_both_keeps_either_company_and_needs_none() -> None:
    assert found(RULE, ROSTER, make_groups("abd", "cg", "e")) == [
        (
            "Groep 3",
            1,
            "Bram is hier de enige die online meedoet.",
            "Bram is the only one here who takes part online.",
        )
    ]
    online, on_site = (cost for cost in RULE.compile(ROSTER, SHAPE) if isinstance(cost, CompanyCost))
    assert (online.students.tolist(), online.others.tolist()) == ([0, 4], [0, 3, 4])
    assert (on_site.students.tolist(), on_site.others.tolist()) == ([1, 2, 6], [1, 2, 3, 6])


def test_times_are_those_of_each_mode() -> None:
    assert found(TIMES, FREE, make_groups("abcdef")) == [
        ("Groep 1", 1, "Noor, Sem en Bram, online: vrij op di.", "Noor, Sem, and Bram, online: free at di."),
        (
            "Groep 1",
            0,
            "Ali, Juul en Bram, op locatie: vrij op do en vr.",
            "Ali, Juul, and Bram, on site: free at do and vr.",
        ),
    ]
    assert found(TIMES, FREE, make_groups("ef")) == []
    assert TIMES.natural(2, FREE).text("nl") == "2 gedeelde momenten"
    costs = [cost for cost in TIMES.compile(FREE, SHAPE) if isinstance(cost, OverlapCost)]
    everything = (1 << 6) - 1
    assert costs[0].masks.tolist()[2:] == [everything] * 4
    assert costs[1].masks.tolist()[:2] == [everything] * 2


def test_nobody_free_is_said() -> None:
    roster = make_roster([{"D": "online", "Vrij": "ma"}, {"D": "remote", "Vrij": "di"}])
    rule = Participation(column="D", columns=("Vrij",))
    assert found(rule, roster, make_groups("ab")) == [
        (
            "Groep 1",
            1,
            "Noor en Sem, online: geen moment waarop iedereen vrij is.",
            "Noor and Sem, online: no time when all are free.",
        )
    ]


def test_an_answer_that_does_not_tell_says_nothing() -> None:
    (problem,) = RULE.check(column_of("Deelname", "online", "weet niet", "online", ""))
    assert (problem.code, problem.level) == ("unread-participation", Level.ASSUMED)
    assert problem.text("nl") == (
        "Bij 2 studenten zegt “Deelname” niet of het online of op locatie is: Sem en Juul. "
        "De regel laat hen vrij."
    )
    (problem,) = RULE.check(column_of("Deelname", "online", "", "online"))
    assert problem.code == "missing-answers"
    (problem,) = RULE.check(column_of("Deelname", "ja", "nee"))
    assert (problem.code, problem.level) == ("no-participation", Level.ERROR)


def test_the_only_one_in_the_class_stops_a_must() -> None:
    roster = column_of("Deelname", "online", "campus", "campus")
    (note,) = RULE.check(roster)
    assert (note.level, note.text("en")) == (
        Level.NOTE,
        "Rule “Nobody alone online or on site (Deelname)”: Noor is the only one in the class who takes part "
        "online.",
    )
    (problem,) = Participation(column="Deelname", importance=Importance.MUST).check(roster)
    assert (problem.code, problem.level) == ("only-one-in-class", Level.ERROR)


def test_too_few_times_are_told_of_this_rule() -> None:
    many = Participation(column="Deelname", columns=("Vrij",), at_least=9)
    (_, problem) = many.check(FREE)
    assert texts([problem], "nl")[0].startswith(
        "Regel “Minstens 9 gedeelde momenten voor wie online en voor wie op locatie meedoet (Vrij)”: "
    )


def test_it_keeps_the_clock_of_the_course() -> None:
    clock = TermClock(zone="Europe/Amsterdam")
    assert TIMES.on_clock(clock) == TIMES
    assert TIMES.on_clock(clock)._overlap._clock == clock


def test_words_for_a_place() -> None:
    said = RULE.in_company(ROSTER, Company("a", ("b", "c"), group="Otters"))
    assert said is not None
    assert said.text("nl") == "Noor is de enige in Otters die online meedoet."
    assert RULE.in_company(ROSTER, Company("a", ("d",))) is None
    assert RULE.in_company(ROSTER, Company("d", ("b",))) is None
    assert RULE.label().text("nl") == "Niemand alleen online of op locatie (Deelname)"
