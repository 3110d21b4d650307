"""What students answered before stays known where the new list or a survey does not say it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.watch import Watch
from planner.model.domain import ColumnKind, Group, Plan, Roster
from planner.model.problems import InputError, Level
from planner.model.replan_options import ReplanOptions
from planner.model.reports import Outcome, Status
from planner.plans.course import Course, only_used
from planner.plans.plan_file import read_course, write_course
from planner.plans.previous import Previous, previous_from_course
from planner.replanning.answers_before import AnswersBefore
from planner.rosters import Edits, Reading, SourceFile, answers_seen
from planner.rules import Rules, read_rules
from planner.services.compare_lists import ListComparison, meanings
from planner.services.pending import pending_changes
from planner.services.reading import ListRequest, read_list
from planner.services.replan import ReplanResult, replan
from tests.builders.class_changes import one, says

Row = Mapping[str, str]
BUSY = ("Kan niet [ma]", "Kan niet [di]")
RULES = read_rules(
    b"""language = "en"
[groups]
size = [2, 4]
[[rule]]
kind = "balance"
column = "Cijfer"
[[rule]]
kind = "mix"
column = "Klas"
[[rule]]
kind = "overlap"
columns = ["Kan niet [ma]", "Kan niet [di]"]
at_least = 1
[[rule]]
kind = "wish"
columns = ["Wens 1", "Wens 2"]
[roles]
names = ["Chair", "Writer"]
opt_out = "Liever niet"
wish = "Liever wel"
[goals]
column = "Leerdoel"
shareable = true
"""
)
ANSWERS = RULES.headings()
FIRST = ("Noor", "Sem", "Ali", "Juul", "Bram", "Yara", "Teun", "Mila", "Fenna", "Kok")


def person(place: int, **answers: str) -> dict[str, str]:
    """Return a row with an answer in every column that the rules read."""
    row = {
        "Studentnummer": f"09{12340 + place}",
        "Naam": f"{FIRST[place]} de Wit",
        "Cijfer": f"{5 + place % 4},{place % 10}",
        "Klas": "ABC"[place % 3],
        BUSY[0]: ("ochtend", "", "middag", "ochtend; middag")[place % 4],
        BUSY[1]: ("", "middag", "ochtend")[place % 3],
        "Wens 1": f"09{12340 + (place + 3) % 8}",
        "Wens 2": "Sem de Wit" if place == 4 else "",
        "Liever niet": "Chair" if place % 5 == 0 else "",
        "Liever wel": "Writer" if place % 3 == 0 else "",
        "Leerdoel": "Presenteren",
        "Opmerking": f"iets anders {place}",
    }
    return row | answers


EVERYBODY = tuple(person(place) for place in range(8))


def table(rows: Sequence[Row], name: str = "lijst.csv") -> SourceFile:
    written = io.StringIO()
    lines = csv.DictWriter(written, list(rows[0]), delimiter=";")
    lines.writeheader()
    lines.writerows(rows)
    return SourceFile(name, b"\xef\xbb\xbf" + written.getvalue().encode(), ours=True)


def course_of(rows: Sequence[Row] = EVERYBODY, rules: Rules = RULES) -> Course:
    """Return a course of a class, in groups of four in the order of the list."""
    roster = read_list(ListRequest(table(rows), kinds=dict.fromkeys(BUSY, ColumnKind.BUSY))).require()
    ids = [student.id for student in roster.students]
    groups = tuple(
        Group(name=f"Group {at // 4 + 1}", members=tuple(ids[at : at + 4])) for at in range(0, len(ids), 4)
    )
    outcome = Outcome(status=Status.FEASIBLE, cost=0, bound=0)
    plan = Plan(language="en", seed=0, version="1", effort="quick", groups=groups, turns=(), outcome=outcome)
    return Course(roster=only_used(roster, rules), rules=rules, plan=plan)


COURSE = course_of()


def later(
    rows: Sequence[Row],
    survey: Sequence[Row] | None = None,
    previous: Previous | None = None,
    *,
    edits: Edits | None = None,
    listed: Roster | None = None,
    again: bool = False,
) -> Reading:
    """Read a new class list, as page and command line do."""
    previous = previous_from_course(COURSE) if previous is None else previous
    return read_list(
        ListRequest(
            table(rows),
            None if survey is None else table(survey, "vragen.csv"),
            kinds=meanings(previous),
            seen={} if previous.course is None else answers_seen(previous.course.roster),
            edits=edits or Edits(),
            before=AnswersBefore(previous, listed, survey_again=again),
        )
    )


def compared(reading: Reading, rules: Rules = RULES, course: Course = COURSE) -> ListComparison:
    return ListComparison.of(previous_from_course(course), rules, reading.require(), 3)


def bare(rows: Iterable[Row], *dropped: str) -> list[dict[str, str]]:
    """Return rows without some columns; without any of the rules where none are named."""
    out = dropped or (*ANSWERS, "Opmerking")
    return [{heading: cell for heading, cell in row.items() if heading not in out} for row in rows]


NEW = person(8)


def test_names_and_numbers_alone_are_enough() -> None:
    """A class list of a learning system has none of the columns that the rules read."""
    reading = later(bare([*EVERYBODY[1:], NEW]))
    found = compared(reading).require()
    assert found.changes.left == (EVERYBODY[0]["Studentnummer"],)
    assert not found.changes.answers
    by_id = found.roster.by_id
    for row in EVERYBODY[1:]:
        then = COURSE.roster.by_id[row["Studentnummer"]].answers
        assert by_id[row["Studentnummer"]].answers == then
    assert set(by_id[NEW["Studentnummer"]].answers.values()) == {""}
    assert found.roster.columns == COURSE.roster.columns
    assert "missing-answers" in [problem.code for problem in found.remarks]


def reached(course: Course) -> Course:
    """Return a course whose students have an address, an id of a learning system, and a name of their own."""
    students = tuple(
        one.model_copy(
            update={"email": f"{one.id}@uni.example", "keys": {"canvas_user_id": one.id[::-1]}}
            | {"call_name": f"{one.call_name}tje"}
        )
        for one in course.roster.students
    )
    roster = Roster(students=students, columns=course.roster.columns)
    return course.model_copy(update={"roster": roster})


def test_a_list_without_addresses_ids_or_first_names_takes_none_away() -> None:
    """Names and numbers alone were told as another address and another first name of everybody."""
    here = reached(COURSE)
    found = compared(later(bare(EVERYBODY), previous=previous_from_course(here)), course=here)
    assert found.listed.students == here.roster.students
    assert pending_changes(found) == ()


@pytest.mark.parametrize(
    ("heading", "value", "detail"),
    [("E-mail", "other@uni.example", "email"), ("canvas_user_id", "77", "keys")],
)
def test_a_detail_that_the_list_has_is_right_as_it_stands(heading: str, value: str, detail: str) -> None:
    here = reached(COURSE)
    rows = [{**row, heading: value if place == 0 else ""} for place, row in enumerate(EVERYBODY)]
    found = compared(later(bare(rows), previous=previous_from_course(here)), course=here)
    first = found.listed.by_id[EVERYBODY[0]["Studentnummer"]]
    assert getattr(first, detail) != getattr(here.roster.by_id[first.id], detail)
    assert detail in {change.part for change in pending_changes(found)}


def test_it_is_told_once_and_in_both_languages() -> None:
    reading = later(bare([*EVERYBODY[1:], NEW, person(9)], "Cijfer"))
    says(
        one(reading.problems, "answers-before", Level.ASSUMED),
        "The new list has no column “Cijfer”; what 7 students answered before still counts.",
        "De nieuwe lijst heeft geen kolom “Cijfer”; wat 7 studenten eerder antwoordden, blijft tellen.",
    )
    assert not [problem for problem in reading.problems if problem.code == "answers-unknown"]
    reading = later(bare([*EVERYBODY[1:], NEW, person(9)]))
    says(
        one(reading.problems, "answers-unknown", Level.ASSUMED),
        "Nothing is known yet about 2 new students: Fenna de Wit and Kok de Wit. Until there are "
        "answers, they count as missing. Add a survey with them, or type them in the table of students.",
        "Over 2 nieuwe studenten is nog niets bekend: Fenna de Wit en Kok de Wit. Zolang er geen "
        "antwoorden zijn, tellen ze als ontbrekend. Voeg een vragenlijst met de antwoorden toe, of typ ze "
        "in de tabel met studenten.",
    )


def test_who_is_free_at_every_moment_for_now_is_told() -> None:
    reading = later(bare([*EVERYBODY, NEW]))
    told = one(reading.problems, "busy-unanswered", Level.ASSUMED)
    assert "Fenna de Wit" in told.message.text("en")


def test_a_column_that_is_there_is_right_also_where_it_is_empty() -> None:
    rows = [{**row, "Cijfer": "" if place else "9,9"} for place, row in enumerate(EVERYBODY)]
    roster = later(bare(rows, "Klas")).require()
    assert [student.answer("Cijfer") for student in roster.students] == ["9,9"] + [""] * 7
    assert [student.answer("Klas") for student in roster.students] == list("ABCABCAB")


def test_a_heading_in_other_capitals_is_the_same_column() -> None:
    rows = [
        {("  KLAS " if heading == "Klas" else heading): cell for heading, cell in row.items()}
        for row in EVERYBODY
    ]
    reading = later([{**rows[0], "  KLAS ": "C"}, *rows[1:]])
    assert reading.require().by_id[EVERYBODY[0]["Studentnummer"]].answer("Klas") == "C"
    assert "answers-before" not in [problem.code for problem in reading.problems]


def test_a_column_that_is_left_out_on_purpose_is_not_missing() -> None:
    previous = previous_from_course(COURSE)
    kinds = meanings(previous) | {"Klas": ColumnKind.IGNORED}
    reading = read_list(ListRequest(table(EVERYBODY), kinds=kinds, before=AnswersBefore(previous)))
    assert "Klas" not in reading.require().headings


def test_who_has_another_number_now_keeps_the_answers() -> None:
    rows = [{**row, "Studentnummer": f"7{row['Studentnummer']}"} for row in EVERYBODY]
    roster = later(bare(rows)).require()
    assert [student.answers for student in roster.students] == [
        student.answers for student in COURSE.roster.students
    ]


def test_wishes_by_a_number_that_is_handed_on_mean_whom_they_meant() -> None:
    """Wishes of before were written when the number was another student's."""
    first, *rest = EVERYBODY
    wisher = next(row for row in EVERYBODY if row["Wens 1"] == first["Studentnummer"])
    handed = {**NEW, "Studentnummer": first["Studentnummer"]}
    moved = {**first, "Studentnummer": "0999999"}
    roster = later(bare([moved, *rest, handed])).require()
    assert roster.by_id[wisher["Studentnummer"]].answer("Wens 1") == "0999999"
    heir = {**rest[0], "Studentnummer": first["Studentnummer"]}
    roster = later(bare([heir, *rest[1:]])).require()
    assert roster.by_id[wisher["Studentnummer"]].answer("Wens 1") == first["Naam"]


