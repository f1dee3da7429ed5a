.PHONY: help run serve test check bench mutants screens lock

help: ## what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

run: ## set everything up, load the demo content once, serve on port 8000 (or PORT)
	@PYTHON="$(PYTHON)" bin/run

serve: ## what a server runs, on this machine: nginx, application, housekeeping, on port 8080 (or PORT)
	@PYTHON="$(PYTHON)" bin/serve

test: ## the whole suite (DATABASE_URL=postgres://… runs it on PostgreSQL)
	@PYTHON="$(PYTHON)" bin/test

check: ## lint, format, imports, migrations, Django's deployment checks
	@PYTHON="$(PYTHON)" bin/check

bench: ## the production stack, in ratios within one run: docs/performance.md (JSON=file, BENCH_QUICK=1)
	@PYTHON="$(PYTHON)" JSON="$(JSON)" bin/bench

mutants: ## what the tests of one module would not notice: MODULE=innerbalance/locations/rules
	@bin/install requirements-dev.txt
	@.venv/bin/python -m tests.mutants $(MODULE) $(TESTS)

screens: ## a contact sheet of every page type in var/screens/ (the site must be running)
	@PYTHON="$(PYTHON)" bin/screens

lock: ## pin what pyproject.toml names, with hashes and without addresses (needs uv)
	uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements-dev.txt
