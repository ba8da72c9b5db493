"""The files of `playbooks/`, global and regional."""

from __future__ import annotations

from tools.schemas.pieces import (
    Schema,
    bare,
    file,
    flag,
    keyed,
    like,
    mapping,
    names,
    number,
    one_of,
    whole,
)  # fmt: skip
from tools.schemas.shared import label, labels, life, named, owner, text

SLOT_NAME = text(
    "a slot's name",
    "lower-case words joined by `_` or `-`",
    "value_prop",
    "^[a-z][a-z0-9]*([_-][a-z0-9]+)*$",
    80,
)
LOCALES = keyed(
    bare("local-text"), "Its texts by locale.",
    {"fr-FR": {"text": "Vos données restent en Europe.", "approval": {"by": "emea-marketing", "date": "2026-05-02"}}},
    key="locale",
)  # fmt: skip

AUDIENCE = mapping(
    "Whom a play is for. What is left out does not matter.",
    {
        "tiers": names("id", "The tiers.", ["tier-1"]),
        "segments": names("id", "The segments.", ["enterprise-finserv"]),
        "stages": names("value-id", "The stages of the journey.", ["consideration"]),
        "buying_roles": names("value-id", "The roles in the buying group.", ["decision-maker"]),
    },
)
STEP = mapping(
    "One step of a play.",
    {
        "label": label("The name of the step that people read.", "Invitation"),
        "day": whole("On which day after the start.", 2, most=3650),
        "channel": like("channel", "Through which channel.", "sdr-sequence"),
        "owner": like("id", "The role that does it.", "sdr"),
        "sla": like("duration", "How soon it is done once its day has come.", "2 business hours"),
        "content": names("id", "The content that it uses.", ["briefing-email"]),
        "cta": like("id", "The play's call to action, said once more.", "book-briefing"),
    },
    required=("day", "channel", "owner"),
)
STARTS = like("date", "The first day on which it runs.", "2026-09-01")
ENDS = like("date", "The last day on which it runs.", "2026-12-15")
PLAY = file(
    "Play",
    mapping(
        "A play: for whom, through which steps, to which call to action.",
        {
            **named("the play", "Executive briefing", "Vorstandsgespräch", "A briefing at the vendor's office."),
            **life(old="executive-dinner"),
            "objective": like("prose", "What it is to achieve.", "Open a conversation with an executive."),
            "owner": owner("abm-program-manager"),
            "for": like("audience", "Whom it is for.", {"tiers": ["tier-1"], "stages": ["consideration"]}),
            "cta": like("id", "The one call to action through every step.", "book-briefing"),
            "starts": STARTS,
            "ends": ENDS,
            "steps": keyed(
                bare("step"), "The steps by id, in their order.",
                {"invite": {"day": 0, "channel": "paid-media", "owner": "demand-gen"}}, least=1,
            ),
            "localizable": names(
                "slot-name", "The slots that regions may fill; all else is global.", ["value_prop", "proof"]
            ),
            "slots": keyed(
                bare("id"), "The content that fills each slot.", {"value_prop": "briefing-invite"}, key="slot-name"
            ),
            "kpis": names("id", "The key figures that it is judged by.", ["stage-conversion"]),
        },
        required=("label", "objective", "for", "cta", "steps"),
    ),
)  # fmt: skip
LOCALIZED_SLOT = mapping(
    "A region's version of a slot.",
    {
        "from": like(
            "content-version", "The content item, at a version, that it was made from.", "briefing-invite@3"
        ),
        "locales": LOCALES,
    },
    required=("from",),
)
STEP_OVERLAY = mapping(
    "What a region changes of a step.",
    {
        "day": whole("Another day after the start.", 4, most=3650),
        "skip": flag("Whether the step is left out."),
        "reason": like("prose", "Why the step is left out here.", "Hospitality rules of the public sector."),
    },
    dependentRequired={"skip": ["reason"]},
)
PLAY_OVERLAY = file(
    "Play overlay",
    mapping(
        "A region's localisation of a play from above.",
        {
            "labels": labels({"fr": "Rencontre de direction"}),
            "starts": STARTS,
            "ends": ENDS,
            "content": keyed(
                bare("localized-slot"), "The region's version of localizable slots.",
                {"value_prop": {"from": "briefing-invite@3", "locales": {"fr-FR": {"text": "Vos données."}}}},
                key="slot-name",
            ),
            "steps": keyed(
                bare("step-overlay"), "What changes of steps, by id.",
                {"dinner": {"skip": True, "reason": "Hospitality rules of the public sector."}},
            ),
        },
    ),
)  # fmt: skip

