"""Laws of resolution."""

from __future__ import annotations

import random
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from abmspec import export, load, pipeline
from abmspec.holdings import all_holdings
from abmspec.lookup import plain
from abmspec.model import spec as model
from abmspec.resolve import Resolved, View, resolve
from abmspec.source import Document
from tests.specs import base_files, resolved_with, spec_with

VALUES = ("technology", "financial-services", "manufacturing")
# Mappings whose order says something (and all that is in them keeps its own).
ORDERED = frozenset(
    {"values", "bands", "tiers", "stages", "territories", "rules", "steps", "order", "written_by"}
)

overlays = st.fixed_dictionaries(
    {},
    optional={
        "hide": st.lists(st.sampled_from(VALUES), unique=True),
        "values": st.dictionaries(
            st.sampled_from(("emea-a", "emea-b", "emea-c")),
            st.fixed_dictionaries(
                {"label": st.sampled_from(("One", "Two")), "maps_to": st.sampled_from(VALUES)},
                optional={"after": st.sampled_from(VALUES)},
            ),
        ),
    },
)


def things(view: View) -> dict[str, Any]:
    """Everything a view holds, without whose it is."""
    merged = ("picklists", "fields", "segments", "privacy", "plays", "content", "ctas")
    data: dict[str, Any] = {
        name: {id: plain(thing) for id, thing in getattr(view, name).items()} for name in merged
    }
    data |= {name: plain(getattr(view, name)) for name in ("tiers", "routing") if getattr(view, name)}
    return data | {"hidden": (view.hidden_values, view.hidden_fields)}


def as_yaml(data: dict[str, Any]) -> str:
    """JSON is YAML, as long as no key is long."""
    return msgspec.json.encode(data).decode() + "\n" if data else "{}\n"


def with_overlay(overlay: dict[str, Any]) -> Resolved:
    return resolved_with({"regions/emea/picklists/industry.yaml": as_yaml(overlay)})


def test_without_overlays_every_region_is_the_backbone() -> None:
    resolved = resolved_with()
    for view in resolved.regions.values():
        assert things(view) == things(resolved.backbone)


@given(overlays)
def test_an_overlay_never_changes_the_backbone(overlay: dict[str, Any]) -> None:
    resolved = with_overlay(overlay) if overlay else resolved_with()
    assert things(resolved.backbone) == things(resolved_with().backbone)


@given(overlays.filter(bool))
def test_an_overlay_twice_is_an_overlay_once(overlay: dict[str, Any]) -> None:
    """A child that says again what its parent said of things above sees what the parent sees."""
    again = {key: value for key, value in overlay.items() if key == "hide"}
    labels = {"values": {"technology": {"labels": {"fr": "Technologie"}}}}
    once = resolved_with(
        {"regions/emea/picklists/industry.yaml": as_yaml({**labels, "hide": overlay.get("hide", [])})}
    )
    twice = resolved_with(
        {
            "regions/emea/picklists/industry.yaml": as_yaml({**labels, "hide": overlay.get("hide", [])}),
            "regions/emea/dach/picklists/industry.yaml": as_yaml({**labels, **again}),
        }
    )
    assert things(twice.regions["dach"]) == things(once.regions["dach"]) == things(once.regions["emea"])


@given(overlays)
def test_resolution_is_a_function_of_the_spec(overlay: dict[str, Any]) -> None:
    one, other = (with_overlay(overlay) if overlay else resolved_with() for _ in range(2))
    assert one.regions == other.regions


@given(overlays)
def test_values_of_a_region_are_its_parents_and_its_own(overlay: dict[str, Any]) -> None:
    resolved = with_overlay(overlay) if overlay else resolved_with()
    own = set(overlay.get("values", {}))
    assert set(resolved.regions["dach"].picklists["industry"].values) == {*VALUES, *own}
    for value in own:
        assert value not in resolved.backbone.picklists["industry"].values


def shuffled(data: Any, chance: random.Random, key: str = "") -> Any:
    """The data with every mapping that has no order in another order."""
    if isinstance(data, dict):
        items = [(name, shuffled(value, chance, name)) for name, value in data.items()]
        if key not in ORDERED:
            chance.shuffle(items)
        return dict(items)
    if isinstance(data, list):
        return [shuffled(item, chance) for item in data]
    return data


@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_order_means_nothing_outside_the_ordered_mappings(seed: int) -> None:
    chance = random.Random(seed)
    sources, _ = load.load_tree(base_files())
    paths = list(sources.documents)
    chance.shuffle(paths)
    documents = {}
    for path in paths:
        document = sources.documents[path]
        documents[path] = Document(
            path=path,
            kind=document.kind,
            id=document.id,
            region=document.region,
            data=shuffled(document.data, chance),
            text=document.text,
            find_spans=lambda text: {},
        )
    spec = model.build(documents)
    assert spec is not None
    mixed, straight = resolve(spec), resolve(spec_with())
    assert {view.scope: things(view) for view in mixed.views} == {
        view.scope: things(view) for view in straight.views
    }


def test_the_same_spec_gives_the_same_bytes() -> None:
    def document() -> bytes:
        resolved = resolved_with()
        return export.spec_document(resolved, all_holdings(resolved).values())

    assert document() == document()
    assert pipeline.build(resolved_with()) == pipeline.build(resolved_with())
