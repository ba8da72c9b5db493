"""The global backbone: data dictionary, picklists, segments, ICP, tiers, lifecycle, routing, KPIs, privacy, systems."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from abmspec.condition import Condition
from abmspec.model.entity import Entity, Living, Part

# ------------------------------------------------------------------ project


class Calendar(Part, frozen=True, kw_only=True):
    """Business time: an IANA zone, opening hours `09:00-17:00`, and holiday calendars by ISO 3166-1 country."""

    time_zone: str = "Etc/UTC"
    hours: str = "09:00-17:00"
    holidays: tuple[str, ...] = ()


class Caps(Part, frozen=True, kw_only=True):
    """How much of its own one region may add to the backbone."""

    fields_per_region: int = 12
    values_per_region: int = 60


class Project(Part, frozen=True, kw_only=True):
    """`abmspec.yaml`. `owners` maps a folder of the spec (`taxonomy/picklists`) to the role that owns it by default."""

    format: int
    requires: str = ""
    name: str
    label: str = ""
    description: str = ""
    version: str
    locale: str = "en"
    currency: str = "USD"
    fiscal_year_starts: str = "01-01"
    owners: dict[str, str] = {}
    calendar: Calendar = Calendar()
    caps: Caps = Caps()
    exclude: tuple[str, ...] = ()

    def owning_folder(self, path: str) -> str:
        """The longest entry of `owners` that a file or folder lies in; empty where none does."""
        folder = path.removesuffix("/").removesuffix(".yaml")
        while folder and not self.owners.get(folder):
            folder = folder.rpartition("/")[0]
        return folder

    def owner_of(self, path: str) -> str:
        """The role that owns a file or folder by default; empty where nobody does."""
        return self.owners.get(self.owning_folder(path), "")


# ------------------------------------------------------------------ systems


class System(Living, frozen=True, kw_only=True):
    """One instance of a CRM, MAP, CDP, analytics tool, warehouse or ad platform."""

    kind: str
    role: Literal["crm", "map", "cdp", "analytics", "warehouse", "ads"]
    owner: str = ""
    api_version: str = ""
    prefix: str = ""
    regions: tuple[str, ...] = ()
    keys_from: str = ""


class Systems(Entity, frozen=True, kw_only=True):
    """`taxonomy/systems.yaml`, the technology registry."""

    noun: ClassVar[str] = "systems"

    systems: dict[str, System]


# ------------------------------------------------------------------ picklists


class StoredKey(Part, frozen=True, kw_only=True):
    """What a system stores for a value, with the attributes that some standard value sets want."""

    key: str = ""
    offered: bool = True
    code: int | None = None
    closed: bool | None = None
    won: bool | None = None
    converted: bool | None = None
    probability: int | None = None
    forecast_category: str = ""
    color: str = ""


class Value(Living, frozen=True, kw_only=True):
    """One value of a picklist.

    `from`/`to` (inclusive) make it a band. A regional value has `maps_to`, the one global value it rolls up to;
    `allowed_for` widens which values of the controlling field offer it. `scope` and `path` name who set it.
    """

    aliases: tuple[str, ...] = ()
    systems: dict[str, str | StoredKey] = {}
    from_: float | None = msgspec.field(default=None, name="from")
    to: float | None = None
    maps_to: str = ""
    allowed_for: tuple[str, ...] = ()
    after: str = ""
    scope: str = ""
    path: str = ""


class PicklistBinding(Part, frozen=True, kw_only=True):
    """How a picklist is kept in one system: a standard value set, or a set of a given name."""

    standard_value_set: str = ""
    name: str = ""


class Picklist(Entity, frozen=True, kw_only=True):
    """A closed list of values. `rolls_up_to` makes it a region's own list whose values map to a global list's."""

    noun: ClassVar[str] = "picklist"

    extensible: bool = False
    sorted: bool = False
    bands_of: str = ""
    when_unknown: str = ""
    rolls_up_to: str = ""
    systems: dict[str, PicklistBinding] = {}
    values: dict[str, Value]


# ------------------------------------------------------------------ fields

FieldType = Literal[
    "text", "long-text", "number", "currency", "percent", "date", "datetime", "boolean",
    "picklist", "multipicklist", "email", "url", "phone", "reference",
]  # fmt: skip
LIST_TYPES: tuple[FieldType, ...] = ("picklist", "multipicklist")
NUMBER_TYPES: tuple[FieldType, ...] = ("number", "currency", "percent")
DATE_TYPES: tuple[FieldType, ...] = ("date", "datetime")
Writer = Literal["form", "enrichment", "upload", "integration", "user", "derived"]
Consumer = Literal["marketing", "sales", "customer-success", "product", "operations"]
Use = Literal["segment", "score", "route", "personalise", "audience-sync", "email", "report"]


class Binding(Part, frozen=True, kw_only=True):
    """One place of a field in one system. Without a name it is made from the field's id and the instance's prefix."""

    object: str = ""
    name: str = ""
    offered: bool = True
    group: str = ""


class FieldPrivacy(Part, frozen=True, kw_only=True):
    """How a field's data is classed, why it may be held, where, for how long, and for what it may be used."""

    class_: str = msgspec.field(name="class")
    lawful_basis: str = ""
    storage: str = ""
    retention: str = ""
    use: tuple[Use, ...] = ()


