"""Moments of the week as people write them: days, parts of a day, hours, weeks, and how they are joined.

"maandagochtend", "Maandag ochtend", "ma-ochtend" and "ochtend (ma)" are one moment. What a
day, a part of the day, a number or a week says is never taken for a slip of another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from planner.model.values import normalize_text

_DAYS: Mapping[str, str] = {
    "maandag": "ma maa maan mon monday maandagen maandags mondays",
    "dinsdag": "di din dins tue tues tuesday dinsdagen dinsdags tuesdays",
    "woensdag": "wo woe woens wed weds wednesday woensdagen woensdags wednesdays",
    "donderdag": "do dond thu thur thurs thursday donderdagen donderdags thursdays",
    "vrijdag": "vr vri vrijd fri friday vrijdagen vrijdags fridays",
    "zaterdag": "za zat sat saturday zaterdagen zaterdags saturdays",
    "zondag": "zo zon sun sunday zondagen zondags sundays",
}
_PARTS: Mapping[str, str] = {
    "ochtend": "ochtenden ochtends morning mornings",
    "morgen": "morgens",
    "voormiddag": "voormiddagen vm",
    "middag": "middagen middags afternoon afternoons",
    "namiddag": "namiddagen nm",
    "avond": "avonden avonds evening evenings",
    "nacht": "nachten nachts night nights",
    "am": "",
    "pm": "",
    "noon": "",
}
_MONTHS = """
    januari februari maart april mei juni juli augustus september oktober november december
    january february march may june july august october
    jan feb mrt apr mar jun jul aug sep sept okt oct nov dec
"""
_WEEKS = "week weken weeks wk weekend weekends even oneven odd blok block periode period kwartaal quarter"
_COUNTED = """
    een twee drie vier vijf zes zeven acht negen tien elf twaalf half halve kwart heel hele
    eerste tweede derde vierde vijfde zesde zevende achtste negende tiende laatste
    one two three four five six seven eight nine ten eleven twelve
    first second third fourth fifth sixth seventh eighth ninth tenth last
"""
_FILLING = """
    op om de het s the on at in uur u h hr hrs oclock
