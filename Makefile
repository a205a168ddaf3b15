# Chores of the mdtm repository; `make help` lists them. GNU make 4.3 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Goes on with a Python that can do it; else stops with one sentence on what is wrong.
need_python = $(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	echo "mdtm needs Python 3.10 or newer with its venv module (Debian: python3-venv); '$(PYTHON)'" \
		"($$($(PYTHON) --version 2>&1)) will not do. Name another: make PYTHON=python3.12" >&2; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help run test check fmt pages lock wheel clean

help: ## list the targets
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(READY) ## do the main job on examples/workspace
	@$(BIN)/python -m tests.main_job examples/workspace

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest

check: $(READY) ## look for faults without running: ruff, formatting, types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

fmt: $(READY) ## format the code and cure what ruff can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

pages: $(READY) ## write the pages of the rules, docs/rules/, from their docstrings
	@$(BIN)/python -m tests.write_pages

lock: ## pin the newest fitting dependencies in requirements-dev.txt
	@$(need_python)
	@uv=$$(mktemp -d) && trap 'rm -rf "$$uv"' EXIT && \
	$(PYTHON) -m venv "$$uv" && "$$uv/bin/pip" install -q uv && \
	"$$uv/bin/uv" pip compile -q pyproject.toml --extra dev --upgrade \
		--universal --python-version 3.10 --no-header -o requirements-dev.txt

wheel: $(READY) ## build the wheel into dist/
	@$(BIN)/pip wheel -q --no-deps --wheel-dir dist .
	@ls dist/*.whl

clean: ## remove all that the other targets made, .venv too
	@rm -rf $(VENV) dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find server tests benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# The virtual environment, made once and brought up to date when its two sources change.
$(READY): pyproject.toml requirements-dev.txt
	@$(need_python)
	@echo "Installing into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q -r requirements-dev.txt
	@$(BIN)/pip install -q --no-deps -e .
	@touch $@
