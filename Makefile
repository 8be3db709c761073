# `make run` and `make test` need python3 (3.11 or newer) and make; everything else they install into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test gate lint docs model bench bench-summaries bench-topics bench-language bench-names bench-extraction fuzz clean

# Where the treebanks and the news text for training lie; models/en_news/README.md names them.
DATA ?= data/training
PAGES ?= $(DATA)/pages
GOLD ?= $(DATA)/../gold
BENCH ?=

# How many pages `make fuzz` breaks, and which.
FUZZED ?= 10000
SEED ?= 1

help:
	@echo "make run    draft the pages of data/raw into data/processed"
	@echo "make test   lint, type-check, run every test and the quality gate"
	@echo "make gate   hold the drafts of the fixture corpus to the floors of quality.toml"
	@echo "make lint   lint and type-check only"
	@echo "make model  train the language pipeline of models/en_news anew from DATA=folder (hours)"
	@echo "make bench  speed and memory beside other summarisers, on PAGES=folder or the samples of data/raw"
	@echo "make bench-summaries  choice, compression and finished lines on the validation rows of DATA=folder"
	@echo "make bench-topics     subjects and sober stories on the rows of DATA=folder, and on an editor's drafts in GOLD"
	@echo "make bench-language   the language pipeline against its goals, with DATA=folder on treebanks and PAGES too"
	@echo "make bench-extraction   extraction against trafilatura's default, on PAGES=folder with gold.jsonl"
	@echo "make fuzz   draft FUZZED=10000 pages broken on purpose, of SEED=1; half an hour at most"
	@echo "make docs   write the command reference and the sample of the README anew"
	@echo "make bench-names      the links of names and pronouns, on the treebanks of DATA=folder"
	@echo "make clean  remove the environment, the caches and all drafts (reviews stay)"

run: $(READY)
	$(BIN)/summarise run data/raw

test: lint
	$(BIN)/python -m pytest
	$(BIN)/summarise evaluate tests/corpus --gate

gate: $(READY)
	$(BIN)/summarise evaluate tests/corpus --gate

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(READY)
	$(BIN)/python docs/generate.py

model: $(READY)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt -e '.[train]'
	$(BIN)/python -m spacy project run all models/en_news --vars.data $(abspath $(DATA))

# newspaper4k asks for lxml in a way that pip before 23.3 cannot resolve. A peer that cannot be installed is left out.
bench: $(READY)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --upgrade 'pip>=23.3' \
	  && $(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt -e '.[bench]' \
	  || echo "The peers could not all be installed: those that are missing are left out." >&2
	$(BIN)/python -m benchmarks.throughput --pages $(or $(wildcard $(PAGES)),data/raw) $(BENCH)

bench-language: $(READY)
	$(BIN)/python -m benchmarks.language --ud $(DATA)/ud
	$(BIN)/python -m benchmarks.boundaries tests/language/british_sentences.yaml --half test
	$(BIN)/python -m benchmarks.mentions $(wildcard $(PAGES)) tests/corpus
	$(BIN)/python -m benchmarks.names_on_gum $(DATA)/ud

bench-names: $(READY)
	$(BIN)/python -m benchmarks.names_on_gum $(DATA)/ud --folds 5

bench-summaries: $(READY)
	$(BIN)/python -m benchmarks.summaries $(DATA)/cnndm.validation.jsonl.gz --pairs $(DATA)/sentence-compression.jsonl.gz

bench-topics: $(READY)
	$(BIN)/python -m benchmarks.topics $(DATA)/bbc.jsonl.gz $(addprefix --gold ,$(wildcard $(GOLD)))

fuzz: $(READY)
	$(BIN)/python -m benchmarks.fuzz $(wildcard $(PAGES)) data/raw tests/corpus tests/newsrooms --pages $(FUZZED) --seed $(SEED)

bench-extraction: $(READY)
	$(BIN)/python -m benchmarks.extraction --pages $(PAGES) --verbose

# The stamp is older than either file when the environment has to be brought up to date.
$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf data/processed/drafts
	rm -f data/processed/drafts.parquet data/processed/drafts.csv data/processed/ledger.jsonl
	rm -f data/processed/failures.jsonl data/processed/run.json
