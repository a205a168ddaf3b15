"""What an editor asks about a document while it is edited, and how a right answer is told from others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from benchmarks.documents import Keystroke, units

ABILITIES = {
    "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    "semanticTokens": {
        "requests": {"full": {"delta": True}},
        "tokenTypes": [],
        "tokenModifiers": [],
        "formats": ["relative"],
    },
    "hover": {"contentFormat": ["markdown"]},
    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
}
"""What the editor says that it can, beside diagnostics."""
SEEN = 30
"""Lines above and below the edit that are on the screen."""
NOTHING = ("", -1)
"""The finding of an edit whose findings nobody looks at."""


class Scene:
    """A generated session log that is asked about, and the place in the middle of it that is edited."""

    def __init__(self, uri: str, text: str, entries: int) -> None:
        self.uri = uri
        self.lines = text.split("\n")
        self.entries = entries
        self.first = len(self.lines) - 1 - entries
        """The line of the first entry."""
        self.wrong = self.first + entries // 4
        """The line of the entry whose time does not exist."""
        self.line = self.first + entries // 2 // 6 * 6 + 3
        """The line of the entry that is edited, which tells of a result."""
        self.status, self.tags = (self._line_of(key) for key in ("status", "tags"))
        self.path = self.lines[self.line - 1].split("`")[3]
        """The artifact that the entry above it names."""
        self.typed = 0
        """How many edits were made; after an odd number the second text stands there."""
        self.tokens: tuple[str, list[int]] = ("", [])
        """The number of the last answer about tokens, and they as the editor has them."""
        self.first_tokens: list[int] = []

    def params(self, **more: Any) -> dict[str, Any]:
        return {"textDocument": {"uri": self.uri}, **more}

    def at(self, line: int, column: int) -> dict[str, Any]:
        return self.params(position={"line": line, "character": column})

    def over(self, first: int, last: int) -> dict[str, Any]:
        ends = ({"line": line, "character": 0} for line in (first, last))
        return self.params(range=dict(zip(("start", "end"), ends, strict=True)))

    def count(self, text: str) -> int:
        return sum(line.count(text) for line in self.lines)

    def _line_of(self, key: str) -> int:
        return next(number for number, line in enumerate(self.lines) if line.startswith(f"{key} ="))


class Typing(NamedTuple):
    """Where an edit is made: a text there gives way to another one, which comes and goes by a character."""

    line: int
    column: int
    """In UTF-16 units."""
    old: str
    first: str
    second: str

    def begin(self) -> dict[str, Any]:
        return Keystroke(self.line, self.column, self.old, self.first, NOTHING).change(True)

    def end(self, second: bool) -> dict[str, Any]:
        there = self.second if second else self.first
        return Keystroke(self.line, self.column, there, self.old, NOTHING).change(True)

    def edit(self, second: bool) -> dict[str, Any]:
        return Keystroke(self.line, self.column, self.first, self.second, NOTHING).change(second)

    def behind(self, second: bool) -> int:
        """The column behind what was typed."""
        return self.column + units(self.second if second else self.first)


class Question(NamedTuple):
    """A request that follows an edit at once."""

    name: str
    method: str
    """Without `textDocument/`."""
    where: Callable[[Scene], Typing]
    """Where the edit before it is made."""
    params: Callable[[Scene], dict[str, Any]]
    is_right: Callable[[Scene, Any], bool]


def _key(scene: Scene) -> Typing:
    return Typing(scene.tags, 0, scene.lines[scene.tags], "ta", "tag")


def _value(scene: Scene) -> Typing:
    return Typing(scene.status, units('status = "🟢 '), "Actve", "Act", "Acti")


def _new_entry(scene: Scene) -> Typing:
    line = scene.lines[scene.line]
    column = line.index("`")
    return Typing(scene.line, units(line[:column]), line[column:], "`dev-py", "`dev-pyt")


def _actor(scene: Scene) -> Typing:
    return Typing(scene.line, scene.lines[scene.line].index("dev-python"), "dev-python", "dev-python", "dev-pythons")


def _spaces(scene: Scene) -> Typing:
    return Typing(scene.line, scene.lines[scene.line].index("] "), "] ", "]  ", "]   ")


def _behind(typing: Callable[[Scene], Typing]) -> Callable[[Scene], dict[str, Any]]:
    """The place behind what is typed."""

    def params(scene: Scene) -> dict[str, Any]:
        place = typing(scene)
        return scene.at(place.line, place.behind(scene.typed % 2 == 1))

    return params


def _offers(label: str) -> Callable[[Scene, Any], bool]:
    def is_right(scene: Scene, answer: Any) -> bool:
        items = answer["items"] if isinstance(answer, dict) else answer
        return any(item["label"] == label for item in items)

    return is_right


def _tells(text: str) -> Callable[[Scene, Any], bool]:
    return lambda scene, answer: text in answer["contents"]["value"]


def _folds(scene: Scene, answer: Any) -> bool:
    folds = {(fold["startLine"], fold["endLine"]) for fold in answer}
    return {(0, scene.tags + 1), (scene.first - 2, len(scene.lines) - 2)} <= folds


def _has_symbols(scene: Scene, answer: Any) -> bool:
    """Whether there is a symbol for every entry, and the one that is edited has its width."""
    symbols = {one["range"]["start"]["line"]: one for one in leaves(answer)}
    width = units(scene.lines[scene.line]) + scene.typed % 2
    return (
        symbols[scene.line]["range"]["end"]["character"] == width
        and len([line for line in symbols if line >= scene.first]) == scene.entries
    )


def leaves(symbols: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The symbols that have no others in them."""
    for symbol in symbols:
        if inner := symbol.get("children"):
            yield from leaves(inner)
        else:
            yield symbol


