"""Damage to files that were right: to what they say, and to their bytes."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

FAR = (0, -1, 1, 2, 59, 61, 10**4, 2**31, 2**63, 10**20, 10**400, -(10**20))
TEXTS = (
    "",
    " ",
    "0",
    "nobody",
    "a\nb",
    "=1+1",
    "é" * 100,
    "x" * 100_000,
    "\x00",
    "\u202e\ufeff",
    "{n:9999999}",
    "{0.__class__}",
    "1e999",
    "0001-01-01",
    "9999-12-31T23:59:59Z",
    "'; --",
)
FLOATS = (0.5, -1.5, 1e308, float("nan"), float("inf"), float("-inf"))


def nested(depth: int, value: object = 0) -> list[object]:
    """Return a list within a list within a list."""
    lists: list[object] = [value]
    for _ in range(depth):
        lists = [lists]
    return lists


def values() -> st.SearchStrategy[Any]:
    """Draw something that nobody expects in a place."""
    return st.one_of(
        st.sampled_from(FAR),
        st.sampled_from(TEXTS),
        st.sampled_from(FLOATS),
        st.sampled_from([True, False, [], {}, [0] * 5_000, {"a": 1}]),
        st.sampled_from([2, 12, 150]).map(nested),
    )


Path = tuple[Any, ...]


def places(tree: Any, path: Path = ()) -> dict[Path, list[Path]]:
    """Return where something stands in a tree, by what is the same for all items of a list."""
    found: dict[Path, list[Path]] = {}
    for step, part in _items(tree):
        for kind, paths in places(part, (*path, step)).items():
            found.setdefault(kind, []).extend(paths)
        kind = tuple("*" if isinstance(one, int) else one for one in (*path, step))
        found.setdefault(kind, []).append((*path, step))
    return found


def _items(tree: Any) -> list[tuple[Any, Any]]:
    if isinstance(tree, dict):
        return list(tree.items())
    return list(enumerate(tree)) if isinstance(tree, list) else []


NEAR = (0, 1, 2, 3, 4, 5, 6, 10, 59, 60, 62, 1_000, 2_000, 20_000)
PARTS = (1e-9, 0.001, 0.25, 1.0, 9.5, 1e6)


def alike(value: Any, texts: Sequence[str]) -> st.SearchStrategy[Any]:
    """Draw another value of the same sort, one that may be right: of texts one that stands elsewhere."""
    if isinstance(value, bool):
        return st.just(not value)
    if isinstance(value, int):
        return st.sampled_from(NEAR)
    if isinstance(value, float):
        return st.sampled_from(PARTS)
    if isinstance(value, str):
        return st.sampled_from(texts)
    if isinstance(value, list):
        return st.permutations(value[:20]).map(lambda items: [*items, *value[20:]])
    return st.just({})


def texts_in(tree: Any) -> list[str]:
    """Return every text in a tree, each once."""
    found = [step for step, _ in _items(tree) if isinstance(step, str)]
    for _, part in _items(tree):
        found += [part] if isinstance(part, str) else texts_in(part)
    return list(dict.fromkeys(found))


@st.composite
def damaged(draw: st.DrawFn, tree: Any) -> Any:
    """Draw a tree with up to three things in it that are not right."""
    tree = copy.deepcopy(tree)
    texts = texts_in(tree)
    for _ in range(draw(st.integers(1, 3))):
        kinds = places(tree)
        if not kinds:
            break
        kind = draw(st.sampled_from(sorted(kinds, key=repr)))
        _damage(draw, tree, draw(st.sampled_from(kinds[kind])), texts)
    return tree


def _damage(draw: st.DrawFn, tree: Any, path: Path, texts: Sequence[str]) -> None:
    parent = tree
    for step in path[:-1]:
        parent = parent[step]
    last = path[-1]
    how = draw(st.sampled_from(["alike"] * 8 + ["set", "set", "drop", "twice", "swap", "rename"]))
    if how == "drop":
        del parent[last]
    elif how == "twice" and isinstance(parent, list):
        parent.extend([copy.deepcopy(parent[last])] * draw(st.sampled_from([1, 2, 500])))
    elif how == "swap" and len(parent) > 1:
        other = draw(st.sampled_from(sorted(key for key, _ in _items(parent))))
        parent[last], parent[other] = parent[other], parent[last]
    elif how == "rename" and isinstance(parent, dict):
        parent[draw(st.sampled_from(TEXTS))] = parent.pop(last)
    else:
        parent[last] = draw(alike(parent[last], texts) if how == "alike" else values())


@st.composite
def damaged_bytes(draw: st.DrawFn, content: bytes, snippets: Sequence[bytes] = ()) -> bytes:
    """Draw a file of which some bytes are others, twice there, gone, or between which something stands."""
    for _ in range(draw(st.integers(1, 3))):
        at = int(draw(st.floats(0, 1, exclude_max=True)) * len(content))
        length = draw(st.sampled_from([1, 1, 4, 50, 1_000]))
        how = draw(st.sampled_from(["flip", "cut", "drop", "twice", "many", "put"]))
        piece = content[at : at + length]
        between = {
            "flip": bytes(byte ^ draw(st.integers(1, 255)) for byte in piece[:1]) + piece[1:],
            "cut": b"",
            "drop": b"",
            "twice": piece * 2,
            "many": piece * (200_000 // max(1, len(piece))),
            "put": (draw(st.sampled_from(snippets)) if snippets else b"\x00") + piece,
        }[how]
        content = content[:at] + between + (b"" if how == "cut" else content[at + length :])
    return content
