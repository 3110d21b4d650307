"""What a plan comes to in one sentence, in each of its cases and in both languages."""

from __future__ import annotations

import pytest

from planner.edit import BY_HAND
from planner.model.domain import Group
from planner.model.reports import RuleReport, Status
from planner.model.text import Language
from planner.plans.course import Course
from planner.reporting.sentence import sentence
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of

LANGUAGES: tuple[Language, Language] = ("en", "nl")
SIZES = "[groups]\nsize = [2, 3]\n[roles]\nnames = []\n"
WISH = SIZES + '[[rule]]\nkind = "wish"\ncolumns = ["Wish"]\nimportance = "nice"\n'
CLASS = make_roster(
    [
        {"id": "a", "Wish": "b", "Team": "x"},
        {"id": "b", "Wish": "a", "Team": "x"},
        {"id": "c", "Wish": "e", "Team": "y"},
        {"id": "d", "Wish": "e", "Team": "y"},
        {"id": "e", "Wish": "", "Team": "y"},
    ]
)
GROUPS = make_groups("abc", "de")  # c is without e


def course(rules: str = WISH, groups: tuple[Group, ...] = GROUPS) -> Course:
    return course_of(make_rules(rules), CLASS, groups)


def known(made: Course, bound: int | None = None, **changes: object) -> Course:
    """The same plan with more known of it, and with a bound on the last rule."""
    outcome = made.plan.outcome
    rules: tuple[RuleReport, ...] = outcome.rules
    if bound is not None:
        rules = tuple(
            one.model_copy(update={"bound": bound}) if one.kind == "wish" else one for one in outcome.rules
        )
    outcome = outcome.model_copy(update={"rules": rules, **changes})
    return made.model_copy(update={"plan": made.plan.model_copy(update={"outcome": outcome})})


def by_hand(made: Course) -> Course:
    return made.model_copy(update={"plan": made.plan.model_copy(update={"effort": BY_HAND})})


START = (
    "Everyone has a place; every required rule is met",
    "Iedereen heeft een plek; elke verplichte regel klopt",
)
THREE = (
    "3 of 4 students with a wish are with someone they wished for",
    "3 van de 4 studenten met een wens zitten bij iemand van hun wensen",
)
NO_MORE = ("no plan with 2 groups grants more", "geen plan met 2 groepen vervult er meer")
NO_BETTER = ("no plan with 2 groups is better as a whole", "geen plan met 2 groepen is als geheel beter")
MAY_BE = ("a better plan may exist", "misschien is er een beter plan")
NOT_ONE = (
    "the one preference is not fully met, and a better plan may exist",
    "de ene voorkeur klopt niet helemaal, en misschien is er een beter plan",
)
FEW = ("no plan with this few changes is better", "geen plan met zo weinig wijzigingen is beter")
AND = ("and", "en")


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("changes", "proven"),
    [
        ({"bound": 1}, NO_MORE),
        ({"bound": 0}, MAY_BE),
        ({}, MAY_BE),
    ],
)
def test_wishes_are_counted_and_no_more_is_claimed_than_is_proven(
    changes: dict[str, int], proven: tuple[str, str], place: int
) -> None:
    made = known(course(), changes.get("bound"))
    said = sentence(made.rules, made.roster, made.plan).text(LANGUAGES[place])
    assert said == f"{START[place]}; {THREE[place]}, {AND[place]} {proven[place]}."


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_proven_of_the_whole_counts_where_nothing_is_of_the_wishes(place: int) -> None:
    made = course()
    cost = made.plan.outcome.cost
    for changes, proven in (
        ({"status": Status.OPTIMAL}, NO_BETTER),
        ({"status": Status.OPTIMAL, "moves": 1, "short": 1}, FEW),
        ({"status": Status.STOPPED, "cut_short": True, "short": 1}, MAY_BE),
    ):
        bound = cost - int(changes.pop("short", 0))  # type: ignore[call-overload]
        one = with_bound(made, bound, changes)
        said = sentence(one.rules, one.roster, one.plan).text(LANGUAGES[place])
        ended = ("; the calculation ended early", "; de berekening is eerder gestopt")[place]
        end = ended if changes.get("cut_short") else ""
        assert said == f"{START[place]}; {THREE[place]}, {AND[place]} {proven[place]}{end}."


def with_bound(made: Course, bound: int, changes: dict[str, object]) -> Course:
    outcome = made.plan.outcome.model_copy(update={**changes, "bound": bound})
    return made.model_copy(update={"plan": made.plan.model_copy(update={"outcome": outcome})})


