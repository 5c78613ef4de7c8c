"""A labelled thread becomes its summary."""

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from classifier.aggregating import summarize
from classifier.summary import Abstentions, Summary
from classifier.thread import (
    INCIVILITIES,
    TONES,
    Labels,
    Language,
    MultiLabel,
    Quote,
    Reply,
    SentimentLabel,
    Thread,
)

if TYPE_CHECKING:
    from conftest import MakeLabels, MakeThread


def test_incivility_rate_is_the_share_of_scored_replies_with_any_kind(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    kinds = ("insult toxicity", "toxicity", "", "uncertain", "language")
    found = summarize(thread(*(labels(uncivil=each) for each in kinds))).transformer.incivility
    assert (found.rate.count, found.rate.of) == (2, 3)
    assert tuple(found.kinds) == INCIVILITIES
    assert {name: share.count for name, share in found.kinds.items() if share.count} == {
        "toxicity": 2,
        "insult": 1,
    }
    assert all(share.of == 3 for share in found.kinds.values())
    assert found.rate.low < 2 / 3 < found.rate.high


def test_tone_is_summed_up_like_incivility(thread: "MakeThread") -> None:
    tones = (("sarcastic",), (), ("hostile", "sarcastic"))
    given = (Labels(tone=MultiLabel(labels=held, probabilities={})) for held in tones)
    tone = summarize(thread(*given)).transformer.tone
    assert tuple(tone.kinds) == TONES
    assert (tone.rate.count, tone.kinds["sarcastic"].count, tone.kinds["hostile"].count) == (
        2,
        2,
        1,
    )


def test_sentiment_has_shares_of_labels_and_a_mean_of_probabilities(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    feelings = (0.5, -0.9, -0.2, "no_own_words")
    sentiment = summarize(
        thread(*(labels(feeling=each) for each in feelings))
    ).transformer.sentiment
    assert sentiment.mean.n == 3
    assert sentiment.mean.mean == pytest.approx(-0.2)
    assert sentiment.mean.low < -0.2 < sentiment.mean.high
    counts = {name: (share.count, share.of) for name, share in sentiment.shares.items()}
    assert counts == {"positive": (1, 3), "neutral": (0, 3), "negative": (2, 3)}


def test_uncertain_sentiment_counts_in_the_mean_but_in_no_share(thread: "MakeThread") -> None:
    unsure = SentimentLabel(
        label=None,
        probabilities={"positive": 0.4, "neutral": 0.3, "negative": 0.3},
        abstained=True,
        reason="uncertain",
    )
    sentiment = summarize(thread(Labels(sentiment=unsure))).transformer.sentiment
    assert sentiment.mean.mean == pytest.approx(0.1)
    assert sentiment.shares["positive"].of == 0


def test_labels_without_probabilities_count_as_whole_numbers(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    feelings = ("positive", "neutral", "negative", "negative")
    given = thread(*(labels(feeling=each) for each in feelings))
    assert summarize(given).transformer.sentiment.mean.mean == -0.25


def test_stance_is_balanced_by_target_with_parents_pooled(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    given = (
        labels(("article", "Council delays", "against"), ("topic", "trams", "favor")),
        labels(("article", "Council delays", "uncertain"), ("parent", "No.", "against")),
        labels(("topic", "ferry", "against"), ("parent", "Yes.", "favor")),
        labels(("topic", "ferry", "neutral"), ("parent", "Hm.", "against")),
    )
    found = summarize(thread(*given)).transformer
    assert [(each.target_kind, each.target) for each in found.stance] == [
        ("article", "Council delays"),
        ("parent", None),
        ("topic", "ferry"),
        ("topic", "trams"),
    ]
    article, parents, ferry, _ = found.stance
    assert (article.asked, article.abstained, article.shares["against"].of) == (2, 1, 1)
    assert (parents.shares["against"].count, parents.shares["against"].of) == (2, 3)
    assert parents.mean.mean == pytest.approx(-1 / 3)
    assert ferry.shares["neutral"].share == 0.5
    assert (found.disagreement.count, found.disagreement.of) == (2, 3)


def test_disagreement_is_unknown_where_no_parent_is(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    assert summarize(thread(labels(("topic", "x", "favor")))).transformer.disagreement is None


def test_abstentions_are_counted_by_task_and_reason(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    given = (
        labels(("topic", "a", "favor"), ("topic", "b", "uncertain"), uncivil="", feeling=0.5),
        labels(("topic", "a", "language"), uncivil="language", feeling="language"),
        labels(uncivil="no_own_words", feeling="uncertain"),
    )
    abstentions = summarize(thread(*given)).transformer.abstentions
    assert set(abstentions) == {"stance", "incivility", "sentiment"}
    assert abstentions["stance"] == Abstentions(
        asked=3, abstained=2, reasons={"language": 1, "no_own_words": 0, "uncertain": 1}
    )
    assert abstentions["incivility"].reasons == {
        "language": 1,
        "no_own_words": 1,
        "uncertain": 0,
    }


def test_both_families_are_summed_up_side_by_side(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    summary = summarize(
        thread(labels(uncivil="insult"), baseline=(labels(uncivil=""),), authors="a")
    )
    assert summary.family == "transformer"
    assert summary.transformer.incivility.rate.share == 1
    assert summary.baseline.incivility.rate.share == 0
    assert summary.by_author[0].findings == summary.transformer


def test_baseline_stands_alone_where_the_transformer_did_not_run(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    summary = summarize(thread(None, baseline=(labels(uncivil=""),), authors="a"))
    assert summary.transformer is None
    assert summary.family == "baseline"
    assert summary.by_author[0].findings.incivility.rate.of == 1


def test_authors_are_summed_up_the_busiest_first(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    kinds = ("", "insult", "", "threat")
    summary = summarize(thread(*(labels(uncivil=each) for each in kinds), authors="bacb"))
    assert summary.authors == 3
    assert [(each.author, each.replies) for each in summary.by_author] == [
        ("b", 2),
        ("a", 1),
        ("c", 1),
    ]
    assert [each.findings.incivility.rate.count for each in summary.by_author] == [1, 1, 0]


@pytest.mark.parametrize(
    ("replies", "lengths"),
    [(9, []), (10, [5, 5]), (23, [5, 6, 6, 6]), (1003, [100, 100, 100, 101] * 2 + [100, 101])],
)
def test_thread_is_cut_into_up_to_ten_even_stretches(
    thread: "MakeThread", labels: "MakeLabels", replies: int, lengths: list[int]
) -> None:
    along = summarize(thread(*[labels(uncivil="")] * replies)).along
    assert sorted(each.replies for each in along) == sorted(lengths)
    assert sum(each.replies for each in along) in (0, replies)
    if along:
        assert (along[0].first, along[-1].last) == ("r1", f"r{replies}")


def test_what_changes_along_the_thread_shows(thread: "MakeThread", labels: "MakeLabels") -> None:
    kinds = [""] * 5 + ["insult"] * 5
    early, late = summarize(thread(*(labels(uncivil=each) for each in kinds))).along
    assert early.findings.incivility.rate.share == 0
    assert late.findings.incivility.rate.share == 1


def test_replies_quotes_and_languages_are_counted() -> None:
    english, french = (
        Labels(language=Language(code=code, probability=0.9)) for code in ("en", "fr")
    )
    replies = (
        Reply(id="r1", start=0, end=1, text="a", own=((0, 1),), labels=english),
        Reply(id="r2", start=2, end=3, text="b", own=((2, 3),), labels=french, author="ana"),
        Reply(
            id="r3",
            start=4,
            end=9,
            text="",
            quotes=(Quote(start=4, end=5), Quote(start=6, end=7)),
            excerpts=((8, 9),),
            parent_id="r1",
        ),
        Reply(
            id="r4",
            start=10,
            end=11,
            text="c",
            own=((10, 11),),
            labels=english,
            parent_id="article",
        ),
    )
    summary = summarize(Thread(id="t", replies=replies))
    assert summary.languages == {"en": 2, "fr": 1}
    assert (summary.replies, summary.with_own_words, summary.answering) == (4, 3, 1)
    assert (summary.authors, summary.quotes, summary.excerpts) == (1, 2, 1)


@pytest.mark.parametrize("count", [0, 1])
def test_thread_without_labels_is_counted_only(thread: "MakeThread", count: int) -> None:
    summary = summarize(thread(*[None] * count))
    assert summary.replies == count
    assert (summary.transformer, summary.baseline, summary.family) == (None, None, None)
    assert (summary.by_author, summary.along, summary.agreement) == ((), (), ())


def test_single_reply_has_shares_but_no_interval_of_its_mean(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    found = summarize(thread(labels(uncivil="", feeling=0.5))).transformer
    assert found.incivility.rate.share == 0
    assert (found.sentiment.mean.low, found.sentiment.mean.high) == (None, None)


def test_summary_survives_json_and_does_not_depend_on_chance(
    thread: "MakeThread", labels: "MakeLabels"
) -> None:
    given = thread(*(labels(uncivil="", feeling=each / 12) for each in range(1, 12)))
    summary = summarize(given)
    assert Summary.model_validate_json(summary.model_dump_json()) == summary
    assert summarize(given) == summary


def test_summarizing_loads_neither_scipy_nor_scikit_learn() -> None:
    code = (
        "import sys; from classifier.aggregating import summarize;"
        "assert not {'scipy', 'sklearn', 'onnxruntime', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
