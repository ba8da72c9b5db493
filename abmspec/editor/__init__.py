"""Schemas for editors: the published ones, in which every reference is a list of what there is in the project.

An editor that speaks to the YAML language server completes, explains and checks a spec with them while it is written.
`check` alone judges: what is right for it is right here.
"""

from __future__ import annotations

from abmspec.editor.bindings import Bindings, published_bindings
from abmspec.editor.project import EditorSchemas, editor_schemas
from abmspec.editor.settings import NotMerged, merged_settings, rendered

__all__ = [
    "Bindings", "EditorSchemas", "NotMerged", "editor_schemas", "merged_settings", "published_bindings", "rendered",
]  # fmt: skip
