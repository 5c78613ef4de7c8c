import subprocess
import sys

import pytest

import classifier

HEAVY = ("numpy", "sklearn", "scipy", "onnxruntime", "torch", "pydantic", "rich", "tokenizers")


def modules_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = modules_after("import classifier")
    assert "classifier.errors" in loaded
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("name", classifier.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(classifier, name) is not None
    assert name in dir(classifier)


def test_a_name_asked_for_loads_what_it_needs_and_no_torch() -> None:
    loaded = modules_after("from classifier import Scorer, read_threads, summarize")
    assert "classifier.labelling" in loaded
    assert not loaded.intersection({"torch", "transformers"})


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'scorer'"):
        _ = classifier.scorer  # type: ignore[attr-defined]


def test_the_errors_share_one_root() -> None:
    for error in (
        classifier.InputError,
        classifier.UsageError,
        classifier.ModelError,
        classifier.MissingExtraError,
    ):
        assert issubclass(error, classifier.ClassifierError)
