"""JSON as commands print it and targets write it."""

from __future__ import annotations

import json
from typing import Any


def json_text(data: Any, *, indent: int = 2) -> str:
    """The data in its own order, ending with a line break. ValueError for numbers that JSON does not have."""
    return json.dumps(data, indent=indent, ensure_ascii=False, allow_nan=False) + "\n"


def json_bytes(data: Any, *, indent: int = 2) -> bytes:
    """The same as a file's content: UTF-8."""
    return json_text(data, indent=indent).encode()
