"""What decides a training run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingArguments:
    """Hyperparameters of fine-tuning.

    Parameters
    ----------
    base : str
        Folder or hub id of the encoder to start from.
    epochs : float
        Passes over the training examples.
    learning_rate, head_learning_rate : float
        Peak rates of the encoder and of the fresh classification head.
    warmup, decay : float
        Shares of the steps, first and last, in which the rate rises from zero and falls back to
        it; between them it holds (Hu et al. 2024, MiniCPM), so that an interrupted run can be
        ended early, or lengthened, by another number of epochs.
    weight_decay : float
        Decoupled weight decay (Loshchilov & Hutter 2019).
    max_tokens : int
        Tokens of an example that are seen in training; longer texts are cut.
    token_budget, most_examples : int
        Size of a batch: padded tokens, examples.
    frozen_layers : int
        Lower layers that stay as they are, with the embeddings; what they answer is kept on disk
        (two bytes a number), so that an epoch costs the layers above alone.
    teacher_share : float
        Where a teacher answers too: its part in what is learned, 0 to 1.
    own_examples : bool
        Whether the examples of our own writing are learned beside the corpora.
    each_once : bool
        Whether no example repeats in an epoch, and of the harmless comments a sample is learned:
        what a larger model has the time for.
    seed : int
        Decides the head's start and the order of examples.
    checkpoint_every : int
        Steps between checkpoints from which an interrupted run goes on.
    """

    base: str = "sentence-transformers/all-MiniLM-L6-v2"
    epochs: float = 2.0
    learning_rate: float = 1e-4
    head_learning_rate: float = 5e-4
    warmup: float = 0.04
    decay: float = 0.3
    weight_decay: float = 0.01
    max_tokens: int = 128
    token_budget: int = 4096
    most_examples: int = 64
    frozen_layers: int = 0
    teacher_share: float = 0.5
    own_examples: bool = True
    each_once: bool = False
    seed: int = 17
    checkpoint_every: int = 250
