"""A page to drive without a browser, and what is done on it: upload_list, type, open, plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from planner.audit.proven import closeness
from planner.engines.common.watch import Progress
from planner.infeasibility.conflict import Explanation
from planner.model.domain import Plan
from planner.model.reports import Outcome, RulePrice
from planner.model.text import message
from planner.plans.course import Course
from planner.replanning.replan import replan
from planner.services.replan import ReplanRequest
from planner.ui.session.state import KEY, Session
from tests.builders.places import DATA, ROOT


@dataclass
class FakeJob:
    """A job that is under way until it is given an end."""

    end: Plan | Explanation | Exception | None = None
    at: Progress = field(default_factory=Progress)
    stopped_at: float | None = None
    arguments: tuple[object, ...] = ()
    waits: int = 0
    owner: str = ""
    task: Callable[..., object] | None = None

    @property
    def request(self) -> Any:
        """What it was asked."""
        return self.arguments[0]

    def place(self) -> int:
        return self.waits

    def progress(self) -> Progress:
        return self.at

    def stop(self) -> None:
        self.stopped_at = 1.0

    def done(self) -> bool:
        return self.end is not None

    def result(self) -> Plan | Explanation:
        assert self.end is not None
        if isinstance(self.end, Exception):
            raise self.end
        return self.end


@dataclass
class FakeWorkers:
    """Workers that keep the jobs they were given."""

    jobs: list[FakeJob] = field(default_factory=list)

    def start(
        self, task: Callable[..., object], *args: object, time_limit: float | None = None, owner: str = ""
    ) -> FakeJob:
        self.jobs.append(FakeJob(arguments=args, owner=owner, task=task))
        return self.jobs[-1]


def go(page: AppTest, path: str) -> AppTest:
    """Open a page by its address; the first page has none."""
    page._page_hash = calc_hash(path or "class-list")
    page.run()
    page._page_hash = ""  # from here on where the page itself goes
    return page


def with_plan(page: AppTest, course: Course) -> AppTest:
    """Show a finished plan, as if the run had just ended."""
    session = session_of(page)
    assert session.roster is not None
    session.keep(course, session.roster)
    return go(page, "groups")


def session_of(page: AppTest) -> Session:
    """Return what the coordinator has on the page."""
    kept: Session = page.session_state[KEY]
    return kept


def cards(page: AppTest, week: int = 1) -> list[list[tuple[str, str]]]:
    """Return who is in each group on the page, with their role in a week, as it stands there."""
    course = session_of(page).course
    assert course is not None
    group = {one: group.name for group in course.plan.block_of(week).groups for one in group.members}
    found: dict[str, list[tuple[str, str]]] = {}
    for one in page.menu_button:
        student = str(one.key).removeprefix("name_")
        name, _, role = one.label.replace("\\", "").partition(" :small[:gray[")
        found.setdefault(group[student], []).append((name.strip("*"), role.removesuffix("]]")))
    return list(found.values())


def texts(page: AppTest) -> str:
    """Return everything that is said on the page, without the signs of Markdown."""
    parts = [element.value for element in [*page.markdown, *page.caption, *page.header, *page.subheader]]
    for alert in [*page.error, *page.warning, *page.info, *page.success]:
        parts += [getattr(alert.proto, "title", ""), alert.value]
    parts += [expander.label for expander in page.expander]
    parts += [popover.proto.popover.label for popover in page.get("popover")]
    return "\n".join(str(part) for part in parts).replace("\\", "")


LINES = (DATA / "klas-28.csv").read_text("utf-8-sig").splitlines()


NEWCOMER = (
    "1999999;Nova;van;Dam;nova.vandam@student.hogeschool.example;Social Work;6,8;v;"
    "ma ochtend, ma middag, di ochtend, di middag, wo ochtend, wo middag, do ochtend, do middag;"
    "nee;Presenteren;;;"
)


def edited(drop: int = 3, add: str = NEWCOMER) -> bytes:
    """Return the sample class after some left and one came in."""
    return "\n".join([*LINES[: len(LINES) - drop], add]).encode()


def upload(page: AppTest, content: bytes, key: str = "new_class_list", name: str = "nieuw.csv") -> AppTest:
    page.file_uploader(key=key).set_value((name, content, "text/csv"))
    return page.run()


def answer(job: FakeJob) -> Plan:
    """Return what a worker would answer to a rerun."""
    asked = job.request
    assert isinstance(asked, ReplanRequest)
    return replan(asked.rules, asked.roster, asked.earlier, options=asked.options)


def replanned(page: AppTest, jobs: list[FakeJob]) -> AppTest:
    page.button(key="replan").click().run()
    jobs[-1].end = answer(jobs[-1])
    return page.run()


PEOPLE = b"Studentnummer;Naam;Cijfer\n" + b"".join(
    b"10000%02d;Student Nummer%d;%d,5\n" % (n, n, 5 + n % 4) for n in range(12)
)


def upload_list(page: AppTest, name: str, content: bytes) -> AppTest:
    page.file_uploader(key="class_list").set_value((name, content, "text/csv"))
    return page.run()


def blank() -> AppTest:
    """Return the page before anything of it is drawn."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def load(course: str = "") -> AppTest:
    """Load the page in another tab, or once more."""
    page = blank()
    if course:
        page.query_params["course"] = course
    return page.run()


