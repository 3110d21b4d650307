"""Bad input 1-14 of FORMATS.md: files that are no class list, or no safe one."""

from __future__ import annotations

import io
import zipfile

import pytest

from planner.model.problems import InputError, Level
from planner.rosters import SourceFile, read_class_list
from planner.rosters.archive import UNPACKED_LIMIT
from tests.builders.files import (
    CLASS,
    PEOPLE,
    as_file,
    codes,
    csv_file,
    part,
    people,
    problem,
    read,
    says,
    text,
    with_part,
    xlsx,
    xlsx_file,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("content", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b";;;\r\n;;;\r\n"])
def test_01_empty_file(content: bytes) -> None:
    found = problem(read_class_list(as_file(content)), "empty-file", Level.ERROR)
    assert found.file == "lijst.csv"
    says(
        found,
        "This file is empty. Export the list again.",
        "Dit bestand is leeg. Exporteer de lijst opnieuw.",
    )


def test_01_empty_workbook() -> None:
    problem(read_class_list(xlsx_file({"Blad1": [], "Blad2": [["", " "]]})), "empty-file", Level.ERROR)


@pytest.mark.parametrize("file", [csv_file(CLASS[:1]), xlsx_file(CLASS[:1])])
def test_02_headings_only(file: SourceFile) -> None:
    reading = read_class_list(file)
    says(
        problem(reading, "no-students", Level.ERROR),
        "Columns found, but no students. Export the list again, with the students in it.",
        "Wel kolommen gevonden, maar geen studenten. Exporteer de lijst opnieuw, met de studenten erin.",
    )


def test_03_no_headings() -> None:
    reading = read_class_list(csv_file(PEOPLE))
    found = problem(reading, "no-headings", Level.ERROR)
    assert found.row == 1
    says(
        found,
        "Row 1 looks like a student. Are there no headings? "
        "Say what the columns are, or put a row with headings above the students.",
        "Rij 1 lijkt een student. Zijn er geen kolomkoppen? "
        "Geef aan wat de kolommen zijn, of zet een rij met koppen boven de studenten.",
    )
    assert [(guess.heading, guess.kind.value) for guess in reading.columns] == [
        ("A", "student-number"),
        ("B", "name"),
        ("C", "category"),
    ]


def test_03_no_headings_is_resolved_by_saying_so() -> None:
    reading = read_class_list(csv_file(PEOPLE), heading_row=0)
    assert people(reading) == [(number, name) for number, name, _ in PEOPLE]
    assert reading.heading_row == 0
    assert reading.require().students[0].answer("C") == "Verpleegkunde"


@pytest.mark.parametrize("above", [1, 3, 8])
def test_04_preamble_rows(above: int) -> None:
    rows = [
        ["Studenten per cursus"],
        ["Cursus", "COM-101"],
        ["Docent", "J. de Boer"],
        [],
        ["Blok", "1"],
        [],
        [""],
        [""],
    ]
    reading = read_class_list(xlsx_file([*rows[:above], *CLASS]))
    found = problem(reading, "heading-row", Level.ASSUMED)
    assert found.row == reading.heading_row == above + 1
    says(
        found,
        f"Headings found on row {above + 1}. Is that right? If not, choose the row with the headings.",
        f"Kolomkoppen gevonden op rij {above + 1}. Klopt dat? Zo niet, kies dan de rij met de koppen.",
    )
    assert people(reading) == [(number, name) for number, name, _ in PEOPLE]


def test_04_preamble_rows_in_text() -> None:
    reading = read_class_list(as_file("Klassenlijst, periode 1\r\n\r\n" + text(CLASS, ";")))
    assert problem(reading, "heading-row", Level.ASSUMED).row == 3
    assert people(reading) == [(number, name) for number, name, _ in PEOPLE]


def test_04_the_row_that_says_who_somebody_is_wins() -> None:
    reading = read([("Opleiding", "Verpleegkunde", "Klas"), *(row[:2] for row in CLASS)])
    assert problem(reading, "heading-row", Level.ASSUMED).row == 2


