"""A branch as Git has it, judged by its base."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from abmspec import load
from abmspec.cache import Cache
from abmspec.diagnostic import Diagnostic, Severity
from abmspec.pipeline.comparison import NotComparable, ParsedOnce, state_at
from abmspec.pipeline.compilation import build
from abmspec.pipeline.past import version_demand
from abmspec.pipeline.verdict import Verdict, judge_files, uncollected, understand
from abmspec.words import quoted

if TYPE_CHECKING:
    from abmspec.branch import Branch
    from abmspec.diff import Change as SpecChange
    from abmspec.gate import Answers, Decision
    from abmspec.git import Repository
    from abmspec.model.spec import Spec
    from abmspec.resolve import Resolved


@dataclass(frozen=True, slots=True)
class Gated:
    """A decision, and what it was made from: the branch, its changes, what checking the head found.

    `head` is None where the head's `abmspec.yaml` cannot be used.
    """

    decision: Decision
    branch: Branch
    changes: tuple[SpecChange, ...]
    verdict: Verdict
    head: Resolved | None


@dataclass(frozen=True, slots=True)
class Simulation:
    """Who would have opened a pull request, and who would have approved it."""

    author: str = ""
    approved_by: tuple[str, ...] = ()


@uncollected()
def gate(
    branch: Branch, answers: Answers, now: datetime, requester: str = "",
    simulation: Simulation | None = None, cache: Cache | None = None,
) -> Gated:  # fmt: skip
    """May the branch be merged? The cache keeps the ledger alone.

    NotComparable where the base is not fit to be judged by.
    """
    from abmspec.gate import Case, decide, simulated
    from abmspec.git import files_at

    today = now.date()
    base = _judged_by(branch)
    verdict, head = judge_files(files_at(branch.repository, branch.head, branch.folder), today, branch.parsed)
    branch.know(branch.head, head)
    changes = branch.forbidden_too(branch.changes(branch.head), cache)
    waivers, unexcused = _by_waivers_of(base, verdict, changes, today)
    fault, demanded = ("", "") if head is None else _version(branch, base, head.spec, changes, today)
    unusable = ("The head has no abmspec.yaml that can be used, so what it changes is not known.",)
    approved = [review.commit for review in answers.reviews or () if review.state == "APPROVED"]
    pushed_on = [answers.pull_request.before] if answers.pull_request is not None else []
    case = Case(
        changes=changes,
        base=base,
        head=None if head is None else head.spec,
        head_id=branch.head,
        now=now,
        at_hand=branch.seen(branch.head),
        saw=branch.seen_at([*approved, *pushed_on]),
        commits=tuple(commit.id for commit in branch.commits),
        updates=branch.updates(),
        pull_request=answers.pull_request,
        reviews=answers.reviews,
        listed=answers.commits,
        requester=requester,
        faults=(*answers.faults, *(unusable if head is None else ())),
        errors=(*verdict.errors, *unexcused),
        version_fault=fault,
        version_demanded=demanded,
        waivers=waivers,
    )
    if simulation is not None:
        case = simulated(case, simulation.author, simulation.approved_by)
    found = replace(verdict, diagnostics=tuple(sorted({*verdict.diagnostics, *unexcused})))
    return Gated(decide(case), branch, changes, found, head)


def branch_of(repository: Repository, folder: str, base: str, head: str, today: date) -> Branch:
    """The branch from one ref to another; `folder` is where the project lies. GitRefused where there is none."""
    from abmspec.branch import Branch, Project, files_of
    from abmspec.diff import compare
    from abmspec.git import files_at
    from abmspec.resolve import resolve

    once = ParsedOnce()

    def read(commit: str) -> Project:
        spec, _ = understand(load.read(files_at(repository, commit, folder), once)[0])
        return Project(None if spec is None else resolve(spec), files_of(repository, commit))

    def compared(before: Resolved, after: Resolved) -> tuple[SpecChange, ...]:
        return compare(before, after, today)

    return Branch(
        repository, folder, repository.resolve(base), repository.resolve(head), read, compared, once
    )


# What a pull request is judged by, of the base: without these nothing can be decided.
_RULES_OF_THE_GAME = tuple(
    f"taxonomy/governance/{name}.yaml" for name in ("change-policy", "council", "raci", "roles")
)


def _judged_by(branch: Branch) -> Spec | None:
    """The spec at the tip of the base; None where it has none."""
    tip, path = branch.project(branch.tip), branch.path_of(load.PROJECT_PATH)
    if path not in tip.files and path not in branch.project(branch.head).files:
        raise NotComparable(
            f"There is no {path} at the base or at the head. Go to the project's folder, or name it with -C DIR."
        )
    if tip.resolved is None and path in tip.files:
        raise NotComparable(
            f"The base ({branch.tip[:12]}) has no abmspec.yaml that can be used. Mend it there first."
        )
    broken = sorted(tip.resolved.spec.broken.intersection(_RULES_OF_THE_GAME)) if tip.resolved else []
    if broken:
        raise NotComparable(
            f"At the base ({branch.tip[:12]}) {quoted(broken)} cannot be used, and nothing is approved by rules that "
            "nobody can read. Mend the base first."
        )
    return tip.resolved.spec if tip.resolved is not None else None


def _by_waivers_of(
    base: Spec | None, verdict: Verdict, changes: tuple[SpecChange, ...], today: date
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The waivers that the base has too and that were used; and the errors that only the head's own excuse.

    What a waiver of the base excuses it excuses under another id too, where the change is the renaming.
    """
    from abmspec.check import has_expired

    there = base.governance.waivers.values() if base is not None else ()
    known = {(waiver.rule, waiver.excuses): waiver for waiver in there if not has_expired(waiver, today)}
    renamed = {change.address: change.renamed_from for change in changes if change.renamed_from}
    used, unexcused = set(), []
    for waived in verdict.waived:
        found = waived.diagnostic
        waiver = known.get((found.rule, _before(found.address, renamed)))
        if waiver is not None:
            used.add(waiver.id)
        elif found.severity is Severity.ERROR:
            unexcused.append(found)
    return tuple(sorted(used)), tuple(unexcused)


