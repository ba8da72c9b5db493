"""Rules over plays, content, experiments and account plans, at their edges."""

from __future__ import annotations

import pytest

from tests.rules.page import judge
from tests.specs import base_files
from tests.unit.rules.over_base import findings, places

PLAY = "playbooks/plays/executive-briefing.yaml"
CONTENT = "playbooks/content/briefing-invite.yaml"
CTAS = "playbooks/ctas.yaml"
EMEA = "regions/emea/playbooks/executive-briefing.yaml"
DACH = "regions/emea/dach/playbooks/executive-briefing.yaml"
EMEA_CTAS = "regions/emea/playbooks/ctas.yaml"
EMEA_CONTENT = "regions/emea/playbooks/content/briefing-invite.yaml"
DINNER = "  dinner: {label: Dinner, day: 14, channel: field-event, owner: program-manager}\n"


def text(approval: str = '{by: emea-marketing, date: "2026-05-18", until: "2027-05-18"}') -> str:
    return f"{{text: Bonjour., approval: {approval}}}" if approval else "{text: Bonjour.}"


def slot(text: str, version: int = 3, locale: str = "fr-FR") -> dict[str, str]:
    filled = f"{{from: briefing-invite@{version}, locales: {{{locale}: {text}}}}}"
    return {EMEA: f"content:\n  value_prop: {filled}\n"}


@pytest.mark.parametrize(
    ("approval", "expired", "unapproved"),
    [
        ('{by: emea-marketing, date: "2026-05-18", until: "2026-10-01"}', False, False),
        ('{by: emea-marketing, date: "2026-05-18", until: "2026-09-30"}', True, False),
        ('{by: emea-marketing, date: "2026-05-18"}', False, True),
        ('{by: emea-marketing, date: "2026-10-02", until: "2027-05-18"}', False, True),
        ("", False, True),
    ],
)
def test_approvals_of_texts(approval: str, expired: bool, unapproved: bool) -> None:
    of_content = {EMEA_CONTENT: f"locales:\n  fr-FR: {text(approval)}\n"}
    for files in (slot(text(approval)), of_content):
        assert bool(findings("variation-expired", (), files)) is expired
        assert bool(findings("variation-unapproved", (), files)) is unapproved


def test_texts_of_drafts_need_no_approval_yet() -> None:
    changes = [
        (CONTENT, "state: approved", "state: review"),
        (PLAY, "label: Exe", "status: proposed\nlabel: Exe"),
    ]
    files = {EMEA_CONTENT: f"locales:\n  fr-FR: {text('')}\n"}
    assert places("variation-unapproved", changes, files) == []
    assert places("play-content-unapproved", changes) == []


def test_an_approval_of_the_content_itself_expires_too() -> None:
    change = (CONTENT, 'date: "2026-05-02", until: "2027-05-02"', 'date: "2026-05-02", until: "2026-09-30"')
    assert places("variation-expired", [change]) == [(8, 64)]


@pytest.mark.parametrize(
    ("cta", "expected"), [("book-briefing", 0), ("emea-termin", 0), ("emea-probe", 1), ("missing", 0)]
)
def test_calls_to_action_mean_the_same(cta: str, expected: int) -> None:
    files = {
        CTAS: "ctas:\n  book-briefing: {label: Book a briefing}\n  start-trial: {label: Start a trial}\n",
        EMEA_CTAS: (
            "ctas:\n  emea-termin: {label: Termin, maps_to: book-briefing}\n"
            "  emea-probe: {label: Probe, maps_to: start-trial}\n"
        ),
        "regions/emea/playbooks/emea-tag.yaml": (
            "label: Tag\nobjective: Meet.\nfor: {}\ncta: book-briefing\n"
            f"steps:\n  call: {{day: 0, channel: phone, owner: sdr, cta: {cta}}}\n"
        ),
    }
    assert len(findings("play-cta-changed", (), files)) == expected


