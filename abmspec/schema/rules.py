"""What the schemas may find fault with."""

from __future__ import annotations

from abmspec.diagnostic import Rule, Severity


def _error(name: str, summary: str) -> Rule:
    return Rule(name, Severity.ERROR, summary, waivable=False)


BAD_CONDITION = _error(
    "schema-bad-condition", "A condition is one known word, or one field compared by one operator."
)
BAD_FORMAT = _error("schema-bad-format", "Ids, dates, durations, countries and the like keep their form.")
CONFLICTING_KEYS = _error("schema-conflicting-keys", "Of keys that exclude each other there is one.")
FORMAT_UNKNOWN = _error("format-unknown", "A spec is written in a format that this version of abmspec reads.")
DUPLICATE_ITEM = _error("schema-duplicate-item", "A list holds each thing once.")
MISSING_KEY = _error("schema-missing-key", "What must be said is said.")
NOT_ALLOWED_VALUE = _error("schema-not-allowed-value", "Where a list of values is closed, no other is used.")
OUT_OF_RANGE = _error("schema-out-of-range", "Numbers stay within their bounds.")
OVERLAY_NOT_ALLOWED = _error(
    "overlay-not-allowed", "A region's overlay says only what an overlay of that thing may say."
)
TOO_FEW = _error("schema-too-few", "What must hold something is not empty.")
TOO_MANY = _error("schema-too-many", "Lists and texts stay within their bounds.")
UNKNOWN_KEY = _error("schema-unknown-key", "Every key is one that the format knows.")
WRONG_TYPE = _error("schema-wrong-type", "Texts, numbers, lists and mappings stand where they are expected.")

RULES: tuple[Rule, ...] = (
    FORMAT_UNKNOWN, OVERLAY_NOT_ALLOWED, BAD_CONDITION, BAD_FORMAT, CONFLICTING_KEYS, DUPLICATE_ITEM, MISSING_KEY,
    NOT_ALLOWED_VALUE, OUT_OF_RANGE, TOO_FEW, TOO_MANY, UNKNOWN_KEY, WRONG_TYPE,
)  # fmt: skip