def test_a_column_that_neither_list_has_is_an_error_with_the_nearest_one() -> None:
    rules = read_rules(b'[[rule]]\nkind = "balance"\ncolumn = "Cijfers"\n')
    with pytest.raises(InputError, match="Did you mean “Cijfer”"):
        compared(later(bare(EVERYBODY)), rules).require()


def test_another_course_is_told_before_anything_else() -> None:
    others = [{**row, "Studentnummer": f"55{at}123", "Naam": f"Ad {at}"} for at, row in enumerate(EVERYBODY)]
    found = compared(later(bare([*others, EVERYBODY[0]])))
    assert [problem.code for problem in found.errors] == ["other-course"]


def test_a_plan_without_its_class_list_knows_nothing() -> None:
    groups_alone = previous_from_course(COURSE).model_copy(update={"course": None})
    reading = later(bare(EVERYBODY), previous=groups_alone)
    assert not reading.require().columns


def test_a_list_with_every_column_is_read_as_ever() -> None:
    previous = previous_from_course(COURSE)
    plain = read_list(
        ListRequest(table([*EVERYBODY, NEW]), kinds=meanings(previous), seen=answers_seen(COURSE.roster))
    )
    assert later([*EVERYBODY, NEW]) == plain


def test_somebody_new_without_answers_is_told_also_where_the_page_has_their_name() -> None:
    page = read_list(ListRequest(table([*EVERYBODY, dict.fromkeys(NEW, "") | bare([NEW])[0]]))).require()
    reading = later(bare([*EVERYBODY, NEW]), listed=page)
    one(reading.problems, "answers-unknown", Level.ASSUMED)


