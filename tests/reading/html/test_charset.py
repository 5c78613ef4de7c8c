"""A page's encoding is that of its bytes, header, meta tag, or the likeliest, in this order."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import PageReading

WORDS = "Das Café in der Straße schließt um zwölf"


def page_of(words: str, declared: str | None = None) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return (
        f'<html id="XF"><head>{meta}</head><body><article class="message message--post">'
        f'<div class="bbWrapper">{words}</div></article></body></html>'
    )


def words_in(reading: "PageReading", page: bytes, charset: str | None = None) -> str:
    article = reading.thread(page, charset=charset).article
    assert article is not None
    return article.text


@pytest.mark.parametrize(
    ("words", "codec", "declared"),
    [
        (WORDS, "utf-8", "utf-8"),
        (WORDS, "latin-1", "iso-8859-1"),
        ("“Nein”, sagte sie", "cp1252", "ISO-8859-1"),
        ("Зачем нам этот мост?", "cp1251", "windows-1251"),
        ("Зачем нам этот мост?", "koi8-r", "KOI8-R"),
        ("橋は必要ですか", "shift_jis", "Shift_JIS"),
        ("橋は必要ですか", "iso-2022-jp", "iso-2022-jp"),
        ("桥有什么用", "gb18030", "gb2312"),
        (WORDS, "utf-16", None),
        (WORDS, "utf-8-sig", "latin-1"),
    ],
)
def test_a_declared_encoding_is_used_as_browsers_mean_it(
    reading: "PageReading", words: str, codec: str, declared: str | None
) -> None:
    assert words_in(reading, page_of(words, declared).encode(codec)) == words
    assert reading.said == []


def test_the_header_goes_before_the_meta_tag(reading: "PageReading") -> None:
    page = page_of("Мост", "iso-8859-1").encode("cp1251")

    assert words_in(reading, page, charset="windows-1251") == "Мост"


def test_valid_utf_8_is_utf_8_whatever_is_declared(reading: "PageReading") -> None:
    page = page_of(WORDS, "iso-8859-1").encode()

    assert words_in(reading, page, charset="windows-1252") == WORDS
    assert reading.said == []


def test_an_undeclared_encoding_is_detected_and_named(reading: "PageReading") -> None:
    assert words_in(reading, page_of(WORDS).encode("cp1252")) == WORDS
    assert reading.said == ["page.html: not UTF-8: decoded as cp1252"]


def test_an_unknown_declaration_is_passed_over(reading: "PageReading") -> None:
    for declared in ("x-unheard-of", "base64", "utf-16"):
        assert words_in(reading, page_of(WORDS, declared).encode()) == WORDS


def test_mixed_encodings_lose_only_what_does_not_fit(reading: "PageReading") -> None:
    page = page_of("Straße und ", "utf-8").encode() + b"caf\xe9 fin"
    page = page.replace(b"</div></article></body></html>", b"") + b"</div></article></body></html>"

    assert words_in(reading, page) == "Straße und caf\ufffd fin"
    [said] = reading.said
    assert said.startswith("page.html: 1 byte is not UTF-8 and became U+FFFD: character 1")
