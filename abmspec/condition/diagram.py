"""Decision diagrams: a canonical form of a truth function over variables with finitely many cells, of bounded size."""

from __future__ import annotations

from collections.abc import Collection

FALSE = 0
TRUE = 1


class TooComplex(ValueError):
    """The bounded reasoning gives up: the answer is *unknown*."""


class Diagram:
    """Truth functions as numbered nodes; two functions are the same exactly if their numbers are.

    Variables are tested in the order of their level. Every operation raises `TooComplex` where more than `limit`
    steps would be needed since `rest` was last called.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._steps = 0
        self._levels: list[int] = [1 << 30, 1 << 30]
        self._branches: list[tuple[int, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._negations: dict[int, int] = {FALSE: TRUE, TRUE: FALSE}

    def rest(self) -> None:
        """Begin a new question, with the full number of steps."""
        self._steps = 0

    def choice(self, level: int, branches: tuple[int, ...]) -> int:
        """The function that goes on as `branches[cell]`, all of higher levels than `level`."""
        if branches.count(branches[0]) == len(branches):
            return branches[0]
        key = (level, branches)
        node = self._known.get(key)
        if node is None:
            self._steps += 1
            if self._steps > self._limit:
                raise TooComplex
            node = self._known[key] = len(self._levels)
            self._levels.append(level)
            self._branches.append(branches)
        return node

    def literal(self, level: int, size: int, cells: Collection[int]) -> int:
        """True in these cells of the variable."""
        return self.choice(level, tuple(TRUE if cell in cells else FALSE for cell in range(size)))

    def both(self, left: int, right: int) -> int:
        """True where both are."""
        if FALSE in (left, right):
            return FALSE
        if left in (TRUE, right):
            return right
        if right == TRUE:
            return left
        key = (left, right) if left < right else (right, left)
        node = self._both.get(key)
        if node is None:
            self._steps += 1
            if self._steps > self._limit:
                raise TooComplex
            level = min(self._levels[left], self._levels[right])
            size = len(self._branches[left if self._levels[left] == level else right])
            lefts = self._branches[left] if self._levels[left] == level else (left,) * size
            rights = self._branches[right] if self._levels[right] == level else (right,) * size
            branches = []
            for one, other in zip(lefts, rights, strict=True):
                branches.append(self.both(one, other))
            node = self._both[key] = self.choice(level, tuple(branches))
        return node

    def negation(self, node: int) -> int:
        """True where it is not."""
        found = self._negations.get(node)
        if found is None:
            branches = []
            for branch in self._branches[node]:
                branches.append(self.negation(branch))
            found = self._negations[node] = self.choice(self._levels[node], tuple(branches))
            self._negations[found] = node
        return found

    def either(self, left: int, right: int) -> int:
        """True where at least one is."""
        return self.negation(self.both(self.negation(left), self.negation(right)))

    def implies(self, left: int, right: int) -> bool:
        """Whether the right one is true wherever the left one is."""
        return self.both(left, self.negation(right)) == FALSE
