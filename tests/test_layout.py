"""The form of files: what `mdtm fmt` changes, and that it changes nothing else."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdtm.disk import Folders, read_document, read_template
from mdtm.document import Document
from mdtm.judge import judge
from mdtm.layout import form_edits
from mdtm.plan import Refused
from mdtm.schema.tasks import TASK_TYPES
from mdtm.templates import filled
from mdtm.workspace import NO_FILES
from tests.broken import LOG_KEYS, ODD_BODY, PLAIN_BODY
from tests.checks import SESSION_PATH
from tests.doing import Desk
from tests.real_files import FOLDER, REASON
from tests.test_fixing import edited, seeded

HEAD = '+++\nid = "SESSION-Pick_up_slots-2506050301"\ncoordinator = "prime"\n+++\n\n## Log Entries\n\n'
TASK = ".ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md"


def formed(text: str, path: str = SESSION_PATH) -> str:
    """A text in form, which is checked to stay so."""
    document = Document.read(path, text)
    edits = list(form_edits(document))
    assert all(one.span.end <= other.span.start for one, other in pairwise(sorted(edits)))
    after = edited(text, edits)
    assert form_edits(Document.read(path, after)) == ()
    return after


def check_keys(before: str, after: str, path: str = SESSION_PATH) -> None:
    """Checks what becomes of some lines between `+++`."""
    lines, wanted = (textwrap.dedent(text.lstrip("\n")) for text in (before, after))
    assert formed(f"+++\n{lines}+++\n\n# Slots\n", path) == f"+++\n{wanted}+++\n\n# Slots\n"


def check_entry(before: str, after: str) -> None:
    """Checks what becomes of some lines of a log."""
    assert formed(HEAD + before + "\n") == HEAD + after + "\n"


# keys


def test_known_keys_come_in_the_order_of_the_template_and_the_others_behind_them():
    check_keys(
        """
        mood = "good"
        tags = []
        status = "🟢 Active"
        zest = 1
        title = "Slots"
        session_id = "SESSION-Pick_up_slots-2506050301"
        """,
        """
        session_id = "SESSION-Pick_up_slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        tags = []
        mood = "good"
        zest = 1
        """,
    )


def test_comments_travel_with_their_key():
    check_keys(
        """
        # --- what it is about ---
        title = "Slots"  # in a few words
        # the folder's name
        # and nothing else
        id = "S" # 🟢
        # the end
        """,
        """
        # the folder's name
        # and nothing else
        id = "S" # 🟢
        # --- what it is about ---
        title = "Slots"  # in a few words
        # the end
        """,
    )


def test_tables_stay_behind_the_keys_with_their_own_keys_in_their_order():
    check_keys(
        """
        x.b=1
        title = "Slots"
        x.a = 2
        # of the table
        [status] # text
          title=1
          id   = [ 2,
            3 ]
        [[id]]
        a = { b = 1,c=2 }
        """,
        """
        title = "Slots"
        x.b = 1
        x.a = 2
        # of the table
        [status] # text
          title = 1
          id = [2, 3]
        [[id]]
        a = { b = 1,c=2 }
        """,
    )


def test_a_key_has_one_space_on_each_side_of_its_sign_and_none_before_or_behind():
    check_keys('  id="S"   \ntitle\t=   "x"# why  \n"a b"  =1\n', 'id = "S"\ntitle = "x" # why\n"a b" = 1\n')


def test_a_text_of_several_lines_stays_as_it_is():
    text = 'title = """\n  two =  lines  \n[x]\n\n"""\n'
    check_keys(f'tags = []\n{text}id = "S"\n', f'id = "S"\n{text}tags = []\n')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[ "a" ,"b", ]', '["a", "b"]'),
        ('[\n  "a",\n\n  "b"\n]', '["a", "b"]'),
        ("[\n]", "[]"),
        ("[ [1,2 ], [ ] , {a = 1} ]", "[[1, 2], [], {a = 1}]"),
        ('["a", # first\n"b" # second\n]', '[\n    "a", # first\n    "b", # second\n]'),
        ('[ # all\n"a"\n# last\n]', '[ # all\n    "a",\n    # last\n]'),
        ('["a" # first\n, "b"]', '[\n    "a", # first\n    "b",\n]'),
        ('[\n# none\n]', "[\n    # none\n]"),
        ('["#", "]"]', '["#", "]"]'),
        ('["""\na""", "b"]', '[\n    """\na""",\n    "b",\n]'),
        ("[ [1, # one\n 2] ]", "[ [1, # one\n 2] ]"),
        ('[ "' + "a" * 90 + '" ]', '["' + "a" * 90 + '"]'),
        ('["' + "a" * 91 + '"]', '[\n    "' + "a" * 91 + '",\n]'),
    ],
)  # fmt: skip
def test_an_array_is_on_one_line_or_has_a_line_for_each_item(before: str, after: str):
    check_keys(f"tag = {before} # x\n", f"tag = {after} # x\n")


def test_one_blank_line_stands_between_the_keys_and_the_body():
    for between in ("", "\n\n", "\n \n\t\n"):
        assert (
            formed(f'+++\n\nid = "S"\n\n+++\n{between}  # Slots  \n\n\n') == '+++\nid = "S"\n+++\n\n  # Slots  \n\n\n'
        )
    for rest in ("+++", "+++\n", "+++\n\n\n", "+++ \n\n# Slots", "+++\n \n# Slots"):
        assert formed(f'+++\nid = "S"\n{rest}') == f'+++\nid = "S"\n{rest}'


def test_line_ends_and_a_byte_order_mark_stay():
    before = '\ufeff+++\ntitle="🟢"\nid = ["a", # b\n"c"]\n+++\n# Slots \n\n## Log\n\n*  2025-06-05T10:15:00Z: x \n'
    after = '\ufeff+++\nid = [\n    "a", # b\n    "c",\n]\ntitle = "🟢"\n+++\n\n# Slots \n\n## Log\n\n- [2025-06-05T10:15:00Z] x \n'
    assert formed(before.replace("\n", "\r\n")) == after.replace("\n", "\r\n")


@pytest.mark.parametrize("keys", ["id = ", 'id = "a"\nid = "a"\n', "id = [1,\n"])
def test_broken_frontmatter_is_left_alone_and_said_to_be_broken(keys: str):
    document = Document.read(SESSION_PATH, f"+++\n{keys}\n+++\n# Slots\n\n## Log\n\n* 2025-06-05T10:15:00Z: x\n")
    with pytest.raises(Refused, match=r"the frontmatter cannot be read, line [23]: "):
        form_edits(document)
    with pytest.raises(Refused, match="not UTF-8"):
        form_edits(Document.read(SESSION_PATH, "+++\nid=1\n+++\n\ufffd", 14))


@pytest.mark.parametrize("path", ["docs/guide.md", ".ruru/rules/a.md", ".mdtm.toml", "a.txt"])
def test_what_is_no_log_task_sprint_or_artifact_is_left_alone(path: str):
    assert form_edits(Document.read(path, '+++\ntitle="x"\ncontext_type="rules"\n+++\n# x\n')) == ()


# entries


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "- 2025-05-13T12:32:27+07:00 - `util-writer` - Updated 🟢",
            "- [2025-05-13T05:32:27Z] `util-writer`: Updated 🟢",
        ),
        ("*   2025-06-01 10:21:27Z: Session initiated", "- [2025-06-01T10:21:27Z] Session initiated"),
        ("- `[2025-06-10T06:36:00Z]` `dev-api`: x", "- [2025-06-10T06:36:00Z] `dev-api`: x"),
        ("- **[2025-05-29 10:05:00 UTC]** x", "- [2025-05-29T10:05:00Z] x"),
        (
            "- **2025-05-28T16:07:00** - `core-architect` completed",
            "- [2025-05-28T16:07:00] `core-architect` completed",
        ),
        ("2025-09-03T17:41:38Z - Delegated", "- [2025-09-03T17:41:38Z] Delegated"),
        ("**[2025-06-09 11:50:30]** Started", "- [2025-06-09 11:50:30] Started"),
        ("[250509175351] [Roo Commander] INFO: Processed", "- [250509175351] [Roo Commander] INFO: Processed"),
        ("- 2025-05-13 13:02:43 (lead-qa): Created", "- [2025-05-13 13:02:43] `lead-qa`: Created"),
        ("* **2025-05-13T05:55:10Z prime:** y", "- [2025-05-13T05:55:10Z] `prime`: y"),
        ("- [2025-05-13T05:55:10Z] prime: y", "- [2025-05-13T05:55:10Z] `prime`: y"),
        ("+ 2025-06-05: a day", "- [2025-06-05] a day"),
        ("- 2025-06-05T10:15+02:00: no second is made up", "- [2025-06-05T10:15+02:00] no second is made up"),
        ("- 2025-06-05T10:15:00.250Z: half", "- [2025-06-05T10:15:00.250Z] half"),
        ("- 2025-06-05 10:15:00 CST: which?", "- [2025-06-05 10:15:00 CST] which?"),
        ("- 2025-06-05 10:15:00 JST: there", "- [2025-06-05T01:15:00Z] there"),
        ("- 2025-06-05 10:15:00  : two  spaces  ", "- [2025-06-05 10:15:00] two  spaces  "),
    ],
)
def test_an_entry_is_written_as_templates_do_it(before: str, after: str):
    check_entry(before, after)


@pytest.mark.parametrize(
    "line",
    [
        "- [2025-06-05 10:02:15] text",
        "- [2025-06-05T10:02:15Z] `dev-api`: text",
        "- [2025-06-05T10:02:15Z] `Jane Doe`: text",
        "- [2025-06-05T10:02:15Z] Analysis: text",
        "* [YYYY-MM-DD HH:MM:SS] placeholder",
        "* 2025-13-05 10:00:00 no such month",
        "* no time at all",
        "* [x] [2025-06-05 10:02:15] a box",
        "* **[2025-06-05 10:02:15] all of it is bold**",
        "* `[2025-06-05 10:02:15] all of it is code`",
        "* **2025-06-05 10:02:15 Release is out:** is that a name?",
        "* [2025-06-05](notes.md) a link",
        "## 2025-06-05T10:02 - Title",
        "---\ntimestamp: 2025-06-05T10:02:15Z\nactor: x\n---",
        "```\n* 2025-06-05 10:02:15 code\n```",
        "<!--\n* 2025-06-05 10:02:15 comment\n-->",
        "    * 2025-06-05 10:02:15 indented code",
    ],
)
def test_an_entry_in_form_and_one_whose_form_is_not_certain_stay(line: str):
    check_entry(line, line)


def test_what_is_no_log_stays():
    text = HEAD.replace("## Log Entries", "## Milestones") + "* 2025-06-05: out\n"
    assert formed(text) == text


def test_the_lines_of_an_entry_stay_where_they_are():
    kept = "    goes on\n    - nested\n        - deeper\n\n    ```\n    x\n      y\n    ```\n\n"
    check_entry(
        f"*   2025-06-05 10:02:15: a\n{kept}- [2025-06-05 10:03:15] b",
        f"- [2025-06-05 10:02:15] a\n{kept}- [2025-06-05 10:03:15] b",
    )


@pytest.mark.parametrize(
    "text",
    [
        "*   2025-06-05 10:02:15: six\n      - would be code",
        "*   2025-06-05 10:02:15: two\n  - is a sibling",
        "*   2025-06-05 10:02:15: fence\n    ```\n  out\n    ```",
        "*   2025-06-05 10:02:15: tab\n\t- x",
        "2025-06-05 10:02:15 bare\n\nand its paragraph",
        "2025-06-05 10:02:15 bare\n- and its list",
        "2025-06-05 10:02:15 bare\n  - and its list",
    ],
)
def test_an_entry_stays_when_the_lines_below_it_would_become_something_else(text: str):
    check_entry(text, text)


def test_two_entries_that_differ_in_form_only_do_not_become_the_same():
    check_entry(
        "* 2025-06-05T10:02:15Z: x\n- [2025-06-05T12:02:15+02:00] x",
        "* 2025-06-05T10:02:15Z: x\n- [2025-06-05T12:02:15+02:00] x",
    )
    check_entry(
        "* 2025-06-05T10:02:15Z: x\n* 2025-06-05T10:02:15Z: x", "- [2025-06-05T10:02:15Z] x\n- [2025-06-05T10:02:15Z] x"
    )


def test_a_log_in_one_form_does_not_come_to_be_in_two():
    odd = "* 2025-06-05 10:02:15: x\n* 2025-06-05 10:03:15: , y"
    check_entry(odd, odd)
    check_entry(
        f"- [2025-06-05 10:01:15] w\n{odd}",
        f"- [2025-06-05 10:01:15] w\n- [2025-06-05 10:02:15] x\n{odd.splitlines()[1]}",
    )


# what holds of all

ENTRIES = """
- [2025-06-05T10:02:15Z] `dev-api`: Started 🟢
- 2025-05-13T12:32:27+07:00 - `util-writer` - Updated
*   2025-06-01 10:21:27Z: Session initiated
*   **2025-06-01 10:21:27Z prime:** x
* `[2025-06-01 10:21:27]` dev-api: x
**[2025-06-09 11:50:30]** Started
2025-06-09 11:50:30 bare
[250509175351] [Roo Commander] INFO: x
- [2025-06-05 10:02:15] **bold** text
- **[2025-06-05 10:02:15] text**
- Error without a time
- [ ] 2025-06-05 10:02:15 box
    goes on
    - nested
        - deeper
      - six
  two
