"""The files of a GitHub repository that follow from the spec, and what comes back through them."""

from __future__ import annotations

from collections.abc import Iterable

from abmspec.github import codeowners as owners
from abmspec.github.automation import workflows
from abmspec.github.codeowners import NoHandle, codeowners
from abmspec.github.forms import NOTICE, Form, forms
from abmspec.github.intake import Filed, IntakeRefused, NotARequest, read_event
from abmspec.resolve import Resolved

__all__ = [
    "NOTICE", "Filed", "Form", "IntakeRefused", "NoHandle", "NotARequest", "codeowners", "forms", "read_event",
    "repository_files", "workflows",
]  # fmt: skip


def repository_files(resolved: Resolved, folder: str = "", beside: Iterable[str] = ()) -> dict[str, bytes]:
    """CODEOWNERS and the issue forms, by path from the repository's root. `codeowners` says what the arguments are."""
    return {
        owners.PATH: codeowners(resolved, folder, beside),
        **{form.path: form.content() for form in forms(resolved)},
    }
