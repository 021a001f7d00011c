# `make demo`: install what is missing, digitise the samples, show one. `make test`: every check.
PYTHON ?= python3
BIN := .venv/bin
READY := .cache/ready

.PHONY: demo test lint models bench lock clean system
.DEFAULT_GOAL := demo

demo: $(READY)
	$(BIN)/sohoa digitise samples --output outputs
	$(BIN)/sohoa show samples/plan-74/scan.pdf --output outputs

# The tests start a PostgreSQL server, and a browser, of their own.
test: lint
	@scripts/system.sh postgresql chromium chromium-driver
	$(BIN)/pytest --cov --cov-report=term:skip-covered --nbmake tests notebooks

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Rebuilds what is in models/ from ../shared/data; each card names its own command.
models: $(READY)
	$(BIN)/python -m pipeline.train.gazetteer
	$(BIN)/python -m pipeline.train.restoration
	.cache/uv/bin/uv pip install --quiet --python $(BIN)/python numba torch
	$(BIN)/python -m pipeline.train.advice
	$(BIN)/python -m pipeline.train.recogniser
	$(BIN)/python -m pipeline.train.confidence

# Measures anew and writes the tables and the picture of README.md.
bench: $(READY)
	$(BIN)/python benchmarks/figures.py README.md
	$(BIN)/python benchmarks/reading.py --readme README.md
	$(BIN)/python benchmarks/restoration.py --card
	$(BIN)/python benchmarks/picture.py samples/plan-74/scan.pdf docs/plan-74.png

lock: $(READY)
	.cache/uv/bin/uv lock

system:
	@scripts/system.sh

$(READY): pyproject.toml uv.lock scripts/environment.sh | system
	@PYTHON=$(PYTHON) scripts/environment.sh
	@mkdir -p $(@D) && touch $@

clean:
	rm -rf .venv .cache dist build outputs/documents outputs/dataset.sqlite