def test_a_rule_may_read_another_column_of_the_list_on_the_page() -> None:
    page = read_list(ListRequest(table(EVERYBODY))).require()
    previous = previous_from_course(COURSE)
    before = AnswersBefore(previous, page, used=(*ANSWERS, "Opmerking"))
    roster = read_list(ListRequest(table(bare(EVERYBODY)), before=before)).require()
    assert roster.students[3].answer("Opmerking") == EVERYBODY[3]["Opmerking"]


# A survey that comes with the new list


def answers(row: Row, *headings: str) -> dict[str, str]:
    return {heading: row[heading] for heading in ("Studentnummer", *headings)}


def test_a_survey_of_two_is_about_two() -> None:
    """Answers of the others are not wiped out by a survey that they are not in."""
    changed = {**EVERYBODY[2], "Cijfer": "9,5", "Klas": "B"}
    rows = [answers(NEW, "Cijfer", "Klas"), answers(changed, "Cijfer", "Klas")]
    reading = later(bare([*EVERYBODY, NEW]), rows)
    by_id = reading.require().by_id
    assert by_id[NEW["Studentnummer"]].answer("Cijfer") == NEW["Cijfer"]
    assert (by_id[changed["Studentnummer"]].answer("Klas"), by_id["0912342"].answer("Cijfer")) == ("B", "9,5")
    for row in (*EVERYBODY[:2], *EVERYBODY[3:]):
        assert by_id[row["Studentnummer"]].answers == COURSE.roster.by_id[row["Studentnummer"]].answers
    assert not {"no-answer", "busy-unanswered"} & {
        p.code for p in reading.problems if p.column in ANSWERS[:2]
    }
    assert compared(reading).changes.answers == {"0912342": ("Cijfer", "Klas")}


