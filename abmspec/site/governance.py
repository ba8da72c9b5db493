"""Pages about who decides: council, changes, RACI, roles, exceptions, privacy."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.model.entity import GLOBAL
from abmspec.model.governance import Activity, Requirement
from abmspec.model.taxonomy import Jurisdiction, PrivacyRule
from abmspec.site.context import Library, merged
from abmspec.site.page import Page
from abmspec.site.wording import spoken


def pages(library: Library) -> Iterator[Page]:
    """Everything that the spec has on governance."""
    governance = library.spec.governance
    if governance.council is not None:
        html = library.page("governance/index.html", "council.html", council=governance.council)
        yield Page("governance/index.html", governance.council.label or "Council", html)
    if governance.policy is not None:
        html = library.page(
            "governance/changes.html", "changes.html", policy=governance.policy, requirement=requirement
        )
        yield Page("governance/changes.html", "How things change", html)
    if governance.activities:
        roles = [
            id
            for id in governance.roles
            if any(id in _named(each) for each in governance.activities.values())
        ]
        html = library.page(
            "governance/raci.html", "raci.html", activities=governance.activities, roles=roles
        )
        yield Page("governance/raci.html", "Who does what (RACI)", html)
    if governance.roles:
        yield Page("governance/roles.html", "Roles", _roles(library))
    if governance.waivers or governance.decisions or governance.emergencies:
        html = library.page("governance/exceptions.html", "exceptions.html", governance=governance)
        yield Page("governance/exceptions.html", "Exceptions and decisions", html)
    rules = privacy_of(library)
    if rules or library.spec.jurisdictions is not None:
        yield Page("governance/privacy.html", "Privacy", _privacy(library, rules))


def requirement(needed: Requirement) -> tuple[str, tuple[str, ...]]:
    """A requirement as words to begin with and the roles that it names."""
    if needed.any:
        return ("one of", needed.any)
    if needed.count > 1:
        return (f"{needed.count} of", (needed.role,))
    return ("", (needed.role,))


def privacy_of(library: Library) -> dict[str, PrivacyRule]:
    """Every privacy rule by id: global ones, then those that regions add."""
    return merged(own.privacy for own in library.spec.owns)


def _named(activity: Activity) -> set[str]:
    return {activity.accountable, *activity.responsible, *activity.consulted, *activity.informed}


def _roles(library: Library) -> bytes:
    groups: dict[str, list[object]] = {}
    for role in library.spec.governance.roles.values():
        groups.setdefault(role.group, []).append(role)
    owned: dict[str, dict[str, int]] = {}
    for entity in library.spec.entities():
        kinds = owned.setdefault(entity.owner, {})
        kinds[entity.noun] = kinds.get(entity.noun, 0) + 1
    return library.page(
        "governance/roles.html", "roles.html", groups=groups, owned=owned,
        activities=library.spec.governance.activities,
    )  # fmt: skip


def _privacy(library: Library, rules: dict[str, PrivacyRule]) -> bytes:
    stated = library.spec.jurisdictions
    jurisdictions: dict[str, Jurisdiction] = dict(stated.jurisdictions) if stated else {}
    names = [*jurisdictions, *dict.fromkeys(rule.jurisdiction for rule in rules.values())]
    grouped = [
        (
            id,
            jurisdictions.get(id, Jurisdiction(label=spoken(id))),
            [rule for rule in rules.values() if rule.jurisdiction == id],
        )
        for id in dict.fromkeys(names)
    ]
    return library.page("governance/privacy.html", "privacy.html", grouped=grouped, scope_global=GLOBAL)
