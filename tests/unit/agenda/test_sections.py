"""What stands in each section."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from tests.specs import base_files, resolved_with
from tests.unit.agenda.agendas import agenda_of, items

Changed = Mapping[str, str | None]

COUNCIL = "taxonomy/governance/council.yaml"
INDUSTRY = "taxonomy/picklists/industry.yaml"
PLAY = "playbooks/plays/executive-briefing.yaml"
CONTENT = "playbooks/content/briefing-invite.yaml"
ROLES = "taxonomy/governance/roles.yaml"
POLICY = "taxonomy/governance/change-policy.yaml"
SEGMENT = "taxonomy/segments/enterprise-technology.yaml"
CTAS = "playbooks/ctas.yaml"
TRY = "playbooks/experiments/try.yaml"
FAULT = "taxonomy/governance/emergencies/fault.yaml"
WAIVED = "taxonomy/governance/waivers/w.yaml"
DACH = "regions/emea/dach/region.yaml"
DACH_INDUSTRY = "regions/emea/dach/picklists/industry.yaml"


def with_more(path: str, text: str) -> dict[str, str | None]:
    """A file of the small spec with more at its end."""
    return {path: base_files()[path].decode() + text}


def with_other(path: str, words: Mapping[str, str]) -> dict[str, str | None]:
    """A file of the small spec with other words."""
    text = base_files()[path].decode()
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    return {path: text}


def with_instead(path: str, old: str, new: str) -> dict[str, str | None]:
    """The same for one word."""
    return with_other(path, {old: new})


def value(text: str) -> dict[str, str | None]:
    """The list of industries with one more."""
    return with_more(INDUSTRY, f"  farming: {text}\n")


GOES = (
    "{{label: Farming, status: deprecated, "
    "deprecated: {{date: '2026-01-01', sunset: '{}', replaced_by: technology}}}}"
)
WAIVER = "{{rule: {}, address: {}, reason: Because., approved_by: council, until: '{}'}}"


def near(until: str) -> str:
    """A waiver of a near-duplicate."""
    return WAIVER.format("near-duplicate", "picklist.industry.value.farming", until)


APPROVED = 'content-lead, date: "2026-05-01", until: "'
DEPUTY = "[base-chief], deputies: [base-deputy], deputy_after: 2 business days"
LABS = "regions/emea/dach/segments/dach-labs.yaml"
LAB = """\
label: Labs
decision: coverage
consumers: [sales]
within: enterprise-technology
kpis: [pipeline]
when: {field: account.industry, in: [technology]}
"""
PILOT = (
    "stage: pilot\n"
    "pilot: {{review_by: '{}', exit_criteria: {{a: {{label: A, met: '2026-09-01'}}, b: {{label: B}}}}}}\n"
)
EXPERIMENT = (
    "{{label: Try, hypothesis: It helps., segment: enterprise-technology, method: ab-test, metric: pipeline, "
    "sample_size: 10, from: '2026-06-01', to: '{}'{}}}"
)
EMERGENCY = (
    "{{what: A fault., why: It was., declared_by: revops, date: '2026-09-20', review_by: '2026-09-22'{}}}"
)


@pytest.mark.parametrize(
    ("topic", "changed", "said", "due", "overdue"),
    [
        (
            "decisions",
            value("{label: Farming, status: proposed}"),
            "`farming` (Farming) of the picklist `industry` is proposed",
            "",
            False,
        ),
        (
            "decisions",
            value(GOES.format("2026-10-13")),
            "had its sunset on 2026-10-13, and nothing in the spec uses it: retire it.",
            "2026-10-13",
            True,
        ),
        (
            "decisions",
            value(GOES.format("2026-11-14")),
            "has its sunset on 2026-11-14, and nothing in the spec uses it: retire it then.",
            "2026-11-14",
            False,
        ),
        (
            "decisions",
            with_more(DACH, PILOT.format("2026-10-30")),
            "The pilot `dach` (Germany, Austria and Switzerland) is to be reviewed by 2026-10-30. Met so far: 1 of",
            "2026-10-30",
            False,
        ),
        (
            "reviews",
            with_instead(COUNCIL, "2027-03-31", "2026-10-13"),
            "How we govern is to be looked at again by 2026-10-13",
            "2026-10-13",
            True,
        ),
        (
            "reviews",
            with_instead("taxonomy/privacy.yaml", "2026-06-01", "2025-11-01"),
            "Counsel last looked at the privacy rule `special-category`",
            "2026-11-01",
            False,
        ),
        (
            "reviews",
            with_instead(CONTENT, f"{APPROVED}2027", f"{APPROVED}2026"),
            "The approval of `content.briefing-invite` for `content`, `creative` and the en text ended on 2026-05-01",
            "2026-05-01",
            True,
        ),
        (
            "reviews",
            with_more(PLAY, 'starts: "2026-01-01"\nends: "2026-10-31"\n'),
            "The play `executive-briefing` (Executive briefing) ends on 2026-10-31",
            "2026-10-31",
            False,
        ),
        (
            "reviews",
            {TRY: EXPERIMENT.format("2026-09-30", "")},
            "`try` (Try) ended on 2026-09-30, and nothing says what it showed",
            "2026-09-30",
            True,
        ),
        (
            "reviews",
            {TRY: EXPERIMENT.format("2026-10-30", "")},
            "`try` (Try) ends on 2026-10-30: its outcome is to be recorded",
            "2026-10-30",
            False,
        ),
        ("reviews", {FAULT: EMERGENCY.format("")}, "The emergency `fault` of 2026-09-20", "2026-09-22", True),
        (
            "waivers",
            {WAIVED: WAIVER.format("near-duplicate", "picklist.industry", "2026-10-02")},
            "Nothing needs the waiver of `near-duplicate` at `picklist.industry`",
            "",
            False,
        ),
        (
            "waivers",
            {**value("{label: Techno-logy}"), WAIVED: near("2026-10-20")},
            "ends on 2026-10-20: mend what it excused",
            "2026-10-20",
            False,
        ),
        (
            "waivers",
            {**value("{label: Techno-logy}"), WAIVED: near("2026-09-20")},
            "ended on 2026-09-20",
            "2026-09-20",
            True,
        ),
        ("duplicates", value("{label: Techno-logy}"), "may mean the same as `technology`", "", False),
        (
            "orphans",
            with_instead(PLAY, "segments: [enterprise-technology], ", ""),
            "The segment `enterprise-technology` (Enterprise technology) unlocks no play.",
            "",
            False,
        ),
        (
            "orphans",
            with_instead(PLAY, "segments: [enterprise-technology], ", ""),
            "The play `executive-briefing` (Executive briefing) has no segment.",
            "",
            False,
        ),
        (
            "orphans",
            with_other(PLAY, {"kpis: [pipeline]\n": "", ", sla: 2 business hours": ""}),
            "has no KPI and no step with an SLA.",
            "",
            False,
        ),
        (
            "orphans",
            with_more(CTAS, "  call: {label: Call us, url: 'https://example.com/call'}\n"),
            "Call to action `call` (Call us) is used by no play.",
            "",
            False,
        ),
        (
            "orphans",
            {CONTENT.replace("invite", "deck"): base_files()[CONTENT].decode()},
            "Content `briefing-deck` (Invitation to a briefing) is used by no play.",
            "",
            False,
        ),
        (
            "orphans",
            with_more(
                ROLES,
                "  idle: {label: Idle, function: marketing, group: council, team: base/idle, members: [base-idle]}\n",
            ),
            "The role `idle` (Idle) owns nothing",
            "",
            False,
        ),
        (
            "unused",
            value("{label: Farming}"),
            "`manufacturing` (Manufacturing) and `farming` (Farming).",
            "",
            False,
        ),
        (
            "unused",
            {DACH_INDUSTRY: "values: {dach-mill: {label: Mill, maps_to: manufacturing}}\n"},
            "The only value that `dach` has in the picklist `industry`: `dach-mill` (Mill).",
            "",
            False,
        ),
        (
            "seats",
            with_instead(ROLES, "members: [base-dach]", "members: []"),
            "The seat `dach-lead` (DACH) is empty: `dach-marketing` has no member.",
            "",
            False,
        ),
        (
            "seats",
            with_instead(ROLES, "members: [base-chief], deputies", "deputies"),
            "`leadership` has no member; `base-deputy` may come.",
            "",
            False,
        ),
        (
            "seats",
            with_other(
                ROLES,
                {
                    DEPUTY: "[Base-EMEA]",
                    "[base-ops, base-ops-2]": "[base-emea]",
                    "[base-dach]": "[base-emea]",
                },
            ),
            "The quorum is 2, and 1 person holds all the seats",
            "",
            False,
        ),
        ("seats", with_instead(DACH, "council_seat: dach-lead\n", ""), None, "", False),
        (
            "freezes",
            with_more(
                POLICY, "freezes: {close: {from: '2026-11-10', to: '2026-11-20', reason: The year ends.}}\n"
            ),
            "From 2026-11-10 to 2026-11-20 nothing merges. `close` (The year ends).",
            "",
            False,
        ),
        (
            "freezes",
            with_more(
                POLICY, "freezes: {close: {from: '2026-10-01', to: '2026-10-13', reason: Over by then.}}\n"
            ),
            None,
            "",
            False,
        ),
        (
            "freezes",
            with_more(POLICY, "freezes: {close: {from: '2026-11-15', to: '2026-11-20', reason: Later.}}\n"),
            None,
            "",
            False,
        ),
    ],
)
def test_what_a_section_has(topic: str, changed: Changed, said: str | None, due: str, overdue: bool) -> None:
    before = {item.text for item in items(topic)}
    new = [item for item in items(topic, changed) if item.text not in before]
    if said is None:
        assert new == []
        return
    (found,) = (item for item in new if said in item.text)
    assert (found.due, found.is_overdue) == (due, overdue)


@pytest.mark.parametrize(
    ("topic", "changed"),
    [
        ("decisions", value("{label: Farming, status: retired}")),
        ("decisions", value(GOES.format("2026-11-15"))),
        ("decisions", with_more(DACH, PILOT.format("2026-11-15"))),
        ("reviews", with_more(PLAY, 'starts: "2026-01-01"\nends: "2026-11-15"\n')),
        (
            "reviews",
            {
                TRY: EXPERIMENT.format("2026-09-30", ", outcome: {lift: 2, learning: it}"),
                "playbooks/learnings/it.yaml": "{label: It, summary: It., experiment: try, date: '2026-10-01'}",
            },
        ),
        ("reviews", {FAULT: EMERGENCY.format(", reviewed: '2026-09-21'")}),
        ("unused", {DACH_INDUSTRY: "values: {dach-chips: {label: Chips, maps_to: technology}}\n"}),
        (
            "orphans",
            {LABS: LAB},
        ),
    ],
)
def test_what_a_section_leaves_out(topic: str, changed: Changed) -> None:
    assert items(topic, changed) == items(topic)


FROM_PLAY = "`it` (It): It works. Of `executive-briefing`."
FROM_TRY = "`it` (It): It works. Of the experiment `try` on `enterprise-technology`, +2.5 % of `pipeline`."


@pytest.mark.parametrize(
    ("day", "experiment", "said"),
    [
        ("2026-09-14", "", FROM_PLAY),
        ("2026-10-14", "experiment: try, ", FROM_TRY),
        ("2026-09-13", "", None),
        ("2026-10-15", "", None),
    ],
)
def test_what_was_learnt_since_the_last_meeting(day: str, experiment: str, said: str | None) -> None:
    plays = "plays: [executive-briefing], "
    learning = f"{{label: It, summary: It works., {plays}{experiment}date: '{day}'}}"
    outcome = ", outcome: {lift: 2.5, learning: it}"
    changed = {
        "playbooks/learnings/it.yaml": learning,
        TRY: EXPERIMENT.format("2026-09-30", outcome if experiment else ""),
    }
    assert [item.text for item in items("learnt", changed)] == ([said] if said else [])


def test_a_clean_spec_has_no_more_than_its_unused_values() -> None:
    agenda = agenda_of(resolved_with())
    assert {section.id for section in agenda.sections if section.items} == {"unused"}
    assert agenda.errors == 0


def test_what_goes_says_who_uses_it_where_to_and_which_waiver_excuses_it() -> None:
    goes = (
        "    status: deprecated\n"
        "    deprecated: {date: '2026-01-01', sunset: '2026-09-01', replaced_by: manufacturing}\n"
    )
    changed = with_instead(INDUSTRY, "  technology:\n", f"  technology:\n{goes}")
    waiver = WAIVER.format("sunset-passed", "picklist.industry.value.technology", "2027-01-31")
    (found,) = items("decisions", {**changed, WAIVED: waiver})
    assert "is used by `segment.enterprise-technology`" in found.text
    assert "to `manufacturing`, or set a later day. The waiver `w` excuses it until 2027-01-31." in found.text
    assert (found.owner, found.who) == ("revops", "Revenue operations")


def test_a_line_knows_its_region_and_who_answers_there() -> None:
    (found,) = items(
        "decisions",
        {DACH_INDUSTRY: "values: {dach-mill: {label: Mill, maps_to: technology, status: proposed}}\n"},
    )
    assert found.address == "region.dach.picklist.industry.value.dach-mill"
    assert (found.scope, found.owner) == ("dach", "dach-marketing")


def test_unused_values_are_all_there_as_data() -> None:
    many = "".join(f"  farming-{number}: {{label: Farming number {number * 1009}}}\n" for number in range(20))
    (found,) = (item for item in items("unused", with_more(INDUSTRY, many)) if "`industry`" in item.text)
    assert "and 14 more" in found.text
    assert len(found.parts) == 22
    assert "picklist.industry.value.farming-19" in found.parts


def test_everything_is_judged_as_of_the_meeting() -> None:
    changed = value(GOES.format("2026-11-20"))
    assert items("decisions", changed) == []
    (found,) = items("decisions", changed, date(2026, 11, 21))
    assert found.is_overdue
