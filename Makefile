# `make` lists the targets. Everything is installed into .venv and nothing outside this folder.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
CODE := actions adaptation assistant benchmarks teams tests scripts/build-names
# Nothing is installed but what the hashes name, build tools included. Rasa 3.6 declares Python
# 3.10; pyproject.toml says what it needs on later ones.
INSTALL := install -q --no-compile --disable-pip-version-check --no-deps --require-hashes --no-build-isolation --use-pep517 --ignore-requires-python
# setuptools takes an installed packaging before its own, and Rasa's pin (21.3) is too old for it.
SELF = PYTHONPATH="$$(echo "$$PWD"/.venv/lib/python3*/site-packages/setuptools/_vendor)" $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
EXPORT = $(BIN)/uv export -q --frozen --no-emit-project --no-annotate --no-header

.PHONY: help
help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: run
run: .venv/installed  ## serve the page, the widget and the channels on http://localhost:5005
	@$(BIN)/notice serve

.PHONY: chat
chat: .venv/installed  ## ask questions in the terminal (trains first if the content changed)
	@$(BIN)/notice chat

.PHONY: train
train: .venv/installed  ## train the model, if the content changed
	@$(BIN)/notice train

.PHONY: check
check: .venv/installed  ## everything that can be wrong with the content
	@$(BIN)/notice check

.PHONY: test
test: .venv/installed-dev  ## every check and test, on a trained model
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/deptry .
	$(BIN)/notice check
	@$(MAKE) --jobs 2 types train  # training uses one core most of the time
	$(BIN)/pytest -n 3 --dist loadfile --cov --cov-report term

.PHONY: shuffle
shuffle: .venv/installed-dev train  ## all tests in random order, five times, beside a busy process
	scripts/shuffle

.PHONY: screenshots
screenshots: .venv/installed-dev train  ## draw the pictures of the documents anew, in docs/images
	NOTICE_SCREENSHOTS="$$PWD/docs/images" $(BIN)/pytest tests/browser tests/channels/teams/test_playground.py -k "screenshots or picture_of or playground"

.PHONY: types
types: .venv/installed-dev  ## check the types
	$(BIN)/mypy

.PHONY: test-services
test-services: .venv/installed-dev  ## tests with real PostgreSQL, Redis and nginx
	scripts/test-services $(BIN)/pytest -p no:randomly tests/services

.PHONY: test-containers
test-containers: .venv/installed-dev  ## tests with the images of deploy/compose.yml; as root
	scripts/test-containers $(BIN)/pytest -s -v -p no:randomly -p no:xdist tests/containers

.PHONY: doctor
doctor: .venv/installed  ## what is wrong with the set-up, and the fix
	@$(BIN)/notice doctor

.PHONY: sbom
sbom: .venv/installed-dev  ## list of all packages, CycloneDX, in build/sbom.json
	@mkdir -p build
	$(BIN)/uv tool run -q --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.txt -o build/sbom.json

.PHONY: audit
audit: .venv/installed-dev  ## ask the index for known advisories on the pinned packages
	$(BIN)/uv tool run -q --from pip-audit==2.10.1 pip-audit -r requirements.txt --no-deps --disable-pip

.PHONY: benchmark
benchmark: .venv/installed-dev  ## the figures of the documents
	$(BIN)/python -m benchmarks.start_up
	$(BIN)/python -m benchmarks.redaction
	$(BIN)/python -m benchmarks.teams_load

.PHONY: bench
bench: .venv/installed-dev .venv/starter/installed  ## both servers side by side; make bench ARGS=--quick for four minutes
	$(BIN)/python -W ignore -m benchmarks.side_by_side $(ARGS)

.PHONY: format
format: .venv/installed-dev  ## put the code into the common form
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

.PHONY: requirements
requirements: .venv/installed-dev  ## pin all packages anew, with hashes, from pyproject.toml
	rm -f uv.lock
	$(BIN)/uv lock -q --python $(BIN)/python
	$(EXPORT) -o requirements.txt
	$(EXPORT) --extra dev -o requirements-dev.txt
	$(EXPORT) --only-group build -o requirements-build.txt
	$(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-annotate --no-header requirements-tools.in -o requirements-tools.txt
	$(BIN)/uv pip compile -q --no-config --python-version 3.10 --generate-hashes --no-annotate --no-header benchmarks/starter/requirements.in -o benchmarks/starter/requirements.txt
	rm -f uv.lock  # it names a registry; the hashes above are what counts

.PHONY: clean
clean:  ## remove what the other targets made
	rm -rf .venv .rasa models .pytest_cache .mypy_cache .ruff_cache *.egg-info

# Two marks, so that a practitioner's machine gets no test tools.
.venv/installed: requirements.txt requirements-build.txt pyproject.toml | .venv/bin/python
	@echo "Installing packages (a few minutes the first time) ..."
	@$(BIN)/python -m pip $(INSTALL) -r requirements-build.txt
	@$(BIN)/python -m pip $(INSTALL) -r requirements.txt
	@$(SELF)
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements-build.txt requirements-tools.txt pyproject.toml | .venv/bin/python
	@echo "Installing packages (a few minutes the first time) ..."
	@$(BIN)/python -m pip $(INSTALL) -r requirements-build.txt
	@$(BIN)/python -m pip $(INSTALL) -r requirements-dev.txt
	@$(SELF)
	@$(BIN)/python -m venv .venv/tools
	@.venv/tools/bin/python -m pip $(INSTALL) -r requirements-build.txt
	@.venv/tools/bin/python -m pip $(INSTALL) -r requirements-tools.txt
	@touch .venv/installed $@

.venv/starter/installed: benchmarks/starter/requirements.txt | .venv/installed-dev
	@benchmarks/starter/install

.venv/bin/python:
	@python="$$(scripts/find-python)" && "$$python" -m venv .venv
