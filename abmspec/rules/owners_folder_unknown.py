"""Default owners are for folders and files that exist."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.load.layout import FOLDERS
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor
from abmspec.words import certain, nearest


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    known = dict.fromkeys(FOLDERS)
    for path in (*spec.documents, *spec.broken):
        parts = path.removesuffix(".yaml").split("/")
        for length in range(1, len(parts) + 1):
            known["/".join(parts[:length])] = None
    for folder in spec.project.owners:
        if folder not in known:
            near = nearest(folder, tuple(known))
            yield Finding(
                "project",
                Anchor(PROJECT_PATH, ("owners", folder), on_key=True),
                f"`{folder}` owns nothing: the spec has no such folder and no such file.",
                f"Did you mean `{near}`?" if near else "Take it out.",
                meant=certain(folder, (other for other in known if other not in spec.project.owners)),
            )


RULE = SpecRule(
    Rule("owners-folder-unknown", Severity.WARNING, "Default owners are for folders and files that exist."),
    check,
)
