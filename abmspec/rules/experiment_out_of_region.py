"""A region's experiment is made in that region."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for region, overlay in spec.overlays.items():
        within = spec.descendants(region)
        for experiment in overlay.own.experiments.values():
            if experiment.status == "retired":
                continue
            for index, other in enumerate(experiment.regions):
                if other in spec.regions and other not in within:
                    yield Finding(
                        experiment.address,
                        experiment.at("regions", index),
                        f"The experiment is `{region}`'s own, and is to be made in `{other}` too.",
                        f"Take `{other}` out, or make the experiment global: "
                        f"`playbooks/experiments/{experiment.id.removeprefix(f'{region}-')}.yaml`.",
                    )


RULE = SpecRule(
    Rule(
        "experiment-out-of-region",
        Severity.ERROR,
        "A region's own experiment is made in that region, or in those within it.",
    ),
    check,
)
