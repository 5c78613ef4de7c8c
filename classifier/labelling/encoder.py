"""A fine-tuned encoder in ONNX, run on the CPU."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from classifier.errors import ModelError
from classifier.labelling.calibration import FloatArray
from classifier.labelling.windows import Window, load_tokenizer, windows
from classifier.tasks import Task, columns_of

# A run of this size, padding included, keeps its intermediate values in the processor's cache.
_TOKENS_AT_ONCE = 512


class RawModel(Protocol):
    """Whatever gives one raw output a label for texts, with or without targets."""

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        """Return an array of shape (n_texts, n_outputs)."""
        ...


class Encoder:
    """The transformer of a released model.

    Parameters
    ----------
    folder : Path
        Holds ``model.onnx`` and ``tokenizer.json``.
    tasks : tuple of Task
        What its outputs are, in order.
    threads : int, optional
        Processor threads to use; by default as many as there are cores.

    Raises
    ------
    ModelError
        If a file is missing or damaged.
    """

    def __init__(
        self, folder: Path, *, tasks: tuple[Task, ...], threads: int | None = None
    ) -> None:
        import onnxruntime

        self._tasks = tasks
        self._tokenizer = load_tokenizer(folder / "tokenizer.json")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        if threads is not None:
            options.intra_op_num_threads = threads
        file = folder / "model.onnx"
        if not file.is_file():
            raise ModelError(f"{file}: the model's network is missing: install the model again")
        try:
            self._session = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime's exceptions share no public class
            raise ModelError(f"{file}: not a readable network: install the model again") from error

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        """Return raw outputs, the windows of a long text brought together.

        A label that may hold beside others is in a text if it is in any of its windows: the
        maximum counts. Exclusive labels take the mean, weighted by the tokens that a window adds.

        Parameters
        ----------
        texts : sequence of str
            Own words of replies.
        targets : sequence of str, optional
            What each stance is towards, one a text.

        Returns
        -------
        array of shape (n_texts, n_outputs)
        """
        width = sum(len(task.outputs) for task in self._tasks)
        if not texts:
            return np.zeros((0, width))
        cut = windows(self._tokenizer, texts, targets)
        alike: dict[tuple[tuple[int, ...], int], list[int]] = {}
        for index, window in enumerate(cut):
            alike.setdefault((window.ids, window.first_segment), []).append(index)
        outputs = np.empty((len(cut), width))
        for batch in _batches(sorted(alike.values(), key=lambda same: len(cut[same[0]].ids)), cut):
            found = self._run([cut[same[0]] for same in batch])
            for row, same in zip(found, batch, strict=True):
                outputs[same] = row
        if len(cut) == len(texts):
            return outputs
        return self._joined(outputs, cut, len(texts))

    def _run(self, batch: Sequence[Window]) -> FloatArray:
        longest = max(len(window.ids) for window in batch)
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        segments = np.zeros_like(ids)
        for row, window in enumerate(batch):
            size = len(window.ids)
            ids[row, :size] = window.ids
            mask[row, :size] = 1
            segments[row, window.first_segment : size] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": segments}
        logits: FloatArray = self._session.run(["logits"], inputs)[0]
        return logits

    def _joined(self, outputs: FloatArray, cut: Sequence[Window], size: int) -> FloatArray:
        texts = np.array([window.text for window in cut])
        weights = np.array([window.weight for window in cut], dtype=np.float64)
        starts = np.searchsorted(texts, np.arange(size))
        joined = np.empty((size, outputs.shape[1]))
        columns = columns_of(self._tasks)
        for task in self._tasks:
            own = outputs[:, columns[task.name]]
            if task.exclusive:
                sums = np.add.reduceat(own * weights[:, None], starts)
                joined[:, columns[task.name]] = sums / np.add.reduceat(weights, starts)[:, None]
            else:
                joined[:, columns[task.name]] = np.maximum.reduceat(own, starts)
        return joined


def _batches(groups: Sequence[list[int]], cut: Sequence[Window]) -> Iterator[list[list[int]]]:
    """Yield groups of equal windows, shortest first, as many as make `_TOKENS_AT_ONCE` padded."""
    batch: list[list[int]] = []
    for group in groups:
        if batch and (len(batch) + 1) * len(cut[group[0]].ids) > _TOKENS_AT_ONCE:
            yield batch
            batch = []
        batch.append(group)
    if batch:
        yield batch
