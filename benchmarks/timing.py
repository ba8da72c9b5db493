"""Whole processes, timed in turn: A B C, A B C … so that a machine whose speed drifts is unfair to nobody."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contender:
    """A command to time. `prepare` runs before each counted run, outside the time."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    prepare: Callable[[], None] = lambda: None
    expected: frozenset[int] = frozenset({0})


def race(contenders: Sequence[Contender], rounds: int) -> dict[str, float]:
    """The median wall time in seconds of each contender, after one round that is not counted.

    RuntimeError where a command ends with a code that was not expected: a failing run is no measurement.
    """
    times: dict[str, list[float]] = {each.name: [] for each in contenders}
    for turn in range(rounds + 1):
        for each in contenders:
            each.prepare()
            seconds = _seconds(each)
            if turn:
                times[each.name].append(seconds)
    return {name: statistics.median(taken) for name, taken in times.items()}


def _seconds(each: Contender) -> float:
    started = time.perf_counter()
    done = subprocess.run(
        each.command,
        cwd=each.folder,
        env={**os.environ, **each.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    taken = time.perf_counter() - started
    if done.returncode not in each.expected:
        tail = done.stdout.decode(errors="replace")[-2000:]
        raise RuntimeError(f"{each.name} ended with {done.returncode}:\n{tail}")
    return taken
