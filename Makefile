# Two targets matter to everybody: `make demo` and `make test`. Only Python 3.11+, make and git are asked for.
# Everything is installed into .venv from the lock files, with hashes checked; a second run installs nothing.

PYTHON ?= python3
OUT ?= out
VENV := .venv
BIN := $(VENV)/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check bench bench-archive quality lock clean distclean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.stamp-kg ## build the graph of the five pages in seeds/ into out/ and say what was found
	$(BIN)/kg build seeds --out $(OUT)

test: $(VENV)/.stamp-kg $(VENV)/.stamp-dev ## run every test; says loudly at the end what could not be run
	@tools/run_tests.sh $(BIN) $(TESTS)

check: $(VENV)/.stamp-kg $(VENV)/.stamp-dev ## lint, format and types, as CI does before the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict kg
	MYPYPATH=tools $(BIN)/mypy --strict tools/quality.py tools/swap_names.py tools/ocr_noise.py

bench: $(VENV)/.stamp-kg ## characters a second of the whole build, and of jieba.posseg on the same text in the same run
	$(BIN)/python bench/build.py

bench-archive: $(VENV)/.stamp-kg ## an invented archive of 1,000 pages: build time a page, and how well people are told apart
	$(BIN)/python bench/archive.py $(if $(PAGES),--pages $(PAGES))

quality: $(VENV)/.stamp-kg $(VENV)/.stamp-dev ## measure again and rewrite docs/quality.md and tests/quality.json
	$(BIN)/python tools/quality.py

lock: $(VENV)/.stamp-dev ## resolve the locked versions anew (needs uv, which it installs into .venv)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile $(COMPILE) --output-file requirements.lock
	$(BIN)/uv pip compile $(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

COMPILE := pyproject.toml tools/requirements-build.in --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

clean: ## remove what builds and tests left, but not .venv
	rm -rf $(OUT) build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find kg tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove .venv too
	rm -rf $(VENV)

# The environment, in steps that are each done once: the venv, the locked packages, kg itself, what tests need.

$(VENV)/.stamp-venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "county-kg needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>/dev/null || echo not there)." >&2; \
	  echo "Name a newer one: make demo PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "'$(PYTHON) -m venv' failed: install the venv module (Debian: apt install python3-venv)." >&2; exit 1; }
	@touch $@

$(VENV)/.stamp-locked: requirements.lock $(VENV)/.stamp-venv
	@echo "Installing the locked packages into $(VENV) (once) …"
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	@touch $@

# Built with the locked hatchling, so that this step downloads nothing. Sources are linked, not copied: only a
# change of the packaging asks for it again.
$(VENV)/.stamp-kg: pyproject.toml $(VENV)/.stamp-locked
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.lock $(VENV)/.stamp-locked
	@echo "Installing what the tests need into $(VENV) (once) …"
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@
