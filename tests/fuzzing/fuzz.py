"""Feed one target with what coverage leads to: ``python tests/fuzzing/fuzz.py reading``.

Wants ``atheris``. An input that fails is left as a file beside the corpus, and named.
"""

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import atheris
from seeds import dictionary, seeds
from targets import ON_THE_BASELINE, TARGETS, scorer

import classifier

STAGES = ("reading", "splitting", "labelling", "aggregating", "reporting", "annotating", "serving")

with atheris.instrument_imports(include=["classifier"]):
    for module in walk_packages(classifier.__path__, "classifier."):
        if module.name.split(".")[1] in (*STAGES, "examples"):
            import_module(module.name)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("target", choices=TARGETS)
    asked.add_argument("--runs", type=int, default=10_000)
    asked.add_argument("--seconds", type=int, default=0, help="Stop then; by default never.")
    asked.add_argument("--length", type=int, default=4096, help="Most bytes of an input.")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--corpus", type=Path, help="Kept there; by default forgotten.")
    given = asked.parse_args()
    from classifier.labelling.released import ReleasedModel

    if given.target in ON_THE_BASELINE:
        ReleasedModel.transformer = ReleasedModel.baseline  # type: ignore[misc, assignment]
    if given.target in {*ON_THE_BASELINE, "scoring"}:
        scorer().score("Loaded before the clock runs.")
    corpus = given.corpus or Path(tempfile.mkdtemp(prefix="fuzzing-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = corpus.with_suffix(".dict")
    words.write_text(dictionary())
    options = {
        "runs": given.runs,
        "max_total_time": given.seconds,
        "seed": given.seed,
        "dict": words,
        "max_len": given.length,
        "timeout": 30,
        "rss_limit_mb": 3000,
        "artifact_prefix": f"{corpus.parent}/{given.target}-",
        "print_final_stats": 1,
    }
    arguments = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup([sys.argv[0], *arguments, str(corpus)], TARGETS[given.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
