"""What a schema says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Type = Literal["text", "time", "texts", "number", "any"]
"""`texts` is an array of strings, `time` a string or a TOML date or time."""
Need = Literal["required", "expected", "optional"]
"""A file without a required key breaks tools; one without an expected key is merely poorer."""
Names = Literal["", "task", "session", "sprint", "file", "artifact"]
"""What the texts of a key name: something by its id, a file from the workspace root, or an artifact of the session."""


@dataclass(frozen=True, slots=True)
class Values:
    """A closed set of values: the canonical spellings, and the words that mean each of them."""

    canonical: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()
    """Pairs of another word, in small letters, and the canonical spelling that it means."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the frontmatter."""

    name: str
    type: Type = "text"
    need: Need = "optional"
    meaning: str = ""
    values: Values | None = None
    aliases: tuple[str, ...] = ()
    """Older names of the same key."""
    names: Names = ""


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """One kind of document."""

    name: str
    title: str
    """What messages call it, with its article: "a session log"."""
    keys: tuple[Key, ...]
    logs: bool = False
    """Whether its body holds log entries."""
    strict: bool = False
    """Whether the systems' tools read its keys; others may have any keys and values they like."""

    times: tuple[str, ...] = field(init=False)
    """The names of the keys that hold times."""
    needed: tuple[Key, ...] = field(init=False)
    """The keys that are required or expected."""
    needed_names: tuple[str, ...] = field(init=False)
    lists: tuple[str, ...] = field(init=False)
    """The names of the keys that hold arrays of strings."""
    closed: tuple[Key, ...] = field(init=False)
    """The keys that hold one of a few values."""
    _by_name: dict[str, Key] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "times", tuple(key.name for key in self.keys if key.type == "time"))
        object.__setattr__(self, "needed", tuple(key for key in self.keys if key.need != "optional"))
        object.__setattr__(self, "needed_names", tuple(key.name for key in self.needed))
        object.__setattr__(self, "lists", tuple(key.name for key in self.keys if key.type == "texts"))
        object.__setattr__(self, "closed", tuple(key for key in self.keys if key.values))
        self._by_name.update((key.name, key) for key in self.keys)

    @property
    def order(self) -> tuple[str, ...]:
        """The names of the keys in the order in which a template writes them."""
        return tuple(key.name for key in self.keys)

    def key(self, name: str) -> Key | None:
        return self._by_name.get(name)

    def key_called(self, name: str) -> Key | None:
        """The key that has a name, be it an older one."""
        return self.key(name) or next((key for key in self.keys if name in key.aliases), None)

    def is_id(self, name: str) -> bool:
        """Whether a key says what the document's own id is."""
        return self.strict and name in (self.keys[0].name, *self.keys[0].aliases)
