"""Bad input 27-42 of FORMATS.md: ids, doubles, rows that are nobody, names, sensitive columns."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.rosters import SourceFile, read_class_list
from tests.builders.files import CLASS, PEOPLE, codes, csv_file, people, problem, read, says, xlsx_file

EVERYONE = [(number, name) for number, name, _ in PEOPLE]


def test_27_blank_id() -> None:
    found = problem(read([*CLASS, ("", "Jan", "x")]), "blank-id", Level.ERROR)
    assert (found.file, found.row, found.column) == ("lijst.csv", 6, "Studentnummer")
    says(
        found,
        "Row 6 (Jan) has nothing under “Studentnummer”. "
        "Fill it in, remove the row, or choose another column to tell students apart.",
        "Rij 6 (Jan) heeft niets onder “Studentnummer”. "
        "Vul het in, haal de rij weg, of kies een andere kolom om studenten uit elkaar te houden.",
    )


def test_27_another_column_can_tell_students_apart() -> None:
    rows = [("Studentnummer", "Naam", "E-mail"), ("0912345", "Noor", "noor@x.nl"), ("", "Gast", "gast@y.nl")]
    found = problem(read(rows), "blank-id", Level.ERROR)
    assert found.row == 3
    by_mail = read(rows, kinds={"Studentnummer": ColumnKind.IGNORED})
    assert people(by_mail) == [("noor@x.nl", "Noor"), ("gast@y.nl", "Gast")]


def test_27_without_a_name_the_address_says_who_it_is() -> None:
    rows = [("Studentnummer", "Naam", "E-mail"), ("0912345", "Noor", "noor@x.nl"), ("", "", "gast@y.nl")]
    assert "Row 3 (gast@y.nl)" in problem(read(rows), "blank-id", Level.ERROR).text("en")


def test_28_duplicate_same_person() -> None:
    reading = read([*CLASS, PEOPLE[1], PEOPLE[1]])
    found = problem(reading, "repeated-student", Level.SKIPPED)
    assert (found.row, found.column) == (6, "Studentnummer")
    says(
        found,
        "Student 0912346 is in rows 3, 6, and 7; kept once.",
        "Student 0912346 staat in de rijen 3, 6 en 7; één keer overgenomen.",
    )
    assert people(reading) == EVERYONE


@pytest.mark.parametrize("name", ["SEM DE VRIES", "Vries, Sem de", "Sém de Vries", ""])
def test_28_the_same_name_in_another_spelling(name: str) -> None:
    reading = read([*CLASS, ("0912346", name, "Verpleegkunde")])
    assert "duplicate-other-name" not in codes(reading)
    assert people(reading) == EVERYONE


def test_28_empty_cells_are_filled_from_the_other_row() -> None:
    rows = [
        ("Studentnummer", "Naam", "Klas", "Cijfer"),
        ("0912345", "Noor", "", "7"),
        ("0912345", "Noor", "2A", "7"),
    ]
    reading = read(rows)
    assert reading.require().students[0].answers == {"Klas": "2A", "Cijfer": "7"}
    assert problem(reading, "repeated-student", Level.SKIPPED).row == 3


def test_28_rows_that_differ_are_told() -> None:
    rows = [("Studentnummer", "Naam", "Klas"), ("0912345", "Noor", "2A"), ("0912345", "Noor", "2B")]
    reading = read(rows)
    says(
        problem(reading, "repeated-student", Level.ASSUMED),
        "Student 0912345 is in rows 2 and 3, with different cells under “Klas”. The first row counts. "
        "If that is not right, remove the wrong row from the file.",
        "Student 0912345 staat in de rijen 2 en 3, met verschillende cellen onder “Klas”. De eerste rij "
        "telt. Klopt dat niet? Haal dan de verkeerde rij uit het bestand.",
    )
    assert reading.require().students[0].answer("Klas") == "2A"


def test_29_duplicate_other_name() -> None:
    found = problem(read([*CLASS, ("0912346", "Fatima Bouali", "x")]), "duplicate-other-name", Level.ERROR)
    assert (found.row, found.column) == (6, "Studentnummer")
    says(
        found,
        "0912346 has two names: Sem de Vries (row 3) and Fatima Bouali (row 6). Which is right? "
        "Correct the number or the name in one of these rows, or remove the row.",
        "0912346 heeft twee namen: Sem de Vries (rij 3) en Fatima Bouali (rij 6). Welke klopt? "
        "Verbeter het nummer of de naam in een van deze rijen, of haal de rij weg.",
    )


def test_29_capitals_in_an_id_make_no_other_student() -> None:
    rows = [("Netid", "Naam"), ("nberg", "Noor Berg"), ("NBerg", "Sem Berg")]
    assert problem(read(rows), "duplicate-other-name", Level.ERROR).row == 3


def test_30_lost_leading_zeros() -> None:
    rows = [
        ("Studentnummer", "Naam"),
        ("1012345", "A"),
        ("912346", "B"),
        ("1012347", "C"),
        ("1012348", "D"),
        ("12349", "E"),
        ("1012350", "F"),
    ]
    reading = read(rows)
    found = problem(reading, "short-numbers", Level.ASSUMED)
    assert (found.row, found.column) == (3, "Studentnummer")
    says(
        found,
        "2 numbers are shorter than the rest: 912346 (row 3) and 12349 (row 6). "
        "Check them: leading zeros may have been lost.",
        "2 nummers zijn korter dan de rest: 912346 (rij 3) en 12349 (rij 6). "
        "Controleer ze: misschien zijn er nullen vooraan weggevallen.",
    )
    assert [student.id for student in reading.require().students][1] == "912346"


def test_30_leading_zeros_are_kept() -> None:
    rows = [("id", "Naam", "Code"), ("007", "A", "001"), ("008", "B", "002")]
    reading = read(rows)
    assert [student.id for student in reading.require().students] == ["007", "008"]
    assert reading.require().students[0].answers == {"Code": "001"}


def test_30_zeros_that_excel_only_shows_are_kept_too() -> None:
    """Student administrations store 912345 and format it as 0000000."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("H2A")
    sheet.write_row(0, 0, ["Studentnummer", "Naam"])
    padded = book.add_format({"num_format": "0000000"})
    for row, (number, name) in enumerate([(912345, "Noor"), (1012346, "Sem"), (12347, "Ali")], start=1):
        sheet.write_number(row, 0, number, padded)
        sheet.write_string(row, 1, name)
    book.close()
    reading = read_class_list(SourceFile("lijst.xlsx", buffer.getvalue()))
    assert [student.id for student in reading.require().students] == ["0912345", "1012346", "0012347"]
    assert codes(reading) == []


