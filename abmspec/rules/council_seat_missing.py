"""Every region has a seat on the council, and the seat is that region's."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.governance import Council
from abmspec.model.region import Region
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

COUNCIL_PATH = "taxonomy/governance/council.yaml"


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    council = spec.governance.council
    if council is None:
        if spec.regions and not spec.is_broken(COUNCIL_PATH):
            yield Finding(
                "council",
                Anchor(COUNCIL_PATH),
                "There is no council, so the regions have no say in what is shared.",
                f"Write `{COUNCIL_PATH}` with `seats`, `quorum` and `cadence`.",
            )
        return
    for region in spec.regions.values():
        if not region.council_seat:
            yield from _without(council, region)
        elif spec.says(region.at("council_seat")) and region.council_seat in council.seats:
            # A region that says nothing sits with the one above it.
            yield from _of_another(subject, council, region)


def _without(council: Council, region: Region) -> Iterator[Finding]:
    theirs = [id for id, seat in council.seats.items() if seat.region == region.id]
    yield Finding(
        region.address,
        region.key(),
        f"`{region.id}` has no seat on the council.",
        f"Add `council_seat: {theirs[0]}`."
        if theirs
        else f"Add a seat with `region: {region.id}` to the council, and name it here as `council_seat`.",
        ((council.key("seats"), "the seats"),),
    )


def _of_another(subject: Subject, council: Council, region: Region) -> Iterator[Finding]:
    seat = council.seats[region.council_seat]
    above = subject.spec.ancestors(region.id)
    # A seat that names no region may speak for whoever has none of its own.
    if not seat.region or seat.region in above:
        return
    theirs = [id for id, other in council.seats.items() if other.region in above]
    yield Finding(
        region.address,
        region.at("council_seat"),
        f"The seat `{region.council_seat}` is that of `{seat.region}`, not of `{region.id}`.",
        f"Did you mean `{theirs[0]}`?" if theirs else f"Add a seat with `region: {region.id}`.",
        ((council.at("seats", region.council_seat, "region"), "the seat"),),
    )


RULE = SpecRule(
    Rule(
        "council-seat-missing",
        Severity.ERROR,
        "Every region has a seat on the council, and none that is another region's.",
    ),
    check,
)
