"""The short words around the texts: headings on cards and sheets, in the language of the paper."""

from __future__ import annotations

from collections.abc import Mapping

from planner.text import Language, Message, say

CARD: Mapping[str, Message] = {
    "starter_card": say("Starter card"),
    "people": say("Your people"),
    "name": say("Name"),
    "new_here": say("new here"),
    "free": say("When everyone is free"),
    "meet": say("When do you meet?"),
    "agreements": say("What we agree on, to try and to learn"),
    "first_steps": say("Your first quarter of an hour"),
    "goals": say("What I want to learn"),
    "course_goals": say("The course is about:"),
    "my_goal": say("My goal, and what helps me"),
    "weeks": say("Who does what, and a question for every week"),
    "week": say("Week"),
    "question": say("Question"),
    "roles_and_question": say("Roles and question"),
    "help": say("How to ask for help"),
}

SHEET: Mapping[str, Message] = {
    "teachers_sheet": say("For the teacher"),
    "visits": say("Sit with these groups"),
    "group": say("Group"),
    "why": say("Why now"),
    "people": say("People"),
    "free": say("When everyone is free"),
    "new_here": say("new here"),
    "poll_options": say("Options for a poll"),
    "sentence": say("Learning can be hard: say so"),
    "words": say("Words that leave room"),
    "changes": say("What changed this week, and why"),
    "coming": say("Who comes when"),
    "week": say("Week"),
    "pulse": say("How the groups are"),
    "go_first": say("go here first"),
    "over_weeks": say("Over the weeks"),
    "last_answers": say("Last answers"),
}


def spoken(labels: Mapping[str, Message], language: Language) -> dict[str, str]:
    """Return labels in a language."""
    return {name: message.text(language) for name, message in labels.items()}


def week_span(first: int, last: int) -> Message:
    """Return a run of weeks."""
    if first >= last:
        return say("Week {week}", week=first)
    return say("Week {first} to {last}", first=first, last=last)


def roles_in(week: int) -> Message:
    """Return the heading above the roles of a week."""
    return say("Role in week {week}, and what you do", week=week)


def sheet_title(week: int) -> Message:
    """Return the title of a sheet."""
    return say("Sheet of week {week}", week=week)


def check_in_in(week: int) -> Message:
    """Return the heading above the question of a week."""
    return say("Check-in of week {week}", week=week)


def also_minds(roles: tuple[str, ...]) -> Message:
    """Return which roles somebody minds beside their own."""
    return say("also: {roles}", roles=roles)
