"""What runs out: reviews, approvals, experiments, waivers; and when nothing may merge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from abmspec.agenda.agenda import Item
from abmspec.agenda.briefing import Briefing, called
from abmspec.diagnostic import Diagnostic
from abmspec.duration import parse_duration
from abmspec.rules.variations import contents, plays, variations
from abmspec.words import listing

# How long counsel's word on a privacy rule holds; the rule `privacy-rule-unreviewed` asks the same.
COUNSEL_HOLDS = parse_duration("1 year")


def reviews(briefing: Briefing) -> Iterator[Item]:
    """Everything of which the review is due, the longest overdue first."""
    found = (
        *_council(briefing), *_privacy(briefing), *_approvals(briefing), *_plays(briefing),
        *_experiments(briefing), *_emergencies(briefing),
    )  # fmt: skip
    yield from sorted(found, key=lambda item: (item.due, item.address))


def _council(briefing: Briefing) -> Iterator[Item]:
    council = briefing.spec.governance.council
    if council is not None and briefing.meeting.is_due(council.review_by):
        text = f"How we govern is to be looked at again by {council.review_by}: roles, RACI, policy, this council."
        yield briefing.item(text, council.address, due=council.review_by)


def _privacy(briefing: Briefing) -> Iterator[Item]:
    for own in briefing.spec.owns:
        for rule in own.privacy.values():
            due = COUNSEL_HOLDS.after(date.fromisoformat(rule.reviewed)).isoformat()
            if rule.status != "retired" and briefing.meeting.is_due(due):
                text = f"Counsel last looked at the privacy rule {called(rule.id, rule.label)} on {rule.reviewed}."
                yield briefing.item(text, rule.address, due=due, owner=rule.counsel_owner)


def _approvals(briefing: Briefing) -> Iterator[Item]:
    """Content and local texts whose approval ends, those that end together in one line."""
    ending: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for content in contents(briefing.resolved):
        for id, approval in content.approvals.items():
            ending.setdefault((content.address, approval.until), []).append((f"`{id}`", approval.by))
    for each in variations(briefing.resolved):
        given = each.text.approval
        if given is not None:
            ending.setdefault((each.address, given.until), []).append((f"the {each.locale} text", given.by))
    for (address, until), approved in ending.items():
        if briefing.meeting.is_due(until):
            ended = "ended" if briefing.meeting.is_overdue(until) else "ends"
            what = listing([name for name, _ in approved], "and")
            text = f"The approval of `{address}` for {what} {ended} on {until}; it is not shown after that."
            yield briefing.item(text, address, due=until, owner=approved[0][1])


def _plays(briefing: Briefing) -> Iterator[Item]:
    for play in plays(briefing.resolved):
        if play.status == "active" and briefing.meeting.is_due(play.ends):
            ends = "ended" if briefing.meeting.is_overdue(play.ends) else "ends"
            text = (
                f"The play {called(play.id, play.label)} {ends} on {play.ends}: record what it taught, then extend "
                "or retire it."
            )
            yield briefing.item(text, play.address, due=play.ends)


def _experiments(briefing: Briefing) -> Iterator[Item]:
    for own in briefing.spec.owns:
        for each in own.experiments.values():
            if each.status == "retired" or each.outcome is not None or not briefing.meeting.is_due(each.to):
                continue
            over = briefing.meeting.is_overdue(each.to)
            text = (
                f"The experiment {called(each.id, each.label)} ended on {each.to}, and nothing says what it showed."
                if over
                else f"The experiment {called(each.id, each.label)} ends on {each.to}: its outcome is to be recorded."
            )
            yield briefing.item(text, each.address, due=each.to)


def _emergencies(briefing: Briefing) -> Iterator[Item]:
    for each in briefing.spec.governance.emergencies.values():
        if not each.reviewed and briefing.meeting.is_due(each.review_by):
            text = f"The emergency `{each.id}` of {each.date} is to be reviewed by {each.review_by}."
            yield briefing.item(text, each.address, due=each.review_by, owner=each.declared_by)


def waivers(briefing: Briefing, found: Iterable[Diagnostic]) -> Iterator[Item]:
    """Waivers that end before the council meets again, and those that nothing needs any more."""
    unneeded = {each.address for each in found if each.rule == "waiver-unneeded"}
    everything = briefing.spec.governance.waivers.values()
    for waiver in sorted(everything, key=lambda each: (each.until, each.id)):
        excused = f"`{waiver.rule}` at `{waiver.excuses}`"
        if waiver.address in unneeded:
            text = f"Nothing needs the waiver of {excused} any more: delete it."
            yield briefing.item(text, waiver.address, owner=waiver.approved_by)
        elif briefing.meeting.is_due(waiver.until):
            ends = "ended" if briefing.meeting.is_overdue(waiver.until) else "ends"
            text = (
                f"The waiver of {excused} {ends} on {waiver.until}: mend what it excused, or set a new term."
            )
            yield briefing.item(text, waiver.address, due=waiver.until, owner=waiver.approved_by)


def freezes(briefing: Briefing) -> Iterator[Item]:
    """Freezes between this meeting and the next: what is decided then merges later."""
    policy, meeting = briefing.spec.governance.policy, briefing.meeting
    ahead = policy.freezes.items() if policy is not None else ()
    for id, freeze in sorted(ahead, key=lambda each: (each[1].from_, each[0])):
        if meeting.is_due(freeze.from_) and not meeting.is_overdue(freeze.to):
            reason = freeze.reason.strip().rstrip(".")
            text = f"From {freeze.from_} to {freeze.to} nothing merges. {called(id, reason)}"
            yield briefing.item(f"{text}.", f"change-policy.freeze.{id}")
