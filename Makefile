# Chores of the mdtm repository; `make help` lists them. GNU make 4.3 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH_VENV := benchmarks/.cache/venv
CLIENT := client-vscode
VSIX := $(CLIENT)/mdtm.vsix
VSIX_SOURCES := $(shell find server/mdtm templates docs/rules $(CLIENT)/src $(CLIENT)/syntaxes -type f ! -name '*.pyc') \
	pyproject.toml LICENSE $(addprefix $(CLIENT)/,README.md package.json tsconfig.json .vscodeignore requirements.txt \
	bundle.mjs libs.sh package.sh bundled/start.py)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Goes on with a Python that can do it; else stops with one sentence on what is wrong.
need_python = $(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	echo "mdtm needs Python 3.10 or newer with its venv module (Debian: python3-venv); '$(PYTHON)'" \
		"($$($(PYTHON) --version 2>&1)) will not do. Name another: make PYTHON=python3.12" >&2; exit 1; }

# The benchmarks take the system's own, which is the one that editors find, where it will do.
BENCH_PYTHON ?= $(or $(shell /usr/bin/python3 -c 'import sys, venv, ensurepip; sys.version_info < (3, 10) or print(sys.executable)' 2>/dev/null),$(PYTHON))

.DEFAULT_GOAL := help
.PHONY: help run test check fmt pages real-files lock wheel vsix need-node code e2e bench clean

help: ## list the targets
	@sed -nE 's/^([a-z0-9]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(READY) ## do the main job on examples/workspace
	@$(BIN)/python -m tests.main_job examples/workspace

test: check ## run the checks and the tests; says why what was not run was not
	@$(BIN)/python -m pytest -rs -n auto --dist loadfile --no-loadscope-reorder

check: $(READY) ## look for faults without running: ruff, formatting, types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

fmt: $(READY) ## format the code and cure what ruff can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

pages: $(READY) ## write what the rules and the verbs say of themselves: docs/, the lists in README.md, default_levels.py
	@$(BIN)/python -m tests.write_pages
	@$(BIN)/python -m tests.write_commands
	@$(BIN)/python -m tests.write_schemas

real-files: $(READY) ## write docs/real-files.md from the folder of real files that MDTM_CORPUS names
	@$(BIN)/python -m tests.write_real_files

lock: ## pin the newest fitting dependencies, those of the extension's server too
	@$(need_python)
	@uv=$$(mktemp -d) && trap 'rm -rf "$$uv"' EXIT && \
	$(PYTHON) -m venv "$$uv" && "$$uv/bin/pip" install -q uv && \
	"$$uv/bin/uv" pip compile -q pyproject.toml --extra dev --upgrade \
		--universal --python-version 3.10 --no-header -o requirements-dev.txt && \
	"$$uv/bin/uv" pip compile -q pyproject.toml --constraint requirements-dev.txt --upgrade \
		--python-version 3.10 --no-header --no-annotate -o $(CLIENT)/requirements.txt

wheel: $(READY) ## build the wheel into dist/
	@$(BIN)/pip wheel -q --no-deps --wheel-dir dist .
	@ls dist/*.whl

vsix: need-node $(VSIX) ## package the VS Code extension, client-vscode/mdtm.vsix; needs Node 20 or newer

need-node:
	@command -v node > /dev/null && command -v npm > /dev/null || { echo "The extension is made with Node.js 20 or newer and npm; there is none." >&2; exit 1; }

code: need-node $(VSIX) ## serve real VS Code with the extension to your browser, on a copy of examples/workspace
	@$(CLIENT)/e2e/code.sh

e2e: ## drive the extension in real VS Code, the newest and the oldest, as a person would
	@$(CLIENT)/e2e/e2e.sh $(VERSIONS)

bench: $(BENCH_VENV)/.ready ## measure the speed, into docs/performance.md; BENCH=keystroke a part of it
	@$(BENCH_VENV)/bin/python -m benchmarks $(BENCH)

clean: ## remove all that the other targets made, .venv too
	@rm -rf $(addprefix $(CLIENT)/,node_modules dist out bundled/libs LICENSE mdtm.vsix)
	@rm -rf $(VENV) benchmarks/.cache dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find server tests benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# The virtual environment, made once and brought up to date when its two sources change.
$(READY): pyproject.toml requirements-dev.txt
	@$(need_python)
	@echo "Installing into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q -r requirements-dev.txt
	@$(BIN)/pip install -q --no-deps -e .
	@touch $@

# The Python server's libraries are gathered by the environment's pip; a new environment makes no new package.
$(VSIX): $(VSIX_SOURCES) $(CLIENT)/node_modules/.ready | $(READY)
	@$(CLIENT)/package.sh $(BIN)/python

$(CLIENT)/node_modules/.ready: $(CLIENT)/package-lock.json $(CLIENT)/.npmrc
	@echo "Installing the tools of the VS Code client ..."
	@cd $(CLIENT) && npm ci --silent
	@touch $@

$(BENCH_VENV)/.ready: pyproject.toml benchmarks/requirements.txt
	@$(need_python)
	@echo "Installing into $(BENCH_VENV) ..."
	@$(BENCH_PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/pip install -q -r benchmarks/requirements.txt -e .
	@touch $@
