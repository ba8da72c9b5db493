"""What was ever published stays known, whatever became of it."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abmspec import history
from abmspec.cache import Cache
from abmspec.git import GitRefused, Introduced, Repository
from abmspec.history import Ledger, Publication, ledger_at, lives, misused
from abmspec.load import load_tree
from tests.conftest import ROOT
from tests.repositories import FIRST_COMMIT, Grown, Work
from tests.specs import base_files, spec_with

INDUSTRY = "taxonomy/picklists/industry.yaml"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work.begun(tmp_path / "work")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", "project")


def picklist(*values: str) -> str:
    """A picklist with values, each `id` or `id: status`."""
    lines = ["label: Industry", "values:"]
    for value in values:
        id, _, status = value.partition(": ")
        lines.append(f"  {id}: {{label: {id.title()}{f', status: {status}' if status else ''}}}")
    return "\n".join(lines) + "\n"


def addresses(ledger: Ledger) -> set[str]:
    """The ids of the picklist's values that a ledger has."""
    return {address.rpartition(".")[2] for address in ledger.published if ".value." in address}


# -- what is published --------------------------------------------------------------------------------


def test_the_ledger_has_what_any_ancestor_published(work: Work) -> None:
    work.commit({INDUSTRY: picklist("a", "b", "never: proposed")})
    work.commit({INDUSTRY: picklist("b: retired", "c: deprecated")})
    work.commit({INDUSTRY: None})
    head = work.commit({INDUSTRY: picklist("d")})
    assert addresses(ledger_at(work.repository, head)) == {"a", "b", "c", "d"}


def test_an_id_is_told_by_the_commit_that_published_it_first(work: Work) -> None:
    work.commit({INDUSTRY: picklist("a: proposed")})
    second = work.commit({INDUSTRY: picklist("a")})
    head = work.commit({INDUSTRY: picklist("a: retired", "b")})
    published = ledger_at(work.repository, head).published
    assert published["picklist.industry.value.a"] == Publication(FIRST_COMMIT + 120, second, "A")
    assert str(published["picklist.industry.value.a"]) == f"as “A” in {second[:12]} of 2026-09-21"
    assert published["picklist.industry.value.b"].commit == head


def test_a_content_that_comes_back_was_published_when_it_first_came(work: Work) -> None:
    first = work.commit({INDUSTRY: picklist("a")})
    work.commit({INDUSTRY: picklist("b")})
    head = work.commit({INDUSTRY: picklist("a")})
    assert ledger_at(work.repository, head).published["picklist.industry.value.a"].commit == first


def test_what_a_side_branch_published_counts_once_it_is_merged(work: Work) -> None:
    work.commit({INDUSTRY: picklist("a")})
    work.git("checkout", "--quiet", "-b", "side")
    work.commit({INDUSTRY: picklist("a", "side")})
    work.commit({INDUSTRY: picklist("a")})
    work.git("checkout", "--quiet", "main")
    main = work.commit({"README.md": "x"})
    merge = work.merge("side")
    assert addresses(ledger_at(work.repository, main)) == {"a"}
    assert addresses(ledger_at(work.repository, merge)) == {"a", "side"}


def test_what_a_merge_itself_wrote_counts(work: Work) -> None:
    work.commit({INDUSTRY: picklist("a")})
    work.git("checkout", "--quiet", "-b", "side")
    work.commit({"README.md": "x"})
    work.git("checkout", "--quiet", "main")
    work.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    merge = work.commit({INDUSTRY: picklist("a", "slipped-in")})
    head = work.commit({INDUSTRY: picklist("a")})
    ledger = ledger_at(work.repository, head)
    assert ledger.published["picklist.industry.value.slipped-in"].commit == merge


def test_several_roots_are_one_history(work: Work) -> None:
    work.commit({INDUSTRY: picklist("a")})
    work.git("checkout", "--quiet", "--orphan", "other")
    work.commit({INDUSTRY: picklist("b")})
    work.git("merge", "--quiet", "--no-edit", "--strategy=ours", "--allow-unrelated-histories", "main")
    assert addresses(ledger_at(work.repository, work.repository.resolve("HEAD"))) == {"a", "b"}


def test_only_the_projects_folder_counts(work: Work) -> None:
    head = work.commit(
        {f"abm/{INDUSTRY}": picklist("a"), INDUSTRY: picklist("b"), f"ab/{INDUSTRY}": picklist("c")}
    )
    assert addresses(ledger_at(work.repository, head, "abm")) == {"a"}
    assert addresses(ledger_at(work.repository, head)) == {"b"}


