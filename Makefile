# make help lists what there is to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
# Tests start Python hundreds of times: what is compiled once is kept.
unexport PYTHONDONTWRITEBYTECODE

# Workers begin with equal shares, in the order of tests/conftest.py; who is done takes half of what
# another has left. All tests have three, because many wait: for browsers, LibreOffice, JupyterLab.
PYTEST := $(BIN)/python -m pytest --dist worksteal --numprocesses
AT_ONCE := $(MAKE) --no-print-directory --jobs=2

.PHONY: help report check compiled quick-tests test all-tests style lint types bench national stress windows docs fonts places lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

report: $(VENV)/installed ## install, and render every parameter file in params/
	$(BIN)/ita render

check: lint ## style, types, and every test that starts no process, browser or LibreOffice
	$(AT_ONCE) types quick-tests

# Each worker would compile all modules of a fresh clone for itself.
compiled: $(VENV)/installed
	$(BIN)/python -m compileall -q ita_helpers

quick-tests: compiled
	$(PYTEST) 2 -m "not processes" --hypothesis-profile=quick

test: lint ## install, check style and types, and run all tests
	$(AT_ONCE) types all-tests

all-tests: compiled
	$(PYTEST) 3

style: lint types

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed
	$(BIN)/mypy

bench: $(VENV)/installed .bench/installed ## measure what reports and commands cost, BESIDE=commit if one is named (10 minutes)
	$(BIN)/python tests/bench/run.py $(if $(BESIDE),--beside $(BESIDE))

.bench/installed: tests/bench/others.lock
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --target .bench -r $<
	touch $@

national: $(VENV)/installed ## say how many hours 8,317 made-up organisations take, from 200 or REPORTS=number, or REPORTS=all
	$(BIN)/python tests/bench/national.py $(REPORTS)

stress: $(VENV)/installed ## kill batches and writers and complete them, set writers against each other; install as a user does; try the laws on new cases
	$(BIN)/python tests/stress.py
	$(BIN)/python tests/stress_writers_data.py
	$(BIN)/python tests/stress_writers.py
	$(BIN)/python tests/stress_words.py
	$(BIN)/python tests/stress_launcher.py
	$(BIN)/python tests/stress_tables.py
	$(BIN)/python tests/stress_finished.py
	$(BIN)/python tests/stress_slips_known.py
	$(BIN)/python tests/stress_changes.py
	$(BIN)/python tests/stress_issue.py
	$(BIN)/python tests/stress_publish.py
	$(BIN)/python tests/stress_surroundings.py
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=wide

windows: $(VENV)/installed ## do what users do, and run the tests, on Windows under Wine (Debian 12, root; STEPS="name …" for some)
	PYTHONPATH=tests $(BIN)/python tests/windows/run.py $(STEPS)

docs: $(VENV)/installed ## regenerate trees, data/README.md, params/schema.json and environment.yml
	$(BIN)/python -m ita_helpers.generated

fonts: $(VENV)/installed ## build the Sarabun files from the npm package
	$(BIN)/python -m ita_helpers.faces.fonts.make_fonts

places: $(VENV)/installed ## build data/places.csv from the package geothai
	$(BIN)/python -m pip install --quiet --no-deps --target .places geothai
	PYTHONPATH=.places $(BIN)/python -m ita_helpers.store.make_places
	rm -r .places

lock: ## pin the newest versions, for all platforms
	uv pip compile pyproject.toml --extra dev --extra cluster --universal --python-version 3.11 \
	  --generate-hashes --no-header -o requirements.lock
	echo hatchling | uv pip compile pyproject.toml - -c requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements-run.lock

clean: ## remove what was installed and rendered
	rm -rf $(VENV) rendered/[0-9]* .mypy_cache .ruff_cache .pytest_cache .hypothesis
