"""The layout: what a file is, by its path alone.

The path says the kind and the file's name is the id, so nothing is stated twice. `arrange` sorts the paths of a
project into entries to load and findings on those that nothing would ever read: a misspelt name is never ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from abmspec.diagnostic import Diagnostic, Fix, Related, Rule, Severity
from abmspec.source import START

PROJECT_PATH = "abmspec.yaml"
REGION_FILE = "region.yaml"
MAX_FILES = 20_000

FILE_NAME = Rule(
    "file-name", Severity.ERROR, "A file's name is an id in lower case and ends in `.yaml`.", waivable=False
)
FILE_UNKNOWN = Rule(
    "file-unknown",
    Severity.ERROR,
    "Every file in the spec's folders has a place in the layout.",
    waivable=False,
)
FILE_TOO_MANY = Rule(
    "file-too-many", Severity.ERROR, f"A spec holds at most {MAX_FILES} files.", waivable=False
)
REGION_FILE_MISSING = Rule(
    "region-file-missing", Severity.ERROR, "Every folder of a region holds a `region.yaml`.", waivable=False
)
LAYOUT_RULES = (FILE_NAME, FILE_UNKNOWN, FILE_TOO_MANY, REGION_FILE_MISSING)

FOLDERS = ("accounts", "playbooks", "regions", "taxonomy")

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_YAML_ENDINGS = (".yaml", ".yml")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

# Files whose names the layout fixes, and folders of one thing a file: path → kind.
_FIXED = {
    PROJECT_PATH: "project",
    "playbooks/ctas.yaml": "ctas",
    "taxonomy/charter.yaml": "charter",
    **{
        f"taxonomy/{kind}.yaml": kind
        for kind in (
            "buying-groups", "icp", "jurisdictions", "kpis", "lifecycle", "privacy", "routing", "systems", "tiers",
        )
    },
    **{f"taxonomy/governance/{kind}.yaml": kind for kind in ("change-policy", "council", "raci", "roles")},
}  # fmt: skip
_MANY = {
    "accounts/overrides": "account-override",
    "accounts/plans": "account-plan",
    "playbooks/content": "content",
    "playbooks/experiments": "experiment",
    "playbooks/learnings": "learning",
    "playbooks/plays": "play",
    "taxonomy/fields": "fields",
    "taxonomy/governance/decisions": "decision",
    "taxonomy/governance/emergencies": "emergency",
    "taxonomy/governance/waivers": "waiver",
    "taxonomy/picklists": "picklist",
    "taxonomy/segments": "segment",
}


class _Own(NamedTuple):
    """A folder of a region: the kind of what carries the region's own prefix, and of what does not (None: all must)."""

    own: str
    overlay: str | None


_REGION_FIXED = {
    REGION_FILE: "region",
    "privacy.yaml": "privacy",
    "tiers.yaml": "tiers-overlay",
    "routing.yaml": "routing-overlay",
    "playbooks/ctas.yaml": "ctas",
}
_REGION_MANY = {
    "fields": _Own("fields-overlay", "fields-overlay"),
    "picklists": _Own("picklist", "picklist-overlay"),
    "playbooks": _Own("play", "play-overlay"),
    "playbooks/content": _Own("content", "content-overlay"),
    "playbooks/experiments": _Own("experiment", None),
    "playbooks/learnings": _Own("learning", None),
    "playbooks/plays": _Own("play", "play-overlay"),
    "segments": _Own("segment-regional", "segment-overlay"),
}
_REGION_FOLDERS = ("fields", "picklists", "playbooks", "segments")


class Place(NamedTuple):
    """Where files of a kind stand: one file (`name`), or every one in `folder` that is named for its id (no `name`).

    `own` tells a region's own from what it overlays, where the two are of different kinds: with its prefix or without.
    """

    kind: str
    region: str
    folder: str
    name: str = ""
    own: bool | None = None

    @property
    def path(self) -> str:
        """The path of the one file."""
        return f"{self.folder}/{self.name}" if self.folder else self.name


class Entry(NamedTuple):
    """A file of the spec: its kind, the id that its name gives (`""` where the layout fixes the name), its region."""

    path: str
    kind: str
    id: str
    region: str


class Layout(NamedTuple):
    """What the paths of a project say: entries by path, paths that stay unread (those that misspelt ones were meant to
    be among them), and findings."""

    entries: tuple[Entry, ...]
    broken: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


