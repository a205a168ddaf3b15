"""What should not be in any record: each rule beyond what its example shows."""

from __future__ import annotations

import base64
import json
import random
import string

import pytest

from mdtm.disk import decoded
from mdtm.document import Document
from mdtm.finding import Finding, Report
from mdtm.garbled import LIKELY, find_garbled, mended, tables
from mdtm.judge import fixed, judge
from mdtm.problem import Problem, Severity
from mdtm.reports import FORMATS, written
from mdtm.schema.statuses import TASK_STATUSES
from mdtm.schema.tasks import PRIORITIES, TASK_TYPES
from mdtm.signs import FIRSTS
from mdtm.text import LINES_PER_BLOCK
from mdtm.workspace import NO_FILES
from tests.checks import SESSION_PATH, check_fix, check_problems, codes_in, files_in, problems_in, with_keys

CODECS = ("cp1252", "latin-1", "mac_roman", "cp437", "cp1254")


def log(*entries: str, keys: str = "tags = []") -> str:
    """A sound session log with some entries, each written without its time."""
    lines = "".join(f"- [2025-06-05T03:{minute:02}:00Z] {entry}\n" for minute, entry in enumerate(entries, 10))
    return f"{with_keys(keys)}\n## Log Entries\n\n{lines}"


def wrongly_read(text: str, codec: str) -> str:
    """UTF-8 read as something else, byte by byte, as old tools do it."""
    return "".join(bytes([byte]).decode(codec, "replace").replace("\ufffd", chr(byte)) for byte in text.encode())


def found(text: str, code: str) -> list[Problem]:
    return [problem for _, problem in problems_in(files_in(text)) if problem.code == code]


# conflict-marker

CONFLICT = """<<<<<<< HEAD
- [2025-06-05T03:20:00Z] `a`: one
=======
- [2025-06-05T03:55:00Z] `b`: two
>>>>>>> other
"""


def titles(text: str) -> list[str]:
    (problem,) = found(text, "conflict-marker")
    return [fix.title for fix in problem.fixes]


def test_both_sides_of_a_conflict_one_or_the_other_may_be_kept():
    text = log("`a`: zero") + CONFLICT
    (problem,) = found(text, "conflict-marker")
    document = Document.read(SESSION_PATH, text)
    kept = []
    for fix in problem.fixes:
        assert not fix.safe
        after = document
        for span, new in sorted(fix.edits, reverse=True):
            after = after.edited(span, new)
        kept.append(str(after.text).removeprefix(log("`a`: zero")))
    one, two = CONFLICT.splitlines(keepends=True)[1:4:2]
    assert kept == [one + two, one, two]
    assert [fix.title for fix in problem.fixes][1:] == [
        "Keep the first side only (HEAD)",
        "Keep the second side only (other)",
    ]


def test_a_conflict_may_go_over_several_blocks_of_lines_and_have_any_line_ends():
    many = "".join(f"- [2025-06-05T03:{20 + n // 60}:{n % 60:02}Z] `a`: step {n}\n" for n in range(3 * LINES_PER_BLOCK))
    before = log("`a`: zero") + CONFLICT.replace("=======\n", f"{many}=======\n")
    after = "".join(
        line for line in before.splitlines(keepends=True) if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>")
    )
    check_fix(before, after, unsafe=True)
    check_fix(before.replace("\n", "\r\n"), after.replace("\n", "\r\n"), unsafe=True)


def test_the_base_of_a_conflict_goes_with_its_markers():
    before = log() + CONFLICT.replace("=======", "||||||| 1234567\n- [2025-06-05T03:15:00Z] `a`: old\n=======")
    check_fix(before, log() + "".join(CONFLICT.splitlines(keepends=True)[1:4:2]), unsafe=True)


def test_a_conflict_in_the_frontmatter_is_one_problem():
    text = with_keys('<<<<<<< HEAD\ntags = ["a"]\ncoordinator = "x"\n=======\ntags = ["b"]\n>>>>>>> other')
    assert codes_in(text) == ["conflict-marker"]
    assert titles(text) == ["Keep the first side only (HEAD)", "Keep the second side only (other)"]
    check_fix(text, with_keys('tags = ["a"]\ncoordinator = "x"'), unsafe=True)


