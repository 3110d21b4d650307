"""Which system a file comes from, and what that system's headings mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.model.domain import ColumnKind
from planner.model.text import Message, message
from planner.rosters.heading_vocabulary import compact
from planner.rosters.table import ClassTable

_K = ColumnKind
_NUMBERED = re.compile(r"^\d+: ")  # a question of a quiz


@dataclass(frozen=True)
class Source:
    """A system whose files we know.

    Attributes
    ----------
    code : str
    title : Message
    needs : tuple of tuple of str
        Headings by which the file is known: at least one of each inner tuple.
    kinds : mapping
        What its headings mean, where that differs from the general list.
    keys : mapping
        Headings whose cells an import asks for, and the name of that key.
    ignored : pattern or None
        Headings of scores, totals and the like.
    mark : pattern or None
        What at least one heading must look like besides.
    survey : bool
        Whether rows are answers, of which one person can have given several.
    before : pattern or None
        What its export puts before a question, to be taken off.
    """

    code: str
    title: Message
    needs: tuple[tuple[str, ...], ...] = ()
    kinds: Mapping[str, ColumnKind] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    ignored: re.Pattern[str] | None = None
    mark: re.Pattern[str] | None = None
    survey: bool = False
    before: re.Pattern[str] | None = None

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether a file with these headings comes from here."""
        words = {compact(heading) for heading in headings}
        return all(words.intersection(either) for either in self.needs) and (
            self.mark is None or any(self.mark.search(heading) for heading in headings)
        )

    def kind(self, heading: str) -> ColumnKind | None:
        """Return what a heading means in files from here, or None where that is not special."""
        known = self.kinds.get(compact(heading))
        if known is not None:
            return known
        if self.ignored is not None and self.ignored.search(heading):
            return ColumnKind.IGNORED
        return None


_FIRST = ("firstname", "voornaam", "firstnames", "roepnaam")
_LAST = ("lastname", "surname", "achternaam")
_NUMBER = ("stamnummer", "studienummer", "studentnummer", "leerlingnummer", "deelnemernummer", "stamnr")

PLAIN = Source("plain", message("Class list"))

