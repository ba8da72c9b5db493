"""Whether two pieces of data are the same, to the order of their keys."""

from __future__ import annotations

import json
from typing import Any


def same(one: Any, other: Any) -> bool:
    """Whether the data is the same: types, and the order of keys, included."""
    return one == other and json.dumps(one) == json.dumps(other)