class Derived(Part, frozen=True, kw_only=True):
    """A field that is computed: the band of a number, or a count over related records."""

    band_of: str = ""
    count_distinct: str = ""
    count: str = ""
    sum: str = ""
    latest: str = ""


class Field(Entity, frozen=True, kw_only=True):
    """One field of the data dictionary. Its address is `field.<object>.<id>`."""

    noun: ClassVar[str] = "field"

    object: str
    type: FieldType
    picklist: str = ""
    to: str = ""
    length: int | None = None
    scale: int | None = None
    backbone: bool = False
    required: bool = False
    restricted: bool = False
    unique: bool = False
    detail_of: str = ""
    depends_on: str = ""
    derived: Derived | None = None
    system_of_record: str = ""
    written_by: tuple[Writer, ...] = ()
    consumers: tuple[Consumer, ...] = ()
    quality_owner: str = ""
    change_route: str = ""
    privacy: FieldPrivacy | None = None
    systems: dict[str, Binding | tuple[Binding, ...]] = {}

    @property
    def name(self) -> str:
        """`account.industry`: how conditions and other fields refer to it."""
        return f"{self.object}.{self.id}"

    def bindings(self, system: str) -> tuple[Binding, ...]:
        """Where the field stands in a system: empty if it is not bound there or declared not offered."""
        bound = self.systems.get(system, ())
        several = bound if isinstance(bound, tuple) else (bound,)
        return tuple(binding for binding in several if binding.offered)


def qualified(field: str, object: str) -> str:
    """A field's full name: `industry` within `account` is `account.industry`."""
    return field if "." in field else f"{object}.{field}"


# ------------------------------------------------------------------ segments and ICP


class Segment(Entity, frozen=True, kw_only=True):
    """A named condition. `within` nests a region's own segment under a global one."""

    noun: ClassVar[str] = "segment"

    decision: str = ""
    priority: bool = False
    consumers: tuple[Consumer, ...] = ()
    when: Condition | None = None
    within: str = ""
    use_instead: dict[str, str] = {}
    reason: str = ""
    kpis: tuple[str, ...] = ()


class Example(Part, frozen=True, kw_only=True):
    """A made-up record that documents a rule, by field name: `{account.industry: technology}`."""

    label: str = ""
    record: dict[str, str | int | float | bool | tuple[str, ...] | None] = {}


class Icp(Entity, frozen=True, kw_only=True):
    """The ideal customer profile: who may be tiered at all."""

    noun: ClassVar[str] = "icp"

    when: Condition
    consumers: tuple[Consumer, ...] = ()
    examples: dict[str, Example] = {}


# ------------------------------------------------------------------ tiers


class ScoreBand(Part, frozen=True, kw_only=True):
    """What a number below `below` scores; the last band has no bound."""

    below: float | None = None
    score: float


class Factor(Part, frozen=True, kw_only=True):
    """One factor of the tier score: 0–100, from a number's bands or from a picklist's values."""

    label: str = ""
    description: str = ""
    weight: float
    guardrail: tuple[float, float] | None = None
    field: str = ""
    fields: tuple[str, ...] = ()
    combine: Literal["max", "min", "mean", "sum"] = "max"
    bands: dict[str, ScoreBand] = {}
    scores: dict[str, float] = {}
    missing: float = 0

    @property
    def inputs(self) -> tuple[str, ...]:
        """The fields it reads."""
        return self.fields or ((self.field,) if self.field else ())


class Engagement(Part, frozen=True, kw_only=True):
    """How accounts of a tier are worked. `contact` is the longest time between contacts."""

    motion: Literal["one-to-one", "one-to-few", "one-to-many"]
    team: Literal["dedicated", "shared", "pooled"]
    executive: Literal["required", "optional", "none"] = "none"
    content: Literal["bespoke", "personalised", "nurture"]
    contact: str = ""
    channels: tuple[str, ...] = ()
    bespoke_spend: bool = False


