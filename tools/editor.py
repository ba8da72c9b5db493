"""`python -m tools.editor`: bind the published schemas to this repository's own spec, for editors."""

from __future__ import annotations

from pathlib import Path

from abmspec.editor import published_bindings, rendered
from abmspec.load import discover

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / ".vscode" / "settings.json"


def settings() -> bytes:
    """The editor's settings that the repository holds."""
    entries, _ = discover(ROOT)
    regions = {entry.id: entry.path.rpartition("/")[0] for entry in entries if entry.kind == "region"}
    return rendered(published_bindings("abmspec/schemas", regions)).encode()


if __name__ == "__main__":
    SETTINGS.parent.mkdir(exist_ok=True)
    SETTINGS.write_bytes(settings())
