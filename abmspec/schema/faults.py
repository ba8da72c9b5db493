"""From what a JSON Schema validator found to findings that say what to write instead.

A validator speaks of keywords; people have made one mistake and want to hear of it once. So failures are grouped by
the node that they are about, the most telling one is kept, and the words come from the schema itself: the title and
the description of a definition, the examples of a property.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from abmspec.diagnostic import Rule, Word
from abmspec.schema import meant, rules
from abmspec.schema.words import flow, kinds, name_of, shown, there
from abmspec.source import Route
from abmspec.words import certain, nearest, quoted, slug

Schema = dict[str, Any]


class Failure(NamedTuple):
    """What a validator said: the keyword and its value, the instance, and the paths to both."""

    keyword: str
    expected: Any
    instance: Any
    route: Route
    schema_path: Route


class Fault(NamedTuple):
    """A finding by its route. `missing` names the key that should be there.

    `meant` is what has to stand there instead, as key or as value, and `needless` is true of what only has to go, where
    that is certain.
    """

    rule: Rule
    route: Route
    on_key: bool
    message: str
    suggestion: str = ""
    missing: str = ""
    meant: Word | tuple[Word, ...] | None = None
    needless: bool = False


class _Level(NamedTuple):
    """Everything that a schema says of one node: the subschemas that apply to it, from the outermost on.

    `key` is true where the node is a mapping's key; `above` is then what is said of the mapping.
    """

    schemas: tuple[Schema, ...]
    key: bool
    above: tuple[Schema, ...]

    def first(self, name: str, kind: type) -> Any:
        """What the innermost schema that has the keyword says."""
        return next(
            (s[name] for s in reversed(self.schemas) if name in s and isinstance(s[name], kind)), None
        )

    @property
    def example(self) -> Any:
        """An example from the outermost schema that has one."""
        return next(
            (s["examples"][0] for s in self.schemas if isinstance(s.get("examples"), list) and s["examples"]),
            None,
        )

    @property
    def properties(self) -> dict[str, Schema]:
        """The known keys of the mapping."""
        return {name: schema for s in self.schemas for name, schema in s.get("properties", {}).items()}


class _Case(NamedTuple):
    """A failure with what the schema says of its node, and the node itself (a mapping where a key of it failed).

    `spell` is how its mend writes values.
    """

    failure: Failure
    level: _Level
    node: Any
    spell: Callable[[Any], str]

    def for_example(self) -> str:
        """An example that the schema has, as a sentence; empty where it has none."""
        example = self.level.example
        return "" if example is None else f"For example {shown(self.spell(example))}."


def faults(
    root: Schema, data: Any, failures: Iterable[Failure], spell: Callable[[Any], str] = flow
) -> Iterator[Fault]:
    """The findings that the failures of one document's data amount to: one for each mistake.

    `spell` is how what to write instead is written.
    """
    nodes: dict[Route, list[_Case]] = {}
    for failure in failures:
        node = data
        for part in failure.route:
            node = node[part]
        case = _Case(failure, _level(root, failure.schema_path), node, spell)
        nodes.setdefault(failure.route, []).append(case)
    for route, cases in nodes.items():
        yield from _faults_of(route, cases)


def _faults_of(route: Route, cases: list[_Case]) -> Iterator[Fault]:
    """The findings on one node."""
    shape = next((case for case in cases if _is_shape_of_condition(case)), None)
    if shape is not None:
        yield _condition_fault(route, shape)
        cases = [case for case in cases if not _is_shape_of_condition(case)]
    keys = [case for case in cases if case.level.key]
    yield from dict.fromkeys(_BY_KEYWORD[case.failure.keyword](case) for case in _most_telling_by_key(keys))
    values = sorted((case for case in cases if not case.level.key), key=_rank)
    if not values:
        return
    if values[0].failure.keyword == "type":
        yield _wrong_type(values[0])
        return
    unknown = list(dict.fromkeys(each for case in values for each in _unknown_keys(case)))
    yield from (fault for fault, _ in unknown)
    meant = {near for _, near in unknown if near}
    missing = dict.fromkeys(fault for case in values for fault in _missing_keys(case))
    yield from (fault for fault in missing if fault.missing not in meant)
    for case in values:
        if case.failure.keyword in _CHOICES:
            names = {branch["required"][0] for branch in case.failure.expected}
            if not names & meant:
                yield _choice(case)
    plain = [case for case in values if case.failure.keyword in _BY_KEYWORD]
    if plain:
        yield _BY_KEYWORD[plain[0].failure.keyword](plain[0])


def _most_telling_by_key(cases: Iterable[_Case]) -> Iterator[_Case]:
    found: dict[Any, _Case] = {}
    for case in sorted(cases, key=_rank):
        found.setdefault(case.failure.instance, case)
    return iter(found.values())


# ------------------------------------------------------------------ what the schema says of a node


def _level(root: Schema, path: Sequence[str | int]) -> _Level:
    """What applies to the node that the keyword at the end of `path` judges. References are followed."""
    schemas: list[Schema] = [root]
    above: list[Schema] = []
    key = False
    node: Any = root
    inside = False
    for word in path[:-1]:
        node = _step(root, node, word, schemas)
        if inside or word in ("items", "additionalProperties"):
            schemas, above, key = [], [], False
        elif word == "propertyNames":
            above, schemas, key = schemas, [], True
        inside = word == "properties" and not inside
        if isinstance(node, dict) and not inside:
            schemas.append(node)
    _step(root, node, path[-1], schemas)
    return _Level(tuple(schemas), key, tuple(above))


def _step(root: Schema, node: Any, word: str | int, schemas: list[Schema]) -> Any:
    """One word of the path down, through references (what they lead to is added to `schemas`)."""
    if isinstance(node, list):
        return node[int(word)]
    while word not in node:
        node = root["$defs"][node["$ref"].removeprefix("#/$defs/")]
        schemas.append(node)
    return node[word]


# ------------------------------------------------------------------ keys


def _unknown_keys(case: _Case) -> Iterator[tuple[Fault, str]]:
    """A finding for each key that is not known here, and the key that was probably meant."""
    failure = case.failure
    if failure.keyword != "additionalProperties":
        return
    known = case.level.properties
    for key in failure.instance:
        if key in known:
            continue
        near = nearest(key, (name for name in known if name not in failure.instance))
        suggestion = f"Did you mean `{near}`?" if near else f"Keys here are {quoted(known)}."
        yield (
            Fault(
                rules.UNKNOWN_KEY,
                (*failure.route, key),
                True,
                f"{shown(key)} is not a key that is known here.",
                suggestion,
                meant=certain(key, (name for name in known if name not in failure.instance)),
            ),
            near,
        )


def _missing_keys(case: _Case) -> Iterator[Fault]:
    failure = case.failure
    if failure.keyword == "required":
        for key in failure.expected:
            if key not in failure.instance:
                yield _missing(case, key, f"{name_of(failure.route)} has no `{key}`")
    elif failure.keyword == "dependentRequired":
        for key, needed in failure.expected.items():
            for other in needed:
                if key in failure.instance and other not in failure.instance:
                    yield _missing(case, other, f"{name_of(failure.route)} has `{key}` and no `{other}`")


def _missing(case: _Case, key: str, start: str) -> Fault:
    schema = case.level.properties.get(key, {})
    description = schema.get("description", "").rstrip(".")
    if description.lower() == f"the {key}":  # That is said already.
        description = ""
    what = f": {description[:1].lower()}{description[1:]}." if description else "."
    examples = schema.get("examples", [])
    entry = case.spell({key: examples[0]})[1:-1] if examples else ""
    suggestion = f"Add {shown(entry)}, for example." if entry else f"Add `{key}`."
    return Fault(rules.MISSING_KEY, case.failure.route, True, start + what, suggestion, key)


_CHOICES = ("oneOf", "anyOf")


def _choice(case: _Case) -> Fault:
    """Exactly one (`oneOf`) or at least one (`anyOf`) of some keys. The branches hold nothing but `required`."""
    failure = case.failure
    names = [branch["required"][0] for branch in failure.expected]
    present = [name for name in failure.instance if name in names]
    who = name_of(failure.route)
    if not present:
        return Fault(
            rules.MISSING_KEY,
            failure.route,
            True,
            f"{who} has none of {quoted(names)}.",
            f"Add {quoted(names, 'or')}.",
        )
    return Fault(
        rules.CONFLICTING_KEYS, (*failure.route, present[1]), True,
        f"{who} has {quoted(present)}, of which one is meant.", "Keep one of them.",
    )  # fmt: skip


# ------------------------------------------------------------------ conditions

_SHAPE = frozenset({"additionalProperties", "minProperties", "maxProperties", "enum"})
# What people write who know another language.
_SYNONYMS = {
    "and": "all", "or": "any", "none": "not", "segments": "segment", "tiers": "tier", "regions": "region",
    "equals": "is", "eq": "is", "==": "is", "=": "is", "value": "is", "one_of": "in", "any_of": "in", "values": "in",
    "gte": "at_least", "min": "at_least", ">=": "at_least", "from": "at_least",
    "lte": "at_most", "max": "at_most", "<=": "at_most", "to": "at_most",
    "gt": "above", ">": "above", "more_than": "above", "greater_than": "above",
    "lt": "below", "<": "below", "less_than": "below", "under": "below",
    "exists": "known", "is_known": "known", "present": "known", "is_set": "known",
    "last": "within", "newer_than": "within", "contains": "has_any", "includes": "has_any",
}  # fmt: skip
_NEGATIONS = frozenset(
    {"is_not", "not_in", "isnt", "ne", "neq", "!=", "not_equals", "none_of", "not_is", "unknown"}
)


def _is_shape_of_condition(case: _Case) -> bool:
    """Whether the failure is about which keys a condition has."""
    schemas = case.level.above if case.level.key else case.level.schemas
    return case.failure.keyword in _SHAPE and any(
        s.get("title") == "a condition" and "properties" in s for s in schemas
    )


class _Grammar(NamedTuple):
    """The words of conditions, as the schema has them."""

    operators: tuple[str, ...]
    heads: tuple[str, ...]
    with_exists: tuple[str, ...]

    @classmethod
    def of(cls, case: _Case) -> _Grammar:
        schemas = case.level.above if case.level.key else case.level.schemas
        condition = next(s for s in schemas if s.get("title") == "a condition" and "properties" in s)
        compared = condition["then"]["propertyNames"]["enum"]
        exists = condition["else"]["then"]["propertyNames"]["enum"]
        heads = condition["else"]["else"]["propertyNames"]["enum"]
        return cls(tuple(compared[1:]), (*heads, "exists", "field"), tuple(exists[1:]))


class _Mapping(NamedTuple):
    """A failed mapping where a condition should stand: its keys by what they are."""

    route: Route
    heads: list[str]
    operators: list[str]
    unknown: list[str]
    grammar: _Grammar


def _condition_fault(route: Route, case: _Case) -> Fault:
    """The one thing that is wrong with the keys of a condition."""
    grammar, node = _Grammar.of(case), case.node
    known = {*grammar.heads, *grammar.operators, *grammar.with_exists}
    mapping = _Mapping(
        route,
        [key for key in node if key in grammar.heads],
        [key for key in node if key in grammar.operators],
        [key for key in node if key not in known],
        grammar,
    )
    if not node:
        return _bad(
            route, "The condition is empty.", f"Write one of {quoted(grammar.heads, 'or')}.", on_key=True
        )
    if mapping.unknown:
        return _unknown_word(mapping)
    if len(mapping.heads) > 1:
        return _several_heads(mapping)
    return _wrong_company(mapping, node)


def _bad(route: Route, message: str, suggestion: str, *, on_key: bool = True) -> Fault:
    return Fault(rules.BAD_CONDITION, route, on_key, message, suggestion)


def _unknown_word(mapping: _Mapping) -> Fault:
    word, grammar = mapping.unknown[0], mapping.grammar
    is_operator = "field" in mapping.heads or (not mapping.heads and bool(mapping.operators))
    choices = grammar.operators if is_operator else grammar.heads
    if "exists" in mapping.heads:
        choices = grammar.with_exists
    what = (
        "an operator"
        if is_operator
        else "a word that stands beside `exists`"
        if "exists" in mapping.heads
        else "a condition"
    )
    lower = word.lower().replace("-", "_").replace(" ", "_")
    if is_operator and lower in _NEGATIONS:
        mend = "Negate the whole comparison: `not: {field: …, in: […]}`."
    else:
        near = _SYNONYMS.get(lower, "")
        near = near if near in choices else nearest(word, choices)
        mend = f"Did you mean `{near}`?" if near else f"Write one of {quoted(choices, 'or')}."
    return _bad((*mapping.route, word), f"{shown(word)} is not {what}.", mend)


def _several_heads(mapping: _Mapping) -> Fault:
    message = f"A condition says one thing, and here are {quoted(mapping.heads)}."
    return _bad(
        (*mapping.route, mapping.heads[1]),
        message,
        "Write one condition each, in a list under `all` or `any`.",
    )


def _wrong_company(mapping: _Mapping, node: dict[str, Any]) -> Fault:
    """Known words that do not go together."""
    route, operators, grammar = mapping.route, mapping.operators, mapping.grammar
    head = mapping.heads[0] if mapping.heads else ""
    if head == "field" and not operators:
        return _bad(
            (*route, "field"), f"`field: {node['field']}` is compared with nothing.",
            f"Add one of {quoted(grammar.operators, 'or')}.",
        )  # fmt: skip
    if head == "field" and len(operators) > 1:
        return _bad(
            (*route, operators[1]), f"One comparison has one operator, and here are {quoted(operators)}.",
            "Write one condition each, in a list under `all`.",
        )  # fmt: skip
    if not head:
        extra = next(iter(node))
        belongs = "field" if extra in grammar.operators else "exists"
        return _bad((*route, extra), f"`{extra}` stands without `{belongs}`.", f"Add `{belongs}` beside it.")
    extra = next(key for key in node if key != head and not (head == "exists" and key in grammar.with_exists))
    belongs = "field" if extra in grammar.operators else "exists"
    return _bad((*route, extra), f"`{extra}` goes with `{belongs}`, not with `{head}`.", "Leave it out.")


# ------------------------------------------------------------------ values


def _wrong_type(case: _Case) -> Fault:
    failure, level = case.failure, case.level
    wanted = _wanted(level, failure.expected)
    message = f"{name_of(failure.route)} is {there(failure.instance)}, and must be {wanted}."
    mend, meant_value = _mend_type(case)
    return Fault(rules.WRONG_TYPE, failure.route, False, message, mend, meant=meant_value)


def _wanted(level: _Level, types: str | Sequence[str]) -> str:
    title, description = level.first("title", str), level.first("description", str)
    if {"array", "object"}.isdisjoint([types] if isinstance(types, str) else types):
        return f"{title} ({description})" if title and description else kinds(types)
    return f"{title}, which is {kinds(types)}" if title else kinds(types)


def _mend_type(case: _Case) -> tuple[str, Word | tuple[Word, ...] | None]:
    """How to mend a value of the wrong type, and what it has to be where that is certain."""
    types, value = case.failure.expected, case.failure.instance
    is_scalar = isinstance(value, str | int | float)
    pattern = case.level.first("pattern", str)
    if types == "string" and is_scalar and (not pattern or re.search(pattern, flow(value))):
        return f'Put it in quotes: `"{flow(value)}"`.', flow(value)
    if types == "array" and is_scalar and value != "":
        return f"Write a list: {shown(case.spell([value]))}.", (value,)
    if types in ("number", "integer") and isinstance(value, str) and _is_number(value):
        return f"Leave out the quotes: `{value}`.", _as_number(value)
    if types in ("number", "integer") and isinstance(value, str) and (plain := meant.number(value)):
        return f"Write the bare number: `{plain}`.", None
    if types == "boolean" and str(value).lower() in ("yes", "on", "y", "no", "off", "n"):
        is_true = str(value).lower() in ("yes", "on", "y")
        return f"Write `{flow(is_true)}`.", is_true
    otherwise = "Fill it in, or delete the key." if value is None else ""
    return case.for_example() or otherwise, None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) is not None


def _as_number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _not_allowed(case: _Case) -> Fault:
    failure = case.failure
    allowed = failure.expected if failure.keyword == "enum" else [failure.expected]
    words = [value if isinstance(value, str) else flow(value) for value in allowed]
    near = nearest(failure.instance, words) if isinstance(failure.instance, str) else ""
    mend = (
        f"Did you mean `{near}`?"
        if near
        else f"Write {'one of ' if len(words) > 1 else ''}{quoted(words, 'or')}."
    )
    message = f"{name_of(failure.route)} cannot be {shown(failure.instance)}."
    sure = certain(failure.instance, words) if near else None
    return Fault(rules.NOT_ALLOWED_VALUE, failure.route, False, message, mend, meant=sure)


def _bad_format(case: _Case) -> Fault:
    failure, level = case.failure, case.level
    text: str = failure.instance
    sure: Word | None = None
    title, description = level.first("title", str) or "of the right form", level.first("description", str)
    if failure.keyword == "format":
        message, mend = f"{shown(text)} is not a day of the calendar.", "Check the month and the day."
    else:
        who = "The key " if level.key else ""
        why = f" ({description})" if description else ""
        message = f"{who}{shown(text)} is not {title}{why}."
        near = _mend_text(text, failure.expected, title)
        mend = f"Did you mean `{near}`?" if near else case.for_example()
        # Another key might be one that others name; nothing names a locale.
        sure = near if near and (not level.key or (title == "a locale" and near not in case.node)) else None
        if "number" in (level.first("type", list) or ()) and _is_number(text):
            mend, sure = f"Leave out the quotes: `{text}`.", _as_number(text)
        elif "number" in (level.first("type", list) or ()) and (plain := meant.number(text)):
            mend = f"Write the bare number: `{plain}`."
    route = (*failure.route, text) if level.key else failure.route
    return Fault(rules.BAD_FORMAT, route, level.key, message, mend, meant=sure)


def _mend_text(text: str, pattern: str, title: str) -> str:
    """The text that was probably meant, where a small change gives one of the right form; empty where none does."""
    tries = [text.strip(), text.upper(), text.lower(), text.replace("_", "-"), *meant.texts(text)]
    if title in _SLUGS:
        tries.append(slug(text))
    for each in tries:
        if each != text and re.search(pattern, each):
            return each
    return ""


_SLUGS = ("an id", "a value's id")


def _out_of_range(case: _Case) -> Fault:
    failure, level = case.failure, case.level
    least, most = level.first("minimum", object), level.first("maximum", object)
    bound = f"at least {least}" if failure.keyword == "minimum" else f"at most {most}"
    if least is not None and most is not None and abs(least) < _HUGE and most < _HUGE:
        bound = f"between {least} and {most}"
    message = f"{name_of(failure.route)} is {shown(failure.instance)}, and must be {bound}."
    mend = f"Write `{failure.expected}`, or {'more' if failure.keyword == 'minimum' else 'less'}."
    if abs(failure.expected) >= _HUGE:
        mend = "Write a number that is nearer to 0."
    return Fault(rules.OUT_OF_RANGE, failure.route, False, message, mend)


_HUGE = 10**12


def _too_few(case: _Case) -> Fault:
    failure = case.failure
    who = name_of(failure.route)
    if failure.keyword == "minLength" or failure.expected == 1:
        message = f"{who} is empty."
    else:
        things = "items" if failure.keyword == "minItems" else "entries"
        message = f"{who} holds {len(failure.instance)} of at least {failure.expected} {things}."
    is_mapping = failure.keyword == "minProperties"
    return Fault(rules.TOO_FEW, failure.route, is_mapping, message, case.for_example())


def _too_many(case: _Case) -> Fault:
    failure, level = case.failure, case.level
    who = f"The key {shown(failure.instance)}" if level.key else name_of(failure.route)
    things = "characters" if failure.keyword == "maxLength" else "items"
    message = f"{who} has {len(failure.instance)} {things}, and at most {failure.expected} are allowed."
    route = (*failure.route, failure.instance) if level.key else failure.route
    return Fault(rules.TOO_MANY, route, level.key, message)


def _duplicate(case: _Case) -> Fault:
    failure = case.failure
    seen: set[str] = set()
    for index, item in enumerate(failure.instance):
        text = json.dumps(_plain(item), sort_keys=True)
        if text in seen:
            message = f"{shown(item)} stands more than once in {name_of(failure.route)}."
            return Fault(
                rules.DUPLICATE_ITEM,
                (*failure.route, index),
                False,
                message,
                "Leave it out here.",
                needless=True,
            )
        seen.add(text)
    raise ValueError(f"no item twice in {failure.instance!r}")


def _plain(value: Any) -> Any:
    """The value with whole numbers alike, as JSON Schema compares them."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


_BY_KEYWORD: dict[str, Callable[[_Case], Fault]] = {
    "enum": _not_allowed,
    "const": _not_allowed,
    "pattern": _bad_format,
    "format": _bad_format,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _too_few,
    "minProperties": _too_few,
    "minLength": _too_few,
    "maxItems": _too_many,
    "maxLength": _too_many,
    "uniqueItems": _duplicate,
}
_RANKS = ("type", "const", "enum", "minLength", "pattern", "format")
# Every keyword whose failure has words. Limits to the number of keys stand in conditions alone.
KEYWORDS = frozenset(
    {*_BY_KEYWORD, *_CHOICES, *_SHAPE, "type", "required", "dependentRequired", "additionalProperties"}
)


def _rank(case: _Case) -> int:
    """How telling a failure is among several on one node: the lower the more."""
    keyword = case.failure.keyword
    return _RANKS.index(keyword) if keyword in _RANKS else len(_RANKS)
