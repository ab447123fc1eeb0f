# What a person types, and what .ci/run types. Needs make (GNU 3.81 or newer), a POSIX shell and Python 3.11 or newer.
#
# Everything goes into $(VENV), at the versions of constraints.txt. A stamp file stands for each thing installed, so
# nothing is installed twice, and what is installed needs no network. pip's own configuration (an index, a proxy, a
# folder of wheels) is respected.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
LIBRARY ?=
PYTEST_ARGS ?=
JOBS ?= auto
BENCH_ARGS ?=

# The first of these that is a tested version; failing that, a python3 that is newer. `make PYTHON=...` overrides it.
TESTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
USABLE := import sys; sys.exit(sys.version_info[:2] < (3, 11))
ifndef PYTHON
PYTHON := $(shell \
  for p in python3 python3.13 python3.12 python3.11; do \
    "$$p" -c '$(TESTED)' 2>/dev/null && echo "$$p" && exit; \
  done; echo python3)
endif

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-compile --constraint constraints.txt
SOURCES := corpus index qa web tests benchmarks

.PHONY: help serve test testall lint format types imports check bench baseline docs wheel clean

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

serve: $(VENV)/run.stamp ## install, make the starter library if there is none, open the chat page (HOST, PORT, LIBRARY)
	$(BIN)/exocite $(if $(LIBRARY),--library "$(LIBRARY)") serve --host "$(HOST)" --port "$(PORT)"

PYTEST := HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 $(BIN)/python -m pytest -n $(JOBS) --dist loadscope --no-loadscope-reorder

test: $(VENV)/test.stamp ## run the tests, less the long ones, on all cores (PYTEST_ARGS="-k names" for some of all; JOBS=0 on one)
	$(PYTEST) $(or $(PYTEST_ARGS),-m "not long")

testall: $(VENV)/test.stamp ## run every test
	$(PYTEST)

lint: $(VENV)/lint.stamp ## find what ruff forbids, and what it would lay out otherwise
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

format: $(VENV)/lint.stamp ## lay the code out, and mend what can be mended safely
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

types: $(VENV)/lint.stamp ## check the types, strictly
	$(BIN)/python -m mypy

imports: $(VENV)/lint.stamp ## check that imports go web, qa, index, corpus and never back
	$(BIN)/lint-imports

check: lint types imports ## lint, types and imports together

BENCH ?= cold search encoding building growth vectors words pages intake

bench: $(VENV)/test.stamp ## measure speed, each beside a plain way to do it, in minutes (BENCH="cold search", BENCH_ARGS)
	@for one in $(BENCH); do printf '\n== %s\n' $$one; \
	  HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 $(BIN)/python benchmarks/$$one.py $(BENCH_ARGS) || exit 1; done

baseline: $(VENV)/run.stamp ## save the fixed set's figures anew, below which no test lets them fall
	HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 $(BIN)/python benchmarks/baseline.py

docs: $(VENV)/run.stamp ## write docs/commands.md anew from the commands' own help
	$(BIN)/python -m typer qa.cli utils docs --name exocite --title Commands --output docs/commands.md

wheel: $(VENV)/pip.stamp ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --build-constraint constraints.txt --wheel-dir dist .

clean: ## remove the environment, caches and what was built; libraries stay
	rm -rf "$(VENV)" dist build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find $(SOURCES) -type d -name __pycache__ -prune -exec rm -rf {} +

# pip comes first: the one a new environment holds may be too old to know dependency groups.
$(VENV)/pip.stamp: constraints.txt
	@command -v "$(PYTHON)" >/dev/null && "$(PYTHON)" -c '$(USABLE)' 2>/dev/null || { \
	  echo 'Exocite needs Python 3.11 or newer, and "$(PYTHON)" is not. Install one, or name one: make PYTHON=/path/to/python3.12' >&2; \
	  exit 1; }
	@test -x $(BIN)/python || { echo 'Making $(VENV) with $(PYTHON)'; "$(PYTHON)" -m venv "$(VENV)"; } || { \
	  rm -rf "$(VENV)"; \
	  echo 'Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv' >&2; \
	  exit 1; }
	$(PIP) --quiet --upgrade pip
	@touch $@

$(VENV)/run.stamp: $(VENV)/pip.stamp pyproject.toml
	@echo 'Installing what Exocite runs on; the first time this takes minutes'
	$(PIP) --build-constraint constraints.txt --editable .
	@# compiled now, so that the first question is as fast as those after it
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -c 'import qa.cli, qa.commands.printing, qa.service; from index.lean import openvino; openvino()'
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp
	$(PIP) --quiet --group test
	@touch $@

$(VENV)/lint.stamp: $(VENV)/run.stamp
	$(PIP) --quiet --group lint
	@touch $@
