# The same steps without make stand in docs/commands.md ("Without make, and on Windows").
PYTHON ?= python3
BIN := .venv/bin
EXTRACTS ?= data/sample

.PHONY: run test ui check audit site tour evidence bench docs lock clean
.PHONY: .types .tests

define install
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $<
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	$(BIN)/python -m compileall -q wres_pipeline
endef

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "This needs Python 3.11 or later; python3 here is %d.%d. Say which to use: make run PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/.made: requirements.lock pyproject.toml | .venv/bin/uv
	$(install)
	@touch $@

.venv/.made-for-tests: requirements-dev.lock requirements.lock pyproject.toml | .venv/bin/uv
	$(install)
	@touch .venv/.made $@

run: .venv/.made ## the main job on the sample extracts (EXTRACTS=folder for your own)
	@$(BIN)/wres run --extracts $(EXTRACTS); status=$$?; if [ $$status -eq 1 ]; then exit 0; fi; exit $$status

ui: .venv/.made ## Dagster's web UI on http://127.0.0.1:3000
	@$(BIN)/wres ui --extracts $(EXTRACTS)

test: .venv/.made-for-tests ## everything: lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@$(MAKE) --no-print-directory -j 2 .types .tests

.types:
	$(BIN)/mypy

.tests: # more workers than cores, since many a test waits for a program that it started
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: .venv/.made-for-tests ## lint, types and the quick tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/unit tests/spec -q -n 2
	@$(BIN)/python -m evidence.dependency_audit

audit: .venv/.made-for-tests ## known weaknesses of the pinned packages; the bill of materials in build/
	@$(BIN)/python -m evidence.dependency_audit

docs: .venv/.made ## the generated pages of docs/
	$(BIN)/python -m wres_pipeline.reports.data_dictionary
	$(BIN)/python -m wres_pipeline.orchestration.assets_page

site: .venv/.made-for-tests ## the documentation as a site in build/site, nothing from another host
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

tour: .venv/.made-for-tests ## the tour of the docs run, and its pictures made
	$(BIN)/python -m evidence.tour

evidence: .venv/.made-for-tests ## long evidence; results are kept in docs/evidence/
	$(BIN)/python -m evidence

bench: .venv/.made-for-tests ## benchmarks; ratios of one run
	$(BIN)/python -m benchmarks

lock: ## new lock files from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra pdf --extra pictures pyproject.toml -o requirements.lock
	cp requirements.lock requirements-server.lock # what is pinned there stays
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --extra pdf --extra pictures --extra postgres pyproject.toml -o requirements-server.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra pdf --extra pictures --group dev pyproject.toml -o requirements-dev.lock

clean: ## the warehouse, the outputs and the Dagster home; never the extracts
	rm -rf data/warehouse data/output data/dagster_home
