"""Specs as careless and hostile hands leave them: the files of a good one, changed at random."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from abmspec import schema
from abmspec.load import Entry, load_tree, parse
from tests.rules.page import pages

Route = tuple[str | int, ...]
Files = dict[str, bytes]

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**15, 2**53, 2**53 - 1, -(10**300), 1.0e-300, "", " ", "~", "NO", "1e3",
    "2026-02-30", "2026-12-31", "a" * 5000, "a.b", "a.b.c", ".", "a-", "-", "global", "emea", "emea-x", "\u202ex",
    "x\ny", "\U0001f600", "é́", "`", "{}", "[]", "0 days", "90 days", "999999999 years", [], {}, [[]], [None],
    {"": ""}, {"a": None}, ["a", "a"], {"field": "account.industry", "in": []}, {"not": {"icp": True}},
    {"all": []}, {"any": [{"segment": "enterprise-technology"}]}, {"region": ["emea"]}, {"tier": ["tier-1"]},
)  # fmt: skip


class Spec:
    """The files of a good spec, parsed once, and everything that stands in them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.borrowed: list[tuple[str, bytes]] = []
        self.documents = load_tree(files)[0].documents
        self.data = {path: document.data for path, document in self.documents.items()}
        for page in pages().values():
            for block in (*page.blocks("bad"), *page.blocks("good")):
                if (
                    block.form == "yaml"
                    and (content := block.content) is not None
                    and "{1.." not in block.path
                ):
                    self.borrowed.append((block.path, content))
        self.by_key: dict[str, list[Any]] = {}
        for data in self.data.values():
            for key, value in _items(data):
                self.by_key.setdefault(key, []).append(value)
        self.texts = sorted({each for data in self.data.values() for each in _texts(data)})
        self.blocks = [deepcopy(each) for data in self.data.values() for each in _blocks(data)]

    def mutated(self, choose: random.Random, times: int) -> Files:
        """The files with some changes."""
        files, data = dict(self.files), deepcopy(self.data)
        for _ in range(times):
            path = choose.choice(sorted(files))
            if path not in data or choose.random() < 0.1:
                data.pop(path, None)
                choose.choice(_OF_BYTES)(files, path, choose)
            else:
                self._change(data[path], choose)
                files[path] = json.dumps(data[path], ensure_ascii=False).encode("utf-8", "surrogatepass")
        return files

    def changed(self, choose: random.Random, times: int) -> Files:
        """The files with some changes that every schema accepts, and some files from the pages of rules."""
        files = dict(self.files)
        for _ in range(times):
            if choose.random() < 0.3:
                path, content = choose.choice(self.borrowed)
                files[path] = content
                continue
            path = choose.choice(sorted(self.data))
            entry = Entry(
                path, self.documents[path].kind, self.documents[path].id, self.documents[path].region
            )
            before, _ = parse(entry, files.get(path, self.files[path]))
            for _ in range(20 if before is not None else 0):
                data = deepcopy(before.data) if before is not None else {}
                self._change_gently(data, choose)
                raw = json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")
                after, found = parse(entry, raw)
                if after is not None and not found and not schema.validate(after):
                    files[path] = raw
                    break
        return files

    def _change_gently(self, data: Any, choose: random.Random) -> None:
        """One change that may well be right: what stands under a key elsewhere, a key more, a key less."""
        routes = [route for route in _routes(data) if route]
        if not routes:
            return
        route = choose.choice(routes)
        holder: Any = data
        for part in route[:-1]:
            holder = holder[part]
        key: Any = route[-1]
        alike = self.by_key.get(str(key)) or self.texts
        match choose.randrange(6):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                new = choose.choice(self.texts)
                holder[new] = deepcopy(choose.choice(self.by_key.get(new) or [holder[key]]))
            case 2 if isinstance(holder[key], int | float) and not isinstance(holder[key], bool):
                holder[key] = choose.choice((0, 1, 49, 99, 100, 101, 10**9, holder[key] * 2, holder[key] + 1))
            case 3 if isinstance(holder, list):
                holder[key] = deepcopy(choose.choice(holder))
            case 4 if isinstance(holder[key], str):
                holder[key] = choose.choice(self.texts)
            case _:
                holder[key] = deepcopy(choose.choice(alike))

    def _change(self, data: Any, choose: random.Random) -> None:
        """One change somewhere in a document."""
        routes = [route for route in _routes(data) if route]
        if not routes:
            return
        route = choose.choice(routes)
        holder: Any = data
        for part in route[:-1]:
            holder = holder[part]
        key: Any = route[-1]
        match choose.randrange(8):
            case 0:
                del holder[key]
            case 1:
                holder[key] = deepcopy(choose.choice(ODD))
            case 2 | 3 if isinstance(holder[key], str):
                holder[key] = choose.choice(self.texts)
            case 4 if isinstance(holder, dict):
                holder[choose.choice(self.texts)] = holder.pop(key)
            case 5 if isinstance(holder, dict):
                holder[choose.choice(self.texts)] = deepcopy(holder[key])
            case 6 if isinstance(holder[key], int | float):
                holder[key] = choose.choice((0, 1, -1, 99, 100, 101, 10**9, holder[key] * 2, -holder[key]))
            case _:
                holder[key] = deepcopy(choose.choice(self.blocks))


def _truncate(files: Files, path: str, choose: random.Random) -> None:
    files[path] = files[path][: choose.randrange(len(files[path]) + 1)]


def _twice(files: Files, path: str, choose: random.Random) -> None:
    files[path] += files[path]


def _noise(files: Files, path: str, choose: random.Random) -> None:
    at = choose.randrange(len(files[path]) + 1)
    noise = choose.choice(
        (b"\x00", b"\xff", b"\t", b"\n", b"&a ", b"*a", b"!x ", b"---\n", b": ", b"{", "é".encode())
    )
    files[path] = files[path][:at] + noise + files[path][at:]


def _delete(files: Files, path: str, choose: random.Random) -> None:
    del files[path]


def _move(files: Files, path: str, choose: random.Random) -> None:
    other = choose.choice(sorted(files))
    files[other], files[path] = files[path], files[other]


def _copy_into_region(files: Files, path: str, choose: random.Random) -> None:
    files[f"regions/emea/{path.partition('/')[2] or path}"] = files[path]


_OF_BYTES: tuple[Callable[[Files, str, random.Random], None], ...] = (
    _truncate, _twice, _noise, _delete, _move, _copy_into_region,
)  # fmt: skip


def _routes(data: Any, route: Route = ()) -> list[Route]:
    found = [route]
    if isinstance(data, dict):
        for key, value in data.items():
            found += _routes(value, (*route, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += _routes(value, (*route, index))
    return found


def _items(data: Any) -> list[tuple[str, Any]]:
    if isinstance(data, dict):
        return [pair for key, value in data.items() for pair in ((str(key), value), *_items(value))]
    return [pair for value in data for pair in _items(value)] if isinstance(data, list) else []


def _texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for key, value in data.items() for text in (str(key), *_texts(value))]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [data] if isinstance(data, str) else []


def _blocks(data: Any) -> list[Any]:
    inside = list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else []
    return [*(each for each in inside), *(deeper for each in inside for deeper in _blocks(each))]