@pytest.mark.parametrize("cell", ["1,23E+06", "1.23E+06", "9,12346E+15", "1E+06", "1,2e6"])
def test_31_a_number_that_excel_changed(cell: str) -> None:
    found = problem(read([*CLASS, (cell, "Jan", "x")]), "scientific-number", Level.ERROR)
    assert (found.row, found.column) == (6, "Studentnummer")
    says(
        found,
        f"Excel changed this number to {cell}; its last digits are gone. "
        "Export the list again, or format the column as text in Excel and fill in the numbers.",
        f"Excel heeft van dit nummer {cell} gemaakt; de laatste cijfers zijn weg. "
        "Exporteer de lijst opnieuw, of maak de kolom in Excel op als tekst en vul de nummers in.",
    )


def test_31_a_number_too_long_for_excel() -> None:
    rows = [("Studentnummer", "Naam"), (12345678901234567890, "Jan"), (1234567, "Ali")]
    problem(read_class_list(xlsx_file(rows)), "scientific-number", Level.ERROR)


def test_32_decimals() -> None:
    rows = [("Studentnummer", "Naam"), ("1234567.0", "Jan"), ("1234568.0", "Ali"), ("1234569,00", "Bo")]
    reading = read(rows)
    found = problem(reading, "decimal-number", Level.FIXED)
    assert (found.row, found.column) == (2, "Studentnummer")
    says(
        found,
        "3 numbers had decimals: 1234567.0 is read as 1234567.",
        "3 nummers hadden decimalen: 1234567.0 is gelezen als 1234567.",
    )
    assert [student.id for student in reading.require().students] == ["1234567", "1234568", "1234569"]


def test_32_numbers_in_a_workbook_have_no_decimals() -> None:
    reading = read_class_list(
        xlsx_file([("Studentnummer", "Naam", "Cijfer"), (1234567, "Jan", 7.5), (1234568, "Bo", 8)])
    )
    assert codes(reading) == []
    assert [(s.id, s.answer("Cijfer")) for s in reading.require().students] == [
        ("1234567", "7.5"),
        ("1234568", "8"),
    ]


