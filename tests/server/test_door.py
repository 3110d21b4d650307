"""What a running server sends along with each answer, and whom it lets in."""

from __future__ import annotations

import time

import httpx
import pytest

from planner.ui.session.signed import LIFE
from tests.builders.visitor import Tab, Visitor
from tests.server.conftest import Welcome

ANNA, BRAM = "Anna Bos", "Bram Dijk"
PATHS = (
    "",
    "groups",
    "favicon.png",
    "_stcore/health",
    "_stcore/host-config",
    "media/none.csv",
    "no/such/page",
)


def policy(response: httpx.Response) -> dict[str, str]:
    """Return the parts of the policy of an answer."""
    parts = [part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";")]
    return {name: value for name, _, value in parts}


# Headers


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_says_that_it_is_not_to_be_framed_or_guessed_at(own: str, path: str) -> None:
    """No page had a policy, nor said that nobody may frame it or guess at what it is."""
    answer = httpx.get(own + path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert policy(answer)["frame-ancestors"] == "'none'"
    assert policy(answer)["default-src"] in ("'self'", "'none'")


def test_a_page_runs_its_own_scripts_and_no_other(own: str) -> None:
    scripts = policy(httpx.get(own))["script-src"].split()
    assert scripts[0] == "'self'"
    assert all(one.startswith("'sha256-") for one in scripts[1:])


def test_files_are_kept_by_no_browser_or_proxy(own: str) -> None:
    """What pages name for taking along could be kept by whatever stands in between."""
    visitor = Visitor(own, "")
    with visitor.tab() as tab:
        tab.draw("use_sample")
        tab.draw(page="rules")
        answer = visitor.get(tab.file("download_rules"))
    assert answer.status_code == 200
    assert answer.content
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in policy(answer)


# Who may come in


def with_a_file(tab: Tab) -> str:
    """Work on the sample class, and return the address of a file of it."""
    tab.draw("use_sample")
    tab.draw(page="rules")
    return tab.file("download_rules")


def sees_nothing(tab: Tab) -> bool:
    """Whether there is a way in, and nothing else."""
    return tab.buttons() == {"sign_in"}


def test_a_file_is_for_whoever_has_it_on_a_page(welcome: Welcome) -> None:
    """Whoever had its address could fetch a file: without signing in, and as another coordinator."""
    anna, bram, nobody = welcome(), welcome(), welcome()
    anna.sign_in(ANNA)
    bram.sign_in(BRAM)
    with anna.tab() as tab, bram.tab(), nobody.tab():
        file = with_a_file(tab)
        assert [one.get(file).status_code for one in (anna, bram, nobody)] == [200, 403, 403]
        assert anna.get(file, {}).status_code == 403
        forged = {**anna.cookies, "_streamlit_user": anna.cookies["_streamlit_user"][:-3] + "abc"}
        assert anna.get(file, forged).status_code == 403


def test_who_has_not_signed_in_sees_a_way_in_and_can_send_nothing(welcome: Welcome) -> None:
    nobody = welcome()
    with nobody.tab() as tab:
        assert sees_nothing(tab)
        assert nobody.upload(tab).status_code == 403
    assert {nobody.get(f"_stcore/{path}").status_code for path in ("metrics", "agent/openapi.json")} == {403}
    assert {nobody.get(f"_stcore/{path}").status_code for path in ("health", "host-config")} == {200}


def test_who_has_signed_in_can_send_a_file(welcome: Welcome) -> None:
    anna = welcome()
    anna.sign_in(ANNA)
    with anna.tab() as tab:
        assert anna.upload(tab).status_code == 204


def test_a_course_is_saved_as_a_file_by_whom_it_is_of(welcome: Welcome) -> None:
    """The file was made as if nobody had signed in, so that the course was not to be found."""
    anna = welcome()
    anna.sign_in(ANNA)
    with anna.tab() as tab:
        tab.draw("use_sample")
        tab.draw("make_plan")  # it is saved with the first press
        tab.draw(page="courses", query="")
        answer = anna.get(tab.file("download_course"))
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


# Signing out


def test_signing_out_ends_every_tab_and_no_copied_cookie_lets_anybody_in(welcome: Welcome) -> None:
    """Other tabs went on after signing out, and a copy of the cookie let anybody in for thirty days."""
    anna, at_home, bram = welcome(), welcome(), welcome()
    for visitor, name in ((anna, ANNA), (at_home, ANNA), (bram, BRAM)):
        visitor.sign_in(name)
    copied = anna.cookies
    with anna.tab() as one, at_home.tab() as other, bram.tab() as of_another:
        file = with_a_file(one)
        anna.sign_out()
        assert one.closed()
        assert other.closed()
        of_another.draw("use_sample")
        assert "sign_out" in of_another.buttons()
    assert anna.get(file, copied).status_code == 403
    for cookies, session in ((copied, one.session), (at_home.cookies, other.session)):
        with anna.tab(cookies) as tab:
            assert sees_nothing(tab)
        with anna.tab(cookies, session, draw=False) as tab:  # a page of before, whose connection was lost
            assert tab.closed()


def test_who_signs_in_again_is_let_in_at_once(welcome: Welcome) -> None:
    anna = welcome()
    for _ in range(3):
        anna.sign_in(ANNA)
        with anna.tab() as tab:
            assert "sign_out" in tab.buttons()
        anna.sign_out()


def test_signing_out_holds_on_every_server_of_a_database(
    two_servers: tuple[Welcome, Welcome],
) -> None:
    here, there = (welcome() for welcome in two_servers)
    here.sign_in(ANNA)
    there.sign_in(ANNA)
    with there.tab() as tab:
        file = with_a_file(tab)
        here.sign_out()
        assert there.get(file).status_code == 403
        tab.send()
        assert tab.closed()
    with there.tab() as tab:
        assert sees_nothing(tab)


def test_a_cookie_lasts_no_longer_than_a_working_day(welcome: Welcome) -> None:
    anna = welcome()
    anna.sign_in(ANNA)
    cookie = next(one for one in anna.client.cookies.jar if one.name == "_streamlit_user")
    assert cookie.expires is not None
    assert cookie.expires <= time.time() + LIFE
