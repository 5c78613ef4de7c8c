"""Put made-up corpora in the place of those that a model learns from."""

from collections.abc import Mapping

import pytest

from classifier.tasks import ModelName
from classifier.training.corpora import CORPORA, Corpus


def learn_only_from(
    corpora: Mapping[str, Corpus], *, model: ModelName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leave a model no corpora but these, and none of our own sentences."""
    for name in [name for name, corpus in CORPORA.items() if corpus.model == model]:
        monkeypatch.delitem(CORPORA, name)
    for name, corpus in corpora.items():
        monkeypatch.setitem(CORPORA, name, corpus)
    monkeypatch.setattr("classifier.training.mixture.own_examples", lambda _: [])
