"""Two ways to live through a course by chance: with commands and files, and as the page does it."""

from __future__ import annotations

import json
import shutil
from contextlib import redirect_stdout
from copy import deepcopy
from io import StringIO
from pathlib import Path
from random import Random

from planner.plans.course import Course
from planner.plans.plan_file import read_course
from tests.builders.commands import Row, plan_of, rows, run, write_rows
from tests.builders.lived_page import by_page
from tests.builders.record import WEEKS, Person, Placed, Record

ROLES = ("Facilitator", "Note-taker", "Spokesperson")
TERMS = (
    "",
    "refresh_after = [4]\nkeep_familiar = 0\nmax_moved = 0.5\n",
    'refresh_after = [3, 5]\nmeet = "new"\n',
)
FEWEST, MOST = 7, 12  # people in the class


class Lived:
    """A course in a folder, the record beside it, and chance.

    Attributes
    ----------
    plan : Path
        Folder of the plan.
    told : dict
        Who was where in the week of the next plan, as everybody was told.
    home : dict
        The same as somebody changed it by hand.
    held : dict
        Who was where until then; not as they were told where a refresh begins in that week.
    said : str
        What the last command said.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance, self.folder, self.plan = Random(seed), folder, folder / "plan-0"
        self.tags = self.names = 0
        self.record = Record({})
        for _ in range(self.chance.randint(8, 10)):
            self.new()
        here = sorted(self.record.people)
        self.record.always = set(here)
        self.record.apart = tuple(self.chance.sample(here, 2))
        self.record.links = dict.fromkeys(self.chance.sample(here, 2), "Doing research")
        self.told, self.home, self.held, self.touched = Placed(), Placed(), Placed(), set[int]()
        self.quiet, self.said, self.plans = True, "", 0

    @property
    def out(self) -> Path:
        """Folder of the next plan."""
        return self.folder / f"plan-{self.plans + 1}"

    def goes_on(self, week: int) -> bool:
        """Live on until the next plan, from a week on; return whether there is one.

        Where what is locked leaves no plan, all is as it was.
        """
        was, kept = deepcopy(self.record), self.folder / "kept"
        shutil.copytree(self.plan, kept, dirs_exist_ok=True)
        found = self.by_files(week) if self.chance.random() < 0.6 else by_page(self, week)
        if not found:
            self.record = was
            shutil.copytree(kept, self.plan, dirs_exist_ok=True)
        else:
            self.plan, self.plans, self.record.week = self.out, self.plans + 1, week
            self.take(self.course, week)
        shutil.rmtree(kept)
        return found

    def begin(self) -> None:
        """Make the first plan."""
        number = {tag: person.number for tag, person in self.record.people.items()}
        links = "".join(f'"{number[tag]}" = "{goal}"\n' for tag, goal in self.record.links.items())
        (self.folder / "rules.toml").write_text(
            f'language = "en"\n[groups]\nsize = [2, 5]\n[roles]\nnames = {json.dumps(ROLES)}\n'
            f'[[rule]]\nkind = "apart"\nstudents = {json.dumps([number[tag] for tag in self.record.apart])}\n'
            '[goals]\ncolumn = "Wish"\ncourse = ["Giving presentations", "Doing research"]\n'
            f"[goals.links]\n{links}[term]\nweeks = {WEEKS}\n{self.chance.choice(TERMS)}"
        )
        listed = self.record.write(self.folder / "class.csv")
        rules = ("--rules", self.folder / "rules.toml")
        assert run("plan", listed, *rules, "--out", self.plan, "--effort", "quick") == 0
        self.take(self.course, 1)

    @property
    def course(self) -> Course:
        """The course as it is in the folder."""
        return read_course((self.plan / "plan.json").read_bytes())

    def take(self, course: Course, week: int) -> None:
        """Write down what is planned from a week on."""
        tag_of = self.record.tag_of
        for at in range(week, WEEKS + 1):
            groups = course.plan.block_of(at).groups
            self.record.groups[at] = {tag_of[one]: group.name for group in groups for one in group.members}
            held: dict[int, set[str]] = {}
            for turn in course.plan.turns:
                if turn.week == at:
                    held.setdefault(tag_of[turn.student_id], set()).add(turn.role)
            self.record.roles[at] = {tag: frozenset(roles) for tag, roles in held.items()}

    # What happens to people

    def new(self) -> Person:
        """Let somebody new come."""
        person = Person.new(self.tags)
        self.record.people[person.tag] = person
        self.tags += 1
        return person

    def letters(self) -> str:
        """Return letters that nothing else was called by."""
        self.names += 1
        return "".join(chr(ord("a") + int(digit)) for digit in str(self.names))

    def people_change(self) -> None:
        """Let people leave, come, come back, be listed otherwise, trade numbers or hand one on."""
        record, chance = self.record, self.chance
        kinds = ["", "leaves", "new", "back", "number", "trade", "handed on", "name", "email"]
        for what in chance.sample(kinds, 2):
            here = sorted(record.people.keys() - self.touched)
            away = sorted(record.gone.keys() - self.touched)
            free = [tag for tag in away if record.gone[tag].number not in ("", *record.tag_of)]
            if what == "leaves" and len(record.people) > FEWEST:
                self._leaves(chance.choice(here))
            elif what == "new" and len(record.people) < MOST:
                self.touched.add(self.new().tag)
            elif what == "back" and free:
                record.comes_back(chance.choice(free))
            elif what == "trade":
                self._trade(*chance.sample(here, 2))
            elif what == "handed on" and len(record.people) > FEWEST:
                one, other = chance.sample(here, 2)
                self._trade(one, other)
                self._leaves(one)
                record.gone[one].number = ""  # whoever comes back with it is not known by it
            elif what in ("number", "name", "email"):
                self._listed_otherwise(chance.choice(here), what)
            elif what:
                continue
            self.quiet = self.quiet and not what

    def _leaves(self, tag: int) -> None:
        self.record.leaves(tag)
        self.touched.add(tag)

    def _trade(self, *tags: int) -> None:
        one, other = (self.record.people[tag] for tag in tags)
        one.number, other.number = other.number, one.number
        self.touched |= set(tags)

    def _listed_otherwise(self, tag: int, what: str) -> None:
        person = self.record.people[tag]
        self.touched.add(tag)
        if what == "number":
            person.number = str(4_000_000 + 11 * self.names)
        elif what == "name":
            person.name = f"Noor Anders{self.letters()}"
        else:
            person.email = f"new{self.letters()}@example.org"
        self.names += 1

    def called(self, old: str) -> str:
        """Call a group otherwise, and return how."""
        new = f"Name {self.letters()}"
        self.record.renamed(old, new)
        for placed in (self.told, self.home, self.held):
            placed.update({tag: new for tag, group in placed.items() if group == old})
        return new

    # With commands and files

    def by_files(self, week: int) -> bool:
        """Change lists by hand and `replan`; return whether there is a plan."""
        block = self.course.plan.block_of(week).from_week
        path = self.plan / ("groups.csv" if block <= self.record.week else f"from-week-{block}/groups.csv")
        self.start(week)
        self._locked_in_file()
        listed = self._edited(rows(path))
        if not self.quiet:
            write_rows(path, listed)
        self.people_change()
        self.record.write(self.folder / "class.csv")
        arguments = ("--previous", self.plan, "--out", self.out, "--from-week", week)
        with redirect_stdout(StringIO()) as said:
            status = run("replan", self.folder / "class.csv", *arguments)
        self.said = said.getvalue()
        assert status in (0, 1), self.said
        return status == 0

    def start(self, week: int) -> None:
        self.touched, self.quiet, self.said = set(), True, ""
        self.start_from(self.course, week)

    def start_from(self, course: Course, week: int) -> None:
        """Write down where people are, and are told to be, as a course has it."""
        refreshed = course.plan.from_week < course.plan.block_of(week).from_week == week
        groups = self.record.groups
        self.told, self.home = dict(groups[week]), dict(groups[week])
        self.held = dict(groups[week - 1] if refreshed else groups[week])

    def _locked_in_file(self) -> None:
        """Lock somebody or a group in plan.json, as the page does."""
        data = plan_of(self.plan)
        locks = data.setdefault("locks", {"students": [], "groups": []})
        if self.chance.random() < 0.2:
            tag = self.chance.choice(sorted(self.home))
            self.record.locked.add(tag)
            locks["students"] = sorted({*locks["students"], self.record.people[tag].number})
        if self.chance.random() < 0.2:
            group = self.chance.choice(sorted(self.home.values()))
            self.record.closed.add(group)
            locks["groups"] = sorted({*locks["groups"], group})
        (self.plan / "plan.json").write_text(json.dumps(data))

    def _edited(self, listed: list[Row]) -> list[Row]:
        """Return the rows of a groups.csv after somebody's hand was at it."""
        whole = set(self.home.values())  # groups that have the people of before
        kinds = self.chance.sample(["", "move", "trade", "out", "in", "name"], 2)
        for what in sorted(kinds, key="name".__eq__):  # with others in it, it could be another group
            if what == "in" and len(self.record.people) < MOST:
                person = self.new()
                self.touched.add(person.tag)
                listed = [
                    *listed,
                    {"student_id": person.number, "name": person.name, "group": "", "role": ""},
                ]
                self.home[person.tag] = self.chance.choice(sorted(self.home.values()))
                whole -= {self.home[person.tag]}
            elif what in ("move", "trade", "out"):
                whole -= self._placed_otherwise(what)
            elif what == "name" and whole:
                self.called(self.chance.choice(sorted(whole)))
                whole = set()
            elif what:
                continue
            self.quiet = self.quiet and not what
        self.record.closed &= set(self.home.values())
        self.record.locked &= self.home.keys()
        group_of = {self.record.people[tag].number: group for tag, group in self.home.items()}
        here = [row for row in listed if row["student_id"] in group_of]
        return [{**row, "group": group_of[row["student_id"]]} for row in here]

    def _placed_otherwise(self, what: str) -> set[str]:
        """Move somebody, let two trade places or take somebody out; return the groups that it touches."""
        home, (one, other) = self.home, self.chance.sample(sorted(self.home), 2)
        touched = {home[one], home[other]}
        if what == "move":
            home[one] = home[other]
        elif what == "trade":
            home[one], home[other] = home[other], home[one]
        else:
            del home[one]
        return touched