def test_items_of_both_sides_can_be_kept():
    before = 'related_tasks = [\n  "TASK-A",\n<<<<<<< HEAD\n  "TASK-B"\n=======\n  "TASK-C",\n>>>>>>> other\n]'
    document = Document.read(SESSION_PATH, with_keys(before))
    plan = fixed(document, NO_FILES, unsafe=True)
    assert [problem.code for problem in judge(document, NO_FILES)] == ["conflict-marker"]
    assert "".join(edit.new for edit in plan) == ","
    assert not any(sign in str(document.text[edit.span]) for edit in plan for sign in ("TASK",))


def test_a_conflict_in_a_state_file_or_in_the_settings_is_one_problem():
    check_problems("""
        -- .workflow/active/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
        <<<<<<< HEAD
        ^^^^^^^^^^^^ conflict-marker: a merge left this conflict
          "status": "active",
        =======
          "status": "paused",
        >>>>>>> menu
          "total": 9,166
                   ^^^^^ broken-json: a number has no commas inside
        }
        -- .mdtm.toml --
        <<<<<<< HEAD
        ^^^^^^^^^^^^ conflict-marker: a merge left this conflict
        actor = "dev-api"
        =======
        actor = "dev-web"
        >>>>>>> web
        [rules]
        secret = "loud"
                 ^^^^^^ bad-setting: "loud" is no level
        """)


def test_of_a_key_that_both_sides_of_a_state_file_set_one_can_be_kept():
    state = """-- .workflow/active/WFS-menu/workflow-session.json --
{
  "session_id": "WFS-menu",
<<<<<<< HEAD
  "%s": 1,
=======
  "pages": 2,
>>>>>>> menu
  "status": "active"
}
"""
    ((_, problem),) = problems_in(files_in(state % "pages"))
    assert [fix.title for fix in problem.fixes] == [
        "Keep the first side only (HEAD)",
        "Keep the second side only (menu)",
    ]
    ((_, problem),) = problems_in(files_in(state % "dishes"))
    assert problem.fixes[0].title == "Keep both sides, in this order"


def test_what_is_broken_beside_a_conflict_is_still_found():
    text = with_keys("<<<<<<< HEAD\ntags = []\n=======\n>>>>>>> other\ntitle = null")
    assert sorted(codes_in(text)) == ["broken-toml", "conflict-marker"]


