"""What is left to do once groups changed, without a page."""

from __future__ import annotations

from planner.model.domain import Roster
from planner.reporting.news import GroupNews
from planner.ui.groups.afterwards import _address, _without_address
from tests.builders.plans import small_roster


def test_a_group_without_a_mail_says_who_has_no_address() -> None:
    """There was no button, and no word on why."""
    first, second, *others = small_roster().students
    bare = first.model_copy(update={"email": None})
    roster = Roster(students=(bare, second.model_copy(update={"email": "s@x.example"}), *others))
    news = GroupNews("Groep 1", (first.id, second.id), ())
    assert not _address(news, roster, "", "")
    name = roster.shown_names[first.id]
    assert _without_address(news, roster).text("en") == f"{name} has no e-mail address in the class list."
