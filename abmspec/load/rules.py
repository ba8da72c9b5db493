"""What the loader may find fault with in the text of a file."""

from __future__ import annotations

from abmspec.diagnostic import Rule, Severity

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 64
# A file with more is read no further: nobody reads more of them, and a hostile one would cost time.
MAX_FINDINGS = 500
# The strict parser reads some 300 KiB a second: what is larger is taken as libyaml says.
MAX_JUDGED = 256 * 1024


def _error(name: str, summary: str) -> Rule:
    return Rule(name, Severity.ERROR, summary, waivable=False)


ALIAS = _error("yaml-alias", "Every value stands where it is read: no aliases.")
AMBIGUOUS = _error("yaml-ambiguous-scalar", "What YAML readers take for different things is quoted.")
ANCHOR = _error("yaml-anchor", "Every value stands where it is read: no anchors.")
BYTE_ORDER_MARK = Rule(
    "yaml-byte-order-mark", Severity.WARNING, "A file begins with its text, not with a BOM."
)
CONTROL_CHARACTER = _error(
    "yaml-control-character", "A file holds no control characters, nor escapes of them."
)
DIRECTIVE = _error("yaml-directive", "A file is YAML 1.2 without directives.")
DUPLICATE_KEY = _error("yaml-duplicate-key", "A mapping has each key once.")
EMPTY = _error("yaml-empty", "A file holds data.")
ENCODING = _error("yaml-encoding", "A file is UTF-8.")
LINE_SEPARATOR = _error("yaml-line-separator", "Lines end in a line feed and in nothing else.")
MERGE_CONFLICT = _error("yaml-merge-conflict", "A file holds no conflict markers of an unfinished merge.")
MERGE_KEY = _error("yaml-merge-key", "Overlays are the only inheritance: no merge keys.")
NON_STRING_KEY = _error("yaml-non-string-key", "Keys are text.")
NOT_A_MAPPING = _error("yaml-not-a-mapping", "A file is a mapping of keys to values.")
NUMBER_RANGE = _error("yaml-number-range", "Numbers are small enough for every system to keep them exactly.")
SEVERAL_DOCUMENTS = _error("yaml-several-documents", "A file holds one YAML document.")
SYNTAX = _error("yaml-syntax", "A file is well-formed YAML.")
TAB = _error("yaml-tab", "Lines are indented with spaces.")
TAG = _error("yaml-tag", "A value alone says its type: no tags.")
TOO_DEEP = _error("yaml-too-deep", f"Nesting is at most {MAX_DEPTH} levels deep.")
TOO_LARGE = _error("yaml-too-large", f"A file is at most {MAX_BYTES // 1024**2} MiB large.")

YAML_RULES = (
    ALIAS, AMBIGUOUS, ANCHOR, BYTE_ORDER_MARK, CONTROL_CHARACTER, DIRECTIVE, DUPLICATE_KEY, EMPTY, ENCODING,
    LINE_SEPARATOR, MERGE_CONFLICT, MERGE_KEY, NON_STRING_KEY, NOT_A_MAPPING, NUMBER_RANGE, SEVERAL_DOCUMENTS,
    SYNTAX, TAB, TAG, TOO_DEEP, TOO_LARGE,
)  # fmt: skip

# What a finding of these speaks of means in quotes what abmspec reads in it.
QUOTABLE = frozenset(rule.name for rule in (AMBIGUOUS, NON_STRING_KEY))

# What a finding of these speaks of has one sensible reading, so the file is loaded all the same.
USABLE = frozenset(rule.name for rule in (AMBIGUOUS, BYTE_ORDER_MARK, NON_STRING_KEY, NUMBER_RANGE))
