"""The fixes that findings carry, made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from abmspec.diagnostic import Diagnostic, Fix
from abmspec.edit.operation import Operation, Remove, RenameKey, SetValue
from abmspec.edit.page import EditRefused
from abmspec.edit.splice import edited
from abmspec.source import Route


def mended(
    contents: Mapping[str, bytes], found: Iterable[Diagnostic]
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """The files with the fixes of findings that do not overlap, and the findings whose fixes were made.

    Of two that overlap the first one is; what cannot be made for certain is left.
    """
    files = dict(contents)
    touched: dict[str, list[Route]] = {}
    done = []
    for each in found:
        fix = each.fix
        if fix is None or fix.path not in files or _overlaps(fix, touched.get(fix.path, ())):
            continue
        if fix.operation == "move":
            target = str(fix.value)
            if target in files or fix.path in touched:
                continue
            files[target] = files.pop(fix.path)
        else:
            try:
                text = files[fix.path].decode("utf-8")
                files[fix.path] = edited(fix.path, text, [operation(fix)]).encode()
            except (EditRefused, UnicodeDecodeError):
                continue
        touched.setdefault(fix.path, []).append(fix.route)
        done.append(each)
    return files, tuple(done)


def operation(fix: Fix) -> Operation:
    """The edit that a fix is, of any but a move."""
    match fix.operation:
        case "set":
            return SetValue(fix.route, list(fix.value) if isinstance(fix.value, tuple) else fix.value)
        case "rename":
            return RenameKey(fix.route, str(fix.value))
        case "remove":
            return Remove(fix.route)
    raise ValueError(f"no edit of a file: {fix}")


def _overlaps(fix: Fix, routes: Iterable[Route]) -> bool:
    """Whether an earlier fix changed what a route leads to, or may have changed where it leads."""
    own = fix.route
    for route in routes:
        shorter = min(len(own), len(route))
        if own[:shorter] == route[:shorter]:
            return True
        if route and own[: len(route) - 1] == route[:-1] and isinstance(route[-1], int):
            return True
    return False
