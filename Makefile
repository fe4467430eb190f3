# Two commands do all set-up: `make demo` and `make test`. Python 3.11 or later and make are enough.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: demo test coverage check bench fuzz lock clean help

help:
	@echo "make demo    play the whole study on invented data, without server or network"
	@echo "make test    run the tests"
	@echo "make check   linters, formatting, strict types"
	@echo "make bench   print the measures, one line per figure"

demo: $(INSTALLED)
	$(BIN)/maturity demo

test: $(INSTALLED)
	$(BIN)/pytest -n 2 --dist loadfile

# The same tests, half as fast again, with the lines they reach.
coverage: $(INSTALLED)
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=term

# A long run of random lives of an edited report; the tests play 2,000.
fuzz: $(INSTALLED)
	$(BIN)/python -m tests.word.merge.fuzz --sequences 20000

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(INSTALLED)
	$(BIN)/python -m tests.benchmarks

# After a change of dependencies; constraints.txt is the same lock for people who use pip.
lock: $(INSTALLED)
	$(BIN)/uv lock
	$(BIN)/uv export --quiet --frozen --no-dev --no-emit-project --no-hashes --no-header --no-annotate \
		--output-file constraints.txt

$(INSTALLED): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=python3.11 …"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	$(BIN)/uv sync --quiet --frozen --no-progress
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .coverage*