def test_04_another_heading_row_can_be_chosen() -> None:
    rows = [["Student", "Naam", "Klas"], *CLASS]
    reading = read_class_list(csv_file(rows), heading_row=2)
    assert "heading-row" not in codes(reading)
    assert people(reading)[0] == ("0912345", "Noor van der Berg")


@pytest.mark.parametrize("row", [-1, 3, 99])
def test_04_a_row_without_headings_cannot_be_chosen(row: int) -> None:
    reading = read_class_list(as_file("Naam,Nummer\r\nNoor,0912345\r\n\r\nSem,0912346\r\n"), heading_row=row)
    assert "Choose the row with the headings." in problem(reading, "heading-row", Level.ERROR).text("en")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 klassenlijst",
        b"<!DOCTYPE html><html><body><table><tr><td>Noor</td></tr></table></body></html>",
        b'{"studenten": [{"id": "0912345", "naam": "Noor"}]}',
        b"{\\rtf1\\ansi Klassenlijst}",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        bytes(range(32)) * 8,
        b"Beste collega,\nhierbij de lijst.\nGroet, Johan, en tot ziens, en dank, en alvast\nfijne dag",
        b"Beste collega\nhierbij\n",
    ],
)
def test_05_not_a_table(content: bytes) -> None:
    says(
        problem(read_class_list(as_file(content)), "not-a-table", Level.ERROR),
        "This is not a class list that Hecht can read. Export the list again as CSV (UTF-8) or as .xlsx.",
        "Dit is geen klassenlijst die Hecht kan lezen. "
        "Exporteer de lijst opnieuw als CSV (UTF-8) of als .xlsx.",
    )


def test_05_a_zip_file_must_be_unpacked_first() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("lijst.csv", text(CLASS))
    found = problem(read_class_list(as_file(buffer.getvalue(), "lijst.zip")), "not-a-table", Level.ERROR)
    assert "Unpack the zip file first" in found.text("en")
    assert "Pak het zip-bestand eerst uit" in found.text("nl")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"\r\n<html><table></table></html>", b"<?xml version='1.0'?><a/>"]
)
@pytest.mark.parametrize("name", ["lijst.xlsx", "LIJST.XLS"])
def test_06_pdf_or_html_renamed(content: bytes, name: str) -> None:
    found = problem(read_class_list(as_file(content, name)), "not-excel", Level.ERROR)
    assert found.file == name
    says(
        found,
        "The file name says Excel, but the content does not. "
        "Open the file in Excel, save it as .xlsx and try again.",
        "De bestandsnaam zegt Excel, maar de inhoud niet. "
        "Open het bestand in Excel, sla het op als .xlsx en probeer het opnieuw.",
    )


def test_06_text_that_is_called_xls_is_read_as_text() -> None:
    """Blackboard calls its tab-separated UTF-16 export .xls."""
    reading = read_class_list(SourceFile("gc.xls", text(CLASS, "\t").encode("utf-16")))
    says(
        problem(reading, "not-excel", Level.NOTE),
        "The file name says Excel, but it is a text file; it was read as text.",
        "De bestandsnaam zegt Excel, maar het is een tekstbestand; het is als tekst gelezen.",
    )
    assert len(reading.require().students) == 4


def test_07_old_xls() -> None:
    says(
        problem(read_class_list(as_file(OLE, "lijst.xls")), "old-excel", Level.ERROR),
        "This is an old kind of Excel file (.xls). Save it as .xlsx and try again.",
        "Dit is een oud soort Excel-bestand (.xls). Sla het op als .xlsx en probeer het opnieuw.",
    )


def test_07_other_spreadsheets() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    found = problem(read_class_list(as_file(buffer.getvalue(), "lijst.ods")), "old-excel", Level.ERROR)
    assert "Save it as .xlsx" in found.text("en")


