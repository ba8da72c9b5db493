# One set of verbs, here and in CI. `make help` lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/pip install --quiet --constraint constraints.txt

# The reference spec's terms, freezes and waivers are judged as of this day.
export ABMSPEC_TODAY ?= 2026-10-01
# Pins hold in the isolated environment that builds the package too.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

# How this repository's own workflows get the tool: from its source, and the pinned day with it.
GITHUB := --workflows --install 'make install PYTHON=python' --env ABMSPEC_TODAY=$(ABMSPEC_TODAY)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

.PHONY: help
help: ## List the verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

.PHONY: run
run: $(VENV)/.installed-all ## Check, build and publish this repository's own spec
	$(BIN)/abmspec check
	$(BIN)/abmspec build
	$(BIN)/abmspec docs
	@echo 'Compiled: dist/'
	@echo 'The site: open site/index.html'

.PHONY: install
install: $(VENV)/.installed-all ## Install the tool into .venv

.PHONY: test
test: setup check test-only ## Everything that CI runs

.PHONY: setup
setup: $(VENV)/.installed-dev tests/node/node_modules/.installed system ## Install what the tests need

.PHONY: check
check: check-format check-lint check-types check-imports check-spec ## Everything but the tests

.PHONY: check-format
check-format: $(VENV)/.installed-dev
	$(BIN)/ruff format --check --quiet .

.PHONY: check-lint
check-lint: $(VENV)/.installed-dev
	$(BIN)/ruff check --quiet .

.PHONY: check-types
check-types: $(VENV)/.installed-dev
	$(BIN)/mypy --strict --no-error-summary

.PHONY: check-imports
check-imports: $(VENV)/.installed-dev
	$(BIN)/lint-imports --no-logo

.PHONY: check-spec
check-spec: $(VENV)/.installed-dev
	$(BIN)/abmspec fmt --check
	$(BIN)/abmspec github --check $(GITHUB)

.PHONY: test-only
test-only: $(VENV)/.installed-dev ## The tests alone: make test-only ARGS='-k overlay'
	$(BIN)/pytest --numprocesses auto --dist worksteal --quiet $(ARGS)

.PHONY: test-quick
test-quick: $(VENV)/.installed-dev ## The tests without other people's checkers and browsers
	$(BIN)/pytest --numprocesses auto --dist worksteal --quiet -m 'not external and not browser' $(ARGS)

.PHONY: bench
bench: $(VENV)/.installed-dev ## Measure speed against the budgets in benchmarks/
	$(BIN)/python -m benchmarks $(ARGS)

.PHONY: format
format: $(VENV)/.installed-dev ## Format the code and mend what the linter can
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .

.PHONY: github
github: $(VENV)/.installed-all ## Make CODEOWNERS, issue forms and workflows anew from the reference spec
	$(BIN)/abmspec github $(GITHUB)

.PHONY: constraints
constraints: ## Take the newest versions and write them down in constraints.txt
	rm -rf build/constraints
	$(PYTHON) -m venv build/constraints
	env -u PIP_CONSTRAINT build/constraints/bin/pip install --quiet --editable '.[all,dev]'
	build/constraints/bin/pip freeze --exclude-editable > constraints.txt

.PHONY: clean
clean: ## Remove everything that is built or installed
	rm -rf $(VENV) build dist site tests/node/node_modules
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find abmspec tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Ordered after the interpreter, not newer than it: its time stamp is that of the system's Python.
$(VENV)/.installed-all: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) --editable '.[all]'
	touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) --editable '.[all,dev]'
	touch $(VENV)/.installed-all $@

# Checkers that are published for Node alone. Without Node, the tests that use them are skipped.
tests/node/node_modules/.installed: tests/node/package.json tests/node/.npmrc
	@if command -v npm > /dev/null; then \
		cd tests/node && npm install --silent && touch node_modules/.installed; \
	else \
		echo 'npm is missing: the tests that need Node are skipped'; \
	fi

# A browser for the tests of the site, and what the workflows' steps use. Installed only where that asks nobody: as root,
# on Debian.
.PHONY: system
system:
	@missing=; \
	command -v chromium > /dev/null || command -v google-chrome > /dev/null || missing="$$missing chromium"; \
	command -v jq > /dev/null || missing="$$missing jq"; \
	if [ -z "$$missing" ]; then \
		:; \
	elif [ "$$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then \
		echo "Installing$$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends $$missing > /dev/null; \
	else \
		echo "Missing:$$missing; the tests that need them are skipped"; \
	fi
