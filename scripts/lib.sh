# shellcheck shell=bash
# What the scripts share: where things lie, and how to get what is missing. Source it; it changes nothing by itself.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${APUS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/apus}

# The flags of every build and test of the checks; the same everywhere, so that nothing is built twice.
# shellcheck disable=SC2034
strict_flags=(-Xswiftc -warnings-as-errors)

# The flags of every release build: without a Swift installation on the machine it runs on, and started sooner.
# shellcheck disable=SC2034
release_flags=(-c release --static-swift-stdlib)

# Debian packages that the binary is built with, and those that the checks need besides.
# shellcheck disable=SC2034
build_packages=(git ca-certificates zlib1g-dev libbz2-dev liblzma-dev liblz4-dev)
# shellcheck disable=SC2034
test_packages=(curl python3-venv)
# Debian packages whose programs the tests start themselves: to install them would start services.
# shellcheck disable=SC2034
test_programs=(prometheus prometheus-node-exporter)

say() { printf '==> %s\n' "$*"; }

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "needs root or sudo for: $*"
    fi
}

# need_packages NAME...: installs the Debian packages that are missing, and says which.
need_packages() {
    local name missing=()
    for name in "$@"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || fail "needs the packages ${missing[*]}, and there is no apt-get to install them"
    say "installing Debian packages: ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# need_unpacked NAME...: Debian packages unpacked into folders of the cache, and not installed.
need_unpacked() {
    local name missing=() folder
    for name in "$@"; do [[ -d $cache/debian/$name ]] || missing+=("$name"); done
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || fail "needs the packages ${missing[*]}, and there is no apt-get to fetch them"
    say "unpacking Debian packages: ${missing[*]}"
    as_root apt-get update -qq
    mkdir -p "$cache/debian"
    for name in "${missing[@]}"; do
        folder=$(mktemp -d "$cache/debian/.$name.XXXXXX")
        (cd "$folder" && apt-get download -qq -o APT::Sandbox::User=root "$name")
        dpkg-deb --extract "$folder/$name"_*.deb "$folder/unpacked"
        mv "$folder/unpacked" "$cache/debian/$name"
        rm -r "$folder"
    done
}

# need_swift: Swift 6.3 or later.
need_swift() {
    command -v swift >/dev/null || fail "needs Swift 6.3 or later (https://www.swift.org/install/linux), found none"
    local version
    version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
    [[ $(printf '%s\n6.3\n' "$version" | sort -V | head -n 1) == 6.3 ]] ||
        fail "needs Swift 6.3 or later, found ${version:-an unknown version}"
}

# has_requirements VENV FILE: whether every pinned line of FILE is installed in VENV.
has_requirements() {
    local installed
    installed=$("$1/bin/python" -m pip freeze --disable-pip-version-check 2>/dev/null) || return 1
    ! grep -E '^[A-Za-z]' "$2" | grep -vixFf <(printf '%s\n' "$installed") | grep -q .
}

# need_venv NAME FILE: a Python environment in the cache with the requirements of FILE, made again when FILE changes.
need_venv() {
    local venv="$cache/venvs/$1" requirements=$2 stamp sum
    stamp="$venv/requirements.sha256"
    sum=$(sha256sum <"$requirements")
    [[ -f $stamp && $(<"$stamp") == "$sum" ]] && return 0
    if ! has_requirements "$venv" "$requirements"; then
        say "installing ${requirements#"$root"/} into $venv"
        python3 -m venv --clear "$venv"
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: -r "$requirements"
    fi
    printf '%s\n' "$sum" >"$stamp"
}

# port_is_free PORT: whether nothing listens on it.
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: a port that was free a moment ago.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