def _hints(first: Callable[[Scene], int], last: Callable[[Scene], int]) -> Callable[[Scene, Any], bool]:
    """Whether every entry that has a time has a hint, from a line up to another."""

    def is_right(scene: Scene, answer: Any) -> bool:
        lines = {hint["position"]["line"] for hint in answer if hint["label"]}
        asked = range(max(first(scene), scene.first), last(scene))
        return {*asked} - {scene.wrong} <= lines <= {*asked, last(scene)}

    return is_right


def _top(scene: Scene) -> int:
    return scene.line - SEEN


def _bottom(scene: Scene) -> int:
    return min(scene.line + SEEN, _end(scene))


def _end(scene: Scene) -> int:
    return len(scene.lines) - 1


def _since(scene: Scene) -> dict[str, Any]:
    return scene.params(previousResultId=scene.tokens[0])


def _same_tokens(scene: Scene, answer: Any) -> bool:
    """Whether the difference leads to the first tokens again, or to them with the one that was typed in longer."""
    tokens = list(scene.tokens[1])
    for edit in sorted(answer["edits"], key=lambda edit: int(edit["start"]), reverse=True):
        tokens[edit["start"] : edit["start"] + edit["deleteCount"]] = edit.get("data", [])
    scene.tokens = (answer["resultId"], tokens)
    longer = [new - old for old, new in zip(scene.first_tokens, tokens, strict=True) if new != old]
    return longer == [1] * (scene.typed % 2)


TYPING = (
    Question("completion of a key", "completion", _key, _behind(_key), _offers("tags")),
    Question("completion of a status", "completion", _value, _behind(_value), _offers("🟢 Active")),
    Question("completion of an actor", "completion", _new_entry, _behind(_new_entry), _offers("dev-python")),
    Question("hover over a key", "hover", _value, lambda scene: scene.at(scene.status, 2), _tells("Usual values")),
    Question("hover over a time", "hover", _actor, lambda scene: scene.at(scene.line, 5), _tells("after the entry")),
)
"""What is asked at the cursor or the pointer while somebody types."""
SHOWN = (
    Question("semantic tokens, what has changed", "semanticTokens/full/delta", _actor, _since, _same_tokens),
    Question("folding ranges", "foldingRange", _actor, Scene.params, _folds),
    Question("document symbols", "documentSymbol", _actor, Scene.params, _has_symbols),
    Question(
        "code lenses", "codeLens", _actor, Scene.params,
        lambda scene, answer: any(lens.get("command", {}).get("title") == "Pause" for lens in answer),
    ),
    Question(
        "inlay hints of what is on the screen", "inlayHint", _actor,
        lambda scene: scene.over(_top(scene), _bottom(scene)), _hints(_top, _bottom),
    ),
    Question(
        "inlay hints of the whole file", "inlayHint", _actor,
        lambda scene: scene.over(0, _end(scene)), _hints(lambda scene: 0, _end),
    ),
    Question(
        "highlights of a path", "documentHighlight", _actor,
        lambda scene: scene.at(scene.line - 1, scene.lines[scene.line - 1].index(scene.path) + 20),
        lambda scene, answer: len(answer) == scene.count(scene.path),
    ),
    Question(
        "links", "documentLink", _actor, Scene.params,
        lambda scene, answer: len(answer) == scene.count("artifacts/notes/"),
    ),
    Question(
        "code actions", "codeAction", _actor,
        lambda scene: {**scene.over(scene.line, scene.line), "context": {"diagnostics": []}},
        lambda scene, answer: any(action["title"] == "Insert a log entry here" for action in answer),
    ),
    Question(
        "formatting", "formatting", _spaces,
        lambda scene: scene.params(options={"tabSize": 4, "insertSpaces": True}),
        lambda scene, answer: [edit["range"]["start"]["line"] for edit in answer] == [scene.line],
    ),
)  # fmt: skip
"""What an editor shows of a document, and asks for again when it has changed."""
