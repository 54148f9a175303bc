# Everything you can do with a checkout. Setup is automatic: once, and again when a lock file or pyproject.toml changes.

PYTHON ?= python3
# Further arguments for the command that a target runs: make test ARGS="-k feeds -n 0"
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
# -qq: errors only; pip's warnings about the settings of a machine do not concern us.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
VALIDATORS := tests/validators
VNU := $(VALIDATORS)/node_modules/vnu-jar/build/dist/vnu.jar
FORM := $(VALIDATORS)/form/.fetched

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup dev site serve test torture coverage check format fuzz bench bench-commands bench-gates bench-intake bench-intake-speed bench-load bench-loss bench-markdown bench-profile bench-related bench-search bench-serve bench-topics golden docs sbom audit validate validator lock dist clean distclean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##### The site

site: setup  ## build the site into site/
	$(BIN)/site-builder build $(ARGS)

serve: setup  ## serve the site locally and rebuild it after every edit
	$(BIN)/site-builder serve $(ARGS)

validate: validator  ## check the HTML, CSS and SVG of site/ with the Nu checker
	@test -d site || { echo "There is no site/ yet: run 'make site' first." >&2; exit 1; }
	java -jar $(VNU) --filterpattern '.* blocked by .*-src. directive.*' --also-check-css --also-check-svg --skip-non-html $(ARGS) site/

##### The program

PYTEST := $(BIN)/pytest

test: dev  ## run the tests
	$(PYTEST) $(ARGS)

torture: dev  ## kill, damage and starve the program at every step, and compare the results; an hour (ARGS="-k kills")
	SITE_BUILDER_TORTURE=full $(PYTEST) -n 0 tests/torture tests/browser/test_hostile.py $(ARGS)

# SITE_BUILDER_FUZZ=60 for an hour, or ARGS="--minutes 60 -k settings".
fuzz: dev  ## try generated input for ten minutes, with other seeds each time (ARGS="--minutes 60"); keeps what fails
	$(BIN)/python -m tests.fuzz $(ARGS)

# Each process writes its own data: what an interrupted run left behind must not count.
coverage: dev  ## run the tests and measure which branches they reach; fails below the floor in pyproject.toml
	@$(BIN)/coverage erase
	@$(MAKE) --no-print-directory test PYTEST="$(BIN)/coverage run -m pytest"
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# tests/docs checks that the generated reference pages are up to date. Part of the tests (ARGS) cannot reach the floor of
# coverage; TESTS=test leaves it out.
TESTS := $(if $(ARGS),test,coverage)

check: dev  ## check format, lint, types, tests with coverage, and docs: everything that a change must pass
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	@$(MAKE) --no-print-directory $(TESTS)

format: dev  ## format the code and fix what the linter can fix
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# The other programs get an environment of their own, .venv-peers, which the command makes and keeps.
bench: setup  ## measure builds of 1,000 and 10,000 articles, beside Hugo, MkDocs and others (ARGS="100 1000 --runs 1 --peers hugo", --no-peers, or --cluster)
	$(BIN)/python -m bench $(ARGS)

bench-commands: setup  ## measure what check, render, mv and build cost after one edit (ARGS="--against /path/to/another/checkout")
	$(BIN)/python -m bench.commands $(ARGS)

bench-gates: dev validator  ## measure what readers may expect of site/: valid, light, accessible (ARGS="/path/to/site --lighthouse COMMAND")
	@test -n "$(ARGS)" || test -d site || { echo "There is no site/ yet: run 'make site' first." >&2; exit 1; }
	$(BIN)/python -m bench.gates $(or $(ARGS),site)

bench-intake: setup  ## measure how well pages are read, on bench/importers/pages (more: ARGS="--worst 10")
	$(BIN)/python -m bench.importers $(ARGS)

bench-intake-speed: setup  ## measure what an import costs beside trafilatura alone, and each of many files in one call (ARGS="FILE … --runs 9")
	$(BIN)/python -m bench.importers.speed $(ARGS)

bench-load: setup  ## measure builds with 5,000 links to a page, 3,000 topics in a chain, 10,000 findings … (ARGS="chain --scale 0.1")
	$(BIN)/python -m bench.load $(ARGS)

bench-loss: dev  ## measure what the pages of other people's Markdown lose, on bench/loss/pages (more: ARGS="FOLDER … --worst 10")
	$(BIN)/python -m bench.loss $(or $(ARGS),bench/loss/pages)

bench-markdown: setup  ## measure what reading Markdown costs, beside stock Python-Markdown (ARGS="FOLDER …")
	$(BIN)/python -m bench.markdown_html $(ARGS)

bench-profile: setup  ## measure what takes how long in a cold build: stages, parts of the program, libraries (ARGS="--articles 300")
	$(BIN)/python -m bench.profile $(ARGS)

bench-related: setup  ## measure related articles against simple rankings (more: ARGS="--worst 10 --edits")
	$(BIN)/python -m bench.related $(ARGS)

bench-serve: dev  ## measure how long serve lets its editor wait, in Chromium (ARGS="10000")
	$(BIN)/python -m bench.serve $(ARGS)

