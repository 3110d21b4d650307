"""Questions come back from every system read without a correction, in both languages."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook

from planner.exports.forms import FORMS, who
from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.rosters import SourceFile, read_class_list
from planner.rules import Rules
from planner.rules.balance import Balance
from planner.rules.limit import Limit
from planner.rules.never_alone import NeverAlone
from planner.rules.new_faces import NewFaces
from planner.rules.overlap import Overlap
from planner.rules.participation import Participation
from planner.rules.role_settings import RoleSettings
from planner.rules.wish import Wish
from planner.services.ask import ask

PEOPLE = tuple(
    (f"10{place:02}341", f"{first} {last}", f"{first.lower()}.{last.lower()}@school.example")
    for place, (first, last) in enumerate(
        zip(
            ("Anna", "Bram", "Cem", "Daan", "Eva", "Fleur", "Gijs", "Hanna", "Ilse", "Joep"),
            ("Bos", "Kuiper", "Demir", "Visser", "Mulder", "Smit", "Dekker", "Prins", "Post", "Vos"),
            strict=True,
        )
    )
)
HEADINGS = {
    "nl": (
        "Beschikbaarheid",
        "Wens 1",
        "Cijfer vooraf",
        "Werkt parttime",
        "Deelname",
        "Groep vorig blok",
        "Liever geen rol",
    ),
    "en": (
        "Availability",
        "Wish 1",
        "Entry grade",
        "Part-time job",
        "Participation",
        "Group last term",
        "Rather no role",
    ),
}
KINDS = (
    ColumnKind.SLOTS,
    ColumnKind.PEER,
    ColumnKind.NUMBER,
    ColumnKind.CATEGORY,
    ColumnKind.PARTICIPATION,
    ColumnKind.EARLIER_GROUP,
)
BESIDE = {
    "nl": (("Niet met", ColumnKind.NOT_WITH), ("Onderwerp keuze", ColumnKind.TOPIC_CHOICE)),
    "en": (("Rather not with", ColumnKind.NOT_WITH), ("Topic choice", ColumnKind.TOPIC_CHOICE)),
}


def rules_in(language):
    times, wish, grade, job, mode, before, role = HEADINGS[language]
    yes = {"nl": "ja", "en": "yes"}[language]
    return Rules(
        language=language,
        rules=[
            Overlap(kind="overlap", columns=(times,)),
            Wish(kind="wish", columns=(wish,)),
            Balance(kind="balance", column=grade),
            Limit(kind="limit", column=job, value=yes, at_most=2),
            NeverAlone(kind="never-alone", column=job),
            Participation(kind="participation", column=mode),
            NewFaces(kind="new-faces", columns=(before,)),
        ],
        roles=RoleSettings(opt_out=role),
    )


def class_list():
    rows = [("Student number", "Name", "Email"), *PEOPLE]
    return SourceFile("class.csv", "\n".join(",".join(row) for row in rows).encode())


def asked(language):
    also = {heading: (kind, ("bees", "bridges", "bread")) for heading, kind in BESIDE[language]}
    also[BESIDE[language][0][0]] = (ColumnKind.NOT_WITH, ())
    return ask(read_class_list(class_list()), rules_in(language), also=also)


def answers(question, place):
    """What a person chooses: several where that is possible, in another order for each."""
    if question.choices:
        count = 2 if question.several else 1
        return tuple(question.choices[(place * 2 + one) % len(question.choices)] for one in range(count))
    other = PEOPLE[(place + 3) % len(PEOPLE)][1]
    written = {
        ColumnKind.PEER: other,
        ColumnKind.NOT_WITH: other,
        ColumnKind.NUMBER: str(5 + place / 2),
        ColumnKind.EARLIER_GROUP: f"Team {place % 3 + 1}",
        ColumnKind.STUDENT_NUMBER: PEOPLE[place][0],
    }
    return (written[question.kind],)


def as_csv(rows):
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8")


def with_who(found, language):
    return (who(found.roster, language), *found.questions(language))


def from_microsoft(found, language):
    nl = language == "nl"
    questions = with_who(found, language)
    book = Workbook()
    about = (
        ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging")
        if nl
        else ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time")
    )
    book.active.append([*about, *(one.heading for one in questions)])
    for place, (_, name, email) in enumerate(PEOPLE[:-1]):
        cells = [
            "".join(f"{part};" for part in answers(one, place)) if one.several else answers(one, place)[0]
            for one in questions
        ]
        book.active.append([place + 1, "9/1/26 9:00:00", "9/1/26 9:05:00", email, name, "", *cells])
    file = io.BytesIO()
    book.save(file)
    return SourceFile("answers.xlsx", file.getvalue())


def from_google(found, language):
    nl = language == "nl"
    questions = with_who(found, language)
    about = ("Tijdstempel", "E-mailadres") if nl else ("Timestamp", "Email Address")
    rows = [[*about, *(one.heading for one in questions)]]
    for place, (_, _, email) in enumerate(PEOPLE[:-1]):
        cells = [", ".join(answers(one, place)) for one in questions]
        rows.append(["2026/09/01 9:05:00 AM GMT+1", email, *cells])
    return SourceFile("answers.csv", as_csv(rows))


def from_moodle(found, language):
    nl = language == "nl"
    questions = found.questions(language)
    dutch, english = (
        ("Volledige naam", "Groepen", "E-mailadres", "Datum"),
        ("Full name", "Groups", "Email address", "Date"),
    )
    about = dutch if nl else english
    rows = [[*about, *(one.heading for one in questions)]]
    for place, (_, name, email) in enumerate(PEOPLE[:-1]):
        cells = ["\n".join(answers(one, place)) for one in questions]
        rows.append([name, "", email, "Tuesday, 1 September 2026, 9:05 AM", *cells])
    return SourceFile("answers.csv", as_csv(rows))


def from_canvas(found, language):
    questions = found.questions(language)
    rows = [["name", "id", "sis_id", "section", "section_id", "section_sis_id", "submitted", "attempt"]]
    for number, one in enumerate(questions, 4711):
        rows[0] += [f"{number}: {one.heading}", "0.0"]
    rows[0] += ["n correct", "n incorrect", "score"]
    for place, (number, name, _) in enumerate(PEOPLE[:-1]):
        row = [name, 900 + place, number, "Section 1", 55, "S1", "2026-09-01 09:05:00 UTC", 1]
        for one in questions:
            row += [",".join(part.replace(",", "\\,") for part in answers(one, place)), "0.0"]
        rows.append([*row, 0, len(questions), "0.0"])
    return SourceFile("answers.csv", as_csv(rows))


EXPORTS = {
    "microsoft-forms": from_microsoft,
    "google-forms": from_google,
    "moodle-feedback": from_moodle,
    "canvas-quiz": from_canvas,
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("system", EXPORTS)
def test_answers_come_back_without_a_correction(system, language):
    found = asked(language)
    reading = read_class_list(class_list(), EXPORTS[system](found, language))
    roster = reading.require()
    columns = {column.heading: column.kind for column in roster.columns}
    meant = dict(zip(HEADINGS[language], KINDS, strict=False)) | dict(BESIDE[language])
    assert {heading: columns.get(heading) for heading in meant} == meant
    assert all(one.level is not Level.ERROR for one in rules_in(language).check(roster))
    for place, (number, *_) in enumerate(PEOPLE[:-1]):
        for question in found.questions(language):
            said = roster.by_id[number].answer(question.heading)
            parts = tuple(filter(None, re.split(r"[;,\n]\s*", said)))
            assert sorted(parts) == sorted(answers(question, place))
    assert list(reading.unanswered) == [PEOPLE[-1][0]]
    after = ask(reading, rules_in(language))
    assert after.addresses == (PEOPLE[-1][2],)
    assert PEOPLE[-1][1] in after.mail_list(language).content.decode("utf-8-sig")
    assert [one.heading for one in after.questions(language)] == [
        one.heading for one in found.questions(language)
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_form_has_every_question_and_the_note(language):
    found = asked(language)
    note = {"nl": "nergens anders voor", "en": "nothing else"}[language]
    for form in FORMS:
        content = found.form(form.key, language).content
        text = (
            "".join(zipfile.ZipFile(io.BytesIO(content)).read(name).decode() for name in _names(content))
            if form.suffix == "zip"
            else content.decode()
        )
        assert note in text
        for question in found.questions(language):
            assert question.heading in text
            assert all(choice in text for choice in question.choices)


def _names(content):
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_imports_are_well_formed_and_the_same_each_time():
    found = asked("en")
    root = ElementTree.fromstring(found.form("moodle-feedback", "en").content)
    kinds = [item.get("TYPE") for item in root.iter("ITEM")]
    assert root.get("VERSION") == "200701"
    assert len([kind for kind in kinds if kind != "label"]) == len(found.questions("en"))
    packed = found.form("canvas-quiz", "en").content
    for name in _names(packed):
        ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(packed)).read(name))
    assert packed == found.form("canvas-quiz", "en").content


def test_rows_of_one_question_are_a_grid_in_google_forms():
    rules = Rules(
        language="en",
        rules=[Overlap(kind="overlap", columns=("Availability [Monday]", "Availability [Tuesday]"))],
    )
    script = ask(read_class_list(class_list()), rules).form("google-forms", "en").content.decode()
    assert 'addCheckboxGridItem().setTitle("Availability")' in script
    assert '.setRows(["Monday", "Tuesday"]).setColumns(["morning", "afternoon", "evening"])' in script


def test_what_is_sensitive_or_in_the_class_list_is_not_asked():
    content = class_list().content.replace(b"Email", b"Email,Grade").replace(b".example", b".example,7")
    listed = SourceFile("class.csv", content)
    rules = Rules(
        language="en",
        rules=[
            NeverAlone(kind="never-alone", column="Ethnicity"),
            Balance(kind="balance", column="Grade"),
            Wish(kind="wish", columns=("Wish 1",)),
        ],
    )
    found = ask(read_class_list(listed), rules)
    assert [one.heading for one in found.questions("en")] == ["Wish 1"]
    assert [one.column for one in found.problems] == ["Ethnicity"]
    again = ask(read_class_list(listed), rules, again=True)
    assert [one.heading for one in again.questions("en")] == ["Grade", "Wish 1"]
