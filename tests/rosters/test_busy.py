"""Columns that say when someone cannot, as people's own forms ask it."""

from __future__ import annotations

import pytest

from planner.model.domain import ColumnKind
from planner.model.problems import Level, Problem
from planner.rosters import Edits, Reading, SourceFile, answers_seen, read_class_list
from planner.rules.overlap import Overlap
from planner.rules.suggest import suggested_rules
from tests.builders.files import as_file, codes, problem, says
from tests.builders.files import read as read_rows

ASKED = "Check the times that you will be UNAVAILABLE for group work."
MONDAY, TUESDAY = f"{ASKED} [Monday]", f"{ASKED} [Tuesday]"
# Once these hours counted as free ones: "All free: 9AM" for two who cannot.
GRID = f"""Timestamp,First name,Last name,E-mail address,{MONDAY},{TUESDAY}
2026/09/01 9:00:00 AM GMT+2,Ilse,Aarts,i.aarts@uni.example,9AM;10AM;11AM,1PM;2PM
2026/09/01 9:01:00 AM GMT+2,Bram,Bos,b.bos@uni.example,9AM;10AM;11AM,1PM;2PM
2026/09/01 9:02:00 AM GMT+2,Cato,Claes,c.claes@uni.example,3PM;4PM,9AM;10AM
2026/09/01 9:03:00 AM GMT+2,Floor,Faber,f.faber@uni.example,,
"""
DUTCH = "Wanneer kun je NIET?"
LIST = f"""Studentnummer;Naam;{DUTCH}
1200001;Ilse Aarts;ma ochtend, di middag
1200002;Bram Bos;ma ochtend
1200003;Cato Claes;do avond, vr ochtend
1200004;Daan Dijk;do avond
1200005;Esra Eker;ma ochtend, do avond
1200006;Floor Faber;vr ochtend
"""


def read(text: str, **options: object) -> Reading:
    return read_class_list(as_file(text), **options)  # type: ignore[arg-type]


def free(reading: Reading) -> dict[str, set[str] | None]:
    """Return by call name when everybody is free, by the rule that is suggested."""
    roster = reading.require()
    (rule,) = (rule for rule in suggested_rules(roster) if isinstance(rule, Overlap))
    times = rule.times(roster)
    found = {student.call_name: times.of(student) for student in roster.students}
    return {name: None if moments is None else set(moments) for name, moments in found.items()}


def only(reading: Reading, code: str) -> list[Problem]:
    return [one for one in reading.problems if one.code == code]


# Which way it is read


def test_a_grid_of_busy_hours() -> None:
    found = free(read(GRID))
    hours = ["9AM", "10AM", "11AM", "1PM", "2PM", "3PM", "4PM"]
    every = {f"{day}: {hour}" for day in ("Monday", "Tuesday") for hour in hours}
    assert found["Floor"] == every
    assert found["Ilse"] == every - {f"Monday: {h}" for h in hours[:3]} - {"Tuesday: 1PM", "Tuesday: 2PM"}
    assert found["Ilse"] == found["Bram"]
    assert found["Cato"] is not None
    assert not found["Cato"] & {"Monday: 3PM", "Tuesday: 9AM"}


def test_one_column_in_dutch() -> None:
    found = free(read(LIST))
    every = {"ma ochtend", "di middag", "do avond", "vr ochtend"}
    assert found["Ilse"] == {"do avond", "vr ochtend"}
    assert found["Floor"] == every - {"vr ochtend"}


def test_the_coordinator_sees_which_way_and_which_moments() -> None:
    says(
        problem(read(LIST), "busy-moments", Level.ASSUMED),
        "“Wanneer kun je NIET?” is read as the times when someone is not free. "
        "The other times that were given count as free: ma ochtend, di middag, do avond, and vr ochtend. "
        "Is it the other way round? Say that the column has the times when someone is free.",
        "“Wanneer kun je NIET?” is gelezen als: wanneer iemand niet kan. "
        "De andere momenten die genoemd zijn, tellen als vrij: ma ochtend, di middag, do avond en "
        "vr ochtend. "
        "Is het andersom? Geef dan aan dat in de kolom de momenten staan waarop iemand vrij is.",
    )
    (column,) = (one for one in read(LIST).columns if one.heading == DUTCH)
    assert column.kind is ColumnKind.BUSY
    assert column.reason is not None
    assert column.reason.text("en") == "The heading asks when someone is not free."


