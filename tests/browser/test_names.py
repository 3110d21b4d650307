"""Names and answers are shown letter by letter on every page, also where they look like something else."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PLAN, Journey
from tests.builders.screens import OPEN

pytestmark = pytest.mark.browser
NAMES = (
    "www.evil.example", "https://x.y/a", "mailto:a@b.nl", "Noor a@b.nl", "[x](https://y.z)",
    ":material/home:", "$x$", "**b**", ":smile: x", "A -> B", "<b>x</b>", "R&amp;D",
)  # fmt: skip
ANSWERS = ("www.antwoord.nl", "https://a.nl b@c.nl", ":material/home: *x*")
CLASS = "Studentnummer;Naam;www.kop.nl\n" + "".join(
    f'{1_000_000 + n};"{name}";{ANSWERS[n % 3]}\n' for n, name in enumerate(NAMES)
)


def look(journey: Journey) -> str:
    """Open everything that can be opened, and return what there is to read; nothing of it leads elsewhere."""
    page = journey.page
    journey.settle()
    while page.locator("details:not([open]) > summary").count():
        page.evaluate(OPEN)
        journey.settle()
    links = page.eval_on_selector_all("a", "found => found.map(one => new URL(one.href).origin)")
    assert set(links) <= {page.evaluate("location.origin")}
    icons = page.eval_on_selector_all("[role=img]", "found => found.map(one => one.ariaLabel)")
    assert "home icon" not in icons
    assert page.locator('[aria-label*=":small"]').count() == 0
    return page.locator("body").inner_text()


def test_addresses_and_signs_in_names_lead_nowhere(journey: Journey) -> None:
    """Addresses in names became links, to wherever whoever filled in the list wanted."""
    journey.upload("class_list", "www.klas.nl.csv", CLASS.encode())
    look(journey)
    journey.go("Regels")
    assert "www.kop.nl" in look(journey)
    journey.page.get_by_role("textbox", name="Namen van de groepen").fill("www.groep{n}.nl")
    journey.page.keyboard.press("Enter")
    journey.settle()
    journey.press("make_plan")
    journey.see("download_groups", PLAN)
    seen = look(journey)
    assert [name for name in (*NAMES, "www.groep1.nl") if name not in seen and not name.startswith("[")] == []
    assert ":small" not in seen
    for page in ("Periode", "Wijzigingen", "Kaarten", "Vakken"):
        journey.go(page)
        assert ":small" not in look(journey)
