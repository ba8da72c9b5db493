"""A region's privacy rules tighten what holds above, and never loosen it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Jurisdictions, PrivacyRule
from abmspec.rules.rule import SpecRule, Subject

STRENGTH = {"allow": 0, "allow-if": 1, "limit": 2, "deny": 3}


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for region, overlay in spec.overlays.items():
        parent = spec.regions[region].parent
        above = (subject.resolved.regions[parent] if parent else subject.resolved.backbone).privacy
        for rule in overlay.own.privacy.values():
            if rule.status == "retired":
                continue
            if rule.effect == "allow":
                yield Finding(
                    rule.address,
                    rule.at("effect"),
                    f"`{rule.id}` allows something, and a region may only forbid, limit or ask for consent.",
                    "Take the rule out: what nothing forbids is allowed.",
                )
                continue
            for other in above.values():
                if other.status != "retired" and _loosens(rule, other, spec.jurisdictions):
                    yield Finding(
                        rule.address,
                        rule.at("effect"),
                        f"`{rule.id}` says `{rule.effect}` where `{other.id}` says `{other.effect}`, "
                        "so it changes nothing.",
                        f"Take it out, or make it stricter than `{other.effect}`.",
                        ((other.at("effect"), "the rule from above"),),
                    )
                    break


def _loosens(rule: PrivacyRule, other: PrivacyRule, jurisdictions: Jurisdictions | None) -> bool:
    """Whether the other rule is stricter about everything that this one is about."""
    return (
        STRENGTH[rule.effect] < STRENGTH[other.effect]
        and other.effect == "deny"
        and (not other.channel or other.channel == rule.channel)
        and (not other.use or (bool(rule.use) and set(rule.use) <= set(other.use)))
        and (other.applies_to is None or other.applies_to == rule.applies_to)
        and _lies_in(rule.jurisdiction, other.jurisdiction, jurisdictions)
    )


def _lies_in(inner: str, outer: str, jurisdictions: Jurisdictions | None) -> bool:
    known = jurisdictions.jurisdictions if jurisdictions is not None else {}
    seen: set[str] = set()
    while inner and inner not in seen:
        if inner == outer:
            return True
        seen.add(inner)
        inner = known[inner].within if inner in known else ""
    return False


RULE = SpecRule(
    Rule(
        "privacy-rule-weaker",
        Severity.ERROR,
        "A region's privacy rules tighten what holds above, and never loosen it.",
    ),
    check,
)
