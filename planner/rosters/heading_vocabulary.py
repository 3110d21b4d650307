"""The headings that coordinators, student administrations and LMSs use, in Dutch and English.

Headings are compared without capitals, accents, spaces and signs: `compact`.
Where a heading is a whole question, its wording tells: `asked`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from planner.model.answers import HOW_MANY
from planner.model.domain import ColumnKind
from planner.model.values import normalize_text
from planner.rosters.people_headings import asked_of_people

_HEADINGS: dict[ColumnKind, str] = {
    ColumnKind.STUDENT_NUMBER: """
        student id, student number, student no, student nr, student num, student code, student id number,
        studentnummer, student nummer, studentnr, studnr, studentcode, studienummer, stamnummer, stamnr,
        leerlingnummer, leerlingnr, leerlingcode, deelnemernummer, deelnemersnummer, deelnemernr,
        inschrijfnummer, collegekaartnummer, registratienummer, registration number, matriculation number,
        org defined id, organisation defined id, organization defined id, sis user id, sis id, sis student id,
        id number, id nummer, s nummer, u nummer, unr, snr, nummer student,
        number student, studentidentificatie
    """,
    ColumnKind.EMAIL: """
        email, e mail, mail, email address, e mail address, mail address, e mailadres, emailadres, mailadres,
        email adres, schoolmail, school email, student email, studentmail, studentenmail, email student,
        e mail student, e mailadres student, instellingsmail, instellingse mail, e mail instelling,
        email school, e mail school, e mail universiteit, e mail hogeschool, university email,
        institutional email, user principal name, upn, primary email
    """,
    ColumnKind.USERNAME: """
        username, user name, user, gebruikersnaam, gebruiker, login, login id, loginnaam, inlognaam,
        login name, sis login id, netid, net id, solis id, uvanetid, vunetid, ulcn, ru nummer, log,
        accountnaam, log name, inlogcode
    """,
    ColumnKind.LMS_KEY: "canvas user id, user id, integration id, moodle id, brightspace id, lms id",
    ColumnKind.NAME: """
        name, naam, full name, fullname, volledige naam, student, student name, studentnaam, naam student,
        name student, student full name, leerling, naam leerling, leerlingnaam, deelnemer, naam deelnemer,
        participant, display name, weergavenaam, first name last name, first name surname,
        voornaam achternaam, voor en achternaam, first and last name, last name first name,
        achternaam voornaam, sortable name, roepnaam achternaam, name surname, roepnaam en achternaam
    """,
    ColumnKind.FIRST_NAME: """
        first name, firstname, voornaam, roepnaam, given name, given names, voornamen, voorletters, initialen,
        initials, call name, preferred name, preferred first name, forename, known as, first names
    """,
    ColumnKind.INFIX: """
        tussenvoegsel, tussenvoegsels, voorvoegsel, voorvoegsels, infix, infixes, prefix, tussenv, tussenvgsl,
        tv, tsv, voorv, name prefix, surname prefix, last name prefix, tussenvoegsel achternaam,
        voorvoegsel achternaam
    """,
    ColumnKind.LAST_NAME: """
        last name, lastname, surname, achternaam, familienaam, family name, geslachtsnaam, last names,
        achternaam student
    """,
    ColumnKind.SECTION: """
        section, sections, sectie, secties, class, classes, klas, klassen, lesgroep, lesgroepen, werkgroep,
        werkgroepen, werkcollege, werkcollegegroep, collegegroep, practicumgroep, practicum, mentorgroep,
        stamgroep, stamklas, basisgroep, tutorial, tutorial group, seminar group, course section, lab group,
        lab section, cohort, klascode
    """,
    ColumnKind.GROUP: """
        group, groups, groep, groepen, team, teams, group name, groepsnaam, groepnaam, naam groep, teamnaam,
        team name, studiegroep, study group, subgroep, subgroup, projectgroep, project group, project team,
        projectteam, group code, groepscode, groepsnummer, groepnummer, groepnr, group number, group no,
        pre assign room name, breakout room, leerteam, tutorgroep
    """,
    ColumnKind.ROLE: """
        role, roles, rol, rollen, course role, role in course, rol in cursus, cursusrol, gebruikersrol,
        user role, role in week, rol in week, enrollment role, enrolment role, functie
    """,
    ColumnKind.CATEGORY: """
        gender, geslacht, sekse, sex, m v, m v x, man vrouw, aanhef, voornaamwoorden, pronouns, opleiding,
        opleidingsnaam, opleidingscode, studie, studierichting, richting, studieprogramma, study, programme,
        program, study programme, degree programme, degree program, degree, vooropleiding, prior education,
        profiel, major, minor, specialisatie, specialization, specialisation, niveau, level, leerdoel,
        learning goal, leerjaar, studiejaar, jaarlaag, year of study, study year, instroomjaar, startjaar,
        faculteit, faculty, department, institution, vorm, opleidingsvorm, voltijd deeltijd, locatie,
        location, campus, taal, language, voertaal, werkt parttime, status
    """,
    ColumnKind.IGNORED: """
        timestamp, tijdstempel, start time, completion time, last modified time, begintijd, starttijd,
        tijd van voltooien, voltooiingstijd, tijd van laatste wijziging, time submitted, submitted at,
        ingezonden op, last access, last access to course, laatste toegang, laatste toegang tot cursus,
        last login, laatste login, end of line indicator, telefoon, telefoonnummer, mobiel,
        mobiel nummer, mobiele telefoon, phone, phone number, mobile, mobile phone, tel, adres, address,
        straat, street, huisnummer, postcode, postal code, zip, zip code, geboortedatum, geb datum,
        date of birth, birth date, birthdate, dob, rijnummer, row number, volgnummer, regel, foto, photo,
        canvas group id, root log, child course id, iban
    """,
}

# Too general to trust by themselves: the values decide.
WEAK = frozenset({"id", "nr", "no", "nummer", "number", "num", "code", "key", "sleutel", ""})

_SLOTS = re.compile(
    r"beschikba|availab|dagde(e)?l(en)?|tijdslot|tijdvak|time ?slots?|free (slot|time|moment|half)"
    r"|vrije (dag|moment|tijd|uren)|(wanneer|welke? (dag|moment|tijd)\w*) .*\b(kun|kan|ben|past|schikt|vrij)"
    r"|(when|which (day|time|moment)s?) .*\b(can|could|are|free|suits?|works?)\b"
)
_MOMENT = re.compile(
    r"(ma(andag)?|di(nsdag)?|wo(ensdag)?|do(nderdag)?|vr(ijdag)?|za(terdag)?|zo(ndag)?"
    r"|mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?)"
    r" ?(ochtend|morgen|voormiddag|middag|namiddag|avond|morning|afternoon|evening|am|pm)?( \d{1,4})*( uur)?"
)
_ZONE = re.compile(r"\b(time ?zones?|tijdzones?)\b")
_OF_THE_PERSON = r"(je|jouw|uw|your|mijn|my)"
_QUESTIONS: tuple[tuple[re.Pattern[str], ColumnKind], ...] = (
    (
        re.compile(r"\b(student(en)?|studie|stam|leerling) ?(nummer|number|nr|id)\b|\bstudent no\b"),
        ColumnKind.STUDENT_NUMBER,
    ),
    (re.compile(r"\be ?mail( ?adres| address)?\b"), ColumnKind.EMAIL),
    (
        re.compile(
            rf"\b{_OF_THE_PERSON} (volledige |full |complete )?(naam|name)\b(?! van| of)"
            r"|\bvoor (en )?achternaam\b|\bfirst (and )?last name\b|\b(volledige naam|full name)\b"
        ),
        ColumnKind.NAME,
    ),
    (re.compile(rf"\b{_OF_THE_PERSON} (voornaam|roepnaam|first name)\b"), ColumnKind.FIRST_NAME),
    (re.compile(rf"\b{_OF_THE_PERSON} (achternaam|last name|surname)\b"), ColumnKind.LAST_NAME),
)
_LONGEST_HEADING = 400  # letters that are looked at
_LONGEST_QUESTION = 14  # words; a longer one asks for more than a number or a name
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS = re.compile(r"[^0-9a-z]+")


def spaced(heading: str) -> str:
    """Return a heading as plain words: ``"E-mail #2?"`` is ``"e mail nr 2"``."""
    return " ".join(_SIGNS.sub(" ", normalize_text(heading).replace("#", " nr ")).split())


def compact(heading: str) -> str:
    """Return a heading as one word, to look it up: ``"SIS Login ID"`` is ``"sisloginid"``."""
    return spaced(heading).replace(" ", "")


_KINDS = {
    compact(heading): kind
    for kind, headings in _HEADINGS.items()
    for heading in headings.split(",")
    if heading
}


@lru_cache(maxsize=4096)
def listed(heading: str) -> ColumnKind | None:
    """Return the kind of a heading that is in the list; a number at its end may differ."""
    if len(heading) > 120:
        return None
    for form in (heading, _IN_BRACKETS.sub(" ", heading)):
        word = compact(form)
        kind = _KINDS.get(word) or _KINDS.get(word.rstrip("0123456789"))
        if kind is not None:
            return kind
    return None


PEOPLE = frozenset(
    {
        ColumnKind.STUDENT_NUMBER,
        ColumnKind.EMAIL,
        ColumnKind.USERNAME,
        ColumnKind.NAME,
        ColumnKind.FIRST_NAME,
        ColumnKind.LAST_NAME,
    }
)


def weight(cell: str) -> int:
    """Return how much a cell looks like a heading: most when it says who somebody is."""
    if listed(cell) in PEOPLE:
        return 2
    return int(is_heading(cell))


def is_heading(cell: str) -> bool:
    """Whether a cell is a heading that we know, be it a vague one."""
    return listed(cell) is not None or (len(cell) < 20 and compact(cell) in WEAK - {""})


def is_moment(heading: str) -> bool:
    """Whether a heading is a part of the week, as in a table with a column for each."""
    return _MOMENT.fullmatch(spaced(heading[:_LONGEST_HEADING])) is not None


def asked(heading: str) -> ColumnKind | None:
    """Return the kind of a heading by the wording of its question."""
    words = spaced(heading[:_LONGEST_HEADING])
    people = asked_of_people(words, heading[:_LONGEST_HEADING])
    if people is not None:
        return people
    if _ZONE.search(words) and len(words.split()) <= _LONGEST_QUESTION:
        return ColumnKind.TIME_ZONE
    if _SLOTS.search(words) and not HOW_MANY.search(words):
        return ColumnKind.SLOTS
    if len(words.split()) > _LONGEST_QUESTION:
        return None
    return next((kind for pattern, kind in _QUESTIONS if pattern.search(words)), None)