GRADEBOOK = [
    ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Toets (123)", "Current Score"),
    ("", "", "", "", "", "Manual Posting", ""),
    ("    Points Possible", "", "", "", "", "10", "(read only)"),
    ("Berg, Noor van der", "48001", "0912345", "nberg", "H2A", "7", "70"),
    ("Vries, Sem de", "48002", "0912346", "svries", "H2B", "8", "80"),
    ("Student, Test", "48003", "", "5f2d8c", "H2A", "", ""),
]


def test_33_points_possible_and_posting_rows() -> None:
    reading = read(GRADEBOOK)
    found = problem(reading, "not-students", Level.SKIPPED)
    assert found.row == 2
    says(
        found,
        "Skipped 2 rows that are not students: rows 2 and 3.",
        "2 rijen overgeslagen die geen student zijn: rijen 2 en 3.",
    )
    assert people(reading) == [("0912345", "Noor van der Berg"), ("0912346", "Sem de Vries")]


@pytest.mark.parametrize(
    "footer", [("Totaal aantal: 4", "", ""), ("", "", "gemiddeld"), ("Bron: OSIRIS", "", "1-9-2026")]
)
def test_33_totals_below_the_list(footer: tuple[str, ...]) -> None:
    reading = read([*CLASS, footer])
    assert problem(reading, "not-students", Level.SKIPPED).row == 6
    assert people(reading) == EVERYONE


def test_34_test_student() -> None:
    reading = read(GRADEBOOK)
    found = problem(reading, "test-student", Level.SKIPPED)
    assert found.row == 6
    says(
        found,
        "“Student, Test” is a test student of Canvas gradebook; skipped.",
        "“Student, Test” is een teststudent (Cijferlijst uit Canvas); overgeslagen.",
    )


def test_34_a_real_student_may_be_called_demo() -> None:
    reading = read([*CLASS, ("1012349", "Testa Student-de Vries", "x"), ("1012350", "Demi Student", "x")])
    assert "test-student" not in codes(reading)
    assert len(people(reading)) == 6


def test_35_staff_by_their_role() -> None:
    rows = [
        ("Studentnummer", "Naam", "Rol"),
        ("0912345", "Noor", "Student"),
        ("0912346", "Sem", "student, Lezer"),
        ("77", "J. de Boer", "Docent"),
        ("", "Anna Kuiper", "Student-assistent"),
        ("79", "Bo", "Student, Docent"),
    ]
    reading = read(rows)
    found = problem(reading, "staff", Level.ASSUMED)
    assert found.row == 4
    says(
        found,
        "2 people look like staff and were left out: J. de Boer and Anna Kuiper. "
        "Is one of them a student? Change the role in the file and read it again.",
        "2 mensen lijken medewerkers en zijn weggelaten: J. de Boer en Anna Kuiper. "
        "Is een van hen toch student? Wijzig de rol in het bestand en lees het opnieuw in.",
    )
    assert [name for _, name in people(reading)] == ["Noor", "Sem", "Bo"]


def test_35_roles_in_a_group_make_nobody_staff() -> None:
    rows = [("Studentnummer", "Naam", "Rol"), ("0912345", "Noor", "Coach"), ("0912346", "Sem", "Notulist")]
    reading = read(rows)
    assert len(people(reading)) == 2
    assert "staff" not in codes(reading)


def test_35_staff_by_their_address_are_asked_about() -> None:
    students = [(f"091234{n}", f"Student {n}", f"s{n}@student.school.nl") for n in range(8)]
    reading = read([("Studentnummer", "Naam", "E-mail"), *students, ("77", "J. de Boer", "boer@school.nl")])
    found = problem(reading, "staff", Level.ASSUMED)
    assert (found.row, found.column) == (10, "E-mail")
    says(
        found,
        "1 person looks like staff, by the e-mail address: J. de Boer. Leave out? "
        "They are kept as students. Remove their rows from the file if they are not.",
        "1 persoon lijkt aan het e-mailadres te zien een medewerker: J. de Boer. Weglaten? "
        "Ze zijn als student gelezen. Klopt dat niet? Haal hun rijen dan uit het bestand.",
    )
    assert len(people(reading)) == 9