def course_of(page: AppTest) -> str:
    """Return the course that the address names."""
    course = str(page.query_params["course"])
    assert course == session_of(page).kept.id
    return course


def ticked(page: AppTest, *courses: str) -> AppTest:
    """Tick courses in the list of all courses."""
    for course in courses:
        page.checkbox(key=f"tick_{course}").check().run()
    return page


def planned(page: AppTest, jobs: list[FakeJob], course: Course) -> AppTest:
    """Make groups of the sample class."""
    page.button(key="make_plan").click().run()
    jobs[-1].end = course.plan
    return page.run()


def opened(page: AppTest) -> AppTest:
    page.session_state["more_students"] = True
    return page.run()


def edit(page: AppTest, rows: dict[int, dict[str, object]]) -> AppTest:
    """Type in the table, as the browser would send it: all cells so far."""
    (editor,) = page.data_editor
    page.session_state[str(editor.key)] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return page.run()


PRICE = "{rule} could be {gain} better without “{other}”."


def proven(course: Course, **outcome: object) -> Course:
    """Return a plan in which the second rule is proven, the third near, and the fourth not yet known."""
    reports = list(course.plan.outcome.rules)
    active = course.rules.active()
    places = [place for place, rule in enumerate(active, 1) if not rule.must][1:4]
    for place, bound, units in zip(places, (3, 3, None), (3, 5, 5), strict=True):
        proof = closeness(active[place - 1], units, bound, course.roster)
        changes = {"units": units, "bound": bound, "proof": proof}
        reports[place] = reports[place].model_copy(update=changes)
    sentence = message(PRICE, rule="Een_regel", gain="2 tweetallen", other=active[0].label())
    price = RulePrice(place=1, left_out=active[0].label(), units=2, message=sentence)
    reports[places[1]] = reports[places[1]].model_copy(update={"prices": (price,)})
    return with_outcome(course, rules=tuple(reports), **outcome)


def with_outcome(course: Course, **changes: object) -> Course:
    outcome: Outcome = course.plan.outcome.model_copy(update=changes)
    return course.model_copy(update={"plan": course.plan.model_copy(update={"outcome": outcome})})


def analysis(page: AppTest) -> AppTest:
    """Open the tab with the analysis."""
    page.session_state["hecht_tab_groups_tabs"] = ([], 1, 1)
    return page.run()


def standing(page: AppTest, column: str) -> list[str]:
    """Return a column of the table that tells how the rules are met."""
    analysis(page)
    (table,) = [table.value for table in page.table if column in table.value.columns]
    return [str(cell).replace("\\", "") for cell in table[column]]


def with_course(page: AppTest, course: Course) -> Session:
    session = session_of(page)
    assert session.roster is not None
    session.keep(course, session.roster)
    return session


def english(page: AppTest) -> AppTest:
    page.session_state["language"] = "en"
    return page.run()
