"""The command `goals`: which learning goal everyone is linked to."""

from __future__ import annotations

import argparse

import tomlkit

from planner.cli.inputs import list_of
from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.rules import Rules


def goals(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Say which learning goal everyone is linked to, to correct and put in the rules file."""
    roster = list_of(options).require()
    speaker.problems(rules.check(roster))
    table = tomlkit.table()
    for student in roster.students:
        linked = tomlkit.string(rules.goals.goal(student))
        table[student.id] = linked.comment(rules.goals.words(student) or "–")
    document = tomlkit.document()
    document["goals"] = {"links": table}
    put(tomlkit.dumps(document), end="")
    return True
