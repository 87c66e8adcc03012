# One command each. Everything that is installed goes into .venv, from the lock files, with hashes.
#   make run [PORT=8123] [FACTCHECK_DATA=dir]     make test [ARGS="-k name"]     make bench, bench-flow

IS_USABLE = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	"$$name" -c '$(IS_USABLE)' 2>/dev/null && { echo "$$name"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# An environment that is missing, or whose Python is gone or too old, is made anew.
USABLE := $(shell $(BIN)/python -c '$(IS_USABLE)' 2>/dev/null && echo yes)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-browser test-chaos bench fuzz lint messages lock clean environment

help:
	@echo "make run | test | test-browser | test-chaos | bench | bench-NAME | fuzz | lint | messages | lock | clean"

# The desk replaces the shell: Ctrl-C and SIGTERM reach it directly, and it ends well on both.
run: $(VENV)/.run-requirements
	@exec $(BIN)/python manage.py desk

test: $(VENV)/.dev-requirements
	$(BIN)/python -m pytest -n auto -m "not chaos and not browser" $(ARGS)

test-browser: $(VENV)/.dev-requirements
	$(BIN)/python -m pytest -m browser $(ARGS)

test-chaos: $(VENV)/.dev-requirements
	$(BIN)/python -m pytest -m chaos $(ARGS)

bench: $(VENV)/.dev-requirements
	$(BIN)/python -m tests.benchmarks

bench-%: $(VENV)/.dev-requirements
	$(BIN)/python -m tests.benchmarks.bench_$(subst -,_,$*) $(ARGS)

# Half a minute, or another number of seconds: make fuzz ARGS=600. Only on Linux with an x86-64 processor.
fuzz: $(VENV)/.fuzz-requirements
	$(BIN)/python -m tests.fuzz.fuzz_extraction $(ARGS)

lint: $(VENV)/.dev-requirements
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

# What is to be translated, into claims/locale/*/LC_MESSAGES/django.po, and from there into what the desk reads; prints
# what a language lacks. To be run again once that is filled in.
messages: $(VENV)/.run-requirements
	@$(BIN)/python manage.py messages

$(VENV)/.run-requirements: requirements.txt $(if $(USABLE),,environment)
	@echo "Installing what the desk needs (a minute or two the first time) …"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.dev-requirements: tests/requirements.txt $(VENV)/.run-requirements
	@echo "Installing what the tests need (a minute or two the first time) …"
	@$(INSTALL) -r tests/requirements.txt
	@touch $@

$(VENV)/.fuzz-requirements: tests/fuzz/requirements.txt $(VENV)/.dev-requirements
	@$(INSTALL) -r tests/fuzz/requirements.txt
	@touch $@

environment:
	@test -n "$(PYTHON)" || { echo "The desk needs Python 3.11 or newer, and none was found." \
		"Install it, or name it: make run PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }

# The lock files, from pyproject.toml, with a uv that is thrown away afterwards.
lock:
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" && \
	"$$folder/bin/pip" install --quiet --disable-pip-version-check uv && \
	lock() { "$$folder/bin/uv" pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header "$$@"; } && \
	lock pyproject.toml -o requirements.txt && \
	lock pyproject.toml --group dev -c requirements.txt -o tests/requirements.txt && \
	lock --group fuzz -o tests/fuzz/requirements.txt

# Caches only: the data of the desk in .local stays.
clean:
	rm -rf .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache staticfiles
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
