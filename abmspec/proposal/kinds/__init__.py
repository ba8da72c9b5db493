"""The kinds of things that can be added: what has to be said of each, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from abmspec.proposal.kinds import field, governance, picklist, playbook, region, segment
from abmspec.proposal.made import Made
from abmspec.proposal.question import Case, Question
from abmspec.proposal.request import Kind


class NewKind(NamedTuple):
    """What to ask of a new thing of a kind, one after the other, and how it is made once that is answered."""

    questions: Callable[[Case], Iterator[Question]]
    make: Callable[[Case], Made]


KINDS: Mapping[Kind, NewKind] = MappingProxyType(
    {
        "region": NewKind(region.questions, region.make),
        "picklist": NewKind(picklist.questions, picklist.make),
        "value": NewKind(picklist.value_questions, picklist.make_value),
        "field": NewKind(field.questions, field.make),
        "segment": NewKind(segment.questions, segment.make),
        "play": NewKind(playbook.questions, playbook.make),
        "content": NewKind(playbook.content_questions, playbook.make_content),
        "role": NewKind(governance.questions, governance.make),
        "waiver": NewKind(governance.waiver_questions, governance.make_waiver),
    }
)
