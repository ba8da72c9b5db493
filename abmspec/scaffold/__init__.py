"""A new project: the smallest spec that is complete, and what its repository needs."""

from __future__ import annotations

from abmspec.scaffold.answers import Answers, Crm, Map
from abmspec.scaffold.project import scaffold

__all__ = ["Answers", "Crm", "Map", "scaffold"]
