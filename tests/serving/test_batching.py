"""The queue before the models, with models of the test's own."""

import asyncio
import random
import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest

from classifier.labelling import Comment
from classifier.serving.batching import Batcher
from classifier.serving.errors import RequestRefusedError
from classifier.serving.metrics import Metrics
from classifier.thread import Labels, Language


class Model:
    """Answers each text with itself, and remembers what it was given together."""

    def __init__(self, *, seconds: float = 0.0) -> None:
        self.batches: list[list[str]] = []
        self.tones: list[bool] = []
        self.seconds = seconds
        self.go = threading.Event()
        self.go.set()

    def __call__(self, comments: Sequence[Comment], tone: bool) -> list[Labels]:  # noqa: FBT001
        self.go.wait(10)
        time.sleep(self.seconds)
        texts = [comment.text for comment in comments]
        self.batches.append(texts)
        self.tones.append(tone)
        if "poison" in texts:
            raise ValueError(texts)
        return [answer(text) for text in texts]


def answer(text: str) -> Labels:
    return Labels(language=Language(code=text, probability=1))


def queue(model: Model, **more: object) -> Batcher:
    options: dict[str, Any] = {"most_waiting": 256, "deadline": 20.0, **more}
    return Batcher(model, metrics=Metrics(), **options)


async def ask(batcher: Batcher, text: str, **more: object) -> str:
    [labels] = await batcher.labels([Comment(text=text)], **more)
    assert labels.language is not None
    return labels.language.code


def test_every_request_gets_the_answer_to_its_own_text() -> None:
    model = Model()
    texts = [f"{number} " + "x" * random.Random(number).randrange(300) for number in range(400)]

    async def every() -> list[str]:
        async with queue(model, most_waiting=1000) as batcher:
            return await asyncio.gather(*(ask(batcher, text) for text in texts))

    assert asyncio.run(every()) == texts
    assert sorted(text for batch in model.batches for text in batch) == sorted(texts)


def test_what_arrives_together_is_scored_together_by_length() -> None:
    model = Model()
    short = [f"short {n}" for n in range(10)]
    long = ["long " * 100 + str(n) for n in range(5)]

    async def every() -> None:
        async with queue(model) as batcher:
            await asyncio.gather(
                *(ask(batcher, text) for pair in zip(short, long, strict=False) for text in pair),
                *(ask(batcher, text) for text in short[5:]),
            )

    asyncio.run(every())
    assert [{text.split()[0] for text in batch} for batch in model.batches] == [{"short"}, {"long"}]


def test_nobody_waits_for_ever_however_many_of_another_length_arrive() -> None:
    model = Model(seconds=0.002)

    async def flood() -> float:
        async with queue(model) as batcher:
            first = asyncio.create_task(ask(batcher, "y" * 5000))
            began = time.monotonic()
            others = []
            while not first.done() and time.monotonic() - began < 10:
                others.append(asyncio.create_task(ask(batcher, "short")))
                await asyncio.sleep(0.001)
            took = time.monotonic() - began
            await asyncio.gather(*others)
            return took

    assert asyncio.run(flood()) < 5


def test_tone_is_only_run_for_those_that_ask_for_it() -> None:
    model = Model()

    async def every() -> None:
        async with queue(model) as batcher:
            await asyncio.gather(ask(batcher, "a"), ask(batcher, "b", tone=True), ask(batcher, "c"))

    asyncio.run(every())
    by_tone = dict(zip(model.tones, model.batches, strict=True))
    assert by_tone == {False: ["a", "c"], True: ["b"]}


def test_a_text_that_the_model_fails_on_fails_alone() -> None:
    async def every() -> list[Any]:
        async with queue(Model()) as batcher:
            texts = ["one", "poison", "two", "three"]
            return await asyncio.gather(
                *(ask(batcher, text) for text in texts), return_exceptions=True
            )

    one, poison, two, three = asyncio.run(every())
    assert (one, two, three) == ("one", "two", "three")
    assert isinstance(poison, ValueError)


def test_a_full_queue_says_so_at_once_and_takes_more_when_it_has_room() -> None:
    model = Model()
    model.go.clear()

    async def every() -> tuple[RequestRefusedError, list[str], str]:
        async with queue(model, most_waiting=4) as batcher:
            first = asyncio.create_task(ask(batcher, "in the model"))
            await asyncio.sleep(0.1)
            waiting = [asyncio.create_task(ask(batcher, str(n))) for n in range(4)]
            await asyncio.sleep(0)
            assert batcher.is_full
            with pytest.raises(RequestRefusedError) as refused:
                await ask(batcher, "one too many")
            model.go.set()
            answers = await asyncio.gather(first, *waiting)
            return refused.value, answers, await ask(batcher, "later")

    refused, answers, later = asyncio.run(every())
    assert (refused.code, refused.headers["Retry-After"]) == (429, "1")
    assert answers == ["in the model", "0", "1", "2", "3"]
    assert later == "later"


def test_a_request_is_given_up_at_its_deadline_and_not_scored_after_it() -> None:
    model = Model()
    model.go.clear()

    async def every() -> RequestRefusedError:
        async with queue(model, deadline=0.2) as batcher:
            blocking = asyncio.create_task(ask(batcher, "slow"))
            await asyncio.sleep(0.1)
            with pytest.raises(RequestRefusedError) as refused:
                await ask(batcher, "overdue")
            model.go.set()
            with pytest.raises(RequestRefusedError):
                await blocking
            assert await ask(batcher, "next") == "next"
            return refused.value

    assert asyncio.run(every()).code == 504
    assert not any("overdue" in batch for batch in model.batches)


def test_a_stream_waits_for_room_and_leaves_some_to_others() -> None:
    model = Model()
    model.go.clear()

    async def every() -> list[Labels]:
        async with queue(model, most_waiting=8) as batcher:
            stream = [
                asyncio.create_task(batcher.labels_in_turn(Comment(text=str(n)))) for n in range(50)
            ]
            await asyncio.sleep(0.1)
            assert not batcher.is_full
            model.go.set()
            return await asyncio.gather(*stream)

    assert asyncio.run(every()) == [answer(str(n)) for n in range(50)]