def test_the_coordinator_can_turn_it_round_either_way() -> None:
    turned = read(LIST, kinds={DUTCH: ColumnKind.SLOTS})
    assert free(turned)["Ilse"] == {"ma ochtend", "di middag"}
    assert problem(turned, "busy-as-free", Level.ASSUMED).column == DUTCH
    other = LIST.replace(DUTCH, "Momenten")
    assert free(read(other))["Bram"] == {"ma ochtend"}
    busy = read(other, kinds={"Momenten": ColumnKind.BUSY})
    assert free(busy)["Bram"] == {"di middag", "do avond", "vr ochtend"}
    assert problem(busy, "busy-moments", Level.NOTE).hint is None


def test_a_grid_is_turned_round_by_its_question() -> None:
    turned = read(GRID, kinds={ASKED: ColumnKind.SLOTS})
    assert free(turned)["Ilse"] == {
        *(f"Monday: {hour}" for hour in ("9AM", "10AM", "11AM")),
        "Tuesday: 1PM",
        "Tuesday: 2PM",
    }


@pytest.mark.parametrize(
    "heading",
    ["NIET", "Bezet", "Verhinderd", "Not available", "Times I can't make", "Niet op", "busy", "Geen tijd op"],
)
def test_other_headings_that_say_not(heading: str) -> None:
    assert free(read(LIST.replace(DUTCH, heading)))["Bram"] == {"di middag", "do avond", "vr ochtend"}


@pytest.mark.parametrize("heading", ["Niet bezet", "Not busy on", "Beschikbaar of niet"])
def test_headings_that_deny_it(heading: str) -> None:
    assert free(read(LIST.replace(DUTCH, heading)))["Bram"] == {"ma ochtend"}


def test_other_columns_that_say_not_are_no_moments() -> None:
    text = """Studentnummer;Naam;Liever geen rol;How many hours are you not available?
1200001;Ilse Aarts;Notulist, Woordvoerder;3
1200002;Bram Bos;Notulist;5
1200003;Cato Claes;Woordvoerder, Notulist;3
1200004;Daan Dijk;Notulist;8
"""
    reading = read(text)
    assert ColumnKind.BUSY not in {column.kind for column in reading.columns}
    assert not [rule for rule in suggested_rules(reading.require()) if isinstance(rule, Overlap)]


# Answers of other shapes


def test_yes_and_no_for_each_moment() -> None:
    text = """Studentnummer;Naam;Niet vrij maandag ochtend;Niet vrij di;Verhinderd [wo];Verhinderd [do]
1200001;Ilse Aarts;ja;;x;
1200002;Bram Bos;nee;ja;;hele dag
1200003;Cato Claes;;niet;;x
1200004;Daan Dijk;;;;
"""
    assert free(read(text)) == {
        "Ilse": {"di", "do"},
        "Bram": {"maandag ochtend", "wo"},
        "Cato": {"maandag ochtend", "wo"},
        "Daan": {"maandag ochtend", "di", "wo", "do"},
    }


def test_the_other_way_round_cells_may_say_not_as_well() -> None:
    text = """Studentnummer;Naam;Maandag;Dinsdag;Woensdag
1200001;Ilse Aarts;ja;kan niet;verhinderd
1200002;Bram Bos;niet;vrij;ja
1200003;Cato Claes;unavailable;can't;x
"""
    assert free(read(text)) == {"Ilse": {"Maandag"}, "Bram": {"Dinsdag", "Woensdag"}, "Cato": {"Woensdag"}}


