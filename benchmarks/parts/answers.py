"""From an edit to the answer to a question that follows it at once, beside a keystroke of the floor."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.client import Missing, now
from benchmarks.contestants import MDTM, PYGLS, prepare
from benchmarks.lane import Lane
from benchmarks.questions import ABILITIES, SHOWN, TYPING, Question, Scene
from benchmarks.samples import Sample
from benchmarks.typist import Typist

WHILE_TYPING = "completion and hover while typing"
REST = 0.01
"""Seconds that a server has for what it does after its answer."""
WARM_UP = 4


def answers(lane: Lane) -> Iterator[Sample]:
    size = lane.plan.asked
    typists = {
        one.name: Typist(one, prepare(lane.folder / f"answers-{one.name.replace(' ', '-')}"), size)
        for one in lane.named(MDTM, PYGLS)
    }
    try:
        for typist in typists.values():
            typist.open(ABILITIES)
        yield from _rounds(lane, typists, size)
    finally:
        for typist in typists.values():
            typist.client.stop()


def _rounds(lane: Lane, typists: dict[str, Typist], size: int) -> Iterator[Sample]:
    scene = Scene(typists[MDTM].uri, typists[MDTM].document.text, size)
    for number in range(lane.plan.rounds):
        typing: dict[str, list[float]] = {name: [] for name in typists}
        for question in (*TYPING, *SHOWN):
            for contestant in lane.turns(number, lane.named(*typists)):
                name = contestant.name
                if name == MDTM:
                    took = _asked(typists[name], scene, question, lane.plan.edits)
                else:
                    took = typists[name].times(typists[name].document.in_entry, lane.plan.edits)
                yield Sample(question.name, name, size, number, took)
                if question in TYPING:
                    typing[name] += took
        for name, values in typing.items():
            yield Sample(WHILE_TYPING, name, size, number, values)


def _asked(typist: Typist, scene: Scene, question: Question, edits: int) -> list[float]:
    """The milliseconds from each of so many edits to the right answer to a question."""
    typing = question.where(scene)
    scene.typed = 0
    typist.change(typing.begin())
    if question.method.endswith("/delta"):
        _, answer = typist.client.request("textDocument/semanticTokens/full", scene.params())
        scene.tokens, scene.first_tokens = (answer["resultId"], answer["data"]), answer["data"]
    typist.settle()
    took = []
    for _ in range(WARM_UP + edits):
        scene.typed += 1
        sent = typist.change(typing.edit(scene.typed % 2 == 1))
        moment, answer = typist.client.request(f"textDocument/{question.method}", question.params(scene))
        took.append((moment - sent) * 1000)
        if not answer or not question.is_right(scene, answer):
            raise Missing(f"a wrong answer to the question for {question.name}: {str(answer)[:300]}")
        typist.settle()
        typist.client.listen(now() + REST)
    typist.change(typing.end(scene.typed % 2 == 1))
    typist.settle()
    return took[WARM_UP:]
