"""What one system instance holds: the union of its live regions, as lists with options and fields with bindings.

Targets render it, limit rules judge it; every element names the place in the YAML that it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import msgspec

from abmspec.address import in_region
from abmspec.model.entity import GLOBAL, Entity
from abmspec.model.taxonomy import Binding, Field, Picklist, StoredKey, System, Value, qualified
from abmspec.resolve import Resolved, View
from abmspec.source import Anchor
from abmspec.systems.catalogue import find_kind
from abmspec.systems.kind import Kind

E = TypeVar("E", bound=Entity)
Part = Literal["all", "global", "regional"]
NOT_STORED = StoredKey()
NOT_STATED = ("", "", "")
AS_WRITTEN: Mapping[str, Anchor] = {}


class Option(msgspec.Struct, frozen=True, gc=False):
    """One value as a system stores it.

    `texts` are its labels in other languages, `texts_at` where a region stated them. `stored` has the attributes that
    some standard sets want. `parents` are the ids of the values of the controlling field that offer it (`allowed_for`,
    else `maps_to`). `path` is the file that defines it; `key_from` is which value in which file states its key, for
    which system (empty: its id is the key).
    """

    id: str
    key: str
    label: str
    description: str
    active: bool
    scope: str
    texts: Mapping[str, str]
    stored: StoredKey
    parents: tuple[str, ...]
    value: Value
    picklist: str
    path: str
    key_from: tuple[str, str, str]
    texts_at: Mapping[str, Anchor]

    @property
    def address(self) -> str:
        """`picklist.industry.value.fintech`, with its region in front where a region owns it."""
        return in_region(f"picklist.{self.picklist}.value.{self.id}", self.scope)

    @property
    def at(self) -> Anchor:
        """The value's own place, its key in the YAML."""
        return Anchor(self.path, ("values", self.id), True)

    @property
    def key_at(self) -> Anchor:
        """The place that states the stored key; the value itself, where its id is the key."""
        path, holder, system = self.key_from
        return Anchor(path, ("values", holder, "systems", system)) if system else self.at

    def place(self, *route: str | int) -> Anchor:
        """The place of one of the value's attributes, as it was first written."""
        return Anchor(self.path, ("values", self.id, *route))

    def text_at(self, language: str) -> Anchor:
        """The place of its text in a language: a region's, where a region stated it."""
        return self.texts_at.get(language) or self.place("labels", language)


@dataclass(frozen=True, slots=True)
class HeldList:
    """A closed list as a system holds it.

    `part` says which values of the picklist are in it: all, only those that no region added (`global`, beside a detail
    list), or only the regional ones (`regional`, a detail list; `detail_of` the name of the field beside it is for).
    `standard`: it is one of the system's own value sets. Its name is empty where the field that uses it belongs to no
    set that is known.
    """

    name: str
    standard: bool
    part: Part
    picklist: Picklist
    label: str
    description: str
    options: tuple[Option, ...]
    at: Anchor
    name_at: Anchor
    address: str

    def by_id(self) -> dict[str, Option]:
        """The options by the value's id."""
        return {option.id: option for option in self.options}


@dataclass(frozen=True, slots=True)
class HeldField:
    """One binding of a field: an object's field in the system, under its name there.

    `type` is the system's own (empty: it has none for it). `required` is true where every region of the instance wants
    it. `controlled_by` is the name, on the same object, of the field that this one's options depend on.
    """

    field: Field
    object: str
    name: str
    standard: bool
    type: str
    label: str
    description: str
    texts: Mapping[str, str]
    texts_at: Mapping[str, Anchor]
    required: bool
    active: bool
    options: HeldList | None
    controlled_by: str
    controller: HeldList | None
    group: str
    at: Anchor
    name_at: Anchor

    @property
    def address(self) -> str:
        """The field's address in the spec."""
        return self.field.address

    def text_at(self, language: str) -> Anchor:
        """The place of its label in a language: a region's, where a region stated it."""
        return self.texts_at.get(language) or self.field.at("labels", language)

    def settings(self) -> tuple[tuple[Option, tuple[Option, ...]], ...]:
        """Which options of the controlling field offer each of this one's, active ones alone.

        A parent that is not in the controlling list (a regional value, beside a detail list) counts as the one that it
        maps to; one that is offers what its regional children there offer too.
        """
        if self.options is None or self.controller is None:
            return ()
        return tuple(_settings(self.options, self.controller))


