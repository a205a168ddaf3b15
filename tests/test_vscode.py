"""The VS Code extension: what it is made of, and in real VS Code, driven as a person would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import warnings
from pathlib import Path

import pytest

from mdtm import __version__
from mdtm.dialect import TASK_ROOTS
from mdtm.schema.settings import SETTINGS
from tests.write_commands import settings

ROOT = Path(__file__).parent.parent
CLIENT = ROOT / "client-vscode"
E2E = CLIENT / "e2e"
VERSIONS = (E2E / "versions.txt").read_text("utf-8").split()
"""Of code-server; the numbers of the VS Code in it have no 4 in front: 4.93.1 is VS Code 1.93.1."""
NOT_RUN = 77
ONLY_AGAIN = "ONLY WHEN RUN AGAIN"
LONGEST_RUN = 600.0
"""Seconds that installing and driving one version may take."""

MANIFEST = json.loads((CLIENT / "package.json").read_text("utf-8"))


@pytest.mark.skipif(os.name != "posix", reason="not run: the recipe for real VS Code is for Linux")
@pytest.mark.filterwarnings("default")  # what passed only when it was run again is told of
@pytest.mark.parametrize("version", VERSIONS)
def test_the_extension_works_in_real_vscode(version: str):
    status, output = run(E2E / "e2e.sh", version)
    last = output.strip().rpartition("\n")[2]
    if status == NOT_RUN:
        pytest.skip(last if last.startswith("not run: ") else f"not run: {last}")
    assert status == 0, f"{output}\nPictures and logs of each scenario are in client-vscode/out/e2e/{version}/."
    if ONLY_AGAIN in output:
        warnings.warn(f"a scenario passed only when it was run again:\n{output}", stacklevel=1)


def test_the_oldest_vscode_that_it_promises_is_the_oldest_that_is_tested():
    oldest = VERSIONS[-1].partition(".")[2].partition(".")[0]
    assert MANIFEST["engines"]["vscode"] == f"^1.{oldest}.0"
    assert MANIFEST["devDependencies"]["@types/vscode"] == f"1.{oldest}.0"


def test_it_has_the_version_of_the_server_in_it():
    assert MANIFEST["version"] == __version__


def test_it_has_every_setting_as_the_table_of_settings_says():
    properties = MANIFEST["contributes"]["configuration"]["properties"]
    assert {"mdtm.interpreter"} | {f"mdtm.{key.name}" for key in SETTINGS.keys} == set(properties)
    assert settings().items() <= properties.items(), "package.json has other settings: run `make pages`"


def test_a_folder_that_nobody_trusts_chooses_no_python():
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited" and trust["restrictedConfigurations"] == ["mdtm.interpreter"]


def test_it_hands_over_the_files_of_every_system():
    source = (CLIENT / "src" / "extension.ts").read_text("utf-8")
    folders = source.partition("'**/{")[2].partition("}")[0].split(",")
    assert {root.partition("/")[0] for root in TASK_ROOTS} == set(folders)


def test_its_libraries_are_those_that_the_server_is_tested_with():
    tested = (ROOT / "requirements-dev.txt").read_text("utf-8")
    for pin in (CLIENT / "requirements.txt").read_text("utf-8").split():
        assert f"\n{pin}" in f"\n{tested}", f"{pin} is not in requirements-dev.txt: run make lock"


def run(*command: str | Path) -> tuple[int, str]:
    """Runs a program and all that it starts, to its end or for LONGEST_RUN; gives its status and all it printed."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=LONGEST_RUN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        output, _ = process.communicate()
        return 1, f"{output.decode()}\nThis took more than {LONGEST_RUN:.0f} seconds."
    return process.returncode, output.decode()
