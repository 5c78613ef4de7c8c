from pathlib import Path

from classifier.evaluating.official import official_corpora, read_official


def test_a_corpus_is_read_from_its_test_part(tmp_path: Path) -> None:
    (tmp_path / "vast").mkdir()
    (tmp_path / "vast" / "vast_test.csv").write_text(
        "Tweet,Target 1,Stance 1,seen?\n"
        "Keep the ferry running.,ferry,FAVOR,1\n"
        "I walk.,tram,NONE,0\n"
    )
    seen, unseen = read_official("vast", tmp_path)
    assert (seen.target, seen.label, seen.corpus) == ("ferry", "favor", "vast")
    assert (unseen.target, unseen.label, unseen.corpus) == ("tram", "neutral", "vast zero-shot")


def test_a_comment_with_several_labels_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "goemotions" / "group").mkdir(parents=True)
    (tmp_path / "goemotions" / "group" / "test.tsv").write_text(
        "Glad it is over.\t3\tx1\nGlad, and cross with all of you.\t1,3\tx2\n"
    )
    (example,) = read_official("goemotions", tmp_path)
    assert (example.text, example.label) == ("Glad it is over.", "positive")


def test_a_model_is_measured_on_the_corpora_of_its_own_tasks() -> None:
    stance, comment = official_corpora(("stance",)), official_corpora(("incivility", "sentiment"))
    assert "vast" in stance
    assert "arc" not in stance, "only its training part is used"
    assert "goemotions" in comment
    assert not set(stance) & set(comment)
