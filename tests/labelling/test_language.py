import subprocess
import sys

import pytest

from classifier.labelling.language import is_read, language_of

ENGLISH = [
    "The council never asked the people who live next to that road.",
    "lol they actualy did it again",
    "ok",
    "???",
    "Grazie Kowalski, what a goal!!",
    "GTFO w/ ur toll booth bs smh",
]
FOREIGN = [
    ("de", "Das ist doch alles Quatsch, die Stadt hat kein Geld dafür."),
    ("es", "No estoy de acuerdo con nada de lo que dice el alcalde."),
    ("fr", "Ce pont ne sera jamais fini, on se moque de nous."),
    ("pl", "To jest jakaś kpina z mieszkańców tego miasta."),
    ("ru", "Да ну, опять врут."),
    ("zh", "这座桥永远修不好。"),
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read_however_it_is_spelt(text: str) -> None:
    assert is_read(text, language_of(text))


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_other_languages_are_named_and_not_read(code: str, text: str) -> None:
    language = language_of(text)
    assert language.code == code
    assert 0.0 <= language.probability <= 1.0
    assert not is_read(text, language)


def test_plain_english_needs_no_language_tables() -> None:
    program = (
        "import sys\n"
        "from classifier.labelling.language import language_of\n"
        "print(language_of('They should have asked us about that road.').code)\n"
        "print('py3langid' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["en", "False"]


def test_a_few_english_words_do_not_make_a_text_english() -> None:
    text = "Das ist the same alte Spiel, und about die Kosten redet wieder keiner im Rathaus."
    assert language_of(text).code == "de"
