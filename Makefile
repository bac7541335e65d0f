# Relève. `make run` opens the demo; `make test` checks everything. Both install what they need.
SHELL := /bin/bash
.DEFAULT_GOAL := help

SITE      ?= .releve
ROLE      ?= moderator
PACKAGES  := libncurses-dev libsqlite3-dev libvectorscan-dev libpsl-dev libpq-dev pkg-config
TOOLS     := tmux python3 python3-cryptography postgresql pgbouncer
RELEVE    := .build/release/releve
export RELEVE_STORE ?= sqlite:$(SITE)/site.sqlite

.PHONY: help run demo build plain test check lint swift system tools site benchmark clean

help: ## Say what can be made.
	@echo "Relève: a terminal console for content moderation."
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: site ## Open the console as a moderator on a demo site in .releve/.
	@$(RELEVE) --role moderator

demo: site ## The same in another role: make demo ROLE=lead|auditor.
	@$(RELEVE) --role $(ROLE)

build: swift system ## Build the release.
	@echo "== building releve (release; the first time takes some minutes)"
	@swift build -c release --product releve

plain: swift system ## Build without PostgreSQL, beside the usual build, and see that it says so.
	@swift build --disable-default-traits --scratch-path .build-plain --product releve
	@.build-plain/debug/releve queue stats --store postgres://none/none 2>&1 | grep "without PostgreSQL"
	@rm -rf .build-plain

site: build
	@if [ ! -e $(SITE)/site.sqlite ]; then \
	  echo "== making a demo site in $(SITE)/ and taking Queue/ in"; \
	  $(RELEVE) init --demo --policies Policies && \
	  $(RELEVE) intake $(sort $(wildcard Queue/*.jsonl Queue/*.csv)); \
	fi

test: check lint ## Install what tests need, run all tests, the format check and the module check.

check: swift system tools
	@echo "== building everything, every import checked against Package.swift"
	@swift build --build-tests --explicit-target-dependency-import-check error
	@echo "== running all tests"
	@swift test --skip-build --explicit-target-dependency-import-check error

lint: swift
	@echo "== checking the format"
	@swift format lint --strict --recursive Sources Tests Benchmarks Package.swift
	@echo "format: clean"

benchmark: build tools ## Run the benchmarks of Benchmarks/README.md.
	@swift build -c release --product releve-bench
	@python3 Benchmarks/run.py

swift:
	@command -v swift >/dev/null || { \
	  echo "releve: Swift 6.1 or newer is missing: install the toolchain from swift.org and put its bin folder on PATH" >&2; \
	  exit 2; }

system:
	@.ci/install $(PACKAGES)

tools:
	@.ci/install $(TOOLS)

clean: ## Remove what was built; the demo site stays.
	@rm -rf .build
