"""Every target, in one explicit tuple, by kind."""

from __future__ import annotations

from abmspec.targets.hubspot import compiler as hubspot
from abmspec.targets.marketo import compiler as marketo
from abmspec.targets.salesforce import compiler as salesforce
from abmspec.targets.target import Target

TARGETS: tuple[Target, ...] = (
    Target("hubspot", hubspot.render),
    Target("marketo", marketo.render),
    Target("salesforce", salesforce.render),
)


def find_target(kind: str) -> Target | None:
    """The target for a kind of system; None where nothing is compiled for it."""
    for target in TARGETS:
        if target.kind == kind:
            return target
    return None