@dataclass(frozen=True, slots=True)
class Union:
    """A picklist as some regions together have it, in any system: every value, which views call it otherwise, and
    which values some live region does not hide (None: all)."""

    picklist: Picklist
    values: dict[str, Value]
    relabelled: Mapping[str, list[View]]
    shown: frozenset[str] | None


# By the regions and the picklist's id: instances of the same regions share them.
Unions = dict[tuple[tuple[str, ...], str], Union]


@dataclass(frozen=True, slots=True)
class RecordType:
    """What records of one type may take: by field name, the options that its regions offer."""

    object: str
    name: str
    regions: tuple[str, ...]
    offers: Mapping[str, tuple[Option, ...]]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What one instance holds. Lists are by name, fields by object and the order of the spec."""

    instance: str
    system: System
    kind: Kind
    regions: tuple[str, ...]
    lists: tuple[HeldList, ...]
    fields: tuple[HeldField, ...]
    record_types: tuple[RecordType, ...] = ()

    @property
    def title(self) -> str:
        """How findings speak of the instance: "`sf-core` (Salesforce)"."""
        return f"`{self.instance}` ({self.kind.title})"

    def of_field(self, name: str) -> tuple[HeldField, ...]:
        """Every binding of a field (`account.industry`)."""
        return tuple(held for held in self.fields if held.field.name == name)


def all_holdings(resolved: Resolved) -> dict[str, Holdings]:
    """What each instance holds whose kind is known, in the order of `systems.yaml`. Only those in use."""
    systems = resolved.spec.systems
    unions: Unions = {}
    found = {}
    for instance, system in (systems.systems if systems else {}).items():
        kind = find_kind(system.kind)
        if kind is not None and system.in_use:
            found[instance] = _Gathering(resolved, instance, system, kind, unions).holdings()
    return found


def holdings(resolved: Resolved, instance: str) -> Holdings:
    """What one instance holds. Pure. KeyError for an instance that is not there or whose kind is not known."""
    systems = resolved.spec.systems
    system = systems.systems[instance] if systems else None
    kind = find_kind(system.kind) if system else None
    if system is None or kind is None:
        raise KeyError(instance)
    return _Gathering(resolved, instance, system, kind).holdings()


def regions_of(resolved: Resolved, system: System) -> tuple[str, ...]:
    """The deployed regions whose union an instance holds: those it names and all in them, or every one."""
    deployed = [region.id for region in resolved.deployed_regions()]
    if not system.regions:
        return tuple(deployed)
    ancestors = resolved.spec.ancestors
    return tuple(id for id in deployed if any(above in system.regions for above in ancestors(id)))


def key_sources(systems: Mapping[str, System], instance: str) -> tuple[str, ...]:
    """The instance and those whose stored keys it takes over, nearest first. Ends where the chain bites its tail."""
    chain: list[str] = []
    while instance in systems and instance not in chain:
        chain.append(instance)
        instance = systems[instance].keys_from
    return tuple(chain)


class _Gathering:
    """Gathers one instance. Lives for one call."""

    def __init__(
        self, resolved: Resolved, instance: str, system: System, kind: Kind, unions: Unions | None = None
    ) -> None:
        spec = resolved.spec
        self.resolved = resolved
        self.instance = instance
        self.system = system
        self.kind = kind
        self.regions = regions_of(resolved, system)
        self.suspended = frozenset(id for id in spec.regions if resolved.is_suspended(id))
        self.views = tuple(resolved.view(id) for id in self.regions)
        self.scopes = (resolved.backbone, *self.views)
        self.sources = key_sources(spec.systems.systems if spec.systems else {}, instance)
        self.fields = self._all_fields()
        self.unions: Unions = {} if unions is None else unions
        self.gathered: dict[str, tuple[Picklist, tuple[Option, ...]]] = {}
        self.lists: dict[tuple[str, Part, str], HeldList] = {}
        self.across: dict[str, tuple[bool, Mapping[str, str], Mapping[str, Anchor]]] = {}
        self.offered: dict[tuple[str, str], frozenset[str]] = {}

    def holdings(self) -> Holdings:
        details = self._details()
        bound = [
            (found, binding) for found in self.fields.values() for binding in found.bindings(self.instance)
        ]
        both = self._needs_both_parts(bound, details)
        held: list[HeldField] = []
        for found, binding in bound:
            held.append(self._field(found, binding, details, both))
        fields = tuple(self._controlled(each, held) for each in held)
        lists = sorted(self.lists.values(), key=lambda each: (each.name, each.standard, each.part))
        return Holdings(
            instance=self.instance,
            system=self.system,
            kind=self.kind,
            regions=self.regions,
            lists=tuple(lists),
            fields=fields,
            record_types=tuple(self._record_types(fields)),
        )

    # -------------------------------------------------------------- fields

    def _all_fields(self) -> dict[str, Field]:
        """Every field of the scopes, with all their texts. Proposed ones and renamed tombstones are left out."""
        found: dict[str, Field] = {}
        for view in self.scopes:
            for name, each in view.fields.items():
                if name not in found and each.status != "proposed":
                    found[name] = each
        renamed = {f"{each.object}.{each.renamed_from}" for each in found.values() if each.renamed_from}
        self.before = {name: found[name] for name in renamed if name in found}
        gone = {name for name, each in self.before.items() if each.status == "retired"}
        return {name: each for name, each in found.items() if name not in gone}

    def _details(self) -> dict[str, list[Field]]:
        """Detail fields that speak of this instance, bound or not offered there, by the field beside them."""
        details: dict[str, list[Field]] = {}
        for each in self.fields.values():
            if each.detail_of and each.in_use and self.instance in each.systems:
                details.setdefault(qualified(each.detail_of, each.object), []).append(each)
        return details

    def _needs_both_parts(
        self, bound: Iterable[tuple[Field, Binding]], details: Mapping[str, list[Field]]
    ) -> frozenset[str]:
        """Picklists that one field stores whole and another without its regional values, in sets of their own."""
        parts: dict[str, set[bool]] = {}
        for found, binding in bound:
            if found.picklist and not self.kind.is_standard_field(self._field_name(found, binding)):
                parts.setdefault(found.picklist, set()).add(found.name in details)
        return frozenset(picklist for picklist, split in parts.items() if len(split) > 1)

    def _field(
        self, found: Field, binding: Binding, details: Mapping[str, list[Field]], both: frozenset[str]
    ) -> HeldField:
        kind = self.kind
        name = self._field_name(found, binding)
        object = binding.object or kind.object_name(found.object)
        standard = kind.is_standard_field(name)
        required, texts, texts_at = self._across(found)
        options = None
        if found.detail_of:
            beside = self.fields.get(qualified(found.detail_of, found.object))
            if beside is not None and beside.picklist:
                options = self._list(beside.picklist, "regional", found, f"{object}.{name}", standard, both)
        elif found.picklist:
            part: Part = "global" if found.name in details else "all"
            options = self._list(found.picklist, part, found, f"{object}.{name}", standard, both)
        return HeldField(
            field=found,
            object=object,
            name=name,
            standard=standard,
            type=kind.types.get(found.type, ""),
            label=found.label or found.id,
            description=found.description,
            texts=texts,
            texts_at=texts_at,
            required=required,
            active=found.in_use,
            options=options,
            controlled_by="",
            controller=None,
            group=binding.group,
            at=found.key(),
            name_at=self._binding_at(found, binding, "name") if binding.name else found.key(),
        )

    def _across(self, found: Field) -> tuple[bool, Mapping[str, str], Mapping[str, Anchor]]:
        """Whether every region wants a field filled in, and its label in other languages."""
        if found.name in self.across:
            return self.across[found.name]
        required = True
        said = []
        for view in self.views or (self.resolved.backbone,):
            there = view.fields.get(found.name)
            required = required and there is not None and there.required
            if there is not None and there is not found:
                said.append((view, there.labels))
        texts, texts_at = self._texts(f"field.{found.name}", found.labels, said)
        self.across[found.name] = (required, texts, texts_at)
        return self.across[found.name]

    def _binding_at(self, found: Field, binding: Binding, attribute: str) -> Anchor:
        bound = found.systems[self.instance]
        if not isinstance(bound, tuple):
            return found.at("systems", self.instance, attribute)
        index = next(index for index, each in enumerate(bound) if each is binding)
        return found.at("systems", self.instance, index, attribute)

    def _field_name(self, found: Field, binding: Binding) -> str:
        """As stated; else as the field that it was renamed from is called there; else made from the oldest id."""
        if binding.name:
            return binding.name
        oldest = found.id
        for each in _lineage(found, lambda one: self.before.get(f"{one.object}.{one.renamed_from}")):
            for other in each.bindings(self.instance):
                if other.name and (other.object or "") == (binding.object or ""):
                    return other.name
            oldest = each.renamed_from or each.id
        return self.kind.field_name.make(oldest, self.system.prefix)

    def _controlled(self, held: HeldField, everything: Iterable[HeldField]) -> HeldField:
        """The field with the one beside it on the same object that its options depend on."""
        by = held.field.detail_of or held.field.depends_on
        if not by:
            return held
        wanted = qualified(by, held.field.object)
        for other in everything:
            if other.field.name == wanted and other.object == held.object:
                return replace(held, controlled_by=other.name, controller=other.options)
        return held

    # -------------------------------------------------------------- lists

    def _list(
        self, id: str, part: Part, user: Field, bound_to: str, standard: bool, both: frozenset[str]
    ) -> HeldList | None:
        """The list that a field draws on, made once for all fields that share it. None: no such picklist."""
        gathered = self._gather(id)
        if gathered is None:
            return None
        picklist, options = gathered
        stated = picklist.systems.get(self.instance)
        name_at = picklist.key()
        label, description, at, address = (
            picklist.label or picklist.id, picklist.description, picklist.key(), picklist.address,
        )  # fmt: skip
        if standard:
            name = self.kind.standard_fields.get(bound_to, "")
            if stated is not None and stated.standard_value_set:
                name = stated.standard_value_set
                name_at = picklist.at("systems", self.instance, "standard_value_set")
        elif part == "regional":
            name = self.kind.list_name.make(user.id, self.system.prefix) if self.kind.list_name else ""
            label, description, at, address = (
                user.label or user.id,
                user.description,
                user.key(),
                user.address,
            )
            name_at = user.key()
        elif stated is not None and stated.name:
            name = stated.name
            name_at = picklist.at("systems", self.instance, "name")
        else:
            name = self._list_name(picklist, "-all" if part == "all" and id in both else "")
        key = (id, part, f"{name}{' (standard)' if standard else ''}")
        if key not in self.lists:
            self.lists[key] = HeldList(
                name=name,
                standard=standard,
                part=part,
                picklist=picklist,
                label=label,
                description=description,
                options=_select(options, part),
                at=at,
                name_at=name_at,
                address=address,
            )
        return self.lists[key]

    def _list_name(self, picklist: Picklist, ending: str) -> str:
        naming = self.kind.list_name
        if naming is None:
            return ""
        oldest = picklist.id
        for each in _lineage(picklist, self._renamed_picklist):
            stated = each.systems.get(self.instance)
            if stated is not None and stated.name and not ending:
                return stated.name
            oldest = each.renamed_from or each.id
        return naming.make(oldest + ending, self.system.prefix)

    def _renamed_picklist(self, picklist: Picklist) -> Picklist | None:
        return next(
            (
                view.picklists[picklist.renamed_from]
                for view in self.scopes
                if picklist.renamed_from in view.picklists
            ),
            None,
        )

    def _gather(self, id: str) -> tuple[Picklist, tuple[Option, ...]] | None:
        """A picklist with every option that some scope of the instance has, in order. None: there is none."""
        if id in self.gathered:
            return self.gathered[id]
        union = self.unions.get((self.regions, id)) or self._unite(id)
        if union is None:
            return None
        self.unions[self.regions, id] = union
        options = tuple(
            self._option(union, value_id)
            for value_id, value in union.values.items()
            if value.status != "proposed" and self._is_offered(value)
        )
        self.gathered[id] = (union.picklist, options)
        return self.gathered[id]

    def _unite(self, id: str) -> Union | None:
        views = [view for view in self.scopes if id in view.picklists]
        if not views:
            return None
        picklist = views[0].picklists[id]
        values = picklist.values
        relabelled: dict[str, list[View]] = {}
        seen = [picklist]
        for view in views[1:]:
            there = view.picklists[id]
            if any(there is other for other in seen):
                continue
            seen.append(there)
            values = _united(values, there.values)
            for value_id, value in there.values.items():
                if value is not values[value_id]:
                    relabelled.setdefault(value_id, []).append(view)
        shown = self._shown(id, [view for view in views if view.scope != GLOBAL])
        return Union(picklist, values, relabelled, shown)

    def _shown(self, id: str, views: Iterable[View]) -> frozenset[str] | None:
        """The values that some live region does not hide; None for all of them."""
        live = [view for view in views if view.scope not in self.suspended]
        if not any(view.hidden_values.get(id) for view in live):
            return None
        shown: set[str] = set()
        for view in live:
            shown |= view.picklists[id].values.keys() - view.hidden_values.get(id, frozenset())
        return frozenset(shown)

    def _is_offered(self, value: Value) -> bool:
        stated = value.systems.get(self.instance)
        return not isinstance(stated, StoredKey) or stated.offered

    def _option(self, union: Union, id: str) -> Option:
        picklist, values, shown = union.picklist, union.values, union.shown
        value = values[id]
        scope = value.scope or picklist.scope
        relabelled = union.relabelled.get(id)
        key, key_from, stored = self._key(picklist, id, values)
        texts: Mapping[str, str] = value.labels
        texts_at: Mapping[str, Anchor] = AS_WRITTEN
        if relabelled:
            own = f"picklist.{picklist.id}.value.{id}"
            said = [(view, view.picklists[picklist.id].values[id].labels) for view in relabelled]
            texts, texts_at = self._texts(own, value.labels, said)
        return Option(
            id=id,
            key=key,
            label=value.label or id,
            description=value.description,
            active=value.in_use and scope not in self.suspended and (shown is None or id in shown),
            scope=scope,
            texts=texts,
            texts_at=texts_at,
            stored=stored,
            parents=value.allowed_for or ((value.maps_to,) if value.maps_to else ()),
            value=value,
            picklist=picklist.id,
            path=value.path or picklist.path,
            key_from=key_from,
        )

    def _key(
        self, picklist: Picklist, id: str, values: Mapping[str, Value]
    ) -> tuple[str, tuple[str, str, str], StoredKey]:
        """What is stored for a value, what says so, and the attributes stated with it.

        The instance's own word first, of the value or of the one that it was renamed from; then that of the instances
        whose keys it takes over; else the oldest id.
        """
        own = values[id]
        lineage = _names(id, values) if own.renamed_from else (id,)
        stored = NOT_STORED
        for source in self.sources:
            for name in lineage:
                value = own if name == id else values.get(name)
                stated = value.systems.get(source) if value is not None else None
                if stated is None or value is None:
                    continue
                if isinstance(stated, str):
                    return stated, (value.path or picklist.path, name, source), stored
                if stored is NOT_STORED:
                    stored = stated
                if stated.key:
                    return stated.key, (value.path or picklist.path, name, source), stored
        return lineage[-1], NOT_STATED, stored

    # -------------------------------------------------------------- texts

    def _texts(
        self, attribute: str, written: Mapping[str, str], said: Sequence[tuple[View, Mapping[str, str]]]
    ) -> tuple[Mapping[str, str], Mapping[str, Anchor]]:
        """One text a language, and where regions stated it: before what was first written; the topmost region's."""
        stated: dict[str, Anchor] = {}
        if not said:
            return written, AS_WRITTEN
        kept = dict(written)
        for view, labels in said:
            for language, text in labels.items():
                origin = view.origins.get(f"{attribute}.labels.{language}")
                if origin and language not in stated:
                    stated[language] = origin[0]
                    kept[language] = text
        return kept, stated

    # -------------------------------------------------------------- record types

    def _record_types(self, fields: Iterable[HeldField]) -> Iterator[RecordType]:
        """Each record type that live regions name, with what these regions offer on its object."""
        users: dict[tuple[str, str], list[str]] = {}
        for id in self.regions:
            here = self.resolved.spec.regions[id].systems.get(self.instance)
            for object, names in here.record_types.items() if here and id not in self.suspended else ():
                for name in names:
                    users.setdefault((object, name), []).append(id)
        for (object, name), regions in sorted(users.items()):
            offers = {
                held.name: tuple(self._offered_by(held.options, regions))
                for held in fields
                if held.object == object and held.options is not None and held.active
            }
            yield RecordType(object, name, tuple(regions), offers)

    def _offered_by(self, options: HeldList, regions: Iterable[str]) -> Iterator[Option]:
        offered: set[str] = set()
        for id in regions:
            known = (id, options.picklist.id)
            if known not in self.offered:
                view = self.resolved.view(id)
                here = view.offered(options.picklist.id) if options.picklist.id in view.picklists else {}
                self.offered[known] = frozenset(here)
            offered |= self.offered[known]
        return (option for option in options.options if option.active and option.id in offered)


