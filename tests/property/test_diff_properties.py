"""Laws of the diff: nothing of a spec changes unseen, and nothing is seen where nothing changed."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from abmspec import export, load, lookup, pipeline, schema
from abmspec.diff import CLASSES, compare
from abmspec.diff.inventory import entities, parts_of
from abmspec.model.spec import build
from abmspec.resolve import Resolved, resolve
from tests.conftest import ROOT
from tests.property.mutation import Spec
from tests.specs import base_files, resolved_in, resolved_with

TODAY = date(2026, 10, 1)


@cache
def base() -> Spec:
    return Spec(base_files())


def changed(seed: int, times: int) -> Resolved | None:
    """The small spec with some changes that every schema accepts; None where its abmspec.yaml is not usable."""
    sources, _ = load.load_tree(base().changed(random.Random(seed), times))
    spec, _ = pipeline.understand(sources)
    return None if spec is None or spec.broken else resolve(spec)


def meaning(resolved: Resolved) -> Any:
    """What a spec says, apart from where it stands and in which order: as whoever reads the document takes it."""
    document = json.loads(export.spec_document(resolved, ()))
    del document["conditions"]
    document["accounts"] = [
        lookup.plain(each)
        for each in (*resolved.spec.account_overrides.values(), *resolved.spec.account_plans.values())
    ]
    return without_order(document)


def without_order(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_order(value) for key, value in data.items() if key != "path"}
    if isinstance(data, list | tuple):
        return sorted({json.dumps(without_order(item), sort_keys=True) for item in data})
    return data


@given(seed=st.integers(0, 2**32), times=st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_whatever_changes_is_seen(seed: int, times: int) -> None:
    before, after = resolved_with(), changed(seed, times)
    if after is None:
        return
    there, back = compare(before, after, TODAY), compare(after, before, TODAY)
    if meaning(before) != meaning(after):
        assert there
    assert bool(there) == bool(back)


@given(seed=st.integers(0, 2**32), times=st.integers(0, 6))
@settings(max_examples=25, deadline=None)
def test_nothing_changes_from_a_spec_to_itself(seed: int, times: int) -> None:
    one, other = changed(seed, times), changed(seed, times)
    if one is not None and other is not None:
        assert compare(one, other, TODAY) == ()


def test_nothing_changes_in_the_reference_spec() -> None:
    spec = resolved_in(ROOT)
    assert compare(spec, resolve(spec.spec), TODAY) == ()


@given(seed=st.integers(0, 2**32), times=st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_a_change_is_of_something_and_its_reasons_give_its_class(seed: int, times: int) -> None:
    before, after = resolved_with(), changed(seed, times)
    if after is None:
        return
    known = {"project"}
    for side in (before, after):
        for entity in entities(side.spec):
            known |= {entity.address, *(part.address for part in parts_of(entity))}
    changes = compare(before, after, TODAY)
    addresses = [change.address for change in changes]
    assert addresses == sorted(set(addresses))
    for change in changes:
        assert change.address in known
        assert change.path
        order = [CLASSES.index(reason.change_class) for reason in change.reasons]
        assert order == sorted(order)
        assert change.change_class == change.reasons[0].change_class
        assert change.kinds[0] == change.kind
        assert all(reason.why.endswith((".", "…")) for reason in change.reasons)


@cache
def places() -> tuple[tuple[str, tuple[str | int, ...]], ...]:
    """Every node of the reference spec's files but their roots."""
    return tuple(
        (path, route)
        for path, document in resolved_in(ROOT).spec.documents.items()
        for route in routes(document.data)
        if route
    )


def routes(data: Any, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [route, *(deeper for key, value in inside for deeper in routes(value, (*route, key)))]


def without(data: Any, route: tuple[str | int, ...]) -> Any:
    """The data with one node taken away; a number or a truth value is another instead."""
    copy = deepcopy(data)
    holder = copy
    for key in route[:-1]:
        holder = holder[key]
    value = holder[route[-1]]
    if isinstance(value, bool):
        holder[route[-1]] = not value
    elif isinstance(value, int | float):
        holder[route[-1]] = value + 1
    else:
        del holder[route[-1]]
    return copy


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_whatever_is_taken_from_the_reference_spec_is_seen(data: st.DataObject) -> None:
    before = resolved_in(ROOT)
    path, route = data.draw(st.sampled_from(places()))
    text = json.dumps(without(before.spec.documents[path].data, route)).encode()
    document = before.spec.documents[path]
    parsed, _ = load.parse(load.Entry(path, document.kind, document.id, document.region), text)
    if parsed is None or schema.validate(parsed):
        return
    spec = build({**before.spec.documents, path: parsed})
    assert spec is not None
    if replace(spec, documents={}) != replace(before.spec, documents={}):
        assert compare(before, resolve(spec), TODAY)
