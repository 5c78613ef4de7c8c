"""Changes to a sentence that leave alone what it says."""

from collections.abc import Callable, Mapping


def _swap_letters(text: str) -> str:
    """Return the text with the two letters in the middle of its longest word swapped."""
    words = text.split(" ")
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    word = words[longest]
    middle = len(word) // 2
    words[longest] = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return " ".join(words)


def _drop_letter(text: str) -> str:
    """Return the text without the third letter from the end of its longest word."""
    words = text.split(" ")
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    words[longest] = words[longest][:-3] + words[longest][-2:]
    return " ".join(words)


def _glue_emoji(text: str) -> str:
    """Return the text with an emoji before its longest word, no space between them."""
    words = text.split(" ")
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    words[longest] = f"\N{BICYCLE}{words[longest]}"
    return " ".join(words)


PERTURBATIONS: Mapping[str, Callable[[str], str]] = {
    "two letters swapped": _swap_letters,
    "a letter dropped": _drop_letter,
    "upper case": str.upper,
    "lower case": str.lower,
    "no full stop": lambda text: text.rstrip("."),
    "no punctuation": lambda text: "".join(each for each in text if each not in ".,;:!?"),
    "dots at the end": lambda text: text.rstrip(".!?") + "...",
    "curly apostrophes": lambda text: text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
    "line breaks": lambda text: text.replace(", ", ",\n"),
    "spaces doubled": lambda text: text.replace(" ", "  "),
    "a bicycle as emoji": lambda text: f"{text} \N{BICYCLE}",
    "a bicycle before a word": _glue_emoji,
    "a greeting before": lambda text: f"Good morning to everyone here. {text}",
    "a link behind": lambda text: f"{text} https://example.org/minutes",
}
"""By name; each takes and returns a sentence."""