def places(regions: Mapping[str, str]) -> Iterator[Place]:
    """Every place of the layout, the global ones first; `regions` are the regions' folders by id."""
    for path, kind in _FIXED.items():
        folder, _, name = path.rpartition("/")
        yield Place(kind, "", folder, name)
    for folder, kind in _MANY.items():
        yield Place(kind, "", folder)
    for region, home in regions.items():
        for path, kind in _REGION_FIXED.items():
            folder, _, name = f"{home}/{path}".rpartition("/")
            yield Place(kind, region, folder, name)
        for folder, kinds in _REGION_MANY.items():
            yield Place(
                kinds.own, region, f"{home}/{folder}", own=None if kinds.own == kinds.overlay else True
            )
            if kinds.overlay not in (kinds.own, None):
                yield Place(str(kinds.overlay), region, f"{home}/{folder}", own=False)


def in_spec(path: str) -> bool:
    """Whether a path is the spec's business at all: other folders of the repository are not."""
    top, _, rest = path.partition("/")
    return top in FOLDERS if rest else path.lower() in (PROJECT_PATH, "abmspec.yml")


def printable(path: str) -> str:
    """The path as it may be shown: what would break a line, or cannot be encoded, is escaped."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", path)


def arrange(paths: Iterable[str]) -> Layout:
    """Sort paths (relative to the project, with `/`) into entries and findings. Paths outside the spec are passed over.

    A name that can be mended for certain (`.yml`, upper case) is loaded under the id that it would have, and reported.
    """
    return _Arrangement().of(sorted(path for path in paths if in_spec(path)))


@dataclass(slots=True)
class _Arrangement:
    """The work of `arrange`: what was found so far."""

    entries: dict[str, Entry] = field(default_factory=dict)
    mended: list[Entry] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    found: list[Diagnostic] = field(default_factory=list)
    present: frozenset[str] = frozenset()
    region_folders: frozenset[str] = frozenset()
    misspelt: set[str] = field(default_factory=set)

    def of(self, paths: Sequence[str]) -> Layout:
        if len(paths) > MAX_FILES:
            self.report(
                PROJECT_PATH, FILE_TOO_MANY,
                f"The spec has more than {MAX_FILES} files, and only the first {MAX_FILES} by name are read.",
                "Keep generated files and exports outside the spec's folders.",
            )  # fmt: skip
            paths = paths[:MAX_FILES]
        paths = [path for path in paths if self.has_good_name(path)]
        self.find_regions(paths)
        for path in paths:
            self.place(path)
        for entry in self.mended:
            self.admit_mended(entry)
        return Layout(tuple(sorted(self.entries.values())), frozenset(self.broken), tuple(sorted(self.found)))

    def report(
        self, path: str, rule: Rule, message: str, suggestion: str = "", *related: Related, right: str = ""
    ) -> None:
        """A finding on a file; `right` is the path that it has to have where that is certain."""
        fix = Fix(path, "move", value=right) if right else None
        self.found.append(
            Diagnostic.at(path, START, rule, message, suggestion=suggestion, related=related, fix=fix)
        )

    def has_good_name(self, path: str) -> bool:
        """Whether the path can be shown as it is; reported where not."""
        shown = printable(path)
        if shown == path:
            return True
        self.report(shown, FILE_NAME, "The path holds a character that cannot be shown.", "Rename the file.")
        return False

    def find_regions(self, paths: Sequence[str]) -> None:
        """Learn which folders are regions; report those that hold files and no `region.yaml`."""
        self.present = frozenset(paths)
        folders: set[str] = set()
        for path in paths:
            parts = path.split("/")
            if parts[0] != "regions" or any(part.startswith(".") for part in parts[1:-1]):
                continue
            for length in range(2, len(parts)):
                if length > 2 and parts[length - 1] in _REGION_FOLDERS:
                    break
                folders.add("/".join(parts[:length]))
        self.region_folders = frozenset(folders)
        for folder in sorted(folders):
            if any(f"{folder}/{name}" in self.present for name in (REGION_FILE, "region.yml")):
                continue
            if not self.is_misspelt_folder(folder, paths):
                self.report(
                    f"{folder}/{REGION_FILE}", REGION_FILE_MISSING,
                    f"The folder `{folder}` stands for a region, and has no `{REGION_FILE}` to say which.",
                    f"Add `{folder}/{REGION_FILE}`, which `{_new_region(folder)}` writes, or move the files to one of "
                    f"{', '.join(f'`{name}/`' for name in _REGION_FOLDERS)}.",
                )  # fmt: skip

    def is_misspelt_folder(self, folder: str, paths: Sequence[str]) -> bool:
        """Whether a folder in a region is one of the layout's under a wrong name; reported at its first file."""
        parent, _, name = folder.rpartition("/")
        if parent in self.misspelt or any(parent.startswith(f"{other}/") for other in self.misspelt):
            self.misspelt.add(folder)
            return True
        near = _nearest(name, _REGION_FOLDERS) if parent != "regions" else ""
        if not near:
            return False
        self.misspelt.add(folder)
        first = next(path for path in paths if path.startswith(f"{folder}/"))
        for path in paths:
            right = f"{parent}/{near}{path.removeprefix(folder)}"
            if path.startswith(f"{folder}/") and right not in self.present:
                self.broken.add(right)
        self.report(
            first, FILE_UNKNOWN,
            f"The folder `{folder}` has no place in the layout, so nothing would read what is in it.",
            f"Did you mean `{parent}/{near}/`?",
        )  # fmt: skip
        return True

    def place(self, path: str) -> None:
        """Put one path where it belongs: an entry, a file that may stand anywhere, or a finding."""
        folder, _, name = path.rpartition("/")
        if path in _FIXED:
            self.entries[path] = Entry(path, _FIXED[path], "", "")
        elif _is_free(path):
            return
        elif folder == "regions" or folder.startswith("regions/"):
            self.place_regional(path)
        elif folder in _MANY and name.lower().endswith(_YAML_ENDINGS):
            self.place_by_name(path, folder, name, _Own(_MANY[folder], _MANY[folder]), "")
        else:
            many = () if folder in ("taxonomy", "taxonomy/governance") else _MANY
            self.place_unknown(path, [*_FIXED, *(f"{known}/{name}" for known in many)])

    def place_regional(self, path: str) -> None:
        parts = path.split("/")
        depth = next(
            (
                length
                for length in range(len(parts) - 1, 1, -1)
                if "/".join(parts[:length]) in self.region_folders
            ),
            0,
        )
        if not depth:
            self.place_unknown(path, ())
            return
        home, region, inside = "/".join(parts[:depth]), parts[depth - 1], "/".join(parts[depth:])
        if home in self.misspelt:
            return
        folder, _, name = inside.rpartition("/")
        if inside in _REGION_FIXED:
            kind = _REGION_FIXED[inside]
            self.entries[path] = Entry(path, kind, region if kind == "region" else "", region)
        elif folder in _REGION_MANY and name.lower().endswith(_YAML_ENDINGS):
            self.place_by_name(path, f"{home}/{folder}", name, _REGION_MANY[folder], region)
        else:
            known = [*_REGION_FIXED, *(f"{many}/{name}" for many in _REGION_MANY if folder)]
            self.place_unknown(path, [f"{home}/{near}" for near in known])

    def place_by_name(self, path: str, folder: str, name: str, kinds: _Own, region: str) -> None:
        """An entry whose id is its file's name."""
        stem = name.rpartition(".")[0]
        identifier = stem if _ID.fullmatch(stem) else _NOT_IN_IDS.sub("-", stem.lower()).strip("-")
        own = bool(region) and identifier.startswith(f"{region}-")
        kind = kinds.own if own or not region else kinds.overlay
        entry = Entry(path, kind or kinds.own, identifier, region)
        if kind is None:
            self.report(
                path, FILE_NAME,
                f"A region's own {kinds.own} carries the region's prefix, and `{stem}` does not.",
                f"Rename it to `{folder}/{region}-{identifier}.yaml`.",
            )  # fmt: skip
        if name == f"{identifier}.yaml" and _ID.fullmatch(identifier):
            self.entries[path] = entry
        elif _ID.fullmatch(identifier):
            self.mended.append(entry)
        else:
            self.broken.add(path)
            self.report(
                path, FILE_NAME,
                f"The file's name is the id, and `{stem}` is none.",
                "Use lower-case words joined by hyphens that begin with a letter, as in `media-telecom.yaml`.",
            )  # fmt: skip

    def admit_mended(self, entry: Entry) -> None:
        """Load a file under the id that its name should have had, unless another file has that name."""
        folder, _, name = entry.path.rpartition("/")
        right = f"{folder}/{entry.id}.yaml"
        other = next((path for path in (right, *self.taken(right)) if path in self.entries), None)
        if other is not None:
            self.broken.add(entry.path)
            self.report(
                entry.path, FILE_NAME,
                f"`{name}` and `{other.rpartition('/')[2]}` give the same id `{entry.id}`, so only the latter is read.",
                "Merge the two files, or give one of them another name.",
                Related(other, 1, 1, f"This file has the id `{entry.id}`."),
            )  # fmt: skip
            return
        why = (
            "ids are lower-case words joined by hyphens" if name.endswith(".yaml") else "files end in `.yaml`"
        )
        self.entries[entry.path] = entry
        self.report(
            entry.path, FILE_NAME, f"`{name}` is not read under this name: {why}.", f"Rename it to `{right}`.",
            right=right,
        )  # fmt: skip

    def taken(self, right: str) -> list[str]:
        """Paths of entries already admitted under a mended name that give the same right path."""
        return [
            entry.path
            for entry in self.mended
            if entry.path in self.entries and f"{entry.path.rpartition('/')[0]}/{entry.id}.yaml" == right
        ]

    def place_unknown(self, path: str, known: Sequence[str]) -> None:
        """A file without a place: one whose ending or case alone is wrong is loaded, all others reported."""
        folder, _, name = path.rpartition("/")
        lower = name.lower()
        right = f"{folder}/{lower}".lstrip("/")
        if lower.endswith(".yml"):
            right = right.removesuffix(".yml") + ".yaml"
        parts = path.split("/")
        homes = ("/".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
        home = next((parent for parent in homes if parent in self.region_folders), "")
        kind = _REGION_FIXED.get(right.removeprefix(f"{home}/")) if home else _FIXED.get(right)
        if kind is not None:
            region = home.rpartition("/")[2]
            self.admit_fixed(Entry(path, kind, region if kind == "region" else "", region), right)
            return
        near = _nearest_path(path, [other for other in known if other != path and name.endswith(".yaml")])
        if near and near not in self.present:
            self.broken.add(near)  # What is missing because of the misspelt name is not missed once more.
        if home and f"taxonomy/{right.removeprefix(f'{home}/')}" in _FIXED:
            self.report(
                path, FILE_UNKNOWN, f"`{name}` is global: a region has none of its own, and nothing would read this.",
                f"Change `taxonomy/{lower}` for everybody, or delete this file.",
            )  # fmt: skip
            return
        allowed = (
            f"A region's folder takes {', '.join(f'`{other}`' for other in (*_REGION_FIXED, *_REGION_MANY))}."
            if home
            else "Move it to where its kind belongs, or out of the spec's folders."
        )
        self.report(
            path, FILE_UNKNOWN, f"`{path}` has no place in the layout, so nothing would read it.",
            f"Did you mean `{near}`?" if near else allowed,
        )  # fmt: skip

    def admit_fixed(self, entry: Entry, right: str) -> None:
        """Load a file whose fixed name is wrong in its ending or case alone, unless the right one is there too."""
        name = entry.path.rpartition("/")[2]
        if right in self.present:
            self.broken.add(entry.path)
            message = f"`{name}` stands beside `{right}`, and only the latter is read."
            self.report(entry.path, FILE_NAME, message, "Merge the two files and delete this one.")
            return
        self.entries[entry.path] = entry
        self.report(
            entry.path, FILE_NAME, f"`{name}` is not the name that the layout gives this file.",
            f"Rename it to `{right}`.", right=right,
        )  # fmt: skip


def _new_region(folder: str) -> str:
    """The command that makes a folder a region's."""
    *_, parent, region = folder.split("/")
    inside = f" --parent {parent}" if parent != "regions" else ""
    return f"abmspec new region {region}{inside}"


def _is_free(path: str) -> bool:
    """Whether a file may stand where it is without being read: READMEs, dotfiles, the account list, its scripts."""
    parts = path.split("/")
    if parts[-1] == "README.md" or any(part.startswith(".") or part == "__pycache__" for part in parts):
        return True
    return path == "accounts/accounts.csv" or (parts[0] == "accounts" and path.endswith(".py"))


def _nearest(name: str, known: Sequence[str]) -> str:
    """The known name that a misspelt one most likely means, or `""`."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=80)
    return str(found[0]) if found else ""


def _nearest_path(path: str, known: Sequence[str]) -> str:
    """The known path whose folder and whose name are both near, or `""`."""
    from rapidfuzz import fuzz

    def likeness(other: str) -> float:
        pairs = zip(_folder_and_stem(path), _folder_and_stem(other), strict=True)
        return min(fuzz.ratio(*pair) for pair in pairs)

    near = max(known, key=likeness, default="")
    return near if near and likeness(near) >= 70 else ""


def _folder_and_stem(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name.partition(".")[0]
