# Two words for a newcomer: `make demo` and `make test`. One for a developer: `make check`, before the tests.
PYTHON ?= python3
VENV   ?= .venv
EXTRAS ?= dev
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
SHOWN  := $(VENV)/.shown
WORK   ?= bench-out
SHARE  ?= 1

# One worker more than there are cores: some tests wait for other processes.
WORKERS ?= $$($(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

# The C library gives large arrays back to the system at once, and takes them anew for the next: on virtual machines this
# took a third of the time of the tests that read pictures. Here it keeps them.
export MALLOC_MMAP_THRESHOLD_ = 1073741824
export MALLOC_TRIM_THRESHOLD_ = 4294967296
export MALLOC_TOP_PAD_ = 67108864

# Some machines forbid bytecode: each worker, and each process that a test starts, would compile all files again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check format lint types layers spelling reference calibrate bench clean

demo: $(SHOWN)
	$(BIN)/ballotworthy demo demo-out

test: $(READY)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

check: format lint types layers spelling

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

spelling: $(READY)
	$(BIN)/codespell README.md CHANGELOG.md docs src tests benchmarks tools

reference: $(READY)
	$(BIN)/python tools/law_texts.py
	$(BIN)/python tools/reference.py

# Matching measured beside Splink: FEBRL 2 minutes, accuracy a quarter of an hour, the size of a state an hour and 20 GB
# in $(WORK). `make bench SHARE=0.02` makes the last five minutes.
bench: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[bench]"
	$(BIN)/python benchmarks/febrl.py
	$(BIN)/python benchmarks/accuracy.py
	$(BIN)/python benchmarks/scale.py $(WORK) --share $(SHARE)

define set_up
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ballotworthy needs Python 3.11 or newer; yours is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 demo" or 0)'
	@echo "Setting up $(VENV), once. pip downloads what the program needs, $$(sed -n 's/^Together they are \(.*\)\.$$/\1/p' docs/why/dependencies.md) on the disk$(1)."
	$(PYTHON) -m venv $(VENV)
endef

# The demo takes what the program needs to run; all else takes the developers' packages too.
$(SHOWN): pyproject.toml
	$(call set_up,)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $(SHOWN)

$(READY): pyproject.toml
	$(call set_up, and the extra [$(EXTRAS)] for developers: docs/why/dependencies.md says what each is for)
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[$(EXTRAS)]"
	touch $(SHOWN) $(READY)

clean:
	rm -rf $(VENV) demo-out bench-out
