"""The rules file: how it is refused, with row, column and the nearest valid name."""

from __future__ import annotations

import pytest

from planner.model.problems import InputError, Level
from planner.rules import read_rules
from planner.rules.file_values import TEXTS

WAY_OUT = {
    "nl": (
        "Verbeter het in het regelbestand; in de documentatie staat op de pagina “The rules file” "
        "van elke regel een voorbeeld."
    ),
    "en": (
        "Correct it in the rules file; the page “The rules file” of the documentation "
        "has an example of each rule."
    ),
}


def refused(toml: str) -> list[tuple[str, int | None, str, str]]:
    """Return code, row, message and way out (in English) of everything that is refused."""
    with pytest.raises(InputError) as caught:
        read_rules(toml.encode(), "regels.toml")
    for problem in caught.value.problems:
        assert problem.level is Level.ERROR
        assert problem.file == "regels.toml"
        assert problem.text("nl") != problem.text("en")
    return [
        (p.code, p.row, p.message.text("en"), p.hint.text("en") if p.hint else "")
        for p in caught.value.problems
    ]


@pytest.mark.parametrize(
    ("toml", "row", "message", "hint"),
    [
        (
            'langauge = "nl"',
            1,
            "“langauge” is not a part of the rules file.",
            "Did you mean “language”?",
        ),
        ("[group]\nsize = [3, 5]", 1, "“group” is not a part of the rules file.", "Did you mean “groups”?"),
        ("\n[groups]\nsise = [3, 5]", 3, "“sise” is not a part of [groups].", "Did you mean “size”?"),
        ("groups.sise = [3, 5]", 1, "“sise” is not a part of [groups].", "Did you mean “size”?"),
        ("groups = { sise = 3 }", 1, "“sise” is not a part of [groups].", "Did you mean “size”?"),
        (
            '[groups]\nnames = "Groep {n}"\n[term]\n"names" = "x"',
            4,
            "“names” is not a part of [term].",
            "Possible: weeks, refresh_after, keep_familiar, max_moved, meet, starts, and time_zone.",
        ),
        (
            "[roles]\nopt-out = 'Rol'",
            2,
            "“opt-out” is not a part of [roles].",
            "Did you mean “opt_out”?",
        ),
        (
            '[[rule]]\nkind = "mix"\ncolumn = "X"\n\n[[rule]]\nkind = "balance"\ncolunm = "X"',
            7,
            "“colunm” is not a part of a rule of kind “balance”.",
            "Did you mean “column”?",
        ),
        (
            '[[rule]]\nkind = "apart"\nstudents = ["1", "2"]\nreason = "ruzie"',
            4,
            "“reason” is not a part of a rule of kind “apart”.",
            "Possible: kind, importance, and students.",
        ),
    ],
)
def test_an_unknown_key_is_refused_with_row_and_nearest(toml: str, row: int, message: str, hint: str) -> None:
    assert refused(toml) == [("unknown-key", row, message, hint)]


@pytest.mark.parametrize(
    ("toml", "row", "message", "hint"),
    [
        (
            '[[rule]]\nkind = "mix"\ncolumn = "X"\n[[rule]]\nkind = "balans"',
            4,
            "There is no rule of kind “balans”.",
            "Did you mean “balance”?",
        ),
        (
            '[[rule]]\nkind = "zzz"',
            1,
            "There is no rule of kind “zzz”.",
            "Possible: balance, mix, similar, never-alone, participation, overlap, limit, apart, together, "
            "wish, new-faces, and steady.",
        ),
        (
            '\n[[rule]]\ncolumn = "X"',
            2,
            "This rule does not say what kind it is.",
            "Possible: balance, mix, similar, never-alone, participation, overlap, limit, apart, together, "
            "wish, new-faces, and steady.",
        ),
    ],
)
def test_an_unknown_kind_is_refused_with_row_and_nearest(
    toml: str, row: int, message: str, hint: str
) -> None:
    assert refused(toml) == [("unknown-kind", row, message, hint)]


def test_everything_unknown_is_told_at_once() -> None:
    found = refused(
        'taal = "nl"\n[groups]\nsise = 3\n[[rule]]\nkind = "balans"\n[[rule]]\nkind = "mix"\nx = 1'
    )
    assert [(code, row) for code, row, _, _ in found] == [
        ("unknown-key", 1),
        ("unknown-key", 3),
        ("unknown-kind", 4),
        ("unknown-key", 8),
    ]


BALANCE = '[[rule]]\nkind = "balance"\ncolumn = "X"\n'
TOPIC = '[[topic]]\nname = "X"\n'
RANGE = "`groups` is two whole numbers, the smaller one first, such as [0, 2]."
LIMIT = '[[rule]]\nkind = "limit"\ncolumn = "X"\nvalue = "y"\n'
FAR = 10**20
SIZE = "The size is two whole numbers, the smaller one first, such as [3, 5]."


