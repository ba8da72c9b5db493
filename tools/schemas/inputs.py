"""What the commands read as JSON from others: the request for a change, as an issue form or a chat bot sends it."""

from __future__ import annotations

from typing import Any

from tools.schemas.pieces import Properties, Schema, bare, flag, keyed, like, mapping, one_of
from tools.schemas.shared import text

FOLDER_NAME = "inputs"

_ADDRESS = like("address", "The address of what changes.", "picklist.industry.value.media-telecom")
_REASON = like("prose", "Why it is wanted.", "Two regions sell to it already.")
_CALLED = "or, of a value, a label or an alias"
_REGION = like("id", "The region in which it holds. Left out: all.", "nordics")


def _request(action: str, description: str, properties: Properties, *required: str) -> Schema:
    """A request: its action, what that needs, and why."""
    whole: Properties = {
        "action": {"description": "What is to be done.", "const": action, "examples": [action]},
        **properties,
        "reason": _REASON,
    }
    return mapping(description, whole, required=["action", *required])


KINDS = ("region", "picklist", "value", "field", "segment", "play", "content", "role", "waiver")
_ADD: Properties = {
    "kind": one_of(KINDS, "What is to be added.", "value"),
    "id": like(
        "thing-name",
        "Its id, a field's with or without its object. Left out: made from the label.",
        "fintech",
    ),
    "label": like("line", "The name that people read.", "Fintech"),
    "region": like("id", "Whose it is; of a new region, its parent. Left out: global.", "nordics"),
    "picklist": like("id", "The list that a value joins.", "industry"),
    "object": like("id", "The object that a field describes.", "account"),
    "after": like("value-id", "Behind which other it stands. Left out: at the end.", "financial-services"),
    "attributes": {
        "description": "What else is said of it, as its YAML has it.",
        "type": "object",
        "examples": [{"maps_to": "financial-services"}],
    },
}

REQUESTS: dict[str, Schema] = {
    "add": _request("add", "A new thing of a kind.", _ADD, "kind"),
    "rename": _request(
        "rename",
        "Another id: the old one stays as a tombstone, and uses follow.",
        {"address": _ADDRESS, "to": like("value-id", "The new id.", "media")},
        "address", "to",
    ),
    "deprecate": _request(
        "deprecate",
        "Not to be used any more, and gone after its sunset.",
        {
            "address": _ADDRESS,
            "sunset": like("date", "The day after which nothing may use it. Left out: in 90 days.", "2027-03-31"),
            "replaced_by": like("line", f"What takes over: its id or address, {_CALLED}.", "media"),
            "replace": flag("Whether uses move to what takes over."),
        },
        "address",
    ),
    "retire": _request("retire", "The end of a deprecated thing: a tombstone.", {"address": _ADDRESS}, "address"),
    "relabel": _request(
        "relabel",
        "Another label in the spec's own language.",
        {"address": _ADDRESS, "label": like("line", "The new label.", "Media & Entertainment")},
        "address", "label",
    ),
    "translate": _request(
        "translate",
        "Labels in other languages.",
        {
            "address": _ADDRESS,
            "labels": keyed(bare("line"), "The labels, by locale.", {"de": "Medien"}, key="locale", least=1),
            "region": _REGION,
        },
        "address", "labels",
    ),
    "map": _request(
        "map",
        "Another global value for a regional one.",
        {
            "address": _ADDRESS,
            "maps_to": like("line", f"What it rolls up to: its id, {_CALLED}.", "financial-services"),
        },
        "address", "maps_to",
    ),
    "hide": _request(
        "hide",
        "A value or field that a region does not offer.",
        {"address": _ADDRESS, "region": like("id", "The region that does not offer it.", "nordics")},
        "address", "region",
    ),
}  # fmt: skip

DEFINITIONS: dict[str, Schema] = {
    "thing-name": text(
        "a thing's name",
        "its id, or its address",
        "media",
        "^[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)*$",
        255,
    ),
    **{f"request-{action}": schema for action, schema in REQUESTS.items()},
}


def _branch(action: str) -> dict[str, Any]:
    asked = {"properties": {"action": {"const": action}}, "required": ["action"]}
    return {"if": asked, "then": bare(f"request-{action}")}


INPUTS: dict[str, Schema] = {
    "change-request": {
        "title": "a request for a change",
        "description": "One change that somebody asks for, as `abmspec propose -` reads it. `action` says which.",
        "type": "object",
        "properties": {"action": one_of(tuple(REQUESTS), "What is to be done.", "add")},
        "required": ["action"],
        "allOf": [_branch(action) for action in REQUESTS],
    }
}
