# docgen 的开发与试用命令。不带参数运行 make 可以看到说明。
# GNU make; POSIX sh. Two steps of setup, each with a stamp, so that a second call takes no time.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
DEMO := out/demo
BENCHMARKS := $(sort $(wildcard benchmarks/bench_*.py))

.PHONY: help setup demo test lint bench clean

help:
	@echo '用法：make 命令'
	@echo
	@echo '  make demo    装好所需的一切，用 samples/school 生成一套示例申报材料'
	@echo '  make setup   只安装：Python 虚拟环境、依赖、排版库、中文字体'
	@echo '  make test    安装并运行全部测试'
	@echo '  make lint    检查代码风格和类型'
	@echo '  make bench   运行 benchmarks/ 中的性能比较'
	@echo '  make clean   删除虚拟环境、示例成品和缓存（不动您的数据）'
	@echo
	@echo '装好以后，$(BIN)/docgen doctor 查看本机缺什么，$(BIN)/docgen --help 查看全部功能。'

$(VENV)/.python-ready: pyproject.toml constraints.txt scripts/setup_python.sh
	@sh scripts/setup_python.sh $(VENV)

$(VENV)/.system-ready: scripts/setup_system.sh $(VENV)/.python-ready
	@sh scripts/setup_system.sh $(VENV)

setup: $(VENV)/.python-ready $(VENV)/.system-ready
	@$(if $(filter setup,$(MAKECMDGOALS)),echo '安装已完成。',:)

demo: setup
	@$(BIN)/docgen build samples/school -o $(DEMO)
	@echo
	@echo '示例申报材料已生成。请打开：'
	@echo '  $(DEMO)/index.html               全部材料的目录和核查结果（用浏览器打开）'
	@echo '  $(DEMO)/主管领导审核汇总页.pdf   供主管领导审核签字'
	@echo '  $(DEMO)/A01-…/申报书.pdf         每个证书等级一个文件夹'
	@echo '用自己的数据：$(BIN)/docgen init 我的学校，填好工作簿后 $(BIN)/docgen build 我的学校'

test: setup
	@$(BIN)/pytest -n 2 --dist loadgroup

lint: $(VENV)/.python-ready
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

bench: setup
ifeq ($(BENCHMARKS),)
	@echo 'benchmarks/ 中还没有性能比较（bench_*.py），没有可运行的内容。'
else
	@set -e; for file in $(BENCHMARKS); do echo "== $$file"; $(BIN)/python $$file; done
endif

clean:
	rm -rf $(VENV) $(DEMO) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find docgen tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