def test_a_survey_with_every_column_says_of_whom_the_answers_stay() -> None:
    reading = later(bare([*EVERYBODY, NEW]), [answers(NEW, *ANSWERS)])
    says(
        one(reading.problems, "answers-before", Level.ASSUMED),
        "8 students are not in the survey; what they answered before still counts.",
        "8 studenten staan niet in de vragenlijst; wat zij eerder antwoordden, blijft tellen.",
    )
    assert "no-answer" not in [problem.code for problem in reading.problems]


def test_an_empty_answer_in_the_survey_is_an_empty_answer() -> None:
    rows = [answers({**EVERYBODY[1], "Cijfer": ""}, "Cijfer", "Klas")]
    assert later(bare(EVERYBODY), rows).require().by_id["0912341"].answer("Cijfer") == ""


def test_a_survey_is_spelled_as_the_class_was() -> None:
    rows = [{"Studentnummer": NEW["Studentnummer"], BUSY[0]: "Ochtend ; avond", "KLAS": "b"}]
    roster = later(bare([*EVERYBODY, NEW]), rows).require()
    assert roster.by_id[NEW["Studentnummer"]].answer("Klas") == "b"
    moments = {column.heading: column.moments for column in roster.columns if column.moments}
    assert "avond" in moments[BUSY[0]]
    assert moments[BUSY[0]] == moments[BUSY[1]]


def test_a_survey_fills_the_empty_cells_of_a_column_that_the_list_has() -> None:
    rows = [answers(NEW, "Klas"), answers({**EVERYBODY[0], "Klas": "Z"}, "Klas")]
    reading = later([*EVERYBODY, {**NEW, "Klas": ""}], rows)
    roster = reading.require()
    assert roster.by_id[NEW["Studentnummer"]].answer("Klas") == NEW["Klas"]
    assert roster.by_id[EVERYBODY[0]["Studentnummer"]].answer("Klas") == "A"
    assert "fills-heading" in [problem.code for problem in reading.problems]


def test_a_column_of_a_survey_is_called_as_it_was() -> None:
    """The survey asked what the class list had as well: its answers were called “Klas (2)” then."""
    rules = read_rules(b'[[rule]]\nkind = "mix"\ncolumn = "Klas (2)"\n')
    course = course_of([{**row, "Klas (2)": row["Klas"]} for row in EVERYBODY], rules)
    reading = later(bare([*EVERYBODY, NEW]), [answers(NEW, "Klas")], previous_from_course(course))
    assert reading.require().by_id[NEW["Studentnummer"]].answer("Klas (2)") == NEW["Klas"]


# What was changed by hand


def test_what_is_typed_in_the_table_holds() -> None:
    joined = {11: {"Studentnummer": "0911111", "Naam": "Pim Bos", "Cijfer": "4,5"}}
    edits = Edits(cells={2: {"Cijfer": "9,0"}, 10: {"Klas": "C"}}, joined=joined)
    reading = later(bare([*EVERYBODY, NEW]), edits=edits)
    by_id = reading.require().by_id
    assert by_id["0912340"].answer("Cijfer") == "9,0"
    assert by_id["0912340"].answer("Klas") == "A"
    assert by_id[NEW["Studentnummer"]].answer("Klas") == "C"
    assert by_id["0911111"].answer("Cijfer") == "4,5"


def test_what_was_corrected_on_the_page_since_the_plan_holds() -> None:
    page = read_list(ListRequest(table([{**EVERYBODY[0], "Cijfer": "9,1"}, *EVERYBODY[1:]]))).require()
    roster = later(bare(EVERYBODY), listed=page).require()
    assert roster.by_id["0912340"].answer("Cijfer") == "9,1"


