"""Who signed out and when, for every server that shares the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select

from planner.store.database import Store
from planner.store.tables import SignOutRow

KEPT = timedelta(days=31)  # longer than any sign-in holds


@dataclass(frozen=True)
class SignOuts:
    """What is known of who signed out.

    Attributes
    ----------
    store : Store
    """

    store: Store

    def last(self, owner: str) -> datetime | None:
        """Return when somebody last signed out; what they signed in with until then counts no more.

        Raises
        ------
        NotSaved
            Where the database cannot be asked.
        """
        with self.store.reading() as session:
            return session.scalar(select(func.max(SignOutRow.at)).where(SignOutRow.owner == owner))

    def add(self, owner: str, at: datetime) -> None:
        """Note that somebody signed out, and forget what is too long ago to matter.

        Raises
        ------
        NotSaved
            Where the database cannot note it.
        """
        with self.store.writing() as session:
            session.execute(delete(SignOutRow).where(SignOutRow.at < datetime.now(UTC) - KEPT))
            session.add(SignOutRow(owner=owner, at=at))
