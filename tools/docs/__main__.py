"""`python -m tools.docs`: write the generated pages of the reference, and remove those that are no more.

With pages as arguments (`README.md docs/tutorial.md`): follow each, and write what its commands print now.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tools.docs import FOLDER, pages
from tools.docs.stories import told
from tools.generated import bring_in_line

# The day on which every page plays, no colours, and a reader whose Git is set up as nobody's.
SETTING = {
    "ABMSPEC_TODAY": "2026-10-01",
    "NO_COLOR": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{
        f"GIT_{who}_{what}": "reader@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
}


def main() -> None:
    """Bring the folder, or the pages that are named, in line with the source."""
    for name in sys.argv[1:]:
        tell(Path(name))
    if not sys.argv[1:]:
        write_reference()


def tell(page: Path) -> None:
    """Write a page as it reads when it is followed today."""
    os.environ.update(SETTING)
    with tempfile.TemporaryDirectory(prefix="abmspec-docs-") as folder:
        page.write_text(told(page.read_text(encoding="utf-8"), Path(folder) / "project"), encoding="utf-8")


def write_reference() -> None:
    """Write every generated page."""
    bring_in_line(FOLDER, ".md", dict(pages()))


if __name__ == "__main__":
    main()
