"""The labelled corpora, read from their publishers' files into example records.

Every reader takes the corpora's root folder and the part wanted, and returns examples. Official
parts are used where a corpus has them; other corpora are cut by thread, author, article or post,
so that no group stands on both sides.
"""

from classifier.training.corpora.registry import CORPORA, Corpus, read_corpus

__all__ = ["CORPORA", "Corpus", "read_corpus"]
