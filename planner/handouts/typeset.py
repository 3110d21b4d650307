"""Cards and sheets on paper: Typst, on this computer, with the letters that come along.

Everything that people wrote goes in as data and is never read as markup. PDFs are
PDF/UA-1: Typst refuses to write one that has no title, no language, a heading left
out, a picture without words for it, or letters that no font can show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import manimgx_fonts
import typst

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Literal["ua-1"] = "ua-1"
NO_DATE = 946684800  # 1 January 2000: the same plan gives the same bytes
PPI = 110.0

_PAGE = re.compile(rb"/Type\s*/Page\b")  # as Typst writes it, beside what is packed

Data = Mapping[str, Any]


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts: ours first; those of the system help out with letters that ours lack."""
    return typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=True,
        font_paths=[str(Path(manimgx_fonts.__file__).parent)],
    )


@dataclass(frozen=True)
class Printed:
    """A PDF.

    Attributes
    ----------
    content : bytes
    whole : bool
        Whether it is PDF/UA: every letter in it can be shown and read aloud.
    over : tuple of str
        What takes more paper than it should, however small it is printed.
    """

    content: bytes
    whole: bool = True
    over: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(_PAGE.findall(self.content))


def pdf(template: str, data: Data) -> Printed:
    """Return a template with data as PDF/UA-1.

    Where a letter is in no font of this computer, the PDF is tagged as well but
    cannot call itself PDF/UA; it shows a box in place of the letter.

    Parameters
    ----------
    template : str
        Name of the template.
    data : Data
        All that it asks for.

    Returns
    -------
    Printed
    """
    try:
        made = _compile(template, data, format="pdf", pdf_standards=STANDARD, timestamp=NO_DATE)
    except typst.TypstError as error:
        if "could not be displayed with font" not in error.message:
            raise
        return Printed(_compile(template, data, format="pdf", timestamp=NO_DATE)[0], whole=False)
    return Printed(made[0])


def pictures(template: str, data: Data, ppi: float = PPI) -> list[bytes]:
    """Return the pages of a template with data as PNG pictures.

    Parameters
    ----------
    template : str
        Name of the template.
    data : Data
        All that it asks for.
    ppi : float, default PPI
        Pixels per inch.

    Returns
    -------
    list of bytes
        PNG, page by page.
    """
    return _compile(template, data, format="png", ppi=ppi)


def marked(template: str, data: Data, mark: str) -> tuple[str, ...]:
    """Return what a template marked, each once.

    Parameters
    ----------
    template : str
        Name of the template.
    data : Data
        All that it asks for.
    mark : str
        Label of the marks.

    Returns
    -------
    tuple of str
    """
    found = typst.query(TEMPLATES / f"{template}.typ", f"<{mark}>", field="value", **_given(data))
    return tuple(dict.fromkeys(json.loads(found)))


def _compile(template: str, data: Data, **options: Any) -> list[bytes]:
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        **_given(data),
        **options,
    )
    return [made] if isinstance(made, bytes) else list(made or ())


def _given(data: Data) -> dict[str, Any]:
    written = _printable(json.dumps(data, ensure_ascii=False))
    return {"root": TEMPLATES, "font_paths": _fonts(), "sys_inputs": {"data": written}}


def _printable(written: str) -> str:
    """Return JSON without signs that PDF/UA forbids: a name of before they were refused may hold them."""
    return written.replace("\ufeff", "").replace("\\u0000", "")
