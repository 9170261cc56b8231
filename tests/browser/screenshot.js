// Takes the picture of the report in docs/: `node screenshot.js REPORT PICTURE`.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.js";

const [report, picture] = process.argv.slice(2);
if (!report || !picture) throw new Error("usage: node screenshot.js REPORT PICTURE");
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, colorScheme: "light" });
await page.goto(pathToFileURL(resolve(report)).href);
await page.keyboard.press("n");
await page.locator("#card").waitFor();
await page.evaluate(() => document.querySelector(".article").scrollIntoView());
await page.screenshot({ path: picture, clip: { x: 0, y: 44, width: 1280, height: 520 } });
await browser.close();
