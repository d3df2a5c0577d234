# make help lists what there is to do. The first one that you run sets up .venv.

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
NEEDED_BY_TESTS := .[flink,spark,kafka,dev]

# The first of these that runs and that Flink's and Spark's packages know.
KNOWN := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))
PYTHON ?= $(shell for name in python3.11 python3.12 python3; do \
	if $$name -c "$(KNOWN)" 2>/dev/null; then echo $$name; break; fi; done)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Setting up ---

.PHONY: python java maven
python:
	@test -n "$(PYTHON)" || { echo "error: Python 3.11 was not found: install Python 3.11 or 3.12 (for" \
	"example Debian's python3.11-venv) and put it on the PATH" >&2; exit 1; }

java: python
	@$(PYTHON) -m scripts.check java

maven: java
	@$(PYTHON) -m scripts.check maven

.PHONY: install
install: $(INSTALLED) ## Set up .venv, with both engines and the tools, at pinned versions

# PIP_CONSTRAINT also pins what builds the packages that come as source.
$(INSTALLED): setup.cfg pyproject.toml constraints.txt | python
	$(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
		$(BIN)/pip install --disable-pip-version-check --quiet --editable '$(NEEDED_BY_TESTS)'
	@touch $@

# --- Seeing it run ---

.PHONY: demo
demo: java install ## Run both examples in this process: their SQL, and the rows that come out
	@$(BIN)/python -m scripts.demo

.PHONY: demo-kafka
demo-kafka: maven install ## Run the online example on a Kafka broker and a Flink cluster
	@$(BIN)/python -m scripts.demo_kafka

.PHONY: demo-spark-cluster
demo-spark-cluster: java install ## Run the training example on a Spark Master and a Worker
	@$(BIN)/python -m scripts.demo_spark_cluster

# --- Working on it ---

.PHONY: test
test: maven lint types ## Run every check: lint, types, all tests on both engines
	$(BIN)/pytest

.PHONY: unit
unit: install ## Run the tests that start no engine and install nothing
	$(BIN)/pytest -m "not flink and not spark and not cluster and not installs"

N ?= 1000
SEED ?= 1

.PHONY: fuzz
fuzz: java install ## Search for definitions on which the engines disagree: N=1000 SEED=1
	$(BIN)/python -m tests.fuzz --definitions $(N) --seed $(SEED)

.PHONY: mutants
mutants: java install ## Plant faults one at a time, and show that the search finds each
	$(BIN)/python -m tests.fuzz.mutants

.PHONY: update
update: install ## Write the plans and the SQL of the test cases anew, for review
	$(BIN)/pytest tests/test_cases.py -k test_text --update -q

.PHONY: lint
lint: install ## Check style and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: format
format: install ## Lay the code out, and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# mypy does not know that dialects/ and templates/ are packages of sqlfeat: it checks what ships.
.PHONY: types
types: install ## Check the types of what ships, and of scripts/
	@rm -rf build
	$(BIN)/pip install --disable-pip-version-check --quiet --no-build-isolation --no-deps \
		--target build/typecheck .
	cd build/typecheck && ../../$(BIN)/mypy --strict --cache-dir ../../.mypy_cache -p sqlfeat
	MYPYPATH=build/typecheck $(BIN)/mypy --strict -p scripts

.PHONY: clean
clean: ## Remove what was built; .venv and the downloaded jars stay
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf examples/*/output .cache/logs
	for folder in . examples/*; do \
		rm -rf "$$folder/spark-warehouse" "$$folder/metastore_db" "$$folder/derby.log"; done
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
