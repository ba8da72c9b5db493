"""What a request leaves open, and its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import msgspec

from abmspec.model.spec import Spec
from abmspec.proposal.proposal import ProposalRefused
from abmspec.proposal.request import Add
from abmspec.resolve import Resolved
from abmspec.words import capitalized, did_you_mean, quoted

# Attributes of a request that are no attributes of the thing itself.
OF_REQUEST = frozenset({"id", "label", "region", "picklist", "object", "after", "reason"})
# As many choices are spelt out in a message.
FEW = 24


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is to be said of a new thing.

    `name` is where the answer goes: a part of the request (`label`), or an attribute (`maps_to`, `gtm.route`). `text`
    says what is asked, as the end of a sentence. Without a `default`, what is `needed` has to be said. `choices` are
    all that there is where they are `closed`, else examples. What is `silent` is judged, and never asked for. Where the
    choices are values, `picklist` is their list: what people call them is as good as their ids.
    """

    name: str
    text: str
    choices: tuple[str, ...] = ()
    default: Any = None
    closed: bool = True
    several: bool = False
    needed: bool = True
    silent: bool = False
    flag: str = ""
    picklist: str = ""

    @property
    def option(self) -> str:
        """The flag that answers it: `--maps-to`."""
        return self.flag or f"--{self.name.rpartition('.')[2].replace('_', '-')}"


class AnswerMissing(ProposalRefused):
    """The request leaves open what nothing in the spec answers."""

    def __init__(self, question: Question, kind: str) -> None:
        self.question = question
        choices = f" There are: {_some(question.choices)}." if question.choices else ""
        name = f" (`{question.name}`)" if question.name not in ("id", "label") else ""
        super().__init__(
            f"Nothing says {question.text}{name}, and a new {kind} needs it. Say it with {question.option}.{choices}"
        )


class Case(NamedTuple):
    """A request on a spec as of a day."""

    resolved: Resolved
    request: Add
    today: date

    @property
    def spec(self) -> Spec:
        """The spec as it was written."""
        return self.resolved.spec

    def said(self, name: str) -> Any:
        """What the request says of `name`; None where it says nothing."""
        if name in OF_REQUEST:
            return getattr(self.request, name) or None
        node: Any = self.request.attributes
        for part in name.split("."):
            if not isinstance(node, Mapping) or part not in node:
                return None
            node = node[part]
        return node

    def answered(self, name: str, value: Any) -> Case:
        """The case with `name` said."""
        return self._replace(request=answered(self.request, name, value))


def answered(request: Add, name: str, value: Any) -> Add:
    """The request with `name` (`label`, `maps_to`, `gtm.route`) said. ProposalRefused where there is no room for it."""
    if name in OF_REQUEST:
        return msgspec.structs.replace(request, **{name: value})
    first, *rest = name.split(".")
    return msgspec.structs.replace(request, attributes=_with(request.attributes, first, rest, value))


def _with(data: Mapping[str, Any], first: str, rest: list[str], value: Any) -> dict[str, Any]:
    if rest:
        below = data.get(first, {})
        if not isinstance(below, Mapping):
            raise ProposalRefused(f"`{first}` is said already, and has no `{rest[0]}`.")
        value = _with(below, rest[0], rest[1:], value)
    return {**data, first: value}


def judge(question: Question, value: Any) -> None:
    """ProposalRefused where an answer is of the wrong kind, or none of the choices."""
    if question.several and not _is_several(value):
        raise ProposalRefused(f"`{question.name}` has to be a list of texts.")
    if not question.closed or not question.choices:
        return
    for each in value if isinstance(value, list | tuple) else (value,):
        if each not in question.choices:
            hint = did_you_mean(str(each), question.choices) or f"There are: {_some(question.choices)}."
            raise ProposalRefused(
                f"`{each}` is no answer to {question.option}, which says {question.text}. {hint}"
            )


def _is_several(value: Any) -> bool:
    """Whether there are several answers: texts in a list, or entries by their ids."""
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _some(choices: tuple[str, ...]) -> str:
    if len(choices) <= FEW:
        return quoted(choices)
    return f"{', '.join(f'`{each}`' for each in choices[:FEW])} and {len(choices) - FEW} more"


def prompt(question: Question) -> str:
    """The question as somebody is asked it."""
    return capitalized(question.text)
