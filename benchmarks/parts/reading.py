"""Typing while a workspace is read for its diagnostics, beside typing in peace.

This editor asks for the diagnostics, so that it can ask for those of the workspace too.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.client import Missing, found, now
from benchmarks.contestants import MDTM, prepare
from benchmarks.lane import Lane
from benchmarks.samples import Sample
from benchmarks.sessions import faults, make_sessions
from benchmarks.typist import Typist

IN_PEACE, MEANWHILE = "typing in peace", "typing while a workspace is read"
PAUSE = 0.02
"""Seconds between an answer and the next key."""
WARM_UP = 4
PATIENCE = 300.0


def reading(lane: Lane) -> Iterator[Sample]:
    """Counts the keys that were pressed before all was read; in a small workspace that is one, which is pressed then.

    Of the sizes of workspaces the smallest is taken: what is measured of each key does not depend on it.
    """
    count = lane.plan.sessions[0]
    root = lane.folder / f"reading-{count}"
    folder = prepare(root)
    make_sessions(root, count)
    for number in range(lane.plan.long_rounds):
        for contestant in lane.named(MDTM):
            typist = Typist(contestant, folder, lane.plan.asked)
            try:
                capabilities = typist.open_asking()
                assert capabilities["diagnosticProvider"]["workspaceDiagnostics"]
                peace = [_key(typist) for _ in range(WARM_UP + lane.plan.edits)]
                yield Sample(IN_PEACE, contestant.name, count, number, peace[WARM_UP:])
                yield Sample(MEANWHILE, contestant.name, count, number, _meanwhile(typist, count))
            finally:
                typist.client.stop()


def _meanwhile(typist: Typist, count: int) -> list[float]:
    asked = typist.client.ask("workspace/diagnostic", {"previousResultIds": []})
    took = [_key(typist)]
    while not typist.client.is_answered(asked):
        took.append(_key(typist))
    _, report = typist.client.answer(asked, "workspace/diagnostic", PATIENCE)
    others = [item for item in report["items"] if item["uri"] != typist.uri]
    wrong = {(item["uri"].split("/")[-2], *found(one)) for item in others for one in item["items"]}
    wrong ^= faults(MDTM, count)
    if wrong:
        raise Missing(f"mdtm found other faults in the workspace than there are; first: {sorted(wrong)[:3]}")
    return took


def _key(typist: Typist) -> float:
    """The milliseconds from an edit to its right diagnostics, which are asked for with it."""
    sent = typist.press(typist.document.in_entry)
    moment, report = typist.client.request("textDocument/diagnostic", {"textDocument": {"uri": typist.uri}})
    if frozenset(map(found, report["items"])) != typist.expected():
        raise Missing(f"a wrong answer to version {typist.version}: {str(report)[:300]}")
    typist.client.listen(now() + PAUSE)
    return (moment - sent) * 1000
