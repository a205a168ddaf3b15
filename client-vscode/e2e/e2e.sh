#!/usr/bin/env bash
# Drives the packaged extension in real VS Code in a headless browser, as a person would.
#
#   e2e.sh [CODE_SERVER_VERSION ...]      all of versions.txt when none is named
#
# Screenshots, consoles and logs are left in ../out/e2e/VERSION/. What is installed stays in E2E_CACHE, by default
# mdtm-e2e in the user's cache. Exit status 0: all passed; 1: not; 77: not run, for the reason in the last line.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${E2E_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mdtm-e2e}
fonts=(fonts-dejavu-core fonts-noto-color-emoji)
[ $# -gt 0 ] || set -- $(cat versions.txt)

cannot() { echo "not run: $*" >&2; exit 77; }
not_run() { # STATUS WHAT: hands on a 77, whose reason was told already
  if [ "$1" = 77 ]; then cannot "$2"; fi
  exit "$1"
}

need_node() {
  { command -v node && command -v npm; } > /dev/null || cannot "there is no Node.js with npm"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || cannot "Node.js $(node --version) is older than 20"
}

# A browser on PATH, or in CHROMIUM; else Debian's, where we may install it.
need_browser() {
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
  if [ -z "$CHROMIUM" ]; then
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || cannot "there is no chromium, and only root can install Debian's"
    echo "Installing chromium ..." >&2
    (apt-get update -q && apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends chromium "${fonts[@]}") \
      > "$cache/apt.log" 2>&1 || { tail -3 "$cache/apt.log" >&2; cannot "chromium cannot be installed with apt-get"; }
    CHROMIUM=$(command -v chromium)
  fi
  export CHROMIUM
}

# The network, where something has to be fetched still.
need_network() {
  local version
  for version in "$@"; do
    if [ ! -f "$cache/$version/code-server.json" ] || ! make -q -C ../.. vsix > /dev/null 2>&1; then
      npm view code-server version > /dev/null 2>&1 || cannot "the npm registry cannot be reached"
      return
    fi
  done
}

mkdir -p "$cache"
need_node
need_network "$@"
need_browser
make -s --no-print-directory -C ../.. vsix
failed=0
node python.mjs || failed=1
for version in "$@"; do
  ./install.sh "$cache/$version" "$version" || not_run $? "VS Code cannot be installed"
  node grammar.mjs --install "$cache/$version" || failed=1
  # Whoever starts VS Code may have such a PYTHONPATH: hostile-modules.mjs.
  PYTHONPATH="$PWD/hostile" node run.mjs --install "$cache/$version" --vsix ../mdtm.vsix \
    --workspace ../../examples/workspace --out "../out/e2e/$version" scenarios/*.mjs || failed=1
done
exit $failed