SOURCES: tuple[Source, ...] = (
    Source(
        "canvas-groups",
        message("Canvas group export"),
        needs=(("canvasuserid",), ("groupname", "canvasgroupid")),
        kinds={
            "name": _K.NAME,
            "canvasuserid": _K.LMS_KEY,
            "userid": _K.STUDENT_NUMBER,
            "loginid": _K.USERNAME,
            "sections": _K.SECTION,
            "groupname": _K.GROUP,
            "canvasgroupid": _K.IGNORED,
            "groupid": _K.IGNORED,
        },
        keys={"canvasuserid": "canvas_user_id", "userid": "user_id", "loginid": "login_id"},
    ),
    Source(
        "canvas-quiz",
        message("Canvas Student Analysis"),
        needs=(("name",), ("id",), ("section",), ("submitted",)),
        mark=_NUMBERED,
        kinds={
            "name": _K.NAME,
            "id": _K.LMS_KEY,
            "sisid": _K.STUDENT_NUMBER,
            "rootaccount": _K.IGNORED,
            "section": _K.IGNORED,
            "sectionid": _K.IGNORED,
            "sectionsisid": _K.IGNORED,
            "submitted": _K.IGNORED,
            "attempt": _K.IGNORED,
            "ncorrect": _K.IGNORED,
            "nincorrect": _K.IGNORED,
            "score": _K.IGNORED,
        },
        keys={"id": "canvas_user_id", "sisid": "user_id"},
        ignored=re.compile(r"^\d+(?:\.\d+)?(?: \(\d+\))?$"),  # what a question scores
        survey=True,
        before=_NUMBERED,
    ),
    Source(
        "canvas-gradebook",
        message("Canvas gradebook"),
        needs=(("student", "lastname"), ("id",), ("sisloginid", "sisuserid"), ("section",)),
        kinds={
            "student": _K.NAME,
            "id": _K.LMS_KEY,
            "sisuserid": _K.STUDENT_NUMBER,
            "sisloginid": _K.USERNAME,
            "integrationid": _K.LMS_KEY,
            "rootaccount": _K.IGNORED,
            "section": _K.SECTION,
        },
        keys={
            "id": "canvas_user_id",
            "sisuserid": "user_id",
            "sisloginid": "login_id",
            "integrationid": "integration_id",
        },
        ignored=re.compile(
            r"\(\d+\)\s*$|\b(Current|Final) (Score|Grade|Points)\s*$|^Override (Score|Grade|Status)\s*$"
        ),
    ),
    Source(
        "brightspace",
        message("Brightspace grade export"),
        needs=(("orgdefinedid", "endoflineindicator"), ("username", "orgdefinedid")),
        kinds={
            "orgdefinedid": _K.STUDENT_NUMBER,
            "username": _K.USERNAME,
            "endoflineindicator": _K.IGNORED,
        },
        keys={"orgdefinedid": "org_defined_id", "username": "username"},
        ignored=re.compile(
            r"\b(Points|Text|Weighted|Calculated|Adjusted|Final|Letter|Scheme)\b.*"
            r"\b(Grade|Numerator|Denominator|Symbol)\b|<[^<>]*MaxPoints",
            re.IGNORECASE,
        ),
    ),
    Source(
        "blackboard",
        message("Blackboard gradebook"),
        needs=(("lastname", "achternaam"), ("firstname", "voornaam"), ("username", "gebruikersnaam")),
        mark=re.compile(r"\|\s*\d+\s*$|^(Child Course ID|Availability)$", re.IGNORECASE),
        kinds={"studentid": _K.STUDENT_NUMBER, "username": _K.USERNAME, "availability": _K.IGNORED},
        keys={"username": "username", "gebruikersnaam": "username"},
        ignored=re.compile(r"\|\s*\d+\s*$|\[Total Pts", re.IGNORECASE),
    ),
    Source(
        "own-groups",
        message("Group list of Hecht"),
        needs=(("studentid",), ("name",), ("group",), ("role",)),
    ),
    Source(
        "microsoft-forms",
        message("Microsoft Forms"),
        needs=(
            ("starttime", "begintijd", "starttijd"),
            ("completiontime", "tijdvanvoltooien", "voltooiingstijd", "eindtijd"),
        ),
        kinds={
            "id": _K.IGNORED,
            "eindtijd": _K.IGNORED,
            "totalpoints": _K.IGNORED,
            "totaalaantalpunten": _K.IGNORED,
        },
        ignored=re.compile(
            r"^(Points|Punten|Feedback)\s*[-–:]|^(Quiz feedback|Feedback voor de quiz|Grade posted time)$",
            re.IGNORECASE,
        ),
        survey=True,
    ),
    Source(
        "google-forms",
        message("Google Forms"),
        needs=(("timestamp", "tijdstempel"),),
        kinds={"score": _K.IGNORED, "username": _K.EMAIL, "gebruikersnaam": _K.EMAIL},
        survey=True,
    ),
    Source(
        "student-administration",
        message("Student administration"),
        needs=(_NUMBER, ("tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels", "infix", "voorv")),
    ),
    Source(
        "moodle-feedback",
        message("Moodle feedback"),
        needs=(("fullname", "volledigenaam"), ("groups", "groepen"), ("date", "datum")),
        kinds={"groups": _K.IGNORED, "groepen": _K.IGNORED, "date": _K.IGNORED, "datum": _K.IGNORED},
        survey=True,
    ),
    Source(
        "moodle",
        message("Moodle participants"),
        needs=(
            _FIRST,
            _LAST,
            (
                "lastaccess",
                "lastaccesstocourse",
                "laatstetoegang",
                "laatstetoegangtotcursus",
                "groups",
                "groepen",
                "idnumber",
                "idnummer",
                "roles",
                "rollen",
            ),
        ),
        keys={"username": "username", "gebruikersnaam": "username"},
    ),
)


def recognise(headings: Sequence[str]) -> Source:
    """Return the first known source that a file with these headings can come from."""
    return next((source for source in SOURCES if source.fits(headings)), PLAIN)


def as_asked(table: ClassTable, source: Source) -> ClassTable:
    """Return a table with questions as they were asked, without what an export puts before them.

    Parameters
    ----------
    table : ClassTable
    source : Source
        Which system wrote the file.

    Returns
    -------
    ClassTable
    """
    before = source.before
    if before is None:
        return table
    return replace(table, headings=tuple(before.sub("", heading) for heading in table.headings))
