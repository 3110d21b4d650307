"""What counting alone can tell: sizes, chains of together, apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.domain import Roster
from planner.model.problems import Level
from planner.planning.counting import check_counts, group_counts, in_the_way
from planner.rules import GroupSizes, Rules
from planner.rules.apart import Apart
from planner.rules.together import Together
from tests.builders.classes import make_roster, make_rules, partitions, texts


def roster_of(students: int) -> Roster:
    return make_roster([{} for _ in range(students)])


def sized(low: int, high: int, prefer: int | None = None, count: int | None = None) -> Rules:
    return Rules(groups=GroupSizes(size=(low, high), prefer=prefer, count=count))


# How many groups


@pytest.mark.parametrize(
    ("rules", "students", "counts"),
    [
        (sized(3, 5), 12, [3, 4]),  # 4+4+4 or 3+3+3+3
        (sized(3, 5, prefer=3), 12, [4, 3]),
        (sized(3, 5, prefer=5), 12, [3, 4]),
        (sized(3, 5), 28, [7, 6, 8, 9]),
        (sized(4, 4), 12, [3]),
        (sized(4, 4), 13, []),
        (sized(3, 5), 5, [1]),
        (sized(3, 5), 2, []),
        (sized(3, 5), 0, []),
        (sized(1, 2), 3, [3, 2]),  # the lower of the two middle sizes is preferred
        (sized(2, 4, prefer=3), 7, [2, 3]),  # 4+3 and 3+2+2 are 1 and 2 off
        (sized(2, 4, prefer=3), 8, [3, 2, 4]),  # 3+3+2 is 1 off; 4+4 two; 2+2+2+2 four
        (sized(3, 5, count=4), 12, [4]),
        (sized(3, 5, count=5), 12, []),
    ],
)
def test_numbers_of_groups_nearest_to_the_preferred_size_first(
    rules: Rules, students: int, counts: list[int]
) -> None:
    assert group_counts(rules, students) == counts


def test_of_two_equally_near_the_fewer_groups_come_first() -> None:
    # 5+5 and 4+3+3 are both two students off.
    assert group_counts(sized(3, 5, prefer=4), 10) == [2, 3]


@given(st.integers(1, 9), st.integers(1, 4), st.integers(0, 3))
def test_a_number_of_groups_fits_exactly_where_there_is_a_division(
    students: int, low: int, more: int
) -> None:
    counts = group_counts(sized(low, low + more), students)
    ids = [str(n) for n in range(students)]
    fitting = [c for c in range(1, students + 1) if any(True for _ in partitions(ids, c, low, low + more))]
    assert sorted(counts) == fitting


# Bad input 49: impossible size


@pytest.mark.parametrize(
    ("rules", "students", "dutch", "english"),
    [
        (
            sized(4, 5),
            7,
            "7 studenten kunnen geen groepen van 4–5 vormen. Sta een kleinste groep van 3 toe.",
            "7 students cannot form groups of 4–5. Allow a smallest group of 3.",
        ),
        (
            sized(4, 4),
            6,
            "6 studenten kunnen geen groepen van 4 vormen. Sta een kleinste groep van 3 toe.",
            "6 students cannot form groups of 4. Allow a smallest group of 3.",
        ),
        (
            sized(3, 5),
            1,
            "Eén student kan geen groepen van 3–5 vormen. Sta een kleinste groep van 1 toe.",
            "One student cannot form groups of 3–5. Allow a smallest group of 1.",
        ),
        (
            sized(3, 5, count=5),
            12,
            "12 studenten kunnen geen 5 groepen van 3–5 vormen. "
            "Sta een kleinste groep van 2 toe. Of vraag om hooguit 4 groepen.",
            "12 students cannot form 5 groups of 3–5. "
            "Allow a smallest group of 2. Or ask for at most 4 groups.",
        ),
        (
            sized(3, 5, count=2),
            12,
            "12 studenten kunnen geen 2 groepen van 3–5 vormen. "
            "Sta een grootste groep van 6 toe. Of vraag om minstens 3 groepen.",
            "12 students cannot form 2 groups of 3–5. "
            "Allow a largest group of 6. Or ask for at least 3 groups.",
        ),
        (
            sized(3, 5, count=20),  # once "What can and comes nearest: 6", and not of what
            120,
            "120 studenten kunnen geen 20 groepen van 3–5 vormen. "
            "Sta een grootste groep van 6 toe. Of vraag om minstens 24 groepen.",
            "120 students cannot form 20 groups of 3–5. "
            "Allow a largest group of 6. Or ask for at least 24 groups.",
        ),
        (
            sized(3, 5, count=9),
            4,
            "4 studenten kunnen geen 9 groepen van 3–5 vormen. Vraag om hooguit 4 groepen.",
            "4 students cannot form 9 groups of 3–5. Ask for at most 4 groups.",
        ),
        (
            sized(3, 5, count=2),
            1,
            "Eén student kan geen 2 groepen van 3–5 vormen. Vraag om één groep.",
            "One student cannot form 2 groups of 3–5. Ask for one group.",
        ),
    ],
)
def test_a_size_that_cannot_be(rules: Rules, students: int, dutch: str, english: str) -> None:
    (problem,) = check_counts(rules, roster_of(students))
    assert (problem.code, problem.level) == ("impossible-size", Level.ERROR)
    assert (problem.text("nl"), problem.text("en")) == (dutch, english)


def test_an_empty_class_is_no_accident() -> None:
    (problem,) = check_counts(sized(3, 5), roster_of(0))
    assert problem.message.text("nl") == "0 studenten kunnen geen groepen van 3–5 vormen."


def test_a_large_class_is_answered_at_once() -> None:
    rules = sized(1999, 1999)
    (problem,) = check_counts(rules, Roster(students=roster_of(1).students * 20_000))
    assert problem.text("en") == ("20000 students cannot form groups of 1999. Allow a largest group of 2000.")


@given(st.integers(1, 40), st.integers(1, 8), st.integers(0, 3))
def test_the_sizes_named_can_be(students: int, low: int, more: int) -> None:
    problems = check_counts(sized(low, low + more), roster_of(students))
    for problem in problems:
        assert problem.hint is not None
        said = problem.hint.text("en")
        named = int(said.removesuffix(".").split()[-1])
        sizes = (named, low + more) if "smallest" in said else (low, named)
        assert group_counts(sized(*sizes), students)


# Bad input 47: together and apart at once; 48: a chain over the maximum


def tied(toml: str, students: int = 8, size: str = "[3, 5]") -> tuple[Rules, Roster]:
    return make_rules(f"[groups]\nsize = {size}\n{toml}"), roster_of(students)


TOGETHER = '[[rule]]\nkind = "together"\nstudents = '
APART = '[[rule]]\nkind = "apart"\nstudents = '


@pytest.mark.parametrize(
    ("limit", "dutch"),
    [
        ("at_least = 2", "3 studenten hebben dit antwoord, en dat kan niet met 2 groepen."),
        ("at_most = 0", "3 studenten hebben dit antwoord, en dat kan niet met 3 groepen."),
    ],
)
def test_a_limit_that_no_number_of_groups_can_keep(limit: str, dutch: str) -> None:
    roster = make_roster([{"id": f"s{n}", "Job": "yes" if n < 3 else "no"} for n in range(9)])
    asked = f'[groups]\nsize = [3, 5]\n[[rule]]\nkind = "limit"\ncolumn = "Job"\nvalue = "yes"\n{limit}\n'
    (problem,) = check_counts(make_rules(asked + 'importance = "must"\n'), roster)
    assert problem.code == "limit-out-of-reach"
    assert problem.message.text("nl").endswith(dutch)
    assert problem.hint is not None
    assert not check_counts(make_rules(asked + 'importance = "important"\n'), roster)


@pytest.mark.parametrize("limit", ["at_least = 1", "at_most = 1", "at_least = 1\nat_most = 1"])
def test_a_limit_that_some_number_of_groups_can_keep(limit: str) -> None:
    roster = make_roster([{"id": f"s{n}", "Job": "yes" if n < 3 else "no"} for n in range(9)])
    asked = f'[groups]\nsize = [3, 5]\n[[rule]]\nkind = "limit"\ncolumn = "Job"\nvalue = "yes"\n{limit}\n'
    assert not check_counts(make_rules(asked + 'importance = "must"\n'), roster)


def test_an_answer_that_too_few_have_for_the_share_of_any_group() -> None:
    share = '[[rule]]\nkind = "never-alone"\ncolumn = "Job"\nimportance = "must"\nat_least_share = 0.75\n'
    roster = make_roster([{"Job": job} for job in [*["yes"] * 3, *["no"] * 7, ""]])
    (problem,) = check_counts(make_rules("[groups]\nsize = [5, 6]\n" + share), roster)
    assert problem.code == "share-out-of-reach"
    assert problem.text("nl") == (
        "Regel “Nooit alleen bij Job: niemand, of minstens 3 op de 4”: 3 studenten hebben “yes”, en in een "
        "groep van 5 zouden het er 4 moeten zijn. Laat dit antwoord uit de regel weg, of maak de regel "
        "belangrijk in plaats van verplicht."
    )
    assert check_counts(make_rules("[groups]\nsize = [4, 6]\n" + share), roster) == []


def test_a_section_that_cannot_form_groups_on_its_own() -> None:
    within = '[groups]\nsize = [4, 5]\n[[rule]]\nkind = "similar"\ncolumn = "Klas"\nimportance = "must"\n'
    rows = [{"Klas": "A" if place < 8 else "B"} for place in range(15)]
    (problem,) = check_counts(make_rules(within), make_roster(rows))
    assert problem.code == "section-out-of-reach"
    assert problem.text("nl") == (
        "Regel “Zelfde Klas bij elkaar”: 7 studenten hebben “B”, en zij kunnen geen groepen van 4–5 vormen. "
        "Sta andere groepsgroottes toe, of maak de regel belangrijk."
    )
    assert check_counts(make_rules(within), make_roster([*rows, {"Klas": ""}])) == []  # who joins B
    assert check_counts(make_rules(within), make_roster([{"Klas": "A"}] * 8)) == []


def test_an_earlier_group_with_more_members_than_there_can_be_groups() -> None:
    rows = [{"Team": "1" if place < 4 else str(place)} for place in range(9)]
    faces = '[[rule]]\nkind = "new-faces"\ncolumns = ["Team"]\nimportance = "must"\n'
    (problem,) = check_counts(make_rules("[groups]\nsize = [3, 5]\n" + faces), make_roster(rows))
    assert problem.code == "faces-out-of-reach"
    assert problem.text("nl") == (
        "Regel “Nieuwe gezichten (Team)”: 4 studenten zaten in “1” (Team), en er zijn hooguit 3 groepen. "
        "Laat deze kolom uit de regel weg, of maak de regel belangrijk."
    )
    assert check_counts(make_rules("[groups]\nsize = [2, 5]\n" + faces), make_roster(rows)) == []
    keep = make_rules("[groups]\nsize = [3, 5]\n" + faces + "keep_one = true")
    assert check_counts(keep, make_roster(rows)) == []


def test_together_and_apart_at_once() -> None:
    rules, roster = tied(f'{TOGETHER}["a", "b"]\n{APART}["c", "b", "a"]')
    (problem,) = check_counts(rules, roster)
    assert (problem.code, problem.level) == ("together-and-apart", Level.ERROR)
    assert problem.text("nl") == (
        "Sem en Noor moeten bij elkaar én uit elkaar. Haal een van deze regels weg."
    )
    assert problem.text("en") == "Sem and Noor must be together and apart. Remove one of these rules."


def test_together_by_a_chain_and_apart() -> None:
    rules, roster = tied(
        f'{TOGETHER}["a", "b"]\n{TOGETHER}["c", "d"]\n{TOGETHER}["b", "c"]\n{APART}["a", "d"]'
    )
    assert texts(check_counts(rules, roster), "en") == [
        "Noor and Juul must be together and apart. Remove one of these rules."
    ]


def test_a_chain_longer_than_a_group() -> None:
    rules, roster = tied(f'{TOGETHER}["a", "b", "c"]\n{TOGETHER}["d", "e", "f"]\n{TOGETHER}["a", "f"]')
    (problem,) = check_counts(rules, roster)
    assert (problem.code, problem.level) == ("together-chain", Level.ERROR)
    assert problem.text("nl") == (
        "6 studenten moeten bij elkaar blijven: Noor, Sem, Ali, Juul, Bram en Yara; een groep heeft er "
        "hooguit 5. Haal een van de regels weg die hen bij elkaar houden, of sta grotere groepen toe."
    )
    assert problem.text("en") == (
        "6 students have to stay together: Noor, Sem, Ali, Juul, Bram, and Yara; a group has at most 5. "
        "Remove one of the rules that keep them together, or allow larger groups."
    )


def test_a_chain_as_long_as_a_group_is_fine() -> None:
    rules, roster = tied(f'{TOGETHER}["a", "b", "c"]\n{TOGETHER}["c", "d", "e"]')
    assert check_counts(rules, roster) == []


def test_what_is_no_must_is_left_to_the_plan() -> None:
    nice = 'importance = "nice"\n'
    rules, roster = tied(f'{TOGETHER}["a", "b"]\n{nice}{APART}["a", "b"]\n')
    assert check_counts(rules, roster) == []
    rules, roster = tied(f'{TOGETHER}["a", "b"]\n{APART}["a", "b"]\n{nice}')
    assert check_counts(rules, roster) == []
    rules, roster = tied(f'{TOGETHER}["a", "b", "c", "d", "e", "f"]\n{nice}')
    assert check_counts(rules, roster) == []


def test_everything_that_counts_is_told_at_once() -> None:
    rules, roster = tied(f'{TOGETHER}["a", "b", "c"]\n{APART}["a", "b"]', students=7, size="[2, 2]")
    assert [problem.code for problem in check_counts(rules, roster)] == [
        "impossible-size",
        "together-and-apart",
        "together-chain",
    ]


# Which rules are in the way


def named(*rules: Apart | Together) -> Rules:
    return Rules(groups=GroupSizes(size=(2, 3)), rule=rules)


def test_of_rules_that_exclude_each_other_just_those_are_in_the_way() -> None:
    apart, together = Apart(students=("a", "c")), Together(students=("a", "b"))
    rest, other = Together(students=("b", "c")), Together(students=("e", "f"))
    assert in_the_way(named(apart, together, rest, other), roster_of(8)) == (apart, together, rest)
    assert in_the_way(named(apart, together, other), roster_of(8)) == ()
    assert in_the_way(named(other, Apart(students=("e", "f"), importance="nice")), roster_of(8)) == ()


def test_a_chain_that_no_group_can_hold_is_in_the_way_as_far_as_it_is_needed() -> None:
    chain = [Together(students=tuple(pair)) for pair in ("ab", "bc", "cd", "de")]
    assert len(in_the_way(named(*chain), roster_of(8))) == 3
