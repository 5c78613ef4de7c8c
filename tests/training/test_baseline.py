from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from skops.io import get_untrusted_types, load

from classifier.errors import ModelError
from classifier.examples import Example
from classifier.labelling.baseline import WORD_PATTERN, Baseline
from classifier.tasks import TASKS
from classifier.training.baseline import fit_baseline

EXAMPLES = [
    *[Example(text=f"you rotten fool {n}", labels={"insult": 1.0}) for n in range(9)],
    *[Example(text=f"you kind friend {n}", labels={"insult": 0.0}) for n in range(9)],
    *[
        Example(text=f"toll day {n}", labels=dict.fromkeys(("toxicity", "threat"), n % 2))
        for n in range(8)
    ],
    *[
        Example(text="x", labels=dict.fromkeys(("severe_toxicity", "profanity"), n % 2))
        for n in range(4)
    ],
    *[Example(text="y", labels={"identity_attack": n % 2}) for n in range(4)],
    *[Example(text=f"lovely bridge {n}", label="positive") for n in range(5)],
    *[Example(text=f"awful bridge {n}", label="negative") for n in range(5)],
    *[Example(text=f"a bridge {n}", label="neutral") for n in range(5)],
    *[Example(text=f"what bridge {n}", label="ambiguous") for n in range(5)],
]


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return fit_baseline(EXAMPLES, tasks=TASKS["comment"])


def test_each_label_is_learnt_from_the_examples_that_know_it(baseline: Baseline) -> None:
    scores = baseline.logits(["you rotten fool", "you kind friend", "lovely", "awful"])
    assert scores.shape == (4, 10)
    assert scores[0, 2] > 0 > scores[1, 2]
    assert scores[2, 6:].argmax() == 0
    assert scores[3, 6:].argmax() == 2


def test_a_saved_baseline_scores_as_before(baseline: Baseline, tmp_path: Path) -> None:
    baseline.save(tmp_path / "baseline.skops")
    again = Baseline.load(tmp_path / "baseline.skops")
    texts = ["you rotten fool", "Naïve bridge", ""]
    assert np.allclose(baseline.logits(texts), again.logits(texts))


@settings(deadline=None)
@given(
    st.text(max_size=200) | st.from_regex(r"([Yy]ou |fool|frìend|bridge|[.,!]| )*", fullmatch=True)
)
def test_features_are_those_that_scikit_learn_would_count(baseline: Baseline, text: str) -> None:
    arrays = {**baseline.arrays}
    theirs = TfidfVectorizer(
        vocabulary=arrays["vocabulary"].tolist(),
        ngram_range=(1, 2),
        sublinear_tf=True,
        strip_accents="unicode",
        token_pattern=WORD_PATTERN,
    )
    theirs.idf_ = arrays["idf"]
    expected = theirs.transform([text]) @ arrays["coefficients"] + arrays["intercepts"]
    assert baseline.logits([text]) == pytest.approx(np.asarray(expected), abs=1e-4)


def test_the_file_is_one_that_skops_trusts(baseline: Baseline, tmp_path: Path) -> None:
    baseline.save(tmp_path / "baseline.skops")
    assert get_untrusted_types(file=tmp_path / "baseline.skops") == []
    content = load(tmp_path / "baseline.skops", trusted=[])
    assert {name: array.tolist() for name, array in content.items()} == {
        name: array.tolist() for name, array in baseline.arrays.items()
    }


def test_targets_count_apart_from_the_texts_words() -> None:
    examples = [
        Example(text="yes", target="toll", target_kind="topic", label="favor"),
        Example(text="no", target="toll", target_kind="topic", label="against"),
        Example(text="toll", target="ferry", target_kind="topic", label="neutral"),
    ] * 5
    baseline = fit_baseline(examples, tasks=TASKS["stance"])
    scores = baseline.logits(["yes", "no", "toll"], ["toll", "toll", "ferry"])
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_a_missing_or_damaged_baseline_is_named(tmp_path: Path) -> None:
    file = tmp_path / "baseline.skops"
    with pytest.raises(ModelError, match=r"baseline\.skops.*missing"):
        Baseline.load(file)
    file.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(ModelError, match=r"baseline\.skops.*not a readable"):
        Baseline.load(file)
