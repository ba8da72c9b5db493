"""What is deprecated is retired by its sunset."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import noun
from abmspec.rules.deprecated_in_use import PASSED_OVER
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor
from abmspec.words import quoted

SHOWN = 5


def check(subject: Subject) -> Iterator[Finding]:
    index, today = subject.references, subject.today.isoformat()
    for thing in index.things.values():
        said = thing.deprecated
        if thing.status != "deprecated" or said is None or not said.sunset or said.sunset >= today:
            continue
        users = [
            reference
            for reference in index.to.get(thing.address, ())
            if reference.how not in PASSED_OVER and not reference.source.startswith(thing.address)
        ]
        successors = f" to {quoted(said.successors)}" if said.successors else ""
        who = f"The {noun(thing.kind)} `{thing.id}` had its sunset on {said.sunset}"
        if users:
            places = "one place" if len(users) == 1 else f"{len(users)} places"
            message = f"{who}, and is still used in {places}."
            mend = f"Move what uses it{successors}, then set `status: retired`."
        else:
            message = f"{who}, and is not retired yet."
            mend = "Set `status: retired`."
        yield Finding(
            thing.address,
            Anchor(thing.at.path, (*thing.at.route, "deprecated", "sunset")),
            message,
            mend,
            tuple((reference.at, f"`{reference.source}` uses it here.") for reference in users[:SHOWN]),
        )


RULE = SpecRule(
    Rule("sunset-passed", Severity.ERROR, "What is deprecated is retired by its sunset."),
    check,
)