def test_an_answer_that_says_not_among_free_moments_is_told() -> None:
    text = LIST.replace(DUTCH, "Beschikbaar").replace(
        "Daan Dijk;do avond", "Daan Dijk;do avond, niet op vrijdag"
    )
    says(
        problem(read(text), "not-free", Level.ASSUMED),
        "“niet op vrijdag” says when someone is not free; it is not counted as free. "
        "Write in this cell when they are free.",
        "“niet op vrijdag” zegt wanneer iemand niet kan en telt niet als vrij. "
        "Schrijf in deze cel wanneer de student wel kan.",
    )
    assert free(read(text))["Daan"] == {"do avond"}


def test_a_whole_day_holds_its_parts() -> None:
    text = LIST.replace("Bram Bos;ma ochtend", "Bram Bos;Maandag").replace(
        "Floor Faber;vr ochtend", "Floor Faber;nee"
    )
    found = free(read(text))
    assert found["Bram"] == {"di middag", "do avond", "vr ochtend"}
    assert found["Ilse"] == {"do avond", "vr ochtend"}
    assert found["Floor"] == {"ma ochtend", "di middag", "do avond", "vr ochtend", "Maandag"}


def test_a_span_of_days_is_busy_on_each_of_them() -> None:
    text = LIST.replace("Bram Bos;ma ochtend", "Bram Bos;ma t/m wo").replace("Faber;vr ochtend", "Faber;di")
    assert free(read(text))["Bram"] == {"do avond", "vr ochtend"}
    assert problem(read(text), "two-moments", Level.ASSUMED).row == 3


def test_a_moment_that_is_denied_is_told() -> None:
    text = LIST.replace("Daan Dijk;do avond", "Daan Dijk;altijd behalve maandag")
    assert problem(read(text), "no-moment", Level.ASSUMED).row == 5
    assert answers_seen(read(text).require()) == answers_seen(read(LIST).require())


def test_what_is_no_moment_is_told_and_frees_nobody() -> None:
    text = LIST.replace("Daan Dijk;do avond", "Daan Dijk;weet ik nog niet")
    found = read(text)
    assert "weet ik nog niet" not in answers_seen(found.require())[DUTCH]
    told = problem(found, "no-moment", Level.ASSUMED)
    assert (told.row, told.column) == (5, DUTCH)


def test_free_and_busy_questions_together() -> None:
    text = """Studentnummer;Naam;Wanneer kun je?;Wanneer kun je niet?
1200001;Ilse Aarts;ma, di, wo;di
1200002;Bram Bos;ma, wo;
1200003;Cato Claes;;maandag
1200004;Daan Dijk;;
"""
    assert free(read(text)) == {
        "Ilse": {"ma", "wo"},
        "Bram": {"ma", "wo"},
        "Cato": {"di", "wo"},
        "Daan": None,
    }


# Empty cells


def test_an_empty_cell_is_free_at_all_moments_and_told() -> None:
    text = LIST.replace("Floor Faber;vr ochtend", "Floor Faber;")
    assert free(read(text))["Floor"] == {"ma ochtend", "di middag", "do avond", "vr ochtend"}
    says(
        problem(read(text), "busy-empty", Level.ASSUMED),
        "1 student left this empty, and counts as free at any time: Floor Faber.",
        "1 student liet dit leeg en telt mee als vrij op elk moment: Floor Faber.",
    )


def test_who_never_answered_is_told_apart_from_who_left_it_empty() -> None:
    names = as_file("Studentnummer;Naam\n1200001;Ilse Aarts\n1200002;Bram Bos\n1200006;Floor Faber\n")
    answers = as_file(f"Studentnummer;{DUTCH}\n1200001;ma ochtend, di middag\n1200002;\n", "antwoorden.csv")
    reading = read_class_list(names, answers)
    assert problem(reading, "busy-empty", Level.ASSUMED).message.text("en").endswith(": Bram Bos.")
    silent = problem(reading, "busy-unanswered", Level.ASSUMED)
    assert (silent.file, silent.column) == ("antwoorden.csv", DUTCH)
    says(
        silent,
        "1 student did not answer, and counts as free at any time until then: Floor Faber.",
        "1 student heeft nog niet geantwoord en telt tot die tijd mee als vrij op elk moment: Floor Faber.",
    )
    assert free(reading)["Floor"] == {"ma ochtend", "di middag"}


