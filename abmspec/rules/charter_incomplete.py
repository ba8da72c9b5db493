"""The charter says what the programme is for, and everything that it rests on exists."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

CHARTER = "taxonomy/charter.yaml"
SAYS = {
    "outcomes": "the business outcomes that the programme serves",
    "objectives": "what the programme wants",
    "decisions": "which decisions segmentation has to support",
    "success_metrics": "by which figures it is judged",
}


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    at = Anchor(CHARTER)
    if spec.charter is None and not spec.is_broken(CHARTER):
        yield Finding(
            "charter",
            at,
            "There is no charter, so nobody has said what the programme is for.",
            f"Add `{CHARTER}`.",
        )
    if spec.charter is not None:
        at = spec.charter.at()
        for name, what in SAYS.items():
            if not getattr(spec.charter, name):
                yield Finding(
                    "charter", spec.charter.key(name), f"The charter does not say {what}.", f"Add `{name}:`."
                )
    for path, what, exists in (
        ("taxonomy/icp.yaml", "an ideal customer profile", spec.icp is not None),
        ("taxonomy/tiers.yaml", "tiers", spec.tiers is not None),
        ("taxonomy/buying-groups.yaml", "buying groups", spec.buying_groups is not None),
        ("taxonomy/kpis.yaml", "key figures", bool(spec.kpis)),
        ("taxonomy/fields/account.yaml", "a data dictionary", bool(spec.own.fields)),
    ):
        if not exists and not any(file.startswith(path.removesuffix("account.yaml")) for file in spec.broken):
            yield Finding(
                "charter",
                at,
                f"The programme has no {what.removeprefix('an ').removeprefix('a ')}.",
                f"Add `{path}`.",
            )


RULE = SpecRule(
    Rule(
        "charter-incomplete",
        Severity.ERROR,
        "The charter says what the programme is for, and everything that it rests on exists.",
    ),
    check,
)
