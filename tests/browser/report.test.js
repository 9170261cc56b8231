// The HTML report as its readers meet it: in a browser, with mouse, keys and paper.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { article, HOSTILE, SOUND } from "./articles.js";
import { folder, launch, mtlint, open, report } from "./browser.js";

const HERE = dirname(fileURLToPath(import.meta.url));

/** The longest that the page may be deaf on a machine that others use as well, in milliseconds. */
const PAUSE = 2500;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** The report of a few articles, opened, with all its parts built. */
async function small(test, options) {
  const files = { "a/one.txt": article(1, 8, 0.4), "a/two.txt": article(2, 4, 0.2), "clean.txt": SOUND.join("\n") };
  const root = folder(test, files);
  const opened = await open(test, browser, report(test, root), options);
  if (options?.javaScriptEnabled !== false) {
    await opened.page.waitForFunction(() => !document.querySelector(".part > noscript"));
  }
  return { root, ...opened };
}

const visibleRows = (page) => page.locator("#articles tbody tr:visible").count();
const visibleMarks = (page) => page.locator(".mark:not(.off):visible").count();

test("the report of the examples opens without a word of complaint", async (t) => {
  const file = report(t, join(HERE, "../../examples"));
  const { page, trouble } = await open(t, browser, file);
  assert.ok((await visibleRows(page)) >= 5);
  await page.keyboard.press("n");
  assert.ok(await page.locator("#card").isVisible());
  assert.deepEqual(trouble, []);
});

for (const colorScheme of ["light", "dark"]) {
  test(`nothing stands in the way of anybody, ${colorScheme}`, async (t) => {
    const file = report(t, join(HERE, "../../examples"));
    const { page } = await open(t, browser, file, { colorScheme });
    // Everything that is built later, too.
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.keyboard.press("n");
    // The page's policy lets no script in but its own.
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run());
    const told = violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.failureSummary} ${node.html}`),
    );
    assert.deepEqual(told, []);
  });
}

test("the worst article comes first", async (t) => {
  const { page } = await small(t);
  const names = await page.locator("#articles tbody th").allTextContents();
  assert.deepEqual(names, ["a/one.txt", "a/two.txt", "clean.txt"]);
  assert.deepEqual(await page.locator(".article h3").allTextContents(), ["a/one.txt", "a/two.txt"]);
  await page.getByRole("button", { name: "Words" }).click();
  await page.getByRole("button", { name: "Words" }).click();
  assert.equal((await page.locator("#articles tbody th").allTextContents())[0], "clean.txt");
});

test("the pointer on a mark opens its card", async (t) => {
  const { page, trouble } = await small(t);
  const mark = page.locator(".mark").first();
  await mark.hover();
  const card = page.locator("#card");
  await card.waitFor();
  assert.match(await card.textContent(), /fix/);
  const [over, under] = [await card.boundingBox(), await mark.boundingBox()];
  assert.ok(over.y >= under.y + under.height || over.y + over.height <= under.y, "the card hides its mark");
  await page.mouse.move(5, 5);
  await card.waitFor({ state: "hidden" });
  assert.deepEqual(trouble, []);
});

test("keys go from finding to finding", async (t) => {
  const { page } = await small(t);
  const seen = new Set();
  const total = await page.evaluate(() =>
    JSON.parse(document.getElementById("report-data").textContent).articles.reduce(
      (sum, { facts }) => sum + facts.length / 4,
      0,
    ),
  );
  for (let step = 0; step < total; step += 1) {
    await page.keyboard.press("n");
    seen.add(await page.locator(".mark.current").first().getAttribute("href"));
  }
  assert.equal(seen.size, total);
  const last = await page.locator(".mark.current").getAttribute("href");
  await page.keyboard.press("n");
  await page.keyboard.press("p");
  assert.equal(await page.locator(".mark.current").getAttribute("href"), last);
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#card").isHidden());
  await page.keyboard.press("?");
  assert.ok(await page.locator("#help").isVisible());
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#help").isHidden());
  await page.keyboard.press("/");
  await page.keyboard.type("nothing holds this");
  await page.locator(".none").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  assert.equal(await visibleRows(page), 3);
});

test("after a click in the table the keys go on from there", async (t) => {
  const { page } = await small(t);
  const second = page.locator("#articles tbody tr").nth(1);
  const id = await second.getAttribute("data-article");
  await second.locator("th a").click();
  await page.keyboard.press("n");
  assert.equal(await page.locator(".mark.current").first().getAttribute("href"), `#${id}-0`);
  await page.keyboard.press("p");
  assert.ok(!(await page.locator(".mark.current").first().getAttribute("href")).startsWith(`#${id}`));
});

