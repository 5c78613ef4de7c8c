"""Leave an encoder's lower layers as they are, and ask them about each example only once.

What the lower layers answer to a window never changes then, so it is kept on disk, and an epoch
costs the layers above alone: a third of fine-tuning all where two thirds of them are left
(Lee et al. 2019, "What would Elsa do? Freezing layers during transformer fine-tuning").
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from classifier.errors import UsageError
from classifier.labelling.windows import Window

log = logging.getLogger(__name__)

Padded = Callable[[Sequence[Window]], dict[str, torch.Tensor]]

_AT_ONCE = 32
_TOLD_EVERY = 100


class FrozenLayers:
    """The lower layers of a model, and their answers to the windows that it learns from.

    Parameters
    ----------
    model : transformers sequence classifier
        With its layers in ``base_model.encoder.layer``, as BERT, RoBERTa and MPNet have them.
    count : int
        How many of its layers to leave as they are, from the lowest; its embeddings stay too.
    shown : sequence of Window
        What the model learns from.
    padded : callable
        Makes a model's inputs of windows.
    folder : Path
        Where the answers are kept, two bytes a number, in a folder named by the model's lower
        layers and the windows; an interrupted run goes on there.

    Raises
    ------
    UsageError
        If the model has its layers elsewhere, or not more than `count` of them.
    """

    def __init__(
        self,
        model: Any,  # noqa: ANN401 - transformers' auto classes are untyped
        *,
        count: int,
        shown: Sequence[Window],
        padded: Padded,
        folder: Path,
    ) -> None:
        encoder = getattr(model.base_model, "encoder", None)
        layers = getattr(encoder, "layer", ())
        if count >= len(layers):
            raise UsageError(
                f"{count} layers cannot be left as they are: this encoder has "
                f"{len(layers) or 'no'} layers that are known; take fewer"
            )
        self._model, self._count, self._padded = model, count, padded
        for parameter in model.base_model.parameters():
            parameter.requires_grad_(False)
        for above in (*layers[count:], getattr(model.base_model, "pooler", None)):
            if above is not None:
                above.requires_grad_(True)
        self._shown = _Shown()
        self._starts = np.cumsum([0, *(len(window.ids) for window in shown)])
        self._answers = self._asked(shown, folder / f"frozen-{self._digest(shown)}")

    @contextmanager
    def left_out(self) -> Iterator["FrozenLayers"]:
        """Put the kept answers in the place of the lower layers; the model is whole afterwards."""
        body = self._model.base_model
        embeddings, layers = body.embeddings, body.encoder.layer
        body.embeddings, body.encoder.layer = self._shown, layers[self._count :]
        try:
            yield self
        finally:
            body.embeddings, body.encoder.layer = embeddings, layers

    def show(self, indices: Sequence[int]) -> None:
        """Let the model's next pass begin from the answers to these windows."""
        answers = [self._answers[self._starts[i] : self._starts[i + 1]] for i in indices]
        longest = max(len(answer) for answer in answers)
        shown = np.zeros((len(answers), longest, self._answers.shape[1]), dtype=np.float32)
        for row, answer in enumerate(answers):
            shown[row, : len(answer)] = answer
        self._shown.answers = torch.from_numpy(shown)

    def _digest(self, shown: Sequence[Window]) -> str:
        """Return a name for what is asked: other layers or windows have other answers."""
        digest = hashlib.blake2b(digest_size=8)
        for parameter in self._model.base_model.parameters():
            if not parameter.requires_grad:
                digest.update(parameter.detach().numpy().tobytes())
        for window in shown:
            digest.update(np.array([window.first_segment, *window.ids], dtype=np.int32).tobytes())
        return digest.hexdigest()

    def _asked(self, shown: Sequence[Window], folder: Path) -> NDArray[np.float16]:
        folder.mkdir(parents=True, exist_ok=True)
        file, progress = folder / "answers.f16", folder / "progress.json"
        size = (int(self._starts[-1]), int(self._model.config.hidden_size))
        done = 0
        if file.is_file() and progress.is_file():
            done = int(json.loads(progress.read_text())["done"])
        answers = np.memmap(file, np.float16, "r+" if done else "w+", shape=size)
        order = sorted(range(len(shown)), key=lambda index: -len(shown[index].ids))
        body = self._model.base_model
        layers = body.encoder.layer
        body.encoder.layer = layers[: self._count]
        try:
            for start in range(done, len(order), _AT_ONCE):
                chosen = order[start : start + _AT_ONCE]
                with torch.inference_mode():
                    said = body(**self._padded([shown[i] for i in chosen])).last_hidden_state
                for row, index in enumerate(chosen):
                    begin, end = self._starts[index], self._starts[index + 1]
                    answers[begin:end] = said[row, : end - begin].numpy().astype(np.float16)
                if start // _AT_ONCE % _TOLD_EVERY == 0:
                    answers.flush()
                    progress.write_text(json.dumps({"done": start}))
                    log.info("lower layers: %d of %d examples", start, len(order))
        finally:
            body.encoder.layer = layers
        answers.flush()
        progress.write_text(json.dumps({"done": len(order)}))
        return answers


class _Shown(torch.nn.Module):
    """Stands where embeddings stood, and gives what the lower layers had answered."""

    answers: torch.Tensor

    def forward(self, *_: object, **__: object) -> torch.Tensor:
        return self.answers
