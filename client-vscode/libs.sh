#!/usr/bin/env bash
# Fills bundled/libs with mdtm and what it needs, as pure Python for every Python from 3.10 on and every machine.
#
#   libs.sh PYTHON        the Python whose pip does it, e.g. ../.venv/bin/python
set -euo pipefail
python=$(realpath -s "${1:?usage: libs.sh PYTHON}")
cd "$(dirname "${BASH_SOURCE[0]}")"
libs=bundled/libs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pip() { "$python" -m pip --quiet --quiet --disable-pip-version-check "$@"; }
install() { pip install --root-user-action ignore --no-deps --no-compile --only-binary :all: --upgrade --target "$libs" "$@"; }

rm -rf "$libs"
pip wheel --no-deps --wheel-dir "$work" ..

# Where a project has wheels with and without compiled parts, pip takes the compiled one unless told of a platform
# that has none. PyYAML has no other, but does without its compiled part.
grep -iv '^pyyaml==' requirements.txt > "$work/pure.txt"
grep -i '^pyyaml==' requirements.txt > "$work/compiled.txt"
install --platform any --implementation py --abi none --python-version 3.10 -r "$work/pure.txt"
install -r "$work/compiled.txt"
install "$work"/mdtm-*.whl
find "$libs" \( -name '*.so' -o -name '*.pyd' \) -delete

# What pip leaves for itself, with paths of this machine. The licences stay.
find "$libs" \( -name RECORD -o -name INSTALLER -o -name REQUESTED -o -name direct_url.json -o -name WHEEL \) -delete
rm -rf "$libs/bin" "$libs/_yaml"
