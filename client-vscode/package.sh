#!/usr/bin/env bash
# Checks and packages the extension: mdtm.vsix.
#
#   package.sh PYTHON     the Python whose pip gathers the libraries, e.g. ../.venv/bin/python
set -euo pipefail
python=$(realpath -s "${1:?usage: package.sh PYTHON}")
cd "$(dirname "${BASH_SOURCE[0]}")"

cp ../LICENSE LICENSE
rm -rf dist mdtm.vsix
npm run --silent check
npm run --silent bundle
./libs.sh "$python"
npm run --silent package > dist/vsce.log || { cat dist/vsce.log >&2; exit 1; }

"$python" - mdtm.vsix <<'PYTHON' || { rm -f mdtm.vsix; exit 1; }
import os, sys, zipfile

vsix, budget = sys.argv[1], 2_000_000
names = zipfile.ZipFile(vsix).namelist()
compiled = [name for name in names if name.endswith((".so", ".pyd", ".dll", ".dylib", ".pyc"))]
wanted = ("start.py", "libs/mdtm/cli/__init__.py", "libs/mdtm/rule_pages/", "libs/mdtm/templates/", "libs/pygls/")
missing = [part for part in wanted if not any(name.startswith(f"extension/bundled/{part}") for name in names)]
size = os.path.getsize(vsix)
if compiled or missing or size > budget:
    sys.exit(f"{vsix}: {size:,} bytes of {budget:,}; compiled files in it: {compiled}; missing: {missing}")
print(f"client-vscode/{vsix}: {size:,} bytes, {len(names)} files")
PYTHON
