"""What the commands print or write as JSON. These are no kinds of files: nobody writes them by hand.

The spec document reuses the definitions of the spec's files: what a thing says there is what was written, with what its
region or its file's defaults add.
"""

from __future__ import annotations

from typing import Any, get_args

from abmspec.agenda.agenda import Topic
from abmspec.diff.change import CLASSES, Comparison
from abmspec.report.changelog import GROUPS
from abmspec.semver import LEVELS
from tools.schemas import accounts, governance, playbooks, regions, taxonomy
from tools.schemas.pieces import Properties, Schema, bare, mapping

FOLDER_NAME = "outputs"

_FILES: dict[str, Schema] = {}
for _part in (taxonomy, governance, regions, playbooks, accounts):
    _FILES |= _part.FILES


def _text(description: str, **keywords: Any) -> Schema:
    return {"description": description, "type": "string", **keywords}


def _or_null(description: str) -> Schema:
    return {"description": description, "type": ["string", "null"], "minLength": 1}


def _yes_or_no(description: str) -> Schema:
    return {"description": description, "type": "boolean"}


def _list(item: Schema, description: str, **keywords: Any) -> Schema:
    return {"description": description, "type": "array", "items": item, **keywords}


def _by(key: Schema, item: Schema, description: str) -> Schema:
    return {
        "description": description,
        "type": "object",
        "propertyNames": key,
        "additionalProperties": item,
    }


def _closed(description: str, properties: Properties, *optional: str, **keywords: Any) -> Schema:
    """A mapping of just these keys, all of them there but the optional ones."""
    required = [name for name in properties if name not in optional]
    return mapping(description, properties, required=required, **keywords)


VERSION: Schema = {"description": "The version of this format.", "const": 1}
PATH = _text("A file of the project, from its folder, with `/`.", minLength=1)
LINE: Schema = {"description": "The line, from 1.", "type": "integer", "minimum": 1}
COLUMN: Schema = {"description": "The column, from 1, in characters.", "type": "integer", "minimum": 1}
PLACE: Properties = {"path": PATH, "line": LINE, "column": COLUMN}
ADDRESS = _text("The address of a thing: `picklist.industry.value.fintech`.", minLength=1)
WORDS = _text("The condition in plain English.", minLength=1)

# ------------------------------------------------------------------ reports

FINDING: Properties = {
    "rule": _text(
        "The name of the rule: `abmspec explain` says more.", pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
    ),
    "severity": {
        "description": "How much it weighs.",
        "type": "string",
        "enum": ["error", "warning", "note"],
    },
    "message": _text("What is wrong and why, in one sentence.", minLength=1),
    **PLACE,
    "end_line": LINE,
    "end_column": COLUMN,
    "address": _text("The address of what it finds fault with; empty where that is a file alone."),
    "suggestion": _or_null("How to mend it, where that is known."),
    "fix": {
        **_closed(
            "A mend that is certain, as `abmspec check --fix` makes it; null where none is.",
            {
                "operation": {
                    "description": "`set` a value, `rename` a key, `remove` a node, `move` the file.",
                    "type": "string",
                    "enum": ["set", "rename", "remove", "move"],
                },
                "path": PATH,
                "route": _list(
                    {"type": ["string", "integer"], "minimum": 0},
                    "The keys and indexes that lead to the node.",
                ),
                "value": {
                    "description": "The value, the key or the path that it gets; null where it is removed.",
                    "type": ["string", "number", "boolean", "array", "null"],
                    "items": {"type": ["string", "number", "boolean"]},
                },
            },
        ),
        "type": ["object", "null"],
    },
    "related": _list(
        _closed("A place.", {**PLACE, "message": _text("What it has to do with the finding.")}),
        "Other places that it speaks of.",
    ),
}

_RULE = FINDING["rule"]
_PUT_ASIDE: Properties = {
    "rule": _RULE,
    "path": PATH,
    "address": _text("The address of what it found fault with; empty where that is a file alone."),
    "message": _text("What was wrong and why, in one sentence.", minLength=1),
}
_TIMES: Schema = {"description": "How many that are the same.", "type": "integer", "minimum": 1}

