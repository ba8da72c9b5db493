"""The end of a thing: deprecated, its uses moved, retired."""

from __future__ import annotations

from datetime import date

import pytest

from abmspec.proposal import Deprecate, Retire
from tests.unit.proposal.asked import Asked, ask, refusal

INDUSTRY = "taxonomy/picklists/industry.yaml"
ADDRESS = "picklist.industry.value.technology"
SEGMENT = "taxonomy/segments/enterprise-technology.yaml"
EMEA_SEGMENT = "regions/emea/segments/emea-makers.yaml"
HEAD = "label: Makers\nwithin: all\ndecision: coverage\nconsumers: [marketing, sales]\n"
EVERYBODY = {
    "taxonomy/segments/all.yaml": (
        "label: All\ndescription: Everybody with a head-count.\ndecision: portfolio\nconsumers: [sales]\n"
        "when: {field: account.employees, at_least: 1}\n"
    )
}
HIDES = {"regions/emea/picklists/industry.yaml": "hide: [manufacturing]\n"}


def in_emea(when: str) -> dict[str, str]:
    return {**EVERYBODY, EMEA_SEGMENT: f"{HEAD}when: {{all: [{{segment: all}}, {when}]}}\n"}


def replaced(changed: dict[str, str] | None = None, by: str = "manufacturing") -> Asked:
    return ask(Deprecate(address=ADDRESS, replaced_by=by, replace=True), changed)


def test_a_deprecation_says_when_why_and_what_takes_over() -> None:
    asked = ask(
        Deprecate(
            address=ADDRESS, replaced_by="manufacturing", sunset="2027-03-31", reason="Nobody sells to it."
        )
    )
    assert asked.errors == ()
    assert (
        "    aliases: [Tech]\n"
        "    status: deprecated\n"
        "    deprecated:\n"
        '      date: "2026-10-01"\n'
        '      sunset: "2027-03-31"\n'
        "      reason: Nobody sells to it.\n"
        "      replaced_by: manufacturing\n"
    ) in asked.text(INDUSTRY)
    assert [change.path for change in asked.proposal.changes] == [INDUSTRY]
    assert f"{SEGMENT}:9: `segment.enterprise-technology` (when)" in asked.said


def test_what_is_left_open_is_said() -> None:
    asked = ask(Deprecate(address=ADDRESS, replaced_by="manufacturing"))
    assert 'sunset: "2026-12-30"' in asked.text(INDUSTRY)
    assert "reason: Replaced by Manufacturing." in asked.text(INDUSTRY)
    assert "2026-12-30 (90 days; --sunset says otherwise)" in asked.said


def test_what_takes_over_may_be_named_by_what_people_call_it() -> None:
    asked = replaced(by="Fertigung")
    assert '"Fertigung" is taken as the value `manufacturing`, which is called so.' in asked.said
    assert "replaced_by: manufacturing" in asked.text(INDUSTRY)


def test_a_tombstone_that_is_called_so_too_is_not_meant() -> None:
    renamed = (
        "label: Industry\nvalues:\n  technology: {label: Technology}\n"
        "  making: {label: Making, renamed_from: manufacturing}\n"
        "  manufacturing: {label: Making, status: retired, deprecated: {date: '2026-09-01', replaced_by: making}}\n"
    )
    asked = ask(Deprecate(address=ADDRESS, replaced_by="Making"), {INDUSTRY: renamed})
    assert '"Making" is taken as the value `making`' in asked.said


def test_what_two_values_are_called_names_neither() -> None:
    twice = (
        "label: Industry\nvalues:\n  technology: {label: Technology}\n"
        "  making: {label: Makers}\n  factories: {label: Factories, aliases: [makers]}\n"
    )
    asked = Deprecate(address=ADDRESS, replaced_by="Makers")
    assert "There is no value `Makers` in `industry` to take over." in refusal(asked, {INDUSTRY: twice})


def test_uses_move() -> None:
    asked = replaced(in_emea("{field: account.industry, is: technology}"))
    assert asked.errors == ()
    assert "in: [manufacturing]" in asked.text(SEGMENT)
    assert "is: manufacturing" in asked.text(EMEA_SEGMENT)
    assert "2 uses of `technology` move to `manufacturing`:" in asked.said
    assert "match no such condition until they are migrated" in asked.said


