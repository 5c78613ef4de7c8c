"""What a paragraph repeats of the text before it."""

from classifier.splitting.paragraphs import find_paragraphs
from classifier.splitting.repeats import Repeats, find_repeats

PARTS = (
    "The slipway was closed on Monday after a beam gave way under the first van.",
    "Nobody was hurt, though the driver had to climb out through the back window.",
    "Divers will look at the piles next week, and the spare pontoon is on its way.",
    "Until then the island is served from the old quay at low water only.",
    "I would not hold my breath, the pontoon has been on its way since the spring.",
)


def repeats_of(*lines: str) -> Repeats:
    return find_repeats(find_paragraphs("\n".join(lines)))


def test_a_copy_repeats_its_source_and_not_what_stands_beside_it() -> None:
    found = repeats_of(*PARTS, "Well said.", PARTS[2])

    assert (found.share[-1], found.stray[-1], found.source[-1]) == (1, 0, 2)


def test_a_paragraph_that_joins_many_repeats_all_of_them() -> None:
    found = repeats_of(*PARTS, "Well said.", " ".join(PARTS))

    assert (found.share[-1], found.stray[-1]) == (1, 0)
    assert found.source[-1] in range(len(PARTS))


def test_the_source_is_the_paragraph_that_holds_most_of_the_words() -> None:
    quoted = "the first van. Nobody was hurt, though the driver had to climb out"

    assert repeats_of(*PARTS, "Well said.", quoted).source[-1] == 1


def test_new_words_repeat_nothing() -> None:
    found = repeats_of(*PARTS, "Why not build a bridge instead of patching that ramp?")

    assert (found.share[-1], found.source[-1]) == (0, -1)