@pytest.mark.parametrize(
    ("toml", "row", "message"),
    [
        ('language = "fr"', 1, "“language” is one of these: nl and en; it cannot be fr."),
        ("[groups]\nsize = 3", 2, SIZE),
        ("[groups]\nsize = [3]", 2, SIZE),
        ("[groups]\nsize = [3, 4, 5]", 2, SIZE),
        ("[groups]\nsize = [5, 3]", 2, SIZE),
        ("[groups]\nsize = [0, 3]", 2, SIZE),
        ('[groups]\nsize = ["3", "x"]', 2, SIZE),
        ("[groups]\nsize = [3.5, 4]", 2, SIZE),
        ("[groups]\nsize = [3, 100000]", 2, "A group has at most 2000 students."),
        (f"[groups]\nprefer = {FAR}", 2, f"“prefer” is 2000 or less; it cannot be {FAR}."),
        (f"[groups]\ncount = {FAR}", 2, f"“count” is 20000 or less; it cannot be {FAR}."),
        (f"[roles]\nrotate_every = {FAR}", 2, f"“rotate_every” is 60 or less; it cannot be {FAR}."),
        (f"[term]\nkeep_familiar = {FAR}", 2, f"“keep_familiar” is 2000 or less; it cannot be {FAR}."),
        (f"[term]\nrefresh_after = [3, {FAR}]", 2, f"“refresh_after” is 60 or less; it cannot be {FAR}."),
        (f"[term]\nrefresh_after = {[3] * 61}", 2, "“refresh_after” is a list of at most 60."),
        ("[term]\nmax_moved = nan", 2, "“max_moved” is a number; it cannot be nan."),
        ("[term]\nmax_moved = inf", 2, "“max_moved” is a number; it cannot be inf."),
        (f"{BALANCE}within = nan", 4, "“within” is a number; it cannot be nan."),
        (f"{BALANCE}within = 1e300", 4, "“within” is 1000000 or less; it cannot be 1e+300."),
        (f"{LIMIT}at_least = {FAR}", 5, f"“at_least” is 20000 or less; it cannot be {FAR}."),
        (f"{LIMIT}at_most = {FAR}", 5, f"“at_most” is 20000 or less; it cannot be {FAR}."),
        (
            f'[[rule]]\nkind = "overlap"\ncolumns = ["X"]\nat_least = {FAR}',
            4,
            f"“at_least” is 2016 or less; it cannot be {FAR}.",
        ),
        (
            f'[[rule]]\nkind = "apart"\nstudents = {[str(n) for n in range(2001)]}',
            3,
            "“students” is a list of at most 2000.",
        ),
        (
            f'[[rule]]\nkind = "apart"\nstudents = {[str(n) for n in range(500)]}',
            1,
            "These rules name far more pairs of students than a class has use for.",
        ),
        (
            f"[groups]\nnames = '{'x' * 1000}{{n}}'",
            2,
            f"“names” is a text of at most 500 characters; it cannot be {'x' * 60}….",
        ),
        (
            f"[roles]\nnames = ['{'x' * 1000}']",
            2,
            f"“names” is a text of at most 500 characters; it cannot be {'x' * 60}….",
        ),
        (f"[groups]\ncount = '{'x' * 1000}'", 2, f"“count” is a whole number; it cannot be {'x' * 60}…."),
        ("[groups]\n\nprefer = 0", 3, "“prefer” is 1 or more; it cannot be 0."),
        ("[groups]\nprefer = 4.5", 2, "“prefer” is a whole number; it cannot be 4.5."),
        ('[groups]\ncount = "veel"', 2, "“count” is a whole number; it cannot be veel."),
        ("[groups]\ncount = [1]", 2, "“count” is a whole number."),
        ("[groups]\nprefer = 9", 1, "`prefer` is outside the allowed size."),
        ('[groups]\nnames = "Groep"', 2, "The names of groups need {n} once, where the number goes."),
        ('[groups]\nnames = "{n}{n}"', 2, "The names of groups need {n} once, where the number goes."),
        ('[groups]\nnames = "{n}"\n[roles]\nnames = ["A", " a "]', 4, "A role is named twice."),
        ('[roles]\nnames = ["A", " "]', 2, "There can be at most eight roles, each with a name."),
        (
            f"[roles]\nnames = {[str(n) for n in range(9)]}",
            2,
            "There can be at most eight roles, each with a name.",
        ),
        ("[roles]\nrotate_every = -1", 2, "“rotate_every” is 0 or more; it cannot be -1."),
        ('[term]\nmeet = "old"', 2, "“meet” is one of these: familiar and new; it cannot be old."),
        ("[term]\nweeks = 61", 2, "“weeks” is 60 or less; it cannot be 61."),
        ("[term]\nrefresh_after = 5", 2, "“refresh_after” is a list between [ and ]; it cannot be 5."),
        ("[term]\nmax_moved = 1.5", 2, "“max_moved” is 1 or less; it cannot be 1.5."),
        ('[term]\nmax_moved = "x"', 2, "“max_moved” is a number; it cannot be x."),
        ('[[rule]]\nkind = "mix"', 1, "“column” is missing here."),
        ('[[rule]]\nkind = "mix"\ncolumn = ""', 3, "“column” is a text that is not empty."),
        (
            '[[rule]]\nkind = "mix"\ncolumn = 3',
            3,
            "“column” is a text between quotation marks; it cannot be 3.",
        ),
        (
            f'{BALANCE}importance = "heel"',
            4,
            "“importance” is one of these: must, important, and nice; it cannot be heel.",
        ),
        (f"{BALANCE}within = 0", 4, "“within” is more than 0; it cannot be 0."),
        (f"{BALANCE}within = inf", 4, "“within” is a number; it cannot be inf."),
        (
            f'[term]\nweeks = 3\n{BALANCE}importance = "must"',
            3,
            "A required balance needs `within`: how far a group average may be from the class average.",
        ),
        (LIMIT, 1, "A limit needs `at_least`, `at_most` or both."),
        (f"{LIMIT}at_least = 3\nat_most = 2", 1, "`at_least` is more than `at_most`."),
        (f"{LIMIT}at_least = -1", 5, "“at_least” is 0 or more; it cannot be -1."),
        ('[[rule]]\nkind = "apart"\nstudents = ["1", "1"]', 3, "A student is named twice."),
        (
            '[[rule]]\nkind = "new-faces"\ncolumns = ["T"]\nkeep_one = true\nhalf_after = 1',
            1,
            "`half_after` is for meeting new people; with `keep_one` one person is enough.",
        ),
        ('[[rule]]\nkind = "together"\nstudents = ["1", "1"]', 3, "A student is named twice."),
        ('[[rule]]\nkind = "apart"\nstudents = ["1"]', 3, "“students” is a list of at least 2."),
        (
            '[[rule]]\nkind = "steady"\nimportance = "must"',
            3,
            "This rule is a preference: `important` or `nice`, never `must`.",
        ),
        ('[[rule]]\nkind = "wish"\ncolumns = []', 3, "“columns” is a list of at least one."),
        (
            '[goals]\ncourse = ["Lezen", "lezen"]',
            2,
            "A learning goal needs a text, and can be listed only once.",
        ),
        (
            f"[goals]\ncourse = {[f'Doel {n}' for n in range(21)]}",
            2,
            "There can be at most twenty learning goals.",
        ),
        (
            '[goals]\ncourse = ["Lezen"]\nlinks = { "1001" = "Rennen" }',
            1,
            "A student is linked to a learning goal that is not in the list `course`.",
        ),
        (
            '[[rule]]\nkind = "overlap"\ncolumns = "Vrij"',
            3,
            "“columns” is a list between [ and ]; it cannot be Vrij.",
        ),
        (f"{TOPIC}groups = [2, 1]", 3, RANGE),
        (f"{TOPIC}groups = 2", 3, RANGE),
        (
            f"{TOPIC}groups = [0, 0]",
            3,
            "With `groups` at most 0, no group can have this one: leave it out, or allow more.",
        ),
        (f"{TOPIC}{TOPIC}", 3, "A topic is here for the second time."),
        ('[[tutor]]\nname = "A"\n[[tutor]]\nname = "a "', 3, "A tutor is here for the second time."),
        ('[[room]]\nname = "A"\n[[room]]\nname = "a"', 3, "A room is here for the second time."),
        (
            '[topics]\nchoices = ["X"]\nscores = "{topic}"',
            1,
            "Topics are chosen in columns with `choices`, or get `scores`; not both.",
        ),
        (
            '[topics]\nscores = "X"',
            1,
            "`scores` is a heading with {topic} once, where the name of each topic goes.",
        ),
    ],
)
def test_a_value_that_does_not_fit_is_refused(toml: str, row: int, message: str) -> None:
    ((code, found_row, text, hint),) = refused(toml)
    assert code.startswith("rules-")
    assert (found_row, text, hint) == (row, message, WAY_OUT["en"])