def test_a_list_that_names_the_replacement_gets_it_once() -> None:
    asked = replaced(
        in_emea("{field: account.industry, in: [financial-services, technology, manufacturing]}")
    )
    assert "in: [financial-services, manufacturing]" in asked.text(EMEA_SEGMENT)
    assert "goes without a replacement" in asked.said
    assert "`manufacturing` stands there already." in asked.said


def test_where_a_region_hides_the_replacement_the_item_goes() -> None:
    asked = replaced({**HIDES, **in_emea("{field: account.industry, in: [technology, financial-services]}")})
    assert "in: [financial-services]" in asked.text(EMEA_SEGMENT)
    assert "`emea` hides `manufacturing`." in asked.said
    assert "in: [manufacturing]" in asked.text(SEGMENT)


@pytest.mark.parametrize("when", ["in: [technology]", "is: technology"])
def test_what_would_leave_nothing_stays_and_is_named(when: str) -> None:
    asked = replaced({**HIDES, **in_emea(f"{{field: account.industry, {when}}}")})
    assert when in asked.text(EMEA_SEGMENT)
    assert "1 use stays, for somebody to decide:" in asked.said
    assert "`emea` hides `manufacturing`, and nothing else stands there." in asked.said


def test_keys_move_or_go() -> None:
    asked = ask(
        Deprecate(address="picklist.level.value.medium", replaced_by="low", replace=True),
    )
    assert asked.errors == ()
    tiers = asked.resolved.spec.tiers
    assert tiers is not None
    assert [list(each.scores) for each in tiers.factors.values() if each.scores] == [["high", "low"]] * 4
    assert "account.influence: low" in asked.text("taxonomy/tiers.yaml")


def test_what_regional_values_roll_up_to_moves() -> None:
    overlay = "values:\n  emea-fintech: {label: Fintech, maps_to: technology, after: technology}\n"
    asked = replaced({"regions/emea/picklists/industry.yaml": overlay})
    assert asked.errors == ()
    assert "maps_to: manufacturing, after: manufacturing" in asked.text(
        "regions/emea/picklists/industry.yaml"
    )


@pytest.mark.parametrize(
    ("address", "by", "listed"),
    [(ADDRESS, "manufacturing", True), ("picklist.buying-role.value.champion", "decision-maker", False)],
)
def test_rows_of_the_account_list_are_spoken_of_where_they_can_hold_it(
    address: str, by: str, listed: bool
) -> None:
    assert ("Rows of the account list" in ask(Deprecate(address=address, replaced_by=by)).said) is listed


def test_a_stage_that_is_called_so_is_named() -> None:
    asked = ask(
        Deprecate(
            address="picklist.lifecycle-stage.value.consideration", replaced_by="customer", replace=True
        )
    )
    assert "`lifecycle.stage.consideration` is called so: deprecate that too." in asked.said
    assert "stages: [consideration]" in asked.text("playbooks/plays/executive-briefing.yaml")


def test_a_version_of_content_is_somebodys_to_choose() -> None:
    path = "regions/emea/playbooks/executive-briefing.yaml"
    overlay = "content: {value_prop: {from: briefing-invite@3, locales: {fr-FR: {text: Venez nous voir.}}}}\n"
    files = {path: overlay, "playbooks/content/letter.yaml": "label: Letter\nkind: value-prop\n"}
    asked = ask(Deprecate(address="content.briefing-invite", replaced_by="letter", replace=True), files)
    assert asked.text(path) == overlay
    assert "content: [letter]" in asked.text("playbooks/plays/executive-briefing.yaml")
    assert "it names a version of `briefing-invite`: say which version of `letter`." in asked.said


def deprecated(**more: str) -> dict[str, str]:
    asked = ask(Deprecate(address=ADDRESS, replaced_by="manufacturing", replace=True), more)
    return {path: asked.text(path) for path in asked.files}