CONTENT = file(
    "Content",
    mapping(
        "One asset at its current version.",
        {
            **named("the asset", "Briefing invitation", "Einladung", "The invitation to an executive briefing."),
            **life(old="dinner-invite"),
            "owner": owner("content-lead"),
            "kind": one_of(("value-prop", "proof", "offer", "asset", "event"), "What it is.", "proof"),
            "version": whole("Its version; it rises with every change of what it says. Left out: 1.", 3, least=1),
            "state": one_of(("draft", "review", "approved"), "How far it has come. Left out: `draft`.", "approved"),
            "url": like("url", "Where it is.", "https://content.meridian.example/briefing"),
            "approvals": keyed(
                bare("approval"), "Who approved it, by what they stand for.",
                {"content": {"by": "content-lead", "date": "2026-04-20"}},
            ),
            "locales": LOCALES,
        },
        required=("label", "kind"),
    ),
)  # fmt: skip
CONTENT_OVERLAY = file(
    "Content overlay",
    mapping("A region's texts of a content item from above.", {"locales": LOCALES}, required=("locales",)),
)

CTA = mapping(
    "One call to action.",
    {
        **named("the call to action", "Book a briefing", "Gespräch vereinbaren", "Asks for a date."),
        **life(old="book-dinner"),
        "owner": owner("abm-program-manager"),
        "maps_to": like(
            "id", "The global call to action that a region's own one stands for.", "book-briefing"
        ),
        "url": like("url", "Where it leads.", "https://meridian.example/briefing"),
    },
    required=("label",),
)
CTAS = file(
    "Calls to action",
    mapping(
        "The calls to action.",
        {
            "ctas": keyed(
                bare("cta"), "The calls to action by id.", {"book-briefing": {"label": "Book a briefing"}}, least=1
            )
        },
        required=("ctas",),
    ),
)  # fmt: skip

EXPERIMENT_OUTCOME = mapping(
    "What an experiment showed.",
    {
        "lift": number("The difference to the control, in percent of it.", 12.5, least=-100, most=100000),
        "learning": like("id", "The learning that came of it.", "briefings-need-a-peer"),
    },
    required=("lift", "learning"),
)
EXPERIMENT = file(
    "Experiment",
    mapping(
        "An A/B test or a holdout on a segment or on plays.",
        {
            **named("the experiment", "Peer at the briefing", "Gespräch mit Kunden", "A customer joins the briefing."),
            **life(old="peer-test"),
            "owner": owner("data-lead"),
            "hypothesis": like("prose", "What is expected, and why.", "A customer at the table doubles the meetings."),
            "segment": like("id", "The segment that it runs on.", "enterprise-finserv"),
            "plays": names("id", "The plays that it runs on.", ["executive-briefing"]),
            "regions": names("id", "The regions that take part. Left out: all.", ["emea"]),
            "method": one_of(("ab-test", "holdout"), "How it compares.", "holdout"),
            "holdout": number("How much is held out, in percent.", 10, most=100),
            "metric": like("id", "The key figure that decides.", "stage-conversion"),
            "sample_size": whole("How many accounts it needs.", 120, least=1),
            "from": like("date", "The first day.", "2026-09-01"),
            "to": like("date", "The last day.", "2026-12-15"),
            "outcome": like("experiment-outcome", "What it showed.", {"lift": 12.5, "learning": "needs-a-peer"}),
        },
        required=("label", "hypothesis", "method", "metric", "sample_size", "from"),
    ),
)  # fmt: skip
LEARNING = file(
    "Learning",
    mapping(
        "What was learnt.",
        {
            **named("the learning", "Briefings need a peer", "Kunden überzeugen", "Customers convince best."),
            **life(old="peers"),
            "owner": owner("abm-program-manager"),
            "summary": like("prose", "What was learnt, in full sentences.", "A customer at the table convinces."),
            "plays": names("id", "The plays that it came from.", ["executive-briefing"]),
            "experiment": like("id", "The experiment that it came from.", "peer-at-briefing"),
            "date": like("date", "The day on which it was written down.", "2026-12-20"),
            "tags": names("id", "Words to find it by.", ["executives"]),
        },
        required=("summary", "date"),
    ),
)  # fmt: skip

FILES: dict[str, Schema] = {
    "play": PLAY,
    "play-overlay": PLAY_OVERLAY,
    "content": CONTENT,
    "content-overlay": CONTENT_OVERLAY,
    "ctas": CTAS,
    "experiment": EXPERIMENT,
    "learning": LEARNING,
}
DEFINITIONS: dict[str, Schema] = {
    "slot-name": SLOT_NAME,
    "audience": AUDIENCE,
    "step": STEP,
    "localized-slot": LOCALIZED_SLOT,
    "step-overlay": STEP_OVERLAY,
    "cta": CTA,
    "experiment-outcome": EXPERIMENT_OUTCOME,
}