@pytest.mark.parametrize(
    ("entry", "expected", "mend"),
    [
        ("{label: A, maps_to: book-briefing}", [], ""),
        ("{label: A}", [(2, 3)], "Add `maps_to: book-briefing`, or another global one."),
        ("{label: A, maps_to: book-breifing}", [(2, 33)], "Did you mean `book-briefing`?"),
        ("{label: A, maps_to: old}", [(2, 33)], "Write `maps_to: book-briefing`."),
    ],
)
def test_regional_calls_to_action(entry: str, expected: list[tuple[int, int]], mend: str) -> None:
    gone = '{date: "2026-01-01", sunset: "2026-06-01", reason: Merged., replaced_by: book-briefing}'
    files = {
        CTAS: f"ctas:\n  book-briefing: {{label: B}}\n  old: {{label: O, status: retired, deprecated: {gone}}}\n",
        EMEA_CTAS: f"ctas:\n  emea-one: {entry}\n",
    }
    assert places("cta-unmapped", (), files) == expected
    assert [each.suggestion for each in findings("cta-unmapped", (), files)] == ([mend] if mend else [])


def test_a_broken_list_of_calls_to_action_is_no_excuse_to_guess() -> None:
    mapped = b"ctas:\n  emea-a: {label: A, maps_to: book-briefing}\n"
    found = judge({**base_files(), CTAS: b"ctas: [", EMEA_CTAS: mapped})
    assert {each.rule for each in found} == {"yaml-syntax"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({EMEA: "steps: {follow-up: {day: 14}}\n"}, []),
        ({EMEA: "steps: {follow-up: {day: 15}}\n"}, [(EMEA, 1, 26)]),
        ({EMEA: "steps: {dinner: {day: 1}}\n"}, [(EMEA, 1, 23)]),
        ({EMEA: "steps: {follow-up: {day: 15}, dinner: {day: 20}}\n"}, []),
        # The child is told, whose change turned the order; not the parent, which is in order.
        ({EMEA: "steps: {follow-up: {day: 10}}\n", DACH: "steps: {dinner: {day: 7}}\n"}, [(DACH, 1, 23)]),
        ({EMEA: "steps: {follow-up: {day: 15}}\n", DACH: "starts: '2026-11-02'\n"}, [(EMEA, 1, 26)]),
    ],
)
def test_days_of_steps(files: dict[str, str], expected: list[tuple[str, int, int]]) -> None:
    found = findings("play-steps-unordered", (), files)
    assert [(each.path, each.line, each.column) for each in found] == expected


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        ("content: {value_prop: {from: briefing-invite@3}}\n", [(1, 11)]),
        ("content: {proof: {from: briefing-invite@3, locales: {fr-FR: {text: A}}}}\n", [(1, 11)]),
        ("content: {value_prop: {from: dinner-deck@1, locales: {fr-FR: {text: A}}}}\n", [(1, 30)]),
    ],
)
def test_slots(overlay: str, expected: list[tuple[int, int]]) -> None:
    files = {
        EMEA: overlay,
        "playbooks/content/dinner-deck.yaml": "label: Deck\nkind: asset\n",
    }
    assert places("play-slot", (), files) == expected


def test_a_slot_without_content() -> None:
    assert places("play-slot", [(PLAY, "localizable: [value_prop]", "localizable: [value_prop, proof]")]) == [
        (10, 27)
    ]


@pytest.mark.parametrize(("version", "ahead", "stale"), [(2, 0, 1), (3, 0, 0), (4, 1, 0)])
def test_versions(version: int, ahead: int, stale: int) -> None:
    assert len(findings("translation-ahead", (), slot(text(), version))) == ahead
    assert len(findings("translation-stale", (), slot(text(), version))) == stale


@pytest.mark.parametrize(
    ("locale", "expected"), [("fr-FR", 0), ("fr", 0), ("de-DE", 0), ("es-MX", 1), ("fr-CA", 1)]
)
def test_locales(locale: str, expected: int) -> None:
    """A region within may read it; a language alone will do."""
    assert len(findings("locale-not-of-region", (), slot(text(), locale=locale))) == expected


