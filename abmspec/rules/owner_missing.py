"""Everything has an accountable owner."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.model.entity import GLOBAL
from abmspec.model.spec import Spec
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for folder, owner in spec.project.owners.items():
        yield from _queue(spec, owner, "project", Anchor(PROJECT_PATH, ("owners", folder)))
    for entity in spec.entities():
        if entity.status == "retired":
            continue
        if entity.owner:
            if "owner" not in entity.defaulted and spec.says(entity.at("owner")):
                yield from _queue(spec, entity.owner, entity.address, entity.at("owner"))
            continue
        if entity.scope != GLOBAL or entity.noun == "region":
            region = spec.regions.get(entity.id if entity.noun == "region" else entity.scope)
            if (
                region is None
                or entity is not region
                or (region.parent and not spec.regions[region.parent].owner)
            ):
                continue  # It would inherit one: the region at the top is told.
            mend = "Add `owner: <role>` to the region."
        else:
            folder = entity.path.rpartition("/")[0]
            mend = (
                f"Add `owner: <role>`, or a default for all of `{folder}` under `owners` in `abmspec.yaml`."
            )
        message = f"Nobody is accountable for the {noun(entity.noun)} `{entity.name}`: it has no owner."
        yield Finding(entity.address, entity.key(), message, mend)


def _queue(spec: Spec, owner: str, address: str, at: Anchor) -> Iterator[Finding]:
    """An owner that nobody is a member of, and that is not meant to have any."""
    role = spec.governance.roles.get(owner)
    if role is not None and role.group == "queue":
        yield Finding(
            address,
            at,
            f"`{owner}` is a queue, where things only wait: nobody in it can answer for anything.",
            "Name a role that has members.",
            ((role.key(), "the queue"),),
        )


RULE = SpecRule(
    Rule("owner-missing", Severity.ERROR, "Everything has an accountable owner."),
    check,
)
