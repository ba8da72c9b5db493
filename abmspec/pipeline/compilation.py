"""The resolved spec compiled for its systems."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abmspec.resolve import Resolved


class UnknownSystem(Exception):
    """A name that is neither an instance nor a kind of one, or one that nothing is compiled for."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build makes: files by path below the output folder, the first folder the instance's.

    `instances` are those compiled, `without_target` those that no compiler is for, `stated` what the manifest says of
    the spec.
    """

    files: dict[str, bytes]
    instances: tuple[str, ...]
    without_target: tuple[str, ...]
    stated: dict[str, str]


def build(resolved: Resolved, wanted: tuple[str, ...] = ()) -> Built:
    """Compile for the wanted instances (by id or kind; none: all), with the resolved spec as `spec.json` beside them.

    The spec must be without errors. UnknownSystem for a name that leads to nothing that can be compiled.
    """
    from abmspec import export
    from abmspec.holdings import all_holdings
    from abmspec.targets.catalogue import find_target

    held = all_holdings(resolved)
    targets = {instance: find_target(each.system.kind) for instance, each in held.items()}
    _require_known(wanted, {instance: each.system.kind for instance, each in held.items()})
    files = {export.PATH: export.spec_document(resolved, held.values())}
    chosen = [id for id, each in held.items() if not wanted or id in wanted or each.system.kind in wanted]
    compiled = []
    for instance in chosen:
        target = targets[instance]
        if target is None:
            if instance in wanted or held[instance].system.kind in wanted:
                raise UnknownSystem(
                    f"Nothing is compiled for `{instance}`, a system of kind {held[instance].system.kind}."
                )
            continue
        compiled.append(instance)
        for path, content in target.render(resolved, held[instance]).items():
            files[f"{instance}/{path}"] = content
    project = resolved.spec.project
    return Built(
        files=files,
        instances=tuple(compiled),
        without_target=tuple(id for id in chosen if targets[id] is None),
        stated={"project": project.name, "spec_version": project.version},
    )


def beside_what_stands(target: Path, built: Built) -> dict[str, bytes]:
    """The built files with those that `target` already has of other instances."""
    from abmspec.output import written_files

    others: dict[str, bytes] = {}
    for path in written_files(target):
        folder = path.partition("/")[0]
        if "/" in path and folder not in built.instances:
            others[path] = (target / path).read_bytes()
    return {**others, **built.files}


def _require_known(wanted: tuple[str, ...], kinds: dict[str, str]) -> None:
    known = {*kinds, *kinds.values()}
    for name in wanted:
        if name not in known:
            there = ", ".join(f"{instance} ({kind})" for instance, kind in kinds.items())
            raise UnknownSystem(f"There is no system `{name}`. There are: {there}.")
