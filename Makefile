# Everything a checkout can do. Setup happens by itself: once, and again when a lock file or pyproject.toml changes.

PYTHON ?= python3
# More arguments for the command of a target: make test ARGS="-k feeds -n 0"
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
# -qq: errors only; pip's warnings about a machine's own settings are not about us.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
VALIDATORS := tests/validators
VNU := $(VALIDATORS)/node_modules/vnu-jar/build/dist/vnu.jar

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup dev site serve test check format bench bench-gates bench-intake bench-related bench-search bench-topics golden docs validate validator lock dist clean distclean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##### The site

site: setup  ## build the site into site/
	$(BIN)/site-builder build $(ARGS)

serve: setup  ## show the site in a browser and follow edits
	$(BIN)/site-builder serve $(ARGS)

validate: validator  ## check the HTML, CSS and SVG of site/ with the Nu checker
	@test -d site || { echo "There is no site/ yet: run 'make site' first." >&2; exit 1; }
	java -jar $(VNU) --filterpattern '.* blocked by .*-src. directive.*' --also-check-css --also-check-svg --skip-non-html $(ARGS) site/

##### The program

test: dev  ## run the tests
	$(BIN)/pytest $(ARGS)

# The tests include those that the generated reference pages are fresh.
check: dev  ## format, lint, types, tests and docs: all that a change must pass
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pytest $(ARGS)

format: dev  ## put the code in shape
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: setup  ## builds of 1,000 and 10,000 articles: time, memory, same bytes in one process and two (ARGS="100 1000")
	$(BIN)/python -m bench $(ARGS)

bench-gates: dev validator  ## what a reader may expect of site/: valid, light, without barriers (ARGS="/path/to/site --lighthouse COMMAND")
	@test -n "$(ARGS)" || test -d site || { echo "There is no site/ yet: run 'make site' first." >&2; exit 1; }
	$(BIN)/python -m bench.gates $(or $(ARGS),site)

bench-intake: setup  ## quality of reading pages, on bench/intake/pages (more: ARGS="--worst 10")
	$(BIN)/python -m bench.intake $(ARGS)

bench-related: setup  ## quality of related articles, beside simple rankings (more: ARGS="--worst 10 --edits")
	$(BIN)/python -m bench.related $(ARGS)

bench-search: dev  ## quality and bytes of the search, in Chromium (more: ARGS="/path/to/site --pagefind /path/to/pagefind")
	$(BIN)/python -m bench.search $(ARGS)

bench-topics: setup  ## quality of suggested topics, beside simple ways to find them (more: ARGS="--worst 10")
	$(BIN)/python -m bench.topics $(ARGS)

golden: dev  ## re-make the expected sites in tests/golden/; review the difference
	SITE_BUILDER_UPDATE_GOLDEN=1 $(BIN)/pytest -n 0 -m golden $(ARGS)
	@git diff --stat -- tests/golden

docs: dev  ## re-make docs/reference/ from the program
	$(BIN)/python -m tools.reference

dist: dev  ## build the sdist and the wheel into dist/
	$(BIN)/hatchling build $(ARGS)

##### Setup

# Stamps in .venv say what is installed; a Python that is too old or without venv is told before anything is made.
$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no '$(PYTHON)': install Python 3.11 or newer, or name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "site_builder needs Python 3.11 or newer, but '$(PYTHON)' is $$($(PYTHON) -V 2>&1)." \
	    "Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: on Debian and Ubuntu, apt-get install python3-venv." >&2; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# Hashes for everything from outside; our own package needs none and builds with the hatchling of the lock.
$(VENV)/.site: requirements/site.lock pyproject.toml | $(VENV)/.made
	@echo "Installing requirements/site.lock …"
	@$(PIP) install --require-hashes -r requirements/site.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.site
	@echo "Installing requirements/dev.lock …"
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

setup: $(VENV)/.site
dev: $(VENV)/.dev

validator: $(VNU)  ## install the Nu checker with npm (it runs on Java); its tests then run too

# --ignore-scripts: the package's own script would fetch a Java from elsewhere; the system's serves.
$(VNU): $(VALIDATORS)/package-lock.json
	npm ci --prefix $(VALIDATORS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Locks hold for every system and Python (--universal) and name no registry: names, versions and hashes only.
# The larger lock comes first, so that the smaller is a part of it. Pins that still fit stay; LOCK_FLAGS=--upgrade
# takes the newest. uv is needed here only, so it lives in a throw-away environment.
LOCK_FLAGS ?=
UV_COMPILE = "$$tmp/bin/uv" --quiet pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_FLAGS)

lock:  ## resolve the dependencies anew and write requirements/*.lock
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && \
	$(PYTHON) -m venv "$$tmp" && "$$tmp/bin/python" -m pip -qq --disable-pip-version-check install uv && \
	$(UV_COMPILE) --extra html --extra images --group dev -o requirements/dev.lock >/dev/null && \
	$(UV_COMPILE) --extra html --extra images --group build -c requirements/dev.lock --no-annotate -o requirements/site.lock >/dev/null
	@! grep -n '://' requirements/*.lock || { echo "A lock file must not hold an address." >&2; exit 1; }
	cd $(VALIDATORS) && npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error
	@! grep -n '"resolved"' $(VALIDATORS)/package-lock.json || { echo "A lock file must not hold an address." >&2; exit 1; }

##### Tidying

clean:  ## remove what was built, with all caches
	rm -rf site .cache dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -not -path '*/node_modules/*' -prune -exec rm -rf {} +

distclean: clean  ## and the environments too
	rm -rf $(VENV) $(VALIDATORS)/node_modules
