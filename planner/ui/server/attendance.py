"""Who is here: the tabs of everybody who signed in, the files that were named to them, and who left."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from planner.model.problems import InputError
from planner.ui.session.signed import SignedInPerson

if TYPE_CHECKING:
    from planner.store import SignOuts

MOST_FILES = 10_000  # of one person; what was named longest ago cannot be fetched any more


def _of_this_server() -> SignOuts:
    from planner.store import SignOuts  # with all that a database needs: not before somebody signs in
    from planner.ui.session import saving

    return SignOuts(saving.store())


class Attendance:
    """Who is here, as far as this server knows.

    Parameters
    ----------
    sign_outs : callable
        Opens the record that all servers share. Where it cannot be asked, what this server saw itself counts:
        nobody's work is lost with a database that cannot be reached for a moment.
    """

    def __init__(self, sign_outs: Callable[[], SignOuts] = _of_this_server) -> None:
        self._sign_outs = sign_outs
        self._left: dict[str, int] = {}
        self._tabs: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._files: dict[str, OrderedDict[str, None]] = defaultdict(OrderedDict)

    async def holds(self, person: SignedInPerson) -> bool:
        """Whether somebody who signed in is still let in: not too long ago, and not signed out since."""
        with suppress(InputError):
            last = await run_in_threadpool(self._last, person.owner)
            if last is not None:
                self._left[person.owner] = max(int(last.timestamp()), self._left.get(person.owner, 0))
        return person.left() > 0 and person.at > self._left.get(person.owner, 0)

    async def leave(self, person: SignedInPerson) -> None:
        """Sign somebody out: every tab of theirs ends, and no cookie of before lets anybody in.

        Whoever signs in right afterwards does so in a later second, the smallest step of a cookie's clock.
        """
        at = max(int(time.time()), person.at)
        self._left[person.owner] = max(at, self._left.get(person.owner, 0))
        self._files.pop(person.owner, None)
        for tab in self._tabs.pop(person.owner, ()):
            tab.set()
        with suppress(InputError):
            await run_in_threadpool(self._add, person.owner, at)
        await asyncio.sleep(min(1.0, max(0.0, at + 1 - time.time())))

    @contextmanager
    def tab(self, person: SignedInPerson | None) -> Iterator[asyncio.Event]:
        """Give what is set once somebody signs out, for as long as a tab of theirs is open."""
        gone = asyncio.Event()
        tabs = self._tabs[_key(person)]
        tabs.add(gone)
        try:
            yield gone
        finally:
            tabs.discard(gone)

    def name_file(self, person: SignedInPerson | None, file: str) -> None:
        """Note that a page of somebody names a file to fetch, or one that is shown to whoever comes along."""
        files = self._files[_key(person)]
        files[file] = None
        files.move_to_end(file)
        if len(files) > MOST_FILES:
            files.popitem(last=False)

    def may_fetch(self, person: SignedInPerson | None, file: str) -> bool:
        """Whether a page of somebody, or one that whoever comes along may see, named a file."""
        return any(file in self._files.get(_key(one), ()) for one in (person, None))

    def _last(self, owner: str) -> datetime | None:
        return self._sign_outs().last(owner)

    def _add(self, owner: str, at: int) -> None:
        self._sign_outs().add(owner, datetime.fromtimestamp(at, UTC))


def _key(person: SignedInPerson | None) -> str:
    return "" if person is None else person.owner