@pytest.mark.parametrize(
    ("audience", "connected"),
    [
        ("tiers: [tier-1], stages: [consideration]", True),
        ("tiers: [tier-2], stages: [consideration]", False),
        ("tiers: [tier-1], stages: [target]", False),
        ("segments: [enterprise-technology]", True),
        ("status: proposed", False),
    ],
)
def test_plays_beside_each_other(audience: str, connected: bool) -> None:
    more = "status: proposed\n" if audience.startswith("status") else ""
    other = (
        f"label: Evening\n{more}objective: Meet.\nfor: {{{'' if more else audience}}}\ncta: book-briefing\n"
        "steps:\n  ad: {day: 0, channel: paid-media, owner: sdr}\n"
        "  call: {day: 1, channel: sdr-sequence, owner: sdr}\n"
        "  evening: {day: 2, channel: field-event, owner: sdr}\nkpis: [pipeline]\n"
    )
    found = findings("play-not-connected", [(PLAY, DINNER, "")], {"playbooks/plays/evening.yaml": other})
    assert [(each.line, each.column) for each in found] == ([] if connected else [(4, 68)])


def test_a_step_that_a_region_skips_is_on_record() -> None:
    files = {EMEA: "steps: {dinner: {skip: true, reason: Hospitality rules.}}\n"}
    assert places("play-not-connected", (), files) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({EMEA: 'starts: "2026-11-02"\nends: "2026-11-02"\n'}, []),
        ({EMEA: 'starts: "2026-11-02"\nends: "2026-11-01"\n'}, [(EMEA, 2, 7)]),
        ({EMEA: 'ends: "2026-11-01"\n', DACH: 'starts: "2026-11-02"\n'}, [(DACH, 1, 9)]),
    ],
)
def test_dates(files: dict[str, str], expected: list[tuple[str, int, int]]) -> None:
    found = findings("dates-reversed", (), files)
    assert [(each.path, each.line, each.column) for each in found] == expected


def experiment(**more: str) -> dict[str, str]:
    said = {
        "label": "A", "hypothesis": "B.", "plays": "[executive-briefing]", "method": "ab-test", "metric": "pipeline",
        "sample_size": "10", "from": '"2026-09-01"', **more,
    }  # fmt: skip
    return {
        "playbooks/experiments/a.yaml": "".join(f"{key}: {value}\n" for key, value in said.items() if value),
        "playbooks/learnings/l.yaml": 'summary: C.\nplays: [executive-briefing]\ndate: "2026-09-20"\n',
        "playbooks/learnings/m.yaml": 'summary: C.\nexperiment: a\ndate: "2026-09-20"\n',
    }


@pytest.mark.parametrize(
    ("rule", "more", "found"),
    [
        ("experiment-incomplete", {}, 0),
        ("experiment-incomplete", {"plays": ""}, 1),
        ("experiment-incomplete", {"method": "holdout"}, 1),
        ("experiment-incomplete", {"method": "holdout", "holdout": "100"}, 1),
        ("experiment-incomplete", {"method": "holdout", "holdout": "10"}, 0),
        ("experiment-incomplete", {"holdout": "10"}, 1),
        ("experiment-outcome-missing", {"to": '"2026-10-01"'}, 0),
        ("experiment-outcome-missing", {"to": '"2026-09-30"'}, 1),
        ("experiment-outcome-missing", {"to": '"2026-09-30"', "outcome": "{lift: 1, learning: m}"}, 0),
        ("experiment-outcome-missing", {"to": '"2026-09-30"', "outcome": "{lift: 1, learning: l}"}, 1),
        ("reference-unknown", {"outcome": "{lift: 1, learning: missing}"}, 1),
    ],
)
def test_experiments(rule: str, more: dict[str, str], found: int) -> None:
    assert len(findings(rule, (), experiment(**more))) == found


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ('account: "001A"\ntier: tier-2', [(2, 7)]),
        ('account: "001A"\naccount_owner: sdr', []),
        ('account: "001B"\ntier: tier-2', []),
    ],
)
def test_overrides_of_one_account(second: str, expected: list[tuple[int, int]]) -> None:
    rest = '\nreason: R.\napproved_by: leadership\nuntil: "2026-10-01"\n'
    files = {
        "accounts/overrides/a.yaml": f'account: "001A"\ntier: tier-1{rest}',
        "accounts/overrides/b.yaml": second + rest,
    }
    assert places("override-conflict", (), files) == expected
    assert places("override-expired", (), files) == []
