from mdtm.document import Document
from mdtm.features.shape.subject import id_by_place, id_field, kind_of, title_of
from tests.checks import SESSION_PATH, with_keys


def test_a_session_is_told_by_its_folder_and_any_other_file_by_its_name():
    log = Document.read(SESSION_PATH, with_keys(""))
    assert (kind_of(log), id_by_place(log)) == ("session", log.folder.rpartition("/")[2])
    task = Document.read(".ruru/tasks/A/TASK-API-20250605-101501.md", '+++\nstatus = "🟢 Done"\n+++\n')
    assert (kind_of(task), id_by_place(task), id_field(task)) == ("task", "TASK-API-20250605-101501", None)
    note = Document.read("docs/note.md", "# Note\n")
    assert (kind_of(note), id_by_place(note)) == ("", "note")


def test_a_title_is_the_first_of_the_keys_that_has_one():
    assert title_of(Document.read(SESSION_PATH, '+++\ntitle = " "\ngoal = " Bake rye "\n+++\n')) == "Bake rye"
    assert title_of(Document.read(SESSION_PATH, "+++\n+++\n# Bake rye\n")) == ""
