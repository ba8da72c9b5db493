"""The spec can be read by this version of abmspec."""

from __future__ import annotations

import operator
from collections.abc import Iterator

from abmspec import __version__
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

Version = tuple[int, ...]
TESTS = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


def check(subject: Subject) -> Iterator[Finding]:
    requires = subject.spec.project.requires
    if not all(_holds(part.strip(), _numbers(__version__)) for part in requires.split(",") if part.strip()):
        yield Finding(
            "project",
            Anchor(PROJECT_PATH, ("requires",)),
            f"The spec wants abmspec {requires}, and this is {__version__}.",
            "Install a version that fits: what this one finds may be wrong.",
        )


def _holds(requirement: str, version: Version) -> bool:
    if requirement.startswith("~="):
        wanted = _numbers(requirement[2:])
        return version >= wanted and version[: len(wanted) - 1] == wanted[:-1]
    for sign, test in TESTS.items():
        if requirement.startswith(sign):
            return bool(test(version, _numbers(requirement.removeprefix(sign))))
    return True


def _numbers(text: str) -> Version:
    """A version as numbers without the zeros at its end: `0.1.0` is `0.1`."""
    numbers = []
    for part in text.strip().split("."):
        digits = "".join(letter for letter in part if letter.isdigit())
        if not digits:
            break
        numbers.append(int(digits))
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


RULE = SpecRule(
    Rule("project-requires", Severity.ERROR, "The spec can be read by this version of abmspec."), check
)