and on
## 2025-06-05T10:02 - Title
## Log Entries
### Notes
---
timestamp: 2025-06-05T10:02:15Z
```
  ```
<!--
-->
* [2025-06-05]: x
""".splitlines()
SOUND = [
    'id = "SESSION-Pick_up_slots-2506050301"',
    'title="Pick up slots"',
    '  status = "🟢 Active"   # now',
    'start_time   = "2025-06-05T03:01:00Z"',
    'end_time = ""  ',
    'coordinator = "prime"',
    'tags = [ "a" ,\n"b"]',
    'related_tasks = ["TASK-1", # first\n  "TASK-2",\n  # last\n]',
    "related_artifacts = []",
    "x.y = [1, [2 , 3]]",
    "x.z=1",
    '"zest" = {a = 1}',
    'note = """\ntwo  \n= lines\n[a]\n"""',
    "mood = 'good' # \"",
]
ABOVE = ["# a comment 🟢", "", "  # tags = []", "  "]
TABLES = ["[context]\n  a=1\n# in it\n\n  b = [1,\n 2]", "[[steps]]\nx=1", "[[steps]] # two", "# the last"]


@st.composite
def keys(draw: st.DrawFn) -> list[str]:
    """The lines of sound frontmatter in no particular form."""
    lines: list[str] = []
    for statement in draw(st.lists(st.sampled_from(SOUND), unique=True, max_size=10)):
        lines += [*draw(st.lists(st.sampled_from(ABOVE), max_size=2)), statement]
    return [
        line for part in [*lines, *draw(st.lists(st.sampled_from(TABLES), unique=True))] for line in part.split("\n")
    ]


@st.composite
def logs(draw: st.DrawFn) -> str:
    """A session log in no particular form, and now and then not sound."""
    odd = draw(st.lists(st.sampled_from(LOG_KEYS), max_size=1)) if draw(st.integers(0, 9)) == 9 else []
    body = draw(st.lists(st.sampled_from([*ENTRIES, *ENTRIES, *PLAIN_BODY, *ODD_BODY, "", "  "]), max_size=14))
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    blanks = draw(st.sampled_from([[], [""], ["", ""]]))
    lines = ["+++", *odd, *draw(keys()), "+++", *blanks, "## Log Entries", "", *body]
    return draw(st.sampled_from(["", "", "\ufeff"])) + line_end.join(lines) + draw(st.sampled_from(["", line_end]))


def words_of(document: Document) -> list[str]:
    """The words of the body but for the times of entries, which may be spelled anew."""
    whole, end = str(document.text), document.frontmatter.span.end
    for entry, start in reversed([placed for placed in document.entries() if placed.entry.timed]):
        whole = whole[: start + entry.stamp_span.start] + whole[start + entry.stamp_span.end :]
    return re.findall(r"\w+", whole[end:])


def told_by(document: Document) -> list[object]:
    return [
        (entry.moment, entry.actor, entry.line[entry.text_span.start :] if entry.timed else entry.line)
        for entry, _ in document.entries()
    ]


def found_in(document: Document) -> Counter[str]:
    return Counter(problem.code for problem in judge(document, NO_FILES))


def check_whole(document: Document) -> None:
    """Checks that form changes how a document is written, and nothing of what it says."""
    text = str(document.text)
    try:
        after = Document.read(document.path, formed(text, document.path))
    except Refused:
        return
    assert after.frontmatter.values == document.frontmatter.values
    assert len(after.frontmatter.faults) == len(document.frontmatter.faults)
    comments = [
        re.findall(r"#[^\r\n]*", re.sub(r"[ \t]+(?=[\r\n])", "", str(one.text)[: one.frontmatter.span.end]))
        for one in (document, after)
    ]
    assert Counter(comments[0]) == Counter(comments[1])
    assert words_of(after) == words_of(document)
    assert told_by(after) == told_by(document)
    assert len(list(after.headings())) == len(list(document.headings()))
    assert not found_in(after) - found_in(document)
    new = str(after.text)
    assert ("\r\n" in text) == ("\r\n" in new)
    assert text.startswith("\ufeff") == new.startswith("\ufeff")


@seeded
@given(logs())
def test_form_changes_how_a_log_is_written_and_nothing_of_what_it_says(text: str):
    check_whole(Document.read(SESSION_PATH, text))


@pytest.mark.parametrize("name", TASK_TYPES)
def test_a_task_from_our_template_is_in_form(name: str):
    values = dict.fromkeys(("id", "title", "created_date", "coordinator", "assigned_to", "session_id", "goal"), "x")
    text = filled(read_template(f"{name}.md"), values)
    assert formed(text, TASK) == text


COMMANDS = [
    "log 'what happened' --kind result",
    "log 'two\nlines\n\n- a list'",
    "log 'Analysis: is it a name?' --actor 'Jane Doe'",
    "artifact create note 'A title that is long enough to make the list of artifacts longer than a line'",
    "artifact create research 'Locks'",
    "artifact create blocker 'No host'",
    "artifact link-all",
    "task create 'Sign the cookies' --to dev-api",
    "task create 'Find the leak' --type spike",
    "proposal create README.md --text 'hello'",
    "summary",
    "pause 'lunch'",
    "resume",
    "complete",
    "reopen",
]


@settings(seeded, max_examples=20)
@given(st.lists(st.sampled_from(COMMANDS), max_size=8))
def test_what_our_verbs_write_is_in_form(commands: list[str]):
    desk = Desk({"README.md": "hi\n"})
    desk.do("start 'Move the token store'")
    for command in commands:
        with suppress(Refused):
            desk.do(command)
    for path, text in desk.files.texts.items():
        assert formed(text, path) == text


def test_a_list_that_becomes_too_long_for_a_line_and_then_short_again_stays_in_form():
    desk = Desk()
    desk.do("start 'Slots'")
    for title in ("The first of them", "The second of them", "The third of them"):
        desk.do(f"artifact create note '{title}'")
    log = desk.path(".ruru/sessions/…/session_log.md")
    paths = [item.data for item in Document.read(log, desk.files.texts[log]).frontmatter.strings("related_artifacts")]
    assert f'related_artifacts = [\n    "{paths[0]}",\n' in desk.files.texts[log]
    for path in paths:
        desk.do(f"artifact unlink {path}")
        assert formed(desk.files.texts[log]) == desk.files.texts[log]
    assert "related_artifacts = []\n" in desk.files.texts[log]


# the verb


def test_normalise_changes_the_entries_of_the_active_session_and_nothing_else():
    desk = Desk()
    desk.do("start 'Slots'")
    log = desk.path(".ruru/sessions/…/session_log.md")
    sound = desk.files.texts[log]
    assert desk.do("normalise").text.endswith("every entry is in the written form, as far as that is certain")
    odd = sound.replace('status = "', 'status="').replace("- [", "* ", 1).replace("] `", " `", 1)
    desk.files.texts[log] = odd
    outcome = desk.do("normalise")
    assert outcome.text.endswith("1 entry is in the written form now")
    assert desk.files.texts[log] == sound.replace('status = "', 'status="')
    assert outcome.data["changed"] == 1


def test_normalise_needs_a_session():
    assert Desk().refused("normalise").startswith("there is no active session; ")


# real files


def samples() -> Iterator[Document]:
    folder = Path(FOLDER or "")
    for path in Folders().documents_under(str(folder)):
        yield read_document(folder, Path(path).relative_to(folder).as_posix())


@pytest.mark.skipif(not FOLDER, reason=REASON)
def test_form_changes_how_real_files_are_written_and_nothing_of_what_they_say():
    changed = 0
    for document in samples():
        if document.bad_byte is None:
            check_whole(document)
            changed += formed_or_not(document)
    assert changed


def formed_or_not(document: Document) -> bool:
    try:
        return bool(form_edits(document))
    except Refused:
        return False
