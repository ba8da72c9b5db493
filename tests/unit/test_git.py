"""Repositories are read as data: whatever is in them, nothing of it is run, followed or believed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from abmspec import load
from abmspec.git import Commit, GitRefused, Introduced, Repository, Tag, UnknownRef, files_at
from tests.repositories import FIRST_COMMIT, Work
from tests.specs import BASE, base_files

NOWHERE = "0123456789" * 4


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work.begun(tmp_path / "work")


# -- which repository ---------------------------------------------------------------------------------


def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GitRefused, match="lies in no Git repository") as refusal:
        Repository.of(tmp_path)
    assert refusal.value.mend


def test_a_broken_repository_is_not_passed_over_for_one_above_it(work: Work) -> None:
    work.commit()
    (work.folder / "abm" / ".git").mkdir(parents=True)
    with pytest.raises(GitRefused, match="lies in no Git repository"):
        Repository.of(work.folder / "abm")


def test_a_project_may_lie_in_a_folder_of_the_repository(work: Work) -> None:
    head = work.commit({f"abm/{path}": content for path, content in base_files().items()})
    folder = work.folder / "abm" / "taxonomy"
    found = Repository.of(folder)
    assert found.folder == work.folder
    assert found.place_of(work.folder / "abm") == "abm"
    assert found.place_of(work.folder) == ""
    assert found.tree(head, "abm").keys() == base_files().keys()
    assert found.tree(head, "ab") == found.tree(head, "nowhere") == {}


def test_a_bare_repository_is_read_alike(work: Work, tmp_path: Path) -> None:
    head = work.commit({"abmspec.yaml": "name: x\n"})
    work.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    found = Repository.of(tmp_path / "bare.git")
    assert found.is_bare
    assert found.resolve("main") == head
    assert found.tree(head) == work.repository.tree(head)


def test_a_linked_work_tree_is_read_alike(work: Work, tmp_path: Path) -> None:
    head = work.commit({"abmspec.yaml": "name: x\n"})
    work.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    assert Repository.of(tmp_path / "linked").resolve("HEAD") == head


def test_a_folder_that_is_made_to_look_like_a_repository_is_none(work: Work) -> None:
    """What a pull request adds must not decide which history its base comes from."""
    head = work.commit({"abm/abmspec.yaml": "name: x\n"})
    shutil.copytree(work.folder / ".git", work.folder / "abm", dirs_exist_ok=True)
    (work.folder / "abm" / "packed-refs").write_text("")
    (work.folder / "abm" / "refs" / "heads" / "main").write_text("f" * 40)
    assert Repository.of(work.folder / "abm").resolve("main") == head


def test_a_repository_with_sha256_is_read_alike(tmp_path: Path) -> None:
    work = Work.begun(tmp_path / "sha256", "--object-format=sha256")
    head = work.commit(dict(base_files()))
    found = work.repository
    assert len(found.resolve("HEAD")) == 64
    assert files_at(found, head).contents == base_files()
    assert [each.commit for each in found.introduced([head], ["abmspec.yaml"])] == [head]


def test_without_git_the_mend_is_said(work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitRefused, match="git is not installed"):
        Repository.of(work.folder)


def test_variables_that_point_git_elsewhere_are_not_heeded(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = work.commit()
    other = Work.begun(tmp_path / "other")
    other.commit({"other": "x"})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_NAMESPACE", "other")
    assert work.repository.resolve("main") == head


# -- refs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ref", ["", "-x", "--upload-pack=touch x", "--all", "a\nb", "a\0b", "\udcff", "main..main", "^main", ":x"]
)
def test_what_is_no_name_of_a_commit_is_refused(work: Work, ref: str) -> None:
    work.commit()
    with pytest.raises(UnknownRef):
        work.repository.resolve(ref)


@pytest.mark.parametrize("name", ["main", "--output=x", "-", "", "^" + NOWHERE, NOWHERE + "\n"])
def test_only_whole_ids_of_commits_are_taken_for_ones(work: Work, name: str) -> None:
    head = work.commit()
    repository = work.repository
    for ask in (
        lambda: repository.tree(name),
        lambda: repository.has(name, "x"),
        lambda: repository.commits(name),
        lambda: repository.commits(head, without=[name]),
        lambda: repository.merge_bases(head, name),
        lambda: repository.is_ancestor(name, head),
        lambda: repository.tags(merged_into=name) if name else repository.tree(name),
    ):
        with pytest.raises(UnknownRef, match="not the whole id of a commit"):
            ask()


@pytest.mark.parametrize(
    "name", ["wörk/日本", "it's", 'a"b', "$(touch@x)", "a;b", "--upload-pack=x", "feature/-x", "émile%40"]
)
def test_branches_with_odd_names_are_found(work: Work, name: str) -> None:
    head = work.commit()
    work.git("update-ref", f"refs/heads/{name}", head)
    assert work.repository.resolve(f"refs/heads/{name}") == head
    if not name.startswith("-"):
        assert work.repository.resolve(name) == head


def test_tags_and_abbreviations_lead_to_their_commits(work: Work) -> None:
    head = work.commit()
    work.git("tag", "--annotate", "v1.0.0", "-m", "One")
    for name in ("v1.0.0", "HEAD", "main^0", head[:10], head, head.upper()):
        assert work.repository.resolve(name) == head


def test_an_unknown_ref_is_answered_with_the_nearest(work: Work) -> None:
    work.commit()
    work.git("branch", "release-notes")
    with pytest.raises(UnknownRef, match="Did you mean `release-notes`"):
        work.repository.resolve("relase-notes")


def test_where_no_name_is_near_the_few_that_there_are_are_listed(work: Work) -> None:
    with pytest.raises(UnknownRef, match=r"There is no commit `HEAD` in .* Nothing was committed yet"):
        work.repository.resolve("HEAD")
    work.commit()
    work.git("tag", "v1.0.0")
    with pytest.raises(UnknownRef, match=r"There are: `main` and `v1\.0\.0`\.$"):
        work.repository.resolve("quite-another-thing")


def test_a_branch_that_only_the_remote_has_is_named_in_full(work: Work, tmp_path: Path) -> None:
    head = work.commit()
    work.git("clone", "--quiet", "--branch=main", ".", str(tmp_path / "clone"))
    clone = Work(tmp_path / "clone")
    clone.git("checkout", "--quiet", "--detach")
    clone.git("branch", "--delete", "--force", "main")
    with pytest.raises(UnknownRef, match="Did you mean `origin/main`"):
        clone.repository.resolve("main")
    assert clone.repository.default_branch() == "refs/remotes/origin/main"
    assert clone.repository.resolve("refs/remotes/origin/main") == head


def test_a_tag_does_not_stand_in_for_a_branch(work: Work) -> None:
    """Git takes the tag: who may push one could choose the base of every comparison."""
    work.commit()
    work.git("tag", "main")
    work.commit({"later": "x"})
    for name in ("main", "main~1"):
        with pytest.raises(UnknownRef, match=r"`refs/heads/main` or `refs/tags/main`"):
            work.repository.resolve(name)
    assert work.repository.resolve("refs/heads/main~1") == work.repository.resolve("refs/tags/main")


def test_a_tag_does_not_stand_in_for_head_nor_hide_it(work: Work) -> None:
    work.commit()
    work.git("update-ref", "refs/tags/HEAD", "HEAD")
    second = work.commit()
    assert work.repository.resolve("HEAD") == second
    assert work.repository.resolve("HEAD~0") == second


def test_a_branch_named_like_a_commit_does_not_stand_in_for_it(work: Work) -> None:
    first = work.commit()
    second = work.commit()
    work.git("update-ref", f"refs/heads/{first}", second)
    assert work.repository.resolve(first) == first
    work.git("update-ref", f"refs/heads/{first[:10]}", second)
    with pytest.raises(UnknownRef, match="or `<the whole id of the commit>`"):
        work.repository.resolve(first[:10])


def test_the_default_branch_of_a_repository_without_a_remote(work: Work) -> None:
    assert work.repository.default_branch() is None
    work.commit()
    assert work.repository.default_branch() == "refs/heads/main"


def test_tags_that_lead_to_no_commit_are_passed_over(work: Work) -> None:
    first = work.commit({"a": "x"})
    work.git("tag", "light")
    work.git("tag", "--annotate", "v1", "-m", "One")
    work.git("tag", "--annotate", "again", "-m", "A tag of a tag", "v1")
    work.git("tag", "tree", "HEAD^{tree}")
    second = work.commit()
    work.git("tag", "later")
    everything = work.repository.tags()
    assert everything == (Tag("again", first), Tag("later", second), Tag("light", first), Tag("v1", first))
    assert [tag.name for tag in work.repository.tags(merged_into=first)] == ["again", "light", "v1"]


# -- history ------------------------------------------------------------------------------------------


def test_commits_come_parents_first(work: Work) -> None:
    first = work.commit()
    second = work.commit()
    work.git("checkout", "--quiet", "-b", "side", first)
    side = work.commit({"side": "x"})
    work.git("checkout", "--quiet", "main")
    merge = work.merge("side")
    found = work.repository.commits(merge)
    assert found[0] == Commit(first, (), FIRST_COMMIT + 60)
    assert found[-1] == Commit(merge, (second, side), FIRST_COMMIT + 240)
    assert {each.id for each in found} == {first, second, side, merge}
    assert [each.id for each in work.repository.commits(merge, without=[second])] == [side, merge]


def test_what_a_commit_brought(work: Work) -> None:
    first = work.commit({"in/a": "1", "out": "1"})
    work.git("checkout", "--quiet", "-b", "side")
    side = work.commit({"in/b": "2"})
    work.git("checkout", "--quiet", "main")
    gone = work.commit({"in/a": None})
    work.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    merge = work.commit({"in/evil\n": "3"})
    brought = list(work.repository.introduced([first, side, gone, merge], ["in"]))
    assert [(each.commit, each.path) for each in brought] == [
        (first, "in/a"), (side, "in/b"), (merge, "in/evil\n"),
    ]  # fmt: skip
    assert work.repository.read([brought[2].oid]) == {brought[2].oid: b"3"}
    assert brought[0] == Introduced(first, "in/a", "100644", brought[0].oid)


def test_merges_that_cross_each_other_have_several_bases(work: Work) -> None:
    work.commit()
    work.git("branch", "side")
    one = work.commit({"one": "x"})
    work.git("checkout", "--quiet", "side")
    other = work.commit({"other": "x"})
    side = work.merge(one)
    work.git("checkout", "--quiet", "main")
    main = work.merge(other)
    assert work.repository.merge_bases(main, side) == tuple(sorted((one, other)))
    assert work.repository.merge_bases(main, main) == (main,)


def test_histories_without_a_common_commit_are_refused(work: Work) -> None:
    one = work.commit()
    work.git("checkout", "--quiet", "--orphan", "apart")
    other = work.commit()
    with pytest.raises(GitRefused, match="histories are unrelated"):
        work.repository.merge_bases(one, other)
    assert not work.repository.is_ancestor(one, other)


def test_ancestors(work: Work) -> None:
    first, second = work.commit(), work.commit()
    assert work.repository.is_ancestor(first, second)
    assert work.repository.is_ancestor(second, second)
    assert not work.repository.is_ancestor(second, first)
    with pytest.raises(GitRefused):
        work.repository.is_ancestor(NOWHERE, first)


def test_a_shallow_clone_says_how_to_fetch_the_rest(work: Work, tmp_path: Path) -> None:
    work.commit()
    work.git("branch", "side")
    work.commit()
    work.git("checkout", "--quiet", "side")
    work.commit({"side": "x"})
    work.git(
        "clone",
        "--quiet",
        "--depth=1",
        "--no-single-branch",
        f"file://{work.folder}",
        str(tmp_path / "clone"),
    )
    clone = Repository.of(tmp_path / "clone")
    assert clone.is_shallow
    assert not work.repository.is_shallow
    with pytest.raises(GitRefused, match="fetch-depth: 0"):
        clone.merge_bases(clone.resolve("origin/main"), clone.resolve("origin/side"))
    with pytest.raises(UnknownRef, match="fetch-depth: 0"):
        clone.resolve("quite-another-thing")
    with pytest.raises(GitRefused, match=r"Ids cannot be known\. The clone is shallow"):
        clone.require_history("Ids cannot be known.")


def test_replaced_objects_and_grafts_are_not_believed(work: Work) -> None:
    """Both rewrite history for who has them; the forge has not."""
    first = work.commit({"abmspec.yaml": "name: true\n"})
    second = work.commit({"abmspec.yaml": "name: later\n"})
    false = work.commit({"abmspec.yaml": "name: false\n"})
    work.git("replace", first, false)
    (work.folder / ".git" / "info").mkdir(exist_ok=True)
    (work.folder / ".git" / "info" / "grafts").write_text(f"{second}\n")
    repository = work.repository
    oid = repository.tree(first)["abmspec.yaml"].oid
    assert repository.read([oid]) == {oid: b"name: true\n"}
    assert repository.commits(second)[-1].parents == (first,)


# -- content ------------------------------------------------------------------------------------------


def test_a_tree_is_loaded_like_the_folder_that_it_was(work: Work) -> None:
    shutil.copytree(BASE, work.folder, dirs_exist_ok=True)
    head = work.commit({".github/x.yaml": "x", "README.md": "x", "taxonomy/.hidden/x.yaml": "x"})
    files = files_at(work.repository, head)
    there = load.collect(work.folder)
    assert (files.layout, files.contents, files.diagnostics) == (there.layout, there.contents, ())
    assert load.read(files)[1] == load.read(there)[1]


def test_the_digest_tells_trees_apart_by_paths_and_contents_alone(work: Work) -> None:
    text = {"abmspec.yaml": "name: x\n"}
    first = work.commit(text)
    same = work.commit({"elsewhere": "x"})
    moved = work.commit({"taxonomy/kpis.yaml": "name: x\n"})
    changed = work.commit({"abmspec.yaml": "name: y\n"})
    digests = [files_at(work.repository, commit).digest for commit in (first, same, moved, changed)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_links_and_submodules_are_findings_and_not_followed(work: Work, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("label: secret\n")
    (work.folder / "taxonomy").mkdir()
    (work.folder / "taxonomy" / "kpis.yaml").symlink_to(secret)
    (work.folder / "regions").symlink_to(tmp_path)
    work.git("add", "--all")
    work.stage("160000", NOWHERE, "playbooks")
    work.stage("160000", NOWHERE, "elsewhere")
    head = work.record()
    files = files_at(work.repository, head)
    assert [(found.path, found.rule) for found in files.diagnostics] == [
        ("playbooks", "file-unreadable"),
        ("regions", "file-symlink"),
        ("taxonomy/kpis.yaml", "file-symlink"),
    ]
    assert files.contents == {}
    sources, _ = load.read(files)
    assert "taxonomy/kpis.yaml" in sources.broken


def test_a_file_that_is_too_large_is_not_read(work: Work) -> None:
    large = work.folder / "taxonomy" / "kpis.yaml"
    large.parent.mkdir()
    with large.open("wb") as file:
        file.truncate(200 * 1024**2)
    head = work.commit({"abmspec.yaml": "name: x\n", "accounts/accounts.csv": b"x" * 3 * 1024**2})
    files = files_at(work.repository, head)
    assert [(found.path, found.rule) for found in files.diagnostics] == [
        ("taxonomy/kpis.yaml", "yaml-too-large")
    ]
    assert files.contents.keys() == {"abmspec.yaml"}
    entry = work.repository.tree(head)["taxonomy/kpis.yaml"]
    assert entry.size == 200 * 1024**2
    assert work.repository.read([entry.oid]) == {}


def test_names_that_nobody_can_read_are_findings(work: Work) -> None:
    oid = work.git("hash-object", "-w", "--stdin", stdin=b"label: x\n")
    names = [b"taxonomy/segments/a\nb.yaml", b'taxonomy/segments/a"b.yaml', b"taxonomy/segments/\xff.yaml"]
    listed = b"".join(b"100644 %s\t%s\0" % (oid.encode(), name) for name in names)
    work.git("update-index", "-z", "--index-info", stdin=listed)
    head = work.record()
    assert sorted(os.fsencode(path) for path in work.repository.tree(head)) == sorted(names)
    shown = [found.path for found in load.read(files_at(work.repository, head))[1]]
    assert {r"taxonomy/segments/a\u000ab.yaml", r"taxonomy/segments/\udcff.yaml"} <= {*shown}


def test_contents_are_read_by_id(work: Work) -> None:
    contents = [b"", b"\n", b"\0" * 100_000, b"x", *(b"%d\n" % number for number in range(3000))]
    oids = [work.git("hash-object", "-w", "--stdin", stdin=each) for each in contents[:4]]
    head = work.commit({f"f{number}": content for number, content in enumerate(contents)})
    tree = work.repository.tree(head)
    assert list(work.repository.read(oids).values()) == contents[:4]
    read = work.repository.read(entry.oid for entry in tree.values())
    assert {read[tree[f"f{number}"].oid] for number in range(len(contents))} == {*contents}
    assert work.repository.read([]) == {}
    half: Iterator[tuple[str, bytes]] = work.repository.blobs([entry.oid for entry in tree.values()])
    next(half)


@pytest.mark.parametrize("oid", [NOWHERE, "HEAD", "HEAD^{tree}"])
def test_a_content_that_is_not_there_is_refused(work: Work, oid: str) -> None:
    work.commit({"a": "x"})
    with pytest.raises(GitRefused, match="does not hold the content"):
        work.repository.read([oid])


def test_what_git_complains_of_is_said(work: Work) -> None:
    work.commit()
    work.git("config", "core.repositoryFormatVersion", "1")
    work.git("config", "extensions.unheardOf", "1")
    with pytest.raises(GitRefused, match=r"git says: unknown repository extension found: unheardof\.$"):
        Repository.of(work.folder)


@pytest.mark.parametrize("damage", [b"", b"garbage"])
def test_a_damaged_content_is_refused(work: Work, damage: bytes) -> None:
    oid = work.git("hash-object", "-w", "--stdin", stdin=b"x" * 100)
    at = work.folder / ".git" / "objects" / oid[:2] / oid[2:]
    whole = at.read_bytes()
    at.chmod(0o644)
    for raw in (damage, whole[:-6] + damage):
        at.write_bytes(raw)
        with pytest.raises(GitRefused):
            work.repository.read([oid])


# -- a hostile repository -----------------------------------------------------------------------------


def test_nothing_that_a_repository_names_is_run(work: Work, tmp_path: Path) -> None:
    work.commit({"abmspec.yaml": "name: x\n", ".gitattributes": "* diff=evil filter=evil\n"})
    head = work.commit({"abmspec.yaml": "name: y\n"})
    marker = tmp_path / "ran"
    evil = work.folder / "evil"
    evil.write_text(f"#!/bin/sh\ntouch '{marker}'\n")
    evil.chmod(0o755)
    hooks = work.folder / ".git" / "hooks"
    for hook in ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc", "fsmonitor"):
        shutil.copy(evil, hooks / hook)
    for name in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass", "core.editor", "core.alternateRefsCommand",
        "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.smudge", "filter.evil.clean",
        "gpg.program", "credential.helper", "pager.rev-parse", "pager.cat-file", "pager.ls-tree", "pager.diff-tree",
        "sequence.editor", "uploadpack.packObjectsHook", "remote.origin.uploadpack",
    ):  # fmt: skip
        work.git("config", name, str(evil))
    for alias in ("rev-parse", "ls-tree", "cat-file", "diff-tree", "rev-list", "for-each-ref", "merge-base"):
        work.git("config", f"alias.{alias}", f"!{evil}")
    work.git("config", "core.hooksPath", str(hooks))
    work.git("config", "log.showSignature", "true")
    _read_everything(work.repository, head)
    assert not marker.exists()


def test_what_was_not_fetched_is_not_fetched_now(work: Work, tmp_path: Path) -> None:
    """A promised object is fetched by whatever program the remote's configuration names."""
    work.commit({"abmspec.yaml": "name: x\n"})
    work.git("config", "uploadpack.allowFilter", "true")
    clone = Work(tmp_path / "clone")
    work.git(
        "clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{work.folder}", str(clone.folder)
    )
    marker = tmp_path / "ran"
    clone.git("config", "remote.origin.uploadpack", f"touch '{marker}'; git-upload-pack")
    clone.git("config", "protocol.file.allow", "always")
    clone.git("config", "remote.origin.url", f"ext::sh -c touch% '{marker}'")
    clone.git("config", "protocol.ext.allow", "always")
    with pytest.raises(GitRefused, match="git fetch --refetch --no-filter"):
        files_at(clone.repository, clone.repository.resolve("HEAD"))
    assert not marker.exists()


def test_reading_leaves_no_trace(work: Work) -> None:
    head = work.commit({"abmspec.yaml": "name: x\n"})
    before = _stamps(work.folder)
    _read_everything(work.repository, head)
    assert _stamps(work.folder) == before


def test_another_users_repository_is_read_only_once_it_is_trusted(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.commit()
    stand_in = tmp_path / "bin" / "git"
    stand_in.parent.mkdir()
    stand_in.write_text(
        f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {shutil.which("git")} "$@"\n', encoding="utf-8"
    )
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(GitRefused, match=r"safe\.directory") as refusal:
        Repository.of(work.folder)
    assert str(work.folder) in refusal.value.mend
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(work.folder))
    assert Repository.of(work.folder).resolve("main")


def _read_everything(repository: Repository, head: str) -> None:
    commits = repository.commits(repository.resolve("HEAD"))
    repository.tags()
    repository.default_branch()
    repository.merge_bases(commits[0].id, head)
    repository.is_ancestor(commits[0].id, head)
    assert list(repository.introduced([each.id for each in commits], ["abmspec.yaml"]))
    assert files_at(repository, head).contents


def _stamps(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
