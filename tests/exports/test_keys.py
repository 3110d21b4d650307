"""What may go into an import file, and what is refused with whose name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exports.keys import EMAIL, USERNAME, checked_members, group_code, missing_key
from planner.model.domain import Roster
from planner.model.problems import InputError
from tests.builders.plans import HOSTILE, plan_of, student

PLAIN = st.text(st.sampled_from("aeé1 -_.!"), min_size=1, max_size=6)


def codes(keys: dict[str, str], group: str = "Groep 1") -> list[str]:
    """Return the codes of what is found wrong with these user names, by student number."""
    roster = Roster(students=tuple(student(n, f"Name {n}", username=key) for n, key in keys.items()))
    try:
        checked_members(roster, plan_of([(group, list(keys))]), USERNAME, "Blackboard")
    except InputError as error:
        return [problem.code for problem in error.problems if problem.hint is not None]
    return []


@pytest.mark.parametrize(
    "key", ["noor", "o'brien", "n.van-der.berg_1", "José", "0912345", "noor+1@x.example"]
)
def test_ordinary_keys_are_written(key: str) -> None:
    assert codes({"1000001": key}) == []


UNSAFE_KEYS = ["no or", " noor", "noor ", "no, or", "no;or", 'no"or', "no\tor", "no\nor", "no\x00or"]
UNSAFE_KEYS += [
    "no\u200bor",
    "no\u202eor",
    "no\xa0or",
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\uff1d1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("key", UNSAFE_KEYS)
def test_unsafe_keys_are_refused(key: str) -> None:
    assert codes({"1000001": key}) == ["export-unsafe-key"]


def test_a_refusal_names_the_student_and_shows_the_key() -> None:
    roster = Roster(students=(student("1000001", "Noor Bos", username="no\tor"),))
    with pytest.raises(InputError) as caught:
        checked_members(roster, plan_of([("Groep 1", ["1000001"])]), USERNAME, "Blackboard")
    (problem,) = caught.value.problems
    assert problem.text("en").startswith(
        "Noor Bos has “no�or” as user name, and that cannot go into a file for"
    )
    assert problem.text("nl").startswith("Noor Bos heeft “no�or” als gebruikersnaam, en dat kan niet in een")


def test_everything_wrong_is_said_at_once() -> None:
    found = codes({"1": "", "2": "a b", "3": "noor", "4": "NOOR"}, group="A,B")
    assert found == ["export-unsafe-group", "export-no-key", "export-unsafe-key", "export-key-twice"]


@pytest.mark.parametrize("name", ["Groep 1", "Gruppe Ä", "Team 🦔", "O'Brien", "A-1 (blauw)", "נ 1"])
def test_ordinary_group_names_are_written(name: str) -> None:
    assert codes({"1000001": "noor"}, group=name) == []


@pytest.mark.parametrize(
    "name", [*sorted({*HOSTILE} - {"'t Hooft", "نور", "_x0041_", "<r><t>bold</t></r>"}), "", "A  B"]
)
def test_unsafe_group_names_are_refused(name: str) -> None:
    assert codes({"1000001": "noor"}, group=name) == ["export-unsafe-group"]


def test_groups_that_a_system_takes_for_one_are_refused() -> None:
    roster = Roster(students=(student("1", "Noor", username="a"), student("2", "Sem", username="b")))
    with pytest.raises(InputError) as caught:
        checked_members(roster, plan_of([("Groep a", ["1"]), ("groep A", ["2"])]), USERNAME, "Blackboard")
    assert [problem.code for problem in caught.value.problems] == ["export-group-twice"] * 2


def test_an_address_must_look_like_one() -> None:
    roster = Roster(students=(student("1", "Noor").model_copy(update={"email": "anonymous"}),))
    assert EMAIL.lacking(roster) == 1
    with pytest.raises(InputError, match="anonymous"):
        checked_members(roster, plan_of([("Groep 1", ["1"])]), EMAIL, "Zoom")


def test_an_id_that_is_an_address_counts_as_one() -> None:
    roster = Roster(students=(student("noor@x.example", "Noor").model_copy(update={"email": None}),))
    (member,) = checked_members(roster, plan_of([("Groep 1", ["noor@x.example"])]), EMAIL, "Zoom")
    assert member.key == "noor@x.example"


def test_missing_key_counts_the_students_and_names_those_who_can_be_filled_in() -> None:
    """With a column of addresses that one student has not, it said to add a column, and not for whom."""
    there, gone = student("1", "Noor"), student("2", "Sem").model_copy(update={"email": None})
    assert missing_key(Roster(students=(there,)), EMAIL, "Zoom") is None
    one = missing_key(Roster(students=(there, gone)), EMAIL, "Zoom")
    assert one is not None
    assert one.text("en").startswith("1 student has no e-mail address, and Zoom")
    assert one.text("nl").startswith(
        "Eén student heeft geen e-mailadres, en daaraan herkent Zoom studenten: Sem. Vul het aan"
    )
    assert "column" not in one.text("en")
    two = missing_key(Roster(students=(gone, gone)), EMAIL, "Zoom")
    assert two is not None
    assert two.text("nl").startswith("2 studenten hebben geen e-mailadres")
    assert two.text("en").endswith("Add a column with it to the class list.")


def test_group_codes_are_readable_and_do_not_change() -> None:
    assert group_code("Groep 1") == "groep-1"
    assert group_code("Groep 12") == "groep-12"
    assert group_code("Groep é") == "groep-e-eaddfc59"
    assert group_code("🦔").startswith("group-")


@given(st.lists(PLAIN, min_size=2, max_size=2, unique_by=str.casefold))
def test_group_codes_of_different_names_differ(names: list[str]) -> None:
    assert group_code(names[0]) != group_code(names[1])


@given(st.text(min_size=1, max_size=15))
def test_group_codes_are_safe_anywhere(name: str) -> None:
    code = group_code(name)
    assert code.isascii()
    assert code.replace("-", "").isalnum()
    assert code == code.lower()
    assert code[0] != "-"
