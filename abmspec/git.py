"""A Git repository as plain data: refs, commits, and trees of bytes.

Everything is read from the object database by git's plumbing. Nothing is checked out, fetched or written, no index and
no work tree is looked at, and nothing that the repository or its configuration names is run.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from abmspec.diagnostic import Diagnostic
from abmspec.load import FILE_SYMLINK, FILE_UNREADABLE, MAX_BYTES, Files, arrange, in_spec
from abmspec.load.layout import REGION_FILE, printable
from abmspec.load.rules import TOO_LARGE
from abmspec.source import START
from abmspec.words import did_you_mean, quoted

SYMLINK = "120000"
SUBMODULE = "160000"
# So many names are listed where none of them is near to the one that was asked for.
FEW = 8
_ABSENT = "000000"
_OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

# Over what the repository's own configuration says. `-c` counts as the caller's word, so these hold.
_SETTINGS = {
    "advice.graftFileDeprecated": "false",
    "core.commitGraph": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.warnAmbiguousRefs": "true",
    "protocol.allow": "never",
    # A folder that a pull request makes look like a repository is none.
    "safe.bareRepository": "explicit",
}
# No replaced objects, no grafts, no network, no lock, no prompt, no translated messages, no path that is a pattern.
_SURROUNDINGS = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_INCOMPLETE = "Fetch all of it: git fetch --refetch --no-filter"
_SHALLOW = "Fetch the whole history: `fetch-depth: 0` for actions/checkout, or git fetch --unshallow"


class GitRefused(Exception):
    """The repository cannot give what was asked for. The message says what, why and the mend; so do the attributes."""

    def __init__(self, what: str, why: str = "", mend: str = "") -> None:
        super().__init__(" ".join(part for part in (what, why, mend) if part))
        self.what = what
        self.why = why
        self.mend = mend


class UnknownRef(GitRefused):
    """A name that leads to no commit, or to more than one."""


class TreeEntry(NamedTuple):
    """A file of a tree. `size` is None for a submodule, whose `oid` is a commit of another repository."""

    mode: str
    oid: str
    size: int | None

    @property
    def is_file(self) -> bool:
        """Whether it has a content of its own: neither a symbolic link nor a submodule."""
        return self.mode not in (SYMLINK, SUBMODULE)


Tree = Mapping[str, TreeEntry]


class Commit(NamedTuple):
    """A commit, its parents in their order, and when it was committed (seconds since 1970)."""

    id: str
    parents: tuple[str, ...]
    time: int


class Introduced(NamedTuple):
    """A file that a commit has and none of its parents has so: at this path, with this content."""

    commit: str
    path: str
    mode: str
    oid: str

    @property
    def is_file(self) -> bool:
        """Whether it has a content of its own: neither a symbolic link nor a submodule."""
        return self.mode not in (SYMLINK, SUBMODULE)


class Tag(NamedTuple):
    """A tag and the commit that it leads to."""

    name: str
    commit: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: `folder` holds its `.git`, or is the repository itself where it is bare."""

    folder: Path
    is_bare: bool = False

    @classmethod
    def of(cls, folder: Path) -> Repository:
        """The repository that a folder lies in, or that it is. GitRefused where there is none, or git is not there."""
        start = folder.resolve()
        # Not git's own search: that takes any folder with the right files for a repository.
        home = next((place for place in (start, *start.parents) if (place / ".git").exists()), None)
        found = cls(home) if home is not None else cls(start, is_bare=True)
        read = found._lines("rev-parse", "--absolute-git-dir")
        there = found.folder / ".git"
        if there.is_dir() and read != [str(there.resolve())]:
            raise found._failure(b"not a git repository")
        return found

    def place_of(self, folder: Path) -> str:
        """Where a folder lies in the repository: `abm`; empty for its root, and in a bare one."""
        return "" if self.is_bare else "/".join(folder.resolve().relative_to(self.folder).parts)

    def object_format(self) -> str:
        """By what it names its contents: `sha1` or `sha256`."""
        return self._lines("rev-parse", "--show-object-format")[0]

    # -------------------------------------------------------------- refs

    def resolve(self, ref: str) -> str:
        """The id of the commit that a ref, or any other name that git knows, leads to.

        UnknownRef, with the nearest names, for one that leads to none; and for one that is a branch's and a tag's.
        """
        if not ref or ref.startswith(("-", "^")) or not ref.isprintable():
            raise UnknownRef(f"`{printable(ref)}` is no name of a commit.", self._hint(ref))
        found = self._git("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
        id = _text(found.stdout).strip()
        if b"is ambiguous" in found.stderr and id != ref.lower():
            self._require_one_meaning(ref)
        if found.returncode or not id:
            raise UnknownRef(f"There is no commit `{ref}` in {self.folder}.", self._hint(ref))
        return id

    def _require_one_meaning(self, ref: str) -> None:
        """UnknownRef where a name is a branch's and a tag's, or also the beginning of a commit's id."""
        name = re.split(r"[~^@]", ref)[0]
        if name in ("HEAD", ""):
            return
        there = set(self._refs())
        full = [f"refs/{kind}/{name}" for kind in ("heads", "remotes", "tags")]
        meant = [each for each in full if each in there]
        if len(meant) < 2:
            meant.append("<the whole id of the commit>")
        raise UnknownRef(f"`{name}` may mean more than one thing.", "", f"Say which: {quoted(meant, 'or')}.")

    def names(self) -> tuple[str, ...]:
        """The branches and tags, as they are called in short: `main`, `origin/main`, `v1.4.0`."""
        return tuple(name.split("/", 2)[2] for name in self._refs())

    def tags(self, merged_into: str = "") -> tuple[Tag, ...]:
        """The tags that lead to commits, by name; only those in the history of a commit where one is given."""
        within = (f"--merged={_whole(merged_into)}",) if merged_into else ()
        names = self._lines("for-each-ref", "--format=%(refname)", *within, "refs/tags/")
        wanted = "".join(f"{name}^{{commit}}\n" for name in names)
        answers = self._lines("cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=wanted)
        return tuple(
            Tag(name.removeprefix("refs/tags/"), answer.split()[0])
            for name, answer in zip(names, answers, strict=True)
            if answer.endswith(" commit")
        )

    def default_branch(self) -> str | None:
        """The full name of the branch that changes go to: as the remote says, else `main` or `master`."""
        said = self._git("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        names = [_text(said.stdout).strip()] if said.returncode == 0 else []
        there = set(self._refs())
        for name in ("main", "master"):
            names += [f"refs/remotes/origin/{name}", f"refs/heads/{name}"]
        return next((name for name in names if name in there), None)

    def _refs(self) -> list[str]:
        return self._lines(
            "for-each-ref", "--format=%(refname)", "refs/heads/", "refs/remotes/", "refs/tags/"
        )

    def _hint(self, ref: str) -> str:
        """What may have been meant: a branch that only the remote has, or a name like it."""
        names = self.names()
        same = [name for name in names if name.endswith(f"/{ref}")] if ref else []
        near = f"Did you mean {quoted(same[:3], 'or')}?" if same else did_you_mean(ref, names, most=3)
        if near:
            return near
        if self._git("rev-parse", "--verify", "HEAD").returncode:
            return "Nothing was committed yet."
        if self.is_shallow:
            return f"The clone is shallow. {_SHALLOW}."
        return f"There are: {quoted(names)}." if 0 < len(names) <= FEW else ""

    # -------------------------------------------------------------- history

    @property
    def is_shallow(self) -> bool:
        """Whether a part of the history was not fetched."""
        return self._lines("rev-parse", "--is-shallow-repository") == ["true"]

    def require_history(self, what: str) -> None:
        """GitRefused where the clone is shallow. `what` is the sentence of what cannot be known then."""
        if self.is_shallow:
            raise GitRefused(what, "The clone is shallow: its history was cut off.", f"{_SHALLOW}.")

    def merge_bases(self, one: str, other: str) -> tuple[str, ...]:
        """The nearest common ancestors of two commits, sorted: one, or several after merges that cross each other.

        GitRefused where the two have no history in common.
        """
        found = self._git("merge-base", "--all", _whole(one), _whole(other))
        if found.returncode not in (0, 1):
            raise self._failure(found.stderr)
        bases = tuple(sorted(_text(found.stdout).split()))
        if not bases:
            what = (
                f"{one[:12]} and {other[:12]} have no commit in common, so nothing can be said of a change."
            )
            self.require_history(what)
            raise GitRefused(
                what, "Their histories are unrelated.", "Name a base that the work was begun from."
            )
        return bases

    def is_ancestor(self, one: str, other: str) -> bool:
        """Whether a commit is in the history of another. A commit is its own ancestor."""
        found = self._git("merge-base", "--is-ancestor", _whole(one), _whole(other))
        if found.returncode not in (0, 1):
            raise self._failure(found.stderr)
        return found.returncode == 0

    def commits(self, head: str, without: Iterable[str] = ()) -> tuple[Commit, ...]:
        """A commit and its ancestors, those of `without` left out; parents before their children."""
        arguments = [_whole(head), *(f"^{_whole(commit)}" for commit in without)]
        lines = self._lines("rev-list", "--topo-order", "--reverse", "--parents", "--timestamp", *arguments)
        found = []
        for line in lines:
            time, id, *parents = line.split()
            found.append(Commit(id, tuple(parents), int(time)))
        return tuple(found)

    def introduced(self, commits: Iterable[str], folders: Sequence[str]) -> Iterator[Introduced]:
        """The files below the folders that each commit brought; a merge only what no side of it had."""
        raw = self._run(
            "diff-tree", "--stdin", "--root", "-r", "-z", "-c", "--raw", "--no-abbrev", "--no-renames",
            "--no-ext-diff", "--no-textconv", "--", *folders,
            stdin="".join(f"{commit}\n" for commit in commits),
        )  # fmt: skip
        records = iter(raw.split(b"\0"))
        commit = ""
        for record in records:
            # `:100644 100644 <old> <new> M` and a path; a merge has a colon, a mode and an id for each parent.
            sides = len(record) - len(record.lstrip(b":"))
            if not sides:
                commit = _text(record)
                continue
            path, words = next(records), _text(record[sides:]).split()
            if words[sides] != _ABSENT:
                yield Introduced(commit, _text(path), words[sides], words[2 * sides + 1])

    # -------------------------------------------------------------- content

    def tree(self, commit: str, folder: str = "") -> Tree:
        """The files of a commit by path, those below a folder by their path in it; empty where it has no such folder.

        Names that are not UTF-8 have surrogates in them. Nothing is followed: a symbolic link is an entry of its own.
        """
        prefix = f"{folder.strip('/')}/" if folder else ""
        below = [prefix] if prefix else []
        raw = self._run("ls-tree", "-r", "-z", "-l", "--full-tree", _whole(commit), "--", *below)
        entries = {}
        for record in raw.split(b"\0")[:-1]:
            head, _, name = record.partition(b"\t")
            mode, _, oid, size = _text(head).split()
            path = _text(name)
            if not path.startswith(prefix):
                continue
            if size != "-" and not size.isdigit():
                raise _missing(oid)
            entries[path.removeprefix(prefix)] = TreeEntry(mode, oid, int(size) if size != "-" else None)
        return entries

    def has(self, commit: str, path: str) -> bool:
        """Whether a commit has a file at a path."""
        return bool(self._run("ls-tree", "-z", "--full-tree", _whole(commit), "--", path))

    def blobs(self, oids: Iterable[str], at_most: int = MAX_BYTES) -> Iterator[tuple[str, bytes]]:
        """Contents by id, one after the other; those of more than `at_most` bytes are passed over unread.

        GitRefused for one that the repository does not have.
        """
        wanted = list(dict.fromkeys(oids))
        sizes = self.sizes(wanted)
        small = [oid for oid in wanted if sizes[oid] <= at_most]
        if not small:
            return
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as complaints:
            asked.write("".join(f"{oid}\n" for oid in small).encode())
            asked.seek(0)
            with subprocess.Popen(
                self._command("cat-file", "--batch", "--buffer"),
                stdin=asked, stdout=subprocess.PIPE, stderr=complaints, env=_environment(),
            ) as process:  # fmt: skip
                assert process.stdout is not None
                for oid in small:
                    size = process.stdout.readline().split()[-1:]
                    content = process.stdout.read(sizes[oid] + 1)
                    if size != [b"%d" % sizes[oid]] or len(content) != sizes[oid] + 1:
                        process.kill()
                        complaints.seek(0)
                        raise self._failure(complaints.read())
                    yield oid, content[:-1]

    def read(self, oids: Iterable[str], at_most: int = MAX_BYTES) -> dict[str, bytes]:
        """Contents by id; those of more than `at_most` bytes are left out, unread."""
        return dict(self.blobs(oids, at_most))

    def sizes(self, oids: Iterable[str]) -> dict[str, int]:
        """How many bytes each content has. GitRefused for an id that is none of a content of this repository."""
        wanted = list(oids)
        lines = self._lines("cat-file", "--batch-check", stdin="".join(f"{oid}\n" for oid in wanted))
        found = {}
        for oid, line in zip(wanted, lines, strict=True):
            words = line.split()
            if words[1:2] != ["blob"]:
                raise _missing(oid)
            found[oid] = int(words[2])
        return found

    # -------------------------------------------------------------- git

    def _command(self, *arguments: str) -> list[str]:
        settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
        where = ["--git-dir", str(self.folder)] if self.is_bare else ["-C", str(self.folder)]
        return ["git", "--no-pager", *settings, *where, *arguments]

    def _git(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                self._command(*arguments),
                input=stdin.encode("utf-8", "surrogateescape"),
                capture_output=True,
                env=_environment(),
                check=False,
            )
        except FileNotFoundError as error:
            raise GitRefused(
                "The history cannot be read.", "git is not installed.", "Install it: https://git-scm.com"
            ) from error

    def _run(self, *arguments: str, stdin: str = "") -> bytes:
        done = self._git(*arguments, stdin=stdin)
        if done.returncode:
            raise self._failure(done.stderr)
        return done.stdout

    def _lines(self, *arguments: str, stdin: str = "") -> list[str]:
        return [line for line in _text(self._run(*arguments, stdin=stdin)).split("\n") if line]

    def _failure(self, complaint: bytes) -> GitRefused:
        """What git complained of, in words that say how to mend it where that is known."""
        said = printable(" ".join(_text(complaint).split()))
        what = f"{self.folder} cannot be read as a Git repository."
        if "not a git repository" in said:
            mend = "Run this in a clone of the project, or begin one: git init"
            return GitRefused(f"{self.folder} lies in no Git repository.", "", mend)
        if "dubious ownership" in said:
            mend = f"If you do: git config --global --add safe.directory '{self.folder}'"
            return GitRefused(what, "It belongs to another user, so git does not trust it.", mend)
        _, _, fatal = said.rpartition("fatal: ")
        mend = f"{_INCOMPLETE}." if "promisor" in said else ""
        return GitRefused(what, f"git says: {fatal or 'nothing'}.", mend)


def files_at(repository: Repository, commit: str, folder: str = "") -> Files:
    """The files of the spec at a commit, as `load.collect` gives those of a folder; `folder` is the project's.

    Symbolic links, submodules and files that are too large are findings, and none of them is read.
    """
    tree = {path: entry for path, entry in repository.tree(commit, folder).items() if _is_ours(path, entry)}
    found = [_not_a_file(path, entry) for path, entry in tree.items() if not entry.is_file]
    paths = tuple(sorted(path for path, entry in tree.items() if entry.is_file))
    layout = arrange(paths)
    wanted = {each.path: tree[each.path].oid for each in layout.entries}
    blobs = repository.read(wanted.values())
    found += [_too_large(path) for path, oid in wanted.items() if oid not in blobs]
    contents = {path: blobs[oid] for path, oid in wanted.items() if oid in blobs}
    return Files(layout, contents, _digest(tree), tuple(sorted(found)), paths)


def _is_ours(path: str, entry: TreeEntry) -> bool:
    """Whether an entry is the spec's business: a link or a submodule stands for the folder that might be there."""
    if any(part.startswith(".") for part in path.split("/")):
        return False
    return in_spec(path) or (not entry.is_file and in_spec(f"{path}/{REGION_FILE}"))


def _not_a_file(path: str, entry: TreeEntry) -> Diagnostic:
    shown = printable(path)
    if entry.mode == SYMLINK:
        rule, why = FILE_SYMLINK, "is a symbolic link, so it is not followed"
    else:
        rule, why = FILE_UNREADABLE, "is a submodule: what it holds is not in this repository"
    mend = "Put what it stands for here, as files."
    return Diagnostic.at(shown, START, rule, f"`{shown}` {why}.", suggestion=mend)


def _too_large(path: str) -> Diagnostic:
    return Diagnostic.at(
        path, START, TOO_LARGE, f"The file is larger than {MAX_BYTES // 1024**2} MiB, and is not read.",
        suggestion="Split it: one picklist, segment or play a file.",
    )  # fmt: skip


def _digest(entries: Tree) -> str:
    """A hash of paths and contents, by git's own hashes of these."""
    digest = hashlib.sha256()
    for path in sorted(entries):
        digest.update(f"{entries[path].mode} {entries[path].oid} {path}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _environment() -> dict[str, str]:
    """The caller's environment without what would point git elsewhere; what is the caller's configuration stays."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith("GIT_CONFIG")
    }
    return {**own, **_SURROUNDINGS}


def _whole(commit: str) -> str:
    """A commit's id as it is. UnknownRef for anything else: `resolve` is where names are looked up."""
    if not _OBJECT_ID.fullmatch(commit):
        raise UnknownRef(f"`{printable(commit)}` is not the whole id of a commit.")
    return commit


def _missing(oid: str) -> GitRefused:
    return GitRefused(f"The repository does not hold the content {oid[:12]}.", "", f"{_INCOMPLETE}.")


def _text(raw: bytes) -> str:
    """What git printed: UTF-8, and whatever else there may be in names, kept."""
    return raw.decode("utf-8", "surrogateescape")