def test_08_xlsm() -> None:
    content = xlsx(CLASS)
    named = read_class_list(as_file(content, "lijst.xlsm"))
    says(
        problem(named, "macros", Level.ERROR),
        "Files with macros are refused. Save it as .xlsx and try again.",
        "Bestanden met macro's worden niet gelezen. Sla het op als .xlsx en probeer het opnieuw.",
    )
    with_program = with_part(content, "xl/vbaProject.bin", b"program")
    problem(read_class_list(as_file(with_program, "lijst.xlsx")), "macros", Level.ERROR)
    types = part(content, "[Content_Types].xml").replace(b"openxmlformats", b"macroEnabled", 1)
    disguised = with_part(content, "[Content_Types].xml", types)
    problem(read_class_list(as_file(disguised, "lijst.xlsx")), "macros", Level.ERROR)


def test_09_password() -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(64)
    says(
        problem(read_class_list(as_file(locked, "lijst.xlsx")), "password", Level.ERROR),
        "This Excel file is protected with a password. Remove the password in Excel first and save the file.",
        "Dit Excel-bestand is beveiligd met een wachtwoord. "
        "Haal het wachtwoord er in Excel eerst af en sla het bestand op.",
    )


def _broken_sheet() -> bytes:
    content = xlsx(CLASS)
    return with_part(content, SHEET, part(content, SHEET)[:300])


@pytest.mark.parametrize(
    "content",
    [
        xlsx(CLASS)[:900],
        xlsx(CLASS)[:-40],
        b"PK\x03\x04 and then nothing",
        _broken_sheet(),
        with_part(xlsx(CLASS), "xl/workbook.xml", b"<workbook"),
    ],
)
def test_10_damaged_xlsx(content: bytes) -> None:
    says(
        problem(read_class_list(as_file(content, "lijst.xlsx")), "damaged-excel", Level.ERROR),
        "The Excel file is damaged. Download it again, or open it in Excel and save it as a new .xlsx.",
        "Het Excel-bestand is beschadigd. Download het opnieuw, of open het in Excel en sla het op "
        "als nieuw .xlsx-bestand.",
    )


def test_11_zip_bomb_by_its_size() -> None:
    bomb = with_part(xlsx(CLASS), "xl/worksheets/sheet9.xml", b" " * (UNPACKED_LIMIT + 1))
    assert len(bomb) < 1_000_000
    says(
        problem(read_class_list(as_file(bomb, "lijst.xlsx")), "too-large-unpacked", Level.ERROR),
        "Unpacked, this file is too large for a class list. "
        "Copy only the students to a new workbook and save it as .xlsx.",
        "Uitgepakt is dit bestand te groot voor een klassenlijst. "
        "Kopieer alleen de studenten naar een nieuwe werkmap en sla die op als .xlsx.",
    )


def test_11_zip_bomb_that_lies_about_its_size() -> None:
    bomb = bytearray(with_part(xlsx(CLASS), "xl/worksheets/sheet9.xml", b" " * (UNPACKED_LIMIT + 1)))
    true_size = (UNPACKED_LIMIT + 1).to_bytes(4, "little")
    while (place := bomb.find(true_size)) >= 0:
        bomb[place : place + 4] = (100).to_bytes(4, "little")
    reading = read_class_list(as_file(bytes(bomb), "lijst.xlsx"))
    assert problem(reading, "damaged-excel", Level.ERROR)


def test_11_too_many_entries() -> None:
    buffer = io.BytesIO(xlsx(CLASS))
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/media/{number}.png", b"")
    problem(read_class_list(as_file(buffer.getvalue(), "lijst.xlsx")), "too-large-unpacked", Level.ERROR)


