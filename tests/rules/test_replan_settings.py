"""What a rerun is kind to, in the rules file: on unless said otherwise, refused with the nearest name."""

from __future__ import annotations

import pytest

from planner.model.problems import InputError
from planner.rules import read_rules, write_rules
from planner.rules.replan_settings import RerunSettings
from tests.builders.classes import make_rules

NAMES = tuple(RerunSettings.model_fields)


def test_everything_is_on_and_says_nothing_in_the_file() -> None:
    rules = make_rules("")
    assert rules.rerun == RerunSettings(spare_movers=True, newcomers_together=True, known_faces=True)
    assert b"rerun" not in write_rules(rules)


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_switched_off_and_reads_back(name: str) -> None:
    rules = make_rules(f"[rerun]\n{name} = false\n")
    assert getattr(rules.rerun, name) is False
    assert [getattr(rules.rerun, other) for other in NAMES if other != name] == [True, True]
    assert read_rules(write_rules(rules)) == rules


def test_a_name_with_a_typing_error_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        read_rules(b"[rerun]\nknown_face = false\n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.row) == ("unknown-key", 2)
    assert problem.hint is not None
    assert problem.hint.text("en") == "Did you mean “known_faces”?"


def test_something_that_is_no_yes_or_no_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_rules(b'[rerun]\nspare_movers = "sometimes"\n')
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (2, "spare_movers")
