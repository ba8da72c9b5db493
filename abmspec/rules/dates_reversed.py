"""What has a beginning and an end begins before it ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Approval
from abmspec.model.spec import Spec
from abmspec.resolve import Resolved
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import contents, localisations, plays, variations
from abmspec.source import Anchor


class Stretch(NamedTuple):
    """Two days in their order, what they are, and where they stand."""

    address: str
    first: str
    last: str
    at: Anchor
    other: Anchor
    sentence: str


def check(subject: Subject) -> Iterator[Finding]:
    resolved = subject.resolved
    for stretches in (_governance(resolved.spec), _playbooks(resolved), _approvals(resolved)):
        for each in stretches:
            if each.first and each.last and each.last < each.first:
                yield Finding(
                    each.address,
                    each.at,
                    each.sentence.format(first=each.first, last=each.last),
                    f"Write a day from {each.first} on."
                    if each.at.route[-1] not in ("starts", "from")
                    else f"Write a day up to {each.last}.",
                    ((each.other, "the other day"),),
                )


def _governance(spec: Spec) -> Iterator[Stretch]:
    policy = spec.governance.policy
    for id, freeze in policy.freezes.items() if policy else ():
        at = policy.at("freezes", id) if policy else Anchor("")
        said = f"The freeze `{id}` ends on {{last}}, before it begins on {{first}}."
        address = f"change-policy.freeze.{id}"
        yield Stretch(address, freeze.from_, freeze.to, at.child("to"), at.child("from"), said)
    for emergency in spec.governance.emergencies.values():
        begun = emergency.at("date")
        for name, words in (("review_by", "is to be reviewed by"), ("reviewed", "was reviewed on")):
            yield Stretch(
                emergency.address,
                emergency.date,
                getattr(emergency, name),
                emergency.at(name),
                begun,
                f"The emergency {words} {{last}}, before it was declared on {{first}}.",
            )
    for region in spec.regions.values():
        if region.pilot is not None:
            yield Stretch(
                region.address,
                region.pilot.started,
                region.pilot.review_by,
                region.at("pilot", "review_by"),
                region.at("pilot", "started"),
                "The pilot is reviewed by {last}, before it starts on {first}.",
            )


def _playbooks(resolved: Resolved) -> Iterator[Stretch]:
    said = "It ends on {last}, before it starts on {first}."
    for play in plays(resolved):
        yield Stretch(play.address, play.starts, play.ends, play.at("ends"), play.at("starts"), said)
    for change, play in localisations(resolved):
        if not change.starts and not change.ends:
            continue
        origins = resolved.regions[change.scope].origins
        places = {
            name: origins[key][0] if (key := f"play.{play.id}.{name}") in origins else play.at(name)
            for name in ("starts", "ends")
        }
        name, other = ("ends", "starts") if change.ends else ("starts", "ends")
        yield Stretch(change.address, play.starts, play.ends, change.at(name), places[other], said)
    for own in resolved.spec.owns:
        for each in own.experiments.values():
            if each.status != "retired":
                yield Stretch(each.address, each.from_, each.to, each.at("to"), each.at("from"), said)


def _approvals(resolved: Resolved) -> Iterator[Stretch]:
    for content in contents(resolved):
        for id, approval in content.approvals.items():
            yield _approval(content.address, approval, content.at("approvals", id))
    for variation in variations(resolved):
        if variation.text.approval is not None:
            yield _approval(variation.address, variation.text.approval, variation.at.child("approval"))


def _approval(address: str, approval: Approval, at: Anchor) -> Stretch:
    said = "The approval ends on {last}, before it was given on {first}."
    return Stretch(address, approval.date, approval.until, at.child("until"), at.child("date"), said)


RULE = SpecRule(
    Rule("dates-reversed", Severity.ERROR, "Nothing ends before it begins."),
    check,
)
