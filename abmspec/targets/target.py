"""What a target is: a kind of system, and a function from what an instance holds to files."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from abmspec.holdings import Holdings
from abmspec.resolve import Resolved

# Files by their path in the instance's folder, with `/`.
Files = dict[str, bytes]
Render = Callable[[Resolved, Holdings], Files]


class Target(NamedTuple):
    """A compiler. `render` is pure: no clock, no disk, no order but the spec's; the same input gives the same bytes.

    It may count on a spec without errors. What a system cannot hold is for rules to say, before anything is rendered.
    """

    kind: str
    render: Render