@pytest.mark.parametrize(
    "text",
    [
        "values: [a]\n",
        "values: {a: b}\n",
        "values:\n  a: [\n",
        "- a\n",
        "",
        "\0",
        "values: {A B: {}}\n",
        "é\udcff",
    ],
)
def test_broken_files_are_passed_over(work: Work, text: str) -> None:
    work.commit({INDUSTRY: text.encode("utf-8", "surrogateescape")})
    head = work.commit({"taxonomy/picklists/size.yaml": picklist("b")})
    assert addresses(ledger_at(work.repository, head)) == {"b"}


def test_links_and_what_is_too_large_are_passed_over(work: Work) -> None:
    oid = work.git("hash-object", "-w", "--stdin", stdin=picklist("linked").encode())
    work.stage("120000", oid, INDUSTRY)
    work.stage("160000", "0" * 39 + "1", "regions/emea")
    work.record()
    large = picklist("large") + "#" * 3 * 1024**2
    (work.folder / "taxonomy" / "picklists").mkdir(parents=True)
    (work.folder / "taxonomy" / "picklists" / "large.yaml").write_text(large)
    work.git("add", "taxonomy/picklists/large.yaml")
    assert addresses(ledger_at(work.repository, work.record())) == set()


def test_everything_with_a_life_is_in_the_ledger_and_nothing_else(work: Work) -> None:
    """By the schemas: what may say `status` ends as a tombstone. Learnings may go."""
    permanent = set()
    for path in (ROOT / "abmspec" / "schemas").glob("*.schema.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        kind = path.name.removesuffix(".schema.json")
        with_status = {
            name for name, each in schema["$defs"].items() if "status" in each.get("properties", {})
        }
        if "status" in schema["properties"]:
            permanent.add((kind, ""))
        for name, each in schema["properties"].items():
            entries = json.dumps(each.get("additionalProperties"))
            if any(f'"#/$defs/{one}"' in entries for one in with_status):
                permanent.add((kind, name))
    known = {(kind, "") for kind, what in history.PERMANENT.items() if what.subject}
    known |= {(kind, what.entries) for kind, what in history.PERMANENT.items() if what.entries}
    assert known == permanent - {("learning", "")}


def test_a_shallow_clone_is_refused(work: Work, tmp_path: Path) -> None:
    work.commit()
    work.commit()
    work.git("clone", "--quiet", "--depth=1", f"file://{work.folder}", str(tmp_path / "clone"))
    clone = Repository.of(tmp_path / "clone")
    with pytest.raises(GitRefused, match="fetch-depth: 0"):
        ledger_at(clone, clone.resolve("HEAD"))


# -- lives --------------------------------------------------------------------------------------------


def test_lives_are_told_by_address() -> None:
    files = {
        "abmspec.yaml": "format: 1\nname: x\n",
        "taxonomy/fields/account.yaml": "defaults: {status: proposed}\nfields: {a: {label: A}, b: {status: active}}\n",
        "taxonomy/tiers.yaml": "tiers: {tier-1: {label: One}}\nfactors: {size: {weight: 1}}\n",
        "taxonomy/governance/waivers/w.yaml": "rule: x\n",
        "playbooks/learnings/l.yaml": "label: L\n",
        "regions/emea/region.yaml": "label: EMEA\n",
        INDUSTRY: "label: Industry\nstatus: deprecated\nvalues: {a: , b: {label: B}}\n",
        "regions/emea/picklists/industry.yaml": "values: {emea-a: {label: A}, b: {labels: {fr: B}}}\n",
        "regions/emea/fields/account.yaml": "fields: {emea-f: {label: F}, a: {required: true}}\n",
        "regions/emea/playbooks/emea-p.yaml": "label: P\n",
        "regions/emea/playbooks/global-p.yaml": "content: {}\n",
    }
    sources, _ = load_tree({path: text.encode() for path, text in files.items()})
    found = lives(sources.documents.values())
    assert {address: (life.status, life.label) for address, life in found.items()} == {
        "field.account.a": ("proposed", "A"),
        "field.account.b": ("active", ""),
        "picklist.industry": ("deprecated", "Industry"),
        "picklist.industry.value.a": ("active", ""),
        "picklist.industry.value.b": ("active", "B"),
        "region.emea": ("active", "EMEA"),
        "region.emea.field.account.emea-f": ("active", "F"),
        "region.emea.picklist.industry.value.emea-a": ("active", "A"),
        "region.emea.play.emea-p": ("active", "P"),
        "tier.tier-1": ("active", "One"),
    }
    assert found["tier.tier-1"].path == "taxonomy/tiers.yaml"


# -- what must not be ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "head", "said"),
    [
        pytest.param(None, "", "never used again", id="it vanished and is used again"),
        pytest.param("status: retired", "", "never used again", id="its tombstone is used again"),
        pytest.param(None, "status: proposed", "never used again", id="it is proposed again"),
        pytest.param("status: proposed", None, "never just vanishes", id="it was made a proposal and goes"),
        pytest.param("", None, "never just vanishes", id="it goes"),
        pytest.param("status: retired", None, "never just vanishes", id="its tombstone goes"),
        pytest.param("", "", "", id="it stays"),
        pytest.param("", "status: retired", "", id="it is retired"),
        pytest.param(None, "status: retired", "", id="its tombstone is restored"),
        pytest.param(None, None, "", id="it had vanished before"),
        pytest.param("status: proposed", "", "", id="it is published again from a proposal"),
    ],
)
def test_published_ids_are_neither_lost_nor_used_again(base: str | None, head: str | None, said: str) -> None:
    ledger = Ledger("f" * 40, {"segment.extra": Publication(FIRST_COMMIT, "f" * 40, "Extra")})
    found = misused(ledger, spec_with(_with_segment(base)), spec_with(_with_segment(head)))
    assert found.keys() == ({"segment.extra"} if said else set())
    for reason in found.values():
        assert said in reason.why
        assert "published as “Extra” in ffffffffffff of 2026-09-21" in reason.why
        assert reason.change_class == "forbidden"


