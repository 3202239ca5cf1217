# Every target is one command. It sets up .venv from the locked requirements if necessary.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
PORT ?= 8000
# The folder of notes; empty stands for PATH in pelican.conf.py.
VAULT ?=

VENV := .venv
RUN := PYTHONPATH=plugins $(VENV)/bin/python -m
RUNTIME := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
notes = $(if $(VAULT),"$(VAULT)")

# The title reaches the command exactly as it is typed.
override TITLE := $(value TITLE)
override UP := $(value UP)
override TAGS := $(value TAGS)
override FOLDER := $(value FOLDER)
override TEMPLATE := $(value TEMPLATE)
export TITLE UP TAGS FOLDER TEMPLATE

# Some environments forbid Python to keep compiled modules, which doubles the time it takes to start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve html publish new drafts wanted check explain lint format test pictures bench bench-peers profile clean lock

help: ## print this list
	@echo 'Usage: make COMMAND'
	@echo
	@sed -nE 's/^([a-z-]+):.* ## (.*)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r name text; do printf '%-11s %s\n' "$$name" "$$text"; done
	@echo
	@echo 'VAULT=folder builds, serves or checks other notes than those that pelican.conf.py names.'

serve: $(RUNTIME) ## build the site, serve it at http://localhost:8000 (PORT=…), rebuild it on every save (PUBLISHED=1: no drafts)
	@$(RUN) garden serve $(notes) --port $(PORT) $(if $(PUBLISHED),--published)

html: $(RUNTIME) ## build the site into output/
	@$(RUN) garden html $(notes)

publish: $(RUNTIME) ## show what will change, ask, publish the site: SITEURL=https://example.org [DRY_RUN=1] [YES=1]
	@$(RUN) garden publish $(notes) $(if $(SITEURL),--site-url "$(SITEURL)") $(if $(DRY_RUN),--dry-run)

new: $(RUNTIME) ## write a draft: TITLE="My note" [UP=mlops] [TAGS=data,drift] [FOLDER=…] [TEMPLATE=…] [OPEN=1]
	@$(RUN) garden new "$$TITLE" --up="$$UP" --tags="$$TAGS" --folder="$$FOLDER" --template="$$TEMPLATE" \
		$(if $(VAULT),--vault "$(VAULT)") $(if $(OPEN),--open) $(ARGS)

drafts: $(RUNTIME) ## list the notes that are not published
	@$(RUN) garden drafts $(notes)

wanted: $(RUNTIME) ## list the names that links use but no note has
	@$(RUN) garden wanted $(notes) $(ARGS)

check: $(RUNTIME) ## print the problems in the notes, without building (ARGS="--strict --verbose note.md")
	@$(RUN) garden check $(if $(VAULT),--vault "$(VAULT)") $(ARGS)

explain: $(RUNTIME) ## say what a diagnostic means: ID=link-unresolved
	@$(RUN) garden explain $(ID)

lint: $(DEV) ## check style, types and layers of the code
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(RUN) mypy
	@PYTHONPATH=plugins $(VENV)/bin/lint-imports

format: $(DEV) ## format the code
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

# The whole suite needs a browser. With ARGS, a machine without one can run the tests that do not need it;
# the others fail with a message that says so.
test: $(DEV) ## run all tests (ARGS="-k wikilinks" for some)
	@$(VENV)/bin/python tests/support/browser.py $(if $(ARGS),|| true)
	@$(RUN) pytest --numprocesses=auto --dist=worksteal $(ARGS)

pictures: $(DEV) ## take screenshots of every kind of page into pictures/, and the one in the README
	@PYTHONPATH=plugins:. $(VENV)/bin/python tests/browser/pictures.py pictures

bench: $(DEV) ## measure builds and saves (ARGS="--notes 1000 --runs 3", ARGS="--vault FOLDER", ARGS=--help)
	@PYTHONPATH=plugins:. $(VENV)/bin/python tests/bench/compare.py --alone $(ARGS)

bench-peers: $(DEV) ## compare with Hugo, Eleventy, stock Pelican and Zensical, in turn (ARGS="--notes 100 --peers hugo --json figures.json")
	@PYTHONPATH=plugins:. $(VENV)/bin/python tests/bench/compare.py $(ARGS)

profile: $(DEV) ## show where the time of a cold build goes (ARGS="VAULT", ARGS="--notes 300")
	@PYTHONPATH=plugins:. $(VENV)/bin/python tests/bench/profile_build.py $(ARGS)

clean: ## remove the built site and the cache
	rm -rf output .cache

lock: ## update all dependencies to their newest versions (for maintainers; needs uv)
	uv pip compile pyproject.toml --extra diagrams --output-file requirements.txt $(LOCK)
	uv pip compile pyproject.toml --extra diagrams --extra cards --extra lsp --output-file requirements-dev.txt $(LOCK) --group dev --constraint requirements.txt

# One lock for all systems and for Python 3.11 and later; with hashes, and without the address of an index.
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock'

# Set-up ------------------------------------------------------------------------------------------

# The environment is created again when its Python is gone, for example after an upgrade of the system.
NEW := $(shell $(VENV)/bin/python -c '' 2>/dev/null || echo venv)

$(RUNTIME): requirements.txt $(NEW)
	@echo 'Installing what the site needs (once; a minute or so) …' >&2
	@$(PIP) --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(NEW)
	@echo 'Installing what the tests need (once; a minute or so) …' >&2
	@$(PIP) --requirement requirements-dev.txt
	@touch $@ $(RUNTIME)

PIP := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: venv
venv:
	@command -v "$(PYTHON)" >/dev/null || { echo 'There is no $(PYTHON). Install Python 3.11 or newer: https://www.python.org/downloads/' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed, and $(PYTHON) is older. If you have a newer one: make PYTHON=python3.12 …' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo '$(PYTHON) cannot create virtual environments. On Debian and Ubuntu: sudo apt install python3-venv' >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)
