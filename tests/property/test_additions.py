"""Laws of additions: whatever free name a value gets, the spec stays clean and all else keeps its bytes."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import assume, given
from hypothesis import strategies as st

from abmspec.proposal import Add, ProposalRefused, propose
from abmspec.resolve import Resolved
from tests.rules.page import judge, said
from tests.specs import base_files, resolved_with

TODAY = date(2026, 10, 1)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,12}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
LABELS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")) | st.just(" "), min_size=1, max_size=40
)
COMMENTED = b"# Theirs.\nvalues:   # few\n  emea-zero: {label: Zero-zero, maps_to: technology}\nhide: []\n"
OVERLAY = "regions/emea/picklists/industry.yaml"


@cache
def resolved(overlay: bool) -> Resolved:
    return resolved_with({OVERLAY: COMMENTED.decode()} if overlay else {})


@given(
    st.sampled_from(["", "emea", "dach"]),
    st.sampled_from(["technology", "financial-services", "manufacturing"]),
    IDS,
    LABELS,
    st.booleans(),
    st.booleans(),
)
def test_a_value_of_any_free_name(
    region: str, above: str, id: str, label: str, overlay: bool, behind: bool
) -> None:
    request = Add(
        kind="value", id=id, label=label, region=region, picklist="industry", after=above if behind else "",
        attributes={"maps_to": above} if region else {},
    )  # fmt: skip
    files = {**base_files(), **({OVERLAY: COMMENTED} if overlay else {})}
    try:
        proposal = propose(resolved(overlay), files, request, TODAY)
    except ProposalRefused:
        assume(False)
    (change,) = proposal.changes
    assert change.after is not None
    found = judge({**files, change.path: change.after})
    assert [each for each in found if each.severity == "error"] == [], said(found)
    assert without_one_part(change.after, change.before or b"values:\n")


def without_one_part(after: bytes, before: bytes) -> bool:
    """Whether the one text is the other with one stretch put in."""
    added = len(after) - len(before)
    return any(after[:at] + after[at + added :] == before for at in range(len(before) + 1))
