"""What a report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from abmspec.diagnostic import Diagnostic, Rule, Severity, Waived


@dataclass(frozen=True, slots=True)
class Report:
    """The findings to print, with what a format needs to print them.

    `rules` is the metadata of every rule (SARIF alone prints it), `root` the project's folder (its files are read for
    the lines shown), `files` the number of files judged, `seconds` the wall time it took (None: not said).
    """

    diagnostics: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...]
    rules: tuple[Rule, ...]
    root: Path
    files: int
    seconds: float | None
    colour: bool = False

    def count(self, severity: Severity) -> int:
        """How many findings weigh that much."""
        return sum(found.severity is severity for found in self.diagnostics)
