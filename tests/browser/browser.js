// A browser for the tests, mtlint to make reports with, and folders to make them of.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const MTLINT = process.env.MTLINT;
const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";

/** What keeps Chromium from the network and from asking for more than a test has. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A folder with these files, by name, that is gone when `test` ends. */
export function folder(test, files) {
  const root = mkdtempSync(join(tmpdir(), "mtlint-report-"));
  test.after(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** What mtlint prints. */
export function mtlint(cwd, ...args) {
  if (!MTLINT) throw new Error("MTLINT must name the program");
  return execFileSync(MTLINT, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 30 });
}

/** The report of a folder, outside of it. */
export function report(test, root) {
  const file = join(folder(test, {}), "report.html");
  mtlint(root, "check", "--exit-zero", "--isolated", "--lang=en", "--quiet", `--format=html=${file}`);
  return file;
}

/** A page that shows the report. `trouble` gathers what no report may do: errors, requests, dialogs. */
export async function open(test, browser, file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  test.after(() => context.close());
  const page = await context.newPage();
  const trouble = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => trouble.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("dialog", (dialog) => trouble.push(dialog.message()) && dialog.dismiss());
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) trouble.push(request.url());
  });
  await page.addInitScript(() => {
    window.pauses = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.pauses.push(entry.duration);
    }).observe({ type: "longtask", buffered: true });
  });
  const before = performance.now();
  await page.goto(url);
  return { page, trouble, milliseconds: performance.now() - before };
}

/** A service on a port that is free: its address, and how it ends. */
export async function serve() {
  const child = spawn(MTLINT, ["serve", "--isolated", "--address=127.0.0.1:0", "--log=notice"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for await (const line of createInterface({ input: child.stderr })) {
    const { event, address } = JSON.parse(line);
    if (event !== "listening") continue;
    const end = async () => {
      child.kill("SIGTERM");
      return ended;
    };
    return { address, end };
  }
  throw new Error("mtlint serve does not listen");
}

/** The page at an address. `trouble` gathers what it may not do, `asked` what it asks for. */
export async function visit(test, browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  test.after(() => context.close());
  const page = await context.newPage();
  const trouble = [];
  const asked = [];
  page.on("console", (message) => trouble.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("dialog", (dialog) => trouble.push(dialog.message()) && dialog.dismiss());
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(address);
  return { page, trouble, asked };
}
