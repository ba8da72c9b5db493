"""The one predicate language: parse it, walk it, reason about it, evaluate it, say it in prose.

A condition is one of `all`, `any`, `not`, `segment`, `tier`, `region`, `icp`, `exists`, or a comparison of one
field by one operator. It is two-valued: a missing value satisfies no comparison, and `not` negates that.
This package knows no spec: what a field is, which values it has, comes in from outside.
"""

from abmspec.condition.diagram import TooComplex
from abmspec.condition.domain import REGION, TIER, Domain, Domains, Kind
from abmspec.condition.evaluation import Facts, Lookup, Record, evaluate
from abmspec.condition.normal_form import alternatives
from abmspec.condition.reasoning import (
    Comparison,
    Problem,
    ProblemKind,
    Relation,
    Verdict,
    compare,
    problems,
    simplify,
    verdict,
)
from abmspec.condition.substitution import NoCounterpart, Replacement, substitute
from abmspec.condition.syntax import (
    ALWAYS,
    LIST_OPERATORS,
    NEVER,
    NUMBER_OPERATORS,
    OPERATORS,
    All,
    AnyOf,
    Compare,
    Condition,
    Exists,
    FitsIcp,
    InRegion,
    InSegment,
    InTier,
    Node,
    Not,
    Reference,
    Scalar,
    expand,
    fields,
    parse,
    references,
    to_data,
    walk,
)
from abmspec.condition.wording import Names, outline, prose

__all__ = [
    "ALWAYS",
    "LIST_OPERATORS",
    "NEVER",
    "NUMBER_OPERATORS",
    "OPERATORS",
    "REGION",
    "TIER",
    "All",
    "AnyOf",
    "Compare",
    "Comparison",
    "Condition",
    "Domain",
    "Domains",
    "Exists",
    "Facts",
    "FitsIcp",
    "InRegion",
    "InSegment",
    "InTier",
    "Kind",
    "Lookup",
    "Names",
    "NoCounterpart",
    "Node",
    "Not",
    "Problem",
    "ProblemKind",
    "Record",
    "Reference",
    "Relation",
    "Replacement",
    "Scalar",
    "TooComplex",
    "Verdict",
    "alternatives",
    "compare",
    "evaluate",
    "expand",
    "fields",
    "outline",
    "parse",
    "problems",
    "prose",
    "references",
    "simplify",
    "substitute",
    "to_data",
    "verdict",
    "walk",
]
