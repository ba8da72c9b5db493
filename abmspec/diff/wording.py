"""How attributes and their values are said in the reasons of a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abmspec.diff.difference import Difference, as_data
from abmspec.words import listing

# What an attribute is called, where its name alone says little.
NAMES: Mapping[str, str] = {
    "allowed_for": "list of values that it is offered for",
    "applies_to": "data that it applies to",
    "approved_by": "role that approved it",
    "at_least": "threshold",
    "bands_of": "field that it has the bands of",
    "countersigned_by": "role that countersigns",
    "decision": "decision that it serves",
    "depends_on": "field that it depends on",
    "deputy_after": "time after which deputies stand in",
    "keys_from": "system that it has the stored keys of",
    "respond_within": "time to answer in",
    "review_by": "day of the next review",
    "review_within": "time to review in",
    "reviewed": "day of the last review",
    "rolls_up_to": "list that it rolls up to",
    "until": "last day",
    "when_unknown": "band of what is unknown",
    "within": "larger one that it lies in",
    "written_by": "list of what writes it",
    "sla": "service level",
    "gtm": "go-to-market model",
    "maps_to": "global value that it rolls up to",
    "kpis": "key figures",
    "cta": "call to action",
    "from": "lower end",
    "when": "condition",
    "use_instead": "field that drives it",
    "order": "order of the steps",
    "others": "number of other people who have to approve",
    "require": "requirements",
    "for": "audience",
    "to": "upper end",
}
# What a thing is called inside a sentence, where its noun is not that.
NOUNS: Mapping[str, str] = {
    "kpi": "key figure",
    "cta": "call to action",
    "icp": "ideal customer profile",
    "raci": "activity of the RACI",
    "factor": "factor of the tiers",
    "stage": "stage of the lifecycle",
    "sla": "service level",
    "buying-group-role": "role of the buying group",
    "routed-role": "routing of the role",
    "charter-decision": "decision of the charter",
    "objective": "objective of the charter",
    "outcome": "outcome of the charter",
    "seat": "seat of the council",
    "policy-rule": "rule of the change policy",
    "privacy": "privacy rule",
    "account-override": "account override",
    "account-plan": "account plan",
    "buying-groups": "buying groups",
    "change-policy": "change policy",
    "fields": "data dictionary",
    "decision": "recorded decision",
}
LONGEST = 160
# What says no more than what is not there.
NOTHING: tuple[Any, ...] = (None, "", [], {})


def noun(name: str) -> str:
    """What a thing is called inside a sentence: `value`, `key figure`."""
    return NOUNS.get(name, name)


def _called(difference: Difference) -> str:
    """What changed, as a sentence begins: ``The threshold``, ``The day of `dinner` ``, ```dach` in the targets``."""
    last = difference.names[-1]
    name = NAMES.get(last, last.replace("_", " "))
    ids = [f"`{step}`" for step in difference.route if step not in difference.names]
    if difference.route[-1] not in difference.names:
        return f"{ids[-1]} in the {name}"
    return f"The {name} of {listing(ids, 'in')}" if ids else f"The {name}"


def shown(value: Any) -> str:
    """A value as a reader takes it."""
    data = as_data(value)
    if data is None or data in ("", [], {}):
        return "nothing"
    if isinstance(data, bool):
        return "yes" if data else "no"
    if isinstance(data, int):
        return f"{data:,}"
    if isinstance(data, list):
        return _cut(listing([_inside(item) for item in data], "and"))
    return _cut(_inside(data))


def _inside(data: Any) -> str:
    if isinstance(data, dict):
        return ", ".join(f"{key} {_inside(item)}" for key, item in data.items())
    if isinstance(data, list):
        return "/".join(_inside(item) for item in data)
    if isinstance(data, str):
        return f"`{data}`"
    return str(data)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def sentence(difference: Difference) -> str:
    """What changed, as a sentence."""
    if difference.reordered:
        return f"The order changes to {listing([f'`{id}`' for id in difference.after], 'and')}."
    name = _called(difference)
    several = (
        name.startswith("The ")
        and " of " not in name
        and name.endswith("s")
        and not name.endswith(("ss", "us"))
    )
    is_, changes = ("are", "change") if several else ("is", "changes")
    before, after = as_data(difference.before), as_data(difference.after)
    if isinstance(after, bool) and difference.route == difference.names:
        return f"`{difference.attribute}` is {'on' if after else 'off'} now."
    if before in NOTHING:
        return f"{name} {is_} new: {shown(after)}."
    if after in NOTHING:
        return f"{name} {is_} gone: it was {shown(before)}."
    if (
        isinstance(before, list)
        and isinstance(after, list)
        and all(isinstance(x, str) for x in before + after)
    ):
        return f"{name} {changes}{_of_sets(before, after)}."
    return f"{name} {changes} from {shown(before)} to {shown(after)}."


def _of_sets(before: list[str], after: list[str]) -> str:
    added = [item for item in after if item not in before]
    gone = [item for item in before if item not in after]
    if not added and not gone:
        return f" to {shown(after)}, in that order"
    parts = [
        f"{shown(items)} {one if len(items) == 1 else several}"
        for items, one, several in ((added, "comes in", "come in"), (gone, "goes out", "go out"))
        if items
    ]
    return f": {', '.join(parts)}"
