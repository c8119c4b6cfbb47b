# What a newcomer and a developer type. `make help` explains itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The CPU build of torch, where its index can be reached; the general index brings several GB of CUDA packages instead.
CPU_TORCH := https://download.pytorch.org/whl/cpu
TORCH := $(shell grep '^torch==' requirements.lock)

.DEFAULT_GOAL := help
.PHONY: help run test lint fix bench lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 8

run: $(READY) ## Set up what is missing and start the tutor (MODEL=none|local|provider:name)
	@$(BIN)/stepwise up $(if $(MODEL),--model $(MODEL))

test: $(READY) ## Set up what is missing, check the code and the corpus, run the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

lint: $(READY) ## Check the corpus alone
	$(BIN)/stepwise lint

fix: $(READY) ## Format the code and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## Measure everything and write docs/benchmarks.md (CORPUS=folder in BEIR's form adds ranking on it)
	@$(BIN)/stepwise refresh
	@$(BIN)/stepwise eval --report docs/benchmarks.md $(if $(CORPUS),--corpus $(CORPUS))

lock: ## Write requirements.lock anew from the newest versions that pyproject.toml allows
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet $(TORCH)
	build/lock/bin/pip install --quiet --editable '.[dev]'
	{ echo '# Made by `make lock`: every package with its version. torch is installed first, see the Makefile.'; \
	  build/lock/bin/pip freeze --exclude-editable | sed -E 's/^torch @ .*/$(TORCH)/; s/^(torch==[0-9.]+)\+cpu/\1/'; } > requirements.lock
	rm -rf build/lock

clean: ## Delete the virtual environment (state in .stepwise stays)
	rm -rf $(VENV) build

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Stepwise needs Python 3.11 or newer (PYTHON=python3.12 make …).'; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { echo 'The venv module is missing: apt-get install python3-venv'; exit 1; }
	@echo 'Installing the dependencies (once, about two minutes)…'
	@$(BIN)/python -c 'import torch' 2>/dev/null \
	  || $(BIN)/pip install --quiet --disable-pip-version-check --retries 0 --timeout 5 --index-url $(CPU_TORCH) $(TORCH) 2>/dev/null \
	  || $(BIN)/pip install --quiet --disable-pip-version-check $(TORCH)
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
