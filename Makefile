# Everything a person or a machine does with this project. The README needs two: `make demo` and `make test`.

PYTHON ?= python3
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/done
BUILD := $(CURDIR)/$(VENV)/build
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
GAZETTEER := src/sayso/claim/gazetteer.sqlite
EXAMPLES := $(sort $(foreach end,txt html pdf jsonl,$(wildcard examples/*.$(end))))

UV_VERSION := 0.13.9
COMPILE := $(BIN)/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --annotation-style line $(if $(UPGRADE),--upgrade)

.DELETE_ON_ERROR:
.PHONY: help demo test soak lint format picture news lock clean

help: ## say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

demo: $(DONE)/sayso ## install what the program needs and read the example reports
	@$(BIN)/sayso read $(EXAMPLES)

test: lint ## install what the tests need and run them all
	$(BIN)/python -m pytest -n $(JOBS)

soak: $(DONE)/test ## what takes too long for every day: hundreds of kills, a million claims
	$(BIN)/python -m pytest -m soak -s
	EXAMPLES=2000 $(BIN)/python -m pytest -q -n $(JOBS) tests/reconcile/test_properties.py tests/reconcile/test_zeros.py

lint: $(DONE)/test ## style, types and the rules of the house, without the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DONE)/test ## put the code into its usual form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

picture: $(DONE)/test ## draw the README's picture again from what the program prints now
	$(BIN)/python docs/picture.py

news: $(DONE)/test ## show the news since the last release
	$(BIN)/towncrier build --draft --version next

lock: $(DONE)/python ## pin the libraries again after a change of pyproject.toml; UPGRADE=1 takes newer ones
	$(PIP) install 'uv==$(UV_VERSION)'
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) --group test --constraint requirements/run.txt --output-file requirements/test.txt
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		| $(COMPILE) - --constraint requirements/run.txt --output-file requirements/build.txt

clean: ## remove everything that was made
	rm -rf $(VENV) $(GAZETTEER) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Each step leaves a mark under .venv/done, so that it is done again only when what it depends on has changed.

$(DONE)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "sayso needs Python 3.11 or newer, and '$(PYTHON)' is not. Name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments. Install its venv module (on Debian: apt install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(@D) && touch $@

$(DONE)/run: requirements/run.txt $(DONE)/python
	@echo 'Installing the libraries that sayso uses; this takes a minute or two the first time.'
	$(PIP) install --require-hashes --requirement $<
	@touch $@

# Tools that only the build needs stay in a folder of their own, so that .venv holds what a user would have.
$(DONE)/build: requirements/build.txt $(DONE)/python
	rm -rf $(BUILD)
	$(PIP) install --require-hashes --target $(BUILD) --requirement $<
	@touch $@

ifeq ($(wildcard $(GAZETTEER)),)
.PHONY: $(DONE)/sayso
endif
$(DONE)/sayso: $(DONE)/run $(DONE)/build pyproject.toml hatch_build.py \
		src/sayso/claim/gazetteer.py src/sayso/claim/words/gazetteer-en.toml
	PYTHONPATH=$(BUILD) $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DONE)/test: requirements/test.txt $(DONE)/sayso
	$(PIP) install --require-hashes --requirement $<
	@touch $@
