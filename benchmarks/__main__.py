"""`make bench`: a large spec against check-jsonschema, a long history, and the start-up against an import of click."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import large_spec, long_history
from benchmarks.timing import Contender, race

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
TODAY = "2026-10-01"


def main() -> None:
    """Prints medians and ratios. The bounds are what the project promises; a missed one is said, not hidden."""
    rounds = int(os.environ.get("ROUNDS", "7"))
    with tempfile.TemporaryDirectory(prefix="abmspec-bench-") as folder:
        _on_a_large_spec(Path(folder), rounds)
        _reference(Path(folder), rounds)
        _long_history(Path(folder), rounds)
        _start_up(Path(folder), rounds * 3)


def _on_a_large_spec(folder: Path, rounds: int) -> None:
    spec = folder / "spec"
    generated = large_spec.write(ROOT, spec)
    size = sum(path.stat().st_size for path in generated)
    print(
        f"large spec: {len(generated)} files, {len(generated) * large_spec.VALUES:,} values, {size / 1e6:.1f} MB"
    )
    before = folder / "before"
    large_spec.write(ROOT, before)
    caches = {name: folder / f"cache-{name}" for name in ("cold", "warm", "edited")}
    counter = itertools.count(1)

    def forget() -> None:
        shutil.rmtree(caches["cold"], ignore_errors=True)

    def edit_one_file() -> None:
        generated[7].write_text(
            large_spec.picklist(7).replace("for measuring.", f"for measuring, edit {next(counter)}."),
            encoding="utf-8",
        )

    schema = ROOT / "abmspec" / "schemas" / "picklist.schema.json"
    peer = (
        str(BIN / "check-jsonschema"),
        "--schemafile",
        str(schema),
        *(path.relative_to(spec).as_posix() for path in generated),
    )
    check = (str(BIN / "abmspec"), "check", "--today", TODAY)
    cold, warm, edited = (
        {"XDG_CACHE_HOME": str(caches[name]), "ABMSPEC_TODAY": TODAY} for name in ("cold", "warm", "edited")
    )
    times = race(
        [
            Contender("check-jsonschema", peer, spec, {}),
            Contender("check, no cache", check, spec, cold, prepare=forget),
            Contender("check, one file changed", check, spec, edited, prepare=edit_one_file),
            Contender("diff, one file changed", (str(BIN / "abmspec"), "diff", str(before), "."), spec, cold),
            # The edit above stays, so this one runs twice: the first fills the cache.
            Contender("check, filling", check, spec, warm),
            Contender("check, nothing changed", check, spec, warm),
        ],
        rounds,
    )
    gated = _gate(before, folder, cold, rounds)
    peer_time = times["check-jsonschema"]
    _row("check-jsonschema, picklist schema alone", peer_time)
    _row("abmspec check, no cache", times["check, no cache"], peer_time, 1 / 2)
    _row("abmspec check, nothing changed", times["check, nothing changed"], peer_time, 1 / 6)
    _row("abmspec check, one file changed", times["check, one file changed"], peer_time)
    _row(
        "abmspec diff, against the cold check",
        times["diff, one file changed"],
        times["check, no cache"],
        1.5,
    )
    _row("abmspec gate, against the cold check", gated, times["check, no cache"], 1.5)


def _gate(spec: Path, folder: Path, environment: dict[str, str], rounds: int) -> float:
    """The time that the gate takes for the change of one value, once the ledger is there."""

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=bench", "-c", "user.email=bench@example.com")
        subprocess.run(("git", *identity, *arguments), cwd=spec, check=True)

    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=Before")
    git("checkout", "--quiet", "-b", "change")
    place = spec / "taxonomy" / "picklists" / "bench-007.yaml"
    place.write_text(large_spec.picklist(7).replace("label: ", "label: New ", 2), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=After")
    command = (str(BIN / "abmspec"), "gate", "--base", "main", "--as", "somebody")
    kept = {**environment, "XDG_CACHE_HOME": str(folder / "cache-gate")}
    return race([Contender("gate", command, spec, kept, expected=frozenset({1}))], rounds)["gate"]


def _reference(folder: Path, rounds: int) -> None:
    environment = {"XDG_CACHE_HOME": str(folder / "cache-reference"), "ABMSPEC_TODAY": TODAY}
    command = (str(BIN / "abmspec"), "check")
    times = race(
        [
            Contender("cold", (*command, "--no-cache"), ROOT, environment),
            Contender("warm", command, ROOT, environment),
        ],
        rounds,
    )
    print("reference spec:")
    _row("abmspec check, no cache", times["cold"])
    _row("abmspec check, nothing changed", times["warm"])


def _long_history(folder: Path, rounds: int) -> None:
    repository, cache = folder / "history", folder / "cache-history"
    long_history.write(repository)

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    consult = (sys.executable, "-m", "benchmarks.long_history")
    environment = {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
    times = race(
        [
            Contender("git", ("git", "log", "--raw", "--no-abbrev"), repository, {}),
            Contender("first", consult, repository, environment, prepare=forget),
            # What the one above left in the cache.
            Contender("again", consult, repository, environment),
        ],
        rounds,
    )
    print(f"ledger of published ids, {long_history.COMMITS:,} commits:")
    _row("git log --raw", times["git"])
    _row("the first time", times["first"])
    _row("again", times["again"], times["first"], 1 / 3)


def _start_up(folder: Path, rounds: int) -> None:
    times = race(
        [
            Contender("click", (sys.executable, "-c", "import click"), folder, {}),
            Contender("version", (str(BIN / "abmspec"), "--version"), folder, {}),
            Contender("help", (str(BIN / "abmspec"), "--help"), folder, {}),
        ],
        rounds,
    )
    print("start-up:")
    _row('python -c "import click"', times["click"])
    _row("abmspec --version", times["version"], times["click"], 1.5)
    _row("abmspec --help", times["help"], times["click"], 1.5)


def _row(name: str, seconds: float, against: float | None = None, bound: float | None = None) -> None:
    ratio = "" if against is None else f"  {seconds / against:6.3f} of the peer"
    if against is not None and bound is not None:
        ratio += f" (promised: at most {bound:.3f}{'' if seconds / against <= bound else ', MISSED'})"
    print(f"  {name:<42}{seconds:8.3f} s{ratio}")


main()