def test_asking_again_changes_only_what_is_asked() -> None:
    once = deprecated()
    asked = ask(Deprecate(address=ADDRESS, sunset="2027-01-31"), dict(once), date(2026, 11, 1))
    text = asked.text(INDUSTRY)
    assert 'date: "2026-10-01"' in text
    assert 'sunset: "2027-01-31"' in text
    assert "replaced_by: manufacturing" in text
    again = ask(Deprecate(address=ADDRESS, replace=True), dict(once))
    assert again.proposal.changes == ()
    assert "Nothing uses `technology`" in again.said
    assert "Rows of the account list are not looked at here: those that carry `technology` have" in again.said


SPLIT = (
    "label: Industry\nvalues:\n  technology:\n    label: Technology\n    status: deprecated\n    deprecated:\n"
    '      date: "2026-09-01"\n      sunset: "2027-01-01"\n      reason: Split.\n      replaced_by:\n'
    "        - {value: manufacturing, when: {field: account.employees, at_least: 10}}\n"
    "        - {value: financial-services}\n"
    "  financial-services: {label: Financial Services}\n  manufacturing: {label: Manufacturing}\n"
)


def test_a_split_wants_a_choice_and_stays_a_split() -> None:
    why = refusal(Deprecate(address=ADDRESS, replace=True), {INDUSTRY: SPLIT})
    assert "`manufacturing` and `financial-services` take over" in why
    asked = ask(Deprecate(address=ADDRESS, replaced_by="financial-services", replace=True), {INDUSTRY: SPLIT})
    assert asked.text(INDUSTRY) == SPLIT
    assert "in: [financial-services]" in asked.text(SEGMENT)


REFUSED = [
    (ADDRESS, "", "", "Name the value with --replaced-by."),
    (ADDRESS, "manufactoring", "", "Did you mean `manufacturing`?"),
    (ADDRESS, "xyzzy", "", "There are `financial-services` and `manufacturing`."),
    (ADDRESS, "technology", "", "cannot take over from itself"),
    (ADDRESS, "manufacturing", "2026-10-01", "not after today"),
    (ADDRESS, "manufacturing", "soon", "is not a date"),
    ("tiers.factor.influence", "growth", "", "has no status"),
    ("field.account.industry", "account.employees", "", "holds picklist of `industry`"),
]


@pytest.mark.parametrize(("address", "by", "sunset", "why"), REFUSED)
def test_a_refusal_says_what_is_missing(address: str, by: str, sunset: str, why: str) -> None:
    assert why in refusal(Deprecate(address=address, replaced_by=by, sunset=sunset, replace=True))


# -- retiring --------------------------------------------------------------------------------------


def test_what_is_used_no_more_is_retired_after_its_sunset() -> None:
    asked = ask(Retire(address=ADDRESS), dict(deprecated()), date(2026, 12, 31))
    assert asked.errors == ()
    value = asked.resolved.backbone.picklists["industry"].values["technology"]
    assert value.status == "retired"
    assert value.deprecated is not None
    assert value.deprecated.replaced_by == "manufacturing"


def test_before_its_sunset_it_takes_a_reason() -> None:
    files = dict(deprecated())
    assert "say with --reason why it cannot wait" in refusal(Retire(address=ADDRESS), files)
    asked = ask(Retire(address=ADDRESS, reason="No account has it."), files)
    assert asked.errors == ()
    assert "the gate will call this breaking. Why now: No account has it." in asked.said


def test_what_is_used_is_not_retired() -> None:
    asked = ask(Deprecate(address=ADDRESS, replaced_by="manufacturing"))
    files = {path: asked.text(path) for path in asked.files}
    why = refusal(Retire(address=ADDRESS), dict(files), date(2027, 1, 31))
    assert why == (
        "The value `technology` cannot be retired while something names it:\n"
        f"  {SEGMENT}:9: `segment.enterprise-technology` (when)\n"
        f"Move what can be moved: `abmspec propose deprecate {ADDRESS} --replace`."
    )


def test_what_is_active_is_deprecated_first() -> None:
    assert f"abmspec propose deprecate {ADDRESS}" in refusal(Retire(address=ADDRESS))
    assert "has no status" in refusal(Retire(address="tiers.factor.influence"))
