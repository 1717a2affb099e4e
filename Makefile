# Two commands do everything, each making .venv first when it is missing: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo test test-deep generate check mock conformance mutants rules lint format bench tools lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

demo: $(READY) ## generate the client, start the mock, make one call per document, save the images under out/
	$(BIN)/python -m generator.demo

test: $(READY) ## run all tests, of the deep ones a sample
	$(BIN)/python -m pytest -n $(WORKERS)

test-deep: $(READY) ## run all tests, of the deep ones all cases
	IMAGE_CONTRACT_DEEP=1 $(BIN)/python -m pytest -n $(WORKERS)

generate: $(READY) ## generate client and table of rules after a spec change
	$(BIN)/image-contract generate

check: $(READY) ## tell whether what is generated is what the specs would give, and if not, why
	$(BIN)/image-contract check

mock: $(READY) ## run the offline gateway (PORT=…, KEY=…)
	$(BIN)/image-contract mock $(if $(PORT),--port $(PORT)) $(if $(KEY),--key $(KEY))

conformance: $(READY) ## judge a gateway (API=powertokens BASE_URL=… TOKEN=…)
	@$(if $(TOKEN),IMAGE_CONTRACT_TOKEN="$(TOKEN)") $(BIN)/image-contract conformance $(or $(API),powertokens) --base-url "$(BASE_URL)"

mutants: $(READY) ## show how many known defects the conformance run finds, beside Schemathesis (ONLY=…)
	$(BIN)/python -m tests.conformance.mutants $(if $(ONLY),--only $(ONLY))

rules: $(READY) ## list every rule
	$(BIN)/image-contract rules

lint: $(READY) ## ruff and mypy --strict, on the generated code and the tests too
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY) ## format everything
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(READY) ## show speed, as ratios within one run
	$(BIN)/python -m tests.bench

tools: $(READY) ## install tools of others that some tests run, under .tools (needs npm)
	@mkdir -p .tools
	@cmp -s tests/tools/pip.txt .tools/pip.txt || { \
	  $(PIP) --no-deps --require-hashes --upgrade --target .tools/python --requirement tests/tools/pip.txt \
	  && cp tests/tools/pip.txt .tools; }
	@cmp -s tests/tools/npm.txt .tools/npm.txt || { \
	  npm install --silent --no-save --no-audit --no-fund --prefix .tools $$(cat tests/tools/npm.txt) \
	  && cp tests/tools/npm.txt .tools; }

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --quiet --output-file requirements.lock

clean: ## remove what can be made again
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
