"""Every reader on files of its corpus's layout, with texts of our own."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from classifier.errors import InputError, UsageError
from classifier.training.corpora import CORPORA, read_corpus
from classifier.training.corpora.parts import part_of
from classifier.training.mixture import training_examples
from classifier.training.own_examples import own_examples

LONG = "this comment is long enough that its letters tell it from every other one"


def table(rows: Sequence[dict[str, object]], *, delimiter: str = ",") -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def put(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if path.endswith(".gz"):
        file.write_bytes(gzip.compress(text.encode()))
    else:
        file.write_text(text, encoding="utf-8")


def put_vast(root: Path) -> None:
    rows = [
        {"post": "p1", "topic_str": "toll", "new_topic": "ferry", "label": 0},
        {"post": "p1", "topic_str": "toll", "new_topic": "ferry", "label": 0},
        {"post": "p1", "topic_str": "toll", "new_topic": "ferry", "label": 1},
        {"post": "p2", "topic_str": "bridge", "new_topic": "toll", "label": 2},
    ]
    (root / "vast").mkdir(parents=True)
    with zipfile.ZipFile(root / "vast" / "vast_train.zip", "w") as archive:
        archive.writestr("vast_train.csv", table(rows))
    for part, text in (("dev", f"{LONG} one"), ("test", f"{LONG} two")):
        evaluated = [
            {"Tweet": text, "Target 1": "toll", "Stance 1": "NONE", "seen?": 0},
            {"Tweet": "x", "Target 1": "toll", "Stance 1": "FAVOR", "seen?": 1},
        ]
        put(root, f"vast/vast_{part}.csv", table(evaluated))


def test_vast_takes_the_target_that_fits_its_label_and_weighs_disagreeing_votes(
    tmp_path: Path,
) -> None:
    put_vast(tmp_path)
    train = read_corpus("vast", tmp_path, "train")
    assert {(each.target, each.label): each.weight for each in train} == {
        ("toll", "against"): pytest.approx(2 / 3),
        ("toll", "favor"): pytest.approx(1 / 3),
        ("bridge", "neutral"): 1.0,
    }
    test = read_corpus("vast", tmp_path, "test")
    assert [(each.label, each.corpus) for each in test] == [
        ("neutral", "vast zero-shot"),
        ("favor", "vast"),
    ]


def test_arc_leaves_out_what_vast_evaluates_and_asks_about_both_statements(
    tmp_path: Path,
) -> None:
    put_vast(tmp_path)
    rows = [
        {"text": text, "url": "u", "stance1": "Yes.", "stance2": "No.", "annotatedStance": "No."}
        for text in (f"{LONG} three", f"{LONG.upper()}, ONE!")
    ]
    put(tmp_path, "arc/exported-3365-stance-taking-arguments.tsv", table(rows, delimiter="\t"))
    found = read_corpus("arc", tmp_path, "train")
    assert [(each.target, each.label) for each in found] == [("Yes.", "against"), ("No.", "favor")]


def test_tweeteval_numbers_are_turned_the_right_way_round(tmp_path: Path) -> None:
    for name in ("abortion", "atheism", "climate", "feminist", "hillary"):
        put(tmp_path, f"tweeteval/stance/{name}/test_text.txt", "a\nb\nc\n")
        put(tmp_path, f"tweeteval/stance/{name}/test_labels.txt", "0\n1\n2\n")
    found = read_corpus("tweeteval stance", tmp_path, "test")
    assert [each.label for each in found[:3]] == ["neutral", "against", "favor"]
    assert found[3].target == "Atheism"


def test_iac_scores_become_labels_and_doubtful_ones_only_train(tmp_path: Path) -> None:
    discussions = {part_of(f"iac {n}"): n for n in range(100)}
    rows = [
        {"discussion_id": number, "quote": "q", "response": str(score), "agreement": score}
        for number in discussions.values()
        for score in (-3.0, 0.2, 1.0)
    ]
    put(tmp_path, "iac_v1/iac_quote_response.csv.gz", table(rows))
    train = {each.text: each for each in read_corpus("iac", tmp_path, "train")}
    assert {text: each.label for text, each in train.items()} == {
        "-3.0": "against",
        "0.2": "neutral",
        "1.0": "favor",
    }
    assert train["0.2"].weight < train["1.0"].weight
    assert {each.text for each in read_corpus("iac", tmp_path, "test")} == {"-3.0", "1.0"}


def test_rumours_are_the_target_also_of_the_posts_that_carry_them(tmp_path: Path) -> None:
    items = [
        {
            "split": "test",
            "source_id": "s",
            "source": "The bridge &amp; the toll",
            "reply": reply,
            "is_source": is_source,
            "label": label,
        }
        for reply, is_source, label in (
            ("The bridge &amp; the toll", True, "support"),
            ("It is on the radio", True, "support"),
            (" ", True, "query"),
            ("Not so", False, "deny"),
            ("Says who", False, "query"),
            ("[deleted]", False, "comment"),
        )
    ]
    put(tmp_path, "rumoureval2019/sdqc_all.jsonl", "\n".join(map(json.dumps, items)))
    found = read_corpus("rumoureval", tmp_path, "test")
    assert {(each.target, each.target_kind) for each in found} == {
        ("The bridge & the toll", "article")
    }
    assert [(each.text, each.label) for each in found] == [
        ("The bridge & the toll", "favor"),
        ("The bridge & the toll\n\nIt is on the radio", "favor"),
        ("The bridge & the toll", "neutral"),
        ("Not so", "against"),
        ("Says who", "neutral"),
    ]


def put_jigsaw(root: Path) -> None:
    names = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
    rows = [
        {"id": n, "comment_text": f"text {n}", **dict.fromkeys(names, 0), "toxic": n % 2}
        for n in range(60)
    ]
    put(root, "jigsaw2018/train.csv.gz", table(rows))
    scopes = [{**row, "label_scope": "six" if row["id"] else "toxic only"} for row in rows[:4]]
    put(root, "jigsaw2018/test.csv.gz", table(scopes))


def test_jigsaw_kinds_get_our_names_and_no_comment_stands_in_two_parts(tmp_path: Path) -> None:
    put_jigsaw(tmp_path)
    train, dev = (read_corpus("jigsaw", tmp_path, part) for part in ("train", "dev"))
    assert {each.text for each in train}.isdisjoint(each.text for each in dev)
    assert len(train) + len(dev) == 60
    assert {*train[0].labels} == {
        *("toxicity", "severe_toxicity", "profanity", "threat", "insult", "identity_attack")
    }
    assert len(read_corpus("jigsaw", tmp_path, "test")) == 3
    only = read_corpus("jigsaw toxic only", tmp_path, "test")
    assert [dict(each.labels) for each in only] == [{"toxicity": 0.0}]
    assert read_corpus("jigsaw toxic only", tmp_path, "train") == []


def test_the_share_of_raters_is_the_label_of_a_marked_comment(tmp_path: Path) -> None:
    put(tmp_path, "toxic_spans/comments.csv", "comment_id,comment_text\n1,a fool\n2,held out\n")
    put(
        tmp_path,
        "toxic_spans/annotations.csv",
        "annotation,comment_id\n10,1\n11,1\n12,1\n13,1\n20,2\n",
    )
    put(
        tmp_path,
        "toxic_spans/spans.csv",
        "annotation,type,start,end\n10,Insult,0,1\n10,Insult,2,6\n11,Threat,0,1\n12,Insult,0,1\n",
    )
    put(tmp_path, "toxic_spans/tsd_test.csv", "spans,text\n[],Held out!\n")
    put(tmp_path, "toxic_spans/tsd_trial.csv", "spans,text\n[],something\n")
    (train,) = read_corpus("toxic spans", tmp_path, "train")
    assert (train.labels["insult"], train.labels["threat"]) == (0.5, 0.25)
    (test,) = read_corpus("toxic spans", tmp_path, "test")
    assert test.text == "held out"
    assert "toxicity" not in {*train.labels, *test.labels}


def test_a_comment_with_several_emotions_is_shared_between_their_groups(tmp_path: Path) -> None:
    put(tmp_path, "goemotions/group/train.tsv", "so so\t1,3\tid1\nwhat\t0\tid2\n")
    found = read_corpus("goemotions", tmp_path, "train")
    assert [(each.label, each.weight) for each in found] == [
        ("negative", 0.5),
        ("positive", 0.5),
        ("ambiguous", 1.0),
    ]


def test_a_missing_corpus_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"vast_test\.csv.*classifier data fetch"):
        read_corpus("vast", tmp_path, "test")
    with pytest.raises(UsageError, match="no corpus is called 'vats'"):
        read_corpus("vats", tmp_path, "test")


@pytest.mark.parametrize("name", [n for n, c in CORPORA.items() if c.use == "evaluate"])
def test_what_is_for_evaluation_only_has_nothing_to_train_on(name: str, tmp_path: Path) -> None:
    assert read_corpus(name, tmp_path, "train") == []


def test_parts_are_stable_and_of_the_sizes_promised() -> None:
    parts = [part_of(f"group {number}") for number in range(5000)]
    assert parts == [part_of(f"group {number}") for number in range(5000)]
    shares = {part: parts.count(part) / len(parts) for part in ("train", "dev", "test")}
    assert shares == pytest.approx({"train": 0.7, "dev": 0.1, "test": 0.2}, abs=0.02)


def test_training_takes_nothing_that_is_evaluated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_vast(tmp_path)
    rows = [{"text": f"{LONG} four", "url": "u", "stance1": "Yes.", "stance2": "No."}]
    rows = [{**row, "annotatedStance": "No."} for row in rows]
    put(tmp_path, "arc/exported-3365-stance-taking-arguments.tsv", table(rows, delimiter="\t"))
    for name in [n for n, c in CORPORA.items() if c.model == "stance"]:
        if name not in ("vast", "arc"):
            monkeypatch.delitem(CORPORA, name)
    found = training_examples("stance", tmp_path, with_own=False)
    assert {example.text for example in found} == {"p1", "p2"}
    with_own = training_examples("stance", tmp_path)
    own = own_examples("stance")
    assert with_own[: len(found) + len(own)] == [*found, *own]
    named = with_own[len(found) + len(own) :]
    assert len(named) == len(found)
    assert {each.label for each in named} == {each.label for each in found}
    assert not {(each.text, each.target) for each in named} & {
        (each.text, each.target) for each in found
    }


def test_an_entry_with_several_labels_is_one_example(tmp_path: Path) -> None:
    rows = [
        {"entry_id": "a", "link_id": "t3_a", "body": "one", "level_1": "Nonmisogynistic"},
        {"entry_id": "a", "link_id": "t3_a", "body": "one", "level_1": "Misogynistic"},
        {"entry_id": "b", "link_id": "t3_a", "body": "two", "level_1": "Nonmisogynistic"},
        {"entry_id": "c", "link_id": "t3_a", "body": " ", "level_1": "Misogynistic"},
    ]
    put(tmp_path, "misogyny/final_labels.csv", table(rows))
    found = read_corpus("misogyny", tmp_path, part_of("misogyny t3_a"))
    assert [(each.text, dict(each.labels)) for each in found] == [
        ("one", {"identity_attack": 1.0}),
        ("two", {"identity_attack": 0.0}),
    ]
