"""A fine-tuned encoder in ONNX, run on the CPU."""

import os
from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ModelError
from classifier.labelling.calibration import FloatArray
from classifier.labelling.windows import Window, load_tokenizer, stream_windows
from classifier.tasks import Task, columns_of

_MOST_WINDOWS = 2048
_BY_CHANCE = 0.5
_MOST_BY_CHANCE = 4


class RawModel(Protocol):
    """Whatever gives one raw output a label for texts, with or without targets."""

    def logits(self, texts: Sequence[str], targets: Sequence[str] | None = None) -> FloatArray:
        """Return an array of shape (n_texts, n_outputs)."""
        ...


class Encoder:
    """The transformer of a released model.

    Every window is a run of its own on one thread, as many runs at once as there are threads.
    Activations are quantised over a run, so a window's outputs depend on nothing beside it, and
    on two cores this labels as many windows a second as padded batches do.

    Parameters
    ----------
    folder : Path
        Holds ``model.onnx`` and ``tokenizer.json``.
    tasks : tuple of Task
        What its outputs are, in order.
    threads : int, optional
        Processor threads to use; by default as many as the process may use.

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
        self._threads = threads or usable_cores()
        self._tokenizer = load_tokenizer(folder / "tokenizer.json")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
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
        maximum counts, less half the logarithm of their number, for the more windows a text has
        the likelier one of them looks bad by chance; more than four are counted as four, so that
        nobody hides an insult behind many words. Exclusive labels take the mean, weighted by the
        tokens that a window adds.

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
        outputs = [np.empty((0, width))]
        owners, weights = array("q"), array("d")
        stream = stream_windows(self._tokenizer, texts, targets)
        while cut := list(islice(stream, _MOST_WINDOWS)):
            outputs.append(self._of_windows(cut, width=width))
            owners.extend(window.text for window in cut)
            weights.extend(window.weight for window in cut)
        found = np.concatenate(outputs)
        if len(found) == len(texts):
            return found
        return self._joined(found, np.array(owners), np.array(weights), size=len(texts))

    def _of_windows(self, cut: Sequence[Window], *, width: int) -> FloatArray:
        alike: dict[tuple[tuple[int, ...], int], list[int]] = {}
        for index, window in enumerate(cut):
            alike.setdefault((window.ids, window.first_segment), []).append(index)
        outputs = np.empty((len(cut), width))
        # The longest first: no thread is left with a long one at the end.
        groups = sorted(alike.values(), key=lambda same: -len(cut[same[0]].ids))
        for same, row in zip(groups, self._run([cut[same[0]] for same in groups]), strict=True):
            outputs[same] = row
        return outputs

    def _run(self, found: Sequence[Window]) -> list[FloatArray]:
        if self._threads == 1 or len(found) == 1:
            return [self._outputs(window) for window in found]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._outputs, found))

    def _outputs(self, window: Window) -> FloatArray:
        ids = np.array([window.ids], dtype=np.int64)
        segments = np.zeros_like(ids)
        segments[0, window.first_segment :] = 1
        inputs = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": segments,
        }
        logits: FloatArray = self._session.run(["logits"], inputs)[0][0]
        return logits

    def _joined(
        self, outputs: FloatArray, owners: NDArray[np.int64], weights: FloatArray, *, size: int
    ) -> FloatArray:
        """Bring the outputs of each text's windows together; `owners` says whose each is."""
        starts = np.searchsorted(owners, np.arange(size))
        joined = np.empty((size, outputs.shape[1]))
        columns = columns_of(self._tasks)
        for task in self._tasks:
            own = outputs[:, columns[task.name]]
            if task.exclusive:
                sums = np.add.reduceat(own * weights[:, None], starts)
                joined[:, columns[task.name]] = sums / np.add.reduceat(weights, starts)[:, None]
            else:
                shown = np.minimum(np.diff(starts, append=len(outputs)), _MOST_BY_CHANCE)
                most = np.maximum.reduceat(own, starts)
                joined[:, columns[task.name]] = most - _BY_CHANCE * np.log(shown)[:, None]
        return joined


def usable_cores() -> int:
    """Return how many processor cores the process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
