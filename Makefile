# `make app` opens the app, `make test` runs every check and test; both set everything up first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: app test check samples pictures clean

app: .venv/app
	$(BIN)/python -m planner.services.warm_up
	$(BIN)/streamlit run app.py

test: check
	$(BIN)/python -m planner.services.warm_up
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

samples: .venv/dev
	$(BIN)/python -m benchmarks.samples

pictures: .venv/dev
	$(BIN)/python -m benchmarks.pictures

.venv/app: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Hecht needs Python 3.11 or newer; set PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements.txt requirements-dev.txt .venv/app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