@pytest.mark.parametrize(
    "lines",
    [
        f"```\n{CONFLICT}```\n", "Slots\n=======\n", "<<<<<<<<\n", "    <<<<<<< HEAD\n", "a <<<<<<< b\n", "|||||||\n",
        "<<<<<<<HEAD\n", "a >>>>>>> b\n",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_conflict_is_none(lines: str):
    assert codes_in(f"{log()}{lines}") == []


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> other"])
def test_a_marker_without_the_rest_of_its_conflict_can_be_removed(mark: str):
    before = f"{log('`a`: one')}{mark}\n- [2025-06-05T03:20:00Z] `a`: two\n"
    check_fix(before, before.replace(f"{mark}\n", ""), unsafe=True)
    check_fix(before, before)


def test_a_conflict_that_cannot_be_told_apart_is_left_to_a_person():
    text = log() + CONFLICT.replace("=======\n", "=======\nSlots\n=======\n")
    assert [problem.fixes[0].title for problem in found(text, "conflict-marker")] == ["Remove the line"] * 2


# mojibake


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize(
    "value", [*TASK_STATUSES.canonical, *PRIORITIES, *TASK_TYPES.values(), "it’s “so” – or…", "→ ✅", "Größe, naïve"]
)
def test_what_was_read_wrongly_is_read_as_it_was_meant(value: str, codec: str):
    assert mended(wrongly_read(value, codec)) == value


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp437"])
@pytest.mark.parametrize("value", ["🟢 Active", "it’s", "café", "Größe"])
def test_what_was_read_wrongly_twice_is_read_as_it_was_meant(value: str, codec: str):
    text = log(f"`a`: {wrongly_read(wrongly_read(value, codec), codec)}")
    check_fix(text, log(f"`a`: {value}"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("üü¢", "🟢"), ("üü°", "🟡"), ("üîµ", "🔵"), ("üßä", "🧊"), ("üõ†Ô∏è", "🛠️"), ("â¸ï¸", "⏸️"), ("âš ï¸", "⚠️")],
)
def test_a_sign_is_known_without_the_character_that_was_lost(written: str, meant: str):
    check_fix(log(f"`a`: {written} so"), log(f"`a`: {meant} so"))


@pytest.mark.parametrize(
    "sound",
    [
        "« café »", "«\u00a0olé\u00a0»", "IRMÃ — e", "“AMANHÃ”", "NÃO, Ã a", "„JÄ“ und „JÄ…“", "2√π r", "√π√π", "├── src",
        "├┤┬┐└┘", "süßäuerlich", "‚Äpfel‘ „Übung“", "1990–Ü", "CAFÉ » x", "Ñandú", "x → ¬∞", "Þú átt ð", "ü ¢", "À la",
        "你好，世界", "Привет", "łódź część", "🧑‍💻 ✅ ⏸️", "Fußgängerübergänge", "¿Qué?", "Straße", "ã€",
    ],
)  # fmt: skip
def test_sound_text_is_not_taken_for_mojibake(sound: str):
    assert find_garbled(sound) == []
    assert codes_in(log(f"`a`: {sound}")) == []


def test_the_first_characters_that_are_written_out_are_those_of_the_tables():
    assert set(FIRSTS) == {sign for table in tables() for sign, byte in table.bytes.items() if byte in LIKELY}


def test_a_run_of_damage_is_one_problem_and_says_what_it_was():
    check_problems("""
        -- .ruru/sessions/SESSION-Pick_up_slots-2506050301/session_log.md --
        +++
        id = "SESSION-Pick_up_slots-2506050301"
        title = "Pick up slots"
        status = "üü¢ Active"
                  ^^^ mojibake: üü¢ is 🟢 that was read as Mac Roman
        start_time = "2025-06-05T03:01:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:10:00Z] `a`: Ð¿Ñ€Ð¸Ð²ÐµÑ‚ ð¿
                                      ^^^^^^^^^^^^ mojibake: Ð¿Ñ€Ð¸Ð²ÐµÑ‚ is привет that was read as Windows-1252
        - [2025-06-05T03:11:00Z] `a`: ï¿½ was lost
                                      ^^^ mojibake: ï¿½ stands for a character that is lost
        """)


def test_in_a_state_file_it_is_found_as_in_a_log():
    check_problems("""
        -- .workflow/active/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "active",
          "topic": "the cafÃ© menu"
                           ^^ mojibake: Ã© is é that was read as Windows-1252
        }
        """)


# replacement-character


def test_a_lost_sign_of_a_status_is_an_unknown_status_and_any_other_loss_a_replacement_character():
    assert codes_in(with_keys('status = "\ufffd Active"')) == ["unknown-status"]
    text = log("`a`: caf\ufffd\ufffd and\ufffd")
    assert [problem.span.end - problem.span.start for problem in found(text, "replacement-character")] == [2, 1]
    check_fix(text, text, unsafe=True)


def test_bytes_that_are_not_utf8_are_told_of_once():
    text, bad_byte = decoded(log("`a`: caf").encode() + b"\xe9\n\xff\n")
    document = Document.read(SESSION_PATH, text, bad_byte)
    assert [problem.code for problem in judge(document, NO_FILES)] == ["not-utf8"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le"])
def test_a_file_in_utf_16_is_told_so_and_not_of_every_character(codec: str):
    text, bad_byte = decoded(log("`a`: café").encode(codec))
    problems = judge(Document.read(SESSION_PATH, text, bad_byte), NO_FILES)
    assert {problem.code for problem in problems} == {"not-utf8", "control-character"}
    assert len(problems) == 2
    assert any("UTF-16" in problem.message for problem in problems)


# invisible-character


def test_what_tools_compare_holds_no_other_spaces():
    before = with_keys('coordinator = "Dev\u00a0API"\nrelated_tasks = ["a\u202fb", "c\u2007d"]\ntitle = "10\u00a0km"')
    assert len(found(before, "invisible-character")) == 3
    document = Document.read(SESSION_PATH, before)
    assert {edit.new for edit in fixed(document, NO_FILES)} == {" "}


@pytest.mark.parametrize(
    "written", ["dev\u200b-api", "dev-api\u00a0", "\u200edev-api", "dev-a\u00adpi", "dev-api\ufeff"]
)
def test_other_rules_tell_of_what_is_hidden_in_or_around_a_value(written: str):
    before = with_keys(f'coordinator = "{written}"')
    assert len(codes_in(before)) == 1
    assert "invisible-character" not in codes_in(before)
    check_fix(before, with_keys('coordinator = "dev-api"'))


def test_elsewhere_a_person_looks_first():
    before = log("`a`: so\u200b it was")
    check_fix(before, before)
    check_fix(before, log("`a`: so it was"), unsafe=True)


def test_controls_of_the_direction_of_writing_are_found_where_nothing_is_written_from_the_right():
    check_problems("""
        +++
        id = "SESSION-Pick_up_slots-2506050301"
        title = "Pick up slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        `if admin\u202e then`
                 ^ invisible-character: a right-to-left override (U+202E) stands here, which nobody sees
        שלום \u200f עולם
        """)


@pytest.mark.parametrize(
    "sound", ["🧑‍💻 and 🚶‍♀️", "می\u200cخواهم", "क्\u200dष", "10\u00a0km", "co\u00adop", "\u3000全角"]
)
def test_what_scripts_and_emoji_need_is_let_be(sound: str):
    assert codes_in(log(f"`a`: {sound}")) == []
    assert found(with_keys(f'title = "{sound}"'), "invisible-character") == []


def test_a_byte_order_mark_begins_a_file():
    assert codes_in(f"\ufeff{log('`a`: one')}") == []


@pytest.mark.parametrize(
    "line", ['tags\u00a0= ["a"]', 'tags =\u00a0["a"]', '\ufefftags = ["a"]', 'tags\u200b = ["a"]', '\u2003tags = ["a"]']
)
def test_what_looks_like_a_space_around_a_key_is_broken_toml_and_hides_no_key(line: str):
    before = with_keys(line)
    assert codes_in(before) == ["broken-toml"]
    after = line.replace("\u00a0", " ").replace("\ufeff", "").replace("\u200b", "").replace("\u2003", " ")
    check_fix(before, with_keys(after))


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("tags = [“a”, “b”]", 'tags = ["a", "b"]'),
        ("title = “Slots”", 'title = "Slots"'),
        ("title = ‘Slots’", 'title = "Slots"'),
    ],
)
def test_typographic_quotes_around_a_value_are_broken_toml(line: str, after: str):
    assert set(codes_in(with_keys(line))) == {"broken-toml"}
    check_fix(with_keys(line), with_keys(after))


# control-character


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"), ("\x1b]8;;https://a.b\x1b\\link\x1b]8;;\x07", "link"), ("be\x07ll", "bell"),
        ("\x1b[2K\x1b[1Gdone", "done"), ("nul\x00", "nul"), ("\x1b", ""), ("a\x08b", "ab"), ("\x7f\x02", ""),
    ],
)  # fmt: skip
def test_what_only_a_terminal_obeys_is_removed(written: str, after: str):
    before = log(f"`a`: x{written}y")
    assert {problem.severity for problem in found(before, "control-character")} == {Severity.INFORMATION}
    check_fix(before, log(f"`a`: x{after}y"))