def test_36_hash_prefixes() -> None:
    rows = [
        ("OrgDefinedId", "Username", "Last Name", "First Name", "End-of-Line Indicator"),
        ("#0912345", "#nberg", "van der Berg", "Noor", "#"),
        ("#0912346", "#svries", "de Vries", "Sem", "#"),
    ]
    reading = read(rows)
    found = problem(reading, "hash-prefix", Level.FIXED)
    assert (found.row, found.column) == (2, "OrgDefinedId")
    says(
        found,
        "A # was removed from 2 cells: “#0912345” is read as 0912345.",
        "In 2 cellen is een # weggehaald: “#0912345” is gelezen als 0912345.",
    )
    noor = reading.require().students[0]
    assert (noor.id, noor.keys) == ("0912345", {"org_defined_id": "0912345", "username": "nberg"})


@pytest.mark.parametrize("guarded", ['="0912349"', "'0912349"])
def test_36_marks_that_keep_excel_from_changing_a_number_are_removed(guarded: str) -> None:
    reading = read([*CLASS, (guarded, "Jan", "x")])
    assert problem(reading, "guard-number", Level.FIXED).row == 6
    assert people(reading)[-1] == ("0912349", "Jan")


@pytest.mark.parametrize("surname", ["Null", "NA", "None", "NaN", "True"])
@pytest.mark.parametrize("excel", [False, True])
def test_37_surnames_that_look_like_nothing(surname: str, excel: bool) -> None:
    rows = [
        ("Studentnummer", "Voornaam", "Achternaam"),
        ("0912345", "Jan", surname),
        ("0912346", "Bo", "Smit"),
    ]
    reading = read_class_list(xlsx_file(rows) if excel else csv_file(rows))
    found = problem(reading, "kept-name", Level.NOTE)
    assert (found.row, found.column) == (2, "Achternaam")
    says(found, f"“{surname}” is kept as a name.", f"“{surname}” is als naam gelezen.")
    assert people(reading)[0] == ("0912345", f"Jan {surname}")


def test_38_tussenvoegsel_column() -> None:
    rows = [
        ("Stamnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Klas"),
        ("100345", "Noor", "van der", "Berg", "2A"),
        ("100346", "Jan Willem", "", "Smit", "2A"),
    ]
    reading = read(rows)
    found = problem(reading, "infix-joined", Level.NOTE)
    assert found.column == "Tussenvoegsel"
    says(
        found,
        "“Tussenvoegsel” is joined with the name; lists are sorted by surname.",
        "“Tussenvoegsel” is bij de naam gezet; lijsten staan op volgorde van achternaam.",
    )
    noor, jan = reading.require().students
    assert (noor.name, noor.call_name, noor.sort_name) == ("Noor van der Berg", "Noor", "Berg, Noor van der")
    assert (jan.name, jan.call_name, jan.sort_name) == ("Jan Willem Smit", "Jan Willem", "Smit, Jan Willem")


def test_39_two_same_full_names() -> None:
    reading = read([*CLASS, ("1012349", "A. de Vries", "x"), ("1012350", "A. de Vries", "x")])
    says(
        problem(reading, "same-name", Level.NOTE),
        "2 students are named A. de Vries; their number is shown with the name: 1012349 and 1012350.",
        "2 studenten heten A. de Vries; hun nummer staat bij de naam: 1012349 en 1012350.",
    )
    assert reading.require().shown_names["1012350"] == "A. de Vries (1012350)"


def test_40_a_cell_that_starts_like_a_formula() -> None:
    plain = [(f"091234{n}", f"S{n}", f"zin {n}") for n in range(5)]
    rows = [("Studentnummer", "Naam", "Opmerking"), *plain, ("0912349", "S9", "=HYPERLINK(A1)")]
    reading = read(rows)
    found = problem(reading, "formula", Level.NOTE)
    assert (found.row, found.column) == (7, "Opmerking")
    says(
        found,
        "Cell C7 starts like a formula; kept as text.",
        "Cel C7 begint als een formule; bewaard als tekst.",
    )
    assert reading.require().students[-1].answer("Opmerking") == "=HYPERLINK(A1)"


