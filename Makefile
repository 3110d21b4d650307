# `make app` opens the app, `make test` runs every check and test, `make quick` those that take little;
# each sets everything up first.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
UV := uv==0.13.9
SHARED := --dist loadfile --no-loadscope-reorder
# uv takes seconds where pip takes minutes, but does not read the settings of pip: where it finds nothing, pip does.
# What is imported is translated then; most of what is installed never is.
define INSTALL
$(PIP) $(UV) && $(BIN)/uv pip install --quiet --python $(BIN)/python -r $(1) || $(PIP) -r $(1)
endef

# Where a shell forbids it, each of the many processes would translate all sources anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: app test quick quick-tests check lint style types compiled collected samples pictures clean

app: compiled
	$(BIN)/streamlit run app.py

# What keeps one core busy alone is done side by side. One of the tests builds the site, as `make check` does.
test:
	@$(MAKE) --no-print-directory -j 4 lint compiled collected
	$(BIN)/python -m pytest -n 2 $(SHARED)

quick:
	@$(MAKE) --no-print-directory -j 3 types style quick-tests

quick-tests: .venv/dev
	$(BIN)/python -m pytest -n 2 $(SHARED) -m "not slow" --hypothesis-profile=quick

# The workers would all translate all tests at once.
collected: .venv/dev
	-@$(BIN)/python -m pytest --collect-only > /dev/null 2>&1

compiled: .venv/app
	$(BIN)/python -m planner.services.warm_up

check: lint
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

lint: types style

# What mypy takes a union for can hang on the order of a set: with one seed it says the same everywhere.
types: .venv/dev
	PYTHONHASHSEED=0 $(BIN)/mypy

style: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/python -m benchmarks.docstrings

samples: .venv/dev
	$(BIN)/python -m benchmarks.samples

pictures: .venv/dev
	$(BIN)/python -m benchmarks.pictures

.venv/app: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Hecht needs Python 3.11 or newer; set PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(call INSTALL,requirements.txt)
	touch $@

.venv/dev: requirements.txt requirements-dev.txt .venv/app
	$(call INSTALL,requirements-dev.txt)
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache site
