"""The questions that answer the rules in use: each kind of meaning knows its own.

A question is called what the rule calls its column: the answers come back under that heading, so that the
rule finds them there. What it asks for is said below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.model.answers import says_not
from planner.model.choosable_moments import moments_to_choose
from planner.model.domain import Column, ColumnKind, Roster
from planner.model.text import Language, Message, message
from planner.model.values import choices as parts
from planner.model.values import normalize_text
from planner.rosters.heading_vocabulary import is_moment, spaced
from planner.rosters.privacy import is_bsn_heading, is_special
from planner.rules import Rules
from planner.rules.column_values import values_of

_K = ColumnKind
MOST_CHOICES = 40  # answers that a form lists; with more people write their own


@dataclass(frozen=True)
class FormQuestion:
    """One question of a form.

    Attributes
    ----------
    heading : str
        What it is called, and the heading that its answers come back under.
    kind : ColumnKind
        What the answers mean.
    help : Message
        What is asked, in a sentence.
    choices : tuple of str
        Answers to choose from; none where people write their own.
    several : bool
        Whether more than one can be chosen.
    required : bool
    """

    heading: str
    kind: ColumnKind
    help: Message
    choices: tuple[str, ...] = ()
    several: bool = False
    required: bool = False


HELP: Mapping[ColumnKind, Message] = {
    _K.SLOTS: message("Choose every time at which you can meet."),
    _K.BUSY: message("Choose every time at which you cannot meet."),
    _K.PEER: message("Write the first and last names of fellow students you would like to work with."),
    _K.NOT_WITH: message(
        "Write the first and last names of fellow students you would rather not work with. "
        "No reason is needed."
    ),
    _K.PARTICIPATION: message("Choose how you take part."),
    _K.EARLIER_GROUP: message("Write the name or the number of the group that you were in at the time."),
    _K.NUMBER: message("Write a number."),
    _K.SCALE: message("Choose what fits you best."),
    _K.TOPIC_CHOICE: message("Choose the topic you would like."),
    _K.TIME_ZONE: message("Write your time zone or the city that you live in."),
    _K.ROLE: message("Choose all roles that apply."),
    _K.TEXT: message("Write it in your own words."),
}
ASKABLE = (*HELP, _K.CATEGORY, _K.SECTION)  # meanings that somebody can ask about besides
CHOOSE = message("Choose what fits you.")
WRITE = message("Write a short answer.")
_OF_RULES: Mapping[tuple[str, str], ColumnKind] = {
    ("overlap", "columns"): _K.SLOTS,
    ("participation", "columns"): _K.SLOTS,
    ("participation", "column"): _K.PARTICIPATION,
    ("wish", "columns"): _K.PEER,
    ("new-faces", "columns"): _K.EARLIER_GROUP,
    ("balance", "column"): _K.NUMBER,
}
_ASKED_BESIDE = (
    _K.NOT_WITH,
    _K.TOPIC_CHOICE,
    _K.TIME_ZONE,
)  # no rule reads them, a coordinator or a clock does
_DAYS: Mapping[Language, tuple[str, ...]] = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
}
_PARTS: Mapping[Language, tuple[str, ...]] = {
    "nl": ("ochtend", "middag", "avond"),
    "en": ("morning", "afternoon", "evening"),
}
_MODES: Mapping[Language, tuple[str, ...]] = {
    "nl": ("Op locatie", "Online", "Allebei"),
    "en": ("On site", "Online", "Both"),
}
_YES_NO: tuple[tuple[str, str], ...] = (("ja", "nee"), ("yes", "no"))
_OTHER: Mapping[Language, str] = {"nl": "Anders", "en": "Other"}


@dataclass(frozen=True)
class QuestionSet:
    """The questions of a course, and headings that may not be asked about.

    Attributes
    ----------
    questions : tuple of FormQuestion
    refused : tuple of str
        Special categories of personal data, and numbers such as the BSN.
    """

    questions: tuple[FormQuestion, ...]
    refused: tuple[str, ...] = ()


def asked_of(
    rules: Rules,
    roster: Roster,
    language: Language,
    *,
    listed: Iterable[str] = (),
    also: Mapping[str, tuple[ColumnKind, tuple[str, ...]]] | None = None,
) -> QuestionSet:
    """Return the questions that answer the rules in use.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        Its answers are what people can choose from, where the column is there.
    language : {"nl", "en"}
        Of what people choose from, where no class list says it.
    listed : iterable of str
        Headings that the class list answers by itself: nobody is asked again.
    also : mapping, optional
        More questions by heading: what they mean, and what to choose from.

    Returns
    -------
    QuestionSet
    """
    more = dict(also or {})
    known = {column.heading: column for column in roster.columns}
    kinds = _needed(rules, known) | {heading: kind for heading, (kind, _) in more.items()}
    there = set(listed) - set(more)
    refused = tuple(one for one in kinds if is_special(one) or is_bsn_heading(one))
    found = [
        _question(
            heading,
            kind,
            more.get(heading, (kind, ()))[1] or _choices(heading, kind, rules, roster, language),
        )
        for heading, kind in kinds.items()
        if heading not in there and heading not in refused
    ]
    return QuestionSet(tuple(found), refused)


def _needed(rules: Rules, known: Mapping[str, Column]) -> dict[str, ColumnKind]:
    """Return what the columns mean that the rules read, by heading, in the order of the rules."""
    kinds: dict[str, ColumnKind] = {}
    for rule in rules.rule:
        for field in ("columns", "column"):
            said = getattr(rule, field, ())
            for heading in (said,) if isinstance(said, str) else said:
                kinds.setdefault(heading, _OF_RULES.get((rule.kind, field), _K.CATEGORY))
    if rules.role_names:
        kinds |= {heading: _K.ROLE for heading in (rules.roles.opt_out, rules.roles.wish) if heading}
    goals = rules.goals
    if goals.column and (goals.shareable or goals.course):
        kinds.setdefault(goals.column, _K.TEXT)
    kinds.pop(goals.heading(rules.language), None)  # linked by hand, not asked
    kinds |= {one.heading: one.kind for one in known.values() if one.kind in _ASKED_BESIDE}
    return {heading: _exactly(heading, kind, known.get(heading)) for heading, kind in kinds.items()}


def _exactly(heading: str, kind: ColumnKind, column: Column | None) -> ColumnKind:
    """Return what a column means where the class list or its heading says more than the rule."""
    if kind is _K.SLOTS:
        busy = says_not(heading) if column is None else column.kind is _K.BUSY
        return _K.BUSY if busy else _K.SLOTS
    if column is not None and (kind is _K.CATEGORY or (kind is _K.NUMBER and column.kind is _K.SCALE)):
        return column.kind
    return kind


def _question(heading: str, kind: ColumnKind, choices: tuple[str, ...]) -> FormQuestion:
    help_ = HELP.get(kind) or (CHOOSE if choices else WRITE)
    several = bool(choices) and kind in (_K.SLOTS, _K.BUSY, _K.ROLE) and not _is_yes_no(choices)
    return FormQuestion(heading, kind, help_, choices, several)


def _is_yes_no(choices: tuple[str, ...]) -> bool:
    return tuple(map(normalize_text, choices)) in _YES_NO


def _choices(
    heading: str, kind: ColumnKind, rules: Rules, roster: Roster, language: Language
) -> tuple[str, ...]:
    column = next((one for one in roster.columns if one.heading == heading), None)
    if kind in (_K.SLOTS, _K.BUSY):
        seen = () if column is None else moments_to_choose(column, roster)
        return tuple(seen) if 0 < len(seen) <= MOST_CHOICES else _moments(heading, language)
    if kind is _K.ROLE:
        return rules.role_names
    if kind is _K.PARTICIPATION:
        return _MODES[language]
    if kind is _K.SCALE and column is not None:
        return column.order
    if kind not in (_K.CATEGORY, _K.SECTION, _K.TOPIC_CHOICE):
        return ()
    named = _named(heading, rules)
    found = tuple(sorted(values_of(roster, heading), key=normalize_text)) if column is not None else ()
    fit = 0 < len(found) <= MOST_CHOICES and all(len(parts(one)) == 1 for one in found)
    return found if fit else _completed(named, language)


def _moments(heading: str, language: Language) -> tuple[str, ...]:
    """Return what fits a heading: yes or no to a moment, parts of a day, or parts of all days."""
    inside = heading.rpartition("[")[2].rstrip("] ") if heading.endswith("]") else heading
    if is_moment(inside):
        return _YES_NO[language == "en"] if len(spaced(inside).split()) > 1 else _PARTS[language]
    return tuple(f"{day} {part}" for day in _DAYS[language] for part in _PARTS[language])


def _named(heading: str, rules: Rules) -> tuple[str, ...]:
    """Return the answers that rules name in a column."""
    named: list[str] = []
    for rule in rules.rule:
        if getattr(rule, "column", None) == heading:
            named += [value for value in (getattr(rule, "value", None),) if value]
            named += getattr(rule, "values", None) or ()
    return tuple({normalize_text(value): value for value in named}.values())


def _completed(named: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Return answers that rules name, and what else can be answered."""
    if not named:
        return ()
    for pair in _YES_NO:
        if set(map(normalize_text, named)) <= set(pair):
            return pair
    return (*named, _OTHER[language])


def who(roster: Roster, language: Language) -> FormQuestion:
    """Return the question that tells who answers, as the class list knows people.

    Parameters
    ----------
    roster : Roster
    language : {"nl", "en"}

    Returns
    -------
    FormQuestion
    """
    ids = [student.id for student in roster.students]
    if all("@" in one for one in ids):
        return FormQuestion(
            message("E-mail address").text(language),
            _K.EMAIL,
            message("The address that your school knows you by."),
            required=True,
        )
    if all(any(map(str.isdigit, one)) for one in ids):
        return FormQuestion(
            message("Student number").text(language),
            _K.STUDENT_NUMBER,
            message("So that we know who is answering."),
            required=True,
        )
    return FormQuestion(
        message("Full name").text(language), _K.NAME, message("Your first and last name."), required=True
    )


TITLE = message("Questions about your study group")
NOTE: tuple[Message, ...] = (
    message("Your answers are used to make the groups for this course, and for nothing else."),
    message("The coordinator of the course sees them; fellow students do not see what you say about others."),
    message(
        "There are no questions about health, origin, religion or anything else that is "
        "sensitive: please leave such things out of your answers."
    ),
    message("You may leave out any question that you would rather not answer."),
)
