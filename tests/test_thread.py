import tracemalloc
from collections.abc import Callable

from classifier.thread import Labels, Reply, Target, Thread, compact


def reply(number: int) -> Reply:
    return Reply(id=str(number), start=0, end=0, text="", parent_id=None, labels=Labels())


def bytes_each(make: Callable[[int], Reply]) -> float:
    tracemalloc.start()
    try:
        kept = [make(number) for number in range(2000)]
        return tracemalloc.get_traced_memory()[0] / len(kept)
    finally:
        tracemalloc.stop()


def test_compact_records_hold_the_names_of_their_given_fields_once() -> None:
    assert bytes_each(reply) - bytes_each(lambda number: compact(reply(number))) > 500


def test_a_compact_record_is_the_record_that_it_was() -> None:
    given = {"kind": "topic", "text": "the toll"}
    plain, made = Target.model_validate(given), compact(Target.model_validate(given))
    assert made == plain
    assert hash(made) == hash(plain)
    assert made.model_dump_json(exclude_unset=True) == plain.model_dump_json(exclude_unset=True)


def test_a_copy_with_more_given_changes_no_other_record() -> None:
    first, second = compact(reply(1)), compact(reply(2))
    before = set(second.model_fields_set)
    copy = first.model_copy(update={"author": "Ilse"})
    assert "author" in copy.model_fields_set
    assert first.model_fields_set == second.model_fields_set == before
    thread = compact(Thread(id="t", replies=(first, second)))
    assert Thread.model_validate_json(thread.to_json()) == thread
