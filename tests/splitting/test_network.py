"""The network that reads paragraphs in context, as arrays."""

from time import process_time, sleep, thread_time

import numpy as np
import pytest

from classifier.splitting.network import Block, Network, from_arrays, product, to_arrays

WIDTH, HIDDEN, FEATURES, OUTPUTS, TAPS = 4, 6, 3, 2, 5


def random_network(*, dilations: tuple[int, ...] = (1, 3), whole: float = 1.0) -> Network:
    draw = np.random.default_rng(7)

    def weights(*shape: int) -> np.ndarray:
        return draw.normal(size=shape).astype(np.float16).astype(np.float32)

    return Network(
        center=weights(FEATURES),
        scale=np.ones(FEATURES, dtype=np.float32),
        entry=weights(FEATURES, WIDTH),
        entry_shift=weights(WIDTH),
        blocks=tuple(
            Block(
                norm=weights(WIDTH),
                taps=weights(TAPS, WIDTH),
                shift=weights(WIDTH),
                whole=whole * weights(WIDTH, WIDTH),
                inner=weights(WIDTH, HIDDEN),
                inner_shift=weights(HIDDEN),
                outer=weights(HIDDEN, WIDTH),
                outer_shift=weights(WIDTH),
            )
            for _ in dilations
        ),
        dilations=dilations,
        norm=weights(WIDTH),
        exit=weights(WIDTH, OUTPUTS),
        exit_shift=weights(OUTPUTS),
    )


def page(rows: int) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(rows, FEATURES)).astype(np.float32)


@pytest.mark.parametrize(
    ("changed", "dilations", "farthest"), [(20, (1,), 2), (20, (3,), 6), (20, (1, 3), 8)]
)
def test_a_paragraph_sees_as_far_as_the_taps_reach(
    changed: int, dilations: tuple[int, ...], farthest: int
) -> None:
    network = random_network(dilations=dilations, whole=0.0)
    before = page(41)
    after = before.copy()
    after[changed] += 1

    differs = np.abs(network.outputs(before) - network.outputs(after)).max(axis=1) > 1e-6

    places = np.flatnonzero(differs)
    assert places[0] == changed - farthest
    assert places[-1] == changed + farthest


def test_the_mean_of_the_page_reaches_every_paragraph() -> None:
    before = page(41)
    after = before.copy()
    after[20] += 1

    changed = random_network().outputs(before) - random_network().outputs(after)

    assert (np.abs(changed).max(axis=1) > 0).all()


def test_a_feature_far_from_its_mean_counts_no_more_than_six_deviations() -> None:
    network = random_network()
    rows = page(9)
    rows[4] = network.center + 6
    farther = rows.copy()
    farther[4] += 1000

    np.testing.assert_array_equal(network.outputs(rows), network.outputs(farther))


def test_a_page_of_any_length_has_an_answer_for_every_row() -> None:
    for size in (1, 2, 8192, 8193, 20_000):
        outputs = random_network().outputs(page(size))
        assert outputs.shape == (size, OUTPUTS)
        assert np.isfinite(outputs).all()


def test_the_weights_survive_being_stored() -> None:
    network = random_network()

    stored = to_arrays(network)

    assert all(array.dtype.itemsize <= 8 for array in stored.values())
    np.testing.assert_array_equal(from_arrays(stored).outputs(page(9)), network.outputs(page(9)))


@pytest.mark.parametrize("rows", [1, 13, 14, 15, 200])
def test_a_product_is_the_product(rows: int) -> None:
    draw = np.random.default_rng(2)
    left = draw.normal(size=(rows, 96)).astype(np.float32)
    right = draw.normal(size=(96, 192)).astype(np.float32)

    np.testing.assert_allclose(product(left, right), left @ right, rtol=1e-4, atol=1e-4)


def test_no_thread_is_started_for_a_product() -> None:
    draw = np.random.default_rng(2)
    left = draw.normal(size=(300, 96)).astype(np.float32)
    right = draw.normal(size=(96, 192)).astype(np.float32)
    product(left, right)
    sleep(0.5)  # Threads that another test started stay awake for a while.

    everywhere, here = process_time(), thread_time()
    for _ in range(500):
        product(left, right)
    everywhere, here = process_time() - everywhere, thread_time() - here

    assert everywhere < 1.2 * here