def test_tabs_and_line_ends_are_no_control_characters_and_in_toml_others_are_broken_toml():
    assert codes_in(log("`a`: a\tb").replace("\n", "\r\n")) == []
    assert codes_in(with_keys('title = "a\x07b"')) == ["broken-toml"]


# html-entity


def test_entities_in_entries_are_characters_but_not_those_that_are_needed_or_in_code():
    check_fix(
        log("`a`: a &amp; b &lt; 3 &gt; 2 &quot;c&#39;", "`a`: &lt;b&gt; &amp;lt; `&amp;&amp;` ``a ` &lt; b`` &nbsp;"),
        log("`a`: a & b < 3 > 2 \"c'", "`a`: &lt;b> &amp;lt; `&amp;&amp;` ``a ` &lt; b`` &nbsp;"),
    )
    fenced = log("`a`: so") + "\n```\n&amp;\n```\n"
    assert codes_in(fenced) == []


def test_entities_in_values_are_written_as_toml_has_the_character():
    check_fix(with_keys('title = "a &amp; &quot;b&quot;"'), with_keys('title = "a & \\"b\\""'))
    check_fix(with_keys('tags = ["a&amp;b", "&lt;c"]'), with_keys('tags = ["a&b", "<c"]'))
    assert codes_in(with_keys("title = 'a &#39; b'")) == []


