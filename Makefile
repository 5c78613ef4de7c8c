# The commands of a working day. `make run` shows what the package does, `make test` what holds.

PYTHON ?= python3
VENV := .venv
DEVELOP := .venv-dev
BIN := $(VENV)/bin
CORPORA ?= ../shared/corpora
BASE ?= sentence-transformers/all-MiniLM-L6-v2
EXAMPLE := data/fixture/harbour_tunnel.txt

# Training allocates and frees the same large blocks at every step; keeping them saves page faults.
MALLOC := MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000

# Where a model's checkpoint is still there, its full precision is measured beside it.
beside = $(addprefix --full-precision ,$(patsubst %/config.json,%,$(wildcard runs/$(1)/checkpoint/config.json)))

.PHONY: run test check models evaluate fuzz clean

run: $(VENV)/.installed
	$(BIN)/classifier report $(EXAMPLE)

test: $(DEVELOP)/.installed
	$(DEVELOP)/bin/python -m pytest

check: $(DEVELOP)/.installed
	$(DEVELOP)/bin/ruff check .
	$(DEVELOP)/bin/ruff format --check .
	$(DEVELOP)/bin/mypy

models: $(DEVELOP)/.installed
	$(MALLOC) $(DEVELOP)/bin/classifier train split --corpora $(CORPORA)
	$(MALLOC) $(DEVELOP)/bin/classifier train comment --corpora $(CORPORA) --base $(BASE)
	$(MALLOC) $(DEVELOP)/bin/classifier train stance --corpora $(CORPORA) --base $(BASE)

evaluate: $(DEVELOP)/.installed
	$(DEVELOP)/bin/classifier evaluate split --corpora $(CORPORA) --write
	$(DEVELOP)/bin/classifier evaluate comment --corpora $(CORPORA) --write $(call beside,comment)
	$(DEVELOP)/bin/classifier evaluate stance --corpora $(CORPORA) --write $(call beside,stance)
	$(DEVELOP)/bin/python -m classifier.evaluating.readme README.md models

# Feeds the parsers inputs that coverage leads to; RUNS are of each target.
RUNS ?= 10000
FUZZED := reading records markup splitting reporting scoring examples answers entries serving

fuzz: $(DEVELOP)/.installed
	$(DEVELOP)/bin/python -m pip install --quiet 'atheris>=2.3'
	for target in $(FUZZED); do \
	  $(DEVELOP)/bin/python tests/fuzzing/fuzz.py $$target --runs $(RUNS) || exit 1; \
	done

clean:
	rm -rf $(VENV) $(DEVELOP) build dist .mypy_cache .pytest_cache .ruff_cache

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
