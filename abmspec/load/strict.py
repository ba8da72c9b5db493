"""ruamel's pure parser, which judges what libyaml rejects. Slow to import and to run, so only where it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from yaml import events as libyaml

from abmspec.load.wording import Rejection


def events(text: str) -> Callable[[], Any]:
    """The next event of ruamel's parser at each call, as PyYAML's. Raises `Rejection`, without words if it crashed."""
    return partial(next, _events(text))


def _events(text: str) -> Iterator[Any]:
    # A new instance for each text: a directive leaks into the next load of the same.
    parsed = YAML(typ="safe", pure=True).parse(text)
    while True:
        try:
            event = next(parsed, None)
        except YAMLError as error:
            raise Rejection.of(error) from None
        except (ValueError, OverflowError):  # an escape past the last code point
            raise Rejection("", "", 0, 0) from None
        if event is None:
            return
        yield _as_libyaml(event)


def _as_libyaml(event: Any) -> Any:
    name, start, end = type(event).__name__, event.start_mark, event.end_mark
    kind: Any = getattr(libyaml, name)
    match name:
        case "ScalarEvent":
            return kind(event.anchor, event.tag, event.implicit, event.value, start, end, event.style)
        case "MappingStartEvent" | "SequenceStartEvent":
            return kind(event.anchor, event.tag, event.implicit, start, end, event.flow_style)
        case "AliasEvent":
            return kind(event.anchor, start, end)
    return kind(start, end)