SENSITIVE = [
    "Are you a minority?",
    "Minority status",
    "Ben je lid van een minderheid?",
    "Hoor je bij een minderheidsgroep?",
    "Underrepresented group",
    "Ondervertegenwoordigde groep",
    "Etniciteit",
    "Ethnicity",
    "Ras",
    "Race",
    "Afkomst",
    "Migratieachtergrond",
    "Nationaliteit",
    "Nationality",
    "Geboorteland",
    "Country of birth",
    "Religie",
    "Religion",
    "Geloof",
    "Wat is je geloof?",
    "Levensovertuiging",
    "Seksuele geaardheid",
    "Sexual orientation",
    "LHBTI+",
    "Politieke voorkeur",
    "Political views",
    "Vakbond",
    "Trade union membership",
    "Dyslexie",
    "Heb je dyslexie of een andere beperking?",
    "ADHD",
    "Autisme",
    "Functiebeperking",
    "Disability",
    "Disabilities (optional)",
    "Health",
    "Gezondheid",
    "Medische bijzonderheden",
    "Medical conditions",
    "Medicatie",
    "Allergieën",
    "Dieetwensen",
    "Dietary requirements",
    "Zwangerschap",
    "Chronische ziekte",
    "Diagnose",
    "Strafblad",
    "Toetsvoorzieningen",
]
HARMLESS = [
    "Gender",
    "Geslacht",
    "Opleiding",
    "Ik geloof dat ik goed kan samenwerken",
    "Do you believe in teamwork?",
    "Ervaring in de gezondheidszorg",
    "Healthcare experience",
    "Diagnostische toets",
    "Beperkingen in beschikbaarheid",
    "Wens 1",
    "Klas",
    "Grace period",
    "Trace",
    "Herkomst vooropleiding",
    "Moedertaal",
    "Leeftijd",
    "Terras",
    "Ziekteverzuim?",
    "Health Sciences grade",
]


@pytest.mark.parametrize("heading", SENSITIVE)
def test_41_sensitive_columns_are_dropped(heading: str) -> None:
    rows = [(*CLASS[0], heading), *((*row, "geheim") for row in PEOPLE)]
    reading = read(rows)
    found = problem(reading, "sensitive-column", Level.SKIPPED)
    assert found.column == heading
    says(
        found,
        f"“{heading}” is sensitive and not needed. Dropped. "
        "Does it mean something else? Give it another heading in the file.",
        f"“{heading}” ligt gevoelig en is niet nodig. Niet overgenomen. "
        "Betekent het iets anders? Geef de kolom dan een andere kop in het bestand.",
    )
    assert reading.require().headings == ("Opleiding",)
    assert "geheim" not in reading.model_dump_json()


@pytest.mark.parametrize("heading", HARMLESS)
def test_41_other_columns_are_not(heading: str) -> None:
    reading = read([("Studentnummer", "Naam", heading), *PEOPLE])
    assert "sensitive-column" not in codes(reading)
    assert heading in reading.require().headings


def test_41_a_sensitive_column_cannot_be_asked_for() -> None:
    rows = [(*CLASS[0], "Etniciteit"), *((*row, "geheim") for row in PEOPLE)]
    reading = read(rows, kinds={"etniciteit": ColumnKind.CATEGORY})
    assert reading.require().headings == ("Opleiding",)
    says(
        problem(reading, "sensitive-stays-out", Level.SKIPPED),
        "“Etniciteit” is never used, even if you ask for it: groups can be made without it.",
        "“Etniciteit” wordt nooit gebruikt, ook niet op verzoek: groepen maken kan zonder.",
    )


def test_41_the_coordinator_can_call_a_column_sensitive() -> None:
    reading = read(CLASS, kinds={"Opleiding": ColumnKind.SENSITIVE})
    assert reading.require().headings == ()
    assert reading.columns[2].examples == ()


@pytest.mark.parametrize(
    "heading", ["BSN", "BSN-nummer", "Burgerservicenummer", "Sofinummer", "Onderwijsnummer", "PGN", "SSN"]
)
def test_42_bsn_by_its_heading(heading: str) -> None:
    reading = read([(*CLASS[0], heading), *((*row, "123456789") for row in PEOPLE)])
    found = problem(reading, "bsn-column", Level.SKIPPED)
    assert found.column == heading
    says(
        found,
        f"“{heading}” looks like BSN. Dropped. Use the student number or the e-mail address.",
        f"“{heading}” lijkt op BSN. Niet overgenomen. Gebruik het studentnummer of het e-mailadres.",
    )
    assert "123456789" not in reading.model_dump_json()
    assert people(reading) == EVERYONE


