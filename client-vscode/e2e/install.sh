#!/usr/bin/env bash
# Installs a real VS Code (code-server) from the npm registry, for tests and for `make code`.
#
#   install.sh DIR CODE_SERVER_VERSION        e.g. install.sh ~/.cache/mdtm-e2e/4.139.1 4.139.1
#
# Leaves DIR/code-server.json, which the other programs here read; returns at once when that is there already.
# Every package is installed with --ignore-scripts, and the few native modules that VS Code needs are compiled with
# npm's own node-gyp. Exit status 77: it cannot be installed on this machine, for the reason in the last line.
set -euo pipefail

dir=$(mkdir -p "${1:?usage: install.sh DIR CODE_SERVER_VERSION}" && cd "$1" && pwd)
version=${2:?usage: install.sh DIR CODE_SERVER_VERSION}
playwright=1.65.1
ripgrep=1.18.0
declare -A node_release=([20]=20.20.2 [22]=22.23.3 [24]=24.21.0)
stamp="$dir/code-server.json"

cannot() { echo "$*" >&2; exit 77; }
case $(uname -sm) in
  "Linux x86_64") arch=x64 ;;
  "Linux aarch64" | "Linux arm64") arch=arm64 ;;
  *) cannot "there is no recipe for VS Code on $(uname -sm)" ;;
esac
exec 9> "$dir.lock" && flock 9 # another run may be installing it
if grep -qs "\"version\": \"$version\"" "$stamp"; then exit 0; fi

npm_quiet() { npm --no-fund --no-audit --no-update-notifier --loglevel=error "$@" 2> >(grep -v "Unknown .* config" >&2); }

echo "Installing VS Code (code-server $version) into $dir ..." >&2
# The Node that this code-server wants: the one on PATH where its major fits, else one from npm
# (the package carries bin/node and the headers that node-gyp needs).
major=$(npm_quiet view "code-server@$version" engines.node) || cannot "the npm registry cannot be reached"
packages=("code-server@$version" "playwright-core@$playwright")
if [ "$(node -p 'process.versions.node.split(".")[0]')" = "$major" ]; then
  node=$(node -p 'process.execPath')
  node_home=$(dirname "$(dirname "$node")")
else
  node_home="$dir/node_modules/node-linux-$arch"
  node="$node_home/bin/node"
  packages+=("node-linux-$arch@${node_release[$major]}")
fi

echo '{ "private": true }' > "$dir/package.json"
npm_quiet install --silent --prefix "$dir" --ignore-scripts --save-exact "${packages[@]}"

vscode="$dir/node_modules/code-server/lib/vscode"
npm_quiet install --silent --prefix "$vscode" --ignore-scripts --omit=dev --legacy-peer-deps # pinned by its own npm-shrinkwrap.json

# What code-server's postinstall.sh would have linked.
ln -sfn node_modules "$vscode/node_modules.asar"
ln -sfn code-linux.sh "$vscode/bin/remote-cli/code-server"
ln -sfn browser-linux.sh "$vscode/bin/helpers/browser.sh"

# Native modules that came without a prebuilt binary for this machine. Without argon2 code-server does not start;
# without spdlog VS Code writes no log files, without node-pty it has no terminal.
{ command -v make && command -v g++ && command -v python3; } > /dev/null ||
  cannot "a compiler is needed for VS Code's native modules: make, g++ and python3"
gyp="$(npm_quiet root -g)/npm/node_modules/node-gyp/bin/node-gyp.js"
compile() {
  local module=$1
  [ -f "$module/binding.gyp" ] || return 0
  [ -n "$(find "$module/build/Release" "$module/prebuilds/linux-$arch" -maxdepth 1 -name '*.node' 2>/dev/null)" ] && return 0
  (cd "$module" && PATH="$(dirname "$node"):$PATH" "$node" "$gyp" rebuild --nodedir="$node_home" --jobs max > gyp.log 2>&1) ||
    { echo "could not compile $module (see gyp.log there)" >&2; return 1; }
}
argon2="$dir/node_modules/argon2"
if [ -f "$argon2/binding.gyp" ] && grep -q module_path "$argon2/package.json"; then
  # argon2 before 0.40 is built by node-pre-gyp, which would rather download it
  npm_quiet rebuild --prefix "$dir" argon2 --build-from-source > "$dir/argon2.log" 2>&1
else
  compile "$argon2"
fi
for module in @vscode/spdlog node-pty @vscode/native-watchdog native-watchdog; do
  if [ -d "$vscode/node_modules/$module" ]; then compile "$vscode/node_modules/$module"; fi
done

# ripgrep (quick open, search and `workspaceContains:` use it). Newer VS Code has it in an npm package; older ones
# download it after the install, so the npm registry's binary is put where they look.
old_rg="$vscode/node_modules/@vscode/ripgrep"
if [ -d "$old_rg" ] && [ ! -x "$old_rg/bin/rg" ]; then
  npm_quiet install --silent --prefix "$dir/ripgrep" --ignore-scripts --no-save "@vscode/ripgrep-linux-$arch@$ripgrep"
  mkdir -p "$old_rg/bin"
  ln -sfn "$dir/ripgrep/node_modules/@vscode/ripgrep-linux-$arch/bin/rg" "$old_rg/bin/rg"
fi

# What nobody needs here: about 300 MB of other platforms' binaries and AI agents.
rm -rf "$vscode"/node_modules/@github/copilot-sdk* "$vscode"/node_modules/@microsoft/mxc-sdk* "$vscode/extensions/copilot"
for binaries in "$vscode/node_modules/@vscode/ripgrep-universal/bin" "$vscode/node_modules/node-pty/prebuilds" "$argon2/prebuilds"; do
  find "$binaries" -mindepth 1 -maxdepth 1 -type d ! -name "linux-$arch" -exec rm -rf {} + 2> /dev/null || true
done
rm -rf "$dir/node_modules/node-linux-$arch"/{share,include}

entry="$dir/node_modules/code-server/out/node/entry.js"
"$node" "$entry" --config "$dir/config.yaml" --version > "$dir/version.txt"
cat > "$stamp" <<JSON
{ "version": "$version", "node": "$node", "entry": "$entry", "playwright": "$dir/node_modules/playwright-core/index.mjs" }
JSON
echo "Installed $(tail -1 "$dir/version.txt") on Node $("$node" --version)." >&2
