"""What says which region a record is in leads to an answer."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Routing
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    spec, routing = subject.spec, subject.spec.routing
    if routing is None:
        return
    sources = routing.region_of
    account = sources.get("account", ())
    if spec.regions and not account:
        yield Finding(
            routing.address,
            routing.key("region_of"),
            "There are regions, and nothing says which one an account is in.",
            "Add `region_of: {account: [account.billing-country]}`.",
        )
    claiming = [region for region in spec.regions.values() if region.claims is not None and region.in_use]
    if account and claiming and "claims" not in account:
        names = " and ".join(region.id for region in claiming)
        yield Finding(
            routing.address,
            routing.at("region_of", "account"),
            f"{names} {'claims' if len(claiming) == 1 else 'claim'} accounts by a segment, and claims are never asked.",
            "Put `claims` first.",
            tuple((region.at("claims", "segment"), f"{region.id} claims these") for region in claiming),
        )
    yield from _sources(subject, routing)


def _sources(subject: Subject, routing: Routing) -> Iterator[Finding]:
    for object_, order in routing.region_of.items():
        for index, source in enumerate(order):
            at = routing.at("region_of", object_, index)
            if source == "claims" or "." in source:
                field = subject.resolved.backbone.fields.get(source)
                if field is not None and field.type not in ("text", "picklist"):
                    yield Finding(
                        routing.address,
                        at,
                        f"`{source}` is of type {field.type}; a region is known by a country's code or a region's id.",
                        "Name a field that holds one of the two.",
                        ((field.at("type"), "its type"),),
                    )
            elif source == object_ or object_ in _leads_to(routing, source):
                yield Finding(
                    routing.address,
                    at,
                    f"Which region records of `{object_}` are in is asked of `{source}`, "
                    f"and of those it is asked of `{object_}`.",
                    "Let one of the two answer by a field.",
                )
            elif source not in routing.region_of:
                yield Finding(
                    routing.address,
                    at,
                    f"Which region records of `{object_}` are in is asked of `{source}`, of which nothing says it.",
                    f"Add `{source}:` to `region_of`.",
                )


def _leads_to(routing: Routing, object_: str) -> set[str]:
    found: set[str] = set()
    pending = [object_]
    while pending:
        for source in routing.region_of.get(pending.pop(), ()):
            if "." not in source and source != "claims" and source not in found:
                found.add(source)
                pending.append(source)
    return found


RULE = SpecRule(
    Rule("region-of", Severity.ERROR, "What says which region a record is in leads to an answer."), check
)
