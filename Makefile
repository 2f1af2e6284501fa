# Two commands: `make site` renders the demonstration collection, `make test` runs every check.
# Everything is installed into .venv; nothing outside the repository is touched.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
N ?= 1000

# The tests start the program many times; each would compile it anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: site test test-full bench lint catalogue clean

site: $(VENV)/.core
	$(BIN)/casegen build

test: $(VENV)/.test lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not full"

test-full: $(VENV)/.test lint
	CASEGEN_FULL=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
	  --cov --cov-report=term:skip-covered

# casegen beside Hugo on N invented cases: make bench N=10000
bench: $(VENV)/.bench
	$(BIN)/python benchmarks/speed.py $(N)

lint: $(VENV)/.test node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/node node_modules/eslint/bin/eslint.js themes

# ESLint and Lighthouse, as package-lock.json pins them; node itself is a wheel of the tests.
node_modules/.package-lock.json: package-lock.json | $(VENV)/.test
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --ignore-scripts
	touch $@

# click's own words: the .po file is the source, the .mo what gettext reads.
catalogue: $(VENV)/.test
	$(BIN)/pybabel compile -D casegen -d casegen/data/locale

clean:
	rm -rf .casegen .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "casegen needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[all]'
	touch $@

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[all,bench]'
	touch $@ $(VENV)/.core

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[all,test]'
	touch $@ $(VENV)/.core
