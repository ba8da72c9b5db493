"""Documents against the published JSON Schemas (`abmspec/schemas/`), the contract on what a spec may say.

A compiled validator accepts what is right; only what it rejects is judged once more, slowly, to say precisely what is
wrong and what to write instead. This module alone imports the two validators.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from abmspec.address import address_of
from abmspec.diagnostic import Diagnostic, Fix, written_at
from abmspec.schema.faults import Failure, Fault, Schema, faults
from abmspec.schema.overlays import OVERLAYS, in_overlay, untyped_fields
from abmspec.schema.rules import FORMAT_UNKNOWN, RULES
from abmspec.schema.words import flow, in_json
from abmspec.source import START, Anchor, Document

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = ["RULES", "faults_of_request", "inputs", "kinds", "of_kind", "outputs", "schemas", "validate"]

_FOLDER = Path(__file__).parents[1] / "schemas"
_ENDING = ".schema.json"
# What the commands print or write: no kinds of files.
_OUTPUTS = _FOLDER / "outputs"
# What they read as JSON from others.
_INPUTS = _FOLDER / "inputs"
_REQUEST = "inputs/change-request"
FORMAT = 1


def kinds() -> tuple[str, ...]:
    """The kinds of files that have a schema, sorted."""
    return tuple(sorted(path.name.removesuffix(_ENDING) for path in _FOLDER.glob(f"*{_ENDING}")))


def schemas() -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every published schema."""
    for kind in kinds():
        name = f"{kind}{_ENDING}"
        yield name, (_FOLDER / name).read_bytes()


def outputs() -> Iterator[tuple[str, bytes]]:
    """The name, below the folder `outputs`, and the bytes of the schema of every output of the tool."""
    for path in sorted(_OUTPUTS.glob(f"*{_ENDING}")):
        yield f"{_OUTPUTS.name}/{path.name}", path.read_bytes()


def inputs() -> Iterator[tuple[str, bytes]]:
    """The name, below the folder `inputs`, and the bytes of the schema of everything that is read as JSON."""
    for path in sorted(_INPUTS.glob(f"*{_ENDING}")):
        yield f"{_INPUTS.name}/{path.name}", path.read_bytes()


def faults_of_request(data: Any, *, as_json: bool) -> tuple[Fault, ...]:
    """What is wrong with a request for a change, as data; what to write instead is JSON or YAML."""
    spell = in_json if as_json else flow
    return tuple(faults(_schema(_REQUEST), data, _failures(_REQUEST, data), spell))


def of_kind(kind: str) -> Schema:
    """The schema of a kind of files. FileNotFoundError where it has none."""
    return _schema(kind)


def validate(document: Document) -> tuple[Diagnostic, ...]:
    """What the schema of the document's kind finds fault with, sorted; nothing where it may be relied upon.

    FileNotFoundError where the kind has no schema, RuntimeError where the two validators disagree.
    """
    if document.kind == "project" and (newer := tuple(_newer_format(document))):
        return newer
    untyped = tuple(untyped_fields(document))
    if _accepts(document.kind, document.data) and not untyped:
        return ()
    found = faults(_schema(document.kind), document.data, _failures(document.kind, document.data))
    if document.kind in OVERLAYS:
        found = in_overlay(document, found, _keys_of(OVERLAYS[document.kind].of))
    diagnostics = tuple(sorted({_placed(document, fault) for fault in (*found, *untyped)}))
    if not diagnostics:
        raise RuntimeError(f"rejected without a reason: {document.path}")
    return diagnostics


def _newer_format(document: Document) -> Iterator[Diagnostic]:
    """The only finding on a spec of a later format: what is said of the rest would be wrong."""
    stated = document.data.get("format")
    if isinstance(stated, int) and stated > FORMAT:
        message = f"The spec is of format {stated}, and this abmspec reads format {FORMAT}."
        fault = Fault(FORMAT_UNKNOWN, ("format",), False, message, "Install a later abmspec.")
        yield _placed(document, fault)


def _placed(document: Document, fault: Fault) -> Diagnostic:
    span = document.span(fault.route, on_key=fault.on_key) if fault.route else START
    address = address_of(document.kind, document.id, document.region, fault.route)
    return Diagnostic.at(
        document.path, span, fault.rule, fault.message, address=address, suggestion=fault.suggestion,
        fix=_fix(document.path, fault),
    )  # fmt: skip


def _fix(path: str, fault: Fault) -> Fix | None:
    """The mend of a finding, for a machine, where it is certain."""
    if fault.needless:
        return Fix(path, "remove", fault.route)
    return None if fault.meant is None else written_at(Anchor(path, fault.route, fault.on_key), fault.meant)


@cache
def _schema(kind: str) -> Schema:
    schema: Schema = json.loads((_FOLDER / f"{kind}{_ENDING}").read_bytes())
    return schema


@cache
def _keys_of(kind: str) -> frozenset[str]:
    """Every key that a kind knows anywhere."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, list):
            for item in node:
                yield from walk(item)
        elif isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                yield from node["properties"]
            for item in node.values():
                yield from walk(item)

    return frozenset(walk(_schema(kind)))


# ------------------------------------------------------------------ accept fast


class _Whole:
    """JSON takes `2.0` for a whole number; the typed model does not."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, schema_path: list[str | int]) -> None:
        pass

    def validate(self, instance: Any) -> None:
        if isinstance(instance, float):
            raise ValueError("not written as a whole number")


@cache
def _acceptor() -> jsonschema_rs.Draft202012Validator:
    """One validator of `{kind: data}` for all kinds: what they share is compiled once."""
    definitions: Schema = {}
    files: Schema = {}
    for kind in kinds():
        text = (_FOLDER / f"{kind}{_ENDING}").read_text(encoding="utf-8")
        schema = json.loads(text.replace('"type": "integer"', '"type": "integer", "whole": true'))
        definitions |= schema.pop("$defs", {})
        del schema["$id"], schema["$schema"]
        files[kind] = schema
    every = {"$defs": definitions, "additionalProperties": False, "properties": files}
    return jsonschema_rs.Draft202012Validator(
        every, validate_formats=True, keywords={"whole": _Whole}, offline=True
    )


def _accepts(kind: str, data: Any) -> bool:
    return _acceptor().is_valid({kind: data})


# ------------------------------------------------------------------ reject precisely


def _failures(kind: str, data: Any) -> Iterator[Failure]:
    for error in _judge(kind).iter_errors(data):
        yield Failure(
            str(error.validator),
            error.validator_value,
            error.instance,
            tuple(error.absolute_path),
            tuple(error.absolute_schema_path),
        )


@cache
def _judge(kind: str) -> Validator:
    """The precise validator, brought in line with the fast one where Python's habits differ."""
    import re

    import jsonschema
    from jsonschema import validators

    def pattern(
        validator: Any, patrn: str, instance: Any, schema: Any
    ) -> Iterator[jsonschema.ValidationError]:
        # Python's `$` also matches before a line's end.
        strict = f"{patrn[:-1]}\\Z" if patrn.endswith("$") else patrn
        if validator.is_type(instance, "string") and not re.search(strict, instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {patrn!r}")

    def is_integer(checker: Any, instance: Any) -> bool:
        return isinstance(instance, int) and not isinstance(instance, bool)

    base = validators.Draft202012Validator
    extend: Callable[..., type[Validator]] = validators.extend
    strict = extend(
        base, {"pattern": pattern}, type_checker=base.TYPE_CHECKER.redefine("integer", is_integer)
    )
    return strict(_schema(kind), format_checker=jsonschema.FormatChecker(("date",)))
