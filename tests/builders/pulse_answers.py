"""A pulse as a form exports it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from planner.handouts.content import content
from planner.model.text import Language
from planner.rosters import SourceFile

Row = tuple[str, str, Sequence[object]]  # group, week, answers


def headings(language: Language = "nl") -> list[str]:
    texts = content(language).pulse
    return [texts.group, texts.week, texts.belonging, texts.safety, texts.role]


def google(rows: Sequence[Row], language: Language = "nl") -> SourceFile:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["Tijdstempel", *headings(language)])
    writer.writerows(["2026-09-07 10:00:00", group, week, *answers] for group, week, answers in rows)
    return SourceFile("pulse.csv", file.getvalue().encode())
