# One command each on a fresh machine: make install | demo | test | run | check | bench | soak. Nothing else is needed but python3 >= 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-$(shell cat requirements/runtime.txt pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
DEV := $(VENV)/.dev-$(shell cat requirements/dev.txt pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)

.PHONY: install demo run test soak check bench lock format clean

install: $(RUNTIME)

demo: $(RUNTIME)
	@exec $(BIN)/wenming demo

run: $(RUNTIME)
	@exec $(BIN)/wenming run

# More workers than CI's two cores, for tests wait for processes that they have started; each costs ten seconds itself.
test: $(DEV)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)  # nothing is compiled twice

soak: $(DEV)
	@TMPDIR=$${TMPDIR:-/tmp} $(BIN)/python -m pytest -m soak --timeout 7200 $(ARGS)  # gigabytes, and a real disk below them
	@$(if $(ARGS),:,SEEK=3000 $(BIN)/python -m pytest --timeout 7200 tests/domain)

check: $(DEV)
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache

format: $(DEV)
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(DEV)
	@$(BIN)/python -m benchmarks $(ARGS)

# A stamp file carries the checksum of what was installed: a second start finds it and never touches the network.
$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "python3 (3.11 or newer) is missing: install it first / 缺少 python3，请先安装"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, this is $$($(PYTHON) -V) / 需要 Python 3.11 以上"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing (Debian, Ubuntu: apt install python3-venv) / 缺少 venv 模块"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

define install
	@echo "installing / 正在安装 ($(1)) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt \
	&& $(BIN)/uv pip install -q $(2) --python $(BIN)/python --require-hashes -r requirements/$(1).txt \
	|| $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

$(RUNTIME): | $(VENV)/bin/python
	$(call install,runtime)
	@rm -f $(VENV)/.runtime-* && touch $@

$(DEV): | $(VENV)/bin/python
	$(call install,dev,--compile-bytecode)
	@rm -f $(VENV)/.runtime-* $(VENV)/.dev-* && touch $(RUNTIME) $@

# Resolve the pins anew. Hashes only: no address of any registry may stand in the files.
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade
lock: $(DEV)
	@$(BIN)/$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	@$(BIN)/$(LOCK) pyproject.toml --group build -c requirements/dev.txt -o requirements/runtime.txt
	@echo uv | $(BIN)/$(LOCK) - -o requirements/uv.txt

clean:
	@rm -rf $(VENV) *.egg-info