# template-text


def test_placeholders_of_scripts_and_templates_are_found_outside_of_code_comments_and_templates():
    text = with_keys("tags = []") + "\n# {{PROJECT_NAME}}\n\n<< Describe the goal >>\n"
    assert [problem.severity for problem in found(text, "template-text")] == [Severity.HINT] * 2
    sound = "{{field_name}} ${{ github.ref }} a << 2 `{{NAME}}` cat << EOF\n```\n{{NAME}}\n```\n<!--\n{{NAME}}\n-->\n"
    assert codes_in(f"{log()}{sound}") == []
    assert found(f"-- .ruru/templates/tasks/session_log.md --\n{text}", "template-text") == []


# mixed-line-ends


def test_lines_that_end_otherwise_are_one_problem():
    before = (
        log("`a`: one", "`a`: two") + "- [2025-06-05T03:20:00Z] `a`: three\r\n- [2025-06-05T03:21:00Z] `a`: four\r\n"
    )
    (problem,) = found(before, "mixed-line-ends")
    assert problem.message == "this line ends with CRLF, the first one with LF; so do 2 lines in all"
    check_fix(before, before)
    check_fix(before, before.replace("\r", ""), unsafe=True)


def test_a_code_block_keeps_its_line_ends():
    assert codes_in(log("`a`: one") + "\n```text\na\r\nb\n```\n") == []


# diff-line


def test_a_stray_plus_of_a_diff_is_broken_toml_and_a_stray_minus_a_diff_line():
    both = with_keys('-tags = ["a"]\n+tags = ["b"]')
    assert sorted(codes_in(both)) == ["broken-toml", "diff-line"]
    check_fix(both, with_keys('-tags = ["a"]\ntags = ["b"]'))
    check_fix(both, with_keys('tags = ["b"]'), unsafe=True)
    assert codes_in(with_keys("-my-own-key = 1")) == []


# secret

LOT = random.Random(5)


def drawn(length: int, letters: str = string.ascii_letters + string.digits) -> str:
    """What looks as if it was drawn by lot, put together here so that no scanner takes this file for a leak."""
    return "".join(LOT.choice(letters) for _ in range(length - 2)) + "7Q"


