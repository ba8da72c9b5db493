"""The whole spec as typed things: documents in, `Spec` out. Nothing is merged here and nothing is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from abmspec import condition
from abmspec.load import PROJECT_PATH
from abmspec.model.account import AccountOverride, AccountPlan
from abmspec.model.entity import GLOBAL, Entity
from abmspec.model.governance import (
    Activity,
    ChangePolicy,
    Council,
    Emergency,
    RecordedDecision,
    Role,
    Waiver,
)  # fmt: skip
from abmspec.model.playbook import Content, ContentOverlay, Cta, Experiment, Learning, Play, PlayOverlay
from abmspec.model.region import (
    FieldOverlay,
    FieldsOverlay,
    PicklistOverlay,
    Region,
    RoutingOverlay,
    SegmentOverlay,
    TiersOverlay,
)  # fmt: skip
from abmspec.model.taxonomy import (
    BuyingGroups,
    Charter,
    Field,
    Icp,
    Jurisdictions,
    Kpi,
    Lifecycle,
    Picklist,
    PrivacyRule,
    Project,
    Routing,
    Segment,
    Systems,
    Tiers,
)  # fmt: skip
from abmspec.source import Anchor, Document

T = TypeVar("T")
E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, slots=True)
class Own:
    """The things of one scope, by id (a field by `account.industry`): the global ones, or a region's own."""

    picklists: dict[str, Picklist] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    segments: dict[str, Segment] = field(default_factory=dict)
    privacy: dict[str, PrivacyRule] = field(default_factory=dict)
    plays: dict[str, Play] = field(default_factory=dict)
    content: dict[str, Content] = field(default_factory=dict)
    ctas: dict[str, Cta] = field(default_factory=dict)
    experiments: dict[str, Experiment] = field(default_factory=dict)
    learnings: dict[str, Learning] = field(default_factory=dict)

    def entities(self) -> Iterator[Entity]:
        """Every thing of the scope."""
        for things in (
            self.picklists, self.fields, self.segments, self.privacy, self.plays, self.content, self.ctas,
            self.experiments, self.learnings,
        ):  # fmt: skip
            yield from things.values()


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one region says about things that stand above it, and its own things."""

    region: str
    own: Own = field(default_factory=Own)
    picklists: dict[str, PicklistOverlay] = field(default_factory=dict)
    fields: dict[str, FieldsOverlay] = field(default_factory=dict)
    segments: dict[str, SegmentOverlay] = field(default_factory=dict)
    plays: dict[str, PlayOverlay] = field(default_factory=dict)
    content: dict[str, ContentOverlay] = field(default_factory=dict)
    tiers: TiersOverlay | None = None
    routing: RoutingOverlay | None = None


@dataclass(frozen=True, slots=True)
class Governance:
    """Who decides: roles, council, RACI, policy, and the records of exceptions."""

    roles: dict[str, Role] = field(default_factory=dict)
    council: Council | None = None
    activities: dict[str, Activity] = field(default_factory=dict)
    policy: ChangePolicy | None = None
    waivers: dict[str, Waiver] = field(default_factory=dict)
    decisions: dict[str, RecordedDecision] = field(default_factory=dict)
    emergencies: dict[str, Emergency] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spec:
    """Everything that was written and could be read.

    `overlays` has an entry for every region. `broken` names the files that exist but could not be used: what would
    depend on them is skipped, not guessed (`lacks`).
    """

    project: Project
    own: Own
    regions: dict[str, Region]
    overlays: dict[str, Overlay]
    governance: Governance
    kpis: dict[str, Kpi]
    charter: Charter | None = None
    icp: Icp | None = None
    tiers: Tiers | None = None
    lifecycle: Lifecycle | None = None
    buying_groups: BuyingGroups | None = None
    routing: Routing | None = None
    jurisdictions: Jurisdictions | None = None
    systems: Systems | None = None
    account_overrides: dict[str, AccountOverride] = field(default_factory=dict)
    account_plans: dict[str, AccountPlan] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    @property
    def owns(self) -> tuple[Own, ...]:
        """The global things, then each region's own."""
        return (self.own, *(overlay.own for overlay in self.overlays.values()))

    def ancestors(self, region: str) -> tuple[str, ...]:
        """The region and those above it, nearest first; without `global`. Empty for one that does not exist."""
        chain = []
        while region in self.regions:
            chain.append(region)
            region = self.regions[region].parent
        return tuple(chain)

    def descendants(self, region: str) -> tuple[str, ...]:
        """The region and all those nested in it."""
        return tuple(id for id in self.regions if region in self.ancestors(id))

    def entities(self) -> Iterator[Entity]:
        """Every thing with an address that somebody owns: global ones, then each region's own."""
        yield from self.own.entities()
        yield from self.kpis.values()
        for single in (
            self.charter, self.icp, self.tiers, self.lifecycle, self.buying_groups, self.routing,
            self.jurisdictions, self.systems,
        ):  # fmt: skip
            if single is not None:
                yield single
        yield from self.regions.values()
        for overlay in self.overlays.values():
            yield from overlay.own.entities()

    def says(self, at: Anchor) -> bool:
        """Whether the file of an attribute says it there: what is inherited from a region above is not."""
        document = self.documents.get(at.path)
        return document is not None and document.holds(at.route)

    def is_broken(self, *endings: str) -> bool:
        """Whether a file whose path ends so exists but could not be used."""
        return any(path.endswith(endings) for path in self.broken)