def test_every_text_of_a_refusal_occurs_above() -> None:
    told = {
        message
        for mark in test_a_value_that_does_not_fit_is_refused.pytestmark  # type: ignore[attr-defined]
        for _, _, message in mark.args[1]
    }
    assert {text.text("en") for text in TEXTS.values()} <= told


def test_the_same_refusal_in_dutch() -> None:
    with pytest.raises(InputError) as caught:
        read_rules(f"{LIMIT}at_least = 3\nat_most = 2".encode(), "regels.toml")
    assert [problem.text("nl") for problem in caught.value.problems] == [
        f"regels.toml, rij 1: `at_least` is meer dan `at_most`. {WAY_OUT['nl']}"
    ]
    with pytest.raises(InputError) as caught:
        read_rules(b"[term]\nweeks = 61", "regels.toml")
    assert caught.value.problems[0].text("nl") == (
        f"regels.toml, rij 2, kolom weeks: “weeks” is 60 of minder; 61 kan niet. {WAY_OUT['nl']}"
    )


@pytest.mark.parametrize(
    ("toml", "row", "message"),
    [
        ("language = 'nl'\ngroups = 3", 2, "“groups” needs its own section."),
        ("[[groups]]\nsize = [3, 5]", 1, "“groups” needs its own section."),
        ("roles = []", 1, "“roles” needs its own section."),
        ('\n[rule]\nkind = "mix"\ncolumn = "X"', 2, "A rule needs its own section."),
        ("rule = [1]", 1, "A rule needs its own section."),
        ('rule = "mix"', 1, "A rule needs its own section."),
        ("\n" + '[[rule]]\nkind = "x"\n' * 1_001, 2_002, "There are 1001 rules; the limit is 1000."),
    ],
)
def test_a_part_in_the_wrong_shape_is_refused(toml: str, row: int, message: str) -> None:
    ((code, found_row, text, hint),) = refused(toml)
    assert (code, found_row, text) == ("rules-shape", row, message)
    assert hint.startswith(("Write [", "Remove"))


