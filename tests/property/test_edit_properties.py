"""Laws of edits: comments stay, what was put in can be taken out again, and form never changes meaning."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abmspec import load, pipeline
from abmspec.edit import (
    EditRefused,
    Insert,
    InsertItem,
    Operation,
    Remove,
    RenameKey,
    SetValue,
    edited,
    emit,
    formatted,
    splice,
)
from abmspec.edit.key_order import KeyOrder, key_order
from abmspec.edit.page import Page
from abmspec.edit.window import window
from abmspec.load.parser import _strict_events, _Walk
from abmspec.model.spec import Spec
from abmspec.source import Route
from tests.conftest import ROOT
from tests.property.test_load_properties import DATA, SCALARS, Writer, routes, written

VALUES = SCALARS | DATA | st.lists(SCALARS, max_size=3)


@cache
def reference() -> load.Files:
    return load.collect(ROOT)


def at(data: Any, route: Route) -> Any:
    for part in route:
        data = data[part]
    return data


def comments(text: str) -> list[str]:
    page = Page.of("x.yaml", text)
    return sorted(page.text[start:end] for start, end in page.comments)


def operations(choices: random.Random, data: Any, value: Any) -> Operation:
    """Any operation that makes sense somewhere in the data."""
    route = choices.choice(list(routes(data)))
    node = at(data, route)
    found: list[Operation] = [RenameKey(route, "renamed")] if route and isinstance(route[-1], str) else []
    if isinstance(node, dict):
        beside = choices.choice([*node, None])
        found.append(Insert(route, "added", value, **{choices.choice(["after", "before"]): beside}))
    if isinstance(node, list):
        found.append(InsertItem(route, value, choices.randint(0, len(node))))
    if route:
        found += [SetValue(route, value), Remove(route)]
    return choices.choice(found)


def has(data: Any, key: str) -> bool:
    return any(key in route for route in routes(data))


@given(written(), VALUES, st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_edits_keep_comments_and_can_be_undone(
    text_and_data: tuple[str, dict[str, Any]], value: Any, choices: random.Random
) -> None:
    text, data = text_and_data
    try:
        Page.of("x.yaml", text)
    except EditRefused:
        return
    if has(data, "added") or has(data, "renamed"):
        return
    operation = operations(choices, data, value)
    after = edited("x.yaml", text, [operation])
    node = at(data, operation.route)
    if not isinstance(operation, Remove | SetValue):
        assert comments(after) == comments(text)
    if isinstance(operation, Insert | InsertItem) and node and after.count("\n") == text.count("\n") + 1:
        last: str | int | None = operation.key if isinstance(operation, Insert) else operation.index
        assert last is not None
        assert edited("x.yaml", after, [Remove((*operation.route, last))]) == text
    if isinstance(operation, RenameKey):
        assert Page.of("x.yaml", after).text.count("\n") >= text.count("\n")
    once = formatted("x.yaml", after, "")
    assert formatted("x.yaml", once, "") == once
    assert comments(once) == comments(after)


@given(DATA)
def test_what_is_emitted_is_in_form_and_reads_the_same_in_both_parsers(data: dict[str, Any]) -> None:
    text = emit(data)
    assert Page.of("x.yaml", text).data == data
    assert formatted("x.yaml", text, "") == text
    assert _Walk(_strict_events(text), text, {}, []).document() == data


@pytest.mark.parametrize(
    "entry",
    [each for each in reference().layout.entries if each.kind in ("picklist", "fields", "kpis")][::4],
    ids=lambda entry: str(entry.path),
)
def test_an_edit_of_which_only_the_surroundings_are_read_is_the_same_edit(
    entry: load.Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = reference().contents[entry.path].decode()
    data = Page.of(entry.path, text).data
    choices = random.Random(entry.path)
    made = [operations(choices, data, {"label": "Added", "aliases": ["A", "B"]}) for _ in range(20)]
    whole = [edited(entry.path, text, [each], entry.kind) for each in made]
    monkeypatch.setattr(splice, "LARGE", 0)
    assert [edited(entry.path, text, [each], entry.kind) for each in made] == whole
    assert any(window(text, data, each) for each in made)


# -- the reference spec, in another form -------------------------------------------------------------------


def understood(contents: Mapping[str, bytes]) -> Spec:
    """All that the files say, without where they say it."""
    sources, found = load.load_tree(contents)
    spec, rejected = pipeline.understand(sources)
    assert not (*found, *rejected)
    assert spec is not None
    return dataclasses.replace(spec, documents={})


@cache
def understood_reference() -> Spec:
    return understood(reference().contents)


def shuffled(data: Any, order: KeyOrder, choices: random.Random, route: Route = ()) -> Any:
    """The data with its keys shuffled, except where they are the author's own."""
    if isinstance(data, list):
        return [shuffled(item, order, choices, (*route, at)) for at, item in enumerate(data)]
    if not isinstance(data, dict):
        return data
    keys = list(data)
    if order.of(route):
        choices.shuffle(keys)
    return {key: shuffled(data[key], order, choices, (*route, key)) for key in keys}


@given(st.integers(0, 2**32))
@settings(max_examples=5)
def test_form_never_changes_what_the_reference_spec_means(seed: int) -> None:
    choices = random.Random(seed)
    contents = dict(reference().contents)
    for entry in choices.sample(reference().layout.entries, 60):
        document, _ = load.parse(entry, contents[entry.path])
        assert document is not None
        data = shuffled(document.data, key_order(entry.kind), choices)
        text = Writer(choices).block(data, "")
        once = formatted(entry.path, text, entry.kind)
        assert formatted(entry.path, once, entry.kind) == once
        assert comments(once) == comments(text)
        contents[entry.path] = once.encode()
    assert understood(contents) == understood_reference()


@pytest.mark.parametrize("entry", reference().layout.entries[::9], ids=lambda entry: str(entry.path))
def test_a_file_turned_inside_out_comes_back(entry: load.Entry) -> None:
    """Keys in another order, with their comments and in their layout: the canonical form is the file as it was."""
    text = reference().contents[entry.path].decode()
    page = Page.of(entry.path, text)
    key = next(iter(page.data))
    if len(page.data) < 2 or page.root.children[0].leading or page.head or page.root.tail:
        return
    first = page.root.children[0]
    cut = page.next_line(first.extent)
    moved = text[cut:] + text[:cut]
    assert list(Page.of(entry.path, moved).data)[-1] == key
    assert formatted(entry.path, moved, entry.kind) == text
