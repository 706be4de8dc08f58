# Two commands: `make run` and `make test`. Both work from a fresh clone; what is already set up is not set up again.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

HOIDAP := .venv/bin/hoidap
REPORTS := knowledge/reports
# More for pytest: make test PYTEST="-k masking -x"
PYTEST :=

# Which benchmarks: make bench ONLY=quality, ONLY="quality latency"; all of them if empty.
ONLY :=

.PHONY: help run test lint bench pictures setup lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.service bot/rasa/.venv/.rasa ## set up, read the reports, train when needed, start, print the address of the chat
	@$(HOIDAP) ingest $(REPORTS)
	$(HOIDAP) train
	exec $(HOIDAP) serve

test: .venv/.dev bot/rasa/.venv/.rasa lint ## set up and run every check and every test
	@./setup.sh browser
	./setup.sh readers
	.venv/bin/pytest $(PYTEST)

lint: .venv/.dev ## ruff, mypy and the direction of imports
	@.venv/bin/ruff check --quiet --output-format=concise .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: tests/bench/.venv/.bench ## the benchmarks, into docs/benchmarks.md; ONLY=quality runs one of them
	@tests/bench/.venv/bin/python -m tests.bench $(ONLY)

pictures: .venv/.dev bot/rasa/.venv/.rasa ## the documentation's pictures anew, from the running service
	@./setup.sh browser
	$(HOIDAP) ingest $(REPORTS)
	$(HOIDAP) train
	.venv/bin/python -m tests.browser.make_pictures

setup: .venv/.dev bot/rasa/.venv/.rasa ## both environments with the tests' packages, nothing else

lock: ## the lock files anew from their .in files; UPGRADE=--upgrade takes the newest versions
	@./setup.sh lock $(UPGRADE)

clean: ## remove environments and caches; what the service stored in var/ stays
	@rm -rf .venv .uv bot/rasa/.venv tests/bench/.venv build dist *.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find knowledge index bot tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: written by setup.sh when an environment is as its lock says.
.venv/.service: requirements.lock pyproject.toml
	@./setup.sh service

.venv/.dev: requirements-dev.lock pyproject.toml
	@./setup.sh dev

bot/rasa/.venv/.rasa: bot/rasa/requirements.lock
	@./setup.sh rasa

tests/bench/.venv/.bench: tests/bench/requirements.lock
	@./setup.sh bench
