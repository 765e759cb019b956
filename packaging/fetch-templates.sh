#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fetches the published chat templates that tests/parity/template_parity.py renders: 70 of them lie in the source package of
# PyPI's llama-cpp-python. Nothing is built or installed.
#
#   fetch-templates.sh [--python PYTHON]     into ${LORI_DEPS_DIR:-$HOME/.cache/lori-workbench/deps}/templates
set -euo pipefail

version=0.3.36
prefix=${LORI_DEPS_DIR:-$HOME/.cache/lori-workbench/deps}
python=$prefix/venv/bin/python
while [ $# -gt 0 ]; do
    case "$1" in
        --python) python=${2:?--python needs a program}; shift 2 ;;
        -h|--help) sed -n '3,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) echo "fetch-templates.sh: unknown option '$1'; see --help" >&2; exit 2 ;;
    esac
done
[ -x "$python" ] || python=python3

folder=$prefix/templates
if [ "$(cat "$folder/version" 2>/dev/null || true)" = "$version" ]; then
    exit 0
fi
echo "== fetching the published chat templates (llama-cpp-python $version, 75 MB, once)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# pip asks the package's build backend for its name and version, which compiles nothing.
"$python" -m pip download -q --no-deps --no-binary llama-cpp-python -d "$work" "llama-cpp-python==$version"
mkdir "$work/templates"
tar -xzf "$work"/llama_cpp_python-*.tar.gz -C "$work/templates" --strip-components=5 --wildcards '*/vendor/llama.cpp/models/templates/*.jinja'
[ "$(find "$work/templates" -name '*.jinja' | wc -l)" -ge 70 ] || { echo "fetch-templates.sh: the package holds no templates" >&2; exit 1; }
echo "$version" > "$work/templates/version"
rm -rf "$folder"
mkdir -p "$prefix"
mv "$work/templates" "$folder"
