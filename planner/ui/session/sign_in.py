"""Signing in with OpenID Connect, where the server asks for it: who this is, and whose courses these are."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.store import tidy_address
from planner.ui.session import language, signed
from planner.ui.session.language import shown

KEY = "hecht_owner"  # who opened this session


def passed() -> bool:
    """Whether the page may be shown; where somebody has to sign in first, ask for that and nothing else."""
    if asked() and not _signed_in():
        _ask()
        return False
    if st.session_state.setdefault(KEY, owner()) != owner():
        st.session_state.clear()  # another person: nothing of the one before is left
        st.session_state[KEY] = owner()
    return True


def owner() -> str:
    """Return who signed in, as the database knows them; empty where nobody has to.

    Raises
    ------
    PermissionError
        Where somebody has to sign in and has not.
    """
    if not asked():
        return ""
    if not _signed_in():
        raise PermissionError("nobody has signed in")
    return signed.owner(st.user.to_dict())


def name() -> str:
    """Return what whoever signed in is called; empty where nobody has to."""
    if not asked():
        return ""
    return str(st.user.get("name") or st.user.get("email") or st.user.get("sub") or "")


def address() -> str:
    """Return the e-mail address that somebody signed in with; empty where the server is not told it."""
    claims = st.user.to_dict()
    anybodys = claims.get("email_verified", True) not in (True, "true")  # written by themselves
    return "" if not asked() or anybodys else tidy_address(str(claims.get("email") or ""))


def hint() -> None:
    """Show who signed in, and the button to sign out."""
    if not asked():
        return
    st.button(
        shown(message("Sign out")),
        key="sign_out",
        icon=":material/logout:",
        help=shown(message("{name}: sign out here, and in every other tab and browser", name=name())),
        on_click=st.logout,
    )


def _ask() -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        language.choose()
    st.title("Hecht", anchor=False, icon=":material/diversity_3:")
    st.markdown(shown(message("Sign in to see your courses. Nobody else sees them, unless you share them.")))
    if signed.unreadable():
        st.error(
            shown(
                message(
                    "The settings for signing in cannot be read, so nothing is shown. "
                    "Whoever looks after this server finds more in its log."
                )
            ),
            icon=":material/lock:",
        )
        return
    st.button(
        shown(message("Sign in")), key="sign_in", type="primary", icon=":material/login:", on_click=st.login
    )


def asked() -> bool:
    """Whether the server asks who somebody is."""
    return signed.asked() or "is_logged_in" in st.user


def _signed_in() -> bool:
    return bool(signed.owner(st.user.to_dict()))
