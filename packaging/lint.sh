#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Format and clang-tidy on what changed; needs clang-format and clang-tidy (14 or newer).
#
#   packaging/lint.sh [--all | --since COMMIT | --latest N] [--fix-format] [--no-tidy]
#
#   without options   files that differ from the main branch, committed or not
#   --latest N        the N sources that were committed last: what a change can wait for, where --all takes an hour
#   --fix-format      rewrites the format instead of reporting it
set -euo pipefail
scope=changed
since=main
fix=no
tidy=yes
while [ $# -gt 0 ]; do
    case "$1" in
        --all) scope=all; shift ;;
        --since) since=${2:?--since needs a commit}; shift 2 ;;
        --latest) scope=latest; latest=${2:?--latest needs a number}; shift 2 ;;
        --fix-format) fix=yes; shift ;;
        --no-tidy) tidy=no; shift ;;
        -h|--help) sed -n '3,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) echo "lint.sh: unknown option '$1'; see --help" >&2; exit 2 ;;
        *) break ;;
    esac
done
# shellcheck source=packaging/common.sh
. "$(dirname "$0")/common.sh"
cd "$root"
[ $# -eq 0 ] || die "unknown argument '$1'; see --help" 2
command -v clang-format >/dev/null || die "clang-format is not installed (apt-get install clang-format)"

patterns=('*.h' '*.cpp' '*.cu')
if [ "$scope" = all ]; then
    mapfile -t files < <(git ls-files -- "${patterns[@]}")
elif [ "$scope" = latest ]; then
    [[ $latest =~ ^[1-9][0-9]*$ ]] || die "--latest must be a number of 1 or more, is '$latest'" 2
    # Tests are left out here: tidy looks at none of them.
    mapfile -t files < <(git log --format= --name-only -- '*.cpp' | awk '!/^tests\// && !seen[$0]++' |
        while read -r file; do [ ! -f "$file" ] || echo "$file"; done | head -n "$latest" || true)
else
    base=$(git merge-base HEAD "$since" 2>/dev/null) || die "no commit '$since' to compare with; use --since or --all" 2
    mapfile -t files < <({ git diff --name-only --diff-filter=d "$base" -- "${patterns[@]}"
                           git ls-files --others --exclude-standard -- "${patterns[@]}"; } | sort -u)
fi
[ ${#files[@]} -gt 0 ] || { say "nothing to look at"; exit 0; }

status=0
if [ "$fix" = yes ]; then
    clang-format -i "${files[@]}"
else
    clang-format --dry-run -Werror "${files[@]}" || status=1
fi
if [ "$tidy" = yes ]; then
    command -v clang-tidy >/dev/null || die "clang-tidy is not installed (apt-get install clang-tidy)"
    # A build of its own that is set up and never made: it names every source, where a unity build names only batches.
    configure debug
    # GCC's precompiled headers are no use to clang: it gets their text under another name.
    commands=$(mktemp -d)
    trap 'rm -rf "$commands"' EXIT
    python3 - "$root/build/debug" "$commands" <<'PYTHON'
import json, pathlib, re, sys
build, out = map(pathlib.Path, sys.argv[1:])
entries = json.loads((build / "compile_commands.json").read_text())
for entry in entries:
    def plain(match):
        text = pathlib.Path(match.group(1)).read_text()
        copy = out / (re.sub(r"\W", "_", match.group(1)) + ".h")
        copy.write_text(text)
        return f"-include {copy}"
    entry["command"] = re.sub(r"-include (\S+cmake_pch\.hxx)", plain, entry["command"]).replace("-fpch-preprocess", "")
(out / "compile_commands.json").write_text(json.dumps(entries))
PYTHON
    # Tests include what moc made; they are looked at once they have been built.
    mapfile -t sources < <(printf '%s\n' "${files[@]}" | grep '\.cpp$' | grep -v '^tests/' || true)
    if [ ${#sources[@]} -gt 0 ]; then
        printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$(nproc)" \
            clang-tidy -p "$commands" --quiet --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option || status=1
    fi
fi
[ "$status" -eq 0 ] && say "${#files[@]} files are in order"
exit "$status"