@pytest.mark.parametrize(
    ("toml", "code", "row"),
    [
        ("language = nl", "rules-syntax", 1),
        ("language = 'nl'\nx", "rules-syntax", 2),
        ("language = 'nl'\na = [", "rules-syntax", 2),
        ("[groups]\nsize = [3, 5]\nsize = [3, 5]", "rules-twice", 3),
        ('[rule]\nkind = "mix"\n\n[rule]\nkind = "mix"', "rules-twice", 4),
    ],
)
def test_what_is_no_toml_is_refused_with_its_row(toml: str, code: str, row: int) -> None:
    assert [(found, place) for found, place, _, _ in refused(toml)] == [(code, row)]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_rules(b"\xff\xfe\x00", "regels.toml")
    assert [problem.text("nl") for problem in caught.value.problems] == [
        "regels.toml: Dit regelbestand is geen gewone tekst. Sla het op als UTF-8-tekst."
    ]


@pytest.mark.parametrize(
    ("toml", "code", "row"),
    [
        ("x = " + "[" * 3_000, "rules-deep", 1),
        ("[groups]\nx = " + "{a=" * 3_000, "rules-deep", 2),
        ("[groups]\nprefer = 1" + "0" * 4_400, "rules-number", 2),
        ("[groups]\nprefer = 0x" + "f" * 100_000, "rules-number", 2),
        ("\n" + ".".join("a" * 20_000) + " = 1", "rules-parts", 2),
        ("\n[" + " . ".join("a" * 20_000) + "]", "rules-parts", 2),
        ("\n[[" + ".".join(["'a'"] * 20_000) + "]]", "rules-parts", 2),
        ("x = {" + ".".join(['"a"'] * 20_000) + " = 1}", "rules-parts", 1),
        ("x = '" + "a" * 1_000_000 + "'", "rules-large", None),
    ],
)
def test_what_takes_more_to_read_than_it_takes_room_is_refused(toml: str, code: str, row: int | None) -> None:
    """A few kilobytes once took all that a parser had, and ended in a traceback."""
    assert [(found, place) for found, place, _, _ in refused(toml)] == [(code, row)]


@pytest.mark.parametrize(
    "toml",
    [
        "# [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ 1.2.3.4.5.6.7.8.9.10.11.12.13",
        "[groups]\nnames = '[[[[[[[[[[[[[[[[[[[[[[[[[[[[ {n} 1.2.3.4.5.6.7.8.9.10.11.12.13'",
        '[groups]\nnames = """\n[[[[[[[[[[[[[[[[[[[[[[[[[[\\" {n} """',
        "[groups]\nnames = '''[[[[[[[[[[[[[[[[[[[[[[[[[[[['{n}'''",
        f"[goals]\ncourse = ['A']\n[goals.links]\n{'9' * 90} = 'A'",
        "\n" * 900_000,
    ],
)
def test_what_stands_between_quotation_marks_is_no_bracket(toml: str) -> None:
    read_rules(toml.encode())


def test_of_very_many_mistakes_the_first_are_told() -> None:
    assert len(refused("\n".join(f"x{n} = 1" for n in range(30_000)))) == 20
    assert len(refused('[[rule]]\nkind = "mix"\ncolumn = 3\n' * 900)) == 20
