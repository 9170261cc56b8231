#!/usr/bin/env bash
# What the GitHub Action runs: its inputs, which come as environment variables, become arguments of `mtlint check`.
set -uo pipefail

arguments=(check --format "${FORMAT:-github}" --no-progress)
[ -n "${FAIL_ON:-}" ] && arguments+=(--fail-on "$FAIL_ON")
[ -n "${MAX_PENALTY:-}" ] && arguments+=(--max-penalty "$MAX_PENALTY")
[ -n "${BASELINE:-}" ] && arguments+=(--baseline "$BASELINE")
if [ "${CHANGED_ONLY:-false}" = true ] && [ -n "${BASE:-}" ]; then
  arguments+=(--diff-base "$BASE")
fi
while IFS= read -r argument; do
  [ -n "$argument" ] && arguments+=("$argument")
done <<<"${ARGUMENTS:-}"
arguments+=(--)
while IFS= read -r path; do
  [ -n "$path" ] && arguments+=("$path")
done <<<"${PATHS:-.}"

"${MTLINT:-mtlint}" "${arguments[@]}"
code=$?
echo "exit-code=$code" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
