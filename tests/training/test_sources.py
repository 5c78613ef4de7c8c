from pathlib import Path

import pytest

from classifier.errors import InputError, UsageError
from classifier.tasks import TASKS
from classifier.training.corpora import CORPORA, read_corpus
from classifier.training.sources import named_sources, read_register


def test_every_file_says_where_it_comes_from_or_how_it_came_to_be() -> None:
    for source in read_register():
        for file in source.files:
            assert (file.url is None) != (file.derived is None), file.path
            assert file.url is None or file.url.startswith("https://"), file.path
            assert file.derived is None or file.origin, file.path
            assert len(file.sha256) == 64, file.path
            assert file.bytes > 0, file.path


def test_names_and_paths_are_distinct_and_stay_in_the_folder() -> None:
    register = read_register()
    paths = [file.path for source in register for file in source.files]
    assert len(set(paths)) == len(paths)
    assert len({source.name for source in register}) == len(register)
    for path in paths:
        assert not Path(path).is_absolute()
        assert ".." not in Path(path).parts


def test_every_task_and_part_is_one_that_there_is() -> None:
    tasks = {task.name for tasks in TASKS.values() for task in tasks} | {"split"}
    for source in read_register():
        for file in source.files:
            assert tasks.issuperset(file.tasks), file.path
            assert {"train", "dev", "test"}.issuperset(file.parts), file.path
            assert bool(file.tasks) == bool(file.parts), file.path


@pytest.mark.parametrize("name", [name for name, each in CORPORA.items() if not each.shipped])
def test_what_a_corpus_is_read_from_is_registered(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_corpus(name, tmp_path, "test" if CORPORA[name].use != "train" else "train")
    missing = str(caught.value).split(": corpus file is missing")[0]
    registered = {str(tmp_path / f.path) for source in read_register() for f in source.files}
    assert missing in registered


def test_the_comment_model_learns_from_permissive_corpora_only() -> None:
    learned = {"jigsaw2018", "toxic_spans", "reddit_incivility", "context_toxicity", "misogyny"}
    learned |= {"ad_hominem_cmv", "goemotions", "vader"}
    assert all(source.permissive for source in named_sources(tuple(learned)))


def test_a_name_that_is_not_registered_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="no corpus is called 'moods': known are vast, arc, "):
        named_sources(("vast", "moods"))


def test_names_are_returned_in_the_registers_order() -> None:
    assert [source.name for source in named_sources(("arc", "vast"))] == ["vast", "arc"]