# What a broken file might have defined: the endings of the paths where a thing of the kind can stand.
DEFINED_IN = {
    "picklist": ("picklists/{id}.yaml",),
    "segment": ("segments/{id}.yaml",),
    "play": ("plays/{id}.yaml", "playbooks/{id}.yaml"),
    "content": ("content/{id}.yaml",),
    "experiment": ("experiments/{id}.yaml",),
    "learning": ("learnings/{id}.yaml",),
    "field": ("fields/{object}.yaml",),
    "role": ("governance/roles.yaml",),
    "seat": ("governance/council.yaml",),
    "raci": ("governance/raci.yaml",),
    "kpi": ("taxonomy/kpis.yaml",),
    "tier": ("taxonomy/tiers.yaml",),
    "system": ("taxonomy/systems.yaml",),
    "jurisdiction": ("taxonomy/jurisdictions.yaml",),
    "cta": ("playbooks/ctas.yaml",),
    "objective": ("taxonomy/charter.yaml",),
    "decision": ("taxonomy/charter.yaml",),
    "region": ("region.yaml",),
}


def may_be_broken(spec: Spec, kind: str, id: str) -> bool:
    """Whether a thing that is nowhere to be found might stand in a file that could not be used.

    A rule that finds a reference unresolved asks this before it says so. A value is asked for by its picklist's id.
    """
    object_ = id.partition(".")[0]
    endings = tuple(ending.format(id=id, object=object_) for ending in DEFINED_IN[kind])
    return spec.is_broken(*endings)


def build(documents: Mapping[str, Document], broken: Iterable[str] = ()) -> Spec | None:
    """The typed spec of documents that passed their schemas. None where there is no usable `abmspec.yaml`.

    A region whose `region.yaml` (or an ancestor's) is missing or broken is left out, with all that is in its folder. So
    are regions of the same id, for nobody knows which of them is meant; their files count as broken.
    """
    if PROJECT_PATH not in documents:
        return None
    project = msgspec.convert(documents[PROJECT_PATH].data, Project)
    return _Builder(project, documents, frozenset(broken)).spec()


