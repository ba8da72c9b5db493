"""Laws of the loader: spans slice to their scalars, both parsers agree, and no bytes make it fail or hang."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from abmspec.diagnostic import Diagnostic
from abmspec.load import Entry, parse
from abmspec.load.layout import arrange, printable
from abmspec.load.parser import _libyaml_events, _strict_events, _Walk
from abmspec.load.scalars import Ambiguous, resolve
from abmspec.source import Document, NodeSpans, Route, Span

HERE = Entry("taxonomy/picklists/industry.yaml", "picklist", "industry", "")

# -- YAML written from data, in every style that the data allows ----------------------------------------

CHARACTERS = st.sampled_from([*"abcNOyt019 -:#,[]{}&*!|>'\"%@`\\~=<.?+_/", "é", "金", "😀", "\u00a0"])
TEXTS = st.text(CHARACTERS, max_size=8)
PLAIN = st.from_regex(r"[a-zé金😀][a-z0-9é金😀]*([ :#-][a-z0-9é😀]+)*", fullmatch=True).filter(
    lambda text: resolve(text) == text and " #" not in text and ": " not in text
)
SCALARS = st.one_of(
    TEXTS,
    PLAIN,
    st.booleans(),
    st.none(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.sampled_from([0.5, -1.25]),
)
DATA = st.dictionaries(
    TEXTS | PLAIN,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | PLAIN, inner, max_size=4),
        max_leaves=12,
    ),
    min_size=1,
    max_size=5,
)


class Writer:
    """Writes data as YAML, the styles, comments and blank lines chosen at random."""

    def __init__(self, choices: random.Random) -> None:
        self.choices = choices

    def scalar(self, value: Any, *, key: bool = False) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        styles = [json.dumps(value, ensure_ascii=self.choices.random() < 0.5 and value.isascii())]
        styles.append("'" + value.replace("'", "''") + "'")
        plain = all(character.isalnum() or character in " -" for character in value) and value[:1].isalpha()
        if plain and value == value.strip() and resolve(value) == value and " -" not in value:
            styles += [value, value]
        return self.choices.choice(styles)

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            return (
                "{"
                + ", ".join(f"{self.scalar(key, key=True)}: {self.flow(of)}" for key, of in value.items())
                + "}"
            )
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value)

    def after(self) -> str:
        return self.choices.choice(["\n", "\n", "\n", "  # why: é\n", "\n\n", "\r\n"])

    def node(self, value: Any, indent: str) -> str:
        if not value or not isinstance(value, dict | list) or self.choices.random() < 0.3:
            return " " + self.flow(value) + self.after()
        return self.after() + self.block(value, indent + "  ")

    def block(self, value: Any, indent: str) -> str:
        if isinstance(value, dict):
            return "".join(f"{indent}{self.scalar(key)}:{self.node(of, indent)}" for key, of in value.items())
        return "".join(f"{indent}-{self.node(of, indent)}" for of in value)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A YAML text and the data that it stands for."""
    data = draw(DATA)
    return Writer(draw(st.randoms(use_true_random=False))).block(data, ""), data


