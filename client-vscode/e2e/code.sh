#!/usr/bin/env bash
# Real VS Code, the newest of versions.txt, with the packaged extension on a copy of examples/workspace, for a browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mdtm-e2e}
version=$(head -1 versions.txt)
mkdir -p "$cache"
./install.sh "$cache/$version" "$version"
exec node code.mjs --install "$cache/$version" --vsix ../mdtm.vsix --workspace ../../examples/workspace
