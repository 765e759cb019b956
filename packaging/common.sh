# SPDX-License-Identifier: Apache-2.0
# Shared by run.sh, test.sh and lint.sh; sourced, never run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release
say() { printf '== %s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit "${2:-1}"; }

# A compiler that sees LibTorch's headers needs up to 2 GB, so few cores or little memory both set the limit.
build_jobs() {
    if [ -n "${LORI_BUILD_JOBS:-}" ]; then
        [[ $LORI_BUILD_JOBS =~ ^[1-9][0-9]*$ ]] || die "LORI_BUILD_JOBS must be a number of 1 or more, is '$LORI_BUILD_JOBS'"
        echo "$LORI_BUILD_JOBS"
        return
    fi
    local cores memory_kb by_memory
    cores=$(nproc)
    memory_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
    by_memory=$((${memory_kb:-2000000} / 2000000))
    [ "$by_memory" -ge 1 ] || by_memory=1
    echo $((cores < by_memory ? cores : by_memory))
}

# Warnings stop the build with the compilers of the three supported systems (Debian 12, Ubuntu 24.04, Debian 13); another compiler
# has other opinions and only shows them.
werror() {
    case "$(g++ -dumpversion | cut -d. -f1)" in
        12|13|14) echo ON ;;
        *) echo OFF ;;
    esac
}

# Configures a preset once; later calls leave it to ninja, which configures again by itself when a CMakeLists.txt changed.
configure() { # preset [cmake option…]
    local preset=$1 folder=$root/build/$1
    shift
    if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.lori-options" 2>/dev/null)" != "$deps $*" ]; then
        say "configuring build/$preset"
        (cd "$root" && cmake --preset "$preset" -DLORI_WERROR="$(werror)" -DLORI_DEPS_DIR="$deps" "$@")
        echo "$deps $*" >"$folder/.lori-options"
    fi
}

deps=$("$root/packaging/install-deps.sh" --print-prefix)
export LORI_DEPS_DIR=$deps
