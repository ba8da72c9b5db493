"""Laws of alterations: whatever is renamed means what it meant, and what is replaced is used no more."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from abmspec import condition
from abmspec.proposal import AnyRequest, Deprecate, ProposalRefused, Relabel, Rename, Translate
from abmspec.proposal.basis import Basis
from abmspec.proposal.writing import Spelling
from abmspec.references import ReferenceIndex, Thing
from abmspec.resolve import Resolved
from tests.unit.proposal.asked import DAY, Asked, ask_of, files_with, judged

FILES = files_with(
    {
        "regions/emea/picklists/industry.yaml": """\
            values:   # ours
              emea-fintech: {label: Fintech, maps_to: financial-services, after: technology}
              technology: {labels: {fr: Technologie}}
            """,
        "regions/emea/dach/picklists/industry.yaml": "hide: [manufacturing]\n",
        "regions/emea/dach/picklists/dach-branche.yaml": """\
            label: Branche
            description: Branchen.
            rolls_up_to: industry
            values:
              dach-it: {label: IT, maps_to: technology, allowed_for: [technology, financial-services]}
              dach-bank: {label: Bank, maps_to: financial-services}
            """,
        "regions/emea/fields/account.yaml": "fields:\n  influence: {labels: {fr: Influence}}\nhide: [relationship]\n",
        "regions/emea/segments/enterprise-technology.yaml": "labels: {fr: Grands comptes}\n",
        "regions/emea/dach/segments/dach-builders.yaml": """\
            label: Builders
            description: Large makers of software.
            within: enterprise-technology
            decision: coverage
            consumers: [marketing, sales]
            when:
              all:
                - {segment: enterprise-technology}
                - any:
                    - {field: account.influence, in: [high, medium]}
                    - not: {field: account.growth-potential, is: low}
            """,
        "taxonomy/segments/known.yaml": """\
            label: Known
            description: Accounts with a tier or a level.
            decision: portfolio
            consumers: [sales]
            when: {any: [{tier: [tier-1, tier-2]}, {field: account.strategic-value, in: [high, medium]}]}
            """,
    }
)  # fmt: skip
IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
WORDS = st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=1, max_size=10)


@cache
def base() -> Resolved:
    resolved, errors = judged(FILES)
    assert errors == ()
    return resolved


@cache
def things() -> tuple[Thing, ...]:
    return tuple(ReferenceIndex(base()).things.values())


def asked_for(request: AnyRequest) -> Asked:
    """What a request comes to; another example where it cannot be met."""
    try:
        return ask_of(FILES, request)
    except ProposalRefused:
        assume(False)
        raise


def meanings(resolved: Resolved) -> dict[tuple[str, str], Any]:
    """What each segment in use asks for, in each scope."""
    return {
        (view.scope, id): condition.to_data(segment.when)
        for view in resolved.views
        for id, segment in view.segments.items()
        if segment.when is not None and segment.in_use
    }


def respelt(data: Any, spelling: Spelling) -> Any:
    """Data in which a thing has its new name, as key and as value."""
    if isinstance(data, dict):
        return {respelt(key, spelling): respelt(value, spelling) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [respelt(value, spelling) for value in data]
    return spelling.of(data) or data


@given(st.sampled_from(things()), IDS)
@settings(max_examples=25)
def test_what_is_renamed_means_what_it_meant(thing: Thing, id: str) -> None:
    key = f"{thing.scope}-{id}" if thing.scope != "global" else id
    asked = asked_for(Rename(address=thing.address, to=key))
    # A word may be taken for something else by chance: a region's prefix, a letter's neighbour.
    assert [error for error in asked.errors if not error.startswith(("region-prefix", "own-thing"))] == []
    object_, dot, _ = thing.id.rpartition(".")
    spelling = Spelling(thing.id, f"{object_}{dot}{key}")
    before = {
        (scope, spelling.of(id) if thing.kind == "segment" and id == thing.id else id): respelt(
            when, spelling
        )
        for (scope, id), when in meanings(base()).items()
    }
    assert meanings(asked.resolved) == before
    new = ReferenceIndex(asked.resolved).things[asked.proposal.address]
    assert (new.label, new.status) == (thing.label, thing.status)


REPLACEABLE = [
    each for each in things() if each.kind in ("value", "segment", "kpi", "role", "cta", "raci", "privacy")
]


@given(st.sampled_from(REPLACEABLE), st.data())
@settings(max_examples=25)
def test_what_is_replaced_is_used_no_more(thing: Thing, data: st.DataObject) -> None:
    others = [
        each.id
        for each in REPLACEABLE
        if (each.kind, each.within) == (thing.kind, thing.within) and each.address != thing.address
    ]
    assume(others)
    by = data.draw(st.sampled_from(others))
    asked = asked_for(Deprecate(address=thing.address, replaced_by=by, replace=True))
    assume(not asked.errors)
    basis = Basis(asked.resolved, asked.files, DAY)
    left = basis.uses(basis.index.things[thing.address])
    said = "\n".join(asked.proposal.notes).partition("for somebody to decide:")[2]
    assert all(basis.said(use).partition(" ")[2] in said for use in left)
    assert ask_of(asked.files, Deprecate(address=thing.address, replace=True)).proposal.changes == ()


@given(st.sampled_from(things()), WORDS, WORDS, st.sampled_from(["", "emea", "dach"]), st.integers(0, 2))
@settings(max_examples=25)
def test_labels_and_notices_bring_no_error(
    thing: Thing, first: str, other: str, region: str, which: int
) -> None:
    same = [
        each.id.rpartition(".")[2]
        for each in things()
        if (each.kind, each.within, each.scope) == (thing.kind, thing.within, "global")
        and each.id != thing.id
    ]
    text = f"Quite {first} {other} indeed"
    requests: list[AnyRequest] = [
        Relabel(address=thing.address, label=text),
        Translate(address=thing.address, labels={"nb": text}, region=region),
        Deprecate(address=thing.address, replaced_by=(same or [""])[0]),
    ]
    asked = asked_for(requests[which])
    assert asked.errors == ()
    assert {change.path for change in asked.proposal.changes} <= {*FILES, *asked.files}
    assert len(asked.proposal.changes) <= 1
