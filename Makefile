# The commands of a working day. `make run` shows what the package does, `make test` what holds.

PYTHON ?= python3
VENV := .venv
DEVELOP := .venv-dev
BIN := $(VENV)/bin
CORPORA ?= ../shared/corpora
BASE ?= sentence-transformers/all-MiniLM-L6-v2
LARGE ?= sentence-transformers/all-mpnet-base-v2
EXAMPLE := data/fixture/harbour_tunnel.txt

# Training allocates and frees the same large blocks at every step; keeping them saves page faults.
MALLOC := MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000

# Where what a model was released from is still there, its full precision is measured beside it.
beside = $(addprefix --full-precision ,$(patsubst %/config.json,%,$(firstword \
  $(foreach run,ours/$(1)-further/released $(1)-further/released $(1)/checkpoint,\
    $(wildcard runs/$(run)/config.json)))))

.PHONY: run test check check-deps release models evaluate fuzz clean

run: $(VENV)/.installed
	$(BIN)/classifier report $(EXAMPLE)

test: $(DEVELOP)/.installed
	$(DEVELOP)/bin/python -m pytest

check: $(DEVELOP)/.installed
	$(DEVELOP)/bin/ruff check .
	$(DEVELOP)/bin/ruff format --check .
	$(DEVELOP)/bin/mypy

# The lower bounds that pyproject.toml gives, then the newest releases, on tests that need no
# training; and the licence of everything that was installed.
DEPS := .venv-deps
DEPS_TESTS := tests/regression/test_released_networks.py tests/test_checksums.py \
  tests/reading/test_json_lines.py tests/reading/test_tables.py tests/reading/test_parquet.py \
  tests/reading/test_warc.py tests/reading/test_compressed.py tests/reading/html/test_threads.py \
  tests/splitting/test_split.py tests/labelling/test_scorer.py tests/reporting/test_terminal.py \
  tests/aggregating/test_summarize.py tests/cli/test_app.py tests/cli/test_report.py \
  tests/serving/test_perspective.py

check-deps: $(DEVELOP)/.installed
	$(DEVELOP)/bin/python -m pip install --quiet uv pip-licenses
	for resolution in lowest-direct highest; do \
	  $(DEVELOP)/bin/uv venv --quiet --clear $(DEPS) && \
	  $(DEVELOP)/bin/uv pip compile --quiet --resolution $$resolution --python $(DEPS) \
	    --extra parquet --extra annotate --extra serve --extra web pyproject.toml \
	    --output-file $(DEPS)/requirements.txt && \
	  $(DEVELOP)/bin/uv pip install --quiet --python $(DEPS) \
	    --requirement $(DEPS)/requirements.txt pytest pytest-timeout hypothesis httpx && \
	  $(DEPS)/bin/python -m pytest --quiet $(DEPS_TESTS) || exit 1; \
	done
	$(DEVELOP)/bin/pip-licenses --python $(DEPS)/bin/python --order license

# Wheel and source archive, and what the default install brings along (a CycloneDX SBOM).
release: $(VENV)/.installed $(DEVELOP)/.installed
	$(DEVELOP)/bin/python -m pip install --quiet build cyclonedx-bom
	$(DEVELOP)/bin/python -m build --outdir dist
	$(DEVELOP)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-format JSON --output-file dist/sbom.json $(BIN)/python

models: $(DEVELOP)/.installed
	$(MALLOC) $(DEVELOP)/bin/classifier train split --corpora $(CORPORA)
	$(MALLOC) $(DEVELOP)/bin/classifier train comment --corpora $(CORPORA) --base $(BASE)
	$(MALLOC) $(DEVELOP)/bin/classifier train comment --corpora $(CORPORA) --base $(LARGE) \
	  --only jigsaw --only 'toxic spans' --only 'reddit incivility' --only misogyny \
	  --only 'ad hominem' --only 'own threads' --each-once --frozen-layers 8 \
	  --learning-rate 5e-5 --epochs 0.8 --runs runs/large --output runs/large
	$(MALLOC) $(DEVELOP)/bin/classifier train comment --corpora $(CORPORA) --base $(LARGE) \
	  --only goemotions --only 'rated tweets' --only 'own threads' --each-once \
	  --frozen-layers 6 --learning-rate 5e-5 --epochs 2 --runs runs/sentiment \
	  --output runs/sentiment
	$(MALLOC) $(DEVELOP)/bin/classifier train comment --corpora $(CORPORA) --init models/comment \
	  --teacher runs/large/comment/checkpoint \
	  --sentiment-teacher runs/sentiment/comment/checkpoint
	$(MALLOC) $(DEVELOP)/bin/classifier train comment --corpora $(CORPORA) --init models/comment \
	  --runs runs/ours
	$(MALLOC) $(DEVELOP)/bin/classifier train stance --corpora $(CORPORA) --base $(BASE)
	$(MALLOC) $(DEVELOP)/bin/classifier train stance --corpora $(CORPORA) --base $(LARGE) \
	  --only vast --only 'tweeteval stance' --frozen-layers 8 --learning-rate 5e-5 --epochs 1.5 \
	  --runs runs/large --output runs/large
	$(MALLOC) $(DEVELOP)/bin/classifier train stance --corpora $(CORPORA) --init models/stance \
	  --teacher runs/large/stance/checkpoint

evaluate: $(DEVELOP)/.installed
	$(DEVELOP)/bin/classifier evaluate split --corpora $(CORPORA) --write
	$(DEVELOP)/bin/classifier evaluate comment --corpora $(CORPORA) --write $(call beside,comment)
	$(DEVELOP)/bin/classifier evaluate stance --corpora $(CORPORA) --write $(call beside,stance)
	$(DEVELOP)/bin/python -m classifier.evaluating.readme README.md models

# Feeds the parsers inputs that coverage leads to; RUNS are of each target.
RUNS ?= 10000
FUZZED := reading records markup splitting reporting scoring examples answers entries serving

fuzz: $(DEVELOP)/.installed
	$(DEVELOP)/bin/python -m pip install --quiet 'atheris>=3.0'
	for target in $(FUZZED); do \
	  $(DEVELOP)/bin/python tests/fuzzing/fuzz.py $$target --runs $(RUNS) || exit 1; \
	done

clean:
	rm -rf $(VENV) $(DEVELOP) $(DEPS) build dist .mypy_cache .pytest_cache .ruff_cache

$(VENV)/bin/python $(DEVELOP)/bin/python:
	$(PYTHON) -m venv $(@D:/bin=)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml $(wildcard classifier/*.py classifier/*/*.py models/*/*)
	$(BIN)/python -m pip install --quiet .
	touch $@

# Tests fine-tune a tiny encoder, so they want the train extra. Pinned: newer releases of torch
# default to a build of several gigabytes.
$(DEVELOP)/.installed: $(DEVELOP)/bin/python pyproject.toml
	$(DEVELOP)/bin/python -m pip install --quiet torch==2.13.0
	$(DEVELOP)/bin/python -m pip install --quiet --editable '.[test,train,annotate]'
	touch $@
