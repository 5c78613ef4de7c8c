"""Fine-tune an encoder with a classification head; resumable, without pickle."""

import inspect
import json
import logging
import math
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch.nn import functional
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from classifier.examples import Example
from classifier.labelling.windows import Window, load_tokenizer, windows
from classifier.tasks import Task, columns_of
from classifier.training.arguments import TrainingArguments
from classifier.training.batches import batches_by_length
from classifier.training.emoji import read_emoji
from classifier.training.frozen_layers import FrozenLayers
from classifier.training.targets import target_matrix

log = logging.getLogger(__name__)


def fit(
    examples: Sequence[Example],
    *,
    tasks: tuple[Task, ...],
    folder: Path,
    arguments: TrainingArguments,
    wanted: NDArray[np.float32] | None = None,
) -> Path:
    """Fine-tune a sequence classifier on examples and save it as a checkpoint.

    The loss is cross-entropy for exclusive tasks and binary cross-entropy for the others, over
    the outputs that an example's corpus labels; unknown ones take no part. Dropout is off: at
    this size and with few epochs it cost accuracy and half the speed.

    Parameters
    ----------
    examples : sequence of Example
        Training records, corpora already mixed.
    tasks : tuple of Task
        What the model is to answer.
    folder : Path
        Where checkpoints go; an interrupted run in it is continued.
    arguments : TrainingArguments
        Hyperparameters.
    wanted : array of shape (n_examples, n_outputs), optional
        What each output is to be, 0 to 1, not-a-number where unknown; by default what the
        examples say.

    Returns
    -------
    Path
        ``folder / "checkpoint"``: weights, configuration and tokenizer in `transformers`' layout.
    """
    torch.manual_seed(arguments.seed)
    labels = [output for task in tasks for output in task.outputs]
    model = AutoModelForSequenceClassification.from_pretrained(
        arguments.base,
        use_safetensors=True,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={label: column for column, label in enumerate(labels)},
        problem_type="multi_label_classification",
        ignore_mismatched_sizes=True,  # of a model for other labels only the encoder is taken
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model.config.learned_from = sorted({each.corpus for each in examples if each.corpus})
    final = folder / "checkpoint"
    final.mkdir(parents=True, exist_ok=True)
    tokenizer = AutoTokenizer.from_pretrained(arguments.base)
    tokenizer.save_pretrained(final)
    read_emoji(model, final)
    shown = _first_windows(examples, final / "tokenizer.json", arguments.max_tokens)
    if wanted is None:
        wanted = target_matrix(examples, tasks)
    weights = np.array([example.weight for example in examples], dtype=np.float32)
    frozen = None
    inputs = _Inputs(model)
    if arguments.frozen_layers:
        frozen = FrozenLayers(
            model, count=arguments.frozen_layers, shown=shown, padded=inputs.of, folder=folder
        )
    with frozen.left_out() if frozen else nullcontext():
        run = _Run(
            model, inputs=inputs, tasks=tasks, folder=folder, arguments=arguments, frozen=frozen
        )
        run.go(shown, wanted, weights)
    model.save_pretrained(final)
    return final


def _first_windows(
    examples: Sequence[Example], tokenizer_file: Path, max_tokens: int
) -> list[Window]:
    with_target = any(example.target is not None for example in examples)
    cut = windows(
        load_tokenizer(tokenizer_file),
        [example.text for example in examples],
        [example.target or "" for example in examples] if with_target else None,
        most_tokens=max_tokens,
    )
    first: dict[int, Window] = {}
    for window in cut:
        first.setdefault(window.text, window)
    return [first[index] for index in range(len(examples))]


class _Run:
    """The optimisation loop and its checkpoints."""

    def __init__(
        self,
        model: Any,  # noqa: ANN401 - transformers' auto classes are untyped
        *,
        inputs: "_Inputs",
        tasks: tuple[Task, ...],
        folder: Path,
        arguments: TrainingArguments,
        frozen: FrozenLayers | None,
    ) -> None:
        self.model = model
        self.inputs = inputs
        self.frozen = frozen
        self.tasks = tasks
        self.folder = folder
        self.arguments = arguments
        learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        body = [p for n, p in learned if not n.startswith("classifier")]
        head = [p for n, p in learned if n.startswith("classifier")]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": body, "lr": arguments.learning_rate},
                {"params": head, "lr": arguments.head_learning_rate},
            ],
            weight_decay=arguments.weight_decay,
            fused=True,
        )
        self.peaks = [group["lr"] for group in self.optimizer.param_groups]

    def go(
        self,
        shown: Sequence[Window],
        wanted: NDArray[np.float32],
        weights: NDArray[np.float32],
    ) -> None:
        batches = self._all_batches([len(window.ids) for window in shown])
        usual = sum(map(len, batches)) / len(batches)
        done = self._resume()
        self.model.train()
        started, losses = time.monotonic(), []
        for step in range(done, len(batches)):
            batch = batches[step]
            self._set_rate(step / len(batches))
            if self.frozen:
                self.frozen.show(batch)
            loss = self._loss(
                self.model(**self.inputs.of([shown[i] for i in batch])).logits,
                torch.from_numpy(wanted[batch]),
                torch.from_numpy(weights[batch]),
            )
            (loss / usual).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            losses.append(loss.item() / len(batch))
            if (step + 1) % self.arguments.checkpoint_every == 0:
                self._save(step + 1)
                rate = (step + 1 - done) / (time.monotonic() - started)
                left = (len(batches) - step - 1) / rate / 60
                log.info(
                    "step %d of %d, loss %.4f, %.0f minutes left",
                    step + 1,
                    len(batches),
                    float(np.mean(losses[-self.arguments.checkpoint_every :])),
                    left,
                )

    def _all_batches(self, lengths: list[int]) -> list[list[int]]:
        batches: list[list[int]] = []
        for epoch in range(math.ceil(self.arguments.epochs)):
            of_epoch = batches_by_length(
                lengths,
                token_budget=self.arguments.token_budget,
                most=self.arguments.most_examples,
                seed=self.arguments.seed + epoch,
            )
            share = min(1.0, self.arguments.epochs - epoch)
            batches += of_epoch[: math.ceil(share * len(of_epoch))]
        return batches

    def _set_rate(self, progress: float) -> None:
        warmup, decay = self.arguments.warmup, self.arguments.decay
        rising = progress / warmup if progress < warmup else 1.0
        falling = (1 - progress) / decay if 1 - progress < decay else 1.0
        factor = min(rising, falling)
        for group, peak in zip(self.optimizer.param_groups, self.peaks, strict=True):
            group["lr"] = peak * factor

    def _loss(
        self, logits: torch.Tensor, wanted: torch.Tensor, weights: torch.Tensor
    ) -> torch.Tensor:
        columns = columns_of(self.tasks)
        total = logits.new_zeros(())
        for task in self.tasks:
            given, right = logits[:, columns[task.name]], wanted[:, columns[task.name]]
            known = ~right.isnan()
            right = right.nan_to_num()
            if task.exclusive:
                each = -(right * functional.log_softmax(given, dim=1)).sum(dim=1)
            else:
                each = functional.binary_cross_entropy_with_logits(given, right, reduction="none")
                each = (each * known).sum(dim=1)
            total = total + (each * weights).sum()
        return total

    def _save(self, step: int) -> None:
        state = {f"model.{name}": value for name, value in self.model.state_dict().items()}
        for index, moments in self.optimizer.state_dict()["state"].items():
            state |= {f"optimizer.{index}.{name}": value for name, value in moments.items()}
        temporary = self.folder / "resume.tmp"
        save_file(state, temporary, metadata={"step": str(step)})
        temporary.replace(self.folder / "resume.safetensors")
        (self.folder / "resume.json").write_text(json.dumps({"step": step}))

    def _resume(self) -> int:
        file = self.folder / "resume.safetensors"
        if not file.is_file():
            return 0
        state = load_file(file)
        self.model.load_state_dict(
            {
                name.removeprefix("model."): value
                for name, value in state.items()
                if name.startswith("model.")
            }
        )
        moments: dict[int, dict[str, torch.Tensor]] = {}
        for name, value in state.items():
            if name.startswith("optimizer."):
                _, index, moment = name.split(".", 2)
                moments.setdefault(int(index), {})[moment] = value
        layout = self.optimizer.state_dict()
        self.optimizer.load_state_dict({"state": moments, "param_groups": layout["param_groups"]})
        step = int(json.loads((self.folder / "resume.json").read_text())["step"])
        log.info("going on from step %d", step)
        return step


class _Inputs:
    """Makes a model's inputs of windows."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401 - transformers' classes are untyped
        self._takes = set(inspect.signature(model.forward).parameters)
        self._padding = model.config.pad_token_id or 0

    def of(self, batch: Sequence[Window]) -> dict[str, torch.Tensor]:
        """Return a padded batch; not every architecture knows segments."""
        longest = max(len(window.ids) for window in batch)
        ids = torch.full((len(batch), longest), self._padding)
        mask = torch.zeros_like(ids)
        segments = torch.zeros_like(ids)
        for row, window in enumerate(batch):
            size = len(window.ids)
            ids[row, :size] = torch.tensor(window.ids)
            mask[row, :size] = 1
            segments[row, window.first_segment : size] = 1
        made = {"input_ids": ids, "attention_mask": mask, "token_type_ids": segments}
        return {name: value for name, value in made.items() if name in self._takes}
