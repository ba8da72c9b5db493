"""The names of a spec, to be completed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from abmspec import load
from abmspec.cache import Cache, build_fingerprint
from abmspec.pipeline.verdict import uncollected, understand

if TYPE_CHECKING:
    from abmspec.resolve import Resolved


class Names(msgspec.Struct, frozen=True):
    """The names of a spec, to be completed: all addresses, the regions, and the systems that can be built.

    `key` stands for the build of abmspec and every byte of the spec.
    """

    key: str
    addresses: tuple[str, ...]
    regions: tuple[str, ...]
    systems: tuple[str, ...]


@uncollected()
def names(root: Path) -> Names:
    """The names of the spec in `root`, kept in the cache; the last ones known while its `abmspec.yaml` is unusable."""
    files = load.collect(root)
    cache = Cache.of_project(root)
    key = hashlib.sha256(f"{build_fingerprint()} {files.digest}".encode()).hexdigest()
    kept = cache.read("names", Names)
    if kept is not None and kept.key == key:
        return kept
    spec, _ = understand(load.read(files)[0])
    if spec is None:
        return kept or Names(key, (), (), ())
    from abmspec import lookup
    from abmspec.resolve import resolve

    resolved = resolve(spec)
    found = Names(key, lookup.addresses(resolved), tuple(spec.regions), _buildable(resolved))
    cache.write("names", found)
    return found


def _buildable(resolved: Resolved) -> tuple[str, ...]:
    from abmspec.holdings import all_holdings
    from abmspec.targets.catalogue import find_target

    kinds = {instance: each.system.kind for instance, each in all_holdings(resolved).items()}
    there = {instance: kind for instance, kind in kinds.items() if find_target(kind) is not None}
    return tuple(sorted({*there, *there.values()}))