_DAY = {"type": "string", "format": "date"}
_NO_DAY = {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_CLASS: Schema = {"description": "The class of a change.", "type": "string", "enum": list(CLASSES)}
SCOPE = _text("`global`, or the region that it belongs to.", minLength=1)
_ITEM: Properties = {
    "text": _text("What it is about, in a sentence or two.", minLength=1),
    "address": _text(
        "The address of what it is about; empty of a pull request, and of several things together."
    ),
    "scope": SCOPE,
    "due": {"description": "The day by which it wants an answer; empty where none is set.", **_NO_DAY},
    "overdue": _yes_or_no("Whether that day lies before the meeting."),
    "owner": _text("The role that answers for it; empty where nobody does."),
    "who": _text("What that role is called."),
    "url": _text("The page of a pull request; empty of all else."),
    "parts": _list(ADDRESS, "Addresses of which the text names only some."),
}
_WAITING = _closed(
    "How long changes took from their first commit to their merge.",
    {
        "merges": {"description": "How many there were.", **_COUNT},
        "median_hours": {
            "description": "The median in hours; null where there was none.",
            "type": ["number", "null"],
            "minimum": 0,
        },
    },
)
_FIGURES = {
    **_closed(
        "The figures of governance, with `--kpis`; else null.",
        {
            "since": {"description": "The first day that was looked at.", **_DAY},
            "until": {"description": "The last day that was looked at.", **_DAY},
            "conflicts": {
                "description": "How many definitions contradict each other, or may mean the same, now.",
                **_COUNT,
            },
            "approval": _WAITING,
            "approval_by_class": _by(_CLASS, _WAITING, "The same, by the gravest class of what was merged."),
            "points": _list(
                _closed(
                    "The spec at the end of a month, or at a tag.",
                    {
                        "name": _text("The month (`2026-09`) or the tag.", minLength=1),
                        "commit": _text("The commit.", pattern="^[0-9a-f]{40,64}$"),
                        "conflicts": {
                            "description": "Conflicting definitions then; null where it could not be read.",
                            "type": ["integer", "null"],
                            "minimum": 0,
                        },
                        "changes": _list(
                            _closed(
                                "Changes of one class in one scope.",
                                {
                                    "class": _CLASS,
                                    "scope": SCOPE,
                                    "count": {"description": "How many.", **_COUNT},
                                },
                            ),
                            "What changed since the point before.",
                        ),
                    },
                ),
                "The history, the oldest first.",
            ),
            "cut": _yes_or_no("Whether there were more merges than were looked at."),
        },
    ),
    "type": ["object", "null"],
}

_NUMBERS = r"^[0-9]+\.[0-9]+\.[0-9]+$"
_CHANGELOG_ENTRY = _closed(
    "A change.",
    {
        "address": ADDRESS,
        "label": _text("What it is called; empty where it has no label."),
        "class": _CLASS,
        "scope": SCOPE,
        "why": _list(_text("A sentence.", minLength=1), "What there is to say of it."),
        "sunset": {
            "description": "The day on which it goes; null where none is named.",
            "type": ["string", "null"],
            "format": "date",
        },
        "replaced_by": _list(_text("An id.", minLength=1), "What takes over from it."),
        "renamed_from": _or_null("The id that it had; null where it has the same."),
        "parts": {"description": "How many parts of it came or went with it.", **_COUNT},
        "regions": _list(_text("A region.", minLength=1), "The regions that feel it."),
    },
)

_ANYTHING = "null where there is none."
_REASON = _closed(
    "Why the change has its class.",
    {
        "class": _CLASS,
        "attribute": _text("The attribute that changed; empty where it is the thing itself."),
        "why": _text("A sentence.", minLength=1),
        "before": {"description": f"The attribute before; {_ANYTHING}"},
        "after": {"description": f"The attribute after; {_ANYTHING}"},
        "was": _or_null("Of a condition: before, in plain English."),
        "now": _or_null("Of a condition: after, in plain English."),
        "comparison": {
            "description": "Of a condition: how it stands to the one before.",
            "type": ["string", "null"],
            "enum": [*get_args(Comparison), None],
        },
        "region": _or_null("Whose view it is about; null where it is everybody's."),
    },
)
_ADDRESSES = _text("An address.", minLength=1)
_IMPACT = _closed(
    "Who feels the change.",
    {
        "regions": _list(_text("A region.", minLength=1), "Regions that see the thing otherwise."),
        "segments": _list(_ADDRESSES, "Segments that depend on it."),
        "plays": _list(_ADDRESSES, "Plays that depend on it."),
        "kpis": _list(_ADDRESSES, "Key figures that depend on it."),
        "systems": _list(
            _closed(
                "What happens in one system.",
                {
                    "system": _text("The instance.", minLength=1),
                    "kind": _text("What kind of system it is: `Salesforce`.", minLength=1),
                    "verdict": {
                        "description": "`breaking` where stored keys go or move; `by hand` where nothing is compiled.",
                        "type": "string",
                        "enum": ["safe", "breaking", "by hand"],
                    },
                    "why": _text("What happens there.", minLength=1),
                },
            ),
            "Systems that store it.",
        ),
        "accounts": {
            **_closed(
                "How many accounts enter and leave; null where the list was not asked.",
                {
                    "enter": {"description": "How many come in.", **_COUNT},
                    "leave": {"description": "How many go out.", **_COUNT},
                },
            ),
            "type": ["object", "null"],
        },
    },
)
CHANGE = _closed(
    "One change, at the place where it was made.",
    {
        "address": ADDRESS,
        "class": _CLASS,
        "kind": _text("What a change policy calls it: `picklist`, `governance`, `file`.", minLength=1),
        "kinds": _list(
            _text("A kind.", minLength=1), "Every name under which a policy may speak of it, that one first."
        ),
        "scope": SCOPE,
        "action": {
            "description": "What the RACI calls it.",
            "type": "string",
            "enum": ["create", "change", "retire"],
        },
        "path": PATH,
        "label": _text("What it is called; empty where it has no label."),
        "before": {"description": f"The thing before; {_ANYTHING}", "type": ["object", "null"]},
        "after": {"description": f"The thing after; {_ANYTHING}", "type": ["object", "null"]},
        "renamed_from": _or_null("The address that it had; null where it has the same."),
        "reasons": _list(_REASON, "Why, the gravest first: that one gives the class."),
        "impact": _IMPACT,
    },
)

_LOGIN = _text("A login as the forge or the roles write it.", minLength=1)
_SEAT = _text("A login, or `seat` and the seat of a vote on the record.")
_ROLE_IDS = _list(_text("A role.", minLength=1), "The roles: any of them.")
_HASH = _text("A hash.", pattern="^sha256:[0-9a-f]{64}$")
_COMMIT = _text("A commit.", pattern="^[0-9a-f]{40,64}$")
_WHY = _text("Why, in a sentence.", minLength=1)
_DECISION: Properties = {
    "version": VERSION,
    "decision": {
        "description": "Whether the change may merge.",
        "type": "string",
        "enum": ["open", "closed"],
    },
    "base": {**_COMMIT, "description": "The tip of the base: its policy, roles, RACI and waivers hold."},
    "merge_bases": _list(_COMMIT, "The commits from which the changes are counted."),
    "head": {**_COMMIT, "description": "What is to be merged."},
    "changes": _list(
        _closed(
            "A change, and the rule that decides it.",
            {
                **CHANGE["properties"],
                "rule": _or_null("The rule; null where it is refused, or needs none."),
            },
        ),
        "The changes, the gravest first.",
    ),
    "simulation": _yes_or_no("Whether approvals were only supposed."),
    "policy": _text("The file of the policy at the base, or the built-in one.", minLength=1),
    "diff": {**_HASH, "description": "The hash of the resolved diff: what a vote on the record names."},
    "declared": _list({"type": "string", "enum": ["emergency"]}, "What is declared by a file."),
    "required": _list(
        _closed(
            "So many people of any of these roles.",
            {
                "roles": _ROLE_IDS,
                "count": {"description": "How many people.", "type": "integer", "minimum": 1},
                "given": _list(_SEAT, "Those who count for it."),
                "rules": _list(
                    _text("A rule, or `raci.` and an activity.", minLength=1), "What asks for it."
                ),
                "addresses": _list(_ADDRESSES, "The changes because of which."),
            },
        ),
        "Whose approval the changes need together.",
    ),
    "others": {"description": "How many people besides the author have to approve in any case.", **_COUNT},
    "approvals": _closed(
        "All approvals that were given.",
        {
            "counted": _list(
                _closed(
                    "An approval that counts.",
                    {
                        "login": _SEAT,
                        "roles": _ROLE_IDS,
                        "by": {
                            "description": "A review, a vote on the record, or the author's own word.",
                            "type": "string",
                            "enum": ["review", "record", "author"],
                        },
                    },
                ),
                "Those that count.",
            ),
            "rejected": _list(
                _closed("An approval that does not count.", {"login": _SEAT, "why": _WHY}),
                "Those that do not.",
            ),
        },
    ),
    "missing": _list(
        _closed(
            "So many people are missing.",
            {
                "role": _text("The roles in words: `content-lead or creative-lead`.", minLength=1),
                "roles": _list(
                    _text("A role.", minLength=1), "The roles; none where anybody with a role will do."
                ),
                "count": {"description": "How many people.", "type": "integer", "minimum": 1},
                "people": _list(_LOGIN, "Everybody who could."),
                "due": {
                    "description": "When the term to answer ends; null where there is none.",
                    "type": ["string", "null"],
                    "format": "date-time",
                },
                "late": _yes_or_no("Whether it has ended."),
            },
        ),
        "Who is missing.",
    ),
    "refused": _list(
        _closed("A change that nobody's approval opens.", {"address": ADDRESS, "why": _WHY}),
        "Changes that are refused.",
    ),
    "objections": _list(_LOGIN, "Who asks for changes, and could approve what is required."),
    "closed_by": _list(_WHY, "What else holds it."),
    "smallest": {
        **_list(
            _LOGIN,
            "The fewest people whose approval opens it, once nothing else holds it; null where nobody's does.",
        ),
        "type": ["array", "null"],
    },
    "override": {
        **_closed(
            "Who opened it against the policy; null where nobody did.",
            {"login": _LOGIN, "role": _text("As what.", minLength=1), "reason": _WHY},
        ),
        "type": ["object", "null"],
    },
    "notify": _list(
        _closed(
            "A role that is told.",
            {"role": _text("The role.", minLength=1), "people": _list(_LOGIN, "Its people.")},
        ),
        "Who is told.",
    ),
    "waivers": _list(_text("A waiver.", minLength=1), "The waivers of the base that were used."),
    "notes": _list(_WHY, "What else there is to know."),
    "errors": _list(_closed("A finding.", FINDING), "The errors in the head: each closes the gate."),
}

REPORTS: dict[str, Schema] = {
    "gate-report": {
        "title": "Report of `abmspec gate --format json`",
        **_closed("Whether a change may merge, and who still has to approve it.", _DECISION),
    },
    "gate-evidence": {
        "title": "What `abmspec gate --evidence` keeps",
        **_closed(
            "What was decided, from what, and what the head builds.",
            {
                **_DECISION,
                "decided": {
                    "description": "The moment for which it was decided.",
                    "type": "string",
                    "format": "date-time",
                },
                "artefacts": _by(
                    {"minLength": 1},
                    _text("The SHA-256 of its content.", pattern="^[0-9a-f]{64}$"),
                    "The files that the head builds, by path; none where it has errors.",
                ),
            },
        ),
    },
    "agenda": {
        "title": "Agenda of `abmspec agenda --format json`",
        **_closed(
            "What the council meets about next: the payload for a webhook.",
            {
                "version": VERSION,
                "project": _text("The project's name.", minLength=1),
                "label": _text("What the project is called.", minLength=1),
                "council": _text("What the council is called.", minLength=1),
                "meeting": _closed(
                    "The meeting.",
                    {
                        "date": {"description": "Its day.", **_DAY},
                        "last": {"description": "The day of the one before: it looks back to that.", **_DAY},
                        "following": {
                            "description": "The day of the one after: it looks ahead to that.",
                            **_DAY,
                        },
                        "cadence": {
                            "description": "How often it meets.",
                            "type": "string",
                            "enum": ["monthly", "quarterly"],
                        },
                        "projected": _yes_or_no(
                            "Whether the day follows from the cadence, since the stated one has passed."
                        ),
                        "time_zone": _text("The time zone of the project's calendar.", minLength=1),
                        "opens": _text("When that calendar opens.", pattern="^[0-9]{2}:[0-9]{2}$"),
                        "chair": _text("The role in the chair; empty where there is none."),
                        "chaired_by": _text("What that role is called."),
                        "seats": {"description": "How many seats there are.", **_COUNT},
                        "quorum": {"description": "How many of them decide.", **_COUNT},
                    },
                ),
                "sections": _list(
                    _closed(
                        "One topic.",
                        {
                            "id": {
                                "description": "Which topic.",
                                "type": "string",
                                "enum": [*get_args(Topic)],
                            },
                            "title": _text("What it is called.", minLength=1),
                            "ask": _text("What is asked of the council.", minLength=1),
                            "items": _list(_closed("One line.", _ITEM), "The lines."),
                            "missing": _text("Why nothing is known of it; empty where it is known."),
                        },
                    ),
                    "Every topic, also those with no item, in the order of the meeting.",
                ),
                "errors": {"description": "How many errors `abmspec check` finds in the spec.", **_COUNT},
                "figures": _FIGURES,
            },
        ),
    },
    "baseline": {
        "title": "Baseline of `abmspec check --baseline`",
        **_closed(
            "The findings that a team has put aside, so that it sees the new ones.",
            {
                "version": VERSION,
                "findings": _list(
                    _closed(
                        "One finding. The fingerprint is what counts; the rest says what it was.",
                        {
                            "fingerprint": _text(
                                "A hash of the rule, the address (or the path) and the message.",
                                pattern="^[0-9a-f]{32}$",
                            ),
                            "count": _TIMES,
                            **_PUT_ASIDE,
                        },
                    ),
                    "The findings, by path, rule, address and message.",
                ),
            },
        ),
    },
    "check-report": {
        "title": "Report of `abmspec check --format json`",
        **_closed(
            "What checking a spec found.",
            {
                "version": VERSION,
                "diagnostics": _list(
                    _closed("One finding.", FINDING), "The findings, by path, line, column and rule."
                ),
                "waived": _list(
                    _closed(
                        "One finding and the waiver that silences it.",
                        {**FINDING, "waiver": _text("The waiver's id.", minLength=1)},
                    ),
                    "What waivers silence.",
                ),
                "baselined": _list(
                    _closed("One finding.", FINDING), "With `--baseline`: what the baseline left out."
                ),
                "gone": _list(
                    _closed("One finding.", {**_PUT_ASIDE, "count": _TIMES}),
                    "With `--baseline`: what it names and nothing finds any more.",
                ),
            },
            "baselined",
            "gone",
        ),
    },
    "diff-report": {
        "title": "Report of `abmspec diff --format json`",
        **_closed(
            "What changed between two states of a spec, in meaning.",
            {
                "version": VERSION,
                "base": _text("What it was compared with: a ref or a folder.", minLength=1),
                "head": _text("What was compared: a ref, a folder or the working tree.", minLength=1),
                "changes": _list(CHANGE, "The changes, by address."),
                "unread": _closed(
                    "Files that could not be read: nothing is said of what is in them.",
                    {
                        side: _list(
                            _closed("A file, and why.", {**PLACE, "message": _text("Why.", minLength=1)}),
                            f"Those {when}.",
                        )
                        for side, when in (("base", "before"), ("head", "after"))
                    },
                ),
            },
        ),
    },
    "proposal-report": {
        "title": "Report of `abmspec propose --format json`",
        **_closed(
            "What a request for a change comes to.",
            {
                "version": VERSION,
                "address": _or_null("The address of what changes; null where the request cannot be met."),
                "refused": _or_null("Why the request cannot be met; null where it can."),
                "similar": _list(
                    _closed(
                        "Something that may be what is asked for.",
                        {
                            "address": ADDRESS,
                            "label": _text("What people call it."),
                            "why": _text("By which of its names.", minLength=1),
                        },
                    ),
                    "What exists already.",
                ),
                "notes": _list(_text("A line for people."), "What to know of the change, line by line."),
                "errors": _list(
                    _closed("One finding.", FINDING),
                    "What would be wrong with the spec then and is not now; with any, nothing is written.",
                ),
                "changes": _list(
                    _closed(
                        "One file.",
                        {
                            "path": PATH,
                            "status": {
                                "description": "What becomes of it.",
                                "type": "string",
                                "enum": ["added", "changed", "removed"],
                            },
                            "diff": _text("The change as a unified diff.", minLength=1),
                        },
                    ),
                    "The files that change, by path.",
                ),
                "written": _yes_or_no("Whether the changes were written."),
            },
        ),
    },
    "show-report": {
        "title": "Report of `abmspec show --format json`",
        **_closed(
            "One thing as a region sees it, and where each part of it comes from.",
            {
                "version": VERSION,
                "address": ADDRESS,
                "scope": _text("`global`, or the region that sees it so.", minLength=1),
                "at": _closed("Where it is defined.", PLACE),
                "value": {
                    "description": "What it says, as in its file; what is at its default is left out.",
                    "type": "object",
                },
                "in_words": {
                    "description": "Its condition as a sentence; null where it has none.",
                    "type": ["string", "null"],
                },
                "origins": _by(
                    {"minLength": 1},
                    _list(_closed("A place.", PLACE), "What holds, then what that overrode.", minItems=1),
                    "By attribute (`labels.fr`): where it was set.",
                ),
            },
        ),
    },
    "uses-report": {
        "title": "Report of `abmspec uses --format json`",
        **_closed(
            "Everything that refers to a thing or to a part of it.",
            {
                "version": VERSION,
                "address": ADDRESS,
                "uses": _list(
                    _closed(
                        "One use.",
                        {
                            "address": _text("What refers to it.", minLength=1),
                            "how": _text("In which way.", minLength=1),
                            **PLACE,
                            "target": _text("What is referred to: the thing, or a part of it.", minLength=1),
                        },
                    ),
                    "The uses, by path, line and column.",
                ),
            },
        ),
    },
    "version-report": {
        "title": "Report of `abmspec version --format json`",
        **_closed(
            "Which version the changes since the last release ask for.",
            {
                "version": VERSION,
                "since": _text("What the changes are counted from: a tag, or the first commit.", minLength=1),
                "last": _text("The version of that.", pattern=_NUMBERS),
                "stated": _text("The version that `abmspec.yaml` states.", pattern=_NUMBERS),
                "demanded": _text("The lowest version that it may state.", pattern=_NUMBERS),
                "level": {"description": "What the changes ask together.", "enum": list(LEVELS)},
                "enough": _yes_or_no("Whether the stated version is high enough."),
                "changes": _list(
                    _closed(
                        "A change that counts.",
                        {
                            "address": ADDRESS,
                            "class": _CLASS,
                            "level": {"description": "What it asks.", "enum": list(LEVELS[1:])},
                            "why": _list(_text("A sentence.", minLength=1), "Why it has this class."),
                        },
                    ),
                    "The changes, those that ask most first.",
                ),
            },
        ),
    },
    "changelog": {
        "title": "Changelog of `abmspec changelog --format json`",
        **_closed(
            "What changed for those who use the spec.",
            {
                "version": VERSION,
                "title": _text(
                    "What the project is called, and the region where one was asked for.", minLength=1
                ),
                "releases": _list(
                    _closed(
                        "What one release brought.",
                        {
                            "name": _text("The tag, or `Unreleased`.", minLength=1),
                            "since": _or_null("The state before it; null of the first release."),
                            "day": {
                                "description": "Its day; null while it is not released.",
                                "type": ["string", "null"],
                                "format": "date",
                            },
                            "notes": _list(
                                _text("A sentence.", minLength=1), "What else is to be known of it."
                            ),
                            "changes": _closed(
                                "The changes by what they are to readers.",
                                {
                                    group: _list(_CHANGELOG_ENTRY, f"{title}.")
                                    for group, title in GROUPS.items()
                                },
                            ),
                        },
                    ),
                    "The releases, the newest first.",
                ),
            },
        ),
    },
    "build-manifest": {
        "title": "Manifest of a build (`manifest.json`)",
        **_closed(
            "What a folder holds that abmspec wrote.",
            {
                "version": VERSION,
                "project": _text("The project's name.", minLength=1),
                "spec_version": _text("The version of the spec that was built.", minLength=1),
                "files": _by(
                    {"pattern": "^[^/\\\\]+(/[^/\\\\]+)*$"},
                    _text("The SHA-256 of the file, in hexadecimal.", pattern="^[0-9a-f]{64}$"),
                    "Every file but this one, by its path.",
                ),
            },
            "project",
            "spec_version",
        ),
    },
}

# ------------------------------------------------------------------ the spec document

OWNER = _or_null("The accountable role, stated or by default; null where nobody is.")
FIELD_NAMES: Schema = {"$ref": "#/$defs/field-name"}
IDS: Schema = {"$ref": "#/$defs/id"}


def _thing(description: str, source: Schema, **more: Schema) -> Schema:
    """A thing in full: its address, its owner, and what its file says of it."""
    stated = {name: schema for name, schema in source["properties"].items() if name != "owner"}
    return mapping(
        description,
        {"address": ADDRESS, "owner": OWNER, **stated, **more},
        required=["address", "owner", *source.get("required", ())],
    )


_VALUE = taxonomy.DEFINITIONS["value"]
_SEGMENT = _FILES["segment-regional"]

DEFINITIONS: dict[str, Schema] = {
    "a-value": mapping(
        "One value of a picklist, as a scope sees it.",
        {**_VALUE["properties"], "scope": _text("The region that added it; left out where it is global.")},
        required=_VALUE.get("required", ()),
    ),
    "a-picklist": _thing(
        "A picklist with every value that the scope sees.",
        _FILES["picklist"],
        values=_by(bare("value-id"), bare("a-value"), "The values by id, in order."),
    ),
    "a-field": _thing(
        "A field with its file's defaults.",
        taxonomy.DEFINITIONS["field"],
        object=_text("Whose field it is: `account`.", minLength=1),
    ),
    "a-segment": _thing(
        "A segment as the scope puts it.",
        {**_SEGMENT, "required": []},
        when_in_words=WORDS,
        **{
            name: schema
            for name, schema in _FILES["segment-overlay"]["properties"].items()
            if name in ("use_instead", "reason")
        },
    ),
    "an-icp": _thing("The ideal customer profile.", _FILES["icp"], when_in_words=WORDS),
    "a-play": _thing(
        "A play with its localisations.",
        _FILES["play"],
        localized=_by(bare("slot-name"), bare("localized-slot"), "What regions made of the slots, by slot."),
    ),
    "a-privacy-rule": _thing("A recorded decision of counsel.", taxonomy.DEFINITIONS["privacy-rule"]),
    "a-content": _thing("One asset.", _FILES["content"]),
    "a-cta": _thing("A call to action.", playbooks.DEFINITIONS["cta"]),
    "a-kpi": _thing("A key figure.", taxonomy.DEFINITIONS["kpi"]),
    "an-experiment": _thing("An experiment.", _FILES["experiment"]),
    "a-learning": _thing("What was learnt.", _FILES["learning"]),
    "tiers-in-full": _thing("The tiers and the factors of their score.", _FILES["tiers"]),
    "routing-in-full": _thing("How owners are found.", _FILES["routing"]),
}

MERGED: Properties = {
    "picklists": _by(IDS, bare("a-picklist"), "Picklists, by id."),
    "fields": _by(FIELD_NAMES, bare("a-field"), "Fields, by `object.id`."),
    "segments": _by(IDS, bare("a-segment"), "Segments, by id."),
    "privacy": _by(IDS, bare("a-privacy-rule"), "Privacy rules, by id."),
    "plays": _by(IDS, bare("a-play"), "Plays, by id."),
    "content": _by(IDS, bare("a-content"), "Content, by id."),
    "ctas": _by(IDS, bare("a-cta"), "Calls to action, by id."),
    "experiments": _by(IDS, bare("an-experiment"), "Experiments, by id."),
    "learnings": _by(IDS, bare("a-learning"), "Learnings, by id."),
}
SINGLES: Properties = {
    "charter": _thing("The programme's charter.", _FILES["charter"]),
    "icp": bare("an-icp"),
    "tiers": bare("tiers-in-full"),
    "lifecycle": _thing("The account's journey.", _FILES["lifecycle"]),
    "buying_groups": _thing("Buying roles and their coverage.", _FILES["buying-groups"]),
    "routing": bare("routing-in-full"),
    "jurisdictions": _thing("Where laws apply.", _FILES["jurisdictions"]),
}
GLOBAL = _closed(
    "The global backbone, in full.",
    {**MERGED, "kpis": _by(IDS, bare("a-kpi"), "Key figures, by id."), **SINGLES},
    *SINGLES,
)
DIFFERS: Properties = {**MERGED, "tiers": bare("tiers-in-full"), "routing": bare("routing-in-full")}
_REGION = _thing("A region.", _FILES["region"])
REGION = mapping(
    "A region, and what it adds or sees otherwise than the region above it (or than the backbone).",
    {
        **_REGION["properties"],
        "parent": _or_null("The region whose folder holds it; null at the top."),
        "deployed": _yes_or_no("Whether its own things reach systems: false for a pilot and all in it."),
        "hidden_values": _by(
            IDS, _list(bare("value-id"), "Ids, sorted."), "By picklist, the values that it does not offer."
        ),
        "hidden_fields": _list(FIELD_NAMES, "The fields that it does not use, sorted."),
        "differs": mapping("What it adds or sees otherwise, each in full.", DIFFERS),
    },
    required=[*_REGION["required"], "parent", "deployed", "hidden_values", "hidden_fields", "differs"],
)
_EXCUSES = {
    "excuses" if name == "address" else name: schema
    for name, schema in _FILES["waiver"]["properties"].items()
}
WAIVER = _thing(
    "A waiver. `excuses` is the address of what it excuses.",
    {
        "properties": _EXCUSES,
        "required": ["excuses" if name == "address" else name for name in _FILES["waiver"]["required"]],
    },
)
GOVERNANCE = _closed(
    "Who decides.",
    {
        "roles": _by(IDS, _thing("A role.", governance.DEFINITIONS["role"]), "Roles, by id."),
        "council": {
            "description": "The council; null where there is none.",
            "anyOf": [_thing("The council.", _FILES["council"]), {"type": "null"}],
        },
        "raci": _by(IDS, _thing("An activity.", governance.DEFINITIONS["activity"]), "Activities, by id."),
        "change_policy": {
            "description": "The change policy; null where there is none.",
            "anyOf": [_thing("The policy.", _FILES["change-policy"]), {"type": "null"}],
        },
        "waivers": _by(IDS, WAIVER, "Waivers, by id."),
        "decisions": _by(IDS, _thing("Recorded votes.", _FILES["decision"]), "Recorded decisions, by id."),
        "emergencies": _by(IDS, _thing("An emergency.", _FILES["emergency"]), "Emergencies, by id."),
    },
)
OPTION = _closed(
    "One value as the system stores it.",
    {
        "id": _text("The value's id.", minLength=1),
        "scope": SCOPE,
        "key": _text("What is stored.", minLength=1),
        "label": _text("What is shown.", minLength=1),
        "labels": _by(bare("locale"), _text("The label in it."), "Labels in other languages."),
        "description": _text("What it means; may be empty."),
        "status": bare("status"),
        "active": _yes_or_no("Whether new records may take it there."),
        "maps_to": _or_null("The id of the global value that it rolls up to."),
        "offered_by": _list(
            bare("value-id"), "The values of the controlling field that offer it: ids of that field's list."
        ),
    },
)
STORED_FIELD = _closed(
    "One field of an object in the system.",
    {
        "field": _text("The field of the spec: `account.industry`.", minLength=1),
        "object": _text("The object there.", minLength=1),
        "name": _text("Its name there.", minLength=1),
        "label": _text("What is shown.", minLength=1),
        "labels": _by(bare("locale"), _text("The label in it."), "Labels in other languages."),
        "description": _text("What it means; may be empty."),
        "type": _text("The system's type; empty where it has none for it."),
        "required": _yes_or_no("Whether every region that uses the instance wants it."),
        "active": _yes_or_no("Whether it is in use."),
        "list": _or_null("The list that it draws on."),
        "part": {
            "description": "Which values of the picklist: all, only global ones, or only regional ones.",
            "type": ["string", "null"],
            "enum": ["all", "global", "regional", None],
        },
        "controlled_by": _or_null("The field of the same object that its options depend on."),
    },
)
STORED_LIST = _closed(
    "A closed list in the system.",
    {
        "name": _text("Its name there; empty where the system names none."),
        "picklist": _text("The picklist's id.", minLength=1),
        "part": {
            "description": "Which values of the picklist: all, only global ones, or only regional ones.",
            "type": "string",
            "enum": ["all", "global", "regional"],
        },
        "standard": _yes_or_no("Whether it comes with the system."),
        "options": _list(OPTION, "The values, in order."),
    },
)
RECORD_TYPE = _closed(
    "A record type, and what it offers.",
    {
        "object": _text("The object there.", minLength=1),
        "name": _text("The record type's name.", minLength=1),
        "regions": _list(IDS, "The regions that use it."),
        "offers": _by(
            {"minLength": 1}, _list(_text("A stored key."), "Stored keys, in order."), "By field there."
        ),
    },
)
_SYSTEM = taxonomy.DEFINITIONS["system"]
SYSTEM = mapping(
    "One instance, and what it stores.",
    {
        **_SYSTEM["properties"],
        "holds": _list(IDS, "The regions whose union it holds."),
        "lists": _list(STORED_LIST, "Its closed lists, by name."),
        "fields": _list(STORED_FIELD, "Its fields."),
        "record_types": _list(RECORD_TYPE, "Its record types."),
    },
    required=[*_SYSTEM.get("required", ()), "holds", "lists", "fields", "record_types"],
)
CONDITION = _closed(
    "One condition of the spec.",
    {
        "address": ADDRESS,
        "scope": SCOPE,
        "path": PATH,
        "route": _list({"type": ["string", "integer"]}, "The keys that lead to it in the file."),
        "object": _text("Whose records it is about: `account`.", minLength=1),
        "when": bare("condition"),
        "words": WORDS,
    },
)

OUTPUTS: dict[str, Schema] = {
    **REPORTS,
    "spec-document": {
        "title": "The resolved spec (`spec.json` of a build)",
        **_closed(
            "A spec with every region's view of it and what each system stores. What is at its default is left out.",
            {
                "version": VERSION,
                "project": {key: value for key, value in _FILES["project"].items() if key != "title"},
                "global": GLOBAL,
                "regions": _by(IDS, REGION, "Every region by id, pilots too, parents first."),
                "governance": GOVERNANCE,
                "systems": _by(IDS, SYSTEM, "Every instance whose kind is known, by id."),
                "conditions": _list(CONDITION, "Every condition as it was written, and in words."),
            },
        ),
    },
}
