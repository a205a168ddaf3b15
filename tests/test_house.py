"""The floors of the house: what may import what, what stays outside, and how large a part may grow.

Each failure says what to do. `CONTRIBUTING.md` explains the floors; the data below are the floors.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from mdtm.cli import FIRST, LAST, command_line, main
from mdtm.rules import RULES
from mdtm.schema.settings import SETTINGS
from mdtm.settings import LEVELS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "server" / "mdtm"
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"

FLOORS = (
    (
        "text",
        "times",
        "dialect",
        "templates",
        "paths",
        "files",
        "events",
        "near",
        "circles",
        "default_levels",
        "labels",
        "placeholders",
        "globs",
        "signs",
        "conflicts",
        "asking",
        "once",
        "wording",
    ),
    ("kept", "fields", "entry", "session_id", "artifacts", "merge", "verbatim"),
    ("marks", "order", "toml", "json_value", "yaml_block", "plan", "pieces", "problem"),
    ("line", "statefile", "schema", "settings", "unified", "after"),
    ("markdown", "fence_lines", "garbled"),
    ("fences", "joined"),
    ("frontmatter",),
    ("document", "yaml_comments"),
    (
        "field_edit",
        "state_edit",
        "syntax",
        "conversion",
        "sessions",
        "timeline",
        "finding",
        "comments",
        "said",
        "suppression",
        "last_word",
        "history",
    ),
    ("tasks", "workflow", "proposals", "layout", "allowing", "status_edit", "log_edit", "context"),
    ("sprints", "clock", "allowed"),
    ("trace", "completion"),
    ("workspace", "task_links", "proposal_parts", "task_summary"),
    ("listed_paths", "sheets", "facts", "usual"),
    ("linked", "draft", "session_paths", "suggestion"),
    ("rules", "brief"),
    ("judge", "pages", "json_schema", "disk", "occasion", "consistency", "own_template"),
    ("chosen_proposal", "verb", "steps"),
    ("features", "operations", "offers", "world", "reports", "instructions"),
    ("lsp", "mcp"),
    ("cli",),
    ("__main__",),
)
"""From the cellar up: a part imports from the floors below its own, never from its own or from above."""

ROOMS = {
    "schema": (("base",), ("statuses",), ("sessions", "tasks", "documents", "settings"), ("find",), ("__init__",)),
    "disk": (("files", "folders", "lock", "places", "shipped"), ("tree", "writing"), ("__init__",)),
    "toml": (
        ("reader", "tables", "writing", "plain"),
        ("strings",),
        ("scalars",),
        ("values",),
        ("residue",),
        ("block",),
        ("__init__",),
    ),
    "lsp": (
        ("client", "protocol", "transport", "markup", "folder"),
        ("desk", "progress"),
        ("convert", "overlay", "refreshing", "view_texts"),
        ("diagnostics", "edits", "places", "views"),
        ("actions", "pull"),
        ("state",),
        ("commands", "feature", "looking"),
        (
            "hierarchy",
            "hints",
            "hover",
            "links",
            "navigation",
            "outline",
            "ranges",
            "renaming",
            "session_actions",
            "symbols",
            "tokens",
            "formatting",
            "signature",
            "completion",
            "asked",
        ),
        ("lenses", "moving"),
        ("parts",),
        ("server",),
        ("__init__",),
    ),
    "completion": (("checks", "forced"), ("__init__",)),
    "context": (("stack",), ("log",), ("__init__",)),
    "clock": (
        ("yaml_said", "zones", "estimate", "edit"),
        ("ticks",),
        ("record", "gaps"),
        ("intervals",),
        ("clocks", "timesheet"),
        ("sheet_parts",),
        ("__init__",),
    ),
    "trace": (("rows",), ("__init__",)),
    "brief": (("head",), ("parts",), ("__init__",)),
    "steps": (("session", "artifact"), ("context", "resuming"), ("task",), ("task_end",), ("__init__",)),
    "instructions": (("situation",), ("__init__",)),
    "layout": (("arrays", "nesting", "changes"), ("keys", "entries"), ("__init__",)),
    "cli": (
        ("answers", "loading", "places", "progress", "questions", "report", "shards"),
        ("allowances", "rewriting"),
        ("check", "config", "convert", "explain", "fmt", "lsp", "verbs"),
        ("__init__",),
    ),
    "features.names": (("words",), ("mentions", "renaming"), ("targets", "uses"), ("meant",), ("__init__",)),
    "features.shape": (("branches", "entry_forms", "keeping", "subject"), ("landmarks",), ("outlined",), ("__init__",)),
    "features.completions": (
        ("entries", "paths", "yaml_place"),
        ("offer",),
        ("place",),
        ("keys",),
        ("named",),
        ("prose", "values"),
        ("__init__",),
    ),
}
"""The floors inside a folder, read in the same way."""
HALLS = ("rules", "features", "operations", "reports", "sheets")
"""Folders of leaves, which never import each other; `__init__` lists them."""
SHARED = ("features.names", "features.shape", "features.telling")
"""What the leaves of a hall have in common, and may import; itself it knows none of them."""

WALLS = ("lsp", "cli", "mcp", "world")
ONLY_IN = {
    "pygls": ("lsp",),
    "lsprotocol": ("lsp",),
    "argparse": ("cli",),
    "mcp": ("mcp",),
    "yaml": ("yaml_block",),
    "frontmatter": ("yaml_block",),
    "tomlkit": ("toml",),
    "tomllib": ("toml",),
    "tomli": ("toml",),
    **dict.fromkeys(("os", "pathlib", "tempfile", "shutil", "stat", "glob", "io"), ("disk", *WALLS)),
    **dict.fromkeys(("asyncio", "threading", "logging"), ("lsp", "mcp")),
    "time": ("disk.lock", *WALLS),
    **dict.fromkeys(("random", "uuid"), WALLS),
    **dict.fromkeys(("socket", "urllib", "http", "requests", "subprocess"), ()),
}
"""The parts that may import a library; the other libraries may be imported anywhere."""
CLOCK = ("now", "utcnow", "today")
PRINTERS = ("cli", "lsp.transport")

LONGEST_FILE = 250
LONGEST_FUNCTION = 45
"""Lines of a function without its docstring, which for a rule is a whole page."""
NO_CLASS = ("Manager", "Service", "Provider", "Handler", "Validator", "Util", "Utils", "Helper")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its name within it: `text`, `lsp.server`, `rules.__init__`."""
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def part_of(module: str) -> str:
    """The file or folder at the top of the package that a module belongs to."""
    return module.partition(".")[0]


