# Every command of the project, each a line that a person could type. `make` lists them.

HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=

# The first Python on this machine that is new enough and can make a virtual environment.
usable = -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	  $$python $(usable) && { echo $$python; break; }; done)

install = .venv/bin/python -m pip install --quiet --disable-pip-version-check
locked = $(install) --require-hashes --only-binary :all:
compile = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock' $(ARGS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv run test lint format bench race lock openapi calibration clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

venv: .venv/.run ## make .venv with what the service needs, and the skills-gap command

run: .venv/.compiled ## start the service; make run PORT=8001 HOST=0.0.0.0
	@exec .venv/bin/skills-gap serve --host $(HOST) --port $(PORT)

test: .venv/.test .venv/.clients ## run every test; make test ARGS='-k planner'
	.venv/bin/python -m pytest -n 2 --dist loadfile $(ARGS)

lint: .venv/.dev ## style, types and the layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: .venv/.dev ## let ruff mend what it can
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .

bench: .venv/.bench ## measure the service against its peers
	.venv/bin/python -m benchmarks $(ARGS)

race: .venv/.solvers ## measure the planner against networkx, rustworkx, HiGHS and CP-SAT
	.venv/bin/python -m benchmarks.planner $(ARGS)

lock: .venv/.dev ## lock the dependencies again; make lock ARGS=--upgrade takes newer ones
	$(compile) pyproject.toml --extra solver --group dev -o requirements/dev.txt
	$(compile) pyproject.toml --extra solver --group test -c requirements/dev.txt -o requirements/test.txt
	$(compile) pyproject.toml --group bench -c requirements/dev.txt -o requirements/bench.txt
	$(compile) pyproject.toml --group solvers -c requirements/dev.txt -o requirements/solvers.txt
	$(compile) pyproject.toml -c requirements/dev.txt -o requirements/run.txt
	$(compile) --group build -c requirements/dev.txt -o requirements/build.txt

openapi: .venv/.run ## write openapi.yaml from the schemas
	.venv/bin/skills-gap openapi > .venv/openapi.yaml && mv .venv/openapi.yaml openapi.yaml

calibration: .venv/.test ## write the tables of docs/calibration.md from the graph
	.venv/bin/python -m tests.contract.calibration

clean: ## remove everything that these commands made
	rm -rf .venv .screenshots build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One .venv, a stamp each: what the service needs, what its tests need besides, what its benchmarks and its
# developers need besides. A stamp older than its lock file is installed again.
.venv/bin/python:
	@$(or $(PYTHON),false) $(usable) || { echo 'Needs Python 3.11 or newer with its venv and ensurepip modules (Debian: python3-venv); name one: make PYTHON=/path/to/python3' >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: pyproject.toml requirements/build.txt requirements/run.txt | .venv/bin/python
	$(locked) -r requirements/build.txt -r requirements/run.txt
	$(install) --no-deps --no-build-isolation --editable .
	@touch $@

# Python keeps what it compiles, but not everywhere (PYTHONDONTWRITEBYTECODE), and it costs a third of each start.
.venv/.compiled: .venv/.run $(shell find service -name '*.py')
	@.venv/bin/python -m compileall -q service
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	$(locked) -r requirements/test.txt
	@touch $@

.venv/.solvers: requirements/solvers.txt .venv/.test
	$(locked) -r requirements/solvers.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.test
	$(locked) -r requirements/bench.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.test
	$(locked) -r requirements/dev.txt
	@touch $@

# What generates, checks and lints clients in TypeScript. Without npm the tests that need it say so.
.venv/.clients: tests/clients/package.json tests/clients/package-lock.json tests/clients/.npmrc | .venv/bin/python
	@mkdir -p .venv/clients && cp $^ .venv/clients
	@command -v npm >/dev/null || echo 'No npm here: the tests of the TypeScript client say that they are skipped.' >&2
	@! command -v npm >/dev/null || { npm ci --prefix .venv/clients --loglevel=error && touch $@; }
