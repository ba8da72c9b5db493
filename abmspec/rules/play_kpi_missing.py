"""Every play says what it is judged by."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import plays


def check(subject: Subject) -> Iterator[Finding]:
    for play in plays(subject.resolved):
        if not play.kpis:
            yield Finding(
                play.address,
                play.key("kpis"),
                "Nothing says what the play is judged by.",
                _mend(subject),
            )


def _mend(subject: Subject) -> str:
    known = [kpi.id for kpi in subject.spec.kpis.values() if kpi.in_use]
    return f"Add `kpis: [{known[0]}]`, or another key figure." if known else "Add `kpis: [<key figure>]`."


RULE = SpecRule(
    Rule("play-kpi-missing", Severity.ERROR, "Every play is judged by a key figure at least."),
    check,
)
