import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.examples import Example, read_examples, tasks_of

WriteExamples = Callable[..., Path]


@pytest.fixture
def example_file(tmp_path: Path) -> WriteExamples:
    def write(*lines: str | bytes) -> Path:
        file = tmp_path / "examples.jsonl"
        encoded = [line if isinstance(line, bytes) else line.encode() for line in lines]
        file.write_bytes(b"\n".join(encoded) + b"\n")
        return file

    return write


def test_a_stance_record_keeps_its_target(example_file: WriteExamples) -> None:
    file = example_file(
        '{"text": "Close it.", "target": "the harbour road", "target_kind": "topic", '
        '"label": "against"}'
    )
    assert read_examples(file) == [
        Example(text="Close it.", target="the harbour road", target_kind="topic", label="against")
    ]


def test_a_label_that_is_absent_or_null_is_unknown(example_file: WriteExamples) -> None:
    file = example_file('{"text": "Oaf.", "labels": {"insult": 1, "threat": 0, "toxicity": null}}')
    (example,) = read_examples(file)
    assert example.labels == {"insult": 1.0, "threat": 0.0}


def test_a_record_may_serve_several_tasks(example_file: WriteExamples) -> None:
    file = example_file(
        '{"text": "Oaf.", "label": "negative", "labels": {"insult": 1, "hostile": 0.4}}'
    )
    assert tasks_of(read_examples(file)[0]) == ("sentiment", "incivility", "tone")


@pytest.mark.parametrize(
    ("target", "task"), [("the harbour road", "stance"), (None, "sentiment"), ("", "sentiment")]
)
def test_neutral_is_a_stance_only_where_there_is_a_target(
    example_file: WriteExamples, target: str | None, task: str
) -> None:
    file = example_file(json.dumps({"text": "Hm.", "label": "neutral", "target": target}))
    assert tasks_of(read_examples(file)[0]) == (task,)


def test_keys_besides_the_known_ones_are_passed_over(example_file: WriteExamples) -> None:
    file = example_file('{"text": "Hm.", "label": "neutral", "id": [7], "group": 3, "weight": "x"}')
    assert read_examples(file) == [Example(text="Hm.", label="neutral")]


def test_blank_lines_a_byte_order_mark_and_crlf_are_passed_over(
    example_file: WriteExamples,
) -> None:
    file = example_file(b'\xef\xbb\xbf{"text": "One."}\r', "", "  \r", '{"text": "Two."}\r')
    assert [example.text for example in read_examples(file)] == ["One.", "Two."]


def test_a_unicode_line_separator_does_not_end_a_record(example_file: WriteExamples) -> None:
    file = example_file('{"text": "One\u2028two\u0085three."}')
    assert read_examples(file)[0].text == "One\u2028two\u0085three."


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b'{"text": "Hm.", "label": "neutral"}\n'))
    monkeypatch.setattr(sys, "stdin", stream)
    assert read_examples("-") == [Example(text="Hm.", label="neutral")]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{not json", "does not parse as JSON"),
        ("[" * 100_000, "does not parse as JSON"),
        (b'{"text": "caf\xe9"}', "byte 13 is not UTF-8"),
        ('["a list"]', "is a JSON object"),
        ('{"label": "positive"}', "needs a 'text'"),
        ('{"text": 7}', "needs a 'text'"),
        ('{"text": "\\ud83d"}', "'text' holds half of a surrogate pair"),
        ('{"text": "a", "label": 1}', "'label' is not a string"),
        ('{"text": "a", "labels": ["insult"]}', "'labels' is an object"),
        ('{"text": "a", "labels": {"insult": 1.5}}', "'insult' is not a number from 0 to 1"),
        ('{"text": "a", "labels": {"insult": NaN}}', "'insult' is not a number from 0 to 1"),
        ('{"text": "a", "target": "b", "target_kind": "mood"}', "article, parent, topic"),
        ('{"text": "a", "label": "angry"}', "unknown label 'angry': known are favor"),
        ('{"text": "a", "labels": {"rude": 1}}', "unknown label 'rude': known are toxicity"),
        ('{"text": "a", "label": "favor"}', "needs the 'target'"),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_number(
    example_file: WriteExamples, line: str | bytes, complaint: str
) -> None:
    file = example_file('{"text": "Fine."}', line)
    with pytest.raises(InputError) as caught:
        read_examples(file)
    message = str(caught.value)
    assert message.startswith(f"{file}:2: ")
    assert complaint in message
    assert "\n" not in message


def test_a_caller_may_go_on_past_lines_that_are_no_record(example_file: WriteExamples) -> None:
    file = example_file("{", '{"text": "Kept."}', "[]")
    complaints: list[InputError] = []
    examples = read_examples(file, on_bad_line=complaints.append)
    assert [example.text for example in examples] == ["Kept."]
    assert [str(complaint).split(": ")[0] for complaint in complaints] == [f"{file}:1", f"{file}:3"]


def test_a_file_without_records_is_refused(example_file: WriteExamples) -> None:
    with pytest.raises(InputError, match="holds no example record"):
        read_examples(example_file("", " "))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.jsonl: cannot be read: No such file"):
        read_examples(tmp_path / "absent.jsonl")


@given(text=st.text(), target=st.text(min_size=1))
def test_any_text_comes_back_as_it_was_and_its_target_is_a_topic(
    tmp_path_factory: pytest.TempPathFactory, text: str, target: str
) -> None:
    file = tmp_path_factory.mktemp("examples") / "one.jsonl"
    file.write_text(json.dumps({"text": text, "target": target, "label": "favor"}) + "\n")
    assert read_examples(file) == [
        Example(text=text, target=target, target_kind="topic", label="favor")
    ]
