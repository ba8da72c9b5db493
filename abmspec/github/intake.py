"""From an issue that was filed by a form to the request that it makes.

What stands in an issue was written by anybody: it is data, is held to the questions that were asked, and never runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from abmspec.github.forms import Form, Question
from abmspec.model.entity import GLOBAL
from abmspec.proposal.request import Add, AnyRequest, Deprecate, Hide, Map, Relabel, Rename, Retire, Translate

# Far more than any form holds: https://docs.github.com/en/rest/issues has 65,536 characters as the most of a body.
MOST_CHARACTERS = 65_536
MOST_BYTES = 1 << 20
LONGEST_ANSWER = 200
LONGEST_REASON = 4_000
NO_ANSWER = "_No response_"
# GitHub's logins: letters, digits and single hyphens; an App's ends in `[bot]`.
LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:_[A-Za-z0-9]+)?(?:\[bot\])?")


class NotARequest(Exception):
    """The issue was not filed by one of the forms. Nothing is wrong with it: it is about something else."""


class IntakeRefused(Exception):
    """The issue was filed by a form and cannot be taken as it stands. The message tells whoever filed it why."""


class _User(msgspec.Struct, frozen=True):
    login: str


class _Issue(msgspec.Struct, frozen=True):
    number: int
    user: _User
    body: str | None = None


class _Event(msgspec.Struct, frozen=True):
    issue: _Issue


@dataclass(frozen=True, slots=True)
class Filed:
    """What somebody asked for by a form: who, in which issue, and the request."""

    number: int
    login: str
    form: str
    request: AnyRequest


def read_event(forms: Iterable[Form], event: bytes, unread: Sequence[str] = ()) -> Filed:
    """The request of the `issues` event in GitHub's own shape. NotARequest, or IntakeRefused with the reason.

    `unread` are files of the spec that cannot be read, so that what may be chosen is not known.
    """
    if len(event) > MOST_BYTES:
        raise IntakeRefused(f"The event holds more than {MOST_BYTES} bytes, which no issue does.")
    try:
        issue = msgspec.json.decode(event, type=_Event).issue
    except msgspec.DecodeError as error:
        raise IntakeRefused(f"This is no `issues` event: {error}.") from error
    if not LOGIN.fullmatch(issue.user.login) or issue.number < 1:
        raise IntakeRefused("The event names no issue of a person: `issue.user.login` is no login.")
    try:
        form, answers = read_body(forms, issue.body or "")
    except IntakeRefused as refusal:
        if unread:
            raise IntakeRefused(
                f"The spec has errors in {unread[0]}. Reopen this issue when they are mended."
            ) from refusal
        raise
    return Filed(issue.number, issue.user.login, form.id, _request(form, answers))


def read_body(forms: Iterable[Form], body: str) -> tuple[Form, dict[str, str]]:
    """The form that a body was filed by, and the answers by question. Of a dropdown, what the option stands for."""
    text = body.replace("\r\n", "\n").strip("\n")
    form = next((form for form in forms if text.startswith(f"### {form.questions[0].label}\n")), None)
    if form is None:
        raise NotARequest
    if len(text) > MOST_CHARACTERS:
        raise IntakeRefused(f"The issue holds more than {MOST_CHARACTERS} characters.")
    return form, dict(_answers(form, text))


def _answers(form: Form, text: str) -> Iterable[tuple[str, str]]:
    rest = text
    for question in form.questions:
        heading = f"### {question.label}\n"
        if not rest.startswith(heading):
            raise IntakeRefused(
                f"The answer to “{question.label}” is not where the form puts it. Leave the headings as they "
                "are, or file the form again."
            )
        rest = rest.removeprefix(heading).lstrip("\n")
        if question.type == "textarea":
            answer, rest = rest, ""
        else:
            answer, _, rest = rest.partition("\n")
            rest = rest.lstrip("\n")
        yield question.id, _answer(question, answer.strip())


def _answer(question: Question, said: str) -> str:
    answer = "" if said == NO_ANSWER else said
    longest = LONGEST_REASON if question.type == "textarea" else LONGEST_ANSWER
    if len(answer) > longest:
        raise IntakeRefused(f"The answer to “{question.label}” is longer than {longest} characters.")
    if question.required and not answer:
        raise IntakeRefused(f"“{question.label}” has no answer. {question.description}")
    if not question.options or not answer:
        return answer
    if answer not in question.options:
        raise IntakeRefused(
            f"“{question.label}” has an answer that is none of its options any more. File the form again."
        )
    return question.options[answer]


def _request(form: Form, answers: Mapping[str, str]) -> AnyRequest:
    region = answers["region"]
    where = "" if region == GLOBAL else region
    if form.id == "new-value":
        parent = answers["maps_to"]
        if where and not parent:
            raise IntakeRefused(
                "A region's value counts under one global value, so that regional sums equal the global total. Choose "
                "one under “Counted as”."
            )
        return Add(
            kind="value",
            label=answers["label"],
            region=where,
            picklist=answers["picklist"],
            attributes={"maps_to": parent} if where else {},
            reason=answers["reason"],
        )
    return _alteration(answers, where)


def _alteration(answers: Mapping[str, str], region: str) -> AnyRequest:
    address, value, reason = answers["address"], answers["value"], answers["reason"]

    def needed(answer: str, label: str) -> str:
        if not answer:
            raise IntakeRefused(f"This change needs an answer to “{label}”.")
        return answer

    match answers["action"]:
        case "relabel":
            return Relabel(address=address, label=needed(value, "New text or id"), reason=reason)
        case "translate":
            language = needed(answers["language"], "Language")
            labels = {language: needed(value, "New text or id")}
            return Translate(address=address, labels=labels, region=region, reason=reason)
        case "rename":
            return Rename(address=address, to=needed(value, "New text or id"), reason=reason)
        case "deprecate":
            more: dict[str, Any] = {"sunset": answers["sunset"], "replaced_by": value, "replace": bool(value)}
            return Deprecate(address=address, reason=reason, **more)
        case "retire":
            return Retire(address=address, reason=reason)
        case "map":
            return Map(address=address, maps_to=needed(value, "New text or id"), reason=reason)
        case _:
            return Hide(address=address, region=needed(region, "Region"), reason=reason)
