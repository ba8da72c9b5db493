"""What is certain to mend a broken spec mends it, and breaks nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from abmspec import pipeline
from abmspec.diagnostic import Diagnostic
from abmspec.output import replace_files
from tests.broken.case import Case, cases
from tests.conftest import TODAY
from tests.specs import base_files

DAY = date.fromisoformat(TODAY)
# Behind these nothing could be judged before.
HIDING = frozenset({"file-name", "format-unknown", "waiver-refused"})


def said(found: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    return {(each.rule, each.message) for each in found}


@pytest.mark.parametrize("case", [case for case in cases() if not case.fifo], ids=lambda case: case.name)
def test_mending(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    before, _ = pipeline.judge(tmp_path, DAY)
    fixes = [found for found in before.diagnostics if found.fix is not None]
    done = pipeline.mend(tmp_path, DAY, lambda _: True)
    assert bool(done.mended) == bool(fixes)
    if not fixes:
        assert done.changes == ()
        return
    replace_files(tmp_path, done.changes)
    after, _ = pipeline.judge(tmp_path, DAY)
    assert not [found for found in after.diagnostics if found.fix is not None]
    if not HIDING & {found.rule for found in done.mended}:
        assert said(after.diagnostics) < said(before.diagnostics)
    assert pipeline.mend(tmp_path, DAY, lambda _: True).changes == ()


SLOT = """\
content:
  {slot}:
    from: briefing-invite@3
    locales:
      {locale}: {{text: Bienvenue., approval: {{by: emea-marketing, date: "2026-05-02", until: "2027-05-02"}}}}
"""
WAIVER = """\
rule: {rule}
address: picklist.industry.value.technology
reason: The migration needs another month.
approved_by: council
until: "2026-12-31"
"""
LABELS = "label: Level\ndescription: Three levels.\nlabels: {{{locale}: Stufe}}\nvalues:\n  high: {{label: High}}\n"
REGION = (
    "label: Nordics\ncountries: [DK]\nlocales: [{locale}]\nowner: emea-marketing\ncouncil_seat: emea-lead\n"
)
PLAY, LEVEL = "regions/emea/playbooks/executive-briefing.yaml", "taxonomy/picklists/level.yaml"
NORDICS, OWNERS = "regions/emea/nordics/region.yaml", "abmspec.yaml"
PROJECT = base_files()[OWNERS].decode().replace("{", "{{").replace("}", "}}")


@pytest.mark.parametrize(
    ("rule", "path", "text", "written", "meant"),
    [
        (
            "play-slot",
            PLAY,
            SLOT.replace("{locale}", "fr-FR"),
            {"slot": "value-prop"},
            {"slot": "value_prop"},
        ),
        ("play-slot", PLAY, SLOT.replace("{locale}", "fr-FR"), {"slot": "headline"}, None),
        (
            "owners-folder-unknown",
            OWNERS,
            PROJECT.replace("playbooks:", "{folder}:"),
            {"folder": "playbook"},
            {"folder": "playbooks"},
        ),
        (
            "owners-folder-unknown",
            OWNERS,
            PROJECT.replace("playbooks:", "{folder}:"),
            {"folder": "campaigns"},
            None,
        ),
        (
            "waiver-refused",
            "taxonomy/governance/waivers/technology.yaml",
            WAIVER,
            {"rule": "sunset-pased"},
            {"rule": "sunset-passed"},
        ),
        (
            "waiver-refused",
            "taxonomy/governance/waivers/technology.yaml",
            WAIVER,
            {"rule": "too-strict"},
            None,
        ),
        ("locale-invalid", NORDICS, REGION, {"locale": "en-UK"}, {"locale": "en-GB"}),
        ("locale-invalid", NORDICS, REGION, {"locale": "jp"}, {"locale": "ja"}),
        ("locale-invalid", NORDICS, REGION, {"locale": "xx-YY"}, None),
        ("locale-invalid", LEVEL, LABELS, {"locale": "cz"}, {"locale": "cs"}),
        ("schema-bad-format", NORDICS, REGION, {"locale": "fr_FR"}, {"locale": "fr-FR"}),
        ("schema-bad-format", LEVEL, LABELS, {"locale": "de_DE"}, {"locale": "de-DE"}),
        ("schema-bad-format", LEVEL, LABELS, {"locale": "de_DE: Stufe, de-DE"}, None),
    ],
)
def test_what_is_certainly_meant_is_written(
    rule: str, path: str, text: str, written: dict[str, str], meant: dict[str, str] | None, tmp_path: Path
) -> None:
    for name, content in {**base_files(), path: text.format(**written).encode()}.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    verdict, _ = pipeline.judge(tmp_path, DAY)
    assert rule in {found.rule for found in verdict.diagnostics}
    done = pipeline.mend(tmp_path, DAY, lambda found: found.rule == rule)
    wanted = [] if meant is None else [(path, text.format(**meant))]
    assert [(each.path, (each.after or b"").decode()) for each in done.changes] == wanted
