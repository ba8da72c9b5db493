"""Drive a condition by another field: the same question, asked of what a region may store."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from abmspec.condition.syntax import (
    LIST_OPERATORS,
    NEVER,
    All,
    Compare,
    Condition,
    Scalar,
    rewritten,
)
from abmspec.source import Route

Bands = Mapping[str, tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Replacement:
    """The field that is asked instead.

    `bands`: it holds the band (value → `from`, `to`, both inclusive, None: open) that the replaced number falls in.
    They are taken as exhaustive: nothing lies between two of them, nor below the lowest or above the highest; no band
    where there is no number. `rolls_up`: it holds finer values, each standing for one of the replaced field's.
    With neither, it holds the same values.
    """

    field: str
    bands: Bands | None = None
    rolls_up: Mapping[str, str] | None = None


class NoCounterpart(ValueError):
    """The other field cannot tell what the condition asks. `boundary` is what no band or value of it shares."""

    def __init__(self, route: Route, condition: Compare, replacement: Replacement, boundary: Scalar) -> None:
        self.route = route
        self.field = condition.field
        self.replacement = replacement.field
        self.boundary = boundary
        super().__init__(
            f"`{condition.field} {condition.operator}` cannot be asked of `{replacement.field}`: "
            f"nothing in it ends or begins at `{boundary}`"
        )


def substitute(condition: Condition, mapping: Mapping[str, Replacement], route: Route = ()) -> Condition:
    """The condition with each of these fields (`account.employees`) replaced, in related records' conditions too.

    Exact: where both fields are filled it holds for the same records. `NoCounterpart` where that cannot be.
    """

    def replace(part: Condition, at: Route) -> Condition:
        if not isinstance(part, Compare) or part.field not in mapping:
            return part
        replacement = mapping[part.field]
        if part.operator == "known" or (replacement.bands is None and replacement.rolls_up is None):
            return Compare(replacement.field, part.operator, part.operand)
        if replacement.bands is not None:
            return _banded(part, replacement, replacement.bands, at)
        return _finer(part, replacement, replacement.rolls_up or {}, at)

    return rewritten(condition, replace, route)


def _banded(condition: Compare, replacement: Replacement, bands: Bands, route: Route) -> Condition:
    """The comparison of a number as one of its band."""
    ordered = sorted(bands, key=lambda band: _or(bands[band][0], -math.inf))
    spans = [(_or(bands[band][0], -math.inf), _or(bands[band][1], math.inf)) for band in ordered]

    def cut(bound: Scalar, *, after: bool) -> int:
        """How many of the bands lie below the bound (`after`: below or at it)."""
        if isinstance(bound, int | float) and not isinstance(bound, bool):
            for count in range(len(spans) + 1):
                low = spans[count - 1][1] if count else -math.inf
                high = spans[count][0] if count < len(spans) else math.inf
                if (low <= bound < high) if after else (low < bound <= high):
                    return count
        raise NoCounterpart(route, condition, replacement, bound)

    held: set[str] = set()
    for operand in condition.operands:
        match condition.operator:
            case "at_least":
                held.update(ordered[cut(operand, after=False) :])
            case "above":
                held.update(ordered[cut(operand, after=True) :])
            case "below":
                held.update(ordered[: cut(operand, after=False)])
            case "at_most":
                held.update(ordered[: cut(operand, after=True)])
            case "is" | "in":
                held.update(ordered[cut(operand, after=False) : cut(operand, after=True)])
            case _:
                raise NoCounterpart(route, condition, replacement, operand)
    return _one_of(replacement.field, [band for band in ordered if band in held])


def _finer(
    condition: Compare, replacement: Replacement, rolls_up: Mapping[str, str], route: Route
) -> Condition:
    """The comparison of a value as one of the values that stand for it."""
    if condition.operator != "is" and condition.operator not in LIST_OPERATORS:
        raise NoCounterpart(route, condition, replacement, condition.operands[0])
    under = {
        wanted: [value for value, above in rolls_up.items() if above == wanted]
        for wanted in condition.operands
    }
    for wanted, values in under.items():
        if not values:
            raise NoCounterpart(route, condition, replacement, wanted)
    operator = "has_any" if condition.operator.startswith("has") else "in"
    if condition.operator == "has_all":
        return All(tuple(Compare(replacement.field, operator, tuple(values)) for values in under.values()))
    return _one_of(replacement.field, [value for values in under.values() for value in values], operator)


def _one_of(field: str, values: Sequence[str], operator: str = "in") -> Condition:
    return Compare(field, operator, tuple(values)) if values else NEVER


def _or(number: float | None, otherwise: float) -> float:
    return otherwise if number is None else number
