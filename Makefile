# Everything here needs python3 and make, and makes its own .venv. `make help` lists the targets.

PYTHON ?= python3
BIN := .venv/bin
# Two at a time is right for two cores; JOBS=0 runs the tests in one process.
JOBS ?= 2
# What the slice of slow tests in `make check` is picked by: the same commit, the same tests.
SEED ?= $(shell git rev-parse HEAD 2>/dev/null || echo none)
SLICE ?= 10

PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-config --no-emit-index-url --no-emit-find-links -q --all-extras --group build

.DEFAULT_GOAL := help
.PHONY: help venv demo test test-all check lint types layers docs slow bench bench-matching lock cases-update format clean
.DELETE_ON_ERROR:

help:
	@echo "make demo          set up, then report on the book in ledgers/"
	@echo "make test          set up, then run the tests (not the slow ones)"
	@echo "make test-all      every test"
	@echo "make check         what CI runs: format, lint, types, layers, docs, make test, a slice of the slow tests"
	@echo "make bench         measure books of 10,000 and 100,000 beside hledger, ledger and bean-check, documents, start-up,"
	@echo "                   the engine; writes docs/PERFORMANCE.md (make bench SIZES=1000000 RUNS=1: other books)"
	@echo "make bench-matching  100,000 receipts with known truth, beside other programs' rules; writes docs/MATCHING.md"
	@echo "make cases-update  rewrite the expected output of literate cases and documentation (read the diff)"
	@echo "make format        format the code and mend what the linter can"
	@echo "make lock          resolve the dependencies again; writes requirements/"
	@echo "make clean         remove what make made"

# --- the environment -------------------------------------------------------------------------------------------------

.venv/made: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "custledger needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "python3 cannot make a virtual environment here. On Debian and Ubuntu, type:" >&2; \
		echo "    sudo apt-get install -y python3-venv" >&2; exit 1; }
	@touch .venv/made

.venv/run: .venv/made requirements/run.txt pyproject.toml
	@echo "setting up .venv ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch .venv/run

.venv/dev: .venv/run requirements/dev.txt
	@echo "setting up the tools for tests ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch .venv/dev

venv: .venv/dev

# --- using it --------------------------------------------------------------------------------------------------------

demo: .venv/run
	@sh tools/demo.sh

bench: .venv/run
	@$(BIN)/python -m benchmarks $(if $(SIZES),--sizes $(SIZES)) $(if $(RUNS),--runs $(RUNS))

bench-matching: .venv/run
	@$(BIN)/python -m benchmarks.matching --write

# --- testing it ------------------------------------------------------------------------------------------------------

test: .venv/dev
	@$(BIN)/pytest -n $(JOBS)

test-all: .venv/dev
	@$(BIN)/pytest -n $(JOBS) --slow

slow: .venv/dev
	@$(BIN)/pytest -n $(JOBS) --slow-slice $(SLICE) --slow-seed $(SEED) || test $$? -eq 5

# As other targets' recipes: one after the other, the cheap ones first.
check: .venv/dev
	@$(MAKE) --no-print-directory lint types layers docs
	@$(MAKE) --no-print-directory slow
	@$(MAKE) --no-print-directory test

lint: .venv/dev
	@$(BIN)/ruff format --check -q . || { echo "run: make format" >&2; exit 1; }
	@$(BIN)/ruff check -q .

types: .venv/dev
	@$(BIN)/mypy

layers: .venv/dev
	@$(BIN)/lint-imports --no-cache > .venv/layers.log || { cat .venv/layers.log; exit 1; }

docs: .venv/dev
	@$(BIN)/python tools/write_commands.py --check
	@$(BIN)/python tools/write_checks.py --check

cases-update: .venv/dev
	@$(BIN)/python tools/write_commands.py
	@$(BIN)/python tools/write_checks.py
	@$(BIN)/pytest -n 0 tests/test_cases.py --update --slow

format: .venv/dev
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix .

lock: .venv/dev
	@$(PIP) install uv
	@$(COMPILE) -o requirements/run.txt
	@$(COMPILE) --group dev -c requirements/run.txt -o requirements/dev.txt

clean:
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
