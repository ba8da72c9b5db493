"""`python -m tools.schemas`: write the published schemas, and remove those that are no more."""

from __future__ import annotations

from tools.generated import bring_in_line
from tools.schemas import FOLDER, published, published_inputs, published_outputs


def main() -> None:
    """Bring the folder of the package in line with the source."""
    wanted = {**dict(published()), **dict(published_inputs()), **dict(published_outputs())}
    bring_in_line(FOLDER, ".schema.json", wanted)


if __name__ == "__main__":
    main()
