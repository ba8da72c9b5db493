"""Issue forms: how people without Git ask for a change. Made from the spec, and read back by the same questions.

The format is GitHub's form schema (https://docs.github.com/en/communities, "Syntax for GitHub's form schema"). An issue
that was filed holds, of each question, a heading of the third level and the answer. Only the last question of a form
takes more than a line, so that no answer can pass for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from abmspec.edit import emit
from abmspec.model.entity import GLOBAL
from abmspec.resolve import Resolved

FOLDER = ".github/ISSUE_TEMPLATE"
NOTICE = "by `abmspec github`"
HEADER = f"# Made from the spec {NOTICE}: change the spec instead.\n"
EVERYWHERE = "Everywhere"
NEW_EVERYWHERE = "Nothing: it is a global value itself"
# Longer lists are asked for by name: nobody finds anything in them.
MOST_OPTIONS = 250
# What a change is called in the form → the request's action.
ACTIONS = {
    "Another label": "relabel",
    "A translation": "translate",
    "Another id": "rename",
    "Announce its end": "deprecate",
    "End it": "retire",
    "Count it under another global value": "map",
    "Do not offer it in a region": "hide",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Of a dropdown, `options` says what each text stands for."""

    id: str
    label: str
    type: Literal["input", "dropdown", "textarea"]
    description: str
    required: bool = True
    placeholder: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: the file's name without its ending, what the chooser shows, and what is asked, in order."""

    id: str
    name: str
    description: str
    title: str
    introduction: str
    questions: tuple[Question, ...]

    @property
    def path(self) -> str:
        """Where the form stands in the repository."""
        return f"{FOLDER}/{self.id}.yml"

    def content(self) -> bytes:
        """The form as GitHub reads it."""
        data = {
            "name": self.name,
            "description": self.description,
            "title": self.title,
            "body": [
                {"type": "markdown", "attributes": {"value": self.introduction}},
                *(_item(question) for question in self.questions),
            ],
        }
        return (HEADER + emit(data)).encode()


def forms(resolved: Resolved) -> tuple[Form, ...]:
    """The forms of a spec: one for a new value, one for a change of what there is."""
    return (_new_value(resolved), _change(resolved))


def _new_value(resolved: Resolved) -> Form:
    lists = {
        f"{picklist.label} ({picklist.id})": picklist.id
        for picklist in resolved.backbone.picklists.values()
        if picklist.in_use
    }
    return Form(
        "new-value",
        "Ask for a new value",
        "A value that a picklist does not have yet, for everybody or for a region.",
        "New value: ",
        "Look first whether the standard has it under another name: the site's search knows labels, translations and "
        "spellings met in the wild. What is asked for here becomes a pull request, with what is like it and who "
        "has to approve.",
        (
            Question("picklist", "Picklist", "dropdown", "The list that lacks the value.", options=lists),
            Question("region", "Region", "dropdown", "Where it is to be offered.", options=_regions(resolved)),
            Question("label", "Label", "input", "What sellers and marketers will read.", placeholder="Fintech"),
            _parent(resolved),
            _reason("Why what is there will not do, and what the value is for."),
        ),
    )  # fmt: skip


def _parent(resolved: Resolved) -> Question:
    """Under which global value a regional one is counted."""
    options = {NEW_EVERYWHERE: ""}
    for picklist in resolved.backbone.picklists.values():
        if picklist.extensible and picklist.in_use:
            for id, value in picklist.values.items():
                if value.in_use:
                    options[f"{picklist.label}: {value.label} ({id})"] = id
    label, about = "Counted as", "The one global value that a region's value rolls up to."
    if len(options) > MOST_OPTIONS:
        return Question("maps_to", label, "input", f"{about} Its id.", required=False)
    return Question("maps_to", label, "dropdown", about, options=options)


def _change(resolved: Resolved) -> Form:
    return Form(
        "change",
        "Ask for a change of what there is",
        "Another label, a translation, an end, a region that does not offer it.",
        "Change: ",
        "What is asked for here becomes a pull request that "
        "says what the change means, and who has to approve it.",
        (
            Question("action", "Change", "dropdown", "What is to happen.", options=ACTIONS),
            Question(
                "address", "Address", "input",
                "What it is about, as its page on the site has it; of a value with `.value.` and its id behind it.",
                placeholder="picklist.industry.value.fintech",
            ),
            Question(
                "value", "New text or id", "input",
                "The new label, the translation, the new id, what replaces it, or the global value it counts under.",
                required=False,
            ),
            Question("language", "Language", "input", "Of a translation: its tag.", False, "de"),
            Question("region", "Region", "dropdown", "Where, if not everywhere.", options=_regions(resolved)),
            Question("sunset", "Last day", "input", "Of an end: the day after which it is gone.", False, "2027-06-30"),
            _reason("Why, and for whom."),
        ),
    )  # fmt: skip


def _regions(resolved: Resolved) -> dict[str, str]:
    return {EVERYWHERE: GLOBAL} | {
        f"{region.label} ({region.id})": region.id for region in resolved.spec.regions.values()
    }


def _reason(description: str) -> Question:
    return Question("reason", "Reason", "textarea", description)


def _item(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label, "description": question.description}
    if question.placeholder:
        attributes["placeholder"] = question.placeholder
    if question.options:
        attributes["options"] = list(question.options)
    return {
        "type": question.type,
        "id": question.id,
        "attributes": attributes,
        "validations": {"required": question.required},
    }
