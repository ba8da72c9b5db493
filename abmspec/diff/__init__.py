"""Two resolved specs compared: what a change means, to whom, and how grave it is. Pure."""

from __future__ import annotations

from abmspec.diff.account_list import compare_account_lists
from abmspec.diff.change import (
    CLASSES,
    AccountImpact,
    Change,
    ChangeClass,
    Comparison,
    Impact,
    Reason,
    SystemImpact,
    gravest,
)
from abmspec.diff.compare import compare
from abmspec.diff.files import compare_files

__all__ = [
    "CLASSES", "AccountImpact", "Change", "ChangeClass", "Comparison", "Impact", "Reason", "SystemImpact", "compare",
    "compare_account_lists", "compare_files", "gravest",
]  # fmt: skip
