#!/bin/sh
# See that the machine has what docgen in the environment $1 needs beside Python: Pango, HarfBuzz, Chinese fonts.
# Installs on Debian and its kin, as root or by a sudo that asks nothing; fonts can be had without being root.
set -eu
cd "$(dirname "$0")/.."
. scripts/common.sh
venv=$1

LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"
FONTS="fonts-noto-cjk fonts-arphic-ukai fonts-dejavu-core"
# Read PDFs in the tests: two engines beside the one inside, and a checker. docgen itself does not need them.
TEST_TOOLS="poppler-utils qpdf mupdf-tools"
# Turns Office files among the evidence into PDF. Of Debian's packages the ones without windows: some 75 MB, and what
# they need. Left alone where there is a LibreOffice already, from wherever it is.
OFFICE="libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"

has_family() { command -v fc-list >/dev/null 2>&1 && fc-list -f '%{family}\n' | tr , '\n' | grep -qxF "$1"; }

font_folder() {
    if [ "$(id -u)" = 0 ]; then
        echo /usr/local/share/fonts/docgen
    else
        echo "${XDG_DATA_HOME:-$HOME/.local/share}/fonts/docgen"
    fi
}

# Take the fonts with these names ($2…) out of a Debian package ($1) without installing it and all that it wants.
unpack_fonts() {
    package=$1
    shift
    target=$(font_folder)
    folder=$(mktemp -d)
    say "从软件包 $package 取出字体，放入 $target …"
    (cd "$folder" && apt-get -q -o APT::Sandbox::User=root download "$package" >&2 && dpkg-deb -x "$package"_*.deb .) || {
        rm -rf "$folder"
        return 1
    }
    mkdir -p "$target"
    for name in "$@"; do find "$folder" -type f -name "$name" -exec cp {} "$target/" \;; done
    chmod 644 "$target"/*
    rm -rf "$folder"
    fc-cache "$target" || true
}

install_as_root() {
    # shellcheck disable=SC2046,SC2086 # lists of words
    if command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1; then OFFICE=; fi
    # shellcheck disable=SC2046,SC2086
    set -- $(not_installed $LIBRARIES $FONTS $TEST_TOOLS $OFFICE)
    [ $# -gt 0 ] || return 0
    say "安装系统软件包：$* …"
    apt_install "$@" || say "有系统软件包没有装上（原因见上面），继续检查能不能使用。"
}

install_fonts_as_user() {
    has_family "Noto Serif CJK SC" || unpack_fonts fonts-noto-cjk 'NotoSerifCJK-*.ttc' 'NotoSansCJK-*.ttc' || true
    has_family "AR PL UKai CN" || unpack_fonts fonts-arphic-ukai ukai.ttc || true
    has_family "DejaVu Sans" || unpack_fonts fonts-dejavu-core DejaVuSans.ttf DejaVuSans-Bold.ttf || true
}

# 仿宋 and a 楷体 of the same hand are packaged with TeX only; the fonts are taken, TeX is not.
install_fandol() {
    if has_family FandolFang && has_family FandolKai; then return 0; fi
    is_offered texlive-lang-chinese || { can_be_root && as_root apt-get update -qq >&2; } || return 1
    unpack_fonts texlive-lang-chinese FandolFang-Regular.otf FandolKai-Regular.otf
}

explain_libraries() {
    # shellcheck disable=SC2046,SC2086 # lists of words
    missing=$(not_installed $LIBRARIES)
    [ -z "$missing" ] || say "缺少系统软件包：${missing# }。请管理员运行：apt-get install$missing"
}

if has_apt; then
    if can_be_root; then
        install_as_root
    else
        explain_libraries
        install_fonts_as_user
    fi
    complete=yes
    install_fandol || {
        complete=no
        say "提醒：仿宋和楷体没有下载成功，暂用其他字体代替；网络恢复后再运行一次 make setup。"
    }
else
    complete=yes
fi

"$venv/bin/docgen" doctor >&2 || lacks "本机还缺少必需的系统组件，见上面“怎么办”。" "装好后再运行一次。"
[ "$complete" = no ] || touch "$venv/.system-ready"
