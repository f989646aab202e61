# Two commands for a newcomer: `make demo` and `make test`. Both make .venv first; nothing is installed outside it
# but, for the tests in a browser on Debian, chromium where it is missing.
PYTHON ?= python3
SHELL := /bin/bash
BIN := .venv/bin
OUT ?= report.html

.PHONY: demo test setup browser lint types tests examples docs benchmark clean

demo: .venv/run
	$(BIN)/anagen run examples/thread.toml --out $(OUT)
	@echo "Open $(OUT) in a browser; it needs no network."

test: setup lint types examples docs tests

setup: .venv/dev

.venv/run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "anagen needs Python 3.11 or later; try: make $@ PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/dev: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: setup
	$(BIN)/basedpyright --pythonpath $(BIN)/python

# every example runs, to the report, with few draws; a routine over its limit is an answer, not a failure
examples: setup
	for file in examples/*.toml; do \
	  $(BIN)/anagen check $$file > /dev/null || test $$? -eq 1 || exit 1; \
	  $(BIN)/anagen plan $$file > /dev/null || exit 1; \
	  $(BIN)/anagen run $$file --draws 4 --out .venv/example.html > /dev/null || exit 1; \
	done

docs: setup
	$(BIN)/mkdocs build --quiet --strict

# where it may not be installed it says so, and the tests that need it are skipped
browser:
	tests/web/install-browser || true

tests: setup browser
	$(BIN)/python -m pytest

benchmark: setup
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/foods_import.py
	$(BIN)/python benchmarks/follicles.py

clean:
	rm -rf .venv site report.html
