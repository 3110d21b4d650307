"""The documentation: links lead somewhere, examples run, and the words of the app are those of the app."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from planner.cli import main
from planner.cli.main import parse
from planner.files.resources import DATA
from planner.model.text import LOCALE_FOLDER
from planner.rules import KINDS, read_rules

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
ELSEWHERE = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*(?:src|href)=["']?(?:https?:)?//[^>]*>""")
NAMED = re.compile(r"`((?:planner|tests|benchmarks|data|docs)/[\w./-]+)`")
COMMAND_LINE, RULES_FILE = DOCS / "scripts" / "command-line.md", DOCS / "scripts" / "rules-file.md"


def blocks(page: Path, kind: str) -> list[str]:
    return [text for fence, text in FENCED.findall(page.read_text("utf-8")) if fence == kind]


def commands(page: Path, kind: str) -> list[str]:
    return [line for block in blocks(page, kind) for line in block.splitlines() if line.startswith("hecht ")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as strictly as `make check` does: a page outside the navigation or a dead link fails."""
    if find_spec("mkdocs") is None or find_spec("material") is None:
        reason = "no site can be built without mkdocs-material"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_built_and_loads_nothing_from_elsewhere(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) >= len(list(DOCS.rglob("*.md")))
    loaded = {tag for page in pages for tag in ELSEWHERE.findall(page.read_text("utf-8"))}
    assert not {tag for tag in loaded if 'rel="canonical"' not in tag}


def test_the_files_that_guides_and_notes_name_are_there():
    pages = [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    named = {(page.name, name) for page in pages for name in NAMED.findall(page.read_text("utf-8"))}
    assert len(named) > 100
    assert not {one for one in named if not (ROOT / one[1]).exists()}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "data/README.md"])
def test_links_of_pages_outside_the_site_lead_somewhere(name):
    page = ROOT / name
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_picture_is_shown_somewhere():
    text = "".join(page.read_text("utf-8") for page in [*DOCS.rglob("*.md"), ROOT / "README.md"])
    assert not [picture.name for picture in (DOCS / "pictures").glob("*.png") if picture.name not in text]


def test_examples_of_the_command_line_run(tmp_path, monkeypatch, capsys):
    shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    lines = commands(COMMAND_LINE, "console")
    assert len(lines) >= 10
    for line in lines:
        assert main(shlex.split(line)[1:]) == 0, f"{line}\n{capsys.readouterr().err}"
    assert {path.name for path in tmp_path.iterdir()} >= {"out", "week-4", "cards.pdf", "sheet.html"}


@pytest.mark.parametrize("page", [*DOCS.rglob("*.md"), ROOT / "README.md"], ids=lambda page: page.name)
def test_examples_that_are_not_run_are_commands_at_least(page):
    """Only those of the command line's own page are run, and of these the long ones are not."""
    assert not commands(page, "console") or page == COMMAND_LINE
    for line in commands(page, "sh"):
        parse(shlex.split(line)[1:])


def test_every_command_is_on_the_page(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    there = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    (synopsis,) = blocks(COMMAND_LINE, "text")
    assert there == re.findall(r"^hecht (\w+)", synopsis, re.MULTILINE)


@pytest.mark.parametrize("page", [RULES_FILE, ROOT / "README.md"], ids=lambda page: page.name)
def test_examples_of_rules_can_be_read(page):
    for block in blocks(page, "toml"):
        read_rules(block.encode())


def test_there_is_an_example_of_every_rule():
    """Whoever wrote a rule that cannot be read is sent to this page."""
    text = "".join(blocks(RULES_FILE, "toml"))
    assert set(re.findall(r'^kind = "([\w-]+)"', text, re.MULTILINE)) == set(KINDS)


def said(language: str) -> set[str]:
    """Return all that the app says in a language, with both numbers of what is counted."""
    found: set[str] = set()
    for file in (LOCALE_FOLDER / "nl").glob("*.po"):
        with file.open("rb") as opened:
            for entry in read_po(opened):
                text = entry.id if language == "en" else entry.string
                found |= set(text) if isinstance(text, tuple | list) else {text}
    return found


@pytest.mark.parametrize(("folder", "language"), [("coordinators", "en"), ("nl", "nl")])
def test_bold_words_are_what_the_app_says(folder, language):
    """A button that gets another name gets it in the guide too."""
    app = said(language)
    wrong = [
        f"{page.name}: {words}"
        for page in sorted((DOCS / folder).glob("*.md"))
        for words in (" ".join(found.split()) for found in BOLD.findall(page.read_text("utf-8")))
        if words not in app
    ]
    assert not wrong
