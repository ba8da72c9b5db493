"""What a value is offered for is there to be chosen."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import certain, nearest


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        for listed in whole.values:
            allowed, parents = listed.value.allowed_for, whole.parents(listed)
            if not allowed or listed.value.status == "retired":
                continue
            at = listed.at.child("allowed_for")
            view = subject.resolved.view(listed.scope)
            if not listed.value.maps_to:
                if not parents:
                    message = "`allowed_for` is for values that roll up to others, and this one does not."
                    mend = (
                        "Add `rolls_up_to` to the list and `maps_to` to the value, or take `allowed_for` out."
                    )
                    yield Finding(listed.address, at.key(), message, mend)
                continue
            if parents not in view.picklists:
                continue
            values = view.picklists[parents].values
            for index, id in enumerate(allowed):
                where = at.child(index)
                if id not in values:
                    near = nearest(id, list(values))
                    message = (
                        f"`{listed.id}` is offered for `{id}`, which is no value of the picklist `{parents}`."
                    )
                    yield Finding(
                        listed.address,
                        where,
                        message,
                        f"Did you mean `{near}`?" if near else f"Take `{id}` out.",
                        meant=certain(id, values),
                    )
                elif values[id].status == "retired":
                    message = f"`{listed.id}` is offered for `{id}`, which is retired."
                    yield Finding(listed.address, where, message, f"Take `{id}` out.")
            if listed.value.maps_to in values and listed.value.maps_to not in allowed:
                message = f"`{listed.id}` rolls up to `{listed.value.maps_to}`, and is not offered for it."
                yield Finding(listed.address, at, message, f"Add `{listed.value.maps_to}` to `allowed_for`.")


RULE = SpecRule(
    Rule(
        "allowed-for-invalid",
        Severity.ERROR,
        "A value is offered for values that exist, the one that it rolls up to among them.",
    ),
    check,
)