test("the bars of the families follow the filters", async (t) => {
  const { page } = await small(t);
  const ends = () =>
    page.locator(".families button").evaluateAll((buttons) =>
      buttons.map((button) => {
        const parts = Array.from(button.querySelectorAll("rect:not(.track)"));
        return parts.reduce((sum, part) => sum + Number.parseFloat(part.getAttribute("width")), 0);
      }),
    );
  const counts = async () => (await page.locator(".family-count").allTextContents()).map(Number);
  const [before, of] = [await ends(), await counts()];
  await page.locator("[data-filter=severity]").first().click();
  const [after, left] = [await ends(), await counts()];
  assert.ok(left.some((count, at) => count < of[at]));
  for (const [at, count] of left.entries()) {
    assert.ok(Math.abs(after[at] - (before[at] * count) / of[at]) < 0.1, `${after[at]} for ${count} of ${of[at]}`);
  }
  await page.locator("#reset").click();
  assert.deepEqual(
    (await ends()).map((end) => end.toFixed(1)),
    before.map((end) => end.toFixed(1)),
  );
});

test("the filters stand in one row, whatever is chosen", async (t) => {
  const { page } = await gated(t, { viewport: { width: 1280, height: 800 } });
  for (const chip of [".chips .chip >> nth=0", ".chips .chip >> nth=-1"]) {
    const middles = await page.locator("#toolbar .chip, #toolbar #search, .steps button:visible").evaluateAll((parts) =>
      parts.map((part) => {
        const { top, bottom } = part.getBoundingClientRect();
        return (top + bottom) / 2;
      }),
    );
    assert.ok(Math.max(...middles) - Math.min(...middles) < 8, `${middles}`);
    await page.locator(`#toolbar ${chip}`).click();
  }
});

test("a phone shows the articles first, and nothing covers them", async (t) => {
  const { page } = await small(t, { viewport: { width: 390, height: 844 } });
  const row = await page.locator("#articles tbody tr").first().boundingBox();
  assert.ok(row.y + row.height < 844, `the first article is at ${row.y}`);
  // At the end of the page, and wherever the keys lead, the bar at the foot is below what is read.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const bar = await page.locator(".steps").boundingBox();
  const last = await page.locator(".bottom").boundingBox();
  assert.ok(last.y + last.height <= bar.y, `${last.y + last.height} is below ${bar.y}`);
});

test("filters leave what they name", async (t) => {
  const { page } = await small(t);
  const all = await visibleMarks(page);
  const severity = page.locator("[data-filter=severity]").first();
  const promised = Number(await severity.locator(".chip-count").textContent());
  await severity.click();
  assert.equal(
    await page.locator("#shown").textContent(),
    `${promised} of ${await page.locator(".finding[data-n]").count()} shown`,
  );
  assert.ok((await visibleMarks(page)) < all);
  await severity.click();
  assert.equal(await visibleMarks(page), all);
  await page.locator("[data-family=attribution]").first().click();
  assert.deepEqual(new Set(await page.locator(".mark:not(.off):visible").allTextContents()), new Set(["Pointed out."]));
  await page.locator("#reset").click();
  await page.locator("#search").fill("two.txt");
  await page.locator(".article:visible").nth(1).waitFor({ state: "hidden" });
  assert.deepEqual(await page.locator(".article:visible h3").allTextContents(), ["a/two.txt"]);
});

