PYTHON ?= python3
COMPILE = .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url

.PHONY: run stop test nightly bench lock

run stop test nightly bench:
	@$(PYTHON) avvikelse/embedded/bootstrap.py $@

# make lock UPGRADE=--upgrade takes the newest of everything.
lock:
	@$(COMPILE) $(UPGRADE) -o requirements.lock requirements.in
	@$(COMPILE) --constraint requirements.lock -o requirements-production.lock requirements-production.in
