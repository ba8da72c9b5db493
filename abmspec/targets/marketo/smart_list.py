"""A condition as the filters of a smart list, as far as smart lists can say it.

Operators and what they do with empty values: Adobe's documentation, "Smart List Filter Operators Glossary". `before`
and `on or before` take people without a date too, and `is 0` those without a number, so these stand beside `is not
empty`; whatever denies a comparison stands beside `is empty`, for a missing value satisfies no comparison. Smart lists
know "and" and "or", not "not": negation is carried down to the operators. What cannot be said exactly is a line for
whoever builds the list, in words, with the reason; it is never approximated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from abmspec.condition import (
    OPPOSITE,
    All,
    AnyOf,
    Compare,
    Condition,
    Exists,
    FitsIcp,
    InRegion,
    InSegment,
    InTier,
    Not,
)
from abmspec.duration import parse_duration
from abmspec.holdings import HeldField, HeldList
from abmspec.model.taxonomy import DATE_TYPES, NUMBER_TYPES

NUMBER_OPERATORS = {
    "at_least": "at least",
    "at_most": "at most",
    "above": "greater than",
    "below": "less than",
}
DATE_OPERATORS = {"at_least": "on or after", "at_most": "on or before", "above": "after", "below": "before"}


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a field, an operator, what it compares with. `note` is what a reader has to know."""

    name: str
    label: str
    object: str
    operator: str
    values: tuple[str | float, ...] = ()
    note: str = field(default="", compare=False)

    def data(self) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "filter": self.label,
            "field": self.name,
            "object": self.object,
            "operator": self.operator,
            "values": list(self.values),
        }
        return {**plain, "note": self.note} if self.note else plain

    def words(self) -> str:
        return " ".join((f"“{self.label}”", self.operator, "; ".join(map(str, self.values)))).strip()