class Tier(Living, frozen=True, kw_only=True):
    """One tier: from which score, how many accounts, how they are worked."""

    at_least: float
    capacity: int | None = None
    characteristics: tuple[str, ...] = ()
    engagement: Engagement | None = None
    examples: dict[str, Example] = {}
    kpis: tuple[str, ...] = ()
    review: str = ""


class Tiers(Entity, frozen=True, kw_only=True):
    """`taxonomy/tiers.yaml`. `tiers` is ordered, best first; `hysteresis` is in points of score."""

    noun: ClassVar[str] = "tiers"

    factors: dict[str, Factor]
    tiers: dict[str, Tier]
    hysteresis: float = 0
    nominate: str = ""
    approve: str = ""
    cascade: bool = False
    moves: tuple[str, ...] = ()

    def score(self, record: dict[str, Any]) -> float:
        """The weighted score (0–100) of a record by field name; a missing input scores its factor's `missing`."""
        return sum(factor.weight * factor_score(factor, record) for factor in self.factors.values()) / 100

    def tier_of(self, score: float) -> str:
        """The best tier whose threshold the score reaches; empty if it reaches none."""
        for id, tier in self.tiers.items():
            if score >= tier.at_least:
                return id
        return ""


def factor_score(factor: Factor, record: dict[str, Any]) -> float:
    """What one factor scores (0–100) for a record by field name, its `missing` where no input has a value."""
    known = [record[name] for name in factor.inputs if record.get(name) is not None]
    if not known:
        return factor.missing
    if factor.scores:
        return max(factor.scores.get(str(value), factor.missing) for value in known)
    numbers = [float(value) for value in known]
    number = {
        "max": max(numbers), "min": min(numbers), "sum": sum(numbers), "mean": sum(numbers) / len(numbers),
    }[factor.combine]  # fmt: skip
    for band in factor.bands.values():
        if band.below is None or number < band.below:
            return band.score
    return factor.missing


# ------------------------------------------------------------------ lifecycle and buying groups


class Sla(Part, frozen=True, kw_only=True):
    """Who has to act, and how soon (`2 business hours`)."""

    within: str
    owner: str
    description: str = ""


class Stage(Living, frozen=True, kw_only=True):
    """One stage of the account's journey, entered when the condition holds. The id is a value of the stage picklist."""

    owner: str = ""
    enter: Condition | None = None
    sla: Sla | None = None


class Points(Part, frozen=True, kw_only=True):
    """What one action or trait is worth in the lead score."""

    label: str
    category: str
    points: float
    when: Condition | None = None


class LeadScoring(Part, frozen=True, kw_only=True):
    """The lead score: qualified at `mql_at`; `caps` bounds what a category may contribute."""

    mql_at: float
    caps: dict[str, float] = {}
    actions: dict[str, Points] = {}


class Lifecycle(Entity, frozen=True, kw_only=True):
    """`taxonomy/lifecycle.yaml`. `stages` is ordered; their ids are values of `field`'s picklist."""

    noun: ClassVar[str] = "lifecycle"

    field: str
    stages: dict[str, Stage]
    lead_scoring: LeadScoring | None = None
    slas: dict[str, Sla] = {}


class Coverage(Part, frozen=True, kw_only=True):
    """How many buying roles must be known, and which ones in any case."""

    at_least: int = 0
    roles: tuple[str, ...] = ()


class BuyingGroups(Entity, frozen=True, kw_only=True):
    """`taxonomy/buying-groups.yaml`: roles out of one picklist, least coverage per tier."""

    noun: ClassVar[str] = "buying-groups"

    field: str
    roles: dict[str, Living] = {}
    coverage: dict[str, Coverage] = {}


# ------------------------------------------------------------------ routing


class KeepRule(Part, frozen=True, kw_only=True):
    """A rule that keeps (or names) an owner while its condition holds."""

    keep: str = ""
    to: str = ""
    when: Condition | None = None
    reason: str = ""


class Territory(Part, frozen=True, kw_only=True):
    """Where a record goes when nothing before decided: the first whose condition holds."""

    label: str = ""
    when: Condition | None = None
    to: str


class OnConflict(Part, frozen=True, kw_only=True):
    """Who settles two claims: `agree` first, `else` decides."""

    agree: str
    else_: str = msgspec.field(name="else")


