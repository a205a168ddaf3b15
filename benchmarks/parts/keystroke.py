"""From a keystroke to its diagnostics: one at a time, in the frontmatter, typed, and in a burst; CPU per edit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

from benchmarks.client import Missing, now
from benchmarks.contestants import MDTM, prepare
from benchmarks.lane import Lane, Plan
from benchmarks.processes import cpu_ms
from benchmarks.samples import Sample
from benchmarks.typist import Typist

ONE, FRONTMATTER, TYPED, LATE, BURST, PUBLISHED, CPU, MISSING = (
    "one at a time", "in the frontmatter", "typed", "late", "burst", "publishes in a burst", "CPU per edit", "missing",
)  # fmt: skip
PACE = 0.1
"""Seconds between two typed keys."""
REST = 0.03
"""Seconds that a server has for what it does after its answer."""
WARM_UP = 10
LONGEST_BURST = 30.0
MOST_TEXT = 600_000
"""Characters up to which a server that wants the whole text gets a burst: a hundred times the whole text."""

Turn = Callable[[Typist, Plan], Iterator[tuple[str, list[float]]]]


def keystroke(lane: Lane) -> Iterator[Sample]:
    for size in lane.plan.sizes:
        typists = {}
        for contestant in lane.contestants:
            if size <= contestant.largest:
                folder = prepare(lane.folder / f"keystroke-{contestant.name.replace(' ', '-')}-{size}")
                typists[contestant.name] = Typist(contestant, folder, size)
        try:
            yield from _at_size(lane, typists, size)
        finally:
            for typist in typists.values():
                typist.client.stop()


def _at_size(lane: Lane, typists: dict[str, Typist], size: int) -> Iterator[Sample]:
    failed = set[str]()
    for turn in (_warm_up, _one_at_a_time, _in_frontmatter, _typed, _burst):
        for number in range(1 if turn is _warm_up else lane.plan.rounds):
            for contestant in lane.turns(number):
                name = contestant.name
                if name not in typists or name in failed:
                    continue
                try:
                    for measure, values in turn(typists[name], lane.plan):
                        yield Sample(measure, name, size, number, values)
                except Missing as error:
                    failed.add(name)
                    print(f"{name} at {size} entries, {turn.__name__.strip('_')}: {error}", file=sys.stderr)
                    yield Sample(MISSING, name, size, number, [1.0])
                    typists[name].client.stop()


def _warm_up(typist: Typist, plan: Plan) -> Iterator[tuple[str, list[float]]]:
    typist.open()
    typist.times(typist.document.in_entry, WARM_UP)
    yield from ()


def _one_at_a_time(typist: Typist, plan: Plan) -> Iterator[tuple[str, list[float]]]:
    typist.client.listen(now() + REST)
    before = cpu_ms(typist.client.pid)
    took = typist.times(typist.document.in_entry, plan.edits)
    typist.client.listen(now() + REST)
    yield ONE, took
    yield CPU, [(cpu_ms(typist.client.pid) - before) / len(took)]


def _in_frontmatter(typist: Typist, plan: Plan) -> Iterator[tuple[str, list[float]]]:
    if typist.document.in_frontmatter:
        yield FRONTMATTER, typist.times(typist.document.in_frontmatter, plan.edits)


def _typed(typist: Typist, plan: Plan) -> Iterator[tuple[str, list[float]]]:
    """Keys at an even pace, whatever is answered; late is an answer that came after the next key."""
    after = len(typist.client.published)
    sent = list[tuple[int, float]]()
    key_at = now()
    for _ in range(plan.keys):
        frame = typist.frame(typist.document.in_entry)
        typist.client.listen(key_at)
        sent.append((typist.version, typist.client.send(frame)))
        key_at += PACE
    typist.answered(typist.version, after)
    took = [(typist.answered(version, after) - moment) * 1000 for version, moment in sent]
    yield TYPED, took
    yield LATE, [float(one > PACE * 1000) for one in took]


def _burst(typist: Typist, plan: Plan) -> Iterator[tuple[str, list[float]]]:
    """Edits without a pause; the time to the right answer to the last, and how many answers there were to all."""
    if typist.wants_all and len(typist.document.text) > MOST_TEXT:
        return
    after = len(typist.client.published)
    frames = [typist.frame(typist.document.in_entry) for _ in range(plan.burst)]
    sent = typist.client.send(b"".join(frames))
    took = typist.answered(typist.version, after, LONGEST_BURST) - sent
    yield BURST, [took * 1000]
    with suppress(Missing):
        typist.client.listen(now() + REST)
    wrong = [one for one in typist.client.published[after:] if not typist.is_right(one)]
    if wrong and typist.contestant.name == MDTM:
        raise Missing(f"an answer in a burst had wrong findings: {wrong[0]}")
    yield PUBLISHED, [float(len(typist.client.published) - after)]
