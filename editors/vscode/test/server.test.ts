// The real server, under the library that VS Code's client is made of.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  TextDocumentEdit,
  TextEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { serverSettings } from "../src/settings";
import { EXAMPLES, MTLINT, Server } from "./server";

const SETTINGS = serverSettings({ get: (_key, otherwise) => otherwise });

/** A copy of an example in a folder of its own. */
function copy(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mtlint-"));
  const file = path.join(folder, name);
  fs.copyFileSync(path.join(EXAMPLES, name), file);
  return file;
}

async function diagnostics(server: Server, uri: string): Promise<Diagnostic[]> {
  const report = await server.connection.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri },
  });
  assert.equal(report.kind, "full");
  return report.kind === "full" ? report.items : [];
}

async function actions(server: Server, uri: string, diagnostic: Diagnostic, only: string): Promise<CodeAction[]> {
  return await server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic], only: [only] },
  });
}

function apply(document: TextDocument, action: CodeAction): string {
  const change = action.edit?.documentChanges?.[0] as TextDocumentEdit;
  assert.equal(change.textDocument.version, document.version);
  return TextDocument.applyEdits(document, change.edits as TextEdit[]);
}

for (const [name, languageId] of [
  ["harbour.txt", "plaintext"],
  ["observatory.md", "markdown"],
  ["orchard.html", "html"],
]) {
  test(`${name}: found, explained, mended as by --fix`, async () => {
    const file = copy(name);
    const uri = pathToFileURL(file).href;
    const document = TextDocument.create(uri, languageId, 1, fs.readFileSync(file, "utf8"));
    const server = await Server.start(SETTINGS);
    await server.open(uri, languageId, document.getText());

    const found = await diagnostics(server, uri);
    assert.ok(found.length > 0);
    for (const diagnostic of found) {
      assert.equal(diagnostic.source, "mtlint");
      assert.match(String(diagnostic.codeDescription?.href), /^https:/);
    }
    const hover = await server.connection.sendRequest<Hover>("textDocument/hover", {
      textDocument: { uri },
      position: found[0].range.start,
    });
    assert.ok(JSON.stringify(hover.contents).includes(String(found[0].code)));

    const [fixAll] = await actions(server, uri, found[0], "source.fixAll.mtlint");
    assert.equal(fixAll.edit, undefined);
    const resolved = await server.connection.sendRequest<CodeAction>("codeAction/resolve", fixAll);
    const mended = apply(document, resolved);
    assert.equal(await server.end(), 0);
    assert.deepEqual(server.shown, []);

    execFileSync(MTLINT, ["check", "--fix", "--quiet", "--exit-zero", file]);
    assert.equal(mended, fs.readFileSync(file, "utf8"));
    assert.notEqual(mended, document.getText());
  });
}

test("a quick fix mends what its diagnostic is about", async () => {
  const uri = "untitled:Untitled-1";
  const document = TextDocument.create(uri, "plaintext", 1, "😀 The ferry left at noon. . It came back.\n");
  const server = await Server.start({ ...SETTINGS, select: ["punctuation/repeated-stop"] });
  await server.open(uri, "plaintext", document.getText());
  const [found] = await diagnostics(server, uri);
  assert.equal(document.getText(found.range), ". .");
  const [fix] = await actions(server, uri, found, "quickfix");
  assert.equal(fix.isPreferred, true);
  assert.equal(apply(document, fix), "😀 The ferry left at noon. It came back.\n");
  assert.equal(await server.end(), 0);
});

test("the server takes every setting of the extension, and tells a wrong one", async () => {
  const all = {
    select: ["punctuation"],
    ignore: ["casing"],
    minSeverity: "minor",
    minConfidence: "low",
    lang: "en",
    isolated: true,
    codeLens: false,
    rulesPage: "https://rules.example/",
  };
  assert.deepEqual(Object.keys(all), Object.keys(SETTINGS));
  const server = await Server.start(all);
  await server.open("untitled:a", "plaintext", "The ferry left at noon. . It came back.\n");
  const [found] = await diagnostics(server, "untitled:a");
  assert.equal(found.codeDescription?.href, "https://rules.example/#punctuationrepeated-stop");
  assert.deepEqual(server.shown, []);
  assert.equal(await server.end(), 0);

  const wrong = await Server.start({ ...all, minSeverity: "grave" });
  assert.equal(await wrong.end(), 0);
  assert.match(wrong.shown[0], /mtlint\.minSeverity/);
});
