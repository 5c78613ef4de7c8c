from pathlib import Path

from classifier.evaluating.official import official_corpora, read_official_sets


def test_a_corpus_is_measured_whole_and_by_its_named_parts(tmp_path: Path) -> None:
    (tmp_path / "vast").mkdir()
    (tmp_path / "vast" / "vast_test.csv").write_text(
        "Tweet,Target 1,Stance 1,seen?\n"
        "Keep the ferry running.,ferry,FAVOR,1\n"
        "Trams are for tourists.,tram,AGAINST,0\n"
        "I walk.,tram,NONE,0\n"
    )
    whole, unseen = read_official_sets("vast", tmp_path)
    assert (whole.name, len(whole.examples)) == ("vast", 3)
    assert (unseen.name, len(unseen.examples)) == ("vast zero-shot", 2)
    assert whole.examples[0].label == "favor"
    assert whole.examples[0].target == "ferry"


def test_a_comment_with_several_labels_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "goemotions" / "group").mkdir(parents=True)
    (tmp_path / "goemotions" / "group" / "test.tsv").write_text(
        "Glad it is over.\t3\tx1\nGlad, and cross with all of you.\t1,3\tx2\n"
    )
    (whole,) = read_official_sets("goemotions", tmp_path)
    assert [(each.text, each.label) for each in whole.examples] == [
        ("Glad it is over.", "positive")
    ]


def test_a_model_is_measured_on_the_corpora_of_its_own_tasks() -> None:
    stance, comment = official_corpora(("stance",)), official_corpora(("incivility", "sentiment"))
    assert "vast" in stance
    assert "arc" not in stance, "only its training part is used"
    assert "goemotions" in comment
    assert not set(stance) & set(comment)