class _Builder:
    """Reads documents one kind at a time. Lives for one `build`."""

    def __init__(self, project: Project, documents: Mapping[str, Document], broken: frozenset[str]) -> None:
        self.project = project
        self.documents = dict(documents)
        self.by_kind: dict[str, list[Document]] = {}
        for document in documents.values():
            self.by_kind.setdefault(document.kind, []).append(document)
        regions = self.by_kind.get("region", ())
        count = Counter(document.id for document in regions)
        self.broken = broken.union(document.path for document in regions if count[document.id] > 1)
        self.regions: dict[str, Region] = {}
        self._read_regions()

    def spec(self) -> Spec:
        overlays = {region: self._overlay(region) for region in self.regions}
        return Spec(
            project=self.project,
            own=self._own(""),
            regions=self.regions,
            overlays=overlays,
            governance=Governance(
                roles=self._mapping("roles", "roles", Role),
                council=self._single("council", Council),
                activities=self._mapping("raci", "activities", Activity),
                policy=self._single("change-policy", ChangePolicy),
                waivers=self._files("waiver", Waiver),
                decisions=self._files("decision", RecordedDecision),
                emergencies=self._files("emergency", Emergency),
            ),
            kpis=self._mapping("kpis", "kpis", Kpi),
            charter=self._single("charter", Charter),
            icp=self._single("icp", Icp),
            tiers=self._single("tiers", Tiers),
            lifecycle=self._single("lifecycle", Lifecycle),
            buying_groups=self._single("buying-groups", BuyingGroups),
            routing=self._single("routing", Routing),
            jurisdictions=self._single("jurisdictions", Jurisdictions),
            systems=self._single("systems", Systems),
            account_overrides=self._files("account-override", AccountOverride),
            account_plans=self._files("account-plan", AccountPlan),
            documents=self.documents,
            broken=self.broken,
        )

    # -------------------------------------------------------------- shapes of files

    def _of(self, kind: str, region: str = "") -> Iterator[Document]:
        return (document for document in self.by_kind.get(kind, ()) if document.region == region)

    def _entity(self, cls: type[E], document: Document, id: str, data: dict[str, Any], **more: Any) -> E:
        owner = data.get("owner") or self._default_owner(document)
        scope = document.region or GLOBAL
        return convert({**data, "id": id, "path": document.path, "scope": scope, "owner": owner, **more}, cls)

    def _files(self, kind: str, cls: type[E], region: str = "") -> dict[str, E]:
        """One thing a file; the file's name is its id."""
        return {
            document.id: self._entity(cls, document, document.id, document.data)
            for document in self._of(kind, region)
        }

    def _single(self, kind: str, cls: type[E], region: str = "") -> E | None:
        for document in self._of(kind, region):
            return self._entity(cls, document, kind.removesuffix("-overlay"), document.data)
        return None

    def _mapping(self, kind: str, under: str, cls: type[E], region: str = "") -> dict[str, E]:
        """Several things a file, keyed by id under one key, with the file's defaults filled in."""
        return {
            id: self._entity(cls, document, id, data, route=(under, id), defaulted=defaulted)
            for document in self._of(kind, region)
            for id, data, defaulted in _with_defaults(document, under)
        }

    def _default_owner(self, document: Document) -> str:
        """The region's owner in its folder; elsewhere `owners` of the project, the longest folder first."""
        if document.region:
            region = self.regions.get(document.region)
            return region.owner if region else ""
        return self.project.owner_of(document.path)

    # -------------------------------------------------------------- regions

    def _read_regions(self) -> None:
        """Regions by id, parents first. All but label, countries, claims and stage is inherited where not stated."""
        regions = self.regions
        by_folder: dict[str, str] = {}
        for document in sorted(self.by_kind.get("region", ()), key=lambda d: (d.path.count("/"), d.path)):
            folder = document.path.rpartition("/")[0]
            parent_folder = folder.rpartition("/")[0]
            if document.path in self.broken or (
                parent_folder != "regions" and parent_folder not in by_folder
            ):
                continue
            parent = regions.get(by_folder.get(parent_folder, ""))
            data = dict(document.data)
            if parent is not None:
                data = {**_inheritable(parent), **data}
                if "gtm" in document.data:
                    data["gtm"] = {**msgspec.to_builtins(parent.gtm), **data["gtm"]}
            region = self._entity(
                Region,
                document,
                document.id,
                data,
                scope=GLOBAL,
                folder=folder,
                parent=parent.id if parent else "",
            )
            regions[document.id] = region
            by_folder[folder] = document.id

    def _own(self, region: str) -> Own:
        return Own(
            picklists=self._files("picklist", Picklist, region),
            fields=self._fields(region),
            segments=self._files("segment-regional" if region else "segment", Segment, region),
            privacy=self._mapping("privacy", "rules", PrivacyRule, region),
            plays=self._files("play", Play, region),
            content=self._files("content", Content, region),
            ctas=self._mapping("ctas", "ctas", Cta, region),
            experiments=self._files("experiment", Experiment, region),
            learnings=self._files("learning", Learning, region),
        )

    def _overlay(self, region: str) -> Overlay:
        return Overlay(
            region=region,
            own=self._own(region),
            picklists={
                document.id: self._picklist_overlay(document)
                for document in self._of("picklist-overlay", region)
            },
            fields={
                document.id: self._fields_overlay(document) for document in self._of("fields-overlay", region)
            },
            segments=self._files("segment-overlay", SegmentOverlay, region),
            plays=self._files("play-overlay", PlayOverlay, region),
            content=self._files("content-overlay", ContentOverlay, region),
            tiers=self._single("tiers-overlay", TiersOverlay, region),
            routing=self._single("routing-overlay", RoutingOverlay, region),
        )

    # -------------------------------------------------------------- fields and picklist overlays

    def _fields(self, region: str) -> dict[str, Field]:
        """Global fields, or a region's own (those that carry its prefix), by `object.id`."""
        found = {}
        for document in self._of("fields-overlay" if region else "fields", region):
            for id, data, defaulted in _with_defaults(document, "fields"):
                if not region or carries_prefix(id, region):
                    made = self._entity(
                        Field,
                        document,
                        id,
                        data,
                        object=document.id,
                        route=("fields", id),
                        defaulted=defaulted,
                    )
                    found[made.name] = made
        return found

    def _fields_overlay(self, document: Document) -> FieldsOverlay:
        tightened = {
            id: self._entity(FieldOverlay, document, id, data, object=document.id, route=("fields", id))
            for id, data, _ in _with_defaults(document, "fields")
            if not carries_prefix(id, document.region)
        }
        return FieldsOverlay(
            id=document.id,
            path=document.path,
            scope=document.region,
            object=document.id,
            tightened=tightened,
            hide=tuple(document.data.get("hide", ())),
        )

    def _picklist_overlay(self, document: Document) -> PicklistOverlay:
        overlay = self._entity(PicklistOverlay, document, document.id, document.data)
        signed = {
            id: msgspec.structs.replace(value, scope=document.region, path=document.path)
            for id, value in overlay.values.items()
        }
        return msgspec.structs.replace(overlay, values=signed)


