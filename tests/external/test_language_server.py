"""The real YAML language server completes, explains and checks the reference spec by the schemas of its project."""

from __future__ import annotations

import itertools
import json
import queue
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from abmspec import pipeline
from abmspec.editor import editor_schemas
from abmspec.resolve import Resolved
from tests.conftest import NODE_SCRIPTS, ROOT, TODAY, Node

pytestmark = [pytest.mark.external, pytest.mark.timeout(300)]

SERVER = NODE_SCRIPTS / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SCHEMAS = ".abmspec/schemas"
PATIENCE = 60
# A snippet's places to type in: `$1`, and `${1:what one may write over}`.
PLACEHOLDER = re.compile(r"\$\{\d+(?::[^}]*)?\}|\$\d+")
NEW = "taxonomy/segments/emerging-banks.yaml"

Item = Mapping[str, Any]


class Server:
    """One language server over its standard streams. Texts have `|` where the cursor is."""

    def __init__(self, node: str, root: Path, settings: Mapping[str, Any]) -> None:
        self.root = root
        self.settings = settings
        self.process = subprocess.Popen(
            [node, SERVER, "--stdio"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.found: queue.Queue[dict[str, Any]] = queue.Queue()
        self.numbers = itertools.count(1)
        self.versions: dict[str, int] = {}
        threading.Thread(target=self._listen, daemon=True).start()
        completion = {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}}
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {"completion": completion, "hover": {"contentFormat": ["markdown"]}},
                },
            },
        )
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": settings}})

    def close(self) -> None:
        """Ends the server, at once if it does not go by itself."""
        self.request("shutdown", None)
        self._send({"method": "exit"})
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            line = stream.readline()
            if not line:
                return
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(int(line.split(b":")[1])))
            if message.get("method") == "textDocument/publishDiagnostics":
                self.found.put(message["params"])
            elif "method" in message and "id" in message:
                items = message["params"].get("items", ()) if message.get("params") else ()
                result = [self.settings.get(item.get("section")) for item in items] or None
                self._send({"id": message["id"], "result": result})
            elif "id" in message:
                self.answers.put(message)

    def request(self, method: str, params: Any) -> Any:
        """The answer to a request."""
        number = next(self.numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            answer = self.answers.get(timeout=PATIENCE)
            if answer["id"] == number:
                assert "error" not in answer, answer
                return answer["result"]

    def show(self, path: str, text: str) -> str:
        """Opens a text as a file's, or changes it to that. The file's address."""
        uri = (self.root / path).as_uri()
        version = self.versions[uri] = self.versions.get(uri, 0) + 1
        if version == 1:
            item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": item}})
        else:
            params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}
            self._send({"method": "textDocument/didChange", "params": params})
        return uri

    def _ask(self, method: str, path: str, marked: str) -> Any:
        before, _, after = marked.partition("|")
        uri = self.show(path, before + after)
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self.request(method, {"textDocument": {"uri": uri}, "position": position})

    def complete(self, path: str, marked: str) -> dict[str, Item]:
        """What is offered at the cursor, by label."""
        return {item["label"]: item for item in self._ask("textDocument/completion", path, marked)["items"]}

    def hover(self, path: str, marked: str) -> str:
        """What is said of the thing at the cursor."""
        answer = self._ask("textDocument/hover", path, marked)
        return str(answer["contents"]["value"])

    def check(self, path: str, text: str) -> list[tuple[int, str]]:
        """The findings on a text: line, counted from one, and message."""
        while not self.found.empty():
            self.found.get()
        uri = self.show(path, text)
        end = time.monotonic() + PATIENCE
        while True:
            found = self.found.get(timeout=max(0.1, end - time.monotonic()))
            if found["uri"] == uri and found.get("version", self.versions[uri]) == self.versions[uri]:
                return [
                    (each["range"]["start"]["line"] + 1, each["message"]) for each in found["diagnostics"]
                ]


