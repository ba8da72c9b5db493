"""The pages of the reference are what their sources say today."""

from __future__ import annotations

from abmspec.check import all_rules
from abmspec.schema import kinds
from tools.docs import FOLDER, pages


def test_the_pages_are_up_to_date() -> None:
    on_disk = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*.md")}
    written = dict(pages())
    assert [name for name, content in written.items() if on_disk.get(name) != content] == [], (
        "run: python -m tools.docs"
    )
    assert on_disk.keys() == written.keys()


def test_every_rule_and_every_kind_of_file_has_its_place() -> None:
    written = {name: content.decode() for name, content in pages()}
    explained = "".join(text for name, text in written.items() if name.startswith("rules/"))
    assert [rule.name for rule in all_rules() if f"\n## {rule.name}\n" not in explained] == []
    assert [kind for kind in kinds() if f"files/{kind}.md" not in written] == []
