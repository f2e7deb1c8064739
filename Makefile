# OpenHall: everything a person or a machine does here starts from this file. `make help` lists it.
# Needed beforehand on Debian or Ubuntu: python3 (3.11 or newer) and make.

SHELL := /bin/sh
.DEFAULT_GOAL := help
ifndef TOGETHER
.NOTPARALLEL:
endif
.DELETE_ON_ERROR:

PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
WORKERS ?= 2
BEGAN   := $(shell date +%s)
STAGE   := tests/stage
PYTEST  := $(BIN)/pytest -q
IN_DJANGO := tests/rooms tests/doors tests/stories

export UV_PROJECT_ENVIRONMENT := $(CURDIR)/$(VENV)
export PYTHONDONTWRITEBYTECODE ?=

# ------------------------------------------------------------------ people
.PHONY: help demo test check coverage mutants kills histories lint format messages bench clean
help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.ready-to-run ## the demonstration city on http://127.0.0.1:8000, in var/demo
	@$(BIN)/python -m openhall.config.messages --compile
	@OPENHALL_DEMO=1 OPENHALL_HOME=$(CURDIR)/var/demo $(BIN)/openhall demo

test: need compiled ## everything; stops at the first failure
	@$(TOGETHER) static rules
	@$(MAKE) --no-print-directory rooms
	@$(TOGETHER) browser postgres
	@$(STAGE) --summary $(BEGAN)

check: compiled ## one room alone: make check ROOM=cases
	@$(BIN)/python tests/check_room.py $(ROOM)

coverage: compiled ## what the tests go through, by layer, held to tests/floors.toml
	@$(STAGE) "Rules, rooms, doors and stories, their branches counted" $(PYTEST) tests/rules $(IN_DJANGO) \
	  -n $(WORKERS) --cov=openhall --cov-branch --cov-report=
	@$(BIN)/python tests/layers.py $(if $(MISSING),--missing)

mutants: compiled ## does a test notice a changed law? MINUTES=10 ONLY=word KIND=rules
	@$(BIN)/python tests/mutants.py --minutes $(or $(MINUTES),10) --only "$(ONLY)" \
	  --kind $(or $(KIND),both) --workers $(WORKERS)

kills: compiled ## workers killed in the middle of acts, on both databases: KILLS=100 ACTS=1000 MINUTES=20
	@$(BIN)/python tests/kills.py --kills $(or $(KILLS),100) --acts $(or $(ACTS),1000) --minutes $(or $(MINUTES),20)
	@$(BIN)/python tests/postgres.py $(BIN)/python tests/kills.py --kills $(or $(KILLS),100) \
	  --acts $(or $(ACTS),1000) --minutes $(or $(MINUTES),20)

histories: compiled ## calls, seats and settlements judged from what their clients saw: CALLS=50000 SECONDS=600
	@set -e; for base in "" "$(BIN)/python tests/postgres.py"; do \
	  $$base $(BIN)/python tests/hall_history.py --calls $(or $(CALLS),50000) --seconds $(or $(SECONDS),600) \
	    --processes 8 --kill; \
	  $$base $(BIN)/python tests/settling.py --seconds $(or $(SECONDS),600); \
	  OPENHALL_HOSTILE=$(or $(HOSTILE),100000) $$base $(PYTEST) tests/rooms/fees/test_hostile_callbacks.py; done
	@SLOTS_SECONDS=$(or $(SECONDS),600) $(BIN)/python tests/postgres.py $(PYTEST) tests/rooms/slots/test_two_at_once.py

format: $(VENV)/.ready-to-work ## put Python and templates in the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	-$(BIN)/djlint openhall --reformat --quiet

messages: $(VENV)/.ready-to-work ## read new sentences into every room's catalogue, and compile
	$(BIN)/python -m openhall.config.messages --prune

bench: $(VENV)/.ready-to-work ## the side-by-side measurements in benchmarks/
	$(BIN)/uv sync --locked --quiet --all-groups
	@set -e; for bench in benchmarks/[a-z]*.py; do \
	  $(STAGE) "benchmark: $$bench" $(BIN)/python "$$bench"; done

clean: ## remove what can be made again (never var/, the installation's data)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results dist
	find openhall tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
	find openhall -name '*.mo' -delete

# ------------------------------------------------------------------ the stages of `make test`
.PHONY: need static types imports rules rooms browser postgres migrations deploy catalogues compiled
need:
	@$(STAGE) "What the tests need" tests/need $(BIN)
	@$(STAGE) "The virtual environment" $(MAKE) --no-print-directory $(VENV)/.ready-to-work

# What one process does and what waits for a browser runs beside something else: two cores are busy.
TOGETHER := $(MAKE) --no-print-directory -j2 --output-sync=target TOGETHER=1
static: lint types imports migrations deploy catalogues

lint: $(VENV)/.ready-to-work ## form and lint of Python and templates
	@$(STAGE) "Form of the Python (ruff format)" $(BIN)/ruff format --check .
	@$(STAGE) "Lint of the Python (ruff check)" $(BIN)/ruff check .
	@$(STAGE) "Lint of the templates (djlint)" $(BIN)/djlint openhall --lint --quiet
	@$(STAGE) "Form of the templates (djlint)" $(BIN)/djlint openhall --check --quiet

types: $(VENV)/.ready-to-work
	@$(STAGE) "Types (mypy)" $(BIN)/mypy openhall

imports: $(VENV)/.ready-to-work
	@$(STAGE) "Direction of imports (import-linter)" $(BIN)/lint-imports

compiled: $(VENV)/.ready-to-work
	@$(BIN)/python -m openhall.config.messages --compile

rules: $(VENV)/.ready-to-work
	@$(STAGE) "The law alone, without Django" $(PYTEST) tests/rules -p no:django

rooms: compiled
	@$(STAGE) "Rooms, doors and stories on SQLite" $(PYTEST) tests/architecture $(IN_DJANGO) -n $(WORKERS)

browser: compiled
	@$(STAGE) "The product in a browser" $(PYTEST) tests/browser

postgres: compiled
	@$(STAGE) "Rooms, doors and stories on PostgreSQL" \
	  $(BIN)/python tests/postgres.py $(PYTEST) $(IN_DJANGO) -m "not any_database" \
	  -n $(WORKERS)

migrations: $(VENV)/.ready-to-work
	@$(STAGE) "No model without its migration" tests/away \
	  $(BIN)/python manage.py makemigrations --check --dry-run

deploy: $(VENV)/.ready-to-work
	@$(STAGE) "Safe to deploy" tests/away env \
	  OPENHALL_BASE_URL=https://hall.example.gov.cn OPENHALL_ALLOWED_HOSTS=hall.example.gov.cn \
	  OPENHALL_BEHIND_PROXY=1 $(BIN)/python manage.py check --deploy --fail-level WARNING

catalogues: $(VENV)/.ready-to-work
	@$(STAGE) "Every sentence in both languages" $(BIN)/python -m openhall.config.messages --check

# ------------------------------------------------------------------ the virtual environment
$(BIN)/uv:
	@tests/venv $(PYTHON) $(VENV)

$(VENV)/.ready-to-run: uv.lock pyproject.toml | $(BIN)/uv
	@$(BIN)/uv sync --locked --quiet --no-default-groups --inexact
	@touch $@

$(VENV)/.ready-to-work: uv.lock pyproject.toml | $(BIN)/uv
	@$(BIN)/uv sync --locked --quiet --inexact
	@touch $@ $(VENV)/.ready-to-run