class RoutedRole(Part, frozen=True, kw_only=True):
    """How one role's holder is found for an account.

    `order` names steps: `override`, `crm-owner`, `enrichment`, `territory`, or a rule's id. `load` is how many accounts
    one holder may have, from and to.
    """

    label: str = ""
    order: tuple[str, ...] = ()
    rules: dict[str, KeepRule] = {}
    territories: dict[str, Territory] = {}
    on_conflict: OnConflict | None = None
    load: tuple[int, int] | None = None
    stale_after: str = ""


class Routing(Entity, frozen=True, kw_only=True):
    """`taxonomy/routing.yaml`. `region_of` lists, by object, what says which region a record is in."""

    noun: ClassVar[str] = "routing"

    region_of: dict[str, tuple[str, ...]] = {}
    roles: dict[str, RoutedRole] = {}


# ------------------------------------------------------------------ KPIs


class Measure(Part, frozen=True, kw_only=True):
    """A number over records: `{count: account, when: …}` or `{sum: opportunity.amount, …}`."""

    count: str = ""
    count_distinct: str = ""
    sum: str = ""
    average: str = ""
    constant: float | None = None
    when: Condition | None = None

    @property
    def object(self) -> str:
        """Which object's records it is over (`opportunity`)."""
        return (self.count or self.count_distinct or self.sum or self.average).partition(".")[0]


class Kpi(Entity, frozen=True, kw_only=True):
    """One key figure. `targets` is by region id or `global`; `tiers` limits where it applies."""

    noun: ClassVar[str] = "kpi"

    objective: str = ""
    shared_by: tuple[Consumer, ...] = ()
    unit: Literal["percent", "currency", "count", "days", "ratio", "score"]
    better: Literal["higher", "lower"]
    numerator: Measure | None = None
    denominator: Measure | None = None
    source: str = ""
    targets: dict[str, float] = {}
    cadence: str = ""
    tiers: tuple[str, ...] = ()


# ------------------------------------------------------------------ privacy


class Jurisdiction(Part, frozen=True, kw_only=True):
    """Where a law applies: countries (ISO 3166-1), subdivisions (ISO 3166-2), possibly inside another jurisdiction."""

    label: str = ""
    countries: tuple[str, ...] = ()
    subdivisions: tuple[str, ...] = ()
    within: str = ""


class Jurisdictions(Entity, frozen=True, kw_only=True):
    """`taxonomy/jurisdictions.yaml`."""

    noun: ClassVar[str] = "jurisdictions"

    jurisdictions: dict[str, Jurisdiction]


class AppliesTo(Part, frozen=True, kw_only=True):
    """Which data a privacy rule is about: a class, or fields by name."""

    class_: str = msgspec.field(default="", name="class")
    fields: tuple[str, ...] = ()


class Consent(Part, frozen=True, kw_only=True):
    """What consent a rule asks for. `expires_after` is a duration, or one by how the consent came about."""

    kind: str
    proof: str = ""
    expires_after: str | dict[str, str] = ""


class PrivacyRule(Entity, frozen=True, kw_only=True):
    """One recorded decision of counsel. It gives no legal advice. Address: `privacy.<id>`."""

    noun: ClassVar[str] = "privacy"

    jurisdiction: str
    applies_to: AppliesTo | None = None
    channel: str = ""
    use: tuple[Use, ...] = ()
    effect: Literal["allow", "allow-if", "limit", "deny"]
    consent: Consent | None = None
    limit: str = ""
    source: str
    counsel_owner: str
    reviewed: str


# ------------------------------------------------------------------ charter


class Objective(Part, frozen=True, kw_only=True):
    """What the programme wants; `outcome` is the business outcome it serves."""

    label: str
    description: str = ""
    outcome: str = ""
    owner: str = ""


class Outcome(Part, frozen=True, kw_only=True):
    """A business outcome, measured by a KPI."""

    label: str
    description: str = ""
    kpi: str = ""


class Decision(Part, frozen=True, kw_only=True):
    """A decision that segmentation must support."""

    label: str
    question: str = ""


class SignOff(Part, frozen=True, kw_only=True):
    """A leader's agreement: role, for which scope, when."""

    role: str
    scope: str = "global"
    date: str


class Charter(Entity, frozen=True, kw_only=True):
    """`taxonomy/charter.yaml`. `non_negotiable` names the field that fills each non-negotiable concept."""

    noun: ClassVar[str] = "charter"

    outcomes: dict[str, Outcome] = {}
    objectives: dict[str, Objective] = {}
    decisions: dict[str, Decision] = {}
    success_metrics: tuple[str, ...] = ()
    non_negotiable: dict[str, str] = {}
    sign_off: dict[str, SignOff] = {}
