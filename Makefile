# Two commands: `make site` renders the demonstration collection, `make test` runs every check.
# Everything is installed into .venv; nothing outside the repository is touched.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Twice the cores of a small machine: tests wait for servers and for one another.
WORKERS ?= 4
N ?= 1000

# The tests start the program many times; each would compile it anew.
export PYTHONDONTWRITEBYTECODE :=

# pip would compile every module of every package, a minute's work; Python compiles those it loads.
INSTALL := -m pip install --quiet --disable-pip-version-check --no-compile

.PHONY: site test test-full pytest bench lint style types catalogue clean

site: $(VENV)/.core
	$(BIN)/casegen build

# Style is checked first, for it takes a second; types beside the tests, which wait now and then.
test: style node_modules/.package-lock.json
	$(MAKE) --no-print-directory --jobs=2 types pytest

pytest: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not full"

test-full: $(VENV)/.test lint node_modules/lighthouse
	CASEGEN_FULL=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
	  --cov --cov-report=term:skip-covered

# casegen beside Hugo on N invented cases: make bench N=10000
bench: $(VENV)/.bench
	$(BIN)/python benchmarks/speed.py $(N)

lint: style types

style: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test node_modules/.package-lock.json
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/node node_modules/eslint/bin/eslint.js themes casegen/desk/assets

# ESLint, as package-lock.json pins it; node itself is a wheel of the tests.
node_modules/.package-lock.json: package-lock.json | $(VENV)/.test
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --ignore-scripts --omit=optional
	touch $@

# Lighthouse, three times as large, for the long tests and benchmarks/lighthouse.py.
node_modules/lighthouse: node_modules/.package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --ignore-scripts
	touch node_modules/.package-lock.json $@

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
	$(BIN)/python $(INSTALL) -e '.[all]'
	touch $@

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	$(BIN)/python $(INSTALL) -e '.[all,bench]'
	touch $@ $(VENV)/.core

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(BIN)/python $(INSTALL) -e '.[all,test]'
	touch $@ $(VENV)/.core
