"""Edits: what changes, and what stays byte for byte."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Any

import pytest

from abmspec.edit import (
    Change,
    EditRefused,
    Insert,
    InsertItem,
    Operation,
    Put,
    Remove,
    RenameKey,
    SetValue,
    change,
    created,
    edited,
    unified,
)

INDUSTRY = """\
# One industry per account.
label: Industry      # shown to sellers
owner: revops
systems: {sf-core: {standard_value_set: Industry}}
values:
  # The big one.
  financial-services:
    label: Financial Services
    aliases: [FinServ, Banking & Finance]      # met in the wild
  technology: {label: Technology}

  # Split in two last year.
  media-telecom:
    label: Media & Telecom
    status: deprecated
    # No more after this.
# The end.
"""

CASES: dict[str, tuple[str, list[Operation], str]] = {
    "a scalar, its comment kept": (
        "label: Industry      # shown\nowner: revops\n",
        [SetValue(("label",), "Branch")],
        "label: Branch      # shown\nowner: revops\n",
    ),
    "a scalar that needs quotes": (
        "countries: [FR, SE]\n",
        [InsertItem(("countries",), "NO")],
        'countries: [FR, SE, "NO"]\n',
    ),
    "a scalar in a nested flow": (
        "a: {b: [1, {c: x}]}  # why\n",
        [SetValue(("a", "b", 1, "c"), "2026-01-01")],
        'a: {b: [1, {c: "2026-01-01"}]}  # why\n',
    ),
    "a number for a text": ("a: x\nb: y\n", [SetValue(("a",), 3)], "a: 3\nb: y\n"),
    "an empty value": (
        "a:  # nothing yet\nb: 1\n",
        [SetValue(("a",), "x")],
        "a: x  # nothing yet\nb: 1\n",
    ),
    "an empty value in a flow": ("a: {b: , c}\n", [SetValue(("a", "b"), 1)], "a: {b: 1, c}\n"),
    "a key alone in a flow": ("a: {b, c: 1}\n", [SetValue(("a", "b"), 1)], "a: {b: 1, c: 1}\n"),
    "a block for a scalar": (
        "a: x  # why\nb: 1\n",
        [SetValue(("a",), [{"c": 1, "d": 2}, {"e": 3, "f": "long " * 30 + "end"}])],
        "a:  # why\n  - {c: 1, d: 2}\n  - e: 3\n    f: >-\n      "
        + ("long " * 21).strip()
        + "\n      "
        + "long " * 9
        + "end\nb: 1\n",
    ),
    "a scalar for a block": (
        "a:  # why\n  b: 1\n  # in it\n  c: 2\n# of d\nd: 3\n",
        [SetValue(("a",), "x")],
        "a: x  # why\n# of d\nd: 3\n",
    ),
    "a mapping over another, entry by entry": (
        "a:\n  b: 1   # one\n  c: 2\n\n  # three\n  d: 3\n",
        [SetValue(("a",), {"b": 1, "new": 0, "d": 4})],
        "a:\n  b: 1   # one\n  new: 0\n\n  # three\n  d: 4\n",
    ),
    "a text of several lines": (
        "a: |\n  one\n  two\nb: 1\n",
        [SetValue(("a",), "three\nfour\n")],
        "a: |\n  three\n  four\nb: 1\n",
    ),
    "an item of a block list": (
        "a:\n  - x  # why\n  # of y\n  - y\n",
        [SetValue(("a", 0), "z"), SetValue(("a", 1), {"k": "v"})],
        "a:\n  - z  # why\n  # of y\n  - {k: v}\n",
    ),
    "an entry behind another": (
        INDUSTRY,
        [Insert(("values",), "retail", {"label": "Retail"}, after="technology")],
        INDUSTRY.replace("{label: Technology}\n", "{label: Technology}\n  retail: {label: Retail}\n"),
    ),
    "an entry before another, and its comment": (
        INDUSTRY,
        [Insert(("values",), "retail", {"label": "Retail"}, before="media-telecom")],
        INDUSTRY.replace("{label: Technology}\n", "{label: Technology}\n  retail: {label: Retail}\n"),
    ),
    "an entry before the first": (
        INDUSTRY,
        [Insert(("values",), "retail", {"label": "Retail"}, before="financial-services")],
        INDUSTRY.replace("values:\n", "values:\n  retail: {label: Retail}\n"),
    ),
    "an entry before the first of a file": (
        INDUSTRY,
        [Insert((), "sorted", True, before="label")],
        INDUSTRY.replace("label: Industry ", "sorted: true\nlabel: Industry ", 1),
    ),
    "an entry at its end": (
        INDUSTRY,
        [Insert(("values",), "retail", {"label": "Retail"})],
        INDUSTRY.replace(
            "    # No more after this.\n", "    # No more after this.\n  retail: {label: Retail}\n"
        ),
    ),
    "an entry in its canonical place": (
        INDUSTRY,
        [Insert((), "extensible", True), Insert(("values", "technology"), "systems", {"sf-core": "Tech"})],
        INDUSTRY.replace("revops\n", "revops\nextensible: true\n").replace(
            "{label: Technology}", "{label: Technology, systems: {sf-core: Tech}}"
        ),
    ),
    "an entry of a mapping that begins at a dash": (
        "a:\n  - b: 1\n    c: 2\n",
        [Insert(("a", 0), "z", 0, before="b")],
        "a:\n  - z: 0\n    b: 1\n    c: 2\n",
    ),
    "blank lines between entries, as before": (
        "a:\n  b: 1\n\n  c: 2\n\n  d: 2\nf: 1\n",
        [Insert(("a",), "e", 3)],
        "a:\n  b: 1\n\n  c: 2\n\n  d: 2\n\n  e: 3\nf: 1\n",
    ),
    "into an empty mapping": ("a: {}  # why\nb: 1\n", [Insert(("a",), "c", 1)], "a: {c: 1}  # why\nb: 1\n"),
    "into nothing": ("a:\nb: 1\n", [Insert(("a",), "c", 1)], "a: {c: 1}\nb: 1\n"),
    "into an empty file": ("", [Insert((), "a", 1)], "a: 1\n"),
    "into a file of comments": ("# Nothing yet.", [Insert((), "a", 1)], "# Nothing yet.\na: 1\n"),
    "into an empty flow file": ("{}\n", [Insert((), "a", 1)], "a: 1\n"),
    "into a flow, before another": (
        "a: {b: 1, c: 2}\n",
        [Insert(("a",), "d", [3], before="c")],
        "a: {b: 1, d: [3], c: 2}\n",
    ),
    "into a flow of several lines": (
        "a: [\n  x,  # first\n  y\n]\n",
        [InsertItem(("a",), "z"), InsertItem(("a",), "w", 0)],
        "a: [\n  w, x,  # first\n  y, z\n]\n",
    ),
    "into a flow that gets too long": (
        f"a: {{b: {'x' * 50}, c: {'y' * 50}}}  # why\nd: 1\n",
        [Insert(("a",), "e", "z" * 20)],
        f"a:  # why\n  b: {'x' * 50}\n  c: {'y' * 50}\n  e: {'z' * 20}\nd: 1\n",
    ),
    "an item at the end, and at the beginning": (
        "a:\n- x\n# of y\n- y\nb: 1\n",
        [InsertItem(("a",), "z"), InsertItem(("a",), "w", 0)],
        "a:\n- w\n- x\n# of y\n- y\n- z\nb: 1\n",
    ),
    "a mapping as an item": (
        "a:\n  - {b: 1}\n",
        [InsertItem(("a",), {"b": {"c": 1, "d": 2}, "e": [{"f": 1}]})],
        "a:\n  - {b: 1}\n  - b: {c: 1, d: 2}\n    e:\n      - {f: 1}\n",
    ),
    "what is missing on the way is made": (
        "label: x\n",
        [Put(("labels", "fr"), "u"), Put(("labels", "de"), "z"), Put(("label",), "w")],
        "label: w\nlabels: {fr: u, de: z}\n",
    ),
    "an entry removed with its comments": (
        INDUSTRY,
        [Remove(("values", "financial-services"))],
        INDUSTRY[: INDUSTRY.index("  # The big")] + INDUSTRY[INDUSTRY.index("  technology") :],
    ),
    "the last entry removed": (
        INDUSTRY,
        [Remove(("values", "media-telecom"))],
        INDUSTRY[: INDUSTRY.index("\n  # Split")] + "# The end.\n",
    ),
    "the first entry of a file removed": (
        INDUSTRY,
        [Remove(("label",))],
        INDUSTRY.replace("label: Industry      # shown to sellers\n", "", 1),
    ),
    "a comment set apart stays": (
        "a: 1\n# A part of its own.\n\n# of b\nb: 2\nc: 3\n",
        [Remove(("b",))],
        "a: 1\n# A part of its own.\n\nc: 3\n",
    ),
    "the only entry removed": ("a:\n  # of b\n  b: 1\nc: 2\n", [Remove(("a", "b"))], "a: {}\nc: 2\n"),
    "the only item removed": ("a:\n  - 1\nc: 2\n", [Remove(("a", 0))], "a: []\nc: 2\n"),
    "from a flow: first, middle, last": (
        "a: [1, 2, 3, 4, 5]  # why\n",
        [Remove(("a", 0)), Remove(("a", 1)), Remove(("a", 2))],
        "a: [2, 4]  # why\n",
    ),
    "an entry behind a dash removed": ("a:\n  - b: 1\n    c: 2\n", [Remove(("a", 0, "b"))], "a:\n  - c: 2\n"),
    "a key": (
        "a:\n  b: {c: 1}  # why\n  'd': 2\n",
        [RenameKey(("a", "b"), "NO"), RenameKey(("a", "d"), "e")],
        'a:\n  "NO": {c: 1}  # why\n  e: 2\n',
    ),
    "a key as it should be written": ("on: 1\n", [RenameKey(("on",), "on")], '"on": 1\n'),
    "no final line end": (
        "a: 1\nb: 2",
        [Insert((), "c", 3), SetValue(("a",), 0), Remove(("b",))],
        "a: 0\nc: 3",
    ),
    "the last line, without an end, removed": ("a: 1\nb: 2", [Remove(("b",))], "a: 1"),
    "line ends of another kind": (
        "a: 1\r\nb:\r\n  - x\r\n",
        [Insert((), "c", {"d": {"e": 1, "f": [{"g": 1}]}}), InsertItem(("b",), "z")],
        "a: 1\r\nb:\r\n  - x\r\n  - z\r\nc:\r\n  d:\r\n    e: 1\r\n    f:\r\n      - {g: 1}\r\n",
    ),
    "folded and kept text around": (
        "a: >-\n  one\n  two\n\nb: |+\n  x\n\n\nc: 1\n",
        [Insert((), "d", 1, after="b"), Insert((), "e", 1, after="a")],
        "a: >-\n  one\n  two\ne: 1\n\nb: |+\n  x\n\n\nd: 1\nc: 1\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_only_what_is_meant_changes(case: str) -> None:
    text, operations, expected = CASES[case]
    assert edited("x.yaml", text, operations, "picklist") == expected


REFUSED: dict[str, tuple[str, Operation, str]] = {
    "a route that is not there": (
        "a: {b: 1}\n",
        SetValue(("a", "c", "d"), 1),
        "x.yaml: there is no `a.c.d`: `a.c` is missing.",
    ),
    "an item that is not there": (
        "a: [1]\n",
        Remove(("a", 1)),
        "x.yaml: there is no `a.1`: `a.1` is missing.",
    ),
    "a key that is there": ("a: 1\n", Insert((), "a", 2), "x.yaml: `a` is there already."),
    "a neighbour that is not there": (
        "a: 1\n",
        Insert((), "b", 2, after="c"),
        "x.yaml: there is no `c` to stand beside.",
    ),
    "a name that is taken": ("a: 1\nb: 2\n", RenameKey(("a",), "b"), "x.yaml: `b` is there already."),
    "a key in a list": ("a: [1]\n", Insert(("a",), "b", 2), "x.yaml: `a` is no mapping, so it takes no key."),
    "a way through a text": ("a: x\n", Put(("a", "b"), 2), "x.yaml: `a` is no mapping, so it takes no key."),
    "an item in a mapping": (
        "a: {}\n",
        InsertItem(("a",), 2),
        "x.yaml: `a` is no list, so it takes no item.",
    ),
    "a whole file": ("a: 1\n", Remove(()), "x.yaml: a file is deleted, not emptied."),
    "a key of the file": ("a: 1\n", RenameKey((), "b"), "x.yaml: the file's mapping has no key."),
    "a text of no form": (
        "a: 1\n",
        SetValue(("a",), "\x07"),
        "x.yaml: `a` cannot be changed for certain without the rest. Change it by hand.",
    ),
    "no YAML": (
        "a: [1\n",
        SetValue(("a",), 1),
        "x.yaml:1:4: The bracket that opens here is not closed with `]`. Add `]`.",
    ),
    "an unfinished merge": (
        "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n",
        SetValue(("a",), 1),
        "x.yaml:1:1: A merge left its conflict marker here",
    ),
    "a byte order mark": (
        "\ufeffa: 1\n",
        SetValue(("a",), 2),
        "x.yaml: the file begins with a byte order mark.",
    ),
    "a key behind a question mark": (
        "? a\n: 1\nb: 2\n",
        SetValue(("b",), 1),
        "x.yaml:1: a key written with `?` cannot be edited.",
    ),
    "an entry behind a dash whose neighbour has a comment": (
        "a:\n  - b: 1\n    # of c\n    c: 2\n",
        Remove(("a", 0, "b")),
        "x.yaml: `a.0.b` stands behind a dash, and a comment follows.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_refused(case: str) -> None:
    text, operation, why = REFUSED[case]
    with pytest.raises(EditRefused) as refusal:
        edited("x.yaml", text, [operation])
    assert str(refusal.value).startswith(why)


def test_a_file_of_other_bytes_is_refused() -> None:
    with pytest.raises(EditRefused, match="not UTF-8"):
        change("x.yaml", b"a: \xff\n", [SetValue(("a",), 1)])


def test_a_new_file_is_in_canonical_form() -> None:
    data: dict[str, Any] = {
        "values": {"b": {"aliases": ["NO"], "label": "B"}, "a": {"label": "A: first"}},
        "label": "Letters",
    }
    made = created("taxonomy/picklists/letters.yaml", data, "picklist", comment="Who asked for it\nand why.")
    assert made.before is None
    assert made.after is not None
    assert made.after.decode() == dedent(
        """\
        # Who asked for it
        # and why.
        label: Letters
        values:
          b: {label: B, aliases: ["NO"]}
          a: {label: "A: first"}
        """
    )


def test_a_new_file_that_no_yaml_can_say_is_refused() -> None:
    with pytest.raises(EditRefused):
        created("x.yaml", {"label": "\x00"})


def test_changes_are_shown_as_a_unified_diff() -> None:
    changes = [
        Change("a.yaml", b"x: 1\ny: 2\n", b"x: 1\ny: 3"),
        Change("new.yaml", None, b"x: 1\n"),
        Change("old.yaml", b"x: 1\r\n", None),
    ]
    assert unified(changes) == (
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,2 @@\n x: 1\n-y: 2\n+y: 3\n\\ No newline at end of file\n"
        "--- /dev/null\n+++ b/new.yaml\n@@ -0,0 +1 @@\n+x: 1\n"
        "--- a/old.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-x: 1\r\n"
    )


LONG = "label: Long\nvalues:  # many\n" + "".join(
    f"  # The {number}th.\n  v-{number}: {{label: V {number}}}\n" for number in range(5000)
)


@pytest.mark.parametrize(
    "text", [LONG, LONG.replace("\n", "\r\n"), LONG.removesuffix("\n"), f"{LONG}# End.\nextensible: true\n"]
)
@pytest.mark.parametrize(
    ("operation", "before", "after"),
    [
        (Insert(("values",), "new", {}, after="v-4998"), "V 4998}\n", "V 4998}\n  new: {}\n"),
        (Insert(("values",), "new", {}, before="v-0"), "  # The 0th.\n", "  new: {}\n  # The 0th.\n"),
        (SetValue(("values", "v-2500", "label"), "Other"), "label: V 2500}", "label: Other}"),
        (Put(("values", "v-0", "status"), "retired"), "label: V 0}", "label: V 0, status: retired}"),
        (Remove(("values", "v-7")), "  # The 7th.\n  v-7: {label: V 7}\n", ""),
        (RenameKey(("values", "v-7"), "seven"), "v-7:", "seven:"),
        (SetValue(("label",), "Other"), "label: Long", "label: Other"),
    ],
)  # fmt: skip
def test_a_long_list_is_edited_as_a_short_one(
    text: str, operation: Operation, before: str, after: str
) -> None:
    newline = "\r\n" if "\r" in text else "\n"
    before, after = (each.replace("\n", newline) for each in (before, after))
    assert text.count(before) == 1
    assert edited("x.yaml", text, [operation]) == text.replace(before, after)


@pytest.mark.parametrize(
    ("text", "operation", "why"),
    [
        (LONG, Insert(("values",), "v-7", {}), "`values.v-7` is there already"),
        (LONG, Remove(("values", "v-5000")), "`values.v-5000` is missing"),
        (
            f"{LONG}  ? odd\n  : {{}}\n",
            SetValue(("values", "odd"), 1),
            "a key written with `?` cannot be edited",
        ),
        (f"{LONG}label: Twice\n", Remove(("values", "v-7")), "twice"),
        (f"\ufeff{LONG}", Remove(("values", "v-7")), "byte order mark"),
    ],
)
def test_what_cannot_be_edited_in_a_long_list_is_refused(text: str, operation: Operation, why: str) -> None:
    with pytest.raises(EditRefused, match=re.escape(why)):
        edited("x.yaml", text, [operation])