"""
_FILLERS = frozenset(_FILLING.split())


def _meant(words: Mapping[str, str]) -> dict[str, str]:
    return {form: word for word, forms in words.items() for form in (word, *forms.split())}


DAY_FORMS, PART_FORMS = _meant(_DAYS), _meant(_PARTS)
_DAY, _PART = DAY_FORMS, PART_FORMS
_NAMED: Mapping[str, str] = {**_DAY, **_PART}
# No word of these is a slip of another one.
FIXED = frozenset((*_NAMED, *_MONTHS.split(), *_WEEKS.split(), *_COUNTED.split()))
# What makes a text a moment; a number word alone does not.
_TELLING = frozenset((*_NAMED, *_MONTHS.split(), *_WEEKS.split())) - {"do", "mar", "may", "even", "odd"}
_LONG_DAYS = sorted((day for day in _DAY if len(day) > 5), key=len, reverse=True)
_LONG_PARTS = sorted((part for part in _PART if len(part) > 4), key=len, reverse=True)

# Which week or date it is.
DATED = frozenset((*_MONTHS.split(), *_WEEKS.split())) - {"mar", "may"}

AND = "+"  # between two things that are both meant
EITHER = "|"  # a slash with room around it
_SPACED_AND = re.compile(r"\s(?:en|and|und|of|or|&|\+)\s")
_SPACED_SLASH = re.compile(r"\s/\s")
_BETWEEN = re.compile(r"\s(?:en|and|und|&|\+|/)\s")
_SIDES = re.compile(rf"{_BETWEEN.pattern}|\s(?:of|or)\s", re.IGNORECASE)
_CLOCK = re.compile(r"\b(\d{1,2}) ?[:.uh] ?(\d{2})\b")
_HALF_DAY = re.compile(r"(?<![a-z])([ap])\.? ?m\b\.?")
_RANGE = re.compile(r"(?<=\d) ?(?:u|uur|h)? ?(?:tot|t/m|to|till|until|-|\u2013|\u2014) ?(?=\d)")
_PIECE = re.compile(r"\d+(?::\d+)?|[^\W\d_]+|[+/&|]")
_HOUR = r"\d{1,2}(?::\d{2})? ?(?:u|uur|h|hrs|[ap]m)?"
_TIME = re.compile(rf"{_HOUR} ?(?:- ?{_HOUR})?")
_LONGEST_SPAN = 60  # letters
_SPAN = re.compile(
    r"(?P<first>[^\W\d_]+)\.? ?(?:t/m|tot en met|tot|to|through|until|-|\u2013|\u2014) ?"
    r"(?P<last>[^\W\d_]+)\.?(?P<rest>(?: .*)?)",
    re.IGNORECASE,
)
_ENGLISH = frozenset(
    {"i", "you", "can", "cannot", "what", "which", "when", "times", "to", "the"}
)  # where "do" is a verb
_BRACKETS = re.compile(r"^(?P<stem>.*\S)\s*\[(?P<label>[^\[\]]+)\]\s*$")


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> tuple[str, ...]:
    """Return a moment as its words, each day and part of the day in one form, days first.

    Examples
    --------
    >>> words_of("Ma-ochtend"), words_of("maandagochtend"), words_of("9:00 tot 11u, Tue")
    (('maandag', 'ochtend'), ('maandag', 'ochtend'), ('dinsdag', '9', '11'))
    """
    spaced = _SPACED_SLASH.sub(f" {EITHER} ", _SPACED_AND.sub(f" {AND} ", f" {_plain(text)} "))
    pieces = [piece for raw in _PIECE.findall(spaced) for piece in _apart(raw)]
    joined = [_joined(pieces, place) for place in range(len(pieces))]
    words = [word for word in joined if word and word not in _FILLERS]
    if AND in words:
        return tuple(words)
    return tuple(sorted(words, key=lambda word: word not in _DAYS))


def _plain(text: str) -> str:
    """Return a text with its hours in one notation: "09:00 tot 11u" is "9-11u"."""
    clock = _CLOCK.sub(
        lambda at: str(int(at[1])) + ("" if at[2] == "00" else f":{at[2]}"), normalize_text(text)
    )
    return _RANGE.sub("-", _HALF_DAY.sub(r" \1m ", clock)).strip()


def _apart(word: str) -> tuple[str, ...]:
    """Take a day and a part of the day apart that were written as one word."""
    if word in _NAMED:
        return (_NAMED[word],)
    if word.isdigit() and len(word) < 3:
        return (str(int(word)),)
    day = next((day for day in _LONG_DAYS if word.startswith(day)), None)
    if day is not None:
        return (_DAY[day], *_apart(word[len(day) :]))
    part = next((part for part in _LONG_PARTS if word.endswith(part)), None)
    before = word[: -len(part)] if part is not None else ""
    if part is not None and (before in _DAY or len(before) > 4):
        return (_DAY.get(before, before), _PART[part])
    return (word,)


def _joined(pieces: list[str], place: int) -> str:
    """Return a piece; a sign between two words says "and", unless it joins a day and its part."""
    piece = pieces[place]
    if piece not in (AND, EITHER, "/", "&"):
        return piece
    if not 0 < place < len(pieces) - 1:
        return ""
    before, after = pieces[place - 1], pieces[place + 1]
    alone = len(pieces) == 3 and before in _PARTS and after in _DAYS
    one = alone or (before in _DAYS and after in _PARTS)
    numbers = piece == "/" and before[0].isdigit() and after[0].isdigit()
    return "" if numbers or (one and piece in (EITHER, "/")) else AND


@lru_cache(maxsize=1 << 14)
def names_moment(text: str) -> bool:
    """Whether a text names a moment: a day, a part of the day, an hour, a month or a week."""
    words = set(words_of(text))
    return bool(words & _TELLING or words & _DAYS.keys()) or _TIME.fullmatch(_plain(text)) is not None


@lru_cache(maxsize=1 << 14)
def moment_key(text: str) -> tuple[str, ...]:
    """Return what two ways to write one moment have in common.

    Of a text that names no moment only "A / B", "A & B" and "A en B" are one: signs can
    mean something there, as in C and C++.
    """
    if names_moment(text):
        return words_of(text)
    spaced = re.sub(r"(?<=\w)/(?=\w)", " / ", normalize_text(text))
    return (" ".join(_BETWEEN.sub(f" {AND} ", spaced).split()),)


def sides(text: str) -> tuple[str, ...]:
    """Return what stands on either side of "/", "&", "+", "en" or "and" in a moment, as written."""
    plain = re.sub(r"(?<=[^\W\d_])/(?=[^\W\d_])", " / ", text)
    return tuple(side.strip() for side in _SIDES.split(plain))


def touch(one: str, other: str) -> bool:
    """Whether two moments share time: one of them says all that the other says, and maybe more.

    Parameters
    ----------
    one : str
        A moment as people write it.
    other : str
        Another one.

    Returns
    -------
    bool
    """
    if moment_key(one) == moment_key(other):
        return True
    if not (names_moment(one) and names_moment(other)):
        return False
    mine, others = sorted((words_of(one), words_of(other)), key=len)
    numbers = [word for word in mine if word[0].isdigit()]
    # An hour is in a span of hours; the first of one month is not in the first of another.
    alike = len(numbers) < 2 or numbers == [word for word in others if word[0].isdigit()]
    return alike and set(mine) <= set(others)


def days_between(text: str) -> tuple[str, ...]:
    """Return the days of a span, with what is said behind it: "ma t/m wo" is ma, di and wo; else nothing."""
    span = _SPAN.fullmatch(text.strip()) if len(text) <= _LONGEST_SPAN else None
    ends = [] if span is None else [_DAY.get(normalize_text(span[end])) for end in ("first", "last")]
    if span is None or None in ends:
        return ()
    first, last = (list(_DAYS).index(day) for day in ends if day is not None)
    forms = [(day, *others.split()) for day, others in _DAYS.items()]
    like = forms[first].index(normalize_text(span["first"]))
    return tuple(f"{days[min(like, len(days) - 1)]}{span['rest']}" for days in forms[first : last + 1])


def day_in(text: str) -> str:
    """Return the word in a text that names a day, as written; empty where there is none."""
    return next((word for word in text.split() if set(words_of(word)) & _DAYS.keys()), "")


def forms_of(word: str) -> tuple[str, ...]:
    """Return the ways to write a word of `words_of`: a day in both languages, long and short."""
    others = _DAYS.get(word) or _PARTS.get(word) or ""
    return (word, *others.split())


# Headings of a question that is asked for one moment after another


def label_of(heading: str) -> str:
    """Return what tells a column from others with the same question: "Kun je? [ma]" is "ma"; else "".

    Without brackets these are the words in the heading that name a moment.
    """
    brackets = _BRACKETS.match(heading)
    return brackets["label"].strip() if brackets is not None else " ".join(_parted(heading)[1])


def family_of(heading: str) -> str:
    """Return what columns with one question for different moments have in common, and no other has.

    Examples
    --------
    >>> family_of("Kun je? [ma]"), family_of("Kun je? [di]"), family_of("Kun je?")
    ('kun je?', 'kun je?', '= kun je?')
    """
    brackets = _BRACKETS.match(heading)
    if brackets is not None:
        return normalize_text(brackets["stem"])
    question, moment = _parted(heading)
    return normalize_text(" ".join(question)) if moment else f"= {normalize_text(heading)}"


def in_brackets(heading: str) -> str | None:
    """Return what stands in square brackets at the end of a heading, as in a grid of Google Forms."""
    brackets = _BRACKETS.match(heading)
    return None if brackets is None else brackets["label"].strip()


@lru_cache(maxsize=1 << 12)
def _parted(heading: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a heading that ask, and those that name a moment."""
    bare = [word.strip("?!.,:;()") for word in heading.split()]
    named = [bool(word) and names_moment(word) for word in bare]
    english = not _ENGLISH.isdisjoint(map(normalize_text, bare))
    doubtful = [
        word.isdigit() or normalize_text(word) == "zo" or (english and len(word) < 3) for word in bare
    ]
    sure = [one and not doubt for one, doubt in zip(named, doubtful, strict=True)]
    # "3" and "zo" only beside another such word: "week 3", "zo ochtend"; or at the end, for a day.
    moment = [
        one and (sure[at] or any(sure[max(at - 1, 0) : at + 2]) or (_ends(bare, at) and not english))
        for at, one in enumerate(named)
    ]
    return (
        tuple(word for word, is_one in zip(heading.split(), moment, strict=True) if not is_one),
        tuple(word for word, is_one in zip(bare, moment, strict=True) if is_one),
    )


def _ends(words: Sequence[str], at: int) -> bool:
    return at == len(words) - 1 and not words[at].isdigit()


MOST_MOMENTS = 2_016  # more different answers than this are no moments; a week has so many five minutes


def listed_once(moments: Iterable[str]) -> tuple[str, ...]:
    """Return moments without those that are written in two ways, the first one kept; at most so many."""
    first: dict[tuple[str, ...], str] = {}
    for moment in moments:
        first.setdefault(moment_key(moment), moment)
        if len(first) == MOST_MOMENTS:
            break
    return tuple(first.values())
