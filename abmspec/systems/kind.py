"""The shape of a kind of system: what it can hold, and how its names are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from abmspec.model.taxonomy import FieldType


@dataclass(frozen=True, slots=True)
class Naming:
    """How a kind of name is spelt. `suffix` (`__c`) may stand behind it and does not count towards `max_length`.

    `make(id, prefix)` gives the name of a thing that states none. It may still be too long: rules say so.
    """

    pattern: re.Pattern[str]
    wants: str
    max_length: int
    make: Callable[[str, str], str]
    suffix: str = ""

    def fault(self, name: str) -> str:
        """What is wrong with a name, as the end of a sentence ("… is …"); empty if nothing is."""
        bare = name.removesuffix(self.suffix) if self.suffix else name
        if not self.pattern.fullmatch(bare):
            return f"not spelt as a name has to be there: {self.wants}"
        if len(bare) > self.max_length:
            return f"{len(bare)} characters long; {self.max_length} are allowed"
        return ""


@dataclass(frozen=True, slots=True)
class ListLimits:
    """What a closed list of values may hold. None: no limit is known.

    `values` counts inactive ones too; `several` is the limit where a field takes several values, `controlling` where
    another field depends on it (active ones alone); `text` is for an option's label, key and description together.
    `key_without` are characters that no stored key may have, `unique_labels` which labels of a list must differ.
    """

    values: int | None = None
    several: int | None = None
    controlling: int | None = None
    key: int | None = None
    label: int | None = None
    description: int | None = None
    text: int | None = None
    key_without: str = ""
    unique_labels: Literal["", "active", "all"] = ""
    list_label: int | None = None
    list_description: int | None = None


@dataclass(frozen=True, slots=True)
class FieldLimits:
    """What a field may be. `made`: how many may be made; `lengths`: the shortest and longest text by our type."""

    label: int | None = None
    description: int | None = None
    made: int | None = None
    lengths: Mapping[str, tuple[int, int]] = field(default_factory=dict)


StandardAttribute = Literal["closed", "converted", "forecastCategory", "probability", "won"]


@dataclass(frozen=True, slots=True)
class StandardSet:
    """A value set that comes with the system. `attributes`: what each of its values states beside the usual."""

    name: str
    attributes: tuple[StandardAttribute, ...] = ()
    values: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of system.

    `types` maps our field types to its own (a type that is missing is not supported), `objects` our objects to its own,
    `languages` our language tags (BCP 47) to its codes (empty: it takes no translations of values).
    `lists` is None where it keeps no closed lists; `compiled` is False for a kind that is known and not compiled yet.
    `standard_fields` maps the picklist fields that come with it (`Account.Industry`) to their `standard_sets`.
    `dependencies`: which values a field offers may depend on another field.
    """

    name: str
    title: str
    field_name: Naming
    types: Mapping[FieldType, str]
    objects: Mapping[str, str] = field(default_factory=dict)
    list_name: Naming | None = None
    lists: ListLimits | None = None
    fields: FieldLimits = FieldLimits()
    languages: Mapping[str, str] = field(default_factory=dict)
    standard_sets: Mapping[str, StandardSet] = field(default_factory=dict)
    standard_fields: Mapping[str, str] = field(default_factory=dict)
    dependencies: bool = False
    compiled: bool = True

    def object_name(self, object: str) -> str:
        """The system's own name of one of our objects (`account`); as it is where nothing is known."""
        return self.objects.get(object, object)

    def is_standard_field(self, name: str) -> bool:
        """Whether a field of this name comes with the system, so that nobody has to make it."""
        return bool(self.field_name.suffix) and not name.endswith(self.field_name.suffix)

    def language(self, tag: str) -> str:
        """Its code for a language tag (`pt-BR`), or for the language alone; empty if it has none."""
        known = self.languages
        return known.get(tag) or known.get(tag.partition("-")[0], "")


def words(id: str, prefix: str) -> list[str]:
    """The words of a name: the prefix, if any, and the id's parts, all in lower case."""
    return [word for word in (prefix.lower(), *id.split("-")) if word]


def snake_case(id: str, prefix: str) -> str:
    """`abm_industry_detail`."""
    return "_".join(words(id, prefix))


def camel_case(id: str, prefix: str) -> str:
    """`abmIndustryDetail`."""
    first, *rest = words(id, prefix)
    return first + "".join(word.capitalize() for word in rest)
