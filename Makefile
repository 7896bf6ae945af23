# Thin wrapper: every command is `python3 project.py <command>`, for machines without make.
PYTHON ?= python3

.PHONY: help run install test test-fast lint fmt bench lock vendor
help run install test test-fast lint fmt bench lock vendor:
	@$(PYTHON) project.py $@

.DEFAULT_GOAL := help
