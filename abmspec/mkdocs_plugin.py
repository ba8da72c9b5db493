"""The plugin that puts the spec's pages into a MkDocs site, beside pages written by hand.

The other way in besides the command line. Pages are made in memory: their bodies never pass through Markdown, so that
nothing in a spec can be taken for a mark of it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as Document
from mkdocs.structure.toc import AnchorLink, TableOfContents

from abmspec import pipeline, site
from abmspec.diagnostic import Diagnostic
from abmspec.site import Chapter, Entry, Page, Site
from abmspec.site.search import PATH as SEARCH
from abmspec.site.wording import spoken

log = get_plugin_logger("abmspec")
WATCHED = ("abmspec.yaml", "taxonomy", "regions", "playbooks")
BY_HAND = "The tool"


class AbmspecConfig(base.Config):
    """`project`: the folder of `abmspec.yaml`, from that of `mkdocs.yml`. `today`: what terms are judged by."""

    project = config_options.Type(str, default=".")
    today = config_options.Type(str, default="")


class AbmspecPlugin(BasePlugin[AbmspecConfig]):
    """Lives as long as a build, or as long as `mkdocs serve` runs."""

    def __init__(self) -> None:
        super().__init__()
        self.serving = False
        self.site = Site("", "", (), ())
        self.note = ""
        self.generated: dict[str, Page] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keeps the plugin through rebuilds; errors stop a build, not a server."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads the spec. PluginError with the findings where it has errors and nobody is at work on it."""
        self.site, self.note = self._read(self._root(config))
        config.extra_css = [*config.extra_css, site.STYLE]
        config.extra_javascript = [*config.extra_javascript, site.SCRIPT]
        if not config.site_description:
            config.site_description = html.escape(self.site.description)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the pages and what they need. A page written by hand in the place of one of them takes its place."""
        taken = {file.dest_uri for file in files if file.inclusion.is_included()}
        by_hand = list(files.documentation_pages())
        self.generated = {}
        for page in self.site.pages:
            if page.path not in taken:
                uri = f"{page.path.removesuffix('.html')}.md"
                self.generated[uri] = page
                files.append(File.generated(config, uri, content=""))
        for path, content in self.site.files.items():
            files.append(File.generated(config, path, content=content))
        files.append(File.generated(config, SEARCH, content=""))
        config.nav = [*self._navigation(self.site.chapters), *_by_hand(config.nav, by_hand)]
        return files

    def on_page_content(self, html: str, *, page: Document, config: MkDocsConfig, files: Files) -> str | None:
        """The body and the table of contents of a generated page."""
        made = self.generated.get(page.file.src_uri)
        if made is None:
            return None
        page.toc = TableOfContents([_contents(made)])
        if made.path == "index.html":
            page.meta["hide"] = ["navigation", "toc"]
        return self.note + made.html.decode()

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Search knows every page by now: writes down what it finds."""
        entries = [*self.site.entries, *self._entries_by_hand(files)]
        index = files.get_file_from_path(SEARCH)
        assert index is not None
        index.content_string = site.index_file(entries).decode()
        return env

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Rebuilds when the spec changes."""
        for name in WATCHED:
            path = self._root(config) / name
            if path.exists():
                server.watch(str(path))
        return server

    # -------------------------------------------------------------- the spec

    def _root(self, config: MkDocsConfig) -> Path:
        beside = Path(config.config_file_path).parent if config.config_file_path else Path()
        return (beside / self.config.project).resolve()

    def _read(self, root: Path) -> tuple[Site, str]:
        """The site of the spec in `root`, and a note of what is wrong: only a server shows a spec with errors."""
        verdict, resolved = pipeline.judge(root, pipeline.current_day(self.config.today))
        if resolved is not None and not verdict.errors:
            return site.site(resolved), ""
        said = "\n".join(_lines(verdict.errors))
        if not self.serving:
            raise PluginError(f"The spec has errors, so there is no site of it:\n{said}")
        log.error("The spec has errors:\n%s", said)
        note = site.findings(verdict.errors, partly=resolved is not None).decode()
        if resolved is None:
            return Site("", "", (Page("index.html", "Errors", b""),), ("index.html",)), note
        return site.site(resolved), note

    # -------------------------------------------------------------- navigation and search

    def _navigation(self, parts: Iterable[str | Chapter]) -> list[Any]:
        """Chapters as MkDocs has them: titles are HTML there."""
        titles = {page.path: page.title for page in self.site.pages}
        found: list[Any] = []
        for part in parts:
            if isinstance(part, Chapter):
                found.append({_as_title(part.title): self._navigation(part.parts)})
            else:
                found.append({_as_title(titles[part]): f"{part.removesuffix('.html')}.md"})
        return found

    def _entries_by_hand(self, files: Files) -> Iterator[Entry]:
        for file in files.documentation_pages():
            page = file.page
            if page is None or file.src_uri in self.generated:
                continue
            words = " · ".join(html.unescape(item.title) for item in _all_items(page.toc))
            yield Entry(file.url, html.unescape(str(page.title or file.name)), "page", "", words)


def _as_title(text: str) -> str:
    """Plain text as the theme wants titles: it writes them unescaped, and in places unescapes them before."""
    return html.escape(text.replace("<", "‹").replace(">", "›"))


def _contents(page: Page) -> AnchorLink:
    """The page's title with its headings below it."""
    root = AnchorLink(html.escape(page.title), "title", 1)
    for heading in page.headings:
        holder = root.children[-1] if heading.level == 3 and root.children else root
        holder.children.append(AnchorLink(html.escape(heading.label), heading.anchor, heading.level))
    return root


def _all_items(toc: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for item in toc:
        yield item
        yield from _all_items(item.children)


def _by_hand(nav: list[Any] | None, files: list[File]) -> list[Any]:
    """The navigation that `mkdocs.yml` states; without one, every page written by hand, by folder, in one chapter."""
    if nav:
        return list(nav)
    top: list[Any] = []
    folders: dict[str, list[Any]] = {}
    for file in sorted(files, key=lambda each: each.src_uri):
        folder = file.src_uri.rpartition("/")[0]
        (folders.setdefault(folder, []) if folder else top).append(file.src_uri)
    for folder, pages in folders.items():
        top.append({_as_title(spoken(folder.rpartition("/")[2])): pages})
    return [{BY_HAND: top}] if top else []


def _lines(errors: Iterable[Diagnostic]) -> Iterator[str]:
    for found in errors:
        mend = f" {found.suggestion}" if found.suggestion else ""
        yield f"{found.path}:{found.line}:{found.column}: {found.severity}[{found.rule}]: {found.message}{mend}"
