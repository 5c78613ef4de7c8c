"""Write the split model's metrics and its model card, which is generated from them."""

import json
from pathlib import Path

from classifier.evaluating.split import SplitEvaluation

METRICS = "metrics.json"
CARD = "README.md"

_CARD = """\
# split

Tells a stripped discussion page's article from its replies, one reply from the next, and quotes,
pasted text and page furniture from own words. It reads how paragraphs look, not what they say:
lengths, word choice, case and punctuation, credits and datelines, line breaks, and what stood on
the page before.

## What it is made of

| part | what it answers |
|---|---|
| words, openings | logistic regressions over frequent words, names left out |
| context | a small convolutional network over the page's paragraphs: their kind (news, post, \
furniture, author line, head of a quote), where posts begin, what was pasted, where the article \
ends |
| borders | boosted trees: where one reply ends, where the network is unsure |
| excerpts | boosted trees: which paragraphs of a reply were pasted, where some may be |

`model.skops` holds the scikit-learn models, `tables.npz` the same numbers as plain arrays and the
network's weights. The latter is all that splitting loads, and nothing but numpy runs. Quotes need
no learning: they are found by shingles and aligned word by word.

## Training data

Pages assembled, by a seeded programme, from news articles (Fake News Challenge) and from forum
and comment threads (Internet Argument Corpus, r/ChangeMyView, Globe and Mail, Reddit, threads of
our own invention), with invented names, dates, buttons and credits. The network learned from more
of them than the trees, and from two larger networks' answers beside the truth. None of their text
is in the model: words are kept as hashes with weights.

## How well it does

{pages} assembled pages; their articles and discussions, one comment forum and a quarter of the
furniture lines were never trained on. The length heuristic reads the same text; trafilatura,
where it is listed, reads the same pages with their markup put back.

{table}

## What it cannot do

Where every paragraph stands on a line of its own and neither names nor dates survive, many borders
between replies can only be guessed. A news story that the first poster pastes right under the
article is sometimes taken for more of it. `split_confidence` is the probability that the article's
end is right; below {sure} it deserves a look.
"""
_SURE = 0.7


def write_metrics(evaluation: SplitEvaluation, folder: Path) -> None:
    """Write what was measured, and the model card, into the released folder."""
    (folder / METRICS).write_text(evaluation.to_json(), encoding="utf-8")
    (folder / CARD).write_text(card_of(json.loads(evaluation.to_json())), encoding="utf-8")


def card_of(metrics: dict[str, dict[str, float | None]]) -> str:
    """Return the model card for the content of a ``metrics.json``."""
    return _CARD.format(pages=metrics["n"], table=table_of(metrics), sure=_SURE)


def table_of(metrics: dict[str, dict[str, float | None]]) -> str:
    """Return a Markdown table, a row a measure and a column a splitter."""
    families = [family for family in metrics if family not in ("task", "n")]
    rows = [["measure", *families], ["---"] * (len(families) + 1)]
    rows += [
        [name, *(_cell(metrics[family].get(name)) for family in families)]
        for name in metrics[families[0]]
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
