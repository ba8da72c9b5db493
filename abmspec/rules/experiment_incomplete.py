"""An experiment can show something: it has a subject, and something to compare with."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Experiment
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for own in subject.spec.owns:
        for experiment in own.experiments.values():
            if experiment.status != "retired":
                yield from _experiment(experiment)


def _experiment(experiment: Experiment) -> Iterator[Finding]:
    if not experiment.segment and not experiment.plays:
        yield Finding(
            experiment.address,
            experiment.key(),
            "Nothing says what the experiment is made on.",
            "Add `segment: <segment>` or `plays: [<play>]`.",
        )
    if experiment.method == "holdout" and not 0 < experiment.holdout < 100:
        yield Finding(
            experiment.address,
            experiment.at("holdout") if experiment.holdout else experiment.at("method"),
            f"It compares with those who are held out, and {experiment.holdout:g} percent are: "
            f"{'nobody is left to try it on' if experiment.holdout else 'there is nothing to compare with'}.",
            "Write `holdout: 10`, or whatever share the sample allows.",
        )
    elif experiment.method == "ab-test" and experiment.holdout:
        yield Finding(
            experiment.address,
            experiment.at("holdout"),
            "It compares two variants, and holds accounts out as well: what does it compare?",
            "Write `method: holdout`, or take `holdout` out.",
            ((experiment.at("method"), "how it compares"),),
        )


RULE = SpecRule(
    Rule(
        "experiment-incomplete",
        Severity.ERROR,
        "An experiment says what it is made on and what it compares with.",
    ),
    check,
)
