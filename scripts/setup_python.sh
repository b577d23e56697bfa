#!/bin/sh
# Make the virtual environment $1 with docgen and its pinned dependencies in it. Uses the user's own pip settings.
set -eu
cd "$(dirname "$0")/.."
. scripts/common.sh
venv=$1

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
has_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# A Python of 3.11 or later, one that can make environments before one that cannot. $PYTHON goes first.
find_python() {
    fallback=
    for name in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        is_new_enough "$name" || continue
        if has_venv "$name"; then
            echo "$name"
            return
        fi
        fallback=${fallback:-$name}
    done
    echo "$fallback"
}

python=$(find_python)
[ -n "$python" ] || lacks "没有找到 Python 3.11 或更新的版本。" \
    "Debian 12 及以上：apt-get install python3 python3-venv" \
    "macOS：brew install python@3.12" \
    "Windows：从 python.org 下载安装，勾选 Add python.exe to PATH" \
    "已装在别处的，用 make setup PYTHON=/路径/python3 指明。"
if ! has_venv "$python"; then
    if has_apt && can_be_root; then
        say "安装 python3-venv …"
        apt_install python3-venv || true
    fi
    has_venv "$python" || lacks "$python 缺少 venv 模块，不能建立虚拟环境。" \
        "如果上面有下载失败的提示，先检查网络，再运行 make setup。" \
        "否则请管理员运行：apt-get install python3-venv（Debian、Ubuntu），再运行 make setup。"
fi

# An environment of an older or vanished Python is made anew.
if ! { [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python"; }; then
    say "建立虚拟环境 $venv（$("$python" --version)）…"
    rm -rf "$venv"
    "$python" -m venv "$venv" || lacks "不能建立虚拟环境 $venv。" "请查看上面的原因，检查磁盘空间和文件夹的写权限。"
fi

say "安装 docgen 和它的依赖（第一次需要几分钟）…"
# Builds are pinned, too: older pips read the first name, newer ones the second. A user's "user = true" must not apply.
PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_USER=0 \
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' ||
    lacks "依赖没有装上，多半是网络不通（具体原因见上面）。" \
        "检查网络；如果学校使用镜像，用 pip config 设置镜像地址。然后再运行 make setup，已装好的不会重来。"
touch "$venv/.python-ready"
