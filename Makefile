PY   ?= python3
PORT ?= 8000
VENV := .venv
BIN  := $(VENV)/bin
# Debian's python3 has no ensurepip and refuses to install outside of a virtual environment; the
# system's pip can install into one all the same. Hashes are checked by both installers.
PIP  := $(PY) -m pip --disable-pip-version-check --python $(BIN)/python install -q --require-hashes --no-deps
UV   := $(BIN)/uv pip sync -q --python $(BIN)/python --no-python-downloads --require-hashes
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
PYTHON := $(BIN)/python -W ignore
# Tools need settings, but no instance.
TOOL   := DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON)
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-python-downloads $(if $(UPGRADE),--upgrade)

.PHONY: help run test check lint types migrations compose openapi lock bench mutants

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with PY=python3.11")'
	$(PY) -m venv --without-pip $(VENV)

$(BIN)/uv: requirements-uv.lock | $(BIN)/python
	-$(PIP) -r requirements-uv.lock && touch $@

# uv takes seconds where pip takes more than a minute; pip does it where uv cannot.
$(RUN_STAMP): requirements.lock | $(BIN)/python $(BIN)/uv
	$(UV) requirements.lock || $(PIP) -r requirements.lock
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP)
	$(UV) requirements-dev.lock || $(PIP) -r requirements-dev.lock
	@touch $@

run: $(RUN_STAMP) ## Start a trial instance on http://127.0.0.1:8000 (PORT=…)
	@$(PYTHON) manage.py serve --port '$(PORT)'

test: $(DEV_STAMP) ## The tests that take minutes at most
	$(PYTHON) -m pytest -m 'not slow and not contract and not browser'

check: $(DEV_STAMP) ## Everything: lint, types, layers, migrations, compose file, all tests
	@$(MAKE) --no-print-directory -j2 -O lint types migrations compose
	HYPOTHESIS_EXAMPLES=1000 $(PYTHON) -m pytest

lint: $(DEV_STAMP) ## Style, formatting and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(DEV_STAMP) ## Static types
	$(BIN)/mypy

migrations: $(DEV_STAMP) ## No model change without its migration
	$(TOOL) manage.py makemigrations --check --dry-run

# No container engine runs in CI, so the images are not built there: the compose file is checked
# against the Compose Specification only.
compose: $(DEV_STAMP) ## The compose file against its schema
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

openapi: $(DEV_STAMP) ## Write openapi/platform-api.v1.yaml
	$(TOOL) manage.py openapi

lock: | $(BIN)/uv ## Write the locks from pyproject.toml (UPGRADE=1: with newer versions)
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	printf 'uv>=0.13,<0.14\n' | $(COMPILE) - -o requirements-uv.lock
	@! grep -nE '://|--(extra-)?index|--find-links' requirements*.lock || { echo 'A lock holds an address.'; exit 1; }

bench: $(DEV_STAMP) ## Measure; results in benchmarks/results
	$(PYTHON) -m benchmarks

mutants: $(DEV_STAMP) ## Break each rule of access in turn; docs/mutants.md says who noticed
	$(PYTHON) -m tools.mutants
