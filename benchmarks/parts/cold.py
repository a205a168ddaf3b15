"""From the start of a server to its first answers, and the memory that it has then."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.client import now
from benchmarks.contestants import prepare
from benchmarks.lane import Lane
from benchmarks.processes import cpu_ms, memory
from benchmarks.samples import Sample
from benchmarks.typist import Typist

INITIALIZED, DIAGNOSED, MEMORY, IDLE = "start to initialize", "start to first diagnostics", "memory", "CPU while idle"
REST = 0.3
IDLE_SECONDS = 0.5


def cold(lane: Lane) -> Iterator[Sample]:
    for size in lane.plan.opened:
        folders = {one.name: prepare(lane.folder / f"cold-{one.name}-{size}") for one in lane.contestants}
        for number in range(lane.plan.rounds):
            for contestant in lane.turns(number):
                typist = Typist(contestant, folders[contestant.name], size)
                try:
                    initialized, diagnosed = typist.open()
                    yield Sample(INITIALIZED, contestant.name, size, number, [initialized])
                    yield Sample(DIAGNOSED, contestant.name, size, number, [diagnosed])
                    typist.client.listen(now() + REST)
                    yield Sample(MEMORY, contestant.name, size, number, [memory(typist.client.pid)])
                    before = cpu_ms(typist.client.pid)
                    typist.client.listen(now() + IDLE_SECONDS)
                    yield Sample(IDLE, contestant.name, size, number, [cpu_ms(typist.client.pid) - before])
                finally:
                    typist.client.stop()
