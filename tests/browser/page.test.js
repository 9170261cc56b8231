// The page of `mtlint serve` as people meet it: with a pointer, with keys alone, on a phone, without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { HOSTILE } from "./articles.js";
import { launch, serve, visit } from "./browser.js";

const TEXT = "The 😀 ferry left.. It came back at night .\nHe opened the the door.";
const MENDED = "The 😀 ferry left. It came back at night.\nHe opened the door.";

/** Without the service in the build there is no page. */
const skip = process.env.MTLINT_SERVES ? false : "mtlint is built without the feature `serve`";

let browser;
let service;
before(async () => {
  if (skip) return;
  browser = await launch();
  service = await serve();
});
after(async () => {
  await browser?.close();
  await service?.end();
});

/** The page with a text that was checked. */
async function checked(test, text, options) {
  const opened = await visit(test, browser, service.address, options);
  await opened.page.getByLabel("Text", { exact: true }).fill(text);
  await opened.page.getByLabel("Language").selectOption("en");
  await opened.page.getByRole("button", { name: "Check" }).click();
  await opened.page.locator(".finding, .nothing-found").first().waitFor();
  return opened;
}

const field = (page) => page.getByLabel("Text", { exact: true }).inputValue();
const findings = (page) => page.locator(".findings .finding").count();

for (const colorScheme of ["light", "dark"]) {
  test(`nothing stands in the way of anybody, ${colorScheme}`, { skip }, async (t) => {
    const { page } = await checked(t, TEXT, { colorScheme });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run());
    const told = violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.failureSummary} ${node.html}`),
    );
    assert.deepEqual(told, []);
  });
}

test("fixes are picked one by one, and the result is copied", { skip }, async (t) => {
  const { page, trouble } = await checked(t, TEXT, { permissions: ["clipboard-read", "clipboard-write"] });
  for (let left = await findings(page); left > 0; left -= 1) {
    assert.equal(await findings(page), left);
    await page.locator(".findings .apply").first().click();
    await page.getByText("Applied:").waitFor();
    await page
      .locator(left > 1 ? ".finding" : ".nothing-found")
      .first()
      .waitFor();
  }
  assert.equal(await field(page), MENDED);
  await page.getByRole("button", { name: "Copy the text" }).click();
  await page.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), MENDED);
  assert.deepEqual(trouble, []);
});

test("keys alone do it", { skip }, async (t) => {
  const { page } = await visit(t, browser, service.address);
  // The field has the focus.
  await page.keyboard.insertText(TEXT);
  await page.keyboard.press("Control+Enter");
  await page.locator(".finding").first().waitFor();
  await page.keyboard.press("Tab");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("n");
  assert.ok(await page.locator(".mark.current").isVisible());
  for (let left = await findings(page); left > 0; left -= 1) {
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("a")]);
    await page
      .locator(left > 1 ? ".mark.current" : ".nothing-found")
      .first()
      .waitFor();
  }
  assert.equal(await field(page), MENDED);
  // Without single keys: every button can be reached.
  await page.getByLabel("Text", { exact: true }).fill("It ended.. Nobody came.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".apply").first().waitFor();
  await page.locator(".findings .to").first().focus();
  for (let pressed = 0; pressed < 5; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".apply"))) break;
  }
  await page.keyboard.press("Enter");
  await page.getByText("Applied:").waitFor();
  assert.equal(await field(page), "It ended. Nobody came.");
});

test("safe fixes are applied together", { skip }, async (t) => {
  const { page } = await checked(t, TEXT);
  await page.getByRole("button", { name: /Apply safe fixes/ }).click();
  await page.getByText("2 safe fixes applied.").waitFor();
  assert.equal(await field(page), MENDED.replace("the door", "the the door"));
});

test("a phone shows all of it without scrolling sideways", { skip }, async (t) => {
  const { page } = await checked(t, TEXT, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  assert.ok(scroll <= client, `${scroll} pixels in ${client}`);
  await page.locator(".findings .apply").first().tap();
  await page.getByText("Applied:").waitFor();
  for (const button of await page.locator(".work button:visible, .apply:visible").all()) {
    assert.ok((await button.boundingBox()).height >= 24);
  }
});

test("without scripts it works as well", { skip }, async (t) => {
  const { page } = await checked(t, TEXT, { javaScriptEnabled: false });
  await page.locator(".findings .apply").first().click();
  await page.getByText("Applied:").waitFor();
  assert.notEqual(await field(page), TEXT);
});

test("no text becomes markup or script, and each is as it was", { skip }, async (t) => {
  // What a form cannot carry as it is: the browser itself makes one line break of all.
  const text = HOSTILE.replaceAll("\r", "");
  const { page, trouble } = await checked(t, `\n${text}`);
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.equal(await field(page), `\n${text}`);
  assert.deepEqual(trouble, []);
});

test("the page asks nobody but its server", { skip }, async (t) => {
  const { page, asked } = await checked(t, TEXT);
  await page.locator(".findings .apply").first().click();
  await page.getByText("Applied:").waitFor();
  const foreign = asked.filter((url) => !url.startsWith(`${service.address}/`) && !url.startsWith("data:"));
  assert.deepEqual(foreign, []);
});
