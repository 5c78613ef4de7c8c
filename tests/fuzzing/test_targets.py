"""Every target of the fuzzer, for a moment: any bytes give an answer or a ClassifierError."""

from collections.abc import Iterator

import pytest
from fuzzing.seeds import WORDS, dictionary, seeds
from fuzzing.targets import ON_THE_BASELINE, TARGETS, close
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.labelling.released import ReleasedModel

SLOW = {"scoring": 6, "reporting": 15, "splitting": 25, "serving": 40}
SEEDS = [seed[:1500] for seed in seeds()]
CUTS = st.tuples(st.sampled_from(SEEDS), st.integers(0, 1500), st.integers(0, 1500)).map(
    lambda cut: cut[0][:2] + cut[0][cut[1] : cut[2]]
)
PIECES = st.lists(
    st.binary(max_size=12) | st.sampled_from(WORDS).map(str.encode) | CUTS, max_size=8
).map(b"".join)
ONCE_FAILED = [b"\x8b|\x8b|\x8b", b"\x00\x01\xff\n\xed\xa0\x80"]


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close()


@pytest.mark.filterwarnings("ignore::starlette.exceptions.StarletteDeprecationWarning")
@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_answered(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name in ON_THE_BASELINE:
        monkeypatch.setattr(ReleasedModel, "transformer", ReleasedModel.baseline)

    @settings(
        max_examples=SLOW.get(name, 120), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(PIECES)
    def run(data: bytes) -> None:
        TARGETS[name](data)

    run()
    for data in ONCE_FAILED:
        TARGETS[name](data)
    for data in SEEDS[:: 10 if name in SLOW else 3]:
        TARGETS[name](data)


def test_the_dictionary_holds_every_word_in_ascii() -> None:
    lines = dictionary().splitlines()
    assert len(lines) == len(WORDS)
    assert all(line.startswith('"\\x') and line.isascii() for line in lines)
