from hypothesis import given
from hypothesis import strategies as st

from classifier.training.batches import batches_by_length


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=300),
    st.integers(1, 4000),
    st.integers(1, 64),
    st.integers(0, 1000),
)
def test_every_example_stands_in_one_batch_within_the_budget(
    lengths: list[int], token_budget: int, most: int, seed: int
) -> None:
    batches = batches_by_length(lengths, token_budget=token_budget, most=most, seed=seed)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        padded = max(lengths[index] for index in batch) * len(batch)
        assert len(batch) <= most
        assert padded <= token_budget or len(batch) == 1


def test_the_seed_alone_decides_the_order() -> None:
    lengths = [index % 50 + 1 for index in range(5000)]
    first = batches_by_length(lengths, token_budget=1000, most=32, seed=1)
    assert first == batches_by_length(lengths, token_budget=1000, most=32, seed=1)
    assert first != batches_by_length(lengths, token_budget=1000, most=32, seed=2)


def test_batches_hold_texts_of_similar_length() -> None:
    lengths = [index % 100 + 1 for index in range(2000)]
    batches = batches_by_length(lengths, token_budget=2000, most=64, seed=3)
    padded = sum(max(lengths[index] for index in batch) * len(batch) for batch in batches)
    assert padded < 1.05 * sum(lengths)
