// What package.json says agrees with the code.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { documentSelector, NEEDS_RESTART, serverCommand, serverSettings } from "../src/settings";

const manifest = JSON.parse(fs.readFileSync(path.join(__dirname, "../package.json"), "utf8"));
const properties: Record<string, { default: unknown }> = manifest.contributes.configuration.properties;

/** Settings as the editor has them when the user sets nothing. */
const defaults = {
  get: <T>(key: string, otherwise: T): T => (properties[`mtlint.${key}`]?.default as T) ?? otherwise,
};

test("every setting of the server can be set, and its default is the server's", () => {
  const bare = serverSettings({ get: (_key, otherwise) => otherwise });
  for (const key of Object.keys(bare)) {
    assert.ok(`mtlint.${key}` in properties, key);
  }
  assert.deepEqual(serverSettings(defaults), bare);
});

test("every setting is used", () => {
  const own = Object.keys(serverSettings(defaults)).map((key) => `mtlint.${key}`);
  const known = new Set([...own, ...NEEDS_RESTART, "mtlint.trace.server"]);
  assert.deepEqual(Object.keys(properties).filter((key) => !known.has(key)), []);
});

test("the extension wakes for the documents that it checks", () => {
  const languages = documentSelector(defaults).map(({ language }) => `onLanguage:${language}`);
  assert.deepEqual([...new Set(languages)], manifest.activationEvents);
});

test("an empty path means the command on the search path", () => {
  const path = (value: string) => serverCommand({ get: <T>(_: string, otherwise: T) => (value as T) ?? otherwise });
  assert.deepEqual(path("  "), { command: "mtlint", args: ["server"] });
  assert.deepEqual(path("/opt/mtlint"), { command: "/opt/mtlint", args: ["server"] });
});

test("what is built exports what the editor calls, and brings its libraries along", () => {
  const built = fs.readFileSync(path.join(__dirname, "../dist/extension.js"), "utf8");
  const required = [...built.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  const builtin = new Set(["vscode", ...require("node:module").builtinModules]);
  assert.deepEqual([...new Set(required)].filter((name) => !builtin.has(name.replace(/^node:/, ""))), []);
  assert.match(built, /activate/);
  assert.match(built, /deactivate/);
});
