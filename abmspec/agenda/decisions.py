"""What wants the council's decision: the proposed, what goes, and pilots at the end of their term."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.agenda.agenda import Item
from abmspec.agenda.briefing import Briefing, called, named
from abmspec.references import Thing
from abmspec.rules.deprecated_in_use import PASSED_OVER
from abmspec.rules.sunset_passed import RULE as SUNSET_PASSED
from abmspec.words import quoted

SHOWN = 3


def proposed(briefing: Briefing) -> Iterator[Item]:
    """What is in the spec and not adopted yet."""
    for thing in briefing.references.things.values():
        if thing.status == "proposed":
            text = f"The {named(thing)} is proposed: adopt it, or drop it."
            yield briefing.item(text, thing.address)


def going(briefing: Briefing) -> Iterator[Item]:
    """What is deprecated and has its sunset before the council meets again, the first to go first."""
    things = [
        (thing.deprecated.sunset, thing)
        for thing in briefing.references.things.values()
        if thing.status == "deprecated" and thing.deprecated is not None
    ]
    for sunset, thing in sorted(things, key=lambda each: (each[0], each[1].address)):
        if briefing.meeting.is_due(sunset):
            yield briefing.item(_sunset(briefing, thing, sunset), thing.address, due=sunset)


def _sunset(briefing: Briefing, thing: Thing, sunset: str) -> str:
    users = tuple(dict.fromkeys(each.source for each in briefing.users(thing.address, PASSED_OVER)))
    had = "had" if briefing.meeting.is_overdue(sunset) else "has"
    text = f"The {named(thing)} {had} its sunset on {sunset}"
    successors = thing.deprecated.successors if thing.deprecated is not None else ()
    moved = f" to {quoted(successors)}" if successors else ""
    excuse = _excuse(briefing, thing.address)
    if not users:
        then = "" if briefing.meeting.is_overdue(sunset) else " then"
        return f"{text}, and nothing in the spec uses it: retire it{then}.{excuse}"
    more = f" and {len(users) - SHOWN} more" if len(users) > SHOWN else ""
    by = ", ".join(f"`{user}`" for user in users[:SHOWN])
    return f"{text}, and is used by {by}{more}: move what uses it{moved}, or set a later day.{excuse}"


def _excuse(briefing: Briefing, address: str) -> str:
    """What a waiver says of it, while that runs."""
    for waiver in briefing.spec.governance.waivers.values():
        excuses = (waiver.rule, waiver.excuses) == (SUNSET_PASSED.rule.name, address)
        if excuses and not briefing.meeting.is_overdue(waiver.until):
            return f" The waiver `{waiver.id}` excuses it until {waiver.until}."
    return ""


def pilots(briefing: Briefing) -> Iterator[Item]:
    """Pilots whose terms are over before the council meets again."""
    for region in briefing.spec.regions.values():
        pilot = region.pilot
        if region.stage != "pilot" or pilot is None or not briefing.meeting.is_due(pilot.review_by):
            continue
        criteria = pilot.exit_criteria.values()
        met = sum(bool(each.met) for each in criteria)
        text = (
            f"The pilot {called(region.id, region.label)} is to be reviewed by {pilot.review_by}. Met so far: "
            f"{met} of its {len(criteria)} exit criteria. Let it go live, extend it, or end it."
        )
        yield briefing.item(text, region.address, due=pilot.review_by)
