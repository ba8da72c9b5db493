"""Which schema is for which files: the layout as patterns that the YAML language server matches.

The server finds a pattern at the end of any path, and lets every schema that matches have its say. So the patterns
are disjoint, `!(…)` where need be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from abmspec.load import Place, places

Bindings = Mapping[str, tuple[str, ...]]


def pattern(place: Place, *, ids: Iterable[str] = (), beside: Iterable[str] = ()) -> str:
    """The pattern of a place's files: those of some ids alone, or all but those that are bound elsewhere (`beside`).

    A file whose name the layout fixes never counts as one that is named for its id.
    """
    if place.name:
        return place.path
    wanted = sorted(ids)
    if wanted:
        return f"{place.folder}/{_one_of(wanted)}.yaml"
    others = sorted(beside)
    if place.own:
        mine = f"{place.region}-"
        rest = sorted(id.removeprefix(mine) for id in others)
        return f"{place.folder}/{mine}{f'!({_joined(rest)})' if rest else '*'}.yaml"
    if place.own is False:
        others.append(f"{place.region}-*")
    if place.region and place.folder.endswith("/playbooks"):
        others.append("ctas")
    return f"{place.folder}/{f'!({_joined(others)})' if others else '*'}.yaml"


def _one_of(ids: list[str]) -> str:
    return ids[0] if len(ids) == 1 else f"@({_joined(ids)})"


def _joined(ids: list[str]) -> str:
    return "|".join(ids)


def published_bindings(folder: str, regions: Mapping[str, str]) -> Bindings:
    """The published schemas, in `folder`, each with the files that it is for; `regions` are folders by id."""
    found: dict[str, list[str]] = {}
    for place in places(regions):
        found.setdefault(f"./{folder}/{place.kind}.schema.json", []).append(pattern(place))
    return {schema: tuple(patterns) for schema, patterns in sorted(found.items())}