def _eleven(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def test_42_bsn_by_its_check_digit() -> None:
    numbers = [str(n) for n in range(100_000_000, 100_000_200) if _eleven(str(n))][:8]
    rows = [("Nummer", "Naam", "E-mail"), *((n, f"S{i}", f"s{i}@x.nl") for i, n in enumerate(numbers))]
    reading = read(rows)
    assert problem(reading, "bsn-column", Level.SKIPPED).column == "Nummer"
    assert [student.id for student in reading.require().students] == [f"s{i}@x.nl" for i in range(8)]
    assert not any(number in reading.model_dump_json() for number in numbers)


def test_42_student_numbers_of_which_some_pass_are_student_numbers() -> None:
    numbers = [str(n) for n in range(100_000_000, 100_000_030)]
    assert any(map(_eleven, numbers))
    reading = read([("Studentnummer", "Naam"), *((n, f"S{n}") for n in numbers)])
    assert "bsn-column" not in codes(reading)
    assert [student.id for student in reading.require().students] == numbers


def test_42_student_numbers_that_all_pass_are_bsns() -> None:
    numbers = [str(n) for n in range(100_000_000, 100_000_200) if _eleven(str(n))][:8]
    reading = read(
        [("Studentnummer", "Naam"), *((n, f"S{n}") for n in numbers)],
        kinds={"Studentnummer": ColumnKind.STUDENT_NUMBER},
    )
    assert problem(reading, "bsn-column", Level.SKIPPED)
    assert [student.id for student in reading.require().students] == [f"S{n}" for n in numbers]


def test_42_no_sensitive_cell_is_shown_as_an_example_of_letters() -> None:
    rows = [
        ("Studentnummer", "Diagnose", "Naam"),
        ("0912345", "geheim é", "Zoë"),
        ("0912346", "geheim Ã«", "Sem Ã«"),
    ]
    reading = read_class_list(csv_file(rows, ";", "cp1252"))
    assert "“Zoë”" in problem(reading, "windows-text", Level.ASSUMED).text("en")
    assert "“Sem ë”" in problem(reading, "broken-accents", Level.ASSUMED).text("en")
    assert "geheim" not in reading.model_dump_json()


@pytest.mark.parametrize("above", [("Werkgroep 2", "", ""), ("", "Werkgroep 2", ""), ("", "", "Werkgroep 2")])
def test_33_a_line_above_a_part_of_the_class_is_nobody(above: tuple[str, ...]) -> None:
    reading = read([*CLASS[:3], above, *CLASS[3:]])
    assert problem(reading, "not-students", Level.SKIPPED).row == 4
    assert people(reading) == EVERYONE


@pytest.mark.parametrize("alone", [("0912399", "", ""), ("s0912399", "", "")])
def test_33_a_number_alone_is_a_student(alone: tuple[str, ...]) -> None:
    assert people(read([*CLASS, alone]))[-1] == (alone[0], alone[0])


@pytest.mark.parametrize("nothing", ["-", "n.v.t.", "?", "Geen"])
def test_27_no_number_in_words_is_a_blank_id(nothing: str) -> None:
    found = problem(read([*CLASS, (nothing, "Jan", "x")]), "blank-id", Level.ERROR)
    assert found.row == 6


def test_addresses_are_read_from_what_mail_programs_copy() -> None:
    rows = [
        ("E-mail", "Naam"),
        ("Noor Berg <Noor@School.nl>", "Noor"),
        ("mailto:sem@school.nl", "Sem"),
        ("a@b.nl", "Bo"),
    ]
    assert [student.id for student in read(rows).require().students] == [
        "noor@school.nl",
        "sem@school.nl",
        "a@b.nl",
    ]


def test_34_the_preview_user_of_blackboard() -> None:
    rows = [
        ("Last Name", "First Name", "Username", "Student ID", "Availability"),
        ("Berg", "Noor", "nberg", "0912345", "Yes"),
        ("Boer_PreviewUser", "J.", "jboer_previewuser", "", "Yes"),
    ]
    reading = read(rows)
    assert problem(reading, "test-student", Level.SKIPPED).row == 3
    assert people(reading) == [("0912345", "Noor Berg")]
