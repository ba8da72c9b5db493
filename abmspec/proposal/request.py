"""What somebody asks for: one change of the spec, as flags or an issue form's JSON give it."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Kind = Literal["region", "picklist", "value", "field", "segment", "play", "content", "role", "waiver"]


class Request(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="action"
):  # fmt: skip
    """One change. In JSON, `action` says which.

    `reason` is why it is wanted: recorded where the format has room for it, and needed to add what may exist already.
    """

    reason: str = ""


class Add(Request, frozen=True, kw_only=True, tag="add"):
    """A new thing of a kind.

    `id` is made from `label` where it is left out. `region` is whose it is (empty: global; of a region, its parent).
    `picklist` is the list that a value joins, `object` the object that a field describes. `attributes` are the rest, as
    the YAML has them (`maps_to`, `countries`, `type`, `when` …).
    """

    kind: Kind
    id: str = ""
    label: str = ""
    region: str = ""
    picklist: str = ""
    object: str = ""
    after: str = ""
    attributes: dict[str, Any] = {}


class Rename(Request, frozen=True, kw_only=True, tag="rename"):
    """Another id for a thing: the old one stays as a tombstone that points to the new one, and uses follow."""

    address: str
    to: str


class Deprecate(Request, frozen=True, kw_only=True, tag="deprecate"):
    """A thing that goes: not to be used any more, gone after `sunset` (ISO date).

    `replaced_by` is the id that takes over. With `replace`, every use moves to it, region by region.
    """

    address: str
    sunset: str = ""
    replaced_by: str = ""
    replace: bool = False


class Retire(Request, frozen=True, kw_only=True, tag="retire"):
    """The end of a deprecated thing: a tombstone, whose id stays taken."""

    address: str


class Relabel(Request, frozen=True, kw_only=True, tag="relabel"):
    """Another label in the spec's own language."""

    address: str
    label: str


class Translate(Request, frozen=True, kw_only=True, tag="translate"):
    """Labels in other languages, by language tag; with `region`, in that region's overlay."""

    address: str
    labels: dict[str, str]
    region: str = ""


class Map(Request, frozen=True, kw_only=True, tag="map"):
    """Another global value for a regional one."""

    address: str
    maps_to: str


class Hide(Request, frozen=True, kw_only=True, tag="hide"):
    """A value or field that a region does not offer."""

    address: str
    region: str


Alteration = Rename | Deprecate | Retire | Relabel | Translate | Map | Hide
AnyRequest = Add | Alteration
