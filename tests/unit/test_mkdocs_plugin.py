"""The plugin beside hand-written pages, without a `mkdocs.yml`, with errors in the spec, and while somebody writes."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from abmspec import pipeline
from abmspec.resolve import Resolved
from abmspec.site.configuration import THEME, configuration

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 10, 1)
LABEL = '<img src=x onerror=alert(1)> & "Co"'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/rules/base", tmp_path / "project"))


def resolved_of(root: Path) -> Resolved:
    verdict, resolved = pipeline.judge(root, TODAY)
    assert not verdict.errors
    assert resolved is not None
    return resolved


def write_label(project: Path, label: str) -> None:
    path = project / "taxonomy/segments/enterprise-technology.yaml"
    text = re.sub(r"^label: .*$", lambda _: f"label: '{label}'", path.read_text(), flags=re.MULTILINE)
    path.write_text(text)


def test_a_project_without_a_mkdocs_file_has_a_site_too(project: Path) -> None:
    files = pipeline.publish(project, resolved_of(project), TODAY)
    assert {"index.html", "segments/enterprise-technology.html", "assets/abmspec/search-index.js"} <= set(
        files
    )
    assert not (project / "mkdocs.yml").exists()


def test_this_repositorys_site_is_set_up_as_any_other() -> None:
    stated = yaml.safe_load((ROOT / "mkdocs.yml").read_text())
    assert stated["theme"] == THEME
    assert stated["use_directory_urls"] is False
    assert stated["plugins"] == ["abmspec"]


def test_hand_written_pages_stand_beside_and_are_found(project: Path) -> None:
    spec = resolved_of(project).spec
    stated = yaml.safe_load(configuration(spec.project, project)) | {"exclude_docs": "/README.md"}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(stated))
    (project / "docs").mkdir()
    (project / "docs/how-to.md").write_text("# How we work\n\n## Ask first\n\nText.\n")
    (project / "docs/README.md").write_text("# On the forge alone\n")
    files = pipeline.publish(project, resolved_of(project), TODAY)
    assert "On the forge alone" not in files["index.html"].decode()
    page = files["how-to.html"].decode()
    assert "Ask first" in page
    assert 'href="icp.html"' in page
    assert (
        '["how-to.html","How we work","page","","How we work'
        in files["assets/abmspec/search-index.js"].decode()
    )


class Elements(HTMLParser):
    """Which elements a page has, and which attributes that run something."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.images: list[str] = []
        self.handlers: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.images.append(str(attrs))
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_hostile_labels_stay_text_in_titles_and_navigation(project: Path) -> None:
    write_label(project, LABEL)
    files = pipeline.publish(project, resolved_of(project), TODAY)
    for path, content in files.items():
        if path.endswith(".html"):
            found = Elements(content)
            assert (found.images, found.handlers) == ([], []), path
    page = files["segments/enterprise-technology.html"].decode()
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot;</h1>" in page


def test_errors_stop_a_build_and_say_where_they_are(project: Path) -> None:
    resolved = resolved_of(project)
    broken = project / "taxonomy/segments/enterprise-technology.yaml"
    broken.write_text(broken.read_text() + "colour: blue\n")
    with pytest.raises(
        pipeline.SiteRefused, match=r"taxonomy/segments/enterprise-technology\.yaml:\d+:\d+: error"
    ):
        pipeline.publish(project, resolved, TODAY)


# -- while somebody writes ----------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """`mkdocs serve` on the project; gives its address."""
    (project / "mkdocs.yml").write_text(configuration(resolved_of(project).spec.project, project))
    (project / "docs").mkdir(exist_ok=True)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(url: str, text: str, seconds: float = 45) -> str:
    """The page, as soon as it says the text. AssertionError where it does not in time."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end, page = time.monotonic() + seconds, ""
    while time.monotonic() < end:
        try:
            with opener.open(url, timeout=5) as answer:
                page = answer.read().decode()
        except (urllib.error.URLError, OSError):
            page = ""
        if text in page:
            return page
        time.sleep(0.2)
    raise AssertionError(f"{url} never said {text!r}")


def test_a_served_site_follows_the_spec_and_survives_its_errors(project: Path) -> None:
    path = project / "taxonomy/segments/enterprise-technology.yaml"
    with serving(project) as address:
        url = f"{address}/segments/enterprise-technology.html"
        wait_for(url, "enterprise-technology")
        write_label(project, "Renamed while served")
        wait_for(url, "Renamed while served")
        good = path.read_text()
        path.write_text(good.replace("decision:", "decizion:"))
        said = wait_for(f"{address}/index.html", "in the spec.")
        assert "taxonomy/segments/enterprise-technology.yaml" in said
        path.write_text(good)
        assert "in the spec." not in wait_for(url, "Renamed while served")
