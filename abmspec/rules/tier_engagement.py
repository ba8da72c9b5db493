"""A tier's engagement is what its place asks for: one to one at the top, digital at the end."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Engagement, Tiers
from abmspec.rules.rule import SpecRule, Subject

FIRST = {"motion": "one-to-one", "team": "dedicated", "executive": "required", "content": "bespoke"}
BETWEEN = {"motion": "one-to-few", "content": "personalised"}
LAST = {"motion": "one-to-many", "content": "nurture"}
WHY = {
    "team": "by a dedicated team",
    "executive": "with an executive",
    "content": "with content of its own",
    "contact": "in regular contact",
}


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    if tiers is None:
        return
    used = [id for id, tier in tiers.tiers.items() if tier.in_use]
    for place, id in enumerate(used):
        engagement = tiers.tiers[id].engagement
        if engagement is None:
            continue
        if place == 0:
            yield from _judge(tiers, id, engagement, FIRST, "The first tier is worked", needs_contact=True)
        elif place < len(used) - 1:
            yield from _judge(tiers, id, engagement, BETWEEN, "A tier between is worked", needs_contact=True)
        else:
            # Content of one account's own is judged as spending, by a rule of its own.
            wanted = {**LAST, "content": "bespoke"} if engagement.content == "bespoke" else LAST
            yield from _judge(tiers, id, engagement, wanted, "The last tier is worked", needs_contact=False)


def _judge(
    tiers: Tiers, id: str, engagement: Engagement, wanted: dict[str, str], which: str, *, needs_contact: bool
) -> Iterator[Finding]:
    for name, value in wanted.items():
        found = getattr(engagement, name)
        if found != value:
            if name == "motion":
                how = value.replace("-", " ")
            else:
                how = WHY[name] if which.startswith("The first") else f"with {value} content"
            yield Finding(
                f"tier.{id}",
                tiers.at("tiers", id, "engagement", name),
                f"{which} {how}; `{id}` says `{name}: {found}`.",
                f"Write `{name}: {value}`.",
            )
    if needs_contact and not engagement.contact:
        yield Finding(
            f"tier.{id}",
            tiers.key("tiers", id, "engagement"),
            f"{which} in regular contact; `{id}` does not say how often.",
            "Add `contact:` with the longest time between two contacts, as `2 weeks`.",
        )


RULE = SpecRule(
    Rule(
        "tier-engagement",
        Severity.ERROR,
        "A tier's engagement is what its place asks for: one to one at the top, digital at the end.",
    ),
    check,
)
