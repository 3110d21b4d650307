"""What changed in a group, and the mail to its members."""

from __future__ import annotations

import pytest

from planner.model.handover import Change
from planner.model.text import Language, message
from planner.reporting.news import GroupNews, news
from tests.builders.classes import make_groups, make_roster

ROSTER = make_roster([{"id": one} for one in "abcdx"])
WHY = (
    Change(
        "x", "x", None, "Group 1", message("{group} is a new group of {names}.", group="Group 1", names="x")
    ),
    Change("z", "Zed", "Group 1", None, message("No longer in the class list.")),
)


def found() -> tuple[GroupNews, ...]:
    return news(make_groups("abz", "cd"), make_groups("abx", "cd"), ROSTER, WHY)


def test_only_groups_that_changed_are_told_and_all_of_their_members() -> None:
    """Who lost somebody and gets somebody new heard nothing: only who moved was written to."""
    (only,) = found()
    assert only.members == ("a", "b", "x")
    said = only.summary.text("en")
    assert f"{ROSTER.shown_names['x']} is new." in said
    assert "Zed is no longer in the group." in said


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("changes from week 4.", "From then on you are a group of 3:")),
        ("nl", ("Vanaf week 4 verandert er iets in", "Vanaf dan zijn jullie met 3:")),
    ],
)
def test_the_mail_has_a_subject_the_explanation_and_who_is_in_the_group(
    language: Language, says: tuple[str, ...]
) -> None:
    """The mail had addresses, and neither a subject nor a text."""
    (only,) = found()
    body = "\n".join(one.text(language) for one in only.letter(ROSTER, 4))
    assert only.group in only.subject.text(language)
    assert all(part in body for part in says)
    assert WHY[0].reason.text(language) in body


def test_somebody_who_goes_to_another_group_is_told_of_in_both() -> None:
    two = news(make_groups("abx", "cd"), make_groups("ab", "cdx"), ROSTER)
    name, groups = ROSTER.shown_names["x"], [one.name for one in make_groups("ab", "cd")]
    assert [one.summary.text("en") for one in two] == [
        f"{groups[0]}: {name} goes to {groups[1]}.",
        f"{groups[1]}: {name} joins from {groups[0]}.",
    ]
