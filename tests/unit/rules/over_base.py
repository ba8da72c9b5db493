"""What one rule finds in the small clean spec when some of its files say something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from abmspec.diagnostic import Diagnostic
from tests.rules.page import judge, said
from tests.specs import base_files

# A path of the base, a text that stands in it once, and what stands there instead.
Change = tuple[str, str, str]
FORM = ("schema-", "yaml-", "file-")


def findings(
    rule: str, changes: Iterable[Change] = (), files: Mapping[str, str] | None = None
) -> list[Diagnostic]:
    """The rule's findings, in order. Fails where the files themselves are not in form."""
    spec = {**base_files(), **{path: text.encode() for path, text in (files or {}).items()}}
    for path, old, new in changes:
        text = spec[path].decode()
        assert text.count(old) == 1, f"{text.count(old)} times in {path}: {old}"
        spec[path] = text.replace(old, new).encode()
    found = judge(spec)
    assert not [each for each in found if each.rule.startswith(FORM)], said(found)
    return [each for each in found if each.rule == rule]


def places(
    rule: str, changes: Iterable[Change] = (), files: Mapping[str, str] | None = None
) -> list[tuple[int, int]]:
    """Line and column of each."""
    return [(found.line, found.column) for found in findings(rule, changes, files)]
