"""What plays and experiments taught since the last meeting, segment by segment."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.agenda.agenda import Item
from abmspec.agenda.briefing import Briefing, called, plain
from abmspec.model.playbook import Experiment, Learning
from abmspec.words import quoted


def learnt(briefing: Briefing) -> Iterator[Item]:
    """The learnings of the time since the last meeting, the oldest first, each with what it came of."""
    owns = briefing.spec.owns
    experiments = {each.id: each for own in owns for each in own.experiments.values()}
    learnings = (each for own in owns for each in own.learnings.values() if each.status != "retired")
    for each in sorted(learnings, key=lambda each: (each.date, each.address)):
        if briefing.meeting.is_since_last(each.date):
            text = f"{called(each.id, each.label)}: {plain(each.summary)} {_source(each, experiments)}"
            yield briefing.item(text.rstrip(), each.address)


def _source(learning: Learning, experiments: dict[str, Experiment]) -> str:
    """What a learning came of: an experiment, with the segment and the lift, or plays."""
    experiment = experiments.get(learning.experiment)
    if experiment is None:
        return f"Of {quoted(learning.plays)}." if learning.plays else ""
    whom = f" on `{experiment.segment}`" if experiment.segment else ""
    outcome = experiment.outcome
    lift = f", {outcome.lift:+g} % of `{experiment.metric}`" if outcome is not None else ""
    return f"Of the experiment `{experiment.id}`{whom}{lift}."