def _before(address: str, renamed: Mapping[str, str]) -> str:
    """The address that something had before it, or what holds it, got another id; of a region's, without the region."""
    words = address.split(".")
    start = 2 if words[0] == "region" else 0
    for length in range(len(words), start, -1):
        for first in {0, start}:
            old = renamed.get(".".join(words[first:length]))
            if old is not None:
                return ".".join((*words[:first], old, *words[length:]))
    return address


def _version(
    branch: Branch, base: Spec | None, head: Spec, changes: tuple[SpecChange, ...], today: date
) -> tuple[str, str]:
    """What is wrong with the head's version, and the version that is demanded; asked only where it matters.

    Changes count from the last release, or, before the first, from the base: what it says was agreed to.
    """
    from abmspec.releases import releases
    from abmspec.semver import Version, demand

    policy = base.governance.policy if base is not None else None
    rises = any(change.address == "project" for change in changes)
    if base is None or policy is None or not (policy.version == "required" or rises):
        return "", ""
    if not releases(branch.repository, branch.tip, branch.folder):
        last, stated = Version.of(base.project.version), Version.of(head.project.version)
        assert last is not None, "the schema asks for three numbers"
        assert stated is not None, "the schema asks for three numbers"
        asked = demand(f"the base ({branch.tip[:12]})", last, stated, changes)
        return asked.fault, str(asked.demanded)
    try:
        state = state_at(branch.repository, branch.head, branch.folder)
        asked, _ = version_demand(branch.repository, branch.tip, state, today)
    except NotComparable as refusal:
        return f"Whether the version is high enough cannot be known. {refusal}", ""
    return asked.fault, str(asked.demanded)


def artefacts(gated: Gated) -> dict[str, str]:
    """The hashes of what the head builds, by path; none where it has errors."""
    if gated.head is None or gated.verdict.errors:
        return {}
    return {path: hashlib.sha256(content).hexdigest() for path, content in build(gated.head).files.items()}
