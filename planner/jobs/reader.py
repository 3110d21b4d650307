"""Files from elsewhere are read in a process of their own, with limits on memory and time.

Whatever a file does to the process that reads it, nobody else notices: who gave the
file gets a message, and another reader takes its place. One is kept ready; a second
one comes where the first is busy, and goes again.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.pool import ExceptionWithTraceback  # type: ignore[attr-defined]
from typing import Any, Literal, TypeVar, cast

from planner.jobs.worker import end_with_parent, limit_memory, memory_in_use
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

T = TypeVar("T")
Given = tuple[tuple[object, ...], dict[str, object]]
Told = Literal["done", "failed", "too-much"]

ROOM = 1 << 30  # bytes of memory that reading may take, beyond what a reader has to begin with
SECONDS = 30.0  # that reading may take; the largest class list takes three where nothing else is done
START = 60.0  # seconds in which a reader has to be ready
MOST = 3  # readers at a time
KEPT = 1 << 28  # bytes; a reader that has grown by more makes room for another
LARGEST = 1 << 28  # bytes of what comes out of a file

READY = "ready"


class _Lost(Exception):  # noqa: N818 - the name says what happened
    """A reader died, or took too long."""


@dataclass
class _Process:
    """A reader, as who asks it sees it."""

    process: Any
    pipe: Connection
    ready: bool = False
    grown: bool = False  # so much that another one should take its place

    @classmethod
    def begin(cls) -> _Process:
        context: Any = multiprocessing.get_context(_way())
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, ours), name="hecht-reader", daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def ask(self, task: Callable[..., object], given: Given, seconds: float) -> tuple[Told, Any]:
        """Return the answer and what became of it.

        Raises
        ------
        _Lost
        """
        self._wait_until_ready()
        try:
            self.pipe.send(task)
            self.pipe.send(given)
            self.grown = self._hear(seconds)
            verdict, result = self._hear(seconds)
        except (OSError, EOFError) as error:
            raise _Lost from error
        return verdict, result

    def _wait_until_ready(self) -> None:
        try:
            if not self.ready:
                self.ready = self._hear(START) == READY
        except (OSError, EOFError, _Lost) as error:
            raise RuntimeError("a reader does not start") from error  # which is no fault of a file

    def _hear(self, seconds: float) -> Any:
        if not self.pipe.poll(seconds):
            raise _Lost
        return pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - from our own process

    def alive(self) -> bool:
        """Whether it can be asked something; while it waits it has nothing to say but that it is ready."""
        return self.process.is_alive() and not (self.ready and self.pipe.poll())

    def end(self) -> None:
        self.process.kill()
        self.process.join(1)
        self.pipe.close()


def _way() -> str:
    """Return how a reader starts: at once, by a fork, where no thread can be in the middle of something."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return "fork" if alone else "spawn"


@dataclass
class Readers:
    """The readers of this process.

    Attributes
    ----------
    most : int
        How many read at a time; who comes then waits.
    """

    most: int = MOST
    _idle: list[_Process] = field(default_factory=list)
    _busy: list[_Process] = field(default_factory=list)
    _wanted: bool = False  # one is kept ready
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _places: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = threading.Semaphore(self.most)

    def get_ready(self) -> None:
        """Keep a reader ready from now on: nobody waits until it has loaded."""
        with self._lock:
            self._wanted = True
            if not self._idle:
                self._idle.append(_Process.begin())

    def read(
        self, task: Callable[..., T], *args: object, file: str, seconds: float = SECONDS, **options: object
    ) -> T:
        """Return what `task` makes of a file, or raise what it raises.

        Parameters
        ----------
        task : callable
            A function of a module; what goes in and comes out of it can be pickled.
        *args : object
            Of the task.
        file : str
            Its name, for the message where nothing comes of it.
        seconds : float
            How long it may take.
        **options : object
            Of the task, by name.

        Returns
        -------
        T
            What the task makes of it.

        Raises
        ------
        InputError
            Also where reading takes too much memory or time, or its process dies.
        """
        try:
            with self._one() as reader:
                verdict, result = reader.ask(task, (args, options), seconds)
        except _Lost:
            raise InputError([_too_much(file)]) from None
        if verdict == "too-much":
            raise InputError([_too_much(file)])
        if verdict == "failed":
            raise result
        return cast(T, result)

    @contextmanager
    def _one(self) -> Iterator[_Process]:
        """Take a reader, and put it back unless it was lost or has grown too large."""
        with self._places:
            reader = self._taken()
            kept = False
            try:
                yield reader
                kept = not reader.grown
            finally:
                self._put_back(reader, kept)

    def _taken(self) -> _Process:
        with self._lock:
            reader = None
            while self._idle and reader is None:
                reader = self._idle.pop()
                if not reader.alive():
                    reader.end()
                    reader = None
            reader = reader or _Process.begin()
            self._busy.append(reader)
            return reader

    def _put_back(self, reader: _Process, kept: bool) -> None:
        """Keep a reader for the next file, where it is the only one; where one is wanted, make another."""
        with self._lock:
            self._busy.remove(reader)
            if kept and not self._idle:
                self._idle.append(reader)
                return
        reader.end()
        if self._wanted:
            self.get_ready()

    def close(self) -> None:
        """End every reader; what they were reading is given up."""
        with self._lock:
            self._wanted = False
            ending = [*self._idle, *self._busy]
            self._idle = []
        for reader in ending:
            reader.process.kill()


READERS = Readers()


def _too_much(file: str) -> Problem:
    return Problem(
        code="too-much-to-read",
        level=Level.ERROR,
        message=message("Reading this file took far too much memory or time, so it was stopped."),
        hint=message("Use another copy of it, or copy only what is needed to a new file."),
        file=file,
    )


# The other side: the process that reads


def serve(pipe: Connection, theirs: Connection) -> None:
    """Read what is asked for until nobody asks any more.

    Parameters
    ----------
    pipe : Connection
        Brings what is asked for, and takes what comes of it.
    theirs : Connection
        The other end, which is of no use here.
    """
    theirs.close()
    _settle_in()
    pipe.send_bytes(pickle.dumps(READY))
    base = memory_in_use()
    with contextlib.suppress(EOFError, OSError):
        while True:
            limit_memory(None)
            before = memory_in_use()
            task = pipe.recv()  # loads what it needs, which is nobody's file
            base += memory_in_use() - before
            limit_memory(base + ROOM)
            answer = _answer(task, pipe)
            grown = memory_in_use() - base > KEPT
            pipe.send_bytes(pickle.dumps(grown))
            pipe.send_bytes(answer)


def _settle_in() -> None:
    """Load what class lists and rules need; leave no word and no picture of memory when it ends badly."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # it would look through what a large file becomes again and again; who grows is replaced
    import planner.rosters
    import planner.rules  # noqa: F401 - to be there


def _answer(task: Callable[..., object], pipe: Connection) -> bytes:
    """Return what comes of a file, or why nothing does, as it is sent back."""
    try:
        args, options = pipe.recv()
        answer = pickle.dumps(("done", task(*args, **options)))
        if len(answer) <= LARGEST:
            return answer
    except (MemoryError, RecursionError):
        pass
    except Exception as error:
        return pickle.dumps(("failed", ExceptionWithTraceback(error, error.__traceback__)))
    return pickle.dumps(("too-much", None))