def test_the_survey_of_then_gives_answers_to_who_is_new_alone() -> None:
    """It is joined once more; what was corrected since stays as it is."""
    page = read_list(ListRequest(table([{**EVERYBODY[0], "Cijfer": "9,1"}, *EVERYBODY[1:]]))).require()
    rows = [answers(row, *ANSWERS) for row in (*EVERYBODY, NEW)]
    roster = later(bare([*EVERYBODY, NEW]), rows, listed=page, again=True).require()
    assert roster.by_id["0912340"].answer("Cijfer") == "9,1"
    assert roster.by_id[NEW["Studentnummer"]].answer("Cijfer") == NEW["Cijfer"]


def test_who_left_the_busy_moments_empty_is_told_once() -> None:
    rows = [answers(row, *ANSWERS) for row in (*EVERYBODY, NEW)]
    codes = [problem.code for problem in later(bare([*EVERYBODY, NEW]), rows, again=True).problems]
    assert codes.count("busy-empty") <= 1
    assert "answers-before" not in codes


# The rerun


def rerun(reading: Reading, course: Course = COURSE) -> Course:
    request = compared(reading, course=course).require().ask(ReplanOptions(from_week=3))
    return ReplanResult.of(request, replan(request, watch=Watch())).course


def written(course: Course) -> bytes:
    """Return plan.json as it is in a folder, which does not say how long it took."""
    untimed = course.plan.outcome.model_copy(update={"seconds": None})
    return write_course(course.model_copy(update={"plan": course.plan.but(outcome=untimed)}))


def test_the_next_rerun_still_knows() -> None:
    rows = bare([*EVERYBODY[1:], NEW])
    first = read_course(write_course(rerun(later(rows, [answers(NEW, *ANSWERS)]))))
    assert first.roster.headings == COURSE.roster.headings
    second = rerun(later(rows, previous=previous_from_course(first)), first)
    assert second.roster == first.roster
    assert second.plan.groups == first.plan.groups


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_column_may_be_missing(data: st.DataObject) -> None:
    """Without newcomers, a rerun with a list that lacks columns is the rerun with the whole list."""
    cell = {
        "Cijfer": st.sampled_from(["", "5,5", "6", "8,1"]),
        "Klas": st.sampled_from(["", "A", "B"]),
        BUSY[0]: st.sampled_from(["", "ochtend", "middag", "ochtend; middag"]),
        BUSY[1]: st.sampled_from(["", "ochtend", "avond"]),
        "Wens 1": st.sampled_from(["", *(row["Studentnummer"] for row in EVERYBODY), "Sem de Wit", "Iemand"]),
        "Liever niet": st.sampled_from(["", "Chair", "Writer"]),
    }
    rows = [person(at, **{h: data.draw(answer) for h, answer in cell.items()}) for at in range(8)]
    course = course_of(rows)
    gone = data.draw(st.sampled_from([None, *rows]))
    stay = [row for row in rows if row is not gone]
    dropped = data.draw(st.sets(st.sampled_from([*ANSWERS, "Opmerking"]), min_size=1))
    previous = previous_from_course(course)
    whole = compared(later(stay, previous=previous), course=course)
    lacking = compared(later(bare(stay, *dropped), previous=previous), course=course)
    assert lacking.errors == whole.errors
    assert only_used(lacking.roster, RULES) == only_used(whole.roster, RULES)
    assert (lacking.changes, lacking.earlier, lacking.remarks) == (
        whole.changes,
        whole.earlier,
        whole.remarks,
    )


@given(dropped=st.sets(st.sampled_from(ANSWERS), min_size=1), gone=st.integers(0, 7))
@settings(max_examples=6, deadline=None)
def test_the_plan_is_the_same_byte_for_byte(dropped: set[str], gone: int) -> None:
    stay = [row for at, row in enumerate(EVERYBODY) if at != gone]
    assert written(rerun(later(bare(stay, *dropped)))) == written(rerun(later(stay)))


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_survey_that_repeats_what_is_known_changes_nothing(data: st.DataObject) -> None:
    """Whoever is in it, and whatever it asks."""
    inside = data.draw(st.lists(st.sampled_from(range(8)), min_size=1, unique=True))
    asked = data.draw(st.lists(st.sampled_from(ANSWERS), min_size=1, unique=True))
    survey = [answers(EVERYBODY[at], *asked) for at in inside]
    whole, told = compared(later(EVERYBODY)), compared(later(bare(EVERYBODY), survey))
    assert not told.changes.answers
    for student, same in zip(told.roster.students, whole.roster.students, strict=True):
        assert student.answers == {heading: same.answers[heading] for heading in student.answers}
    assert {c.heading: set(c.moments) for c in told.roster.columns} == {
        c.heading: set(c.moments) for c in only_used(whole.roster, RULES).columns
    }
