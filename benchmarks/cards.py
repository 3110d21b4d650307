"""How long cards take: 30 groups of the sample cohort, on both papers, in both languages.

``python -m benchmarks.cards``; the first time in a process also looks for fonts.
"""

from __future__ import annotations

import time
from pathlib import Path

from planner.handouts.content import content
from planner.handouts.html import cards_html
from planner.handouts.model import cards_of
from planner.handouts.paper import PAPERS, cards_pdf
from planner.model.text import LANGUAGES
from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules

DATA = Path(__file__).parent.parent / "data"


def cohort() -> Course:
    """Return the sample cohort of 120 with groups."""
    roster = read_class_list(SourceFile("cohort-120.csv", (DATA / "cohort-120.csv").read_bytes())).require()
    rules = read_rules((DATA / "rules-120.toml").read_bytes())
    return Course(roster=only_used(roster, rules), rules=rules, plan=form(rules, roster, effort="quick"))


def main() -> None:
    """Print seconds for each kind of file."""
    course = cohort()
    print(f"{len(course.plan.groups)} groups")
    for language in LANGUAGES:
        texts = content(language)
        for paper in PAPERS:
            start = time.perf_counter()
            made = cards_pdf(cards_of(course, texts, language), texts, language, paper)
            print(
                f"{language} {paper}: {time.perf_counter() - start:.2f} s, "
                f"{len(made.content) / 1000:.0f} kB, PDF/UA: {made.whole}"
            )
        start = time.perf_counter()
        page = cards_html(cards_of(course, texts, language), texts, language)
        print(f"{language} html: {time.perf_counter() - start:.2f} s, {len(page) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
