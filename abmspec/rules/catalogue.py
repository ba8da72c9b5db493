"""Every rule over the whole spec, in one explicit tuple, by module name."""

from __future__ import annotations

from abmspec.rules.rule import SpecRule

RULES: tuple[SpecRule, ...] = ()