/** The report of three articles with a profile; one of them fails, and one has nothing but what is suppressed. */
async function gated(test, options) {
  const ignored = "<!-- mtlint-ignore punctuation: the poet writes so -->\nThe bridge , they said, is closed.\n";
  const root = folder(test, {
    "bad.txt": article(1, 8, 0.6),
    "good.txt": `${SOUND.join(" ").repeat(8)} The bridge , which was closed, will open.`,
    "kept.txt": ignored,
    "mtlint.toml": "[score]\nmax-penalty = 20\nno-critical = true\n",
  });
  const file = join(folder(test, {}), "report.html");
  mtlint(root, "check", "--exit-zero", "--lang=en", "--quiet", `--format=html=${file}`);
  return open(test, browser, file, options);
}

test("what fails comes first and can be chosen", async (t) => {
  const { page, trouble } = await gated(t);
  assert.deepEqual(await page.locator("#articles td.result").allTextContents(), ["fails: over 20", "passes", "passes"]);
  await page.locator("[data-filter=fails]").click();
  assert.deepEqual(await page.locator(".article:visible h3").allTextContents(), ["bad.txt"]);
  assert.equal(await visibleRows(page), 1);
  await page.locator("#reset").click();
  assert.equal(await page.locator(".article:visible").count(), 3);
  assert.deepEqual(trouble, []);
});

test("what is suppressed unfolds by key", async (t) => {
  const { page, trouble } = await gated(t);
  const note = page.locator(".article", { hasText: "kept.txt" }).locator(".note");
  await note.locator("summary").focus();
  await page.keyboard.press("Enter");
  await note.getByText("the poet writes so").waitFor();
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(
    violations.map(({ id }) => id),
    [],
  );
  assert.deepEqual(trouble, []);
});

test("20,000 records open, the worst of them in place", async (t) => {
  const records = Array.from({ length: 20000 }, (_, number) => JSON.stringify({ text: article(number, 1, 0.3) }));
  const { page, trouble } = await open(t, browser, report(t, folder(t, { "feed.jsonl": records.join("\n") })));
  assert.ok(await page.locator(".omitted").isVisible());
  await page.keyboard.press("n");
  assert.ok(await page.locator("#card").isVisible());
  const longest = Math.max(0, ...(await page.evaluate(() => window.pauses)));
  t.diagnostic(`longest pause ${longest.toFixed(0)} ms`);
  assert.ok(longest < PAUSE, `deaf for ${longest} ms`);
  assert.deepEqual(trouble, []);
});

test("the mended text is that of --fix, and can be copied", async (t) => {
  const { page, root } = await small(t, { permissions: ["clipboard-read", "clipboard-write"] });
  for (const [button, options] of [
    [/Safe/, ["--fix"]],
    [/Unsafe/, ["--fix", "--unsafe-fixes"]],
  ]) {
    const head = page.locator(".article").first();
    await head.getByRole("button", { name: button }).click();
    await head.getByRole("button", { name: "Copy" }).click();
    await page.locator("#announcer.toast").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    mtlint(root, "check", "a/one.txt", "--isolated", "--lang=en", "--quiet", "--exit-zero", ...options);
    assert.equal(copied, readFileSync(join(root, "a/one.txt"), "utf8"));
  }
});

