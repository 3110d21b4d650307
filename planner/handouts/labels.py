"""The short words around the texts: headings on cards and sheets, in the language of the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.model.text import Language, Message, message, plural_message

CARD: Mapping[str, Message] = {
    "starter_card": message("Starter card"),
    "people": message("Your group"),
    "name": message("Name"),
    "new_here": message("new here"),
    "free": message("When everyone is free"),
    "free_of_answered": message("When everyone who answered is free"),
    "or": message("or"),
    "summer_time": message("depending on summer time"),
    "meet": message("When do you meet?"),
    "agreements": message("Our agreements"),
    "first_steps": message("Your first quarter of an hour"),
    "steps_later": message("To begin your meeting"),
    "goals": message("What I want to learn"),
    "course_goals": message("The course is about:"),
    "my_goal": message("My goal, and what helps me"),
    "weeks": message("Who does what, and a question for every week"),
    "week": message("Week"),
    "question": message("Question"),
    "roles_and_question": message("Roles and question"),
    "help": message("How to ask for help"),
}

SHEET: Mapping[str, Message] = {
    "teachers_sheet": message("For the teacher"),
    "visits": message("Sit with these groups"),
    "group": message("Group"),
    "why": message("Why now"),
    "people": message("Group members"),
    "free": message("When everyone is free"),
    "of_answered": message("not everyone answered"),
    "new_here": message("new here"),
    "poll_options": message("Options for a poll"),
    "sentence": message("Learning can be hard: say so"),
    "words": message("What you can say"),
    "changes": message("What changed this week, and why"),
    "coming": message("Visit schedule"),
    "week": message("Week"),
    "pulse": message("How the groups are doing"),
    "go_first": message("go here first"),
    "over_weeks": message("Over the weeks"),
    "last_answers": message("Last answers"),
}


def spoken(labels: Mapping[str, Message], language: Language) -> dict[str, str]:
    """Return labels in a language.

    Parameters
    ----------
    labels : mapping of str to Message
    language : Language

    Returns
    -------
    dict of str to str
    """
    return {name: sentence.text(language) for name, sentence in labels.items()}


def week_span(first: int, last: int) -> Message:
    """Return a run of weeks.

    Parameters
    ----------
    first : int
        Week.
    last : int
        Week.

    Returns
    -------
    Message
    """
    if first >= last:
        return message("Week {week}", week=first)
    return message("Week {first} to {last}", first=first, last=last)


def roles_in(week: int) -> Message:
    """Return the heading above the roles of a week."""
    return message("Role in week {week}, and what you do", week=week)


def sheet_title(week: int) -> Message:
    """Return the title of a sheet."""
    return message("Sheet of week {week}", week=week)


def check_in_in(week: int) -> Message:
    """Return the heading above the question of a week."""
    return message("Check-in of week {week}", week=week)


def also_minds(roles: tuple[str, ...]) -> Message:
    """Return which roles somebody minds beside their own."""
    return message("also: {roles}", roles=roles)


def over(groups: Sequence[str]) -> Message:
    """Return which cards have more text than a sheet of paper holds."""
    return plural_message(
        "The card of {groups} has more text than fits on a sheet of paper. Shorten the texts "
        "on the cards, or give it a second sheet.",
        "The cards of {groups} have more text than fits on a sheet of paper. Shorten the "
        "texts on the cards, or give them a second sheet.",
        len(groups),
        groups=tuple(groups),
    )