def test_what_was_never_published_is_free() -> None:
    nothing = Ledger("f" * 40, {})
    assert misused(nothing, spec_with(_with_segment("status: proposed")), spec_with()) == {}


def test_of_what_stands_in_a_broken_file_nothing_is_said() -> None:
    ledger = Ledger("f" * 40, {"segment.extra": Publication(FIRST_COMMIT, "f" * 40, "")})
    there, not_there = spec_with(_with_segment("")), spec_with()
    broken = replace(not_there, broken=frozenset({"taxonomy/segments/extra.yaml"}))
    assert misused(ledger, there, not_there)
    assert misused(ledger, not_there, there)
    assert misused(ledger, there, broken) == misused(ledger, broken, there) == {}


def _with_segment(status: str | None) -> dict[str, str | None]:
    if status is None:
        return {}
    text = "label: Extra\ndecision: coverage\nwhen: {field: account.industry, in: [financial-services]}\n"
    return {"taxonomy/segments/extra.yaml": f"{text}{status}\n"}


# -- the cache ----------------------------------------------------------------------------------------


def test_only_what_is_newer_is_read(work: Work, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = work.commit({INDUSTRY: picklist("a")})
    ledger_at(work.repository, first, "", cache)
    second = work.commit({INDUSTRY: picklist("a", "b")})
    asked: list[list[str]] = []
    real = Repository.introduced

    def introduced(self: Repository, commits: Iterable[str], folders: Sequence[str]) -> Iterator[Introduced]:
        asked.append([*commits])
        return real(self, commits, folders)

    monkeypatch.setattr(Repository, "introduced", introduced)
    ledger = ledger_at(work.repository, second, "", cache)
    assert asked == [[second]]
    assert ledger == ledger_at(work.repository, second, "", cache) == ledger_at(work.repository, second)
    assert len(asked) == 2
    assert addresses(ledger_at(work.repository, first, "", cache)) == {"a"}


@pytest.mark.parametrize("key", ["another build", "another folder"])
def test_a_ledger_of_another_build_or_folder_is_not_believed(work: Work, cache: Cache, key: str) -> None:
    head = work.commit({INDUSTRY: picklist("a"), f"abm/{INDUSTRY}": picklist("b")})
    if key == "another folder":
        ledger_at(work.repository, head, "abm", cache)
    else:
        cache.write("ledgers", history.KeptLedgers("x", (Ledger(head, {}),)))
    assert addresses(ledger_at(work.repository, head, "", cache)) == {"a"}


def test_the_ledger_of_a_commit_that_is_gone_is_no_use(work: Work, cache: Cache) -> None:
    head = work.commit({INDUSTRY: picklist("a")})
    ledger_at(work.repository, head, "", cache)
    kept = cache.read("ledgers", history.KeptLedgers)
    assert kept is not None
    cache.write("ledgers", history.KeptLedgers(kept.key, (Ledger("f" * 40, {}),)))
    assert addresses(ledger_at(work.repository, head, "", cache)) == {"a"}


@st.composite
def histories(draw: st.DrawFn) -> list[Grown]:
    """Any history: branches, merges, several roots, clocks that go wrong."""
    statuses = st.sampled_from(["", ": proposed", ": retired"])
    grown: list[Grown] = []
    for number in range(draw(st.integers(2, 9))):
        parents = draw(st.lists(st.integers(0, number - 1), unique=True, max_size=3)) if number else []
        values = draw(st.dictionaries(st.sampled_from("abcdef"), statuses, max_size=3))
        texts = st.sampled_from([picklist(*(f"{id}{status}" for id, status in values.items())), "values: ["])
        paths = st.sampled_from([INDUSTRY, "taxonomy/picklists/size.yaml", "README.md"])
        files = draw(st.dictionaries(paths, texts, max_size=2))
        grown.append(Grown(tuple(parents), FIRST_COMMIT + draw(st.integers(0, 5)), files))
    return grown


@settings(max_examples=10)
@given(data=st.data(), grown=histories())
def test_a_ledger_is_the_same_whatever_was_known_before(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, grown: list[Grown]
) -> None:
    work = Work.begun(tmp_path_factory.mktemp("history"))
    cache = Cache(work.folder / "cache", "project")
    ids = work.grow(grown)
    for commit in data.draw(st.permutations(ids)):
        assert ledger_at(work.repository, commit, "", cache) == ledger_at(work.repository, commit)


def test_a_ledger_holds_its_parents_ledgers(tmp_path: Path) -> None:
    work = Work.begun(tmp_path)
    texts = [picklist(*[f"v{number}" for number in range(start, start + 3)]) for start in range(6)]
    grown = [
        Grown((number - 1,) if number else (), FIRST_COMMIT + number, {INDUSTRY: text})
        for number, text in enumerate(texts)
    ]
    ledgers = [addresses(ledger_at(work.repository, commit)) for commit in work.grow(grown)]
    for before, after in itertools.pairwise(ledgers):
        assert before < after


def test_a_thousand_commits(work: Work, cache: Cache) -> None:
    """What is known is not parsed again. Time of this process alone: how busy the machine is does not count."""
    grown = [Grown((), FIRST_COMMIT, {path: raw.decode() for path, raw in base_files().items()})]
    for number in range(1, 1000):
        values = picklist(*(f"v{each}" for each in range(number - 20, number) if each >= 0))
        grown.append(Grown((number - 1,), FIRST_COMMIT + number, {INDUSTRY: values}))
    *_, before, head = work.grow(grown)
    started = time.process_time()
    ledger = ledger_at(work.repository, before, "", cache)
    first = time.process_time() - started
    started = time.process_time()
    assert ledger_at(work.repository, before, "", cache) == ledger
    again = time.process_time() - started
    started = time.process_time()
    newer = ledger_at(work.repository, head, "", cache)
    later = time.process_time() - started
    assert addresses(newer) >= {f"v{number}" for number in range(999)}
    assert newer == ledger_at(work.repository, head)
    assert again < first / 3
    assert later < first / 3


def test_what_a_region_added_goes_with_its_list_to_the_new_id() -> None:
    address = "region.emea.picklist.industry.value.emea-fintech"
    ledger = Ledger("f" * 40, {address: Publication(FIRST_COMMIT, "f" * 40, "Fintech")})
    own = "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"
    industry, sector = "taxonomy/picklists/industry.yaml", "taxonomy/picklists/sector.yaml"
    base = spec_with({"regions/emea/picklists/industry.yaml": own})
    renamed = base_files()[industry].decode().replace("extensible", "renamed_from: industry\nextensible")
    tombstone = """\
label: Industry
status: retired
deprecated: {date: "2026-10-01", replaced_by: sector}
values:
  technology: {label: Technology, status: retired}
"""
    there = {"regions/emea/picklists/sector.yaml": own}
    assert not misused(ledger, base, spec_with({industry: tombstone, sector: renamed, **there}))
    assert misused(ledger, base, spec_with({industry: tombstone, sector: renamed})), "it is left behind"
    assert misused(ledger, base, spec_with({sector: renamed, **there})), "there is no tombstone"