def test_11_a_cell_far_away_takes_no_memory() -> None:
    content = xlsx(CLASS)
    far = part(content, SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    reading = read_class_list(as_file(with_part(content, SHEET, far), "lijst.xlsx"))
    problem(reading, "too-large-unpacked", Level.ERROR)


def _far_behind_a_quote() -> bytes:
    """A cell far away whose attributes are between single quotes, one of them with a > in it."""
    content = xlsx(CLASS)
    far = b"<row r='1048576'><c x='>' r='XFD1048576'><v>1</v></c></row></sheetData>"
    return with_part(content, SHEET, part(content, SHEET).replace(b"</sheetData>", far))


def _far_without_a_place() -> bytes:
    """Cells that say nothing of their own place count on in the row that was begun."""
    content = xlsx(CLASS)
    far = b'<row r="1048576"><c r="XFC1"><v>1</v></c><c><v>1</v></c></row></sheetData>'
    return with_part(content, SHEET, part(content, SHEET).replace(b"</sheetData>", far))


def _one_long_text_in_every_cell() -> bytes:
    content = xlsx(CLASS)
    texts = b"<sst><si><t>" + b"a" * 30_000 + b"</t></si></sst>"
    cells = b"".join(b'<row><c t="s"><v> +00000000000 </v></c></row>' for _ in range(1_000))
    sheet = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    return with_part(with_part(content, SHEET, sheet), "xl/sharedStrings.xml", texts)


def _one_sheet_many_times() -> bytes:
    content = xlsx([("id", "naam"), *((f"{n:07}", "Jan") for n in range(5_000))])
    sheets = "".join(f'<sheet name="Blad{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(600))
    book = part(content, "xl/workbook.xml").decode()
    start, end = book.index("<sheets>"), book.index("</sheets>")
    return with_part(content, "xl/workbook.xml", f"{book[:start]}<sheets>{sheets}{book[end:]}".encode())


@pytest.mark.parametrize(
    "content",
    [
        _far_behind_a_quote(),
        _far_without_a_place(),
        _one_long_text_in_every_cell(),
        _one_sheet_many_times(),
    ],
)
def test_11_what_is_small_in_the_file_and_large_in_memory_is_refused(content: bytes) -> None:
    """A workbook of 6 KB once had the reader ask for 549 GB: cells were looked for as text, not as XML."""
    assert len(content) < 200_000
    problem(read_class_list(as_file(content, "lijst.xlsx")), "too-large-unpacked", Level.ERROR)


def test_11_a_format_of_very_many_zeros_pads_nothing() -> None:
    content = xlsx([("Studentnummer", "Naam"), (912345, "Noor Smit"), (912346, "Sem Vos")])
    styles = part(content, "xl/styles.xml")
    formats = (
        b'<numFmts count="1"><numFmt numFmtId="0" formatCode="' + b"0" * 100_000 + b'"/></numFmts><fonts'
    )
    padded = with_part(content, "xl/styles.xml", styles.replace(b"<fonts", formats, 1))
    assert people(read_class_list(as_file(padded, "lijst.xlsx")))[0] == ("912345", "Noor Smit")


@pytest.mark.parametrize(
    "cells", [b'<c r="A1"' + b' r="A1"' * 500_000, b"<c " * 1_000_000, b"<c r='" + b"A" * 3_000_000]
)
def test_10_xml_that_never_ends_is_damaged(cells: bytes) -> None:
    """A workbook of 11 KB once kept a regular expression busy for minutes, and the page with it."""
    content = xlsx(CLASS)
    sheet = part(content, SHEET).replace(b"</sheetData>", cells + b"</sheetData>")
    endless = with_part(content, SHEET, sheet)
    assert len(endless) < 20_000
    problem(read_class_list(as_file(endless, "lijst.xlsx")), "damaged-excel", Level.ERROR)


@pytest.mark.parametrize("way", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_10_a_workbook_packed_as_no_workbook_is(way: int) -> None:
    """These ways of packing have faults of their own kind, and one may ask for any amount of memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(CLASS))) as plain, zipfile.ZipFile(buffer, "w", way) as other:
        for name in plain.namelist():
            other.writestr(name, plain.read(name))
    problem(read_class_list(as_file(buffer.getvalue(), "lijst.xlsx")), "damaged-excel", Level.ERROR)


def test_11_cells_that_only_have_a_colour_do_no_harm() -> None:
    content = xlsx(CLASS)
    far = part(content, SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    assert len(read_class_list(as_file(with_part(content, SHEET, far), "lijst.xlsx")).require().students) == 4


@pytest.mark.parametrize(
    "unsafe", [b'<!DOCTYPE x [<!ENTITY a "aaaa">]>', b'<!ENTITY % a SYSTEM "file:///etc/passwd">']
)
@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_12_xml_entities(unsafe: bytes, name: str) -> None:
    content = xlsx(CLASS)
    xml = part(content, name).replace(b"?>\n", b"?>\n" + unsafe, 1)
    assert unsafe in xml
    says(
        problem(
            read_class_list(as_file(with_part(content, name, xml), "lijst.xlsx")), "unsafe-excel", Level.ERROR
        ),
        "This Excel file has unsafe content and is refused. "
        "Copy the students to a new workbook and save it as .xlsx.",
        "In dit Excel-bestand staat iets onveiligs; daarom wordt het niet gelezen. "
        "Kopieer de studenten naar een nieuwe werkmap en sla die op als .xlsx.",
    )


def test_12_xml_in_another_encoding_hides_nothing() -> None:
    xml = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><sst/>'.encode("utf-16")
    content = with_part(xlsx(CLASS), "xl/sharedStrings.xml", xml)
    problem(read_class_list(as_file(content, "lijst.xlsx")), "unsafe-excel", Level.ERROR)


def test_13_over_5_mb() -> None:
    content = text(CLASS).encode() + b"x" * (5 * 1024 * 1024)
    says(
        problem(read_class_list(as_file(content)), "too-large", Level.ERROR),
        "This file is too large: 5.1 MB; the limit is 5 MB. "
        "Remove the other sheets and the pictures, or save it as CSV.",
        "Dit bestand is te groot: 5,1 MB; het maximum is 5 MB. "
        "Verwijder de andere tabbladen en de afbeeldingen, of sla het op als CSV.",
    )


def test_14_more_than_20000_rows() -> None:
    rows = [("id", "naam"), *((f"{1_000_000 + n}", f"Student {n}") for n in range(20_001))]
    says(
        problem(read_class_list(csv_file(rows)), "too-many-rows", Level.ERROR),
        "There are 20001 rows; the limit is 20000. Make a list for each course.",
        "Er zijn 20001 rijen; het maximum is 20000. Maak een lijst per vak.",
    )


def test_an_error_is_raised_when_the_roster_is_required() -> None:
    reading = read_class_list(
        csv_file([("Studentnummer", "Naam"), ("", "Jan"), ("123", "Piet"), ("", "Ali")])
    )
    with pytest.raises(InputError) as caught:
        reading.require()
    assert [problem.row for problem in caught.value.problems] == [2, 4]
    assert {problem.level for problem in caught.value.problems} == {Level.ERROR}


def test_14_more_than_2000_columns() -> None:
    found = problem(
        read_class_list(as_file("Naam," * 2_000 + "id\nNoor,1\n")), "too-many-columns", Level.ERROR
    )
    says(
        found,
        "There are 2001 columns; the limit is 2000. Remove the columns that you do not need.",
        "Er zijn 2001 kolommen; het maximum is 2000. Haal de kolommen weg die je niet nodig hebt.",
    )


@pytest.mark.parametrize(
    "content", [b"\n" * 5_000_000, b"a" * 5_000_000, b'"' * 5_000_000, b"a,b\n" * 1_200_000]
)
def test_large_files_of_nothing_in_particular_are_refused(content: bytes) -> None:
    assert read_class_list(as_file(content)).roster is None


@pytest.mark.parametrize("place", [0, 1])
def test_a_name_or_number_of_many_pages_is_refused(place: int) -> None:
    """It would come back in every file, for each week of the term."""
    cells = ["1000001", "Jan Vos"]
    cells[place] = "9" * 1_001 if place == 0 else "x" * 1_001
    reading = read([("Studentnummer", "Naam"), ("1000002", "Piet Bos"), cells])
    found = problem(reading, "too-long", Level.ERROR)
    assert (found.row, found.column) == (3, ("Studentnummer", "Naam")[place])
    says(
        found,
        "This cell has 1001 characters; that is too long for a name, number or group. "
        "Shorten it, or say what the column means.",
        "Deze cel heeft 1001 tekens; dat is te lang voor een naam, nummer of groep. "
        "Maak de tekst korter, of geef aan wat de kolom betekent.",
    )
