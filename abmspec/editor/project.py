"""The published schemas, specialised to a project: one for each kind of file in each scope."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from abmspec.editor import table
from abmspec.editor.bindings import Bindings, pattern
from abmspec.editor.definitions import ALL, Definitions, Project, Schema, encoded, refer
from abmspec.load import Place, places
from abmspec.model.entity import GLOBAL
from abmspec.references import ReferenceIndex
from abmspec.resolve import Resolved
from abmspec.schema import schemas

# Kinds of files whose conditions list the values of every field. Elsewhere only the rare split of a successor has one.
CONDITIONED = frozenset(
    {
        "fields", "icp", "kpis", "lifecycle", "picklist", "picklist-overlay", "routing", "routing-overlay", "segment",
        "segment-regional",
    }
)  # fmt: skip
# The path of what stands in place of a name: it is none itself.
OTHER_FORM = "?"
# Kinds of files whose references depend on which one it is.
BY_ID = ("picklist", "picklist-overlay", "fields", "fields-overlay", "play-overlay")
# From how many lists on that regions may add to, only those that a region does add to get a schema there.
MANY_LISTS = 40


class EditorSchemas(NamedTuple):
    """The schemas of a project by their paths below the folder that they are written to, and what each is for."""

    files: dict[str, bytes]
    bindings: Bindings


def editor_schemas(resolved: Resolved) -> EditorSchemas:
    """The schemas for every place of the project's layout, for files that do not exist yet too."""
    project = Project(ReferenceIndex(resolved))
    published = {name.removesuffix(".schema.json"): json.loads(content) for name, content in schemas()}
    shared: dict[str, Schema] = {}
    for schema in published.values():
        shared |= schema.pop("$defs", {})
    scopes: dict[str, Definitions] = {}
    files: dict[str, bytes] = {}
    bindings: dict[str, list[str]] = {}
    for place in places({id: region.folder for id, region in resolved.spec.regions.items()}):
        scope = ALL if place.kind in table.SEE_ALL else place.region or GLOBAL
        definitions = scopes.setdefault(scope, Definitions(project, scope, shared))
        ids = _ids(project, place)
        for id in (*ids, ""):
            if id and place.name:
                continue
            name = f"{scope}/{place.kind}{f'.{id}' if id else ''}.json"
            if name not in files:
                files[name] = _Specialised(definitions, published, place, id).file()
            bindings.setdefault(name, []).append(
                pattern(place, ids=(id,) if id else (), beside=() if id else ids)
            )
    return EditorSchemas(
        dict(sorted(files.items())), {name: tuple(patterns) for name, patterns in sorted(bindings.items())}
    )


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _ids(project: Project, place: Place) -> tuple[str, ...]:
    """The files of a place that have a schema of their own: those there are, and overlays of lists that may grow."""
    if place.kind not in BY_ID:
        return ()
    spec = project.spec
    there = {
        document.id
        for path, document in spec.documents.items()
        if document.kind == place.kind and path.rpartition("/")[0] == place.folder
    }
    if place.kind == "picklist-overlay":
        parent = spec.regions[place.region].parent
        above = project.resolved.view(parent or GLOBAL).picklists
        growing = {id for id, picklist in above.items() if picklist.extensible and picklist.in_use}
        there |= growing if len(growing) <= MANY_LISTS else set()
    if place.kind in ("fields", "fields-overlay"):
        there |= {thing.id for thing in project.index.things.values() if thing.kind == "object"}
    return tuple(sorted(there))


