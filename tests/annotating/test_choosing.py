from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.annotating import Item, choose, items_of
from classifier.annotating.items import Guess
from classifier.thread import (
    Labels,
    MultiLabel,
    Reply,
    SentimentLabel,
    StanceLabel,
    Thread,
)

if TYPE_CHECKING:
    from conftest import Labelled


def chosen_replies(*replies: Reply, budget: int | None = None) -> list[tuple[str, str]]:
    items = items_of(Thread(id="toll", replies=replies), "comment")
    return [(each.item.reply, each.reason) for each in choose(items, budget=budget)]


def test_the_least_certain_and_the_most_disputed_take_turns(labelled: "Labelled") -> None:
    assert chosen_replies(
        labelled("sure", "Lovely bridge."),
        labelled("disputed", "What a bridge.", baseline={"insult": 0.9}),
        labelled("torn", "You bridge.", insult=0.45, baseline={"insult": 0.45}),
        labelled("contested", "A bridge too far.", baseline={"negative": 0.3}),
        labelled("unsure", "Bridges.", negative=0.7, baseline={"negative": 0.7}),
    ) == [
        ("torn", "uncertain"),
        ("disputed", "disagreement"),
        ("unsure", "uncertain"),
        ("contested", "disagreement"),
        ("sure", "uncertain"),
    ]


def test_a_budget_cuts_the_order_off(labelled: "Labelled") -> None:
    replies = [labelled(f"r{n}", f"Toll {n}.", insult=n / 20) for n in range(9)]
    assert [name for name, _ in chosen_replies(*replies, budget=1)] == ["r8"]


def test_a_text_that_stands_twice_is_asked_about_once(labelled: "Labelled") -> None:
    assert len(chosen_replies(labelled("a", "Same here."), labelled("b", "Same here."))) == 1


def test_chance_is_blind_to_doubt_and_the_same_every_time(labelled: "Labelled") -> None:
    replies = [labelled(f"r{n}", f"Toll {n}.", insult=n / 200) for n in range(100)]
    items = list(items_of(Thread(id="toll", replies=tuple(replies)), "comment"))
    drawn = [choose(items, budget=50, order="random", seed=seed) for seed in (3, 3, 4)]
    numbers = [[int(each.item.reply[1:]) for each in each_draw] for each_draw in drawn]
    assert numbers[0] == numbers[1] != numbers[2]
    assert 30 < sum(numbers[0]) / 50 < 70
    assert {each.reason for each in drawn[0]} == {"random"}


def test_what_the_models_could_not_read_is_not_asked_about() -> None:
    nothing = MultiLabel(labels=(), probabilities={}, abstained=True, reason="language")
    mute = SentimentLabel(label=None, probabilities={}, abstained=True, reason="language")
    stance = StanceLabel(
        target_kind="topic", target="toll", label=None, probabilities={}, abstained=True
    )
    reply = Reply(
        id="r1",
        start=0,
        end=4,
        text="Nein",
        labels=Labels(incivility=nothing, sentiment=mute, stance=(stance,)),
    )
    thread = Thread(id="toll", replies=(reply,))
    assert list(items_of(thread, "comment")) == list(items_of(thread, "stance")) == []


def test_stance_is_asked_once_a_target_with_the_answered_words_in_view(
    labelled: "Labelled",
) -> None:
    first = labelled("r1", "The toll is fair.", against=0.1)
    second = labelled("r2", "No it is not.", against=0.9, parent="r1")
    items = list(items_of(Thread(id="toll", replies=(first, second)), "stance"))
    assert [(item.reply, item.target, item.context) for item in items] == [
        ("r1", "the toll", ""),
        ("r2", "the toll", "The toll is fair."),
    ]
    assert items[1].transformer["stance"].labels == ("against",)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=30))
def test_every_item_is_chosen_once_whatever_the_models_say(
    probabilities: list[tuple[float, float]],
) -> None:
    items = [
        Item(
            thread="toll",
            reply=f"r{number}",
            text=f"Toll {number}",
            transformer={"incivility": guess(own)},
            baseline={"incivility": guess(other)},
        )
        for number, (own, other) in enumerate(probabilities)
    ]
    chosen = choose(items)
    assert sorted(each.item.text for each in chosen) == sorted(item.text for item in items)
    assert all(0 <= each.uncertainty <= 1 for each in chosen)
    assert all(0 <= each.disagreement <= 1 for each in chosen)
    if chosen:
        assert chosen[0].uncertainty == max(each.uncertainty for each in chosen)


def guess(probability: float) -> Guess:
    return Guess(labels=(), probabilities={"insult": probability}, exclusive=False)


@pytest.mark.parametrize(("probability", "expected"), [(0.5, 1.0), (0.9, 0.2), (0.1, 0.2)])
def test_uncertainty_is_greatest_at_one_half(probability: float, expected: float) -> None:
    item = Item(
        thread="t",
        reply="r",
        text="x",
        transformer={"incivility": guess(probability)},
        baseline={},
    )
    (chosen,) = choose([item])
    assert chosen.uncertainty == pytest.approx(expected)
    assert chosen.disagreement == 0.0