bench-search: dev  ## measure results, bytes and waits of the search, in Chromium (more: ARGS="--made-up 1000,10000" or ARGS="/path/to/site --pagefind /path/to/pagefind")
	$(BIN)/python -m bench.search $(ARGS)

bench-topics: setup  ## measure suggested topics against simple ways to find them (more: ARGS="--worst 10")
	$(BIN)/python -m bench.topics $(ARGS)

golden: dev  ## rebuild the expected sites in tests/golden/; review the diff
	SITE_BUILDER_UPDATE_GOLDEN=1 $(BIN)/pytest -n 0 -m golden $(ARGS)
	@git diff --stat -- tests/golden

docs: dev  ## regenerate docs/reference/ from the program, and docs/dependencies.md
	$(BIN)/python -m tools.reference
	$(BIN)/python -m tools.dependencies

dist: dev sbom  ## build the sdist, the wheel and its SBOM into dist/
	$(BIN)/hatchling build $(ARGS)

sbom: dev  ## write the SBOM of the wheel (CycloneDX) to dist/
	$(BIN)/python -m tools.dependencies sbom dist/site-builder.cdx.json

# pip-audit is needed only here and asks the network, so it gets a throw-away environment and is in no test.
audit:  ## ask a public database for known weaknesses of the locked packages (Error 1: some; 3: it could not be asked)
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && $(PYTHON) -m venv "$$tmp" && \
	{ "$$tmp/bin/python" -m pip -qq --disable-pip-version-check install pip-audit || \
	  echo "pip-audit could not be installed." >&2; } && \
	{ $(PYTHON) tools/audit.py "$$tmp/bin/pip-audit" requirements/site.lock requirements/dev.lock; }

##### Setup

# Stamps in .venv record what is installed. A Python that is too old or lacks venv is reported before anything is created.
$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no '$(PYTHON)': install Python 3.11 or newer, or choose one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "site_builder needs Python 3.11 or newer, but '$(PYTHON)' is $$($(PYTHON) -V 2>&1)." \
	    "Choose another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: on Debian and Ubuntu, apt-get install python3-venv." >&2; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# Everything from outside is checked against its hash; our own package needs none and builds with the locked hatchling.
$(VENV)/.site: requirements/site.lock pyproject.toml | $(VENV)/.made
	@echo "Installing requirements/site.lock …"
	@$(PIP) install --require-hashes -r requirements/site.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@$(VENV)/bin/python -m compileall -q site_builder  # commands start sooner where PYTHONDONTWRITEBYTECODE is set
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.site
	@echo "Installing requirements/dev.lock …"
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

setup: $(VENV)/.site
dev: $(VENV)/.dev

validator: $(VNU) $(FORM)  ## install the Nu checker with npm (it needs Java) and the form's program, so that their tests run too

# --ignore-scripts: the package's own script would download a Java; the system's will do.
$(VNU): $(VALIDATORS)/package-lock.json
	npm ci --prefix $(VALIDATORS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The archives as npm has them; the tests install them as `site-builder form --install --from` does, by their digests.
$(FORM): site_builder/form/pinned.json
	@mkdir -p $(@D)
	npm pack --silent --ignore-scripts --pack-destination $(@D) \
	  $$($(PYTHON) -c 'import json; [print(p["name"], p["version"], sep="@") for p in json.load(open("site_builder/form/pinned.json"))]') >/dev/null
	@touch $@

# The locks are valid for every system and Python (--universal) and name no registry: names, versions and hashes only.
# The larger lock comes first, so that the smaller one is part of it. Pins that still fit are kept; LOCK_FLAGS=--upgrade
# takes the newest. uv is needed only here, so it gets a throw-away environment.
LOCK_FLAGS ?=
UV_COMPILE = "$$tmp/bin/uv" --quiet pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_FLAGS)

lock:  ## resolve the dependencies again and write requirements/*.lock
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && \
	$(PYTHON) -m venv "$$tmp" && "$$tmp/bin/python" -m pip -qq --disable-pip-version-check install uv && \
	$(UV_COMPILE) pyproject.toml --extra html --extra images --extra dask --group dev -o requirements/dev.lock >/dev/null && \
	$(UV_COMPILE) pyproject.toml --extra html --extra images --group build -c requirements/dev.lock --no-annotate -o requirements/site.lock >/dev/null && \
	$(UV_COMPILE) --group peers --no-annotate -o requirements/peers.lock >/dev/null
	@! grep -n '://' requirements/*.lock || { echo "A lock file must not hold an address." >&2; exit 1; }
	cd $(VALIDATORS) && npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error
	@! grep -n '"resolved"' $(VALIDATORS)/package-lock.json || { echo "A lock file must not hold an address." >&2; exit 1; }

##### Tidying

clean:  ## remove build results and all caches
	rm -rf site .cache dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .coverage .coverage.* htmlcov
	find . -name __pycache__ -not -path './$(VENV)*' -not -path '*/node_modules/*' -prune -exec rm -rf {} +

distclean: clean  ## remove the environments as well
	rm -rf $(VENV) $(VENV)-peers $(VALIDATORS)/node_modules
