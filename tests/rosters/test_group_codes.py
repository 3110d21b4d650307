"""The groups that Blackboard has by itself, read from its own export."""

from __future__ import annotations

import pytest

from planner.model.problems import InputError
from planner.rosters import GroupCodes, SourceFile, read_group_codes

HEADINGS = "Group Code,Title,Description,Group Set,Available,Self Enroll,Max Enrollment"
EXPORT = f"""{HEADINGS}
Project_gc_1,Groep 1,"<p>Met, komma</p>",Projectgroepen,Y,N,0
Project_gc_2, groep  2 ,,Projectgroepen,Y,N,0
Other_gc_1,Werkgroep A,,Werkgroepen,Y,Y,0
,Nog zonder code,,Projectgroepen,Y,N,0
"""


def read(text: str, encoding: str = "utf-8") -> GroupCodes:
    return read_group_codes(SourceFile("groups.csv", text.encode(encoding)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_codes_by_title_and_the_set_that_most_are_in(encoding: str) -> None:
    found = read(EXPORT, encoding)
    assert [
        found.code(name) for name in ("Groep 1", "Groep 2", "werkgroep a", "Groep 3", "Nog zonder code")
    ] == [
        "Project_gc_1",
        "Project_gc_2",
        "Other_gc_1",
        None,
        None,
    ]
    assert found.group_set == "Projectgroepen"


def test_the_template_with_five_columns_and_no_groups_yet() -> None:
    found = read("Group Code,Title,Description,Group Set,Self Enroll\nA,Rood,,,N\n")
    assert (found.code("Rood"), found.group_set) == ("A", "")
    assert read(HEADINGS + "\n") == GroupCodes({})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Group Code,User Name\nA,noor\n", "no-group-codes"),
        ("Naam,Nummer\nNoor,1000001\n", "no-group-codes"),
        (EXPORT + "Other_gc_2,GROEP 1,,Werkgroepen,Y,Y,0\n", "codes-twice"),
        ("", "empty-file"),
    ],
)
def test_what_is_no_such_export_is_told_with_a_way_out(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == (code, "groups.csv")
    assert problem.hint is not None
