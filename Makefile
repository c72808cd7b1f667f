# Everything a developer or a build machine does. Needs Python 3.11 or newer and make, nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
FOLDERS := aanspreekpunt tests tools $(wildcard bench)
ROOMS_WITH_TABLES := $(addprefix aanspreekpunt/,journal messaging organisation parties imports catalogue questions queues promises \
  suggestions insights search portal config \
  $(addprefix knowledge/tests/test_,writing.py values_and_proposals.py adopting.py importing.py))
QUICK := $(addprefix aanspreekpunt/,promises/tests/rules_hold promises/tests/test_operations.py knowledge/finding organisation \
  questions desk/tests/test_access.py) tests
# Some containers forbid Python to keep what it compiled. Then every start compiles everything anew: three times the work.
unexport PYTHONDONTWRITEBYTECODE

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input install

.PHONY: help
help: ## Show what there is
	@awk 'BEGIN {FS = ":.*## "} /^[a-z][a-z-]*:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/.base $(VENV)/.assets ## Run a demo municipality; prints addresses and logins, stops with Ctrl-C
	@AANSPREEKPUNT_MODE=demo exec $(RUN) -m aanspreekpunt serve

.PHONY: install
install: $(VENV)/.dev $(VENV)/.assets ## Install everything, for developers

.PHONY: assets
assets: $(VENV)/.assets ## Install the style sheets of NL Design System

.PHONY: messages
messages: $(VENV)/.dev ## Find new texts and add them to the catalogues, for translation
	@$(RUN) tools/messages.py

.PHONY: settings
settings: $(VENV)/.base ## Write docs/settings.md from the settings themselves
	@$(RUN) tools/settings_page.py

.PHONY: format
format: $(VENV)/.dev ## Lay out the code
	@$(BIN)/ruff check --quiet --fix $(FOLDERS)
	@$(BIN)/ruff format --quiet $(FOLDERS)

.PHONY: check
check: $(VENV)/.dev $(VENV)/.assets ## Check layout, types, floors and the rules that may never be false, in under a minute
	@$(MAKE) --no-print-directory --jobs 2 types rules
	$(RUN) -m pytest -n 2 --dist worksteal --quiet -m "not browser and not slow and not long" $(QUICK)

# Judging the types takes a minute on one processor; another judges the rest meanwhile.
.PHONY: types
types: $(VENV)/.dev ## Check the types
	$(BIN)/mypy

.PHONY: rules
rules: $(VENV)/.dev ## Check layout, floors, migrations and catalogues
	$(BIN)/ruff check --quiet $(FOLDERS)
	$(BIN)/ruff format --quiet --check $(FOLDERS)
	$(BIN)/lint-imports --no-logo
	AANSPREEKPUNT_MODE=test $(RUN) -m django makemigrations --settings aanspreekpunt.config.settings --check --dry-run
	$(RUN) tools/messages.py --check

.PHONY: test
test: $(VENV)/.dev $(VENV)/.assets ## Check everything, as the build machine does
	@$(MAKE) --no-print-directory --jobs 2 types rules
	$(RUN) tools/chromium.py
	$(RUN) tools/dovecot.py
	$(RUN) -m pytest -n 2 --dist worksteal --quiet --create-db -m "not browser and not long"
	$(RUN) -m pytest -n 2 --dist loadfile --quiet -m browser tests/browser || [ $$? -eq 5 ]
	$(RUN) tools/older_postgres.py -n 2 --dist worksteal --quiet -m "django_db and not browser and not slow and not long and not dovecot" $(ROOMS_WITH_TABLES)

.PHONY: coverage
coverage: $(VENV)/.dev $(VENV)/.assets ## Show which lines no test runs; takes twice as long as the tests themselves
	$(RUN) -m pytest -n 2 --dist worksteal --quiet --cov --cov-report=term:skip-covered -m "not browser and not long"

.PHONY: lives
lives: $(VENV)/.dev ## Play thousands of random lives of questions, a few minutes
	$(RUN) -m pytest -n 2 --quiet -m "slow or long" aanspreekpunt/promises

.PHONY: fuzz
fuzz: $(VENV)/.dev $(VENV)/.assets ## Play the standard interfaces by chance, half an hour; SEED=1 EXAMPLES=100
	$(RUN) -m bench.standard_fuzz --seed $(or $(SEED),1) --examples $(or $(EXAMPLES),100)

.PHONY: bench
bench: $(VENV)/.dev $(VENV)/.assets ## Measure at 100,000 and 1,000,000 contacts; takes half an hour and 6 GB
	$(RUN) -m bench.all

.PHONY: lock
lock: $(VENV)/.dev ## Fix the versions of all dependencies anew
	for set in base dev node; do \
	  $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    requirements/$$set.in --output-file requirements/$$set.txt || exit 1; done
	$(RUN) tools/assets.py --lock

.PHONY: clean
clean: ## Throw away what was installed and built, not your data
	rm -rf $(VENV) node_modules aanspreekpunt/common/static/vendor .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.base: requirements/base.txt $(VENV)/.venv
	@echo "Installing what the product runs on …"
	@$(PIP) --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what building and testing need …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.assets: package-lock.json tools/assets.py $(VENV)/.base
	@$(RUN) tools/assets.py
	@touch $@
