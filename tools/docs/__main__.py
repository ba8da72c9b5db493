"""`python -m tools.docs`: write the generated pages of the reference, and remove those that are no more."""

from __future__ import annotations

from tools.docs import FOLDER, pages


def main() -> None:
    """Bring the folder in line with the source."""
    wanted = dict(pages())
    for path in FOLDER.rglob("*.md"):
        if path.relative_to(FOLDER).as_posix() not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
