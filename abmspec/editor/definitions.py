"""What there is in a project, as one scope sees it: definitions that the schemas of that scope refer to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from abmspec.check import all_rules
from abmspec.codes import countries, currencies
from abmspec.editor import table
from abmspec.model.entity import GLOBAL
from abmspec.model.spec import DEFINED_IN
from abmspec.model.taxonomy import Field
from abmspec.references import ReferenceIndex, Thing, noun
from abmspec.references.finder import Finder
from abmspec.references.governance import STAND_INS
from abmspec.references.index import BUILT_IN_OBJECTS, PART_OF
from abmspec.rules.change_kind_unknown import KINDS
from abmspec.rules.condition_type import ASKED, TEXTS
from abmspec.rules.locale_invalid import COMMON
from abmspec.rules.routing_order import STEPS
from abmspec.systems.catalogue import KINDS as SYSTEM_KINDS

Schema = dict[str, Any]
# Whatever any region has: for records that speak of regions' own things from outside.
ALL = "_all"
AGAIN = "If it is new, save it and run `abmspec schema --project` again."
MANY = 2_000
PREFIX = "there."
REFERENCE = re.compile(rf'"#/\$defs/{re.escape(PREFIX)}([^"]+)"')
HELD = {"number": "number", "currency": "number", "percent": "number", "boolean": "boolean"}


class Project:
    """The spec with what every scope asks of it. Lives for one run."""

    def __init__(self, index: ReferenceIndex) -> None:
        self.index = index
        self.resolved = index.resolved
        self.spec = index.resolved.spec
        self.finder = Finder(index.resolved, {})
        self.things: dict[tuple[str, str], list[Thing]] = {}
        for thing in index.things.values():
            self.things.setdefault((thing.kind, thing.within), []).append(thing)
        values = sum(len(things) for (kind, _), things in self.things.items() if kind == "value")
        # Whether hundreds of files can each list every value there is.
        self.is_small = values <= MANY

    def may_lack(self, kind: str, within: str) -> bool:
        """Whether things of a kind may stand in a file that could not be read: then the list of them is not closed."""
        broken = self.spec.broken
        if any(path.endswith("/region.yaml") for path in broken):
            return True
        holder = PART_OF.get(kind, (kind,))[0]
        id = within if kind in ("value", "step") else "*"
        endings = DEFINED_IN.get(holder, (f"{holder}.yaml",))
        return any(
            fnmatchcase(path, f"*{ending.format(id=id, object='*')}") for path in broken for ending in endings
        )


class Definitions:
    """Definitions of one scope, made as they are asked for. The names are those of `table`, or `kind.within`."""

    def __init__(self, project: Project, scope: str, published: Mapping[str, Schema]) -> None:
        self.project = project
        self.scope = scope
        self.published = published
        self.made: dict[str, Schema | None] = {}
        self._texts: dict[str, str] = {}
        spec = project.spec
        self.sees = (GLOBAL, *spec.ancestors(scope)) if scope != ALL else (GLOBAL, *spec.regions)

    def has(self, name: str) -> bool:
        """Whether there is such a definition: not where what it lists may stand in a file that could not be read."""
        if name not in self.made:
            self.made[name] = None
            self.made[name] = self._make(name)
        return self.made[name] is not None

    def _make(self, name: str) -> Schema | None:
        kind, _, within = name.partition(".")
        special = getattr(self, f"_make_{kind.replace('-', '_')}", None)
        if special is not None:
            made: Schema | None = special(within)
            return made
        return self._listed(kind, within)

    def _ref(self, name: str) -> Schema:
        """A reference to another of these definitions; anything goes where there is none."""
        return refer(name) if self.has(name) else {"type": "string"}

    def _borrow(self, name: str) -> Schema:
        """A reference to a published definition that is taken over as it is."""
        self.made.setdefault(name, self.published[name])
        return refer(name)

    def used_by(self, text: str) -> dict[str, str]:
        """The definitions that an encoded schema uses, and that these use, encoded, by their names in `$defs`."""
        used: dict[str, str] = {}
        waiting = set(REFERENCE.findall(text))
        while waiting:
            name = waiting.pop()
            if name not in used:
                used[name] = self._text(name)
                waiting.update(REFERENCE.findall(used[name]))
        return {f"{PREFIX}{name}": used[name] for name in sorted(used)}

    def _text(self, name: str) -> str:
        if name not in self._texts:
            self._texts[name] = encoded(self.made[name])
        return self._texts[name]

    # -------------------------------------------------------------- lists of things

    def _things(self, kind: str, within: str = "") -> Iterator[Thing]:
        return (
            thing
            for thing in self.project.things.get((kind, within), ())
            if (thing.scope or GLOBAL) in self.sees
        )

    def _listed(self, kind: str, within: str = "", *more: str) -> Schema | None:
        if self.project.may_lack(kind, within):
            return None
        return self._closed(self._things(kind, within), _of(kind, within), *more)

    def _closed(self, things: Iterable[Thing], what: str, *more: str, prefix: str = "") -> Schema:
        """The ids, with what they are called. What is retired is accepted, for `check` to judge, and never offered."""
        offered: dict[str, str] = dict.fromkeys(more, "")
        old = []
        for thing in things:
            id = thing.id.removeprefix(prefix)
            if thing.status == "retired":
                old.append(id)
            else:
                offered.setdefault(id, self._said(thing))
        return _either(one_of(offered, what), [id for id in dict.fromkeys(old) if id not in offered])

    def _said(self, thing: Thing) -> str:
        """What an editor shows beside an id."""
        notes = []
        if thing.kind == "field":
            field = self._field(thing.id)
            if field is not None:
                notes.append(f"{field.type} {field.picklist}".strip())
        if thing.status != "active":
            successor = thing.deprecated.successors if thing.deprecated else ()
            notes.append(f"{thing.status}, instead: {', '.join(successor)}" if successor else thing.status)
        if thing.scope not in (GLOBAL, ""):
            notes.append(f"of {thing.scope}")
        return f"{thing.label or thing.id} ({'; '.join(notes)})" if notes else thing.label or thing.id

    def _make_former(self, name: str) -> Schema | None:
        """What something was before: whatever there ever was, in any scope."""
        kind, _, within = name.partition(".")
        own = kind == table.OWN_FIELD
        things = self.project.things.get(("field", "") if own else (kind, within), ())
        if self.project.may_lack("field" if own else kind, within):
            return None
        prefix = f"{within}." if own else ""
        ids = {
            thing.id.removeprefix(prefix): self._said(thing)
            for thing in things
            if thing.id.startswith(prefix)
        }
        return one_of(ids, _of("field" if own else kind, within))

    def _make_own_field(self, object_: str) -> Schema | None:
        prefix = f"{object_}."
        things = (thing for thing in self._things("field") if thing.id.startswith(prefix))
        if self.project.may_lack("field", ""):
            return None
        return self._closed(things, f"field of {object_}", prefix=prefix)

    def _make_band(self, object_: str) -> Schema | None:
        """A field of the same object by its id, of another by its full name."""
        if not self.has("field") or not self.has(f"{table.OWN_FIELD}.{object_}"):
            return None
        return {"anyOf": [self._ref(f"{table.OWN_FIELD}.{object_}"), self._ref("field")]}

    def _make_parent(self, list_: str) -> Schema | None:
        """What regional values may map to: values of the list itself, not those that other regions add."""
        found = self.project.resolved.find_picklist(list_)
        if found is None or self.project.may_lack("value", list_):
            return None
        home = found[1].scope
        things = (thing for thing in self._things("value", list_) if (thing.scope or GLOBAL) == home)
        return self._closed(things, f"value of the picklist {list_}")

    def _make_buying_role(self, _: str) -> Schema | None:
        groups = self.project.spec.buying_groups
        gone = [id for id, role in groups.roles.items() if role.status == "retired"] if groups else ()
        return self._values_of(groups.field if groups else "", gone)

    def _make_journey(self, _: str) -> Schema | None:
        lifecycle = self.project.spec.lifecycle
        gone = (
            [id for id, stage in lifecycle.stages.items() if stage.status == "retired"] if lifecycle else ()
        )
        return self._values_of(lifecycle.field if lifecycle else "", gone)

    def _values_of(self, field: str, gone: Iterable[str]) -> Schema | None:
        list_ = self.project.finder.list_of(field, GLOBAL) if field else ""
        if not list_ or not self.has(f"value.{list_}"):
            return None
        return _either(self._ref(f"value.{list_}"), list(gone))

    def _make_object(self, _: str) -> Schema | None:
        return self._listed("object", "", *sorted(BUILT_IN_OBJECTS))

    def _make_approver(self, _: str) -> Schema | None:
        return self._listed("role", "", *sorted(STAND_INS))

    def _make_scope(self, _: str) -> Schema | None:
        return self._listed("region", "", GLOBAL)

    def _make_region_source(self, _: str) -> Schema | None:
        if not self.has("object") or not self.has("field"):
            return None
        return {"anyOf": [{"const": "claims"}, self._ref("object"), self._ref("field")]}

    def _make_route(self, _: str) -> Schema | None:
        """An activity of the RACI; what is not written like an id is free text."""
        if not self.has("raci"):
            return None
        return {
            "anyOf": [
                self._ref("raci"),
                {"type": "string", "not": {"pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}},
            ]
        }

    def _make_asked(self, _: str) -> Schema | None:
        routing = self.project.spec.routing
        if routing is None:
            return None
        rules = {id: "" for role in routing.roles.values() for id in role.rules}
        return one_of({**dict.fromkeys(STEPS, ""), **rules}, "step or rule of a routed role")

    def _make_content_version(self, _: str) -> Schema | None:
        """The items at their current versions are offered, earlier ones accepted."""
        if self.project.may_lack("content", ""):
            return None
        versions: dict[str, str] = {}
        for view in self.project.resolved.views:
            if view.scope in self.sees:
                for item in view.content.values():
                    versions[f"{item.id}@{item.version}"] = item.label
        ids = sorted({name.partition("@")[0] for name in versions})
        offered = one_of(versions, "version of a content item")
        return {"anyOf": [offered, {"type": "string", "pattern": f"^({_alternatives(ids)})@[1-9][0-9]*$"}]}

    def _make_slot(self, play: str) -> Schema | None:
        known = next((view.plays[play] for view in self.project.resolved.views if play in view.plays), None)
        if known is None:
            return None
        return one_of(dict.fromkeys(known.localizable, ""), f"localizable slot of the play {play}")

    # -------------------------------------------------------------- vocabularies

    def _make_change_kind(self, _: str) -> Schema:
        # Kinds that are nobody's misspelling are accepted: `check` says which.
        return {"anyOf": [one_of(dict.fromkeys(sorted(KINDS), ""), "kind of things"), {"type": "string"}]}

    def _make_system_kind(self, _: str) -> Schema:
        kinds = {kind.name: kind.title for kind in sorted(SYSTEM_KINDS, key=lambda kind: kind.name)}
        return {"anyOf": [one_of(kinds, "kind of systems"), {"type": "string"}]}

    def _make_rule(self, _: str) -> Schema:
        return one_of({rule.name: rule.summary for rule in all_rules() if rule.waivable}, "rule")

    def _make_country(self, _: str) -> Schema:
        return one_of(dict(countries()), "country in ISO 3166-1")

    def _make_currency(self, _: str) -> Schema:
        return one_of(dict(currencies()), "currency in ISO 4217")

    def _make_locale(self, _: str) -> Schema:
        """The languages of the regions first, then the usual ones; any other is accepted."""
        spec = self.project.spec
        used = {spec.project.locale: "of the project"}
        for region in spec.regions.values():
            for locale in region.locales:
                used.setdefault(locale, f"of {region.label or region.id}")
        offered = {**used, **{locale: "" for locale in sorted(COMMON) if locale not in used}}
        offered.pop("", None)
        published = {key: value for key, value in self.published["locale"].items() if key != "examples"}
        return {"anyOf": [one_of(offered, "locale"), published]}

    # -------------------------------------------------------------- conditions

    def _field(self, name: str) -> Field | None:
        for view in self.project.resolved.views:
            if view.scope in self.sees and name in view.fields:
                return view.fields[name]
        return None

    def _groups(self) -> dict[tuple[str, tuple[str, ...], str], list[str]]:
        """The fields that are asked alike: the list of their values or what else they hold, and the operators."""
        groups: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
        for thing in self._things("field"):
            field = self._field(thing.id)
            if field is not None:
                list_ = self.project.finder.list_of(field.name, field.scope or GLOBAL)
                if not self.has(f"value.{list_}"):
                    list_ = ""
                asked, _ = ASKED.get(field.type, (TEXTS, ""))
                held = "" if list_ else HELD.get(field.type, "string")
                groups.setdefault((list_, asked, held), []).append(field.name)
        return groups

    def _make_condition(self, _: str) -> Schema:
        """The published condition, told apart into its three forms: an editor then offers the keys of the right one."""
        return self._condition("condition", self._comparison)

    def _make_split(self, _: str) -> Schema:
        """A condition that lists no values: for the rare split of what is no value itself."""
        return self._condition("split", self._any_comparison)

    def _condition(
        self, name: str, comparison: Callable[[Mapping[str, Schema], tuple[str, ...]], Schema]
    ) -> Schema:
        whole = self.published["condition"]
        properties = {key: self._part(key, schema, name) for key, schema in whole["properties"].items()}
        exists = whole["else"]["then"]
        heads = (*whole["else"]["else"]["propertyNames"]["enum"], "field", "exists")
        return {
            "title": whole["title"],
            "description": whole["description"],
            "type": "object",
            # For a server that completes, nothing at all would have every key.
            "if": {"type": "object", **whole["if"]},
            "then": comparison(properties, tuple(whole["then"]["propertyNames"]["enum"])),
            "else": {
                "if": {"type": "object", **whole["else"]["if"]},
                "then": {
                    "properties": {
                        **{key: properties[key] for key in exists["propertyNames"]["enum"]},
                        **exists["properties"],
                    },
                    "additionalProperties": False,
                },
                "else": {
                    "properties": {key: schema for key, schema in properties.items() if key in heads},
                    "minProperties": 1,
                    # Apart: the key that is being written would count.
                    "allOf": [{"maxProperties": 1}],
                    "additionalProperties": False,
                },
            },
        }

    def _part(self, key: str, schema: Schema, condition: str) -> Schema:
        """One key of a condition, with what it may name."""
        said = {name: value for name, value in schema.items() if name not in ("$ref", "examples")}
        kind = table.leads_to("condition", key) or table.leads_to("condition", f"{key}[]")
        inner = schema.get("items", schema).get("$ref", "").removeprefix("#/$defs/")
        if kind:
            held = self._ref(kind)
        elif inner == "condition":
            held = refer(condition)
        else:
            held = self._borrow(inner) if inner else {}
        return {**said, "items": held} if "items" in schema else {**said, **held}

    def _any_comparison(self, properties: Mapping[str, Schema], keys: tuple[str, ...]) -> Schema:
        """One field by one operator, whatever its type."""
        return {
            "properties": {key: properties[key] for key in keys},
            "minProperties": 2,
            "allOf": [{"maxProperties": 2}],
            "additionalProperties": False,
        }

    def _comparison(self, properties: Mapping[str, Schema], keys: tuple[str, ...]) -> Schema:
        """One field by one operator: those that its type knows, with the values of its list."""
        plain = {key: properties[key] for key in keys if key != "field"}
        groups = self._groups()
        cases: list[Schema] = [{"maxProperties": 2}]
        for (list_, asked, held), names in sorted(groups.items()):
            value = self._ref(f"value.{list_}") if list_ else {"type": held}
            allowed = {
                key: schema if key in ("known", "within") else _holding(schema, value)
                for key, schema in plain.items()
                if key in asked
            }
            then = {"properties": {"field": True, **allowed}, "additionalProperties": False}
            cases.append({"if": _where_field(names), "then": then})
        known = [name for names in groups.values() for name in names]
        other = {"properties": {"field": True, **plain}, "additionalProperties": False}
        cases.append({"if": _where_field(known), "else": other})
        return {"properties": {"field": properties["field"]}, "minProperties": 2, "allOf": cases}

    def _make_record(self, _: str) -> Schema | None:
        """A made-up record: fields by name, with the values of their lists."""
        if not self.has("field"):
            return None
        whole = self.published["example"]["properties"]["record"]
        free = whole["additionalProperties"]
        properties: Schema = {}
        for (list_, _asked, _held), names in sorted(self._groups().items()):
            held = free
            if list_:
                value = self._ref(f"value.{list_}")
                held = {"anyOf": [value, {"type": "array", "items": value}, {"type": "null"}]}
            for name in names:
                field = self._field(name)
                properties[name] = {**held, "description": field.label if field else name}
        return {
            "description": whole["description"],
            "type": "object",
            "properties": {name: properties[name] for name in sorted(properties)},
            "additionalProperties": False,
        }

    def _make_scores(self, _: str) -> Schema:
        """For a factor of the tiers: the keys of `scores` are values of the list that its fields hold."""
        cases = []
        for (list_, _asked, _held), names in sorted(self._groups().items()):
            if list_:
                keys = {"type": "object", "propertyNames": self._ref(f"value.{list_}")}
                chosen = {"type": "string", "pattern": f"^({_alternatives(names)})$"}
                for condition in (
                    {"properties": {"field": chosen}, "required": ["field"]},
                    {"properties": {"fields": {"items": chosen}}, "required": ["fields"]},
                ):
                    cases.append({"if": condition, "then": {"properties": {"scores": keys}}})
        return {"allOf": cases} if cases else {}


def refer(name: str) -> Schema:
    """A reference to a definition of what there is."""
    return {"$ref": f"#/$defs/{PREFIX}{name}"}


def encoded(schema: Any) -> str:
    """A schema as JSON, in the order in which it was made."""
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


def one_of(ids: Mapping[str, str], what: str) -> Schema:
    """A closed list as the YAML language server reads it: the ids, what is said beside each, what is said of others."""
    listed: Schema = {"title": what, "type": "string", "enum": list(ids)}
    if any(ids.values()):
        listed["enumDescriptions"] = list(ids.values())
    listed["errorMessage"] = (
        f"There is no {what} of this name. {AGAIN}" if ids else f"There is no {what} yet. {AGAIN}"
    )
    return listed


def _either(listed: Schema, others: list[str]) -> Schema:
    if not others:
        return listed
    return {
        "anyOf": [listed, {"title": "retired", "type": "string", "pattern": f"^({_alternatives(others)})$"}]
    }


def _of(kind: str, within: str) -> str:
    if not within:
        return noun(kind)
    return (
        f"value of the picklist {within}"
        if kind == "value"
        else f"{noun(kind).partition(' of the ')[0]} of {within}"
    )


def _alternatives(ids: Iterable[str]) -> str:
    return "|".join(re.escape(id).replace("\\-", "-") for id in ids)


def _where_field(names: Iterable[str]) -> Schema:
    """Holds where `field` is one of the names. No `enum`: a server that completes goes by a name's beginning."""
    chosen = {"type": "string", "pattern": f"^({_alternatives(sorted(names))})$"}
    return {"type": "object", "properties": {"field": chosen}, "required": ["field"]}


def _holding(schema: Schema, value: Schema) -> Schema:
    said = {key: item for key, item in schema.items() if key != "$ref"}
    return {**said, "items": value} if "items" in schema else {**said, **value}
