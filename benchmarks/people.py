"""Invented students, drawn around a hidden plan in which every rule of the samples can hold.

The people are drawn group by group, so that each hidden group shares half-days,
has nobody alone, and so on. The class list then forgets the groups; tests use
them as the witness that a plan exists.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from benchmarks.names import FIRST_NAMES, INFIXED_SURNAMES, PLAIN_SURNAMES
from planner.model.values import normalize_text

SHARED_SLOTS = 2
MAIL_DOMAIN = "student.hogeschool.example"


@dataclass(frozen=True)
class Person:
    """One invented student; programme, goal and free half-days are positions in a list of words."""

    number: str
    first: str
    infix: str
    last: str
    email: str
    programme: int
    grade: float | None
    gender: str
    free: tuple[int, ...]
    job: bool
    goal: int
    group: int
    no_role: int | None = None
    wishes: tuple[str, ...] = ()

    @property
    def surname(self) -> str:
        """Surname with its infix in front."""
        return f"{self.infix} {self.last}".strip()

    @property
    def name(self) -> str:
        """Full name as people say it."""
        return f"{self.first} {self.surname}"


def draw_people(n: int, seed: int, programmes: int, slots: int = 10, goals: int = 4) -> list[Person]:
    """Draw a class of `n`, in the order of a class list (on surname, without the infix).

    Parameters
    ----------
    n : int
        Number of students, at least 3.
    seed : int
        The same seed gives the same people.
    programmes, slots, goals : int
        How many different values these columns have; at least 5 slots.
    """
    if n < 3:
        raise ValueError(f"A class has at least 3 students, not {n}.")
    if slots < 5:
        raise ValueError(f"Availability needs at least 5 half-days, not {slots}.")
    rng = Random(f"{seed}/{n}/{slots}")
    numbers = _numbers(n, rng)
    liking = [0.6 + 0.8 * rng.random() for _ in range(slots)]  # some half-days suit more people
    mails: dict[str, int] = {}
    people: list[Person] = []
    for group, size in enumerate(group_sizes(n)):
        shared = _weighted_sample(liking, SHARED_SLOTS, rng)
        jobs = set(rng.sample(range(size), rng.choice((0, 1, 1, 2))))
        for place, gender in enumerate(_genders(size, group, rng)):
            first, (infix, last) = rng.choice(FIRST_NAMES[gender]), _surname(rng)
            people.append(
                Person(
                    number=numbers[len(people)],
                    first=first,
                    infix=infix,
                    last=last,
                    email=_email(first, infix + last, mails),
                    programme=rng.choices(range(programmes), weights=range(programmes + 2, 2, -1))[0],
                    grade=min(9.0, max(5.5, round(rng.gauss(7.0, 0.8), 1))),
                    gender=gender,
                    free=_free(shared, liking, rng),
                    job=place in jobs,
                    goal=rng.randrange(goals),
                    group=group,
                )
            )
    return sorted(
        people, key=lambda person: (normalize_text(person.last), normalize_text(person.first), person.number)
    )


def with_gaps(people: list[Person], seed: int, grades: int, availability: int) -> list[Person]:
    """Leave out some answers, of different people."""
    chosen = Random(seed).sample(range(len(people)), grades + availability)
    changed = list(people)
    for place in chosen[:grades]:
        changed[place] = replace(changed[place], grade=None)
    for place in chosen[grades:]:
        changed[place] = replace(changed[place], free=())
    return changed


def with_wishes(people: list[Person], seed: int, first: int, second: int, no_role: int) -> list[Person]:
    """Give some people one wish, some two, and some a role they would rather not have.

    Wishes are written as a student number or as a full name, in turns.
    """
    rng = Random(seed)
    changed = list(people)
    names = [person.name for person in people]
    for turn, place in enumerate(rng.sample(range(len(people)), first)):
        others = [p for p in people if p is not people[place] and names.count(p.name) == 1]
        peers = rng.sample(others, 2 if turn < second else 1)
        texts = [p.number if (turn + at) % 2 else p.name for at, p in enumerate(peers)]
        changed[place] = replace(changed[place], wishes=tuple(texts))
    for turn, place in enumerate(rng.sample(range(len(people)), no_role)):
        changed[place] = replace(changed[place], no_role=turn % 2)
    return changed


def apart_pairs(people: list[Person], seed: int, count: int) -> list[tuple[str, str]]:
    """Return pairs of student numbers that the hidden plan keeps apart; nobody is in two of them."""
    order = list(people)
    Random(seed).shuffle(order)
    pairs: list[tuple[str, str]] = []
    for a, b in zip(order[::2], order[1::2], strict=False):
        wanted = {a.number, a.name} & set(b.wishes) or {b.number, b.name} & set(a.wishes)
        if a.group != b.group and not wanted and len(pairs) < count:
            pairs.append((a.number, b.number))
    return pairs


def group_sizes(n: int) -> list[int]:
    """Split `n` (at least 3) into groups of 3 to 5, as near to 4 as can be."""
    count = max(1, round(n / 4))
    base, larger = divmod(n, count)
    return [base + (group < larger) for group in range(count)]


def _numbers(n: int, rng: Random) -> list[str]:
    """Seven digits; the older ones start with a zero."""
    old = max(1, n // 5)
    numbers = [*rng.sample(range(900_000, 1_000_000), old), *rng.sample(range(1_100_000, 1_400_000), n - old)]
    rng.shuffle(numbers)
    return [f"{number:07}" for number in numbers]


def _surname(rng: Random) -> tuple[str, str]:
    """Return infix and surname; a third of the people have an infix."""
    return rng.choice(INFIXED_SURNAMES) if rng.random() < 0.33 else ("", rng.choice(PLAIN_SURNAMES))


def _genders(size: int, group: int, rng: Random) -> list[str]:
    """Nobody is the only "v" or "x" of a group; the first has three "x", so that one may leave."""
    few = ["x"] * (3 if group == 0 else 2 if rng.random() < 0.04 else 0)
    left = size - len(few)
    women = rng.choice([count for count in range(left + 1) if count != 1])
    genders = [*few, *"v" * women, *"m" * (left - women)]
    rng.shuffle(genders)
    return genders


def _free(shared: list[int], liking: list[float], rng: Random) -> tuple[int, ...]:
    """Return 40 to 70 % of the half-days, those of the hidden group among them."""
    slots = len(liking)
    wanted = rng.randint(round(0.4 * slots), round(0.7 * slots))
    order = _weighted_sample(liking, slots, rng)
    others = [slot for slot in order if slot not in shared]
    return tuple(sorted([*shared, *others[: wanted - len(shared)]]))


def _weighted_sample(weights: list[float], count: int, rng: Random) -> list[int]:
    """Draw positions without replacement; heavier ones come first more often."""
    keys = [rng.random() ** (1 / weight) for weight in weights]
    return sorted(range(len(weights)), key=lambda place: -keys[place])[:count]


def _email(first: str, last: str, used: dict[str, int]) -> str:
    """Return an address that nobody else in the class has."""
    plain = ".".join(
        "".join(c for c in normalize_text(part) if c.isalnum() and c.isascii()) for part in (first, last)
    )
    used[plain] = used.get(plain, 0) + 1
    return f"{plain}{used[plain] if used[plain] > 1 else ''}@{MAIL_DOMAIN}"
