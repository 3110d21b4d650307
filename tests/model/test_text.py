"""Every text can be read in Dutch and in English, says what it says alike, and puts no label on anyone."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

import pytest
from pydantic import ValidationError

from planner.model.problems import InputError, Level, Problem
from planner.model.text import (
    LANGUAGES,
    LOCALE_FOLDER,
    Language,
    Message,
    message,
    plural_message,
)
from tests.builders.labels import LABELS
from tests.builders.texts import (
    CATALOGUES,
    KEYWORDS,
    PLANNER,
    ROOMS,
    catalogue,
    dutch,
    room_of,
    sources,
    translations,
    used,
)


def told(what: str, where: Iterable[object]) -> str:
    """Return a list that pytest shows whole."""
    return "\n".join([what, *sorted(map(str, where))])


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_has_its_dutch(room: str) -> None:
    missing = {
        f"{text.place}: {text.texts[0]!r}"
        for text in used()
        if text.room == room and not all(dutch().get(text.texts, ("",)))
    }
    assert not missing, told(f"{len(missing)} texts of {room} without Dutch", missing)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_dutch_has_the_same_gaps(path: Path) -> None:
    different = [
        f"{text!r} -> {translated!r}"
        for ids, strings in translations(path)
        for text, translated in zip(ids, strings, strict=True)
        if gaps(text) != gaps(translated)
    ]
    assert not different, told("other gaps", different)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_dutch_is_left_over(path: Path) -> None:
    in_use = {text.texts for text in used()}
    left_over = [ids for ids, _ in translations(path) if ids not in in_use]
    assert not left_over, told("texts that nobody says any more", left_over)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_each_text_once_and_none_in_doubt(path: Path) -> None:
    rows = path.read_text("utf-8").splitlines()
    assert sum(row.startswith("msgid ") for row in rows) == len(list(translations(path))) + 1
    assert not [sentence.id for sentence in catalogue(path) if sentence.fuzzy and sentence.id]
    assert not catalogue(path).obsolete
    assert catalogue(path).num_plurals == 2


def test_no_text_has_two_translations() -> None:
    first: dict[str, tuple[str, tuple[str, ...]]] = {}
    different = []
    for path in CATALOGUES:
        for ids, strings in translations(path):
            before, said = first.setdefault(ids[0], (path.stem, strings))
            if said != strings:
                different.append(f"{ids[0]!r}: {said} in {before}, {strings} in {path.stem}")
    assert not different, told("texts with two translations", different)


def test_no_text_puts_a_label_on_people() -> None:
    pattern = re.compile(rf"\b({'|'.join(LABELS)})\b", re.IGNORECASE)
    texts = {template for text in used() for template in text.texts}
    texts |= {translated for strings in dutch().values() for translated in strings}
    assert len(texts) > 300
    assert not [text for text in sorted(texts) if pattern.search(text)]


@pytest.mark.parametrize(
    "text", ["zwakke studenten", "A weak group", "minderheid", "Probleemleerling", "met een achterstand"]
)
def test_the_list_of_labels_finds_them(text: str) -> None:
    assert re.search(rf"\b({'|'.join(LABELS)})\b", text, re.IGNORECASE)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            yield node.func.id, node


@pytest.mark.parametrize("room", ROOMS)
def test_templates_are_literal_and_every_gap_is_filled(room: str) -> None:
    wrong = []
    for path in sources():
        if room_of(path) != room:
            continue
        for name, call in calls(path):
            place = f"{path.relative_to(PLANNER.parent)}:{call.lineno}"
            templates = call.args[: 1 if name == "message" else 2]
            if not all(isinstance(t, ast.Constant) and isinstance(t.value, str) for t in templates):
                wrong.append(f"{place}: the template is no literal")
                continue
            filled = {keyword.arg for keyword in call.keywords} | (
                {"n"} if name == "plural_message" else set()
            )
            wanted = set().union(*(gaps(str(t.value)) for t in templates if isinstance(t, ast.Constant)))
            if None not in filled and wanted - filled:
                wrong.append(f"{place}: nothing fills {sorted(wanted - filled)}")
            if None not in filled and filled - wanted - {"n"}:
                wrong.append(f"{place}: no gap for {sorted(str(gap) for gap in filled - wanted - {'n'})}")
    assert not wrong, told("calls", wrong)


# How a message is read


def test_lists_and_numbers_are_written_as_in_the_language() -> None:
    sentence = message(
        "{column}: {group_mean} on average; the class has {class_mean}.",
        column="Cijfer",
        group_mean=7.256,
        class_mean=1234.5,
    )
    assert sentence.text("nl") == "Cijfer: gemiddeld 7,26; de klas heeft 1234,5."
    assert sentence.text("en") == "Cijfer: 7.26 on average; the class has 1234.5."
    listed = message("{names} are in one group.", names=["Noor", "Sem", "Ali"])
    assert listed.text("nl") == "Noor, Sem en Ali zitten in één groep."
    assert listed.text("en") == "Noor, Sem, and Ali are in one group."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [1e26, -1e26, 1.7e308])
def test_a_number_of_any_size_can_be_said(language: Language, value: float) -> None:
    """A saved course with such a number opened, and the page that says it broke."""
    said = message("Penalty {cost}", cost=value).text(language)
    assert float(said.split()[-1]) == value


def test_what_fills_a_gap_is_never_read_as_a_template() -> None:
    sentence = message("Apart: {students}", students=("{students}", "{0.__class__}"))
    assert sentence.text("nl") == "Uit elkaar: {students} en {0.__class__}"


@pytest.mark.parametrize(
    "template", ["{a.__class__}", "{a[0]}", "{a!r}", "{a:>1000000000}", "{b}", "{0}", "{", "{n}"]
)
def test_a_message_from_a_file_fills_plain_gaps_alone(template: str) -> None:
    """A message in a saved plan could reach into what fills it, ask for any room, or not be filled."""
    with pytest.raises(ValidationError):
        Message.model_validate({"template": template, "values": {"a": "x"}})
    with pytest.raises(ValidationError):
        Message.model_validate({"template": "One", "plural": template, "values": {"a": "x"}})


def test_a_message_that_counts_has_two_forms() -> None:
    def sized(count: int) -> list[str]:
        sentence = plural_message(
            "One student; preferably {prefer}.", "{n} students; preferably {prefer}.", count, prefer=4
        )
        return [sentence.text("nl"), sentence.text("en")]

    assert sized(1) == ["Eén student; liefst 4.", "One student; preferably 4."]
    assert sized(0) == ["0 studenten; liefst 4.", "0 students; preferably 4."]


def test_a_problem_says_where_it_is() -> None:
    problem = Problem(
        code="x",
        level=Level.ERROR,
        message=message("A role is named twice."),
        hint=message("Save it as UTF-8 text."),
        file="rules.toml",
        row=4,
        column="names",
    )
    assert problem.text("nl") == (
        "rules.toml, rij 4, kolom names: Een rol is twee keer genoemd. Sla het op als UTF-8-tekst."
    )
    elsewhere = problem.model_copy(update={"row": None})
    assert elsewhere.text("en").startswith("rules.toml, column names: A role is named twice.")
    nowhere = problem.model_copy(update={"row": None, "column": None, "file": None, "hint": None})
    assert nowhere.text("en") == "A role is named twice."
    assert str(InputError([problem, nowhere])).splitlines()[1] == "A role is named twice."


def test_a_saved_text_in_earlier_words_is_read_in_those_of_now() -> None:
    """It stood in English on a Dutch page once its words had changed."""
    earlier = tomllib.loads((LOCALE_FOLDER / "earlier.toml").read_text("utf-8"))
    known = {text for one in used() for text in one.texts}
    assert set(earlier.values()) <= known
    assert not set(earlier) & known
    assert not [text for text, now in earlier.items() if gaps(text) != gaps(now)]
    saved = plural_message(
        "At least one shared moment in {columns}",
        "At least {n} shared moments in {columns}",
        2,
        columns="Free",
    )
    assert saved.text("nl") == "Minstens 2 gedeelde momenten in Free"
    assert saved.text("en") == "At least 2 shared times in Free"


def test_a_saved_text_that_did_not_count_yet_is_read_as_the_plural_of_now() -> None:
    """It stood in English on a Dutch page once one student was told as one."""
    free = Message(template="They count as free at any time.")
    assert (free.text("nl"), free.text("en")) == ("Ze tellen mee als altijd vrij.", free.template)
    reworded = Message(template="For the balance they count as the class mean.")
    assert reworded.text("nl") == "Voor de balans tellen ze mee als het klassengemiddelde."
    assert reworded.text("en") == "For the balance they count as the class average."


def test_a_text_is_said_as_it_stands_also_where_another_has_it_as_its_plural() -> None:
    """The head of a fold began with a small letter: “nog 3” is what counts in the middle of a sentence."""
    assert message("{n} more", n=3).text("nl") == "Nog 3"
    assert plural_message("one more", "{n} more", 3).text("nl") == "nog 3"