def _select(options: tuple[Option, ...], part: Part) -> tuple[Option, ...]:
    """The options of one part, without tombstones whose successor stands in the same part."""
    if part != "all":
        options = tuple(option for option in options if bool(option.value.scope) == (part == "regional"))
    renamed = {option.value.renamed_from for option in options if option.value.renamed_from}
    if not renamed:
        return options
    return tuple(option for option in options if option.id not in renamed or option.value.status != "retired")


def _settings(options: HeldList, controller: HeldList) -> Iterator[tuple[Option, tuple[Option, ...]]]:
    controlling = controller.by_id()
    children: dict[str, list[str]] = {}
    for option in controller.options:
        if option.value.maps_to:
            children.setdefault(option.value.maps_to, []).append(option.id)
    everything = {**options.by_id(), **controlling}
    order = {option.id: index for index, option in enumerate(controller.options) if option.active}
    for option in options.options:
        if not option.active:
            continue
        wanted: set[str] = set()
        for parent in option.parents:
            stands = _standing(parent, controlling, everything)
            wanted.update((stands, *children.get(stands, ())))
        offering = sorted(wanted & order.keys(), key=order.__getitem__)
        if offering:
            yield option, tuple(controlling[id] for id in offering)


def _standing(id: str, controlling: Mapping[str, Option], everything: Mapping[str, Option]) -> str:
    """The value itself where it is in the controlling list, else the nearest one there that it maps to."""
    passed: set[str] = set()
    while id not in controlling and id in everything and id not in passed:
        passed.add(id)
        id = everything[id].value.maps_to
    return id


def _united(values: dict[str, Value], more: Mapping[str, Value]) -> dict[str, Value]:
    """Both, in order: what is new stands where it stood, behind what others put there."""
    behind: dict[str, dict[str, Value]] = {}
    last = ""
    for id, value in more.items():
        if id in values:
            last = id
        else:
            behind.setdefault(last, {})[id] = value
    if not behind:
        return values
    united = dict(behind.pop("", {}))
    pending: dict[str, Value] = {}
    for id, value in values.items():
        if pending and id in more:
            united.update(pending)
            pending = {}
        united[id] = value
        if id in behind:
            pending = behind[id]
    united.update(pending)
    return united


def _names(id: str, values: Mapping[str, Value]) -> list[str]:
    """The value's id and those that it had before, the oldest last."""
    names = [id]
    value = values.get(id)
    while value is not None and value.renamed_from and value.renamed_from not in names:
        names.append(value.renamed_from)
        value = values.get(value.renamed_from)
    return names


def _lineage(thing: E, before: Callable[[E], E | None]) -> Iterator[E]:
    """The thing and what it was renamed from, the oldest last."""
    passed: set[str] = set()
    current: E | None = thing
    while current is not None and current.id not in passed:
        passed.add(current.id)
        yield current
        current = before(current)
