# Dijkwacht. `make` alone tells what there is; every target below may be run on a fresh clone.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
CSS := dijkwacht/web/static/vendor/components.css
ADDRESS ?= 127.0.0.1:8000
# The PostgreSQL on which the rooms with tables are tested too, if it answers.
TEST_POSTGRES ?= postgres://postgres@127.0.0.1:5432/test
# The system's Python: the first that is new enough and can make a virtual environment. None is ever downloaded.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach python,$(PYTHONS),$(shell $(python) -c '$(FITS)' 2>/dev/null && echo $(python))))
# The rooms have tables; their tests stand in tests/ under the name of the room.
ROOM_TESTS = $(filter-out %/__pycache__,$(wildcard $(patsubst dijkwacht/apps/%/,tests/%,$(wildcard dijkwacht/apps/*/))))
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# Tests start the program many times; it is compiled once.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test lint fmt test-postgres bench messages screenshots lock wheel clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS="|" read -r target text; do printf "%-18s %s\n" "$$target" "$$text"; done

# ---- set-up: each step leaves a stamp, so that nothing is done twice

setup: $(STAMPS)/python $(CSS) $(STAMPS)/messages ## everything that run and test need, into .venv and node_modules

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Dijkwacht needs Python 3.11 or newer with venv (Debian: python3 and python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# uv itself comes from the lock file, checked against its hashes.
$(BIN)/uv: | $(BIN)/python
	@mkdir -p $(STAMPS)
	@awk '/^uv==/ {found = 1; print; next} found && /^[a-z]/ {exit} found' requirements.lock > $(STAMPS)/uv.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(STAMPS)/uv.lock

$(STAMPS)/python: requirements.lock pyproject.toml | $(BIN)/uv
	@mkdir -p $(STAMPS)
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.stamp: package.json package-lock.json
	@command -v npm > /dev/null || { echo "Dijkwacht needs Node.js 20 or newer with npm, to build its style sheets." >&2; exit 1; }
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(CSS): tools/build_css.py node_modules/.stamp | $(STAMPS)/python
	$(BIN)/python tools/build_css.py

$(STAMPS)/messages: $(wildcard dijkwacht/web/locale/*/LC_MESSAGES/*.po) | $(STAMPS)/python
	$(BIN)/python tools/messages.py compile
	@touch $@

# ---- run

run: setup ## the demo world, its summary, and the site on http://127.0.0.1:8000
	@$(BIN)/dijkwacht demo
	@echo "Dijkwacht: http://$(ADDRESS)/   (Ctrl-C stops it)"
	@$(BIN)/gunicorn dijkwacht.wsgi --bind $(ADDRESS) --workers 2 --threads 4 --log-level warning --no-control-socket

# ---- check

test: lint test-postgres ## all checks; the last line is the summary of the whole test run
	$(BIN)/pytest -n auto --dist loadgroup tests

lint: setup ## style, types, walls, templates, migrations, messages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint dijkwacht --lint --quiet
	$(BIN)/python -m django makemigrations --settings dijkwacht.settings --check --dry-run
	$(BIN)/python tools/messages.py check

# The rooms with tables once more: on PostgreSQL, and backwards, so that no test leans on the one before it.
test-postgres: setup
	@if $(BIN)/python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=2)' $(TEST_POSTGRES) 2>/dev/null; then \
	  echo "== rooms, on PostgreSQL, backwards"; DATABASE_URL=$(TEST_POSTGRES) $(BIN)/pytest -n auto -q --reverse $(ROOM_TESTS); \
	else \
	  echo "== rooms, backwards; NOT on PostgreSQL: none answers at $(TEST_POSTGRES)"; $(BIN)/pytest -n auto -q --reverse $(ROOM_TESTS); \
	fi

fmt: setup ## formats Python
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## measures; asserts nothing (docs/performance.md holds the figures)
	@for script in bench/bench_*.py; do $(BIN)/python -m bench.$$(basename $$script .py); done

# ---- make

messages: setup ## collects new texts into the catalogues, and compiles them
	$(BIN)/python tools/messages.py extract
	$(BIN)/python tools/messages.py compile

screenshots: setup ## makes docs/img/*.png from the demo world
	$(BIN)/python -m tools.screenshots

lock: $(BIN)/uv ## writes requirements.lock anew after pyproject.toml changed (UPGRADE=--upgrade takes newer versions)
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 $(UPGRADE) \
	  --quiet --output-file requirements.lock

wheel: setup ## dist/*.whl, with the built style sheets, norm packs and messages in it
	$(BIN)/python -m hatchling build -t wheel

clean: ## removes what set-up made; the data folder stays
	rm -rf $(VENV) node_modules dist build static dijkwacht/web/static/vendor