# What is known of the moments lasts


def test_who_leaves_does_not_take_a_moment_along() -> None:
    """Ilse alone cannot on Tuesday afternoon: without her everybody is free then."""
    edits = Edits().leaves(2)
    assert "di middag" in (free(read(LIST, edits=edits))["Bram"] or ())
    later = "".join(line for line in LIST.splitlines(keepends=True) if "Ilse" not in line)
    assert "di middag" not in (free(read(later))["Bram"] or ())
    seen = answers_seen(read(LIST).require())
    assert "di middag" in (free(read(later, seen=seen))["Bram"] or ())


def test_a_cell_that_is_changed_by_hand_is_busy_as_well() -> None:
    reading = read(LIST, edits=Edits().changed(3, DUTCH, "za avond", "ma ochtend"))
    found = free(reading)
    assert "za avond" in (found["Ilse"] or ())
    assert found["Bram"] == {"ma ochtend", "di middag", "do avond", "vr ochtend"}
    assert reading.lines[1].cells[DUTCH] == "za avond"


def test_answers_to_a_survey_changed_by_hand() -> None:
    names = as_file("Studentnummer;Naam\n1200001;Ilse Aarts\n1200002;Bram Bos\n")
    headings = ("Kun je niet? [ma]", "Kun je niet? [di]")
    rows = "1200001;9AM;10AM\n1200002;;9AM\n"
    answers = SourceFile("antwoorden.csv", f"Studentnummer;{headings[0]};{headings[1]}\n{rows}".encode())
    reading = read_class_list(names, answers, edits=Edits().changed(3, headings[0], "11 am", None))
    assert answers_seen(reading.require()) == dict.fromkeys(headings, ("9AM", "10AM", "11 am"))
    assert free(reading)["Bram"] == {"ma: 9AM", "ma: 10AM", "di: 10AM", "di: 11 am"}


def test_a_column_of_free_moments_says_nothing_of_this() -> None:
    told = set(codes(read(LIST.replace(DUTCH, "Beschikbaar"))))
    assert not {code for code in told if code.startswith(("busy", "no-moment", "not-free"))}
    assert answers_seen(read(LIST.replace(DUTCH, "Beschikbaar")).require()) == {}
    assert only(read(LIST), "busy-empty") == []


def test_a_scale_that_begins_with_none_is_a_number_and_no_moment() -> None:
    # "(1 = geen ervaring …)" says not, and a bare 5 could be an hour: the level was read as busy hours.
    heading = "Hoe zou je je ervaring met programmeren omschrijven? (1 = geen ervaring, 5 = veel)"
    lines = [f"Studentnummer;Naam;{heading}", *(f"12900{n:02};Student {n};{1 + n % 5}" for n in range(12))]
    roster = read_class_list(SourceFile("klas.csv", "\n".join(lines).encode())).require()
    assert roster.kind(heading) is ColumnKind.NUMBER


def test_an_answer_that_is_no_yes_and_no_no_is_told() -> None:
    """Once "maybe" was a moment of its own without a word."""
    rows = [("Student ID", "Name", "Mon 18:00-21:00", "Sat 9:00-12:00", "Sat 13-16")]
    rows += [("1290001", "Noor Bos", "yes", "maybe", "x"), ("1290002", "Sem Vos", "maybe", "if need be", "")]
    rows += [("1290003", "Ali Kok", "", "x", "13-14"), ("1290004", "Bo Mori", "no", "can't", "x")]
    told = [(one.column, one.row) for one in read_rows(rows).problems if one.code == "unclear-slot"]
    assert told == [("Mon 18:00-21:00", 3), ("Sat 9:00-12:00", 2)]
