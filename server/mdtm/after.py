"""The files of a workspace as a plan will leave them, for those who have to know before it is carried out."""

from __future__ import annotations

from typing import NamedTuple

from mdtm.files import Files, below
from mdtm.plan import Create, Delete, Move, Plan, in_turn, replaced

CHANGED = float("inf")
"""When a file was changed that the plan changes: later than all others."""


class Held(NamedTuple):
    """What the plan makes of one file."""

    text: str | None = None
    """Its text; None where it is that of another file, or where there is none."""
    origin: str = ""
    """The path that a moved file has until then."""

    @property
    def there(self) -> bool:
        return self.text is not None or bool(self.origin)


class After:
    """Files over others; a plan that does not fit them raises StalePlan, as carrying it out would."""

    def __init__(self, files: Files, plan: Plan) -> None:
        self._files = files
        self._held: dict[str, Held] = {}
        self._left: list[str] = []
        """The folders that have been moved away."""
        for path, steps in in_turn(plan):
            first = steps[0]
            if isinstance(first, Create):
                self._held[path] = Held(first.text)
            elif isinstance(first, Delete):
                self._held[path] = Held()
            elif isinstance(first, Move):
                self._move(first)
            else:
                self._held[path] = Held(replaced(self.text(path), steps))

    def folders_in(self, folder: str) -> tuple[str, ...]:
        above = f"{folder}/" if folder else ""
        found = {name for name in self._known_folders(folder) if not self._is_left(f"{above}{name}")}
        rests = [path[len(above) :] for path, held in self._held.items() if held.there and path.startswith(above)]
        return tuple(sorted(found | {rest.partition("/")[0] for rest in rests if "/" in rest}))

    def files_in(self, folder: str) -> tuple[str, ...]:
        above = f"{folder}/" if folder else ""
        known = () if self._is_left(folder) else self._files.files_in(folder)
        found = {name for name in known if f"{above}{name}" not in self._held}
        rests = [path[len(above) :] for path, held in self._held.items() if held.there and path.startswith(above)]
        return tuple(sorted(found | {rest for rest in rests if "/" not in rest}))

    def text(self, path: str) -> str | None:
        held = self._held.get(path)
        if held is None:
            return None if self._is_left(path) else self._files.text(path)
        return self._files.text(held.origin) if held.origin else held.text

    def modified(self, path: str) -> float:
        held = self._held.get(path)
        if held is None:
            return 0.0 if self._is_left(path) else self._files.modified(path)
        return self._files.modified(held.origin) if held.origin else CHANGED if held.there else 0.0

    def check_place(self, path: str) -> None:
        self._files.check_place(path)

    def _move(self, step: Move) -> None:
        """A file, or all files of a folder, with another path."""
        folder, _, name = step.path.rpartition("/")
        if name in self.files_in(folder):
            self._put(step.path, step.to)
            return
        for inner in below(self, step.path):
            self._put(f"{step.path}/{inner}", f"{step.to}/{inner}")
        self._left.append(step.path)

    def _put(self, path: str, to: str) -> None:
        held = self._held.get(path)
        self._held[to] = held if held else Held(origin=path)
        self._held[path] = Held()

    def _known_folders(self, folder: str) -> tuple[str, ...]:
        return () if self._is_left(folder) else self._files.folders_in(folder)

    def _is_left(self, path: str) -> bool:
        return any(path == left or path.startswith(f"{left}/") for left in self._left)