@dataclass(frozen=True, slots=True)
class ByHand:
    """A part that no filter can say exactly: in words, and why not."""

    condition: str
    why: str

    def data(self) -> dict[str, Any]:
        return {"by_hand": self.condition, "why": self.why}

    def words(self) -> str:
        return f"by hand: {self.condition} ({self.why})"


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by `and` or `or`."""

    joint: str
    parts: tuple[Logic, ...]


Logic = Filter | ByHand | Group


@dataclass(frozen=True, slots=True)
class SmartList:
    """The filters in the order of their numbers, from 1, and how they are joined.

    `match` is what is chosen in the list's rule logic: `all`, `any`, or `advanced` with the expression.
    """

    match: str
    expression: str
    filters: tuple[Filter | ByHand, ...]

    @property
    def complete(self) -> bool:
        """Whether the filters say all of it."""
        return all(isinstance(each, Filter) for each in self.filters)


@dataclass(frozen=True, slots=True)
class Builder:
    """Makes smart lists of conditions whose segments are spelt out.

    `fields` are an instance's by our names; `say` puts a part into words; `icp` is what fitting the profile means.
    """

    fields: Mapping[str, HeldField]
    say: Callable[[Condition], str]
    icp: Condition | None = None
    numbers: dict[Filter | ByHand, int] = field(default_factory=dict)

    def smart_list(self, when: Condition) -> SmartList:
        logic = self._logic(when, negated=False)
        self.numbers.clear()
        expression = self._expression(logic, top=True)
        joints = _joints(logic)
        flat = not isinstance(logic, Group) or not any(isinstance(part, Group) for part in logic.parts)
        match = "advanced" if not flat else "any" if joints == {"or"} else "all"
        return SmartList(match, expression, tuple(self.numbers))

    def _expression(self, logic: Logic, *, top: bool = False) -> str:
        if not isinstance(logic, Group):
            return str(self.numbers.setdefault(logic, len(self.numbers) + 1))
        parts = list(dict.fromkeys(self._expression(part) for part in logic.parts))
        text = f" {logic.joint} ".join(parts)
        return text if top or len(parts) == 1 else f"({text})"

    # -------------------------------------------------------------- logic

    def _logic(self, when: Condition, *, negated: bool) -> Logic:
        match when:
            case Not(item):
                return self._logic(item, negated=not negated)
            case All(items) | AnyOf(items) if items:
                joint = "and" if isinstance(when, All) is not negated else "or"
                return _group(joint, [self._logic(item, negated=negated) for item in items])
            case FitsIcp(expected) if self.icp is not None:
                return self._logic(self.icp, negated=negated is expected)
            case Compare():
                return self._compared(when, negated=negated)
        return ByHand(self._said(when, negated=negated), _why_not(when))

    def _said(self, when: Condition, *, negated: bool) -> str:
        return self.say(Not(when) if negated else when)

    def _compared(self, when: Compare, *, negated: bool) -> Logic:
        held = self.fields.get(when.field)
        if held is None:
            return ByHand(self._said(when, negated=negated), "the field is not in this instance")
        made = self._made(held, when, negated=negated)
        if isinstance(made, str):
            return ByHand(self._said(when, negated=negated), made)
        return made

    def _made(self, held: HeldField, when: Compare, *, negated: bool) -> Logic | str:
        """The filters for a comparison, or why there are none."""
        type = held.field.type
        if type == "boolean":
            return _of_boolean(held, when, negated=negated)
        if when.operator == "known":
            return _filter(held, "is not empty" if bool(when.operand) is not negated else "is empty")
        if type == "reference":
            return "a reference is an id of the CRM"
        if type in NUMBER_TYPES:
            return _of_number(held, when, negated=negated)
        if type in DATE_TYPES:
            return _of_date(held, when, negated=negated)
        if type == "multipicklist":
            return _of_several(held, when, negated=negated)
        return _of_text(held, when, negated=negated)


def _joints(logic: Logic) -> set[str]:
    if not isinstance(logic, Group):
        return set()
    return {logic.joint}.union(*(_joints(part) for part in logic.parts))


def _group(joint: str, parts: Iterable[Logic]) -> Logic:
    """The parts joined; what is joined the same way inside is taken up."""
    flat: list[Logic] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Group) and part.joint == joint else (part,))
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else Group(joint, unique)


def _why_not(when: Condition) -> str:
    match when:
        case InTier():
            return "a tier is assigned, no field is known to hold it"
        case InRegion():
            return "a region follows from the routing rules, no field is known to hold it"
        case InSegment():
            return "the segment is not known here"
        case Exists():
            return "it counts related records"
        case FitsIcp():
            return "there is no ideal customer profile"
    return "there is no filter for it"


# ------------------------------------------------------------------ by type


def _filter(held: HeldField, operator: str, *values: str | float, note: str = "") -> Filter:
    return Filter(held.name, held.label, held.object, operator, values, note)


def _known(held: HeldField) -> Filter:
    return _filter(held, "is not empty")


def _empty(held: HeldField) -> Filter:
    return _filter(held, "is empty")


def _of_boolean(held: HeldField, when: Compare, *, negated: bool) -> Logic | str:
    if when.operator != "is":
        return "a boolean field is never empty in Marketo"
    if when.operand is not negated:
        return _filter(held, "is", "true")
    return _filter(held, "is", "false", note="A record without a value counts as false in Marketo.")


def _of_number(held: HeldField, when: Compare, *, negated: bool) -> Logic | str:
    numbers = [each for each in when.operands if isinstance(each, int | float)]
    if when.operator in ("is", "in"):
        if negated:
            others = _group("and", [_filter(held, "is not", number) for number in numbers])
            return _group("or", [others, _empty(held)])
        equal = _group("or", [_filter(held, "is", number) for number in numbers])
        return _group("and", [equal, _known(held)]) if 0 in numbers else equal
    operator = OPPOSITE.get(when.operator, "") if negated else when.operator
    if operator not in NUMBER_OPERATORS or len(numbers) != 1:
        return "there is no such filter for numbers"
    bound = _filter(held, NUMBER_OPERATORS[operator], numbers[0])
    if negated:
        return _group("or", [bound, _empty(held)])
    return _group("and", [bound, _known(held)]) if _takes_zero(operator, numbers[0]) else bound


def _takes_zero(operator: str, bound: float) -> bool:
    """Whether 0 passes: then people without a number might, too."""
    return {"at_least": bound <= 0, "above": bound < 0, "at_most": bound >= 0, "below": bound > 0}[operator]


def _of_date(held: HeldField, when: Compare, *, negated: bool) -> Logic | str:
    texts = [str(each) for each in when.operands]
    if when.operator in ("is", "in"):
        if negated:
            others = _group("and", [_filter(held, "is not", text) for text in texts])
            return _group("or", [others, _empty(held)])
        return _group("or", [_filter(held, "is", text) for text in texts])
    if when.operator == "within":
        return _within(held, texts[0], negated=negated)
    operator = OPPOSITE.get(when.operator, "") if negated else when.operator
    if operator not in DATE_OPERATORS:
        return "there is no such filter for dates"
    bound = _filter(held, DATE_OPERATORS[operator], texts[0])
    if negated:
        return _group("or", [bound, _empty(held)])
    return _group("and", [bound, _known(held)]) if operator in ("at_most", "below") else bound


def _within(held: HeldField, duration: str, *, negated: bool) -> Logic | str:
    stretch = parse_duration(duration)
    if stretch.business or stretch.unit == "minute":
        return "a smart list counts hours, days, weeks, months and years of the calendar"
    if negated:
        return "“in past before” leaves out dates that lie ahead"
    return _filter(held, "in past", str(stretch))


def _of_text(held: HeldField, when: Compare, *, negated: bool) -> Logic | str:
    if when.operator not in ("is", "in"):
        return "there is no such filter for text"
    wanted = [str(each) for each in when.operands]
    keys = stored_keys(held.options, wanted) if held.options is not None else tuple(wanted)
    if not keys:
        return "this instance has none of the values"
    if negated:
        return _group("or", [_filter(held, "is not", *keys), _empty(held)])
    return _filter(held, "is", *keys)


def _of_several(held: HeldField, when: Compare, *, negated: bool) -> Logic | str:
    """A field that joins several keys: `contains` is exact where no key of the list is a part of another."""
    if when.operator not in ("has_any", "has_all") or held.options is None:
        return "there is no such filter for a field with several values"
    wanted = [str(each) for each in when.operands]
    each_keys = [stored_keys(held.options, [one]) for one in wanted]
    if not all(each_keys):
        return "this instance lacks a value that is asked for"
    everything = [option.key.casefold() for option in held.options.options]
    for key in (key.casefold() for keys in each_keys for key in keys):
        if any(key in other and key != other for other in everything):
            return "“contains” would also find longer values of the same list"
    if negated:
        lacking = [_group("and", [_filter(held, "not contains", key) for key in keys]) for keys in each_keys]
        return _group("or", [_group("and" if when.operator == "has_any" else "or", lacking), _empty(held)])
    if when.operator == "has_any":
        return _filter(held, "contains", *(key for keys in each_keys for key in keys))
    return _group("and", [_filter(held, "contains", *keys) for keys in each_keys])


def stored_keys(held: HeldList, ids: Iterable[str]) -> tuple[str, ...]:
    """What records store for any of the values: a global one stands for its regional children, too."""
    wanted = set(ids)
    grown = True
    while grown:
        more = {option.id for option in held.options if option.value.maps_to in wanted} - wanted
        wanted |= more
        grown = bool(more)
    return tuple(option.key for option in held.options if option.id in wanted)
