# Shared by the setup scripts: messages in Chinese, and what may be done as which user. POSIX sh.

export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "$*" >&2; }

# Leave with exit code 4: the machine lacks something. First line what, further lines what to do.
lacks() {
    printf '错误：%s\n' "$1" >&2
    shift
    for line in "$@"; do printf '      %s\n' "$line" >&2; done
    exit 4
}

# Run a command as root without ever asking for a password; fails where that is not possible.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

can_be_root() { [ "$(id -u)" = 0 ] || { command -v sudo && sudo -n true; } >/dev/null 2>&1; }

has_apt() { command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; }

is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

is_offered() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep 'Candidate:' | grep -qv '(none)'; }

# Those of the named packages that are not installed, each after a blank.
not_installed() { for package in "$@"; do is_installed "$package" || printf ' %s' "$package"; done; }

# Install Debian packages as root. The package lists are fetched once, and only when a package is not known yet or
# cannot be fetched as listed. A package that this release does not have is left out: the doctor tells what is lacking.
apt_install() {
    for package in "$@"; do
        is_offered "$package" || { as_root apt-get update -qq >&2 || return 1; break; }
    done
    offered=
    for package in "$@"; do is_offered "$package" && offered="$offered $package"; done
    [ -n "$offered" ] || return 1
    # shellcheck disable=SC2086 # a list of words
    as_root apt-get install -qq -y --no-install-recommends $offered >&2 || {
        as_root apt-get update -qq >&2 && as_root apt-get install -qq -y --no-install-recommends $offered >&2
    }
}