def leaf_of(module: str) -> str:
    """The file or folder right below a part that a module belongs to, with the part."""
    return ".".join(module.split(".")[:2])


def lies_in(module: str, places: Iterable[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def imports_of(module: str) -> Iterator[str]:
    """The full names that a module imports, those inside its functions too."""
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: write imports in full, from mdtm.…, not from a dot"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def own_imports(module: str) -> set[str]:
    """The modules of the package that a module imports."""
    found = set()
    for name in imports_of(module):
        package, _, inner = name.partition(".")
        if package == "mdtm":
            found.add(next((known for known in _namings(inner) if known in modules()), "__init__"))
    return found


def _namings(inner: str) -> Iterator[str]:
    """What `a.b.name` may mean: the module, its folder, or a module that has the name."""
    while inner:
        yield inner
        yield f"{inner}.__init__"
        inner = inner.rpartition(".")[0]


def floor_of(name: str, floors: tuple[tuple[str, ...], ...], table: str) -> int:
    for number, floor in enumerate(floors):
        if name in floor:
            return number
    raise AssertionError(f"{name} has no floor yet: put it in {table} of tests/test_house.py, above all it imports")


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command."""
    (commands,) = (one for one in command_line()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(commands.choices)


each_module = pytest.mark.parametrize("module", modules())


@each_module
def test_imports_run_downstairs_only(module: str):
    own = part_of(module)
    if module == "__init__":
        assert not own_imports(module), "mdtm/__init__.py holds the version and imports nothing"
        return
    floor = floor_of(own, FLOORS, "FLOORS")
    for other in sorted(own_imports(module) - {"__init__"}):
        if part_of(other) != own:
            assert floor_of(part_of(other), FLOORS, "FLOORS") < floor, (
                f"{module} imports {other}, which is on its own floor or above: move what both need to a floor "
                f"below, or pass it as an argument"
            )


@each_module
def test_imports_inside_a_folder_run_downstairs_too(module: str):
    folder, _, name = module.rpartition(".")
    if folder not in ROOMS:
        return
    floor = floor_of(name, ROOMS[folder], f'ROOMS["{folder}"]')
    for other in sorted(own_imports(module)):
        if part_of(other) == folder:
            assert floor_of(other.rpartition(".")[2], ROOMS[folder], f'ROOMS["{folder}"]') < floor, (
                f"{module} imports {other}, which is on its own floor or above: move what both need to a floor below"
            )


@each_module
def test_leaves_never_import_each_other(module: str):
    hall, own = part_of(module), leaf_of(module)
    if hall in HALLS and module != f"{hall}.__init__":
        allowed = {own, f"{hall}.__init__", *(() if own in SHARED else SHARED)}  # the hall's list may be asked
        leaves = {leaf_of(other) for other in own_imports(module) if part_of(other) == hall}
        others = sorted(leaves - allowed)
        assert not others, (
            f"{module} imports {others}: a leaf of {hall}/ knows no other; move what both need to a floor below"
        )


@each_module
def test_a_library_is_imported_only_where_it_is_at_home(module: str):
    for name in imports_of(module):
        library = name.partition(".")[0]
        homes = ONLY_IN.get(library, (module,))
        assert lies_in(module, homes), (
            f"{module} imports {library}, which is at home in {', '.join(homes) or 'no part of mdtm'}: "
            "the core gets what it needs as an argument, and gives data back"
        )


@each_module
def test_the_core_has_no_clock_and_opens_no_file(module: str):
    if lies_in(module, WALLS):
        return
    for node in ast.walk(modules()[module]):
        assert not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK), (
            f"{module}, line {node.lineno}, asks the clock: take `now` as an argument; a wall knows the time"
        )
        if module != "disk" and isinstance(node, ast.Name):
            assert node.id != "open", f"{module}, line {node.lineno}, opens a file: only disk.py does"


@each_module
def test_only_the_walls_print(module: str):
    if not lies_in(module, PRINTERS):
        for node in ast.walk(modules()[module]):
            assert not (isinstance(node, ast.Name) and node.id == "print"), (
                f"{module}, line {node.lineno}, prints: give the text back and let the command line print it "
                "(over standard output the language server talks to the editor)"
            )


@each_module
def test_every_file_says_what_it_is(module: str):
    folder, _, name = module.rpartition(".")
    tree: ast.Module | ast.FunctionDef = modules()[module]
    if folder == "rules" and name != "__init__":
        rules = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
        assert rules, f"{module} has no function {name}: a rule is a function named like its file"
        tree = rules[0]
    assert ast.get_docstring(tree), f"{module}: begin with a docstring, one sentence that says what it is"


@each_module
def test_a_file_fits_into_the_head(module: str):
    lines = len((PACKAGE / f"{module.replace('.', '/')}.py").read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE, (
        f"{module} has {lines} lines, {LONGEST_FILE} at most: divide it where it has two subjects"
    )


def test_a_function_fits_on_a_screen():
    for module, function in functions():
        first = function.body[0]
        page = first.end_lineno - first.lineno + 1 if ast.get_docstring(function) and first.end_lineno else 0
        lines = (function.end_lineno or 0) - function.lineno + 1 - page
        assert lines <= LONGEST_FUNCTION, (
            f"{function.name} in {module} has {lines} lines without its docstring, {LONGEST_FUNCTION} at most: "
            "give its steps names"
        )


def test_no_class_is_named_for_managing():
    for module, tree in modules().items():
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.ClassDef) and node.name.endswith(NO_CLASS)), (
                f"{node.name} in {module}: name a class for the thing that it is; work is done by functions"
            )


def test_every_rule_is_listed_once_and_named_like_its_file():
    files = {module.rpartition(".")[2] for module in modules() if module.startswith("rules.")} - {"__init__"}
    names = [rule.__name__ for rule in RULES]
    assert len(names) == len(set(names)), "a rule is listed twice in rules/__init__.py"
    assert files == set(names), (
        "rules/__init__.py and the files beside it differ; list it in FAMILIES: "
        f"{sorted(files - set(names))}; no file has: {sorted(set(names) - files)}"
    )


@pytest.mark.parametrize("name", parsers())
def test_the_readme_names_every_command_and_option(name: str):
    readme = README.read_text("utf-8")
    assert f"`mdtm {name}" in readme, f"add `mdtm {name}` to the table of commands in README.md"
    for action in parsers()[name]._actions if name in FIRST + LAST else ():
        for option in action.option_strings:
            if action.help != argparse.SUPPRESS and option not in ("-h", "--help"):
                assert f"`{option}" in readme, f"add `{option}`, an option of mdtm {name}, to README.md"


@pytest.mark.parametrize("key", [key.name for key in SETTINGS.keys])
def test_the_readme_names_every_setting(key: str):
    readme = README.read_text("utf-8")
    written = f"\n{key} = " in readme or f"[{key}]" in readme
    assert written and f"`mdtm.{key}`" in readme, (
        f"say in README.md what the setting {key} is, in .mdtm.toml and in the editor as `mdtm.{key}`"
    )
    settings, client = (ROOT / path for path in ("docs/settings.md", "client-vscode/README.md"))
    assert f"\n## `{key}`\n" in settings.read_text("utf-8"), f"give the setting {key} a heading in docs/settings.md"
    assert f"\n| `mdtm.{key}` |" in client.read_text("utf-8"), f"add `mdtm.{key}` to client-vscode/README.md"


@pytest.mark.parametrize("level", LEVELS)
def test_the_readme_names_every_level(level: str):
    assert f"`{level}`" in README.read_text("utf-8"), f"name the level `{level}` under Settings in README.md"


def test_the_readme_shows_what_mdtm_check_really_prints(monkeypatch, capsys):
    shown = re.search(r"^```console\n\$ mdtm (.*)\n((?:.*\n)*?)```$", README.read_text("utf-8"), re.MULTILINE)
    assert shown, "show `$ mdtm check …` and what it prints in a ```console block of README.md"
    monkeypatch.chdir(ROOT)
    main(shown[1].split())
    assert shown[2] == capsys.readouterr().out, f"the picture in README.md is old: copy what `mdtm {shown[1]}` prints"


def test_contributing_draws_the_floors_as_they_are():
    drawing = CONTRIBUTING.read_text("utf-8").partition("## The floors")[2].partition("\n- ")[0]
    drawn = re.findall(r"\w+", "".join(line for line in drawing.splitlines(keepends=True) if line.startswith("    ")))
    parts = {part_of(module) for module in modules()} - {"__main__"}
    assert drawn == [part for floor in FLOORS for part in floor if part in parts], (
        "the floors in CONTRIBUTING.md are not those of FLOORS in tests/test_house.py: draw them anew"
    )
