"""All diagnostics of a generated workspace, and the memory that the server has then.

rumdl reads the workspace too, for links between files, but cannot be asked: it is timed until it rests.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.client import Client, found, now
from benchmarks.contestants import MDTM, prepare
from benchmarks.lane import Lane
from benchmarks.processes import cpu_ms, memory
from benchmarks.samples import Sample
from benchmarks.sessions import faults, make_sessions

ALL, MEMORY = "all diagnostics of a workspace", "memory with a workspace"
QUIET = 1.0
"""Seconds without CPU time after which a server that cannot be asked is taken to have read the workspace."""
STEP = 0.05


def workspace(lane: Lane) -> Iterator[Sample]:
    able = [one for one in lane.contestants if one.name in (MDTM, "rumdl")]
    for count in lane.plan.sessions:
        root = lane.folder / f"workspace-{count}"
        prepare(root)
        make_sessions(root, count)
        for number in range(lane.plan.long_rounds):
            for contestant in lane.turns(number, able):
                client = Client(contestant.server, root)
                try:
                    capabilities = client.initialize({"diagnostic": {}})
                    provider = capabilities.get("diagnosticProvider") or {}
                    started = now()
                    ended = _asked(client, count) if provider.get("workspaceDiagnostics") else _quiet(client)
                    yield Sample(ALL, contestant.name, count, number, [(ended - started) * 1000])
                    yield Sample(MEMORY, contestant.name, count, number, [memory(client.pid)])
                finally:
                    client.stop()


def _asked(client: Client, count: int) -> float:
    moment, report = client.request("workspace/diagnostic", {"previousResultIds": []}, 300)
    wrong = {(item["uri"].split("/")[-2], *found(one)) for item in report["items"] for one in item["items"]}
    wrong ^= faults(MDTM, count)
    if wrong:
        raise SystemExit(f"mdtm found other faults in the workspace than there are; first: {sorted(wrong)[:3]}")
    return moment


def _quiet(client: Client) -> float:
    """The moment after which a server used no more CPU time."""
    used, last = cpu_ms(client.pid), now()
    while now() - last < QUIET:
        client.listen(now() + STEP)
        if (so_far := cpu_ms(client.pid)) > used + 2:
            used, last = so_far, now()
    return last
