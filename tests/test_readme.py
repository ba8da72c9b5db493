"""What the README says of the first change's outcome; that it runs as it reads is in tests/docs/."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.conftest import ROOT
from tools.docs.stories import Story, blocks, set_scene

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_built_value_is_where_the_readme_says(tmp_path: Path) -> None:
    project = tmp_path / "reference"
    (example,) = (block for block in blocks(README) if block.language == "yaml")
    story = Story(project, set_scene(README, project))
    story.do(example)
    story.run("abmspec check --fix")
    story.run("abmspec build")
    objects = project / "dist/sf-core/force-app/main/default/objects"
    (detail,) = objects.glob("Account/fields/ABM_Industry_Detail__c.field-meta.xml")
    setting = re.search(
        r"<valueSettings>\s*<controllingFieldValue>(\w+)</controllingFieldValue>\s*<valueName>emea-insurtech<",
        detail.read_text(encoding="utf-8"),
    )
    assert setting is not None
    assert setting[1] == "Insurance"


def test_the_interpreter_is_one_the_readme_promises() -> None:
    assert "Python 3.11" in README
    assert sys.version_info >= (3, 11)
