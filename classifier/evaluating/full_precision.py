"""A released model as it was before its weights were rounded to eight bits."""

import shutil
import tempfile
from pathlib import Path

from classifier.errors import InputError, MissingExtraError
from classifier.labelling.released import ReleasedModel


def in_full_precision(model: ReleasedModel, checkpoint: Path) -> ReleasedModel:
    """Return a model with the network of the checkpoint that it was released from.

    Its outputs are read by the released model's calibration and cut into the same windows, so
    that any difference is due to rounding.

    Parameters
    ----------
    model : ReleasedModel
        The released model.
    checkpoint : Path
        Folder that `classifier train` left beside its runs, in `transformers`' layout.

    Raises
    ------
    InputError
        If the folder holds no checkpoint.
    MissingExtraError
        If the ``train`` extra is not installed.
    """
    try:
        from classifier.training.export import export_full
    except ImportError as error:
        raise MissingExtraError("full precision", "train") from error
    if not (checkpoint / "config.json").is_file():
        raise InputError(f"{checkpoint}: holds no checkpoint: name the folder that training left")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        export_full(checkpoint, folder / "model.onnx")
        shutil.copy(checkpoint / "tokenizer.json", folder)
        return model.with_network_of(folder)