def convert(data: Any, cls: type[T]) -> T:
    """Plain data as a typed struct. The schemas have already said what is wrong with data that does not fit."""
    return msgspec.convert(data, cls, dec_hook=_condition_from_data)


def _condition_from_data(cls: type[Any], data: Any) -> Any:
    if cls is condition.Node:
        return condition.parse(data)
    raise NotImplementedError(f"no way to read a {cls}")


def carries_prefix(id: str, region: str) -> bool:
    """Whether the id says that the region owns it: the region's id and a hyphen in front."""
    return id.startswith(f"{region}-")


def _with_defaults(document: Document, under: str) -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Each entry of a mapping with the file's defaults filled in, and which attributes they filled.

    `systems` is merged by instance, everything else is taken whole.
    """
    defaults = document.data.get("defaults") or {}
    for id, data in (document.data.get(under) or {}).items():
        filled = tuple(sorted(name for name in defaults if name not in data))
        merged = {**defaults, **data}
        if "systems" in defaults and "systems" in data:
            merged["systems"] = {**defaults["systems"], **data["systems"]}
        yield id, merged, filled


INHERITED = ("owner", "council_seat", "locales", "gtm", "calendar", "systems")


def _inheritable(parent: Region) -> dict[str, Any]:
    """What a region takes over from its parent where it says nothing: what the parent inherited included."""
    whole = msgspec.to_builtins(parent)
    return {name: whole[name] for name in INHERITED if name in whole}