/** What was downloaded by an act: the name of the file and its text. */
async function downloaded(page, act) {
  const [file] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

/** What mtlint makes of the texts by the decisions that the page saves. */
function decided(test, root, decisions) {
  const file = join(folder(test, {}), "decisions.json");
  writeFileSync(file, decisions);
  mtlint(root, "check", "--isolated", "--lang=en", "--exit-zero", "--quiet", "--fix", `--decisions=${file}`);
}

/** How many findings are undecided, accepted, edited and rejected. */
const counts = async (page) => (await page.locator(".decisions .chip-count").allTextContents()).map(Number);

test("by keys alone a reader decides, and mtlint does what was decided", async (t) => {
  const { page, root, trouble } = await small(t, { acceptDownloads: true });
  const [all] = await counts(page);
  for (const key of ["n", "a", "r", "a"]) await page.keyboard.press(key);
  assert.deepEqual(await counts(page), [all - 3, 2, 0, 1]);
  await page.keyboard.press("u");
  assert.deepEqual(await counts(page), [all - 2, 1, 0, 1]);
  await page.keyboard.press("e");
  await page.keyboard.type("of the");
  await page.keyboard.press("Escape");
  assert.deepEqual(await counts(page), [all - 2, 1, 0, 1]);
  await page.keyboard.press("e");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Somebody");
  await page.keyboard.press("Enter");
  assert.deepEqual(await counts(page), [all - 3, 1, 1, 1]);
  assert.equal(await page.locator(".finding .badge").count(), 3);
  // On with the next that is open, and not the one after.
  assert.equal(await page.locator(".mark.current").first().getAttribute("data-number"), "4");
  const first = page.locator(".article").first();
  await first.getByRole("button", { name: "Mended" }).click();
  assert.equal(await first.locator('[data-view="read"] .mark[data-findings~="0"]').count(), 0);
  assert.ok((await first.locator('[data-view="read"] .mark').count()) > 0);
  const mended = await downloaded(page, () => first.getByRole("button", { name: "Download" }).click());
  assert.equal(mended.name, "one.mended.txt");
  const saved = await downloaded(page, () => page.keyboard.press("s"));
  assert.equal(saved.name, "decisions.json");
  const [document] = JSON.parse(saved.text).documents;
  assert.deepEqual(
    document.decisions.map(({ decision }) => decision),
    ["accept", "reject", "edit"],
  );
  decided(t, root, saved.text);
  assert.equal(readFileSync(join(root, "a/one.txt"), "utf8"), mended.text);
  assert.deepEqual(
    trouble.filter((url) => !url.startsWith("blob:")),
    [],
  );
});

test("with single keys off, Enter and Tab are enough", async (t) => {
  const { page } = await small(t);
  await page.keyboard.press("?");
  await page.locator("#keys-on").uncheck();
  await page.keyboard.press("Escape");
  const mark = page.locator(".mark").first();
  await mark.focus();
  await page.keyboard.press("Enter");
  assert.ok(
    await page
      .locator("#card button")
      .first()
      .evaluate((button) => button === document.activeElement),
  );
  await page.keyboard.press("Escape");
  assert.ok(await mark.evaluate((mark) => mark === document.activeElement));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  assert.equal((await counts(page))[1], 1);
});

test("all safe fixes are accepted at once, and are what --fix makes of the texts", async (t) => {
  const { page, root } = await small(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.locator("#accept-safe").click();
  const accepted = (await counts(page))[1];
  assert.ok(accepted > 2);
  const first = page.locator(".article").first();
  await first.getByRole("button", { name: "Mended" }).click();
  await first.getByRole("button", { name: "Copy" }).click();
  await page.locator("#announcer.toast").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const saved = await downloaded(page, () => page.locator("#save").click());
  decided(t, root, saved.text);
  assert.equal(copied, readFileSync(join(root, "a/one.txt"), "utf8"));
  await page.locator("#undo").click();
  assert.equal((await counts(page))[1], 0);
});

test("decisions outlive the page, and a new report of the same texts", async (t) => {
  const text =
    "The bridge , which was closed in March, will open on Monday.\nThe the keeper of the lighthouse found the door open.\n" +
    "The museum opens at ten.The cloakroom is free.\n";
  const root = folder(t, { "a.txt": text });
  const file = report(t, root);
  const { page } = await open(t, browser, file);
  for (const key of ["n", "a", "a", "r"]) await page.keyboard.press(key);
  await page.reload();
  assert.deepEqual(await counts(page), [0, 2, 0, 1]);
  assert.match(await page.locator("#kept").textContent(), /3 decisions from earlier/);
  // The text is another now, and the report lies where it lay.
  writeFileSync(join(root, "a.txt"), text.replace(" ,", ","));
  mtlint(root, "check", "--exit-zero", "--isolated", "--lang=en", "--quiet", `--format=html=${file}`);
  await page.reload();
  assert.deepEqual(await counts(page), [0, 1, 0, 1]);
  assert.match(await page.locator("#kept").textContent(), /2 decisions from earlier are kept; 1 do not fit/);
  await page.locator("#clear").click();
  await page.reload();
  assert.deepEqual(await counts(page), [2, 0, 0, 0]);
});

test("a file of decisions is loaded, and a hostile one does nothing", async (t) => {
  const { page } = await small(t);
  const [all] = await counts(page);
  for (const key of ["n", "a", "r"]) await page.keyboard.press(key);
  const saved = await downloaded(page, () => page.keyboard.press("s"));
  await page.locator("#clear").click();
  const load = (text) =>
    page
      .locator("#load-file")
      .setInputFiles({ name: "d.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await load(saved.text);
  await page.getByText("2 decisions are loaded").waitFor();
  assert.deepEqual(await counts(page), [all - 2, 1, 0, 1]);
  await page.locator("#clear").click();
  const hostile = JSON.parse(saved.text);
  hostile.documents[0].decisions[0].edits = [{ at: 0, delete: "", insert: "<img src=x onerror='window.owned = 1'>" }];
  hostile.documents.push({ path: "__proto__", decisions: 7 }, { path: "gone.txt", hash: "", decisions: [{}, {}] });
  await load(JSON.stringify(hostile));
  await page.getByText("1 decisions are loaded; 3 do not fit").waitFor();
  await load("{");
  await page.getByText("This is no file of decisions.").waitFor();
  assert.equal(await page.evaluate(() => window.owned), undefined);
});

test("two decisions never change one place", async (t) => {
  const root = folder(t, {
    "a.txt": "“The water came at night.” We carried what we could.” The family lives in Oster now.\n",
  });
  const { page } = await open(t, browser, report(t, root));
  await page.keyboard.press("n");
  const fixes = page.locator("#card .fix .decide");
  assert.ok((await fixes.count()) > 1);
  await fixes.nth(0).click();
  await page.locator("#card .fix .decide").nth(1).click();
  assert.deepEqual((await counts(page))[1], 1);
  assert.deepEqual(
    await page.locator("#card .fix .decide").evaluateAll((buttons) => buttons.map((button) => button.ariaPressed)),
    ["false", "true"],
  );
});

test("deciding stands in nobody's way", async (t) => {
  const { page } = await small(t, { viewport: { width: 390, height: 844 } });
  for (const key of ["n", "a", "r", "e"]) await page.keyboard.press(key);
  await page.evaluate(axe.source);
  const axeFinds = async () => {
    const { violations } = await page.evaluate(() => window.axe.run());
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html}`));
  };
  assert.deepEqual(await axeFinds(), []);
  assert.ok(await page.locator("#card form button").isVisible());
  const { x, y, width, height } = await page.locator("#card form button").boundingBox();
  assert.ok(x >= 0 && y >= 0 && x + width <= 390 && y + height <= 844);
  await page.keyboard.press("Escape");
  await page.locator(".article").first().getByRole("button", { name: "Mended" }).click();
  assert.deepEqual(await axeFinds(), []);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
});

test("related places are set off", async (t) => {
  const { page } = await small(t);
  const item = page.locator(".finding[data-n]:has(.related [data-from])").first();
  await page.evaluate((id) => document.querySelector(`a.mark[href="#${id}"]`).focus(), await item.getAttribute("id"));
  assert.ok(await page.locator("#card .related").isVisible());
  const highlighted = await page.evaluate(() => Array.from(CSS.highlights.get("related"), String));
  const told = await item.locator(".related q").allTextContents();
  assert.deepEqual(highlighted, told);
});

test("500 articles open without a pause", async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 500 }, (_, number) => [
      `desk-${number % 7}/${number}.txt`,
      article(number, 12, 0.05 + (number % 10) / 30),
    ]),
  );
  const file = report(t, folder(t, files));
  const { page, trouble, milliseconds } = await open(t, browser, file);
  const built = await page.locator(".part.built").count();
  await page.keyboard.press("n");
  assert.ok(await page.locator("#card").isVisible());
  const clicked = performance.now();
  await page.locator("[data-filter=severity]").first().click();
  const filtered = performance.now() - clicked;
  const searched = performance.now();
  await page.locator("#search").fill("fishes of paradise");
  await page.locator(".none").waitFor();
  const found = performance.now() - searched;
  const pauses = await page.evaluate(() => window.pauses);
  const longest = Math.max(0, ...pauses);
  t.diagnostic(
    `${(readFileSync(file).length / 1e6).toFixed(1)} MB opened in ${milliseconds.toFixed(0)} ms with ${built} parts built, ` +
      `filtered in ${filtered.toFixed(0)} ms, searched in ${found.toFixed(0)} ms, longest pause ${longest.toFixed(0)} ms`,
  );
  assert.ok(built < 100, "articles far away are not built");
  assert.ok(longest < PAUSE, `deaf for ${longest} ms`);
  assert.deepEqual(trouble, []);
});

test("an article of 1 MB opens without a pause, to its last finding", async (t) => {
  const root = folder(t, { "long.txt": article(7, 2500, 0.3), "line.txt": article(8, 900, 0.3).replaceAll("\n", " ") });
  const { page, trouble } = await open(t, browser, report(t, root));
  await page.keyboard.press("p");
  const last = page.locator(".mark.current").first();
  await last.waitFor();
  const { number, total } = await page.evaluate(() => ({
    number: Number(document.querySelector(".mark.current").dataset.number),
    total: JSON.parse(document.getElementById("report-data").textContent).articles.at(-1).facts.length / 4,
  }));
  assert.equal(number, total);
  assert.ok(await last.isVisible());
  const longest = Math.max(0, ...(await page.evaluate(() => window.pauses)));
  t.diagnostic(`longest pause ${longest.toFixed(0)} ms`);
  assert.ok(longest < PAUSE, `deaf for ${longest} ms`);
  assert.deepEqual(trouble, []);
});

test("hostile text does nothing", async (t) => {
  const record = JSON.stringify({ id: "</script><img src=x onerror='window.owned = 7'>", text: HOSTILE });
  const root = folder(t, {
    "a.txt": HOSTILE,
    "<img src=x onerror='window.owned = 8'>.txt": HOSTILE,
    "b.jsonl": record,
  });
  const { page, trouble } = await open(t, browser, report(t, root));
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  for (let step = 0; step < 8; step += 1) await page.keyboard.press("n");
  for (const button of await page.getByRole("button", { name: /fixes/ }).all()) await button.click();
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.equal(await page.locator("img, main script, main style").count(), 0);
  assert.ok((await page.locator(".view .text").first().textContent()).includes("<script>window.owned = 1</script>"));
  assert.deepEqual(trouble, []);
});

test("the policy lets no other script in", async (t) => {
  const { page, trouble } = await small(t);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.owned = 9";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", "<img src='https://example.org/x.png' onerror='window.owned = 10'>");
  });
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.ok(trouble.some((line) => line.includes("Content Security Policy")));
});

test("without scripts all can be read", async (t) => {
  const { page } = await small(t, { javaScriptEnabled: false });
  assert.ok(await page.getByText("two full stops where one was meant").first().isVisible());
  assert.ok(await page.locator(".mark").first().isVisible());
  assert.ok(await page.locator("#toolbar").isHidden());
});

test("paper shows all, and no tools", async (t) => {
  const { page } = await small(t);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator(".article .part:visible:not(.built)").count(), 0);
  assert.ok(await page.locator(".finding .fix").first().isVisible());
  assert.ok(await page.locator("#toolbar").isHidden());
});

test("a narrow window scrolls in one direction", async (t) => {
  const { page } = await small(t, { viewport: { width: 360, height: 740 } });
  await page.keyboard.press("n");
  const { scroll, width } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    width: innerWidth,
  }));
  assert.ok(scroll <= width, `${scroll} of ${width}`);
  const card = await page.locator("#card").boundingBox();
  assert.ok(card.x >= 0 && card.x + card.width <= width);
});

test("right-to-left text runs from the right", async (t) => {
  const root = folder(t, {
    "a.txt": "قالت البلدية إن الميناء مغلق . . وسيفتح غدا.\nThe port is closed. . It opens tomorrow.\n",
  });
  const { page } = await open(t, browser, report(t, root));
  const directions = await page
    .locator(".text .block")
    .evaluateAll((blocks) => blocks.map((block) => getComputedStyle(block).direction));
  assert.deepEqual(directions.slice(0, 2), ["rtl", "ltr"]);
});