def part(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


BASE32 = string.ascii_uppercase + "234567"
WIDE = string.ascii_letters + string.digits + "-_"
SECRETS = {
    "an AWS access key": "AK" + "IA" + drawn(16, BASE32),
    "a GitHub token": "gh" + "p_" + drawn(36),
    "a fine-grained GitHub token": "github" + "_pat_" + drawn(22) + "_" + drawn(59),
    "a GitLab token": "glp" + "at-" + drawn(20),
    "a Slack token": "xo" + "xb-" + "907125063381-" + drawn(24),
    "an API key": "s" + "k-proj-" + drawn(48, WIDE),
    "an Anthropic key": "s" + "k-ant-" + "api03-" + drawn(93, WIDE),
    "a Google key": "AI" + "za" + drawn(35),
    "a Stripe key": "sk" + "_live_" + drawn(24),
    "an npm token": "np" + "m_" + drawn(36),
    "a PyPI token": "py" + "pi-" + "AgEIcHlwaS5vcmc" + drawn(60, WIDE),
    "a JSON web token": ".".join((part({"alg": "HS256", "typ": "JWT"}), part({"sub": "dev-api"}), drawn(43, WIDE))),
}


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_found_taken_out_on_request_and_never_shown(name: str):
    text = log(f"`a`: called with {SECRETS[name]} and it worked")
    (problem,) = found(text, "secret")
    assert name.split()[-1] in problem.message and problem.severity is Severity.WARNING
    check_fix(text, text)
    check_fix(text, log("`a`: called with [redacted] and it worked"), unsafe=True)
    assert_hidden(text, SECRETS[name])


@pytest.mark.parametrize(
    "before",
    [
        "password=",
        'DB_PASSWORD: "',
        "Authorization: Bearer ",
        '"passwd": "',
        "API_KEY=",
        'client-secret: "',
        "accessToken: `",
    ],
)
def test_what_follows_the_word_password_or_bearer_is_a_secret_when_it_was_drawn_by_lot(before: str):
    value = "4" + drawn(27)
    text = log(f"`a`: {before}{value}")
    check_fix(text, log(f"`a`: {before}[redacted]"), unsafe=True)
    assert_hidden(text, value)


def test_a_password_in_an_address_is_a_secret():
    value = "4" + drawn(16)
    text = log(f"`a`: connected with postgres://shop:{value}@db.bakery/orders")
    check_fix(text, log("`a`: connected with postgres://shop:[redacted]@db.bakery/orders"), unsafe=True)
    assert_hidden(text, value)


def test_a_secret_in_a_state_file_is_found():
    token = f"ghp_{drawn(36)}"
    files = files_in(f"""-- .workflow/active/WFS-menu/workflow-session.json --
{{
  "session_id": "WFS-menu",
  "status": "active",
  "notes": ["the token is {token}"]
}}
""")
    ((document, problem),) = problems_in(files)
    assert (problem.code, document.text[problem.span]) == ("secret", token)


def test_a_private_key_is_a_secret():
    lines = "\n".join(drawn(64) for _ in range(5))
    text = log("`a`: made a key") + "\n-----BEGIN RSA PRI" + f"VATE KEY-----\n{lines}\n-----END RSA PRIVATE KEY-----\n"
    assert len(found(text, "secret")) == 1
    document = Document.read(SESSION_PATH, text)
    after = "".join(edit.new for edit in fixed(document, NO_FILES, unsafe=True))
    assert after == "[redacted]"
    assert_hidden(text, lines.split("\n")[0])


@pytest.mark.parametrize(
    "sound",
    [
        "AKIA" + "IOSFODNN7EXAMPLE", "sk-...", "sk-proj-" + "x" * 40, "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345",
        "Bearer <token>", "Bearer " + "your-token-goes-right-here-please", "password=secret", "password = hunter2",
        "password: ${DB_PASSWORD_FROM_VAULT_1}", "passwordless login", "sk-loading-indicator-with-a-long-name-of-css",
        "eyJ" + "hello.eyJworld123456.signature-that-is-long-enough", "npm_config_registry", "pypi-AgEI…",
        "task-20250605-101500-abcdef0123456789abcdef0123456789", "-----BEGIN PRIVATE KEY-----", "glpat-<token>",
        "api_key = process.env.STRIPE_API_KEY_PRODUCTION_2025", "https://user:password@host/", "http://a:8080/b@c",
        "secret_key: artifacts/notes/NOTE-Slots_2-2506050301.md", "auth_token: SESSION-Pick_up_slots-2506050301",
        "TASK-DEV-20250605-101500", "password=correcthorsebatterystaple", "Bearer authentication-of-the-mobile-client",
    ],
)  # fmt: skip
def test_examples_and_words_are_no_secrets(sound: str):
    assert found(log(f"`a`: {sound}"), "secret") == []


def assert_hidden(text: str, value: str) -> None:
    """Asserts that no report shows a secret, whatever else is wrong in its line."""
    document = Document.read(SESSION_PATH, text.replace("called", "called &amp;"))
    findings = [Finding(SESSION_PATH, document.text, problem) for problem in judge(document, NO_FILES)]
    for form in FORMATS:
        report = "".join(written(form, Report(findings, [SESSION_PATH])))
        assert "secret" in report, form
        assert value not in report and value[4:] not in report, form
