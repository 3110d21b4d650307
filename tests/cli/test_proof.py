"""What is proven, as a coordinator reads it: on the command line, in `plan.json`, and read back from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.plans.plan_file import read_course

PEOPLE = "Student number,Name,Grade\n1001,Ann,4\n1002,Ben,4\n1003,Cas,8\n1004,Dee,8\n"
RULES = """
[groups]
size = [2, 2]
[[rule]]
kind = "balance"
column = "Grade"
[[rule]]
kind = "similar"
column = "Grade"
[roles]
names = []
"""


def run(folder: Path, language: str, command: str, *more: object) -> int:
    (folder / "class.csv").write_text(PEOPLE)
    (folder / "rules.toml").write_text(f'language = "{language}"\n{RULES}')
    options = ["--rules", folder / "rules.toml", "--column", "Grade=number", *more]
    return main([command, *(str(part) for part in (folder / "class.csv", *options))])


def outcome_of(out: Path) -> dict[str, Any]:
    outcome: dict[str, Any] = json.loads((out / "plan.json").read_text())["outcome"]
    return outcome


def test_rules_their_proof_then_prices_then_the_whole(tmp_path, capsys):
    assert run(tmp_path, "en", "plan", "--out", tmp_path / "out", "--effort", "prove") == 0
    said = capsys.readouterr().out
    told = [
        "Balance on Grade (important): met; proven best\n",
        "Same Grade together (important): as good as it gets with the other rules (proven); "
        "at most 2 pairs from the best, "
        "and better only at the expense of other rules\n",
        "Where rules get in each other's way:\n",
        "    Same Grade together could be 2 pairs better without “Balance on Grade”.\n",
        "2 groups; penalty 1000.\n",
        "Proven: no plan with 2 groups can be better.\n",
    ]
    places = [said.index(line) for line in told]
    assert places == sorted(places)
    assert "%" not in said


def test_in_dutch_too(tmp_path, capsys):
    assert run(tmp_path, "nl", "plan", "--out", tmp_path / "out", "--effort", "prove") == 0
    said = capsys.readouterr().out
    assert "Balans op Grade (belangrijk): klopt; bewezen: beter kan niet\n" in said
    stands = "(belangrijk): beter kan niet naast de andere regels (bewezen); "
    assert f"{stands}hooguit 2 tweetallen van het beste af, en beter kan " in said
    assert "    Zelfde Grade bij elkaar kan 2 tweetallen beter zonder “Balans op Grade”.\n" in said
    assert "2 groepen; 1000 minpunten.\nBewezen: geen plan met 2 groepen kan beter zijn.\n" in said


def test_without_the_search_for_proof_no_more_is_said_than_is_known(tmp_path, capsys):
    assert run(tmp_path, "en", "plan", "--out", tmp_path / "out", "--effort", "quick") == 0
    said = capsys.readouterr().out
    assert "Same Grade together (important): could be better; no proof yet\n" in said
    assert "Where rules get in each other's way" not in said
    assert "Every required rule is met. How much better a plan could be is not known yet.\n" in said
    assert outcome_of(tmp_path / "out")["rules"][3]["proof"] == "no proof yet"


def test_the_audit_of_groups_by_hand_says_how_good_each_rule_could_be(tmp_path, capsys):
    (tmp_path / "by-hand.csv").write_text("student_id,group\n1001,A\n1002,A\n1003,B\n1004,B\n")
    assert run(tmp_path, "en", "audit", tmp_path / "by-hand.csv") == 0
    said = capsys.readouterr().out
    assert "Same Grade together (important): met; proven best\n" in said
    assert "(important): could be better; at most 2 points on the group average from the best\n" in said
    # Four in one group: the size does not hold, and then nothing is said of the best.
    (tmp_path / "by-hand.csv").write_text("student_id,group\n1001,A\n1002,A\n1003,A\n1004,A\n")
    assert run(tmp_path, "en", "audit", tmp_path / "by-hand.csv") == 1
    assert "best" not in capsys.readouterr().out


def test_plan_json_tells_proof_and_prices_and_reading_keeps_them(tmp_path):
    out = tmp_path / "out"
    assert run(tmp_path, "nl", "plan", "--out", out, "--effort", "prove") == 0
    outcome = outcome_of(out)
    assert outcome["proof"] == "Bewezen: geen plan met 2 groepen kan beter zijn."
    placement, balance, similar = (outcome["rules"][place] for place in (0, 2, 3))
    assert (placement["bound"], placement["proof"], placement["prices"]) == (None, None, [])
    assert (balance["bound"], balance["proof"]) == (0, "bewezen: beter kan niet")
    assert (similar["bound"], similar["proof"]) == (0, "hooguit 2 tweetallen van het beste af")
    assert similar["prices"] == [
        {
            "text": "Zelfde Grade bij elkaar kan 2 tweetallen beter zonder “Balans op Grade”.",
            "without": "Balans op Grade",
            "rule": 2,
            "units": 2,
        }
    ]
    report = read_course((out / "plan.json").read_bytes()).plan.outcome.rules[3]
    assert report.bound == 0
    assert report.proof is not None
    # It can be read in the other language too.
    assert report.proof.text("en") == "at most 2 pairs from the best"
    assert [price.message.text("en") for price in report.prices] == [
        "Same Grade together could be 2 pairs better without “Balance on Grade”."
    ]


@pytest.mark.parametrize(
    ("changes", "bound", "proof", "prices"),
    [
        ({}, 0, "at most 2 pairs from the best", 1),
        ({"proof": None}, None, None, 0),  # of a version that told no proof
        ({"bound": None}, None, "no proof yet", 1),
        ({"bound": 3}, None, "no proof yet", 1),  # above what these groups have: it is not about them
        ({"units": 9}, 0, "at most 2 pairs from the best", 0),  # prices of other groups
    ],
)
def test_a_file_is_believed_as_far_as_the_groups_in_it_agree(tmp_path, changes, bound, proof, prices):
    out = tmp_path / "out"
    assert run(tmp_path, "en", "plan", "--out", out, "--effort", "prove") == 0
    data = json.loads((out / "plan.json").read_text())
    data["outcome"]["rules"][3] |= changes
    report = read_course(json.dumps(data).encode()).plan.outcome.rules[3]
    assert report.bound == bound
    assert (report.proof.text("en") if report.proof else None) == proof
    assert len(report.prices) == prices


@pytest.mark.parametrize(
    ("written", "prices"),
    [
        ({}, 1),
        ({"without": "Balance by Grade"}, 1),  # the name of the rule is worded otherwise since
        ({"rule": None}, 1),  # files of before have its name alone
        ({"rule": None, "without": "Balance by Grade"}, 0),
        ({"rule": 0}, 0),
        ({"rule": 99}, 0),
    ],
)
def test_a_price_is_that_of_the_rule_in_its_place_whatever_it_is_called(tmp_path, written, prices):
    """A changed wording or translation lost what was worked out."""
    out = tmp_path / "out"
    assert run(tmp_path, "en", "plan", "--out", out, "--effort", "prove") == 0
    data = json.loads((out / "plan.json").read_text())
    (price,) = data["outcome"]["rules"][3]["prices"]
    price |= written
    if price["rule"] is None:
        del price["rule"]
    found = read_course(json.dumps(data).encode()).plan.outcome.rules[3].prices
    sentence = "Same Grade together could be 2 pairs better without “Balance on Grade”."
    assert [one.message.text("en") for one in found] == [sentence] * prices


def test_a_file_of_before_there_was_proof_can_be_read(tmp_path):
    out = tmp_path / "out"
    assert run(tmp_path, "en", "plan", "--out", out, "--effort", "quick") == 0
    data = json.loads((out / "plan.json").read_text())
    for row in data["outcome"]["rules"]:
        for key in ("bound", "proof", "prices"):
            del row[key]
    del data["outcome"]["proof"]
    course = read_course(json.dumps(data).encode())
    assert all(report.proof is None for report in course.plan.outcome.rules)


def test_no_rule_can_be_closer_beside_a_proof_that_no_plan_is_better(tmp_path, capsys):
    """The command line said "can be closer" of a rule above "no plan with 2 groups can be better"."""
    for language, words in (
        ("en", ("can be closer", "better only")),
        ("nl", ("kan dichterbij", "beter kan alleen")),
    ):
        assert run(tmp_path, language, "plan", "--out", tmp_path / language, "--effort", "prove") == 0
        said = capsys.readouterr().out
        assert words[0] not in said
        assert words[1] in said
