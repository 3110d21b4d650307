"""Whether the app runs on the coordinator's own computer, or on a server that others reach too."""

from __future__ import annotations

from ipaddress import ip_address

import streamlit as st

NAMES = frozenset({"localhost"})


def own_computer() -> bool:
    """Whether the page can be opened on this computer alone, as far as the settings tell.

    The server then listens to this computer, and is known by no other name: a proxy that
    brings others needs one in ``server.allowedHosts``.
    """
    hosts = st.get_option("server.allowedHosts") or []
    return all(map(_own, [st.get_option("server.address") or "", *hosts]))


def _own(host: str) -> bool:
    try:
        return host in NAMES or ip_address(host).is_loopback
    except ValueError:
        return False