def scalars(value: Any, route: Route = ()) -> Iterator[tuple[Route, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from scalars(inner, (*route, index))
    else:
        yield route, value


def routes(value: Any, route: Route = ()) -> Iterator[Route]:
    yield route
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from routes(inner, (*route, key))


def cut(text: str, span: Span) -> str:
    """The text that a span covers."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def unquoted(source: str) -> Any:
    """What a slice of one scalar says, decoded on its own."""
    if source.startswith('"'):
        return json.loads(source)
    if source.startswith("'"):
        return source[1:-1].replace("''", "'")
    value = resolve(source)
    return source if isinstance(value, Ambiguous) else value


def loaded(text: str) -> Document:
    document, found = parse(HERE, text.encode())
    assert document is not None, (text, found)
    assert found == ()
    return document


@given(written())
def test_what_is_written_is_read(pair: tuple[str, dict[str, Any]]) -> None:
    text, data = pair
    document = loaded(text)
    assert document.data == data
    assert list(routes(document.data)) == list(routes(data))


@given(written())
def test_every_span_slices_to_its_scalar(pair: tuple[str, dict[str, Any]]) -> None:
    text, data = pair
    document = loaded(text)
    assert set(document.spans) == set(routes(data))
    for route, value in scalars(data):
        assert unquoted(cut(text, document.spans[route].value)) == value
    for route, spans in document.spans.items():
        if route and isinstance(route[-1], str):
            assert spans.key is not None
            assert unquoted(cut(text, spans.key)) == route[-1]


@given(written())
def test_spans_nest(pair: tuple[str, dict[str, Any]]) -> None:
    document = loaded(pair[0])
    for route, spans in document.spans.items():
        if route:
            outer, inner = document.spans[route[:-1]].value, spans.value
            assert outer[:2] <= (spans.key or inner)[:2]
            assert inner[2:] <= outer[2:]
        assert (
            not cut(document.text, spans.value)[-1:].isspace() or not cut(document.text, spans.value).strip()
        )


@settings(max_examples=50)
@given(written())
def test_both_parsers_agree(pair: tuple[str, dict[str, Any]]) -> None:
    text, _ = pair
    walks = []
    for events in (_libyaml_events, _strict_events):
        spans: dict[Route, NodeSpans] = {}
        found: list[Diagnostic] = []
        walks.append((_Walk(events(text), text, spans, found).document(), spans, found))
    assert walks[0] == walks[1]


# -- whatever comes ----------------------------------------------------------------------------------------

REAL = [
    "label: Industry\nvalues:\n  financial-services:\n    labels: {de: Finanzdienstleistungen, ja: 金融サービス}\n"
    "    aliases: [FinServ, Banking & Finance]      # dirty spellings\n  media:\n    status: deprecated\n",
    "when:\n  all:\n    - {field: account.industry, in: [financial-services]}\n    - not: {tier: [tier-1]}\n",
    "a: |\n  text\n   more\n\nb: >-\n  folded\n\n  text\nc: 'it''s\n  long'\nd: plain\n  long\n",
    "- a\n-\n  - b: c\n    d: [e,\n      f]\n- ? g\n  : h\n",
]
PIECES = [
    *"\n\t :-?,[]{}#&*!|>'\"%@`\\a0~<=", "\n  ", "\r\n", "\r", "---\n", "...\n", ": ", "- ", "? ", " #", "<<: ",
    "&a ", "*a", "!!str ", "!<", "%YAML 1.1\n---\n", "|9\n", ">+\n", "\\x", "\\ud800", "\\UFFFFFFFF", "\x00", "\x85",
    "\u2028", "\ufeff", "\ud800", "é", "😀", "<<<<<<< a\n", ">>>>>>> b\n", "NO", "1e3", "12:30", "9" * 30,
    "1.0e+999", "[" * 70, "? " * 70, "- " * 70, "{a: " * 70,
]  # fmt: skip


def mutated(choices: random.Random) -> bytes:
    """A real text with some damage done to it."""
    text = choices.choice(REAL)
    for _ in range(choices.randint(1, 5)):
        at = choices.randrange(len(text) + 1)
        cut_out = choices.choice([0, 0, 0, 1, 2, 10])
        text = text[:at] + choices.choice([*PIECES, ""]) + text[at + cut_out :]
    raw = text.encode("utf-8", "surrogatepass")
    if choices.random() < 0.1:
        at = choices.randrange(len(raw) + 1)
        raw = raw[:at] + bytes([choices.randrange(256)]) + raw[at:]
    return raw


def check_outcome(raw: bytes) -> None:
    """Either a document whose every node has spans, or findings; all of them inside the file."""
    document, found = parse(HERE, raw)
    assert document is not None or found
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        lines = raw.decode().split("\n")
    except UnicodeDecodeError as error:
        lines = raw[: error.start].decode().split("\n")
    places = [Span(each.line, each.column, each.end_line, each.end_column) for each in found]
    if document is not None:
        assert set(document.spans) == set(routes(document.data))
        places += [spans.value for spans in document.spans.values()]
    for line, column, end_line, end_column in places:
        assert (1, 1) <= (line, column) <= (end_line, end_column)
        assert end_line <= len(lines)
        assert column <= len(lines[line - 1]) + 1
        assert end_column <= len(lines[end_line - 1]) + 1


@given(st.integers(0, 2**32))
@settings(max_examples=500)
def test_damaged_texts_are_survived(seed: int) -> None:
    check_outcome(mutated(random.Random(seed)))


def test_the_same_damaged_texts_each_time() -> None:
    choices = random.Random(20261001)
    for _ in range(3000):
        check_outcome(mutated(choices))


@given(
    st.binary(max_size=60)
    | st.text(st.sampled_from("\n\t :-?,[]{}#&*!|>'\"%@`\\a0"), max_size=40).map(str.encode)
)
def test_any_bytes_are_survived(raw: bytes) -> None:
    check_outcome(raw)


# -- paths -------------------------------------------------------------------------------------------------

PARTS = st.sampled_from(
    ["taxonomy", "regions", "playbooks", "accounts", "picklists", "fields", "emea", "dach", "Plays", "content", "a\nb",
     "region.yaml", "tiers.yml", "industry.yaml", "Industry.yaml", "emea-x.yaml", "README.md", ".git", "x", "産業.yaml"]
)  # fmt: skip
PATHS = st.lists(PARTS, min_size=1, max_size=5).map("/".join)


@given(st.lists(PATHS, unique=True, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_paths_says_nothing(paths: list[str], choices: random.Random) -> None:
    layout = arrange(paths)
    choices.shuffle(paths)
    assert arrange(paths) == layout
    given_paths = set(paths)
    assert {entry.path for entry in layout.entries} <= given_paths
    if not any(found.rule == "file-unknown" for found in layout.diagnostics):
        assert layout.broken <= given_paths
    assert not {entry.path for entry in layout.entries} & layout.broken
    keys = [(entry.kind, entry.id, entry.path.rpartition("/")[0]) for entry in layout.entries]
    assert len(keys) == len(set(keys))
    assert all(diagnostic.path == printable(diagnostic.path) for diagnostic in layout.diagnostics)
