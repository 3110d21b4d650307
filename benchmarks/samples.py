"""Write the sample data, and make synthetic classes of any size.

``python -m benchmarks.samples`` rewrites ``data/``. Everything is drawn from
fixed seeds, so a second run changes nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from benchmarks import lookalikes
from benchmarks.people import Person, apart_pairs, draw_people, with_gaps, with_wishes

DATA = Path(__file__).parent.parent / "data"

DUTCH_PROGRAMMES = ("Verpleegkunde", "Social Work", "Fysiotherapie")
DUTCH_GOALS = lookalikes.GOALS
DUTCH_ROLES = ("Woordvoerder", "Notulist")
DUTCH_SLOTS = tuple(
    f"{day} {part}" for day in ("ma", "di", "wo", "do", "vr") for part in ("ochtend", "middag")
)

PROGRAMMES = ("Business", "Psychology", "Law", "Biology", "Computer Science", "Economics")
GOALS = ("Working together", "Doing research", "Presenting", "Deeper knowledge")
ROLES = ("Spokesperson", "Note-taker")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# The ten half-days first, then evenings, then the weekend.
SLOTS = (
    *(f"{day} {part}" for day in _DAYS[:5] for part in ("morning", "afternoon")),
    *(f"{day} evening" for day in _DAYS[:5]),
    *(f"{day} {part}" for day in _DAYS[5:] for part in ("morning", "afternoon", "evening")),
)

# The pair of the worked example in the documentation.
APART_28 = ("0912345", "0912399")


def class_28() -> list[Person]:
    """Return the Dutch sample class, with its gaps and wishes."""
    people = draw_people(28, seed=352, programmes=len(DUTCH_PROGRAMMES), goals=len(DUTCH_GOALS))
    people = _renumbered(people, APART_28)
    people = with_gaps(people, seed=3, grades=2, availability=1)
    return with_wishes(people, seed=13, first=11, second=5, no_role=5)


def class_120() -> list[Person]:
    """Return the English sample cohort, with its gaps and wishes."""
    people = draw_people(120, seed=28, programmes=5, goals=len(GOALS))
    people = with_gaps(people, seed=5, grades=4, availability=2)
    return with_wishes(people, seed=6, first=48, second=20, no_role=14)


def class_csv_28() -> bytes:
    """Return the Dutch class list as Excel saves it: semicolons, decimal commas, UTF-8 with BOM."""
    headings = ["Studentnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "E-mail", "Opleiding"]
    headings += ["Vooropleiding cijfer", "Gender", "Beschikbaar", "Werkt parttime", "Leerdoel"]
    headings += ["Liever geen rol", "Wens 1", "Wens 2"]

    def row(person: Person) -> list[str]:
        return [
            person.number,
            person.first,
            person.infix,
            person.last,
            person.email,
            DUTCH_PROGRAMMES[person.programme],
            _grade(person, ","),
            person.gender,
            ", ".join(DUTCH_SLOTS[slot] for slot in person.free),
            "ja" if person.job else "nee",
            DUTCH_GOALS[person.goal],
            *_preferences(person, DUTCH_ROLES),
        ]

    return _csv([headings, *map(row, class_28())], separator=";", line_end="\r\n", encoding="utf-8-sig")


def class_csv_28_english() -> bytes:
    """Return the people of the Dutch sample class as an English class list."""
    return _english(class_28())


def class_csv_120() -> bytes:
    """Return the English cohort as plain comma-separated UTF-8."""
    return _english(class_120())


def _english(people: Iterable[Person]) -> bytes:
    headings = [*_ENGLISH_HEADINGS, "Prefers no role", "Wish 1", "Wish 2"]
    women = {"v": "f"}
    rows = ([*_english_row(person, women), *_preferences(person, ROLES)] for person in people)
    return _csv([headings, *rows])


def synthetic_class(n: int, seed: int, slots: int = 10) -> bytes:
    """Make a class list for measurements.

    Parameters
    ----------
    n : int
        Number of students, at least 3; made for up to 10,000.
    seed : int
        The same seed gives the same bytes.
    slots : int
        Half-days to choose from, 5 to 21. Groups of 3 to 5 that share two of
        them exist for the whole class, see `synthetic_people`.

    Returns
    -------
    bytes
        CSV with a grade, 6 programmes, genders v/m/x, availability, part-time
        job and learning goal.
    """
    people = synthetic_people(n, seed, slots)
    return _csv([list(_ENGLISH_HEADINGS), *(_english_row(person, {}) for person in people)])


def synthetic_people(n: int, seed: int, slots: int = 10) -> list[Person]:
    """Return who is in `synthetic_class`, with a plan that holds every rule in ``Person.group``."""
    if slots > len(SLOTS):
        raise ValueError(f"There are {len(SLOTS)} half-days in a week, not {slots}.")
    return draw_people(n, seed, programmes=len(PROGRAMMES), slots=slots, goals=len(GOALS))


def synthetic_rules(n: int, seed: int, slots: int = 10) -> str:
    """Return rules, as TOML, that can all hold in ``synthetic_class(n, seed, slots)``."""
    pairs = apart_pairs(synthetic_people(n, seed, slots), seed, count=min(n // 8, 20))
    return "\n".join(
        [
            'language = "en"',
            _groups("Group {n}"),
            _rule("balance", 'column = "Entry grade"', 'importance = "important"'),
            _rule("mix", 'column = "Programme"', 'importance = "important"'),
            _rule("never-alone", 'column = "Gender"', 'values = ["v", "x"]', 'importance = "must"'),
            _rule("overlap", 'columns = ["Availability"]', "at_least = 2", 'importance = "must"'),
            *(_rule("apart", f'students = ["{a}", "{b}"]', 'importance = "must"') for a, b in pairs),
        ]
    )


def full_people(n: int, seed: int) -> list[Person]:
    """Return people like those of the English cohort, with gaps and wishes."""
    people = draw_people(n, seed, programmes=5, goals=len(GOALS))
    people = with_gaps(people, seed=seed, grades=n // 30, availability=n // 60)
    return with_wishes(people, seed=seed, first=2 * n // 5, second=n // 6, no_role=n // 8)


def full_class(n: int, seed: int) -> bytes:
    """Make a class list for measurements with an answer to every rule of the README.

    Parameters
    ----------
    n : int
        Number of students, at least 12.
    seed : int
        The same seed gives the same bytes.

    Returns
    -------
    bytes
        CSV as that of the English cohort.
    """
    return _english(full_people(n, seed))


def full_rules(n: int, seed: int) -> str:
    """Return every rule of the README, as TOML, for ``full_class(n, seed)``."""
    return _english_rules(apart_pairs(full_people(n, seed), seed, count=max(1, n // 60)))


def rules_28() -> str:
    """Return the rules of the Dutch sample class as TOML."""
    return "\n".join(
        [
            'language = "nl"',
            _groups("Groep {n}"),
            _rule("balance", 'column = "Vooropleiding cijfer"', 'importance = "important"'),
            _rule("mix", 'column = "Opleiding"', 'importance = "important"'),
            _rule("similar", 'column = "Leerdoel"', 'importance = "nice"'),
            _rule("never-alone", 'column = "Gender"', 'values = ["v", "x"]', 'importance = "must"'),
            _rule("overlap", 'columns = ["Beschikbaar"]', "at_least = 2", 'importance = "must"'),
            _limit("Werkt parttime", "ja"),
            _rule("apart", f'students = ["{APART_28[0]}", "{APART_28[1]}"]', 'importance = "must"'),
            _rule("wish", 'columns = ["Wens 1", "Wens 2"]', 'importance = "nice"'),
            _roles(("Gespreksleider", "Notulist", "Woordvoerder", "Procesbewaker"), "Liever geen rol"),
            _TERM,
        ]
    )


def rules_120() -> str:
    """Return the rules of the English sample cohort as TOML."""
    return _english_rules(apart_pairs(class_120(), seed=7, count=2))


def rules_28_english() -> str:
    """Return the rules of the sample class in English as TOML."""
    return _english_rules([APART_28])


def _english_rules(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(
        [
            'language = "en"',
            _groups("Group {n}"),
            _rule("balance", 'column = "Entry grade"', 'importance = "important"'),
            _rule("mix", 'column = "Programme"', 'importance = "important"'),
            _rule("similar", 'column = "Learning goal"', 'importance = "nice"'),
            _rule("never-alone", 'column = "Gender"', 'values = ["f", "x"]', 'importance = "must"'),
            _rule("overlap", 'columns = ["Availability"]', "at_least = 2", 'importance = "must"'),
            _limit("Part-time job", "yes"),
            *(_rule("apart", f'students = ["{a}", "{b}"]', 'importance = "must"') for a, b in pairs),
            _rule("wish", 'columns = ["Wish 1", "Wish 2"]', 'importance = "nice"'),
            _roles(("Facilitator", "Note-taker", "Spokesperson", "Reflector"), "Prefers no role"),
            _TERM,
        ]
    )


FILES: dict[str, Callable[[], bytes]] = {
    "klas-28.csv": class_csv_28,
    "regels-28.toml": lambda: rules_28().encode(),
    "class-28.csv": class_csv_28_english,
    "rules-28.toml": lambda: rules_28_english().encode(),
    "cohort-120.csv": class_csv_120,
    "rules-120.toml": lambda: rules_120().encode(),
    **{f"lms/{name}": make for name, make in lookalikes.FILES.items()},
}


def main() -> None:
    """Rewrite every sample file."""
    for name, make in FILES.items():
        path = DATA / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())


_ENGLISH_HEADINGS = (
    "Student number",
    "First name",
    "Last name",
    "Email",
    "Programme",
    "Entry grade",
    "Gender",
    "Availability",
    "Part-time job",
    "Learning goal",
)


def _english_row(person: Person, genders: dict[str, str]) -> list[str]:
    return [
        person.number,
        person.first,
        person.surname,
        person.email,
        PROGRAMMES[person.programme],
        _grade(person, "."),
        genders.get(person.gender, person.gender),
        ", ".join(SLOTS[slot] for slot in person.free),
        "yes" if person.job else "no",
        GOALS[person.goal],
    ]


def _preferences(person: Person, roles: tuple[str, ...]) -> list[str]:
    """Return the cells for the role someone would rather not have, and two wishes."""
    wishes = [*person.wishes, "", ""][:2]
    return [roles[person.no_role] if person.no_role is not None else "", *wishes]


def _renumbered(people: list[Person], numbers: tuple[str, str]) -> list[Person]:
    """Give two people whom the hidden plan keeps apart the numbers of the worked example."""
    (pair,) = apart_pairs(people, seed=2, count=1)
    new = dict(zip(pair, numbers, strict=True))
    return [replace(person, number=new.get(person.number, person.number)) for person in people]


def _grade(person: Person, decimal: str) -> str:
    return "" if person.grade is None else f"{person.grade:.1f}".replace(".", decimal)


def _csv(
    rows: Iterable[list[str]], separator: str = ",", line_end: str = "\n", encoding: str = "utf-8"
) -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=line_end).writerows(rows)
    return file.getvalue().encode(encoding)


def _rule(kind: str, *lines: str) -> str:
    return "\n".join(["", "[[rule]]", f'kind = "{kind}"', *lines])


def _limit(column: str, value: str) -> str:
    return _rule(
        "limit", f'column = "{column}"', f'value = "{value}"', "at_most = 2", 'importance = "important"'
    )


def _groups(names: str) -> str:
    return f'\n[groups]\nsize = [3, 5]\nprefer = 4\nnames = "{names}"'


def _roles(names: tuple[str, ...], opt_out: str) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f'\n[roles]\nnames = [{quoted}]\nopt_out = "{opt_out}"\nrotate_every = 1'


_TERM = "\n[term]\nweeks = 10\n"


if __name__ == "__main__":
    main()
