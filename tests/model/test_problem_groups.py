"""Problems of one kind are one line with a list, wherever they are told."""

from __future__ import annotations

import pytest

from planner.cli.speak import Speaker
from planner.model.problem_groups import MOST_NAMED, grouped
from planner.model.problems import Level, Problem
from planner.model.text import message
from planner.rules.role_coverage import RoleCoverage
from planner.rules.wish import Wish
from tests.builders.classes import ROLES, column_of, make_roster


def unknown_roles(*answers: str) -> list[Problem]:
    return RoleCoverage(roles=ROLES, opt_out="Liever geen").check(column_of("Liever geen", *answers))


def test_fourteen_lines_about_roles_are_one() -> None:
    # Fourteen near-identical lines said "is liever geen …, maar dat is geen rol in dit vak".
    (said,) = grouped(unknown_roles(*["Xylofoon"] * 7, *["Quaestor"] * 6, "Zz"))
    assert said.text("nl") == (
        "Sommige studenten hebben een rol liever niet die in dit vak niet bestaat; dat telt niet mee: "
        "“Xylofoon” (7 keer), “Quaestor” (6 keer) en “Zz”. Rollen: Voorzitter, Schrijver en Spreker."
    )
    assert said.text("en").startswith(
        "Some students would rather not have a role that this course does not have; that does not count: "
        "“Xylofoon” (7 times), “Quaestor” (6 times), and “Zz”."
    )
    assert (said.code, said.level, said.column) == ("unknown-role", Level.ASSUMED, "Liever geen")


def test_one_alone_is_told_as_it_was() -> None:
    (one,) = found = unknown_roles("Xylofoon")
    assert grouped(found) == [one]


def test_hints_that_differ_go_with_what_they_are_for() -> None:
    (said,) = grouped(unknown_roles("Vorzitter", "Xylofoon"))
    assert said.text("en").endswith(
        "“Vorzitter” – Did you mean “Voorzitter”? and “Xylofoon”. Roles: Voorzitter, Schrijver, and Spreker."
    )


def test_other_kinds_and_other_columns_stay_apart_and_in_order() -> None:
    rows = [{"W": "Quinten"}, {"W": "Xander"}, {"W": "a"}]
    wishes = Wish(columns=("W",)).check(make_roster(rows))
    other = Problem(code="x", level=Level.NOTE, message=message("{n}", n=1))
    found = grouped([other, *wishes, other, *unknown_roles("Xylofoon")])
    assert [problem.code for problem in found] == ["x", "unknown-wish", "x", "unknown-role"]
    assert (
        found[1]
        .text("nl")
        .startswith("Wensen die niet precies één andere student aanwijzen, tellen niet mee: Noor (“Quinten”)")
    )


def test_a_long_list_names_the_first_and_counts_the_rest() -> None:
    (said,) = grouped(unknown_roles(*[f"Xx{place:02}q" for place in range(MOST_NAMED + 9)]))
    assert said.text("en").count("“Xx") == MOST_NAMED
    assert "9 more" in said.text("en")


def test_how_they_are_told_together_is_no_part_of_what_is_written() -> None:
    (one,) = unknown_roles("Xylofoon")
    assert not {"item", "together"} & one.model_dump().keys()


def test_the_command_line_says_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    Speaker("nl").problems(unknown_roles(*["Xylofoon"] * 14))
    lines = capsys.readouterr().out.strip().splitlines()
    assert len([line for line in lines if line.startswith("?")]) == 1
    assert "(14 keer)" in " ".join(lines)
