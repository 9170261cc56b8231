#!/usr/bin/env node
// Runs the program that the package of this platform holds, and ends as it does.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");

const platform = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "mtlint.exe" : "mtlint";

let program;
try {
  program = require.resolve(`@mtlint/${platform}/${name}`);
} catch {
  console.error(
    `mtlint: the package @mtlint/${platform} is not installed. Either there is none for this platform, or optional ` +
      "dependencies were left out: install again without --omit=optional or --no-optional.",
  );
  process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// The terminal sends Ctrl-C to both: the program answers, and this waits for it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT") child.kill(signal);
  });
}
child.on("error", (error) => {
  console.error(`mtlint: ${program} cannot be run: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
});
