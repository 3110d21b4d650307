"""Bad input 50, 51 and 52 of FORMATS.md, and every way to be the same student on a new list."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.model.domain import (
    Column,
    ColumnKind,
    Roster,
    Student,
)
from planner.model.problems import InputError, Level
from planner.plans.previous import Previous, previous_from_course, read_previous
from planner.replanning.changes import Changes, compare
from planner.rosters import SourceFile, read_class_list
from tests.builders.class_changes import (
    COURSE,
    GROUPS,
    LABEL,
    NAMES,
    SIZE,
    as_excel_saves,
    course_of,
    everyone,
    number,
    one,
    own_rows,
    roster_of,
    says,
    student,
)
from tests.builders.files import csv_file

PREVIOUS = previous_from_course(COURSE)


def bare(tmp_path: Path, rows: list[list[str]]) -> Previous:
    """Return what a list of groups says, without the class list of then."""
    path = tmp_path / "groups.csv"
    path.write_bytes(csv_file(rows).content)
    return read_previous(path)


def with_changed(place: int, **other: str) -> Changes:
    students = everyone()
    students[place] = student(place, **other)
    return compare(PREVIOUS, roster_of(students))


def told(changes: Changes, new_id: str, language: str = "en") -> list[str]:
    found = next(one for one in changes.same if one.new_id == new_id)
    return [message.text(language) for message in found.changed]  # type: ignore[arg-type]


def test_the_same_list_changes_nothing():
    changes = compare(PREVIOUS, COURSE.roster)
    assert changes.home == LABEL
    assert changes.old_id == {one.id: one.id for one in COURSE.roster.students}
    assert (changes.left, changes.joined, changes.answers, changes.problems) == ((), (), {}, ())
    assert all(not one.changed for one in changes.same)
    assert changes.require() is changes


def test_who_left_and_who_is_new():
    students = [student(0, id="1099999", name="Lotte Mulder", email="lotte@school.example"), *everyone()]
    del students[3]
    changes = compare(PREVIOUS, roster_of(students))
    assert changes.left == (number(2),)
    assert changes.joined == ("1099999",)
    assert changes.home == {one: label for one, label in LABEL.items() if one != number(2)}
    assert [one.new_id for one in changes.same] == [one.id for one in students[1:]]


def test_those_who_left_are_told_in_the_order_of_the_groups():
    changes = compare(PREVIOUS, roster_of([one for n, one in enumerate(everyone()) if n not in (0, 3, 6)]))
    assert changes.left == (number(0), number(6), number(3))


def test_bad_input_50_students_are_missing():
    changes = compare(PREVIOUS, roster_of(everyone()[3:]))
    says(
        one(changes.problems, "students-missing", Level.ASSUMED),
        "3 students are not on this list: Noor de Wit, Sem Bakker, and Ayşe Yılmaz. Did they leave, or is "
        "this the wrong file? "
        "If they left, that is right. If not, choose the right class list.",
        "3 studenten staan niet op deze lijst: Noor de Wit, Sem Bakker en Ayşe Yılmaz. "
        "Gestopt, of is dit het verkeerde bestand? "
        "Zijn ze gestopt? Dan klopt dit. Zo niet, kies dan de juiste klassenlijst.",
    )
    assert changes.require() is changes


def test_one_who_is_missing_is_asked_after_as_one():
    changes = compare(PREVIOUS, roster_of(everyone()[1:]))
    found = one(changes.problems, "students-missing", Level.ASSUMED)
    assert "If this student left, that is right." in found.text("en")
    assert "Is deze student gestopt? Dan klopt dit." in found.text("nl")


def test_numbers_that_stand_for_other_people_are_those_of_another_course():
    """Another class with the same numbers was taken for the same one: eighteen new names and addresses."""
    others = [
        student(place, name=f"Iemand Anders{place}", email=f"anders{place}@school.example")
        for place in range(len(NAMES))
    ]
    found = one(compare(PREVIOUS, roster_of(others)).problems, "other-course", Level.ERROR)
    assert "Is this another course?" in found.text("en")
    assert "Is dit een ander vak?" in found.text("nl")


def test_new_addresses_alone_are_no_other_course():
    moved = [student(place, email=f"nieuw{place}@school.example") for place in range(len(NAMES))]
    assert compare(PREVIOUS, roster_of(moved)).home == LABEL


def test_bad_input_51_more_than_thirty_per_cent_are_missing():
    changes = compare(PREVIOUS, roster_of(everyone()[4:]))
    says(
        one(changes.problems, "other-course", Level.ERROR),
        "4 of the 10 students of the previous plan are not in this class list. "
        "Is this another course? Nothing changed. "
        "Choose the class list of this course. If they really left, remove their rows from the groups.csv "
        "of the previous plan and try again.",
        "Van de 10 studenten uit het vorige plan staan er 4 niet in deze klassenlijst. "
        "Is dit een ander vak? Er is niets veranderd. "
        "Kies de klassenlijst van dit vak. Zijn ze echt gestopt? Haal hun rijen dan uit de groups.csv "
        "van het vorige plan en probeer het opnieuw.",
    )
    with pytest.raises(InputError, match="another course"):
        changes.require()


def test_bad_input_51_the_way_out_works(tmp_path):
    rows = [row for row in own_rows() if row[0] not in {number(n) for n in range(4)}]
    changes = compare(bare(tmp_path, rows), roster_of(everyone()[4:])).require()
    assert (changes.left, changes.joined) == ((), ())


def test_bad_input_51_another_course_whose_rows_are_numbered_alike():
    then = course_of(
        roster_of([student(n, id=str(n + 1), email="") for n in range(3)]),
        [GROUPS[0].model_copy(update={"members": ("1", "2", "3")})],
    )
    others = [student(n, id=str(n - 4), email="") for n in range(5, 8)]
    changes = compare(previous_from_course(then), roster_of(others))
    assert changes.left == changes.joined == ("1", "2", "3")
    assert changes.home == {}
    assert one(changes.problems, "other-course", Level.ERROR)
    says(
        one(changes.problems, "ids-moved", Level.ASSUMED),
        "Most numbers belong to someone else than last time: 1 was Noor de Wit and is Yara Smit. "
        "Students were looked up by e-mail address and name instead. "
        "Choose a class list with student numbers, not with numbered rows.",
        "De meeste nummers horen bij iemand anders dan vorige keer: 1 was Noor de Wit en is nu Yara Smit. "
        "Daarom is op e-mailadres en naam gezocht. "
        "Kies een klassenlijst met studentnummers, niet met genummerde rijen.",
    )


def test_rows_that_were_numbered_anew_are_found_by_name():
    numbered = [student(n, id=str(n + 1), email="") for n in range(SIZE)]
    groups = [group.model_copy(update={"members": ()}) for group in GROUPS]
    groups[0] = groups[0].model_copy(update={"members": tuple(one.id for one in numbered)})
    anew = [student(n, id=str(n), email="") for n in range(1, SIZE)]
    changes = compare(previous_from_course(course_of(roster_of(numbered), groups)), roster_of(anew))
    assert changes.left == ("1",)
    assert changes.joined == ()
    assert changes.old_id == {str(n): str(n + 1) for n in range(1, SIZE)}
    changes.require()


def test_bad_input_52_other_ids_that_cannot_be_resolved(tmp_path):
    by_mail = [student(n, id=f"student{n}@school.example") for n in range(2, SIZE)]
    by_mail.append(student(0, id="lotte@school.example", name="Lotte Mulder", email="lotte@school.example"))
    changes = compare(bare(tmp_path, own_rows()), roster_of(by_mail))
    says(
        one(changes.problems, "other-ids", Level.ERROR),
        "Last time student numbers, now e-mail addresses; 2 students cannot be found by e-mail address or "
        "name: Noor de Wit and Sem Bakker. Nothing changed. "
        "Choose a class list with student numbers, or add a column with them.",
        "Vorige keer studentnummers, nu e-mailadressen; 2 studenten zijn niet terug te vinden op "
        "e-mailadres of naam: Noor de Wit en Sem Bakker. Er is niets veranderd. "
        "Kies een klassenlijst met studentnummers, of voeg er een kolom mee toe.",
    )
    with pytest.raises(InputError, match="Last time student numbers, now e-mail addresses"):
        changes.require()


def test_bad_input_52_other_ids_resolved_by_name(tmp_path):
    by_mail = [student(n, id=f"student{n}@school.example") for n in range(1, SIZE)]
    changes = compare(bare(tmp_path, own_rows()), roster_of(by_mail)).require()
    assert changes.left == (number(0),)
    assert changes.home == {f"student{n}@school.example": LABEL[number(n)] for n in range(1, SIZE)}
    assert all(not one.changed for one in changes.same)
    says(
        one(changes.problems, "other-ids", Level.ASSUMED),
        "Last time student numbers, now e-mail addresses; 9 students were found by e-mail address or name.",
        "Vorige keer studentnummers, nu e-mailadressen; "
        "9 studenten zijn teruggevonden op e-mailadres of naam.",
    )


def test_bad_input_52_other_ids_resolved_by_email_also_with_leavers_and_newcomers():
    by_mail = [student(n, id=f"student{n}@school.example", name=f"N {n}") for n in range(1, SIZE)]
    by_mail.append(student(0, id="lotte@school.example", name="Lotte Mulder", email="lotte@school.example"))
    changes = compare(PREVIOUS, roster_of(by_mail)).require()
    assert changes.left == (number(0),)
    assert changes.joined == ("lotte@school.example",)
    assert one(changes.problems, "other-ids", Level.NOTE)


def test_bad_input_52_one_person_with_another_id_is_no_other_kind_of_list():
    changes = with_changed(4, id="s.other@school.example", name="Nobody Known", email="")
    assert [problem.code for problem in changes.problems] == ["students-missing"]


def test_zeros_that_excel_took_match_on_either_side(tmp_path):
    bare_numbers = roster_of(
        [student(n, id=number(n).lstrip("0"), email="", name=f"N {n}") for n in range(SIZE)]
    )
    lost_now = compare(PREVIOUS, bare_numbers)
    assert lost_now.home == {one.lstrip("0"): label for one, label in LABEL.items()}
    assert [problem.code for problem in lost_now.problems] == []
    assert told(lost_now, "912340") == ["The name changed; it was Noor de Wit."]
    (tmp_path / "groups.csv").write_bytes(as_excel_saves(own_rows()))
    lost_then = compare(read_previous(tmp_path), COURSE.roster)
    assert lost_then.home == LABEL
    assert (lost_then.left, lost_then.joined) == ((), ())


def test_zeros_are_not_guessed_where_two_could_be_meant():
    then = course_of(
        roster_of([student(0, id="0012"), student(1, id="012"), *everyone()[2:]]),
        [GROUPS[0].model_copy(update={"members": ("0012", "012", *map(number, range(2, SIZE)))})],
    )
    now = [student(5, id="12", name="Lotte Mulder", email="lotte@school.example"), *everyone()[2:]]
    changes = compare(previous_from_course(then), roster_of(now))
    assert changes.left == ("0012", "012")
    assert changes.joined == ("12",)


def test_another_email_or_name_is_still_the_same_student():
    changes = with_changed(0, name="Noor Bakker", email="n.bakker@school.example")
    assert changes.home == LABEL
    assert changes.problems == ()
    assert told(changes, number(0)) == [
        "The name changed; it was Noor de Wit.",
        "The e-mail address changed.",
    ]
    assert told(changes, number(0), "nl") == [
        "De naam is veranderd; die was Noor de Wit.",
        "Het e-mailadres is veranderd.",
    ]


def test_another_number_with_the_same_email_is_the_same_student():
    changes = with_changed(6, id="1088888", name="Teuntje Visser")
    assert changes.old_id["1088888"] == number(6)
    assert changes.home["1088888"] == "Groep 10"
    assert told(changes, "1088888") == [
        "Listed as 1088888; that was 1012346.",
        "The name changed; it was Teun Visser.",
    ]
    assert one(changes.problems, "taken-for-same", Level.ASSUMED)


def test_another_number_with_a_name_that_nobody_else_has_is_the_same_student():
    changes = with_changed(0, id="1088888", name="noor de  WIT", email="new@school.example")
    assert changes.old_id["1088888"] == number(0)
    says(
        one(changes.problems, "taken-for-same", Level.ASSUMED),
        "noor de  WIT has a different student number from before; treated as the same person. "
        "If that is not right, write the name in the new class list in full.",
        "noor de  WIT heeft een ander studentnummer dan eerder; dit telt als dezelfde persoon. "
        "Klopt dat niet? Schrijf de naam in de nieuwe klassenlijst dan voluit.",
    )


def test_several_with_another_number_are_told_at_once():
    students = everyone()
    students[0], students[1] = student(0, id="1088888"), student(1, id="1088889")
    changes = compare(PREVIOUS, roster_of(students))
    found = one(changes.problems, "taken-for-same", Level.ASSUMED)
    assert found.message.text("nl") == (
        "2 studenten hebben een ander studentnummer dan eerder: Noor de Wit en Sem Bakker. "
        "Ieder telt als dezelfde persoon."
    )


def test_an_lms_id_leads_to_the_same_student():
    before, after = (
        Student(id=one, name=name, call_name=name, sort_name=name, keys={"canvas_user_id": "48001"})
        for one, name in (("nwit@school.example", "Noor"), ("nbos@school.example", "Noor Bos"))
    )
    groups = [GROUPS[0].model_copy(update={"members": (before.id, *map(number, range(1, SIZE)))})]
    then = course_of(roster_of([before, *everyone()[1:]]), groups)
    changes = compare(previous_from_course(then), roster_of([after, *everyone()[1:]]))
    assert changes.old_id[after.id] == before.id
    assert one(changes.problems, "taken-for-same", Level.ASSUMED).message.text("en") == (
        "Noor Bos is listed under a different e-mail address or user name from before; "
        "treated as the same person."
    )


def test_row_numbers_of_an_unknown_column_lead_nowhere():
    before = student(0).model_copy(update={"keys": {"nr": "7"}})
    after = student(0, id="1088888", name="Lotte Mulder", email="").model_copy(update={"keys": {"nr": "7"}})
    then = previous_from_course(course_of(roster_of([before, *everyone()[1:]])))
    changes = compare(then, roster_of([after, *everyone()[1:]]))
    assert (changes.left, changes.joined) == ((number(0),), ("1088888",))


def test_two_are_never_taken_for_one():
    """One newcomer has the e-mail address of then, another the user name."""
    before = student(0).model_copy(update={"keys": {"login_id": "nwit"}})
    by_mail = student(0, id="1088888", name="Iemand Eén")
    by_login = student(0, id="1088889", name="Iemand Twee", email="").model_copy(
        update={"keys": {"login_id": "nwit"}}
    )
    then = previous_from_course(course_of(roster_of([before, *everyone()[1:]])))
    changes = compare(then, roster_of([by_mail, by_login, *everyone()[1:]]))
    assert changes.left == (number(0),)
    assert changes.joined == ("1088888", "1088889")


def test_an_email_that_two_share_tells_nobody_apart():
    students = everyone()
    students[0] = student(0, id="1088888", name="Lotte Mulder")
    students[1] = student(1, email="student0@school.example")
    changes = compare(PREVIOUS, roster_of(students))
    assert (changes.left, changes.joined) == ((number(0),), ("1088888",))


def test_one_name_for_two_newcomers_is_not_guessed():
    students = everyone()
    students[0] = student(0, id="1088888", email="a@school.example")
    students.append(student(0, id="1088889", email="b@school.example"))
    changes = compare(PREVIOUS, roster_of(students))
    assert changes.left == (number(0),)
    assert changes.joined == ("1088888", "1088889")
    says(
        one(changes.problems, "same-name", Level.ASSUMED),
        "Students with the names of Noor de Wit (1088888) and Noor de Wit (1088889) were in the previous "
        "plan under other numbers; counted as new students. "
        "If they are the same people, use the same numbers in both lists.",
        "In het vorige plan stonden studenten met de namen van Noor de Wit (1088888) en Noor de Wit "
        "(1088889) onder andere nummers; geteld als nieuwe studenten. "
        "Zijn het dezelfde mensen? Gebruik dan in beide lijsten dezelfde nummers.",
    )


def test_a_canvas_group_export_is_matched_with_any_of_its_ids(tmp_path):
    headings = "name, canvas_user_id, user_id, login_id, sections, group_name, canvas_group_id, group_id"
    rows = [[NAMES[n], f"480{n}", number(n) if n % 2 else "", f"u{n}", "", "G", "7", ""] for n in range(SIZE)]
    previous = bare(tmp_path, [headings.split(","), *rows])
    now = [student(n, name=f"N {n}").model_copy(update={"keys": {"login_id": f"u{n}"}}) for n in range(SIZE)]
    changes = compare(previous, roster_of(now))
    assert changes.home == {number(n): "G" for n in range(SIZE)}
    assert [problem for problem in changes.problems if problem.level is not Level.FIXED] == []


def test_whose_answers_changed():
    students = everyone()
    students[0] = student(0, grade="8")
    students[1] = student(1, grade=" 1.5", free="DI, ma")  # the same answers, written otherwise
    students[2] = student(2, grade="", free="ma")
    students[3] = student(3, id="1088888", free="wo")
    changes = compare(PREVIOUS, roster_of(students))
    assert changes.answers == {
        number(0): ("Cijfer",),
        number(2): ("Cijfer", "Vrij"),
        "1088888": ("Vrij",),
    }
    assert compare(PREVIOUS, roster_of(students), ["vrij"]).answers == {
        number(2): ("Vrij",),
        "1088888": ("Vrij",),
    }


def test_the_same_moments_in_another_spelling_are_no_other_answer():
    busy = Column(heading="Vrij", kind=ColumnKind.BUSY, moments=("ma", "di"))
    for columns in (COURSE.roster.columns, (COURSE.roster.columns[0], busy)):
        students = tuple(student(place, free="Dinsdag, maandag") for place in range(SIZE))
        now = Roster(students=students, columns=columns)
        assert compare(previous_from_course(COURSE), now).answers == {}


def test_a_column_that_one_list_does_not_have_is_no_change():
    roster = Roster(students=tuple(everyone()), columns=())
    assert compare(PREVIOUS, roster).answers == {}


def test_a_list_of_groups_says_nothing_about_answers(tmp_path):
    changes = compare(
        bare(tmp_path, own_rows()), roster_of([student(0, grade="1"), *everyone()[1:]]), ["Cijfer"]
    )
    assert changes.home == LABEL
    assert changes.answers == {}


def test_bad_input_53_in_the_previous_plan_stops_the_comparison(tmp_path):
    changes = compare(bare(tmp_path, [*own_rows(), [number(5), "Yara Smit", "Groep 2", ""]]), COURSE.roster)
    assert changes.same == ()
    with pytest.raises(InputError, match="is in Groep 1 and in Groep 2"):
        changes.require()


def test_a_class_list_of_a_student_administration_beside_a_plan_of_numbers(tmp_path):
    rows = [["Studienummer", "Roepnaam", "Tussenvoegsel", "Achternaam"]]
    rows += [
        ["912340", "Noor", "de", "Wit"],
        ["912341", "Sem", "", "Bakker"],
        ["912342", "Ayse", "", "Yilmaz"],
    ]
    roster = read_class_list(SourceFile("lijst.csv", csv_file(rows).content)).require()
    previous = bare(tmp_path, own_rows()[:1] + [row for row in own_rows() if row[0] in map(number, range(3))])
    changes = compare(previous, roster)
    assert changes.home == {"912340": "Groep 1", "912341": "Groep 1", "912342": "Groep 10"}
    assert all(not one.changed for one in changes.same)
