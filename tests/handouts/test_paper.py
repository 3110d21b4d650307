"""Cards and sheets on paper: accessible, whole, and every name as it was written."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from planner.handouts import typeset
from planner.handouts.content import content
from planner.handouts.model import cards_of
from planner.handouts.paper import (
    PAPERS,
    Paper,
    card_pictures,
    cards_pdf,
    sheet_pdf,
    sheet_pictures,
)
from planner.handouts.pulse import Pulse, PulseLine, PulseWeek
from planner.handouts.sheet import sheet_of
from planner.handouts.typeset import TEMPLATES
from planner.model.handover import Change
from planner.model.text import LANGUAGES, Language, message
from planner.plans.course import Course
from tests.builders.handouts import (
    HOSTILE,
    LATIN,
    LONG_NAMES,
    RIGHT_TO_LEFT,
    UNBROKEN,
    course,
    full_cards,
    named,
)
from tests.builders.places import ROOT

SEVEN = ("Noor Bos", "Sem Wit", "Ali Kaya", "Zoë Mos", "Bram Kok", "Fleur Pol", "Wilhelmina-Alexandrina Vos")


def printed(made: Course, language: Language = "nl", paper: str = "a5") -> PdfReader:
    texts = content(language)
    written = cards_pdf(cards_of(made, texts, language), texts, language, paper).content  # type: ignore[arg-type]
    return PdfReader(io.BytesIO(written))


def text_of(reader: PdfReader) -> str:
    """Return all text in the order in which it is read, its lines put together."""
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def tags(reader: PdfReader) -> list[str]:
    """Return the structure of a PDF: what a screen reader goes by."""
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            walk(node.get("/K"))

    walk(reader.root_object["/StructTreeRoot"])
    return found


def is_accessible(reader: PdfReader, language: Language, title: str) -> bool:
    """Whether a PDF says of itself that it is PDF/UA-1, and has what that begins with."""
    metadata = reader.xmp_metadata
    assert metadata is not None
    says = re.search(rb"pdfuaid:part>1<", metadata.stream.get_data()) is not None
    root = reader.root_object
    marked = root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    return says and bool(marked) and root["/Lang"] == language and reader.metadata.title == title


@pytest.mark.parametrize(("language", "title"), [("nl", "Startkaarten"), ("en", "Starter cards")])
@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_cards_are_accessible_in_both_languages_on_both_papers(
    language: Language, title: str, paper: str
) -> None:
    reader = printed(course(LATIN, SEVEN), language, paper)
    assert is_accessible(reader, language, title)
    found = tags(reader)
    assert found.count("/H1") == 2
    assert found.count("/H2") == 2 * 8
    assert {"/Table", "/TH", "/L", "/LI", "/P"} <= set(found)
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (
        (148, 210) if paper == "a5" else (210, 297)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_accessible(language: Language) -> None:
    made, texts = course(LATIN, SEVEN), content(language)
    weeks = tuple(
        PulseWeek(week=n, values=dict.fromkeys(("belonging", "safety", "role"), 3.5)) for n in (1, 2)
    )
    pulse = Pulse(lines=(PulseLine(group="Groep 1", weeks=weeks), PulseLine(group="Groep 2", weeks=())))
    sheet = sheet_of(made, 2, texts, language, pulse=pulse, each_week=1)
    reader = PdfReader(io.BytesIO(sheet_pdf(sheet, texts, language).content))
    assert is_accessible(reader, language, "Docentenblad week 2" if language == "nl" else "Sheet of week 2")
    assert tags(reader).count("/H1") == 1
    assert "/Figure" in tags(reader)


def test_nothing_that_would_not_be_accessible_is_written() -> None:
    """The check is in earnest: Typst itself refuses what is not PDF/UA."""
    with pytest.raises(typeset.typst.TypstError, match="PDF/UA-1 error: missing document title"):
        typeset.typst.compile(b"= Groep 1", pdf_standards=typeset.STANDARD)
    with pytest.raises(typeset.typst.TypstError, match="alt text"):
        typeset.typst.compile(
            b'#set document(title: "x")\n#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\"/>"))',
            pdf_standards=typeset.STANDARD,
        )


@pytest.mark.parametrize("name", [*HOSTILE, *RIGHT_TO_LEFT])
def test_every_name_comes_out_as_it_was_written(name: str) -> None:
    reader = printed(named(name, *LATIN[:3]))
    assert is_accessible(reader, "nl", "Startkaarten")
    if name in (*RIGHT_TO_LEFT[:3], RIGHT_TO_LEFT[4]):
        return  # a page has no plain order for letters that join or run to the left; pictures show them
    bare = re.sub(r"\s", "", text_of(reader))
    assert bare.count(re.sub(r"\s", "", name)) >= 11  # as a member, with a goal, and in ten weeks with a role


@settings(max_examples=15)
@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=3))
def test_no_name_keeps_a_card_from_being_printed(names: list[str]) -> None:
    made, texts = named(*names), content("en")
    written = cards_pdf(cards_of(made, texts, "en"), texts, "en")
    assert len(PdfReader(io.BytesIO(written.content)).pages) >= 2


def test_long_names_stay_on_the_page() -> None:
    reader = printed(named(UNBROKEN, "Noor Bos"))
    for page in reader.pages:
        right: list[float] = []

        def note(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, _size: float) -> None:
            if text.strip():
                right.append(tm[4] * cm[0] + cm[4])  # noqa: B023 - it is called before the next page

        page.extract_text(visitor_text=note)
        assert max(right) < float(page.mediabox.width) - 20


def test_a_letter_that_no_font_has_is_no_reason_to_stop() -> None:
    made, texts = named("\U0001f9ff\U000e0fff\uf8ff", "Noor Bos"), content("nl")
    written = cards_pdf(cards_of(made, texts, "nl"), texts, "nl")
    assert not written.whole
    reader = PdfReader(io.BytesIO(written.content))
    assert len(reader.pages) == 2
    assert reader.root_object["/MarkInfo"]["/Marked"]


def test_every_card_begins_on_a_sheet_of_its_own() -> None:
    reader = printed(course(LATIN, SEVEN, LATIN[:2], rules="[term]\nweeks = 15\n[groups]\nsize = [2, 7]"))
    firsts = [
        number
        for number, page in enumerate(reader.pages)
        if "Startkaart" in page.extract_text().splitlines()[:1]
    ]
    assert len(firsts) == 3
    assert all(number % 2 == 0 for number in firsts)


LEFT = message("No longer in the class list.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("size", [3, 4, 6, 8])
def test_a_card_is_one_sheet_whatever_stands_on_it(language: Language, paper: Paper, size: int) -> None:
    """A welcome spilled one line onto the back, which left a fourth page blank."""
    written = cards_pdf(full_cards(language, size) * 2, content(language), language, paper)
    reader = PdfReader(io.BytesIO(written.content))
    assert (len(reader.pages), written.pages, written.over) == (4, 4, ())
    assert is_accessible(reader, language, "Startkaarten" if language == "nl" else "Starter cards")
    assert tags(reader).count("/H1") == 2


def test_a_card_with_more_than_a_sheet_holds_goes_on_and_says_so() -> None:
    texts = content("nl")
    long = texts.card.model_copy(update={"first_steps": ("woord " * 800,) * 3})
    made = course(LATIN, SEVEN)
    written = cards_pdf(cards_of(made, texts, "nl"), texts.model_copy(update={"card": long}), "nl")
    reader = PdfReader(io.BytesIO(written.content))
    assert written.over == ("Groep 1", "Groep 2")
    assert text_of(reader).count("woord woord") >= 2 * 3 * 390
    assert written.pages == len(reader.pages) > 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_is_said_once_on_the_sheet(language: Language) -> None:
    """Eight times "no longer in the class list" spilled three lines onto a second page."""
    made, texts = course(LATIN, SEVEN), content(language)
    gone = [
        Change(str(n), name, f"Groep {n % 2 + 1}", None, LEFT) for n, name in enumerate(LONG_NAMES, start=1)
    ]
    reader = PdfReader(
        io.BytesIO(sheet_pdf(sheet_of(made, 1, texts, language, changes=gone), texts, language).content)
    )
    text = " ".join(text_of(reader).split())
    assert len(reader.pages) == 1
    assert text.count(LEFT.text(language)) == 1
    bare = text.replace(" ", "")
    assert [name for name in LONG_NAMES if name.replace(" ", "") not in bare] == []


def test_seven_people_fit_on_the_front() -> None:
    front, back = printed(course(SEVEN)).pages[:2]
    assert "Jullie eerste kwartier" in front.extract_text()
    assert back.extract_text().startswith("Wat ik wil leren")
    assert "Zo vraag je om hulp" in back.extract_text()


def test_the_same_plan_gives_the_same_bytes() -> None:
    made, texts = course(LATIN), content("nl")
    first, second = (cards_pdf(cards_of(made, texts, "nl"), texts, "nl") for _ in range(2))
    assert first == second


def test_pictures_for_a_look_beforehand() -> None:
    made, texts = course(LATIN), content("nl")
    pages = card_pictures(cards_of(made, texts, "nl")[0], texts, "nl")
    assert len(pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in pages)
    assert len(sheet_pictures(sheet_of(made, 1, texts, "nl"), texts, "nl")) == 1


def test_paper_and_app_share_an_accent() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]["light"]
    colours = {
        "accent": theme["primaryColor"],
        "tint": theme["greenBackgroundColor"],
        "warm": theme["orangeBackgroundColor"],
        "warm-ink": theme["orangeTextColor"],
        "ink": theme["textColor"],
        "soft": theme["grayTextColor"],
    }
    typ = (TEMPLATES / "theme.typ").read_text("utf-8")
    html = (TEMPLATES / "page.html").read_text("utf-8")
    for name, colour in colours.items():
        assert f'#let {name} = rgb("{colour}")' in typ
        assert f"--{name}: {colour};" in html