@pytest.fixture(scope="module")
def resolved() -> Resolved:
    found = pipeline.resolved_project(ROOT)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, resolved: Resolved) -> Path:
    """The reference spec with its schemas."""
    root = tmp_path_factory.mktemp("editor") / "spec"
    root.mkdir()
    shutil.copy(ROOT / "abmspec.yaml", root)
    for folder in ("taxonomy", "regions", "playbooks", "accounts"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for name, content in editor_schemas(resolved).files.items():
        at = root / SCHEMAS / name
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(content)
    return root


@pytest.fixture(scope="module")
def server(node: Node, project: Path, resolved: Resolved) -> Iterator[Server]:
    if not SERVER.is_file():
        pytest.skip("yaml-language-server is not installed: make setup")
    bindings = {
        f"./{SCHEMAS}/{name}": list(patterns) for name, patterns in editor_schemas(resolved).bindings.items()
    }
    yaml = {
        "schemas": bindings,
        "schemaStore": {"enable": False},
        "completion": True,
        "hover": True,
        "validate": True,
    }
    started = Server(node.executable, project, {"yaml": yaml})
    # The first findings come once the settings are there.
    while not started.check("taxonomy/icp.yaml", "nothing: here\n"):
        time.sleep(0.2)
    yield started
    started.close()


def ids(offers: Mapping[str, Item]) -> set[str]:
    """The offers but the skeletons that the server makes of what is required."""
    return {label for label, item in offers.items() if item["kind"] != 7 and not label.startswith("- (")}


# -- completion ----------------------------------------------------------------------------------------


def test_owners_are_the_roles_there_are(server: Server, resolved: Resolved) -> None:
    offers = server.complete(NEW, "label: New\nowner: |\n")
    roles = resolved.spec.governance.roles
    assert ids(offers) == {id for id, role in roles.items() if role.status != "retired"}
    assert offers["revops"]["documentation"] == roles["revops"].label


def test_a_successor_is_one_of_the_same_kind(server: Server, resolved: Resolved) -> None:
    offers = server.complete(NEW, 'label: New\ndeprecated:\n  date: "2026-01-01"\n  replaced_by: |\n')
    segments = {id for id, segment in resolved.spec.own.segments.items() if segment.status != "retired"}
    assert ids(offers) == segments


def test_a_value_is_replaced_by_one_of_its_list(server: Server, resolved: Resolved) -> None:
    text = "label: Industry\nvalues:\n  old:\n    label: Old\n    deprecated:\n      replaced_by: |\n"
    offers = server.complete("taxonomy/picklists/industry.yaml", text)
    assert ids(offers) == set(resolved.backbone.offered("industry"))


def test_a_regional_value_maps_to_one_of_the_list_above(server: Server, resolved: Resolved) -> None:
    offers = server.complete(
        "regions/emea/picklists/industry.yaml", "values:\n  emea-new:\n    label: New\n    maps_to: |\n"
    )
    assert ids(offers) == set(resolved.backbone.offered("industry"))
    assert offers["financial-services"]["documentation"] == "Financial Services"


def test_a_condition_is_offered_its_forms(server: Server) -> None:
    offers = ids(server.complete(NEW, "label: New\nwhen:\n  all:\n    - |\n"))
    assert offers == {"all", "any", "not", "segment", "tier", "region", "icp", "exists", "field"}


def test_a_condition_names_fields_of_this_spec(server: Server, resolved: Resolved) -> None:
    offers = server.complete(NEW, "label: New\nwhen:\n  all:\n    - field: |\n")
    fields = {name for name, field in resolved.backbone.fields.items() if field.status != "retired"}
    assert ids(offers) == fields
    assert offers["account.industry"]["documentation"].startswith("Industry (picklist industry")


@pytest.mark.parametrize(
    "rest", ["\n      in: [|]", "\n      in:\n        - |", "\n      is: |", ", in: [|]}"], ids=repr
)
def test_a_condition_holds_values_of_its_field(rest: str, server: Server, resolved: Resolved) -> None:
    opening = "{" if rest.endswith("}") else ""
    offers = server.complete(
        NEW, f"label: New\nwhen:\n  all:\n    - {opening}field: account.industry{rest}\n"
    )
    assert set(resolved.backbone.offered("industry")) <= ids(offers)
    assert not ids(offers) & set(resolved.backbone.offered("seniority"))


def test_a_field_is_asked_what_its_type_knows(server: Server) -> None:
    start = "label: New\nwhen:\n  all:\n    - field: account."
    assert ids(server.complete(NEW, f"{start}industry\n      |\n")) == {"is", "in", "known"}
    assert "at_least" in ids(server.complete(NEW, f"{start}employees\n      |\n"))


def test_a_comment_binds_a_single_file(server: Server) -> None:
    first = f"# yaml-language-server: $schema=../{SCHEMAS}/global/segment.json\n"
    assert "coverage" in server.complete("drafts/idea.yaml", f"{first}label: Idea\ndecision: |\n")


def test_closed_lists_and_codes_are_offered(server: Server) -> None:
    assert ids(server.complete("taxonomy/kpis.yaml", "kpis:\n  new:\n    unit: |\n")) == {
        "percent", "currency", "count", "days", "ratio", "score",
    }  # fmt: skip
    countries = server.complete("regions/emea/region.yaml", "label: EMEA\ncountries: [|]\n")
    assert countries["FR"]["documentation"] == "France"


# -- hover and findings --------------------------------------------------------------------------------


def test_hovering_tells_what_an_id_is_called(server: Server, project: Path) -> None:
    path = "taxonomy/segments/enterprise-finserv.yaml"
    text = (project / path).read_text(encoding="utf-8")
    said = server.hover(path, text.replace("decision: cov", "decision: cov|"))
    assert "The decision of the charter that it serves." in said
    assert "* `coverage`: Coverage" in said
    assert "* `financial-services`: Financial Services" in server.hover(
        path, text.replace("[financial-s", "[financial-|s", 1)
    )


def test_hovering_a_key_tells_what_it_is_for(server: Server) -> None:
    assert "The accountable role." in server.hover(NEW, "label: New\now|ner: revops\n")


@pytest.mark.parametrize(
    "path",
    [
        "taxonomy/segments/enterprise-finserv.yaml",
        "taxonomy/fields/account.yaml",
        "taxonomy/kpis.yaml",
        "taxonomy/governance/change-policy.yaml",
        "regions/emea/picklists/industry.yaml",
        "regions/emea/dach/fields/account.yaml",
        "playbooks/plays/executive-briefing.yaml",
    ],
)
def test_what_is_right_is_right_in_an_editor(path: str, server: Server, project: Path) -> None:
    assert server.check(path, (project / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("[financial-services]", "[financial-servces]", 8, "There is no value of the picklist industry"),
        ("account.employees", "account.employes", 9, "There is no field of this name."),
        ("decision: coverage", "decision: coverge", 3, "There is no decision of the charter"),
        ("at_least: 2001", 'at_least: "2001"', 9, 'Incorrect type. Expected "number".'),
        ("field: account.industry, in", "field: account.employees, has_any", 8, "Property has_any is not allowed."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(
    right: str, wrong: str, line: int, said: str, server: Server, project: Path
) -> None:
    path = "taxonomy/segments/enterprise-finserv.yaml"
    text = (project / path).read_text(encoding="utf-8")
    assert right in text
    found = server.check(path, text.replace(right, wrong, 1))
    assert [at for at, message in found if message.startswith(said)] == [line], found


# -- from nothing to a segment -------------------------------------------------------------------------

# What is typed stands between what is picked from the offers (`+`): line breaks, dashes, and words of one's own.
STEPS = (
    "+label", "Emerging banks", "\n",
    "+decision", "+coverage", "\n",
    "+owner", "+revops", "\n",
    "+when", "+all", "+field", "+account.industry", "\n      ", "+in", "+financial-services",
    "\n    - ", "+field", "+account.employees", "\n      ", "+at_least", "2001",
    "\n    - ", "+not", "+tier", "+tier-3", "\n",
    "+consumers", "+marketing", "\n",
    "+kpis", "+pipeline", "\n",
)  # fmt: skip


def accepted(text: str, item: Item) -> str:
    """The text after an offer was taken at its end: as an editor does, with the indentation of the line."""
    line = text.rpartition("\n")[2]
    indent = line[: len(line) - len(line.lstrip(" "))]
    start = item["textEdit"]["range"]["start"]["character"]
    inserted = PLACEHOLDER.sub("", item["textEdit"]["newText"]).rstrip("\n")
    return text[: len(text) - len(line)] + line[:start] + inserted.replace("\n", f"\n{indent}")


def test_a_segment_is_written_by_completion_alone(server: Server, project: Path) -> None:
    text = ""
    for step in STEPS:
        if not step.startswith("+"):
            text += step
            continue
        offers = server.complete(NEW, f"{text}|\n")
        assert step[1:] in offers, (text, sorted(offers))
        text = accepted(text, offers[step[1:]])
    assert server.check(NEW, text) == [], text
    (project / NEW).write_text(text, encoding="utf-8")
    try:
        verdict, _ = pipeline.judge(project, date.fromisoformat(TODAY))
    finally:
        (project / NEW).unlink()
    mine = [found for found in verdict.errors if found.path == NEW]
    assert mine == [], text
