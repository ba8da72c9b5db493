"""Plays, content, calls to action, experiments, learnings."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from abmspec.model.entity import Entity, Part

Channel = Literal[
    "paid-media", "sdr-sequence", "field-event", "email", "direct-mail", "executive", "partner",
    "webinar", "web", "phone", "in-product",
]  # fmt: skip


class Audience(Part, frozen=True, kw_only=True):
    """Whom a play is for. Empty means no restriction."""

    tiers: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    buying_roles: tuple[str, ...] = ()


class Step(Part, frozen=True, kw_only=True):
    """One step: on which day after the start, through which channel, by whom. `cta` only restates the play's."""

    label: str = ""
    day: int
    channel: Channel
    owner: str
    sla: str = ""
    content: tuple[str, ...] = ()
    cta: str = ""


class Approval(Part, frozen=True, kw_only=True):
    """Who approved a text, when, until when."""

    by: str
    date: str
    until: str = ""


class LocalText(Part, frozen=True, kw_only=True):
    """A slot's text in one locale."""

    text: str
    approval: Approval | None = None


class LocalizedSlot(Part, frozen=True, kw_only=True):
    """A region's version of a slot, made from `from`, a content id at a version (`briefing-invite@3`)."""

    from_: str = msgspec.field(name="from")
    locales: dict[str, LocalText] = {}


class Play(Entity, frozen=True, kw_only=True):
    """A play. `slots` names the content that fills each localizable slot (`value_prop: briefing-invite`).

    `localized` is what regions made of the slots; resolution fills it.
    """

    noun: ClassVar[str] = "play"

    objective: str
    for_: Audience = msgspec.field(name="for")
    cta: str
    steps: dict[str, Step]
    localizable: tuple[str, ...] = ()
    slots: dict[str, str] = {}
    kpis: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    localized: dict[str, LocalizedSlot] = {}


class StepOverlay(Part, frozen=True, kw_only=True):
    """What a region changes of a step: another day, or skipped for a reason."""

    day: int | None = None
    skip: bool = False
    reason: str = ""


class PlayOverlay(Entity, frozen=True, kw_only=True):
    """A region's localisation of a play from above; `id` is that play's."""

    noun: ClassVar[str] = "play"

    content: dict[str, LocalizedSlot] = {}
    steps: dict[str, StepOverlay] = {}
    starts: str = ""
    ends: str = ""


class Content(Entity, frozen=True, kw_only=True):
    """One asset at its current `version`; `locales` holds its texts."""

    noun: ClassVar[str] = "content"

    kind: Literal["value-prop", "proof", "offer", "asset", "event"]
    version: int = 1
    state: Literal["draft", "review", "approved"] = "draft"
    approvals: dict[str, Approval] = {}
    locales: dict[str, LocalText] = {}
    url: str = ""


class ContentOverlay(Entity, frozen=True, kw_only=True):
    """A region's texts of a content item from above."""

    noun: ClassVar[str] = "content"

    locales: dict[str, LocalText] = {}


class Cta(Entity, frozen=True, kw_only=True):
    """A call to action. A regional one `maps_to` the global one it stands for."""

    noun: ClassVar[str] = "cta"

    maps_to: str = ""
    url: str = ""


class Outcome(Part, frozen=True, kw_only=True):
    """What an experiment showed. `lift` is in percent of the control."""

    lift: float
    learning: str


class Experiment(Entity, frozen=True, kw_only=True):
    """An A/B test or holdout on a segment or play."""

    noun: ClassVar[str] = "experiment"

    hypothesis: str
    segment: str = ""
    plays: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    method: Literal["ab-test", "holdout"]
    holdout: float = 0
    metric: str
    sample_size: int
    from_: str = msgspec.field(name="from")
    to: str = ""
    outcome: Outcome | None = None


class Learning(Entity, frozen=True, kw_only=True):
    """What was learnt, from which plays or experiment."""

    noun: ClassVar[str] = "learning"

    summary: str
    plays: tuple[str, ...] = ()
    experiment: str = ""
    date: str
    tags: tuple[str, ...] = ()
