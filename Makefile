# The commands of a working day. `make run` shows what the package does, `make test` what holds.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPORA ?= ../shared/corpora
BASE ?= sentence-transformers/all-MiniLM-L6-v2
EXAMPLE := data/fixture/harbour_tunnel.txt

# Training allocates and frees the same large blocks at every step; keeping them saves page faults.
MALLOC := MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000

.PHONY: run test check models evaluate clean

run: $(VENV)/.installed
	$(BIN)/classifier report $(EXAMPLE)

test: $(VENV)/.tested-with
	$(BIN)/python -m pytest

check: $(VENV)/.tested-with
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

models: $(VENV)/.trained-with
	$(MALLOC) $(BIN)/classifier train split --corpora $(CORPORA)
	$(MALLOC) $(BIN)/classifier train comment --corpora $(CORPORA) --base $(BASE)
	$(MALLOC) $(BIN)/classifier train stance --corpora $(CORPORA) --base $(BASE)

evaluate: $(VENV)/.trained-with
	$(BIN)/classifier evaluate split --corpora $(CORPORA) --write
	$(BIN)/classifier evaluate comment --corpora $(CORPORA) --write
	$(BIN)/classifier evaluate stance --corpora $(CORPORA) --write

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml $(wildcard classifier/*.py classifier/*/*.py models/*/*)
	$(BIN)/python -m pip install --quiet .
	touch $@

$(VENV)/.tested-with: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	rm -f $(VENV)/.installed
	touch $@

# Pinned: newer releases of torch default to a build of several gigabytes.
$(VENV)/.trained-with: $(VENV)/.tested-with
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --editable '.[test,train]'
	touch $@