@pytest.mark.parametrize("place", [0, 1])
def test_a_bound_in_between_is_told_as_a_number(place: int) -> None:
    made = known(course(groups=make_groups("ac", "bde")), 1)  # a, b and c are without theirs
    said = sentence(made.rules, made.roster, made.plan).text(LANGUAGES[place])
    more = ("no plan with 2 groups grants more than 3", "geen plan met 2 groepen vervult er meer dan 3")
    assert said.endswith(f", {AND[place]} {more[place]}.")


@pytest.mark.parametrize("place", [0, 1])
def test_all_wishes_granted(place: int) -> None:
    made = course(groups=make_groups("ab", "cde"))
    said = sentence(made.rules, made.roster, made.plan).text(LANGUAGES[place])
    every = (
        "all 4 students with a wish are with someone they wished for",
        "alle 4 studenten met een wens zitten bij iemand van hun wensen",
    )
    assert said == f"{START[place]}; {every[place]}, {AND[place]} {MAY_BE[place]}."  # of two, not of three


@pytest.mark.parametrize("place", [0, 1])
def test_where_nobody_wishes_preferences_are_counted(place: int) -> None:
    limit = '[[rule]]\nkind = "limit"\ncolumn = "Team"\nvalue = "x"\nat_most = 2\n'
    made = course(SIZES + limit)
    said = sentence(made.rules, made.roster, made.plan).text(LANGUAGES[place])
    told = ("one of 2 preferences is fully met", "één van de 2 voorkeuren klopt helemaal")
    assert said == f"{START[place]}; {told[place]}, {AND[place]} {MAY_BE[place]}."
    alone = course(SIZES)  # groups of three, as far as possible
    said = sentence(alone.rules, alone.roster, alone.plan).text(LANGUAGES[place])
    assert said == f"{START[place]}; {NOT_ONE[place]}."


@pytest.mark.parametrize("place", [0, 1])
def test_a_required_rule_that_is_not_met_is_named(place: int) -> None:
    apart = '[[rule]]\nkind = "apart"\nstudents = ["a", "b"]\nimportance = "must"\n'
    made = course(SIZES + apart)
    said = sentence(made.rules, made.roster, made.plan).text(LANGUAGES[place])
    one, other = made.roster.names(["a", "b"])
    told = (
        f"Everyone has a place; a required rule is not met: “Apart: {one} and {other}”;",
        f"Iedereen heeft een plek; een verplichte regel klopt niet: “Uit elkaar: {one} en {other}”;",
    )
    assert said.startswith(told[place])
    more = course(SIZES + apart, make_groups("abcd", "e"))  # sizes are not met either
    told = sentence(more.rules, more.roster, more.plan).text(LANGUAGES[place])
    assert ("2 required rules are not met: “", "2 verplichte regels kloppen niet: “")[place] in told


@pytest.mark.parametrize("place", [0, 1])
def test_who_has_no_place_is_counted_and_told_once(place: int) -> None:
    made = course(SIZES, make_groups("ab", "cd"))
    said = sentence(made.rules, made.roster, made.plan).text(LANGUAGES[place])
    told = (
        "1 student has no place; every other required rule is met",
        "1 student heeft geen plek; elke andere verplichte regel klopt",
    )
    assert said.startswith(told[place])


@pytest.mark.parametrize("place", [0, 1])
def test_edits_and_changes_since_come_first(place: int) -> None:
    made, language = course(SIZES), LANGUAGES[place]
    rest = f"{START[place][0].lower()}{START[place][1:]}; {NOT_ONE[place]}"
    edited = by_hand(made)
    assert (
        sentence(edited.rules, edited.roster, edited.plan).text(language)
        == (
            f"Edited by hand: {rest}.",
            f"Handmatig gewijzigd: {rest}.",
        )[place]
    )
    assert (
        sentence(made.rules, made.roster, made.plan, outdated=True).text(language)
        == (
            "The rules or the class list have changed since these groups were made. "
            f"With the earlier ones: {rest}.",
            "De regels of de klassenlijst zijn veranderd nadat deze groepen zijn gemaakt. "
            f"Met de vorige: {rest}.",
        )[place]
    )
    both = sentence(edited.rules, edited.roster, edited.plan, outdated=True).text(language)
    assert both.endswith(f": {rest}.")
    assert both.startswith(("Edited by hand, and the rules", "Handmatig gewijzigd, en de regels")[place])
