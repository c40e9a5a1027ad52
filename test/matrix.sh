#!/usr/bin/env bash
# npm run test:matrix: build and tests under the oldest Node that we promise and the lines after it, taken
# from the registry's package `node`. What follows goes to vitest: npm run test:matrix -- test/cli
set -euo pipefail
cd "$(dirname "$0")/.."
nodes=$(mktemp -d)
chmod 755 "$nodes" # some tests run as another user
trap 'rm -rf "$nodes"' EXIT
for version in 20.17.0 22 24; do
  npm install --silent --no-audit --no-fund --prefix "$nodes/$version" "node@$version"
  (
    PATH="$nodes/$version/node_modules/node/bin:$PATH"
    printf '\n== Node %s\n' "$(node --version)"
    node build.js
    node node_modules/vitest/vitest.mjs run "$@"
  )
done
