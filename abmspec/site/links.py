"""Where on the site everything is that has an address."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from abmspec.address import split_region
from abmspec.references import ReferenceIndex, Thing, noun
from abmspec.site.wording import spoken

# By kind, the page and the place on it. `id` is how others name the thing, `within` what it is part of.
PLACES = {
    "picklist": "picklists/{id}.html",
    "value": "picklists/{within}.html#value-{id}",
    "field": "dictionary/{object}.html#{id}",
    "object": "dictionary/{id}.html",
    "segment": "segments/{id}.html",
    "privacy": "governance/privacy.html#rule-{id}",
    "jurisdiction": "governance/privacy.html#jurisdiction-{id}",
    "jurisdictions": "governance/privacy.html",
    "play": "plays/{id}.html",
    "step": "plays/{within}.html#step-{id}",
    "content": "plays/content.html#content-{id}",
    "cta": "plays/content.html#cta-{id}",
    "experiment": "plays/learnings.html#experiment-{id}",
    "learning": "plays/learnings.html#learning-{id}",
    "region": "regions/{id}.html",
    "kpi": "kpis.html#kpi-{id}",
    "charter": "charter.html",
    "objective": "charter.html#objective-{id}",
    "outcome": "charter.html#outcome-{id}",
    "decision": "charter.html#decision-{id}",
    "icp": "icp.html",
    "tiers": "tiers.html",
    "tier": "tiers.html#tier-{id}",
    "factor": "tiers.html#factor-{id}",
    "lifecycle": "lifecycle.html",
    "stage": "lifecycle.html#stage-{id}",
    "buying-groups": "buying-groups.html",
    "routing": "routing.html",
    "systems": "systems/index.html",
    "system": "systems/{id}.html",
    "role": "governance/roles.html#role-{id}",
    "raci": "governance/raci.html#activity-{id}",
    "council": "governance/index.html#council",
    "seat": "governance/index.html#seat-{id}",
    "change-policy": "governance/changes.html",
    "policy-rule": "governance/changes.html#rule-{id}",
    "waiver": "governance/exceptions.html#waiver-{id}",
    "recorded-decision": "governance/exceptions.html#decision-{id}",
    "emergency": "governance/exceptions.html#emergency-{id}",
}
# Pages of things that regions overlay: each region has a place there.
OVERLAID = ("picklist", "segment", "play")


class Link(NamedTuple):
    """A label, and where it leads; `href` is empty where the site has no page of the thing."""

    label: str
    href: str
    kind: str = ""


class Addresses:
    """Places and labels by address. Knows every thing of the spec, and the overlays of those that have pages."""

    def __init__(self, index: ReferenceIndex) -> None:
        self.things = index.things
        self.regions = index.resolved.spec.regions
        self.names: dict[tuple[str, str, str], Thing] = {}
        for thing in self.things.values():
            self.names.setdefault((thing.kind, thing.within, thing.id), thing)

    def find(self, kind: str, id: str, within: str = "") -> Thing | None:
        """The thing of a kind by the name that others use, in whichever scope."""
        return self.names.get((kind, within, id))

    def place(self, address: str) -> str:
        """The page and place of an address, from the site's root; empty where there is none."""
        thing = self.things.get(address)
        if thing is not None:
            return place(thing)
        region, name = split_region(address, self.regions)
        if not region:
            if name.startswith("routing."):
                return PLACES["routing"]
            return ""
        kind = name.partition(".")[0]
        if kind in OVERLAID:
            below = self.things.get(name) or self.things.get(".".join(name.split(".")[:2]))
            if below is not None and below.kind == kind:
                return f"{place(below)}#region-{region}"
        return f"regions/{region}.html"

    def label(self, address: str) -> str:
        """What the thing is called; of an overlay, of what."""
        thing = self.things.get(address)
        if thing is not None:
            return self.thing_label(thing)
        region, name = split_region(address, self.regions)
        if region and name in self.things:
            return self.thing_label(self.things[name])
        words = name.split(".")
        if words[0] == "routing" and len(words) == 4:
            return f"Routing: {spoken(words[3])}"
        return spoken(words[-1]) if len(words) < 3 else f"{spoken(words[0])}: {spoken(words[-1])}"

    def thing_label(self, thing: Thing) -> str:
        """Its label, or its id in words."""
        return thing.label or spoken(thing.id.rpartition(".")[2])

    def kind(self, address: str) -> str:
        """What kind of thing an address names, as a noun."""
        thing = self.things.get(address)
        if thing is not None:
            return noun(thing.kind)
        return noun(split_region(address, self.regions)[1].partition(".")[0])

    def region(self, address: str) -> str:
        """The region in front of an address; empty for a global one."""
        return split_region(address, self.regions)[0]


def place(thing: Thing) -> str:
    """Where a thing is on the site; empty where it is not."""
    pattern = PLACES.get(thing.kind, "")
    return pattern.format(id=thing.id, within=thing.within, object=thing.id.partition(".")[0])


def relative(target: str, page: str) -> str:
    """A place from the site's root as a link on a page: `picklists/x.html#v` from `plays/y.html` → `../picklists/…`."""
    path, mark, anchor = target.partition("#")
    if path == page and mark:
        return f"#{anchor}"
    return posixpath.relpath(path, posixpath.dirname(page) or ".") + mark + anchor
