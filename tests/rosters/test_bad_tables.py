"""Bad input 15-26 of FORMATS.md: sheets, letters, separators, rows and headings."""

from __future__ import annotations

import csv
import io

import pytest

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.rosters import SourceFile, read_class_list
from tests.builders.files import (
    CLASS,
    PEOPLE,
    as_file,
    codes,
    csv_file,
    people,
    problem,
    read,
    says,
    text,
    xlsx,
    xlsx_file,
)

EVERYONE = [(number, name) for number, name, _ in PEOPLE]
NOTES = [("Let op", "dit zijn de afspraken"), ("1", "op tijd komen")]


def test_15_several_sheets_of_which_one_holds_students() -> None:
    reading = read_class_list(xlsx_file({"Afspraken": NOTES, "H2A": CLASS, "Leeg": []}))
    assert reading.sheets == ("Afspraken", "H2A")
    says(
        problem(reading, "sheet-chosen", Level.ASSUMED),
        "The students were read from the sheet “H2A”. Choose another sheet if that is not right.",
        "De studenten zijn gelezen van het tabblad “H2A”. Kies een ander tabblad als dat niet klopt.",
    )
    assert people(reading) == EVERYONE


def test_15_several_sheets_with_students() -> None:
    file = xlsx_file({"H2A": CLASS, "H2B": CLASS[:3], "Afspraken": NOTES})
    reading = read_class_list(file)
    says(
        problem(reading, "which-sheet", Level.ERROR),
        "Which sheet has the students? There are 3: H2A, H2B, and Afspraken. "
        "Choose the sheet, or remove the others and save the file.",
        "Op welk tabblad staan de studenten? Er zijn er 3: H2A, H2B en Afspraken. "
        "Kies het tabblad, of verwijder de andere en sla het bestand op.",
    )
    assert reading.sheets == ("H2A", "H2B", "Afspraken")
    chosen = read_class_list(file, sheet="H2B")
    assert people(chosen) == EVERYONE[:2]
    assert "which-sheet" not in codes(chosen)


def test_15_a_sheet_that_is_not_there() -> None:
    reading = read_class_list(xlsx_file({"H2A": CLASS}), sheet="H2C")
    assert "There is no sheet “H2C”" in problem(reading, "which-sheet", Level.ERROR).text("en")


def test_15_hidden_sheets_do_not_count() -> None:
    content = xlsx({"H2A": CLASS, "Oud": CLASS}, hidden=["Oud"])
    reading = read_class_list(SourceFile("lijst.xlsx", content))
    assert reading.sheets == ("H2A",)
    assert people(reading) == EVERYONE


JOSE = (*CLASS, ("1012349", "José Peña", "Fysiotherapie"))