class _Specialised:
    """One schema in the making."""

    def __init__(
        self, definitions: Definitions, published: Mapping[str, Schema], place: Place, id: str
    ) -> None:
        self.definitions = definitions
        self.shared = definitions.published
        self.published = published
        self.place = place
        self.id = id
        self.locals: dict[str, Schema] = {}

    def file(self) -> bytes:
        """The whole schema, with the definitions that it uses."""
        kind, scope = self.place.kind, self.definitions.scope
        schema = {key: value for key, value in self.published[kind].items() if key not in ("$schema", "$id")}
        whole = self.schema(schema, kind, "", table.LIVES_AS.get(kind, kind))
        where = "" if scope in (GLOBAL, ALL) else f" of {scope}"
        title = f"{whole['title']}{where}{f': {self.id}' if self.id else ''}"
        body = encoded({"$schema": DIALECT, **whole, "title": title})
        own = {name: encoded(self.locals[name]) for name in sorted(self.locals)}
        every = {**own, **self.definitions.used_by("".join((body, *own.values())))}
        listed = ",".join(f"{encoded(name)}:{text}" for name, text in every.items())
        return f'{body[:-1]},"$defs":{{{listed}}}}}\n'.encode()

    # -------------------------------------------------------------- what a place leads to

    def target(self, holder: str, path: str, lives: str) -> str:
        """The name of the definition that a place leads to; empty where it leads nowhere, or to nothing known."""
        kind = table.leads_to(holder, path)
        if not kind:
            return ""
        name = self._named(lives if kind in (table.SELF, table.FORMER) else kind)
        if kind == table.FORMER and name:
            name = f"former.{name}"
        return name if name and self.definitions.has(name) else ""

    def _named(self, kind: str) -> str:
        """What a kind means in this file; empty where it depends on an id that the file has not got yet."""
        match kind:
            case table.VALUE:
                return f"value.{self.id}" if self.id else ""
            case table.PARENT:
                return f"parent.{self._parents()}" if self._parents() else ""
            case table.OWN_FIELD | table.BAND | table.STEP | table.SLOT:
                return f"{kind}.{self.id}" if self.id else ""
        return kind

    def _parents(self) -> str:
        """The list that `maps_to` speaks of."""
        if self.place.kind == "picklist-overlay" or not self.id:
            return self.id
        found = self.definitions.project.resolved.find_picklist(self.id)
        return found[1].rolls_up_to if found else ""

    # -------------------------------------------------------------- the walk

    def schema(self, node: Any, holder: str, path: str, lives: str) -> Any:
        """A schema with every reference closed. Examples stay where they are words of one's own to write over."""
        if isinstance(node, list):
            return [self.schema(item, holder, path, lives) for item in node]
        if not isinstance(node, dict):
            return node
        target = self.target(holder, path, lives)
        if target and not (isinstance(node.get("type"), list) and "string" in node["type"]):
            said = {key: node[key] for key in ("title", "description") if key in node}
            return {**said, **self._or_own(holder, path, refer(target))}
        if "$ref" in node:
            return self.reference(node, holder, lives)
        forms = OTHER_FORM if target else path
        found = {key: self._keyword(key, value, holder, path, lives, forms) for key, value in node.items()}
        _drop_examples(found)
        if target:
            return self._either(found, refer(target))
        return found

    def _keyword(self, key: str, value: Any, holder: str, path: str, lives: str, forms: str) -> Any:
        """One keyword's value. `forms` is the path within `if`, `then` and the like."""
        match key:
            case "properties":
                dot = f"{path}." if path else ""
                return {
                    name: self.schema(item, holder, f"{dot}{name}", lives) for name, item in value.items()
                }
            case "items":
                return self.schema(value, holder, f"{path}[]", lives)
            case "additionalProperties":
                return self.schema(value, holder, f"{path}.*" if path else "*", lives)
            case "propertyNames":
                return self.schema(value, holder, f"{path}{{}}", lives)
            case "if" | "then" | "else" | "allOf" | "anyOf" | "oneOf":
                return self.schema(value, holder, forms, lives)
        return value

    def reference(self, node: Schema, holder: str, lives: str) -> Schema:
        """A reference to a published definition: to its specialised form."""
        name = node["$ref"].removeprefix("#/$defs/")
        rest = {key: value for key, value in node.items() if key != "$ref"}
        listed = name if name in table.CODES else ""
        if name == "condition":
            many = self.place.kind in BY_ID and not self.definitions.project.is_small
            listed = "condition" if self.place.kind in CONDITIONED and not many else "split"
        if listed and self.definitions.has(listed):
            rest.pop("examples", None)
            return {**rest, **refer(listed)}
        if name == "deprecation":
            lives = table.LIVES_AS.get(holder, holder)
        local = f"{name}.{lives}" if name in ("deprecation", "successor") else name
        if local not in self.locals:
            self.locals[local] = {}  # It may contain itself.
            made = self.schema(self.shared[name], name, "", lives if local != name else name)
            if name == "factor" and self.definitions.has("scores"):
                made["allOf"] = [*made.get("allOf", ()), refer("scores")]
            self.locals[local] = made
        found = {**rest, "$ref": f"#/$defs/{local}"}
        _drop_examples(found)
        return found

    def _or_own(self, holder: str, path: str, listed: Schema) -> Schema:
        """Keys of an overlay: what stands above, or something of the region's own."""
        if (holder, path) in (("picklist-overlay", "values{}"), ("fields-overlay", "fields{}")):
            return {"anyOf": [listed, {"type": "string", "pattern": f"^{self.place.region}-"}]}
        return listed

    def _either(self, found: Schema, listed: Schema) -> Schema:
        """A name, or the other form that a place allows: a list, or a mapping."""
        said: Schema = {key: found.pop(key) for key in ("title", "description") if key in found}
        mapping = found.get("then") if found["type"] == ["string", "object"] else None
        if mapping is not None:
            return {**said, "anyOf": [listed, mapping]}
        other = {key: value for key, value in found.items() if key not in ("if", "then", "else", "pattern")}
        other["type"] = "array"
        return {**said, "anyOf": [listed, other]}


def _drop_examples(schema: Schema) -> None:
    """Takes examples away that name things of another project; words and numbers stay."""
    examples: Iterable[Any] = schema.get("examples", ())
    if any(isinstance(example, list | dict) for example in examples):
        del schema["examples"]
