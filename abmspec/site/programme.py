"""Pages about the programme as a whole: the start page, the charter, the key figures, the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.model.taxonomy import Kpi
from abmspec.references import Thing, noun
from abmspec.site import dictionary, governance, playbook, targeting
from abmspec.site.context import Library
from abmspec.site.links import Addresses, Link, place
from abmspec.site.page import Page


class Figure(NamedTuple):
    """A number of the start page: how many, of what, and where they are."""

    number: int
    label: str
    link: Link
    note: str = ""


# Kinds that the glossary leaves out: parts that are read in their place alone.
NOT_IN_GLOSSARY = frozenset(
    {
        "step", "object", "strategy", "plan-objective", "seat", "policy-rule", "charter", "icp", "tiers", "lifecycle",
        "buying-groups", "routing", "jurisdictions", "systems", "council", "change-policy",
    }
)  # fmt: skip


def pages(library: Library) -> Iterator[Page]:
    """The start page, the charter, the key figures, the glossary."""
    spec = library.spec
    yield Page("index.html", spec.project.label or spec.project.name, _start(library))
    if spec.charter is not None:
        html = library.page("charter.html", "charter.html", charter=spec.charter)
        yield Page("charter.html", "Charter", html)
    if spec.kpis:
        yield Page(
            "kpis.html", "Key figures", library.page("kpis.html", "kpis.html", groups=_by_objective(library))
        )
    yield Page("glossary.html", "A to Z", _glossary(library))


def _start(library: Library) -> bytes:
    return library.page(
        "index.html",
        "start.html",
        figures=list(_figures(library)),
        live=[each for each in library.spec.regions.values() if each.stage == "live"],
        pilots=[each for each in library.spec.regions.values() if each.stage == "pilot"],
        priorities=[
            each for each in targeting.segments_of(library).values() if each.priority and each.in_use
        ],
        has={page for page, there in _there(library).items() if there},
    )


def _there(library: Library) -> dict[str, bool]:
    """Which pages the site has, for the start page to lead to."""
    spec = library.spec
    return {
        "charter": spec.charter is not None,
        "kpis": bool(spec.kpis),
        "icp": spec.icp is not None,
        "tiers": spec.tiers is not None,
        "segments": bool(targeting.segments_of(library)),
        "buying-groups": spec.buying_groups is not None,
        "lifecycle": spec.lifecycle is not None,
        "routing": spec.routing is not None,
        "dictionary": bool(dictionary.fields_of(library)),
        "picklists": bool(dictionary.picklists_of(library)),
        "systems": spec.systems is not None,
        "plays": bool(playbook.plays_of(library)),
        "content": bool(playbook.content_of(library) or playbook.ctas_of(library)),
        "learnings": bool(playbook.experiments_of(library) or playbook.learnings_of(library)),
        "regions": bool(spec.regions),
        "council": spec.governance.council is not None,
        "changes": spec.governance.policy is not None,
        "raci": bool(spec.governance.activities),
        "privacy": bool(governance.privacy_of(library) or spec.jurisdictions),
    }


def _figures(library: Library) -> Iterator[Figure]:
    spec = library.spec
    live = [each for each in spec.regions.values() if each.stage == "live"]
    segments = [each for each in targeting.segments_of(library).values() if each.in_use]
    plays = [each for each in playbook.plays_of(library).values() if each.in_use]
    fields = [each for each in dictionary.fields_of(library).values() if each.in_use]
    picklists = [each for each in dictionary.picklists_of(library).values() if each.in_use]
    values = sum(value.in_use for each in picklists for value in dictionary.values_of(library, each).values())
    for count, label, path, note in (
        (
            len(plays),
            "plays",
            "plays/index.html",
            f"{sum(bool(each.scope != 'global') for each in plays)} born in a region",
        ),
        (
            len(segments),
            "segments",
            "segments/index.html",
            f"{sum(each.priority for each in segments)} of priority",
        ),
        (
            len(live),
            "live regions",
            "regions/index.html",
            f"{len(spec.regions) - len(live)} more in pilot or paused",
        ),
        (len(spec.tiers.tiers) if spec.tiers else 0, "tiers", "tiers.html", _capacity(library)),
        (
            len(fields),
            "fields",
            "dictionary/index.html",
            f"{sum(each.backbone for each in fields)} not negotiable",
        ),
        (values, "picklist values", "picklists/index.html", f"in {len(picklists)} picklists"),
        (len(spec.kpis), "key figures", "kpis.html", "each with an owner"),
        (
            len(spec.systems.systems) if spec.systems else 0,
            "systems",
            "systems/index.html",
            "fed from this spec",
        ),
    ):
        if count:
            yield Figure(count, label, Link(label, path), note)


def _capacity(library: Library) -> str:
    tiers = library.spec.tiers
    total = sum(tier.capacity or 0 for tier in tiers.tiers.values()) if tiers else 0
    return f"room for {library.wording.number(total)} accounts" if total else ""


def _by_objective(library: Library) -> list[tuple[str, list[Kpi]]]:
    kpis = library.spec.kpis.values()
    objectives = list(library.spec.charter.objectives) if library.spec.charter else []
    found = [(id, [kpi for kpi in kpis if kpi.objective == id]) for id in objectives]
    rest = [kpi for kpi in kpis if kpi.objective not in objectives]
    return [(id, members) for id, members in (*found, ("", rest)) if members]


def _glossary(library: Library) -> bytes:
    addresses = library.addresses
    letters: dict[str, list[tuple[str, str, str, Thing]]] = {}
    for thing in library.index.things.values():
        if thing.kind in NOT_IN_GLOSSARY or not place(thing):
            continue
        label = addresses.thing_label(thing)
        first = label[:1].upper()
        letter = first if first.isascii() and first.isalpha() else "#"
        letters.setdefault(letter, []).append((label, noun(thing.kind), _within(addresses, thing), thing))
    ordered = sorted(letters.items(), key=lambda item: (item[0] == "#", item[0]))
    return library.page(
        "glossary.html",
        "glossary.html",
        letters=[
            (letter, sorted(things, key=lambda each: (each[0].casefold(), each[1], each[3].address)))
            for letter, things in ordered
        ],
    )


def _within(addresses: Addresses, thing: Thing) -> str:
    if thing.kind == "value":
        picklist = addresses.find("picklist", thing.within)
        return addresses.thing_label(picklist) if picklist else thing.within
    return thing.id.partition(".")[0] if thing.kind == "field" else ""
