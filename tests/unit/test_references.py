"""References: each leads from the exact scalar to what it names, in the scope that names it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from abmspec import load, pipeline
from abmspec.references import Reference, ReferenceIndex, references
from abmspec.resolve import resolve
from tests.specs import base_files, resolved_with

FINTECH = "regions/emea/picklists/industry.yaml"
ADDED = {FINTECH: "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"}


def index(changed: Mapping[str, str | None] | None = None) -> ReferenceIndex:
    return ReferenceIndex(resolved_with(changed))


def with_broken(*paths: str, **changed: bytes) -> ReferenceIndex:
    """The base with files that cannot be read."""
    sources, _ = load.load_tree({**base_files(), **changed, **dict.fromkeys(paths, b"a: [")})
    spec, _ = pipeline.understand(sources)
    assert spec is not None
    return ReferenceIndex(resolve(spec))


def only(found: ReferenceIndex, **wanted: str) -> Reference:
    """The one reference with these attributes."""
    (reference,) = (
        each for each in found.all if all(getattr(each, name) == value for name, value in wanted.items())
    )
    return reference


# -- places --------------------------------------------------------------------------------------------


def test_each_place_is_that_of_the_name() -> None:
    found = index(ADDED)
    documents = found.resolved.spec.documents
    elsewhere = []
    for reference in found.all:
        document = documents[reference.at.path]
        span = document.span(reference.at.route, on_key=reference.at.on_key)
        stated = document.line(span.line)[span.column - 1 : span.end_column - 1].strip("\"'")
        if (
            stated.partition("@")[0] not in (reference.id, reference.id.rpartition(".")[2])
            and reference.at.route
        ):
            elsewhere.append((reference, stated))
    assert elsewhere == []


@pytest.mark.parametrize(
    ("source", "path", "route"),
    [
        ("picklist.industry", "abmspec.yaml", ("owners", "taxonomy")),
        ("play.executive-briefing", "abmspec.yaml", ("owners", "playbooks")),
        ("kpi.pipeline", "taxonomy/kpis.yaml", ("kpis", "pipeline", "owner")),
        ("region.emea", "regions/emea/region.yaml", ("owner",)),
        ("charter.objective.focus", "taxonomy/charter.yaml", ("objectives", "focus", "owner")),
    ],
)
def test_an_owner_is_named_where_it_is_stated(source: str, path: str, route: tuple[str, ...]) -> None:
    reference = only(index(), source=source, how="owner")
    assert reference.at[:2] == (path, route)


def test_a_region_owns_what_is_its_own() -> None:
    own = "label: Branche\nvalues:\n  dach-it: {label: IT}\n"
    reference = only(
        index({"regions/emea/dach/picklists/dach-branche.yaml": own}),
        source="region.dach.picklist.dach-branche", how="owner",
    )  # fmt: skip
    assert (reference.id, reference.at[:2]) == (
        "dach-marketing",
        ("regions/emea/dach/region.yaml", ("owner",)),
    )


def test_an_inherited_owner_is_the_parents_reference() -> None:
    region = "label: Nordics\ncouncil_seat: emea-lead\n"
    found = index({"regions/emea/nordics/region.yaml": region})
    assert [each for each in found.all if each.source == "region.nordics" and each.how == "owner"] == []


def test_defaults_are_named_once_for_all_that_take_them() -> None:
    stewards = [each for each in index().all if each.how == "quality_owner" and "account" in each.source]
    assert len(stewards) > 10
    assert {each.at[:2] for each in stewards} == {
        ("taxonomy/fields/account.yaml", ("defaults", "quality_owner"))
    }


def test_a_system_of_the_defaults_beside_one_of_the_field() -> None:
    places = {
        each.at.route
        for each in index().all
        if each.source == "field.account.industry" and each.how == "systems"
    }
    assert places == {("defaults", "systems", "warehouse"), ("fields", "industry", "systems", "sf")}


def test_systems_are_named_by_every_value_and_by_defaults_that_nothing_takes() -> None:
    listed = "label: Level\nvalues:\n  high: {label: High, systems: {sf: H}}\n  low: {label: Low, systems: {sf: L}}\n"
    fields = (
        "defaults: {systems: {sf: {object: Lead}}}\n"
        "fields:\n  nick: {label: Nick, type: text, systems: {sf: {object: Contact}}}\n"
    )
    found = index({"taxonomy/picklists/level.yaml": listed, "taxonomy/fields/lead.yaml": fields})
    paths = ("taxonomy/picklists/level.yaml", "taxonomy/fields/lead.yaml")
    uses = [each for each in found.in_full(found.uses("system.sf")) if each.at.path in paths]
    assert sorted((each.source, each.at.route) for each in uses) == [
        ("field.lead.nick", ("fields", "nick", "systems", "sf")),
        ("fields.lead", ("defaults", "systems", "sf")),
        ("picklist.level.value.high", ("values", "high", "systems", "sf")),
        ("picklist.level.value.low", ("values", "low", "systems", "sf")),
    ]


# -- targets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "id", "target"),
    [
        ("role", "revops", "role.revops"),
        ("value", "technology", "picklist.industry.value.technology"),
        ("value", "emea-fintech", "region.emea.picklist.industry.value.emea-fintech"),
        ("field", "account.industry", "field.account.industry"),
        ("stage", "consideration", "lifecycle.stage.consideration"),
        ("seat", "emea-lead", "council.seat.emea-lead"),
        ("objective", "focus", "charter.objective.focus"),
        ("outcome", "growth", "charter.outcome.growth"),
        ("decision", "coverage", "charter.decision.coverage"),
        ("tier", "tier-1", "tier.tier-1"),
        ("system", "sf", "system.sf"),
        ("raci", "change-field", "raci.change-field"),
        ("jurisdiction", "eu", "jurisdiction.eu"),
        ("object", "opportunity", "object.opportunity"),
    ],
)
def test_a_name_leads_to_an_address(kind: str, id: str, target: str) -> None:
    segment = """
        label: Fintech in EMEA
        decision: coverage
        within: enterprise-technology
        when: {field: account.industry, in: [emea-fintech]}
    """
    found = index({**ADDED, "regions/emea/segments/emea-fintech.yaml": segment})
    named = {each.target for each in found.all if each.kind == kind and each.id == id}
    assert named == {target}
    assert target in found.things


def test_values_of_a_detail_field_are_those_of_its_field() -> None:
    when = "{field: account.industry-detail, in: [emea-fintech]}"
    segment = f"label: Fintech\ndecision: coverage\nwithin: enterprise-technology\nwhen: {when}\n"
    found = index({**ADDED, "regions/emea/segments/emea-fintech.yaml": segment})
    reference = only(found, source="region.emea.segment.emea-fintech", how="when", kind="value")
    assert (reference.within, reference.target) == (
        "industry",
        "region.emea.picklist.industry.value.emea-fintech",
    )
    assert reference.at.route == ("when", "in", 0)


def test_every_part_of_a_condition_is_named() -> None:
    when = """
        label: All kinds
        decision: coverage
        when:
          any:
            - not: {tier: [tier-1, tier-9]}
            - {region: [emea, mars]}
            - {segment: nobody}
            - {exists: invoice, where: {field: invoice.amount, above: 3}}
            - {field: account.product-family, has_any: [platform, toys]}
    """
    found = index({"taxonomy/segments/all-kinds.yaml": when})
    unknown = [
        (each.kind, each.id, each.at.route[1:])
        for each in found.all
        if each.source == "segment.all-kinds" and found.is_unknown(each)
    ]
    assert unknown == [
        ("tier", "tier-9", ("any", 0, "not", "tier", 1)),
        ("region", "mars", ("any", 1, "region", 1)),
        ("segment", "nobody", ("any", 2, "segment")),
        ("object", "invoice", ("any", 3, "exists")),
        ("field", "invoice.amount", ("any", 3, "where", "field")),
        ("value", "toys", ("any", 4, "has_any", 1)),
    ]


def test_a_content_id_at_a_version_is_the_content() -> None:
    overlay = "content: {value_prop: {from: briefing-invite@3, locales: {fr-FR: {text: Bonjour}}}}\n"
    found = index({"regions/emea/playbooks/executive-briefing.yaml": overlay})
    assert only(found, how="from").target == "content.briefing-invite"


def test_stand_ins_of_the_policy_are_no_roles() -> None:
    assert [each for each in index().all if each.id in ("region-owner", "affected-region-owners")] == []


def test_a_free_text_is_no_change_route() -> None:
    fields = base_files()["taxonomy/fields/contact.yaml"].decode()
    asked = fields.replace(
        "change_route: change-field", "change_route: Ask in the channel of revenue operations"
    )
    found = index({"taxonomy/fields/contact.yaml": asked})
    assert [each for each in found.all if each.how == "change_route" and "contact" in each.source] == []


def test_users_are_there_without_a_dictionary() -> None:
    found = index()
    assert found.exists(only(found, source="field.account.owner", how="to"))


def test_a_waivers_own_address_is_not_that_of_what_it_waives() -> None:
    waiver = """
        rule: deprecated-in-use
        address: picklist.industry.value.technology
        reason: Soon.
        approved_by: council
        until: "2026-12-31"
    """
    found = index({"taxonomy/governance/waivers/soon.yaml": waiver})
    assert found.things["picklist.industry.value.technology"].kind == "value"
    assert found.things["waiver.soon"].kind == "waiver"
    assert only(found, source="waiver.soon", how="approved_by").target == "role.council"


# -- life ----------------------------------------------------------------------------------------------


def test_a_tombstone_names_only_its_successors() -> None:
    tombstone = """
        label: Old
        status: retired
        deprecated: {date: "2025-01-01", replaced_by: enterprise-technology}
        decision: coverage
        when: {field: account.gone, is: 1}
    """
    found = index({"taxonomy/segments/old.yaml": tombstone})
    named = {each.how for each in found.all if each.source == "segment.old"}
    assert named == {"owner", "replaced_by"}


def test_successors_of_a_field_are_fields_of_its_object() -> None:
    fields = base_files()["taxonomy/fields/account.yaml"].decode()
    renamed = fields.replace("{label: Employees,", "{label: Employees, renamed_from: head-count,")
    found = index({"taxonomy/fields/account.yaml": renamed})
    reference = only(found, how="renamed_from")
    assert (reference.kind, reference.id) == ("field", "account.head-count")


# -- scopes --------------------------------------------------------------------------------------------


def test_a_sibling_is_not_seen() -> None:
    segment = "label: X\ndecision: coverage\nwhen: {field: account.industry, in: [emea-fintech]}\n"
    found = index({**ADDED, "taxonomy/segments/x.yaml": segment})
    reference = only(found, source="segment.x", kind="value")
    assert found.exists(reference)
    assert not found.is_visible(reference)


def test_a_child_sees_what_its_parent_has() -> None:
    segment = """
        label: X
        decision: coverage
        within: enterprise-technology
        when: {field: account.industry, in: [emea-fintech]}
    """
    found = index({**ADDED, "regions/emea/dach/segments/dach-x.yaml": segment})
    assert found.is_visible(only(found, source="region.dach.segment.dach-x", kind="value"))


# -- what cannot be read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("taxonomy/governance/roles.yaml", "role"),
        ("taxonomy/governance/council.yaml", "seat"),
        ("taxonomy/governance/raci.yaml", "raci"),
        ("taxonomy/kpis.yaml", "kpi"),
        ("taxonomy/tiers.yaml", "tier"),
        ("taxonomy/systems.yaml", "system"),
        ("taxonomy/lifecycle.yaml", "stage"),
        ("taxonomy/jurisdictions.yaml", "jurisdiction"),
        ("taxonomy/charter.yaml", "objective"),
        ("taxonomy/segments/enterprise-technology.yaml", "segment"),
        ("taxonomy/picklists/level.yaml", "value"),
        ("taxonomy/picklists/level.yaml", "picklist"),
        ("taxonomy/fields/opportunity.yaml", "object"),
        ("taxonomy/fields/account.yaml", "field"),
        ("playbooks/content/briefing-invite.yaml", "content"),
        ("playbooks/ctas.yaml", "cta"),
        ("regions/emea/region.yaml", "region"),
    ],
)
def test_what_may_stand_in_a_broken_file_is_not_unknown(path: str, kind: str) -> None:
    found = with_broken(path)
    missing = [each for each in found.all if each.kind == kind and not found.exists(each)]
    assert missing or kind in ("value", "object")
    assert [each for each in found.all if found.is_unknown(each)] == []


def test_what_a_broken_region_might_have_is_not_unknown() -> None:
    segment = b"label: X\ndecision: coverage\nwhen: {segment: dach-banks}\n"
    found = with_broken("regions/emea/dach/region.yaml", **{"taxonomy/segments/x.yaml": segment})
    assert not found.is_unknown(only(found, source="segment.x", kind="segment"))


def test_a_broken_file_excuses_nothing_else() -> None:
    segment = b"label: X\ndecision: coverage\nwhen: {segment: nobody}\n"
    found = with_broken("taxonomy/kpis.yaml", **{"taxonomy/segments/x.yaml": segment})
    assert found.is_unknown(only(found, source="segment.x", kind="segment"))


# -- questions -----------------------------------------------------------------------------------------


def test_uses_of_a_thing_and_of_its_parts() -> None:
    found = index(ADDED)
    users = {(each.source, each.how) for each in found.uses("picklist.industry")}
    assert users == {
        ("field.account.industry", "picklist"),
        ("icp", "examples"),
        ("region.emea.picklist.industry", "overlays"),
        ("region.emea.picklist.industry.value.emea-fintech", "maps_to"),
        ("segment.enterprise-technology", "when"),
    }
    assert found.uses("picklist.nothing") == ()


@pytest.mark.parametrize(
    ("id", "mend"),
    [
        ("tecnology", "Did you mean `technology`?"),
        ("Financial Services", "Did you mean `financial-services`?"),
        ("zoo", "There are `technology`, `financial-services` and `manufacturing`."),
    ],
)
def test_the_mend_is_what_was_meant_or_all_there_is(id: str, mend: str) -> None:
    segment = f"label: X\ndecision: coverage\nwhen: {{field: account.industry, is: {id}}}\n"
    found = index({"taxonomy/segments/x.yaml": segment})
    assert found.mend(only(found, source="segment.x", kind="value")) == mend


def test_all_references_are_those_of_the_index() -> None:
    resolved = resolved_with()
    assert tuple(references(resolved)) == ReferenceIndex(resolved).all
