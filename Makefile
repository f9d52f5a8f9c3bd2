# Everything runs in .venv, which the first target that needs it makes.
PYTHON ?= python3
BIN := .venv/bin
Q ?= How long did the call last?
export Q

.PHONY: ask test lint format bench lock clean

ask: .venv/run  ## answer Q="…" from the built-in articles
	@$(BIN)/qa ask -- "$$Q"

test: .venv/test  ## the test suite
	$(BIN)/python -m pytest

lint: .venv/test  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/test  ## cold start, beside sentence-transformers
	$(BIN)/python -m eval.bench

lock:  ## pin what a new environment with every extra but Milvus resolves to
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install -q ".[test,eval]"
	build/lock/bin/pip freeze --exclude qa-articles | sed 's/+cpu$$//' > constraints.txt

clean:
	rm -rf .venv build

.venv/python:
	@echo "setting up .venv (some minutes the first time) …"
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "qa needs Python 3.11 to 3.13: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv && ln -sf bin/python .venv/python

.venv/run: pyproject.toml constraints.txt | .venv/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/test: pyproject.toml constraints.txt | .venv/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".[test]"
	@touch $@ .venv/run
