"""An experiment that is over has an outcome, and a learning that speaks of it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Experiment, Learning
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    owns = subject.spec.owns
    learnings = {learning.id: learning for own in owns for learning in own.learnings.values()}
    today = subject.today.isoformat()
    for own in owns:
        for experiment in own.experiments.values():
            if experiment.status == "retired":
                continue
            if experiment.outcome is not None:
                yield from _learning(experiment, learnings.get(experiment.outcome.learning))
            elif experiment.to and experiment.to < today:
                yield Finding(
                    experiment.address,
                    experiment.at("to"),
                    f"The experiment ended on {experiment.to}, and nothing says what it showed.",
                    "Add `outcome: {lift: <percent>, learning: <learning>}`.",
                )


def _learning(experiment: Experiment, learning: Learning | None) -> Iterator[Finding]:
    if learning is None or learning.experiment == experiment.id:
        return
    yield Finding(
        experiment.address,
        experiment.at("outcome", "learning"),
        f"`{learning.id}` came of {'`' + learning.experiment + '`' if learning.experiment else 'no experiment'}, "
        f"as it says, and is given as the outcome of `{experiment.id}`.",
        f"Write `experiment: {experiment.id}` in the learning, or name another one here.",
        ((learning.at("experiment") if learning.experiment else learning.key(), "the learning"),),
    )


RULE = SpecRule(
    Rule(
        "experiment-outcome-missing",
        Severity.WARNING,
        "An experiment that is over says what it showed, and its learning says that it came of it.",
    ),
    check,
)
