"""How MkDocs is set up for a project that has no `mkdocs.yml` of its own."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

from abmspec.model.taxonomy import Project

FILE = "mkdocs.yml"
THEME: dict[str, Any] = {
    "name": "material",
    "font": False,
    "features": [
        "content.code.copy",
        "navigation.indexes",
        "navigation.path",
        "navigation.prune",
        "navigation.tabs",
        "navigation.tabs.sticky",
        "navigation.top",
        "toc.follow",
    ],
    "icon": {"logo": "material/bullseye-arrow"},
    "palette": [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/weather-night", "name": "Switch to dark mode"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/weather-sunny", "name": "Switch to light mode"},
        },
    ],
}


def configuration(project: Project, root: Path) -> str:
    """The text of a `mkdocs.yml`, which may stand anywhere, for the project in `root`."""
    return json.dumps(
        {
            "site_name": html.escape(project.label or project.name),
            "use_directory_urls": False,
            "theme": THEME,
            "plugins": [{"abmspec": {"project": str(root)}}],
            "extra": {"generator": False},
        }
    )
