"""What a report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from abmspec.baseline import Entry
from abmspec.diagnostic import Diagnostic, Rule, Severity, Waived


@dataclass(frozen=True, slots=True)
class Report:
    """The findings to print, with what a format needs to print them.

    `rules` is the metadata of every rule (SARIF alone prints it), `root` the project's folder (its files are read for
    the lines shown), `files` the number of files judged, `seconds` the wall time it took (None: not said). With a
    baseline, `baselined` are the findings that it left out, and `gone` what it names and nothing finds any more; None
    where there is no baseline. With `strict`, warnings fail too. `folder` leads from the repository to the project
    (`abm/`, or empty): forges want paths from the repository's root.
    """

    diagnostics: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...]
    rules: tuple[Rule, ...]
    root: Path
    files: int
    seconds: float | None
    colour: bool = False
    baselined: tuple[Diagnostic, ...] = ()
    gone: tuple[Entry, ...] | None = None
    strict: bool = False
    folder: str = ""

    def count(self, severity: Severity) -> int:
        """How many findings weigh that much."""
        return sum(found.severity is severity for found in self.diagnostics)

    def fails(self, found: Diagnostic) -> bool:
        """Whether the finding makes the check fail."""
        return found.severity is Severity.ERROR or (self.strict and found.severity is Severity.WARNING)

    def ranked(self) -> tuple[Diagnostic, ...]:
        """The findings, most severe first: where a reader shows only some, it shows these."""
        order = list(Severity)
        return tuple(sorted(self.diagnostics, key=lambda found: (order.index(found.severity), found)))
