"""Everything has an accountable owner."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for entity in spec.entities():
        if entity.owner or entity.status == "retired":
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
        yield Finding(entity.address, entity.key(), "Nobody is accountable for it: it has no owner.", mend)


RULE = SpecRule(
    Rule("owner-missing", Severity.ERROR, "Everything has an accountable owner."),
    check,
)
