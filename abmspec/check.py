"""Selects rules, runs them, applies waivers, sorts what they found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from abmspec import load, schema
from abmspec.diagnostic import Diagnostic, Finding, Rule, Severity, Waived, place
from abmspec.model.governance import Waiver
from abmspec.model.spec import Spec
from abmspec.resolve import Resolved
from abmspec.rules.catalogue import RULES
from abmspec.rules.rule import Subject
from abmspec.words import certain, did_you_mean

WAIVER_EXPIRED = Rule(
    "waiver-expired",
    Severity.ERROR,
    "A waiver past its term silences nothing and has to go or be renewed.",
    waivable=False,
)
WAIVER_UNNEEDED = Rule(
    "waiver-unneeded", Severity.WARNING, "A waiver that no finding needs any more.", waivable=False
)
WAIVER_REFUSED = Rule(
    "waiver-refused",
    Severity.ERROR,
    "A waiver for a rule that does not exist or that no waiver may silence.",
    waivable=False,
)
WAIVER_RULES = (WAIVER_EXPIRED, WAIVER_UNNEEDED, WAIVER_REFUSED)


def all_rules() -> tuple[Rule, ...]:
    """The metadata of every rule that can make a finding, by name."""
    found = (*load.RULES, *schema.RULES, *(each.rule for each in RULES), *WAIVER_RULES)
    return tuple(sorted(found, key=lambda rule: rule.name))


def check(
    resolved: Resolved, today: date, earlier: Iterable[Diagnostic] = ()
) -> tuple[tuple[Diagnostic, ...], tuple[Waived, ...]]:
    """What every rule finds, with what `earlier` stages found, less what waivers silence; and what they silenced.

    A rule that crashes ends the run: its exception carries the rule's name as a note.
    """
    subject = Subject(resolved, today)
    documents = resolved.spec.documents
    found = list(_without_echoes(tuple(earlier)))
    for each in RULES:
        try:
            found.extend(place(finding, each.rule, documents) for finding in each.check(subject))
        except Exception as error:
            error.add_note(f"in the rule {each.rule.name}")
            raise
    kept, waived, used = _waive(found, resolved.spec, today)
    known = {rule.name: rule for rule in all_rules()}
    for rule, finding in _judge_waivers(resolved.spec, today, used, known, tuple(kept)):
        kept.append(place(finding, rule, documents))
    return tuple(sorted(set(kept))), tuple(sorted(waived, key=lambda each: each.diagnostic))


# A scalar that is read as text, because readers disagree on it, is of the wrong type only for that.
MISREAD = frozenset({"yaml-ambiguous-scalar", "yaml-number-range"})


def _without_echoes(found: tuple[Diagnostic, ...]) -> Iterable[Diagnostic]:
    """The findings without those that only repeat what the loader said of the same scalar.

    What is to be written there the schema knows better: of `yes` where a truth value stands, that it is `true`.
    """
    misread = {_place(each) for each in found if each.rule in MISREAD}
    echoes = {
        _place(each): each for each in found if each.rule == "schema-wrong-type" and _place(each) in misread
    }
    for each in found:
        echo = echoes.get(_place(each))
        if each.rule in MISREAD and echo is not None:
            mend = echo.suggestion if echo.suggestion.startswith("Write ") else each.suggestion
            # What to write for a number that is too large is not certain.
            fix = None if each.fix is None else echo.fix
            yield replace(each, suggestion=mend, fix=fix)
        elif each.rule != "schema-wrong-type" or _place(each) not in misread:
            yield each


def _place(found: Diagnostic) -> tuple[str, int, int]:
    return found.path, found.line, found.column


def _waive(
    found: Iterable[Diagnostic], spec: Spec, today: date
) -> tuple[list[Diagnostic], list[Waived], set[str]]:
    """The findings that stay, those that a running waiver silences, and the waivers that were needed."""
    waivers = {(waiver.rule, waiver.excuses): waiver for waiver in spec.governance.waivers.values()}
    unwaivable = {rule.name for rule in all_rules() if not rule.waivable}
    kept, waived, used = [], [], set()
    for diagnostic in found:
        waiver = waivers.get((diagnostic.rule, diagnostic.address))
        if waiver is None or diagnostic.rule in unwaivable:
            kept.append(diagnostic)
            continue
        used.add(waiver.id)
        if has_expired(waiver, today):
            kept.append(diagnostic)
        else:
            waived.append(Waived(diagnostic, waiver.id))
    return kept, waived, used


def has_expired(waiver: Waiver, today: date) -> bool:
    """Whether the waiver's last day has passed."""
    return date.fromisoformat(waiver.until) < today


def _judge_waivers(
    spec: Spec, today: date, used: set[str], known: dict[str, Rule], kept: tuple[Diagnostic, ...]
) -> Iterable[tuple[Rule, Finding]]:
    for waiver in spec.governance.waivers.values():
        own = waiver.address
        rule = known.get(waiver.rule)
        if rule is None:
            message = f"The waiver names the rule `{waiver.rule}`, which does not exist."
            mend = did_you_mean(waiver.rule, known) or "See `abmspec explain --list`."
            meant = certain(waiver.rule, (name for name, each in known.items() if each.waivable))
            yield WAIVER_REFUSED, Finding(own, waiver.at("rule"), message, mend, meant=meant)
        elif not rule.waivable:
            message = f"No waiver may silence `{waiver.rule}`: what it finds has to be mended."
            yield WAIVER_REFUSED, Finding(own, waiver.at("rule"), message, "Mend it and delete this file.")
        elif has_expired(waiver, today):
            message = f"The waiver ended on {waiver.until}; it silences nothing any more."
            suggestion = "Mend what it excused and delete the file, or have a new term approved."
            yield WAIVER_EXPIRED, Finding(own, waiver.at("until"), message, suggestion)
        elif waiver.id not in used and not spec.broken:  # What cannot be read may be what it excuses.
            message = f"No finding of `{waiver.rule}` at `{waiver.excuses}` needs this waiver."
            left = {found.address for found in kept if found.rule == waiver.rule}
            mend = did_you_mean(waiver.excuses, left) or "Delete the file."
            yield WAIVER_UNNEEDED, Finding(own, waiver.at("rule"), message, mend)