def _without_turkish(rows: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    return [row for row in rows if "Ayşe" not in "".join(row)]


def test_16_windows_1252() -> None:
    reading = read_class_list(csv_file(_without_turkish(JOSE), ";", "cp1252"))
    found = problem(reading, "windows-text", Level.ASSUMED)
    assert found.row == 5
    says(
        found,
        "Read as Windows text (Windows-1252). Is “José Peña” right? "
        "If it is not, export the list again as UTF-8.",
        "Gelezen als Windows-tekst (Windows-1252). Klopt “José Peña”? "
        "Zo niet, exporteer de lijst dan opnieuw als UTF-8.",
    )
    assert people(reading)[-1] == ("1012349", "José Peña")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_16_utf_8_needs_no_question(encoding: str) -> None:
    reading = read_class_list(csv_file(JOSE, ",", encoding))
    assert codes(reading) == []
    assert people(reading)[2] == ("1012347", "Ayşe Yılmaz")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_17_utf_16(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    reading = read_class_list(as_file(mark + text(JOSE, "\t").encode(encoding)))
    says(
        problem(reading, "unicode-text", Level.ASSUMED),
        "Read as Unicode text (UTF-16). Check the names.",
        "Gelezen als Unicode-tekst (UTF-16). Controleer de namen.",
    )
    assert people(reading)[2] == ("1012347", "Ayşe Yılmaz")


def test_18_accents_encoded_twice() -> None:
    twice = text(JOSE).encode().decode("latin-1").encode()
    reading = read_class_list(as_file(twice))
    found = problem(reading, "broken-accents", Level.ASSUMED)
    assert (found.row, found.column) == (4, "B")
    assert people(reading)[2:] == [EVERYONE[2], EVERYONE[3], ("1012349", "José Peña")]


def test_18_accents_encoded_twice_by_windows_in_a_workbook() -> None:
    broken = "JosÃ© dâ€™Ã\x81vila"
    reading = read_class_list(xlsx_file([*CLASS, ("1012349", broken, "x"), ("1012350", "ZoÃ« Smit", "x")]))
    found = problem(reading, "broken-accents", Level.ASSUMED)
    assert (found.row, found.column) == (6, "B")
    says(
        found,
        f"“{broken}” looks damaged and is read as “José d’Ávila”. So does 1 other cell. "
        "If that is not right, export the list again as UTF-8.",
        f"“{broken}” lijkt beschadigd en is gelezen als “José d’Ávila”. Dat geldt voor nog 1 cel. "
        "Klopt dat niet? Exporteer de lijst dan opnieuw als UTF-8.",
    )
    assert [name for _, name in people(reading)[-2:]] == ["José d’Ávila", "Zoë Smit"]


def test_18_a_letter_that_is_lost_stays_lost() -> None:
    reading = read([*CLASS, ("1012349", "Jos\ufffd Pe\ufffda", "x")])
    found = problem(reading, "broken-accents", Level.ASSUMED)
    assert found.row == 6
    assert found.hint is not None
    assert found.hint.text("nl") == "Exporteer de lijst opnieuw als UTF-8."
    assert people(reading)[-1][1] == "Jos\ufffd Pe\ufffda"


@pytest.mark.parametrize("name", ["Ñuñez Ça", "SÃO PAULO", "Åsa Ängström", "Zoë – Ümit", "Ã Â"])
def test_18_letters_that_look_foreign_are_not_broken(name: str) -> None:
    reading = read([*CLASS, ("1012349", name, "x")])
    assert "broken-accents" not in codes(reading)
    assert people(reading)[-1][1] == name


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b"])
def test_19_control_characters(sign: str) -> None:
    reading = read([*CLASS, ("1012349", f"Jan{sign}Smit", "x")])
    found = problem(reading, "unreadable-character", Level.ERROR)
    assert (found.row, found.column) == (6, "Naam")
    says(
        found,
        "There is an unreadable character in this row. "
        "Export the list again as UTF-8, or type the cell again and save the file.",
        "In deze rij staat een onleesbaar teken. "
        "Exporteer de lijst opnieuw als UTF-8, of typ de cel opnieuw en sla het bestand op.",
    )


def test_19_bytes_that_are_no_letter() -> None:
    content = text(CLASS).encode("utf-8").replace("ş".encode(), b"\x81")
    found = problem(read_class_list(as_file(content)), "unreadable-character", Level.ERROR)
    assert found.row == 4


@pytest.mark.parametrize(
    ("separator", "english", "dutch"),
    [
        (
            ";",
            "Semicolons found and used as separators.",
            "Puntkomma's gevonden en als scheidingsteken gebruikt.",
        ),
        ("\t", "Tabs found and used as separators.", "Tabs gevonden en als scheidingsteken gebruikt."),
        (
            "|",
            "Upright bars found and used as separators.",
            "Verticale strepen gevonden en als scheidingsteken gebruikt.",
        ),
    ],
)
def test_20_other_separators(separator: str, english: str, dutch: str) -> None:
    reading = read(CLASS, separator)
    says(problem(reading, "separator", Level.NOTE), english, dutch)
    assert people(reading) == EVERYONE


@pytest.mark.parametrize(
    "content",
    [
        "naam;nummer;cijfer\nJan;0912345;7,5\nAli;0912346;6,0\n",
        "nummer;Wanneer kun je, in welke week, en tot hoe laat?\n0912345;ma, di, wo\n0912346;di, do, vr\n",
        "nummer;naam;cijfer\n0912345;Smit, Jan;7,5\n0912346;Vries, Ali de;6,5\n",
        "Overzicht, blok 1, groep A\nnummer;naam\n0912345;Jan\n0912346;Ali\n",
        'nummer;naam;"a|b|c|d"\n0912345;Jan;x\n0912346;Ali;y\n',
    ],
)
def test_20_commas_in_cells_do_not_mislead(content: str) -> None:
    reading = read_class_list(as_file(content))
    assert "separator" in codes(reading)
    assert [student.id for student in reading.require().students] == ["0912345", "0912346"]


def test_20_semicolons_in_cells_do_not_mislead() -> None:
    reading = read_class_list(as_file("nummer,dagen\n0912345,ma;di\n0912346,wo;do;vr\n0912347,ma;do\n"))
    assert reading.require().students[1].answer("dagen") == "wo;do;vr"


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
def test_21_sep_line(line: str) -> None:
    reading = read_class_list(as_file(f"{line}\r\n" + text(CLASS, ";")))
    says(
        problem(reading, "sep-line", Level.NOTE),
        f"The first line “{line}” only names the separator; it was skipped.",
        f"De eerste regel “{line}” noemt alleen het scheidingsteken; overgeslagen.",
    )
    assert people(reading) == EVERYONE
    assert reading.heading_row == 1  # Excel does not count the line


@pytest.mark.parametrize("after", ['1012351,"Ali",x\n', "1012351,Ali,x\n", ""])
def test_22_unclosed_quote(after: str) -> None:
    reading = read_class_list(as_file(text([*CLASS, ("1012349", "Bo", "x")]) + '1012350,"Jan,x\n' + after))
    found = problem(reading, "unclosed-quote", Level.ERROR)
    assert found.row == 7
    says(
        found,
        "A quotation mark opened in this row never closes, or closes in the middle of a cell. "
        'Close the quotation mark (") in this row or remove it.',
        "Een aanhalingsteken dat in deze rij begint, wordt nergens gesloten, of midden in een cel. "
        'Sluit het aanhalingsteken (") in deze rij of haal het weg.',
    )


def test_22_quotes_inside_a_cell_are_fine() -> None:
    reading = read_class_list(as_file('nummer,naam\n0912345,Jan "Johnny" Smit\n0912346,"Sem ""Sam"" Smit"\n'))
    assert [name for _, name in people(reading)] == ['Jan "Johnny" Smit', 'Sem "Sam" Smit']


def test_23_a_row_with_too_many_cells() -> None:
    reading = read_class_list(as_file(text(CLASS) + "1012349,Smit, Jan,x\n1012350,Bo,y\n"))
    found = problem(reading, "too-many-cells", Level.ERROR)
    assert found.row == 6
    says(
        found,
        "This row has 4 cells; the headings have 3. "
        "Remove the extra cell, or put quotation marks around text with a separator in it.",
        "Deze rij heeft 4 cellen; de koppen hebben er 3. "
        "Haal de extra cel weg, of zet aanhalingstekens om tekst waar een scheidingsteken in staat.",
    )


def test_23_every_such_row_is_named_up_to_twenty() -> None:
    wide = "".join(f"10123{n},Smit, Jan,x\n" for n in range(50, 80))
    reading = read_class_list(as_file(text(CLASS * 20) + wide))
    wide_rows = [found for found in reading.problems if found.code == "too-many-cells"]
    assert [found.row for found in wide_rows[:3]] == [101, 102, 103]
    assert len(wide_rows) == 21
    assert wide_rows[-1].message.text("en") == "The same goes for 10 more places."
    assert wide_rows[-1].message.text("nl") == "Hetzelfde geldt voor nog 10 plekken."


def test_23_empty_cells_at_the_end_do_no_harm() -> None:
    reading = read_class_list(as_file("nummer;naam;;\r\n0912345;Jan;;;;\r\n0912346;Ali\r\n;;;;\r\n"))
    assert people(reading) == [("0912345", "Jan"), ("0912346", "Ali")]
    assert [column.heading for column in reading.columns] == ["nummer", "naam"]


def test_23_rows_with_too_few_cells_are_told() -> None:
    reading = read_class_list(as_file(text(CLASS) + "1012349,Bo\n"))
    found = problem(reading, "too-few-cells", Level.ASSUMED)
    assert found.row == 6
    says(
        found,
        "1 row has fewer cells than there are headings; the last cells are read as empty. Check this row.",
        "1 rij heeft minder cellen dan er koppen zijn; de laatste cellen zijn als leeg gelezen. "
        "Controleer deze rij.",
    )


def test_24_every_row_one_wider() -> None:
    rows = [CLASS[0], *((str(n), *row) for n, row in enumerate(PEOPLE, start=1))]
    found = problem(read(rows), "shifted-rows", Level.ERROR)
    assert found.row == 2
    says(
        found,
        "Rows and headings do not line up: every row has more cells than the 3 headings. "
        "Give every column a heading and save the file.",
        "Rijen en koppen passen niet bij elkaar: elke rij heeft meer cellen dan de 3 koppen. "
        "Geef elke kolom een kop en sla het bestand op.",
    )


def test_24_a_separator_at_the_end_of_every_row_shifts_nothing() -> None:
    content = "nummer,naam,klas\n0912345,Jan,2A,\n0912346,Ali,2B,\n"
    assert people(read_class_list(as_file(content))) == [("0912345", "Jan"), ("0912346", "Ali")]


TWICE = [("Studentnummer", "Naam", "Naam"), ("0912345", "Noor", "Verpleegkunde"), ("0912346", "Sem", "Fysio")]


def test_25_the_same_heading_twice() -> None:
    reading = read(TWICE)
    found = problem(reading, "duplicate-heading", Level.ERROR)
    assert (found.row, found.column) == (1, "Naam")
    says(
        found,
        "“Naam” occurs twice. Which one is meant? "
        "Give one of them another heading in the file, or say that one of them is not needed.",
        "“Naam” komt twee keer voor. Welke is bedoeld? "
        "Geef een van de twee een andere kop in het bestand, of geef aan welke niet nodig is.",
    )
    assert [guess.heading for guess in reading.columns] == ["Studentnummer", "Naam", "Naam (2)"]


@pytest.mark.parametrize(
    ("spare", "names"), [("Naam (2)", ["Noor", "Sem"]), ("Naam", ["Verpleegkunde", "Fysio"])]
)
def test_25_the_coordinator_says_which(spare: str, names: list[str]) -> None:
    reading = read(TWICE, kinds={spare: ColumnKind.IGNORED})
    assert [name for _, name in people(reading)] == names


def test_25_the_same_column_twice_is_read_once() -> None:
    reading = read([(*row[:2], row[1]) for row in CLASS])
    found = problem(reading, "duplicate-heading", Level.SKIPPED)
    assert found.message.text("en") == "“Naam” occurs twice with the same cells; read once."
    assert people(reading) == EVERYONE


def test_25_forms_numbers_a_question_that_comes_back() -> None:
    headings = ("Timestamp", "Student number", "Comments", "Comments")
    reading = read(
        [headings, ("2026/09/01", "0912345", "good", "bad"), ("2026/09/02", "0912346", "", "fine")]
    )
    assert problem(reading, "duplicate-heading", Level.ASSUMED).column == "Comments"
    assert reading.require().students[0].answers == {"Comments": "good", "Comments (2)": "bad"}


def test_25_scores_may_be_called_alike() -> None:
    headings = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Quiz (12)", "Quiz (12)")
    reading = read([headings, ("Berg, Noor", "1", "0912345", "noor", "A", "7", "8")])
    assert "duplicate-heading" not in codes(reading)


def test_26_no_usable_id() -> None:
    rows = [("Roepie", "Opleiding"), ("Noor", "Fysio"), ("Sem", "Fysio")]
    reading = read(rows)
    says(
        problem(reading, "no-id", Level.ERROR),
        "There is no column with student numbers, e-mail addresses or names. "
        "Choose the column by which students are told apart, or add one to the file.",
        "Er is geen kolom met studentnummers, e-mailadressen of namen. "
        "Kies de kolom waaraan je studenten uit elkaar houdt, of voeg er een toe aan het bestand.",
    )
    chosen = read(rows, kinds={"Roepie": ColumnKind.STUDENT_NUMBER})
    assert people(chosen) == [("Noor", "Noor"), ("Sem", "Sem")]


def test_26_an_empty_column_of_numbers_is_no_id_but_the_address_is() -> None:
    rows = [("Studentnummer", "Naam", "E-mail"), ("", "Noor", "Noor@School.nl"), ("", "Sem", "sem@school.nl")]
    assert people(read(rows)) == [("noor@school.nl", "Noor"), ("sem@school.nl", "Sem")]


def test_a_column_without_a_heading_is_called_by_its_letter() -> None:
    reading = read([("Studentnummer", "", "Naam"), ("0912345", "rood", "Noor"), ("0912346", "rood", "Sem")])
    found = problem(reading, "no-heading", Level.ASSUMED)
    assert found.column == "B"
    assert reading.require().students[0].answers == {"B": "rood"}


def test_headings_that_come_back_on_every_page_are_skipped() -> None:
    reading = read([*CLASS[:3], CLASS[0], *CLASS[3:]])
    found = problem(reading, "repeated-headings", Level.SKIPPED)
    assert found.row == 4
    assert people(reading) == EVERYONE


def test_line_breaks_in_headings_become_spaces() -> None:
    rows = [("Student-\nnummer", "Wat wil je\r\nleren?"), ("0912345", "alles"), ("0912346", "alles")]
    reading = read(rows)
    assert reading.require().headings == ("Wat wil je leren?",)
    assert reading.require().students[0].answer("Wat wil je leren?") == "alles"


def test_a_byte_order_mark_is_no_part_of_the_heading() -> None:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(CLASS)
    reading = read_class_list(as_file(b"\xef\xbb\xbf" + buffer.getvalue().encode()))
    assert reading.columns[0].heading == "Studentnummer"


def test_22_a_space_before_a_quotation_mark_is_no_part_of_the_cell() -> None:
    reading = read_class_list(as_file('"nummer", "naam"\n"0912345", "Smit, Jan"\n"0912346", "Bos, Bo"\n'))
    assert people(reading) == [("0912345", "Jan Smit"), ("0912346", "Bo Bos")]
