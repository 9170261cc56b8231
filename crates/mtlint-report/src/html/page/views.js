// The views of an article: what was found, and what decisions and fixes make of it.

const VIEWS = [
  { name: "found", label: () => "Findings" },
  { name: "read", label: () => "Mended" },
  { name: "safe", label: (/** @type {string} */ applied) => `Safe fixes (${applied})` },
  { name: "all", label: (/** @type {string} */ applied) => `Unsafe fixes, too (${applied})` },
];

/**
 * The view of an article that is shown.
 * @param {Article} article
 */
function viewOf({ element }) {
  return element.dataset.shown || "found";
}

/**
 * Shows a view of an article.
 * @param {Article} article
 * @param {string} name
 */
function showView(article, name) {
  const { element } = article;
  closeCard();
  element.dataset.shown = name;
  for (const view of all(":scope > .view", element)) view.hidden = view.dataset.view !== name;
  for (const button of all(".views button[data-shows]", element)) {
    button.setAttribute("aria-pressed", String(button.dataset.shows === name));
  }
  for (const tool of all(".views .mended-only", element)) tool.hidden = name === "found";
  for (const tool of all(".views .changes-only", element)) tool.hidden = name === "found" || name === "read";
  if (name === "read") showReading(article);
}

/**
 * Shows the next view of an article.
 * @param {Article | undefined} article
 */
function nextView(article) {
  if (!article) return;
  const names = all(":scope > .view", article.element).map(({ dataset }) => dataset.view || "");
  const next = names[(names.indexOf(viewOf(article)) + 1) % names.length];
  if (next) showView(article, next);
  article.element.scrollIntoView({ block: "nearest" });
}

/**
 * The text of a view that mends, as fixing makes it.
 * @param {HTMLElement} view
 */
function mendedText(view) {
  let text = "";
  for (const part of all(".part", view)) {
    build(part);
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement?.closest("del")) continue;
      if (node instanceof Text) text += node.data;
      else if (node instanceof Element && node.matches(".cr")) text += "\r";
    }
  }
  return text;
}

/**
 * The mended text of an article: that of the view shown, or else with what was decided, or else with the safe fixes.
 * @param {Article} article
 * @returns {{text: string, how: string} | undefined}
 */
function mendedOf(article) {
  const shown = viewOf(article);
  const decided = sheetOf(article) ? article.findings.filter(({ decision }) => decision).length : 0;
  if (shown === "read" || (shown === "found" && decided > 0)) {
    return { text: decidedText(article), how: `with what was decided about ${decided} findings` };
  }
  const view = article.element.querySelector(`:scope > .view[data-view="${shown === "found" ? "safe" : shown}"]`);
  if (!(view instanceof HTMLElement)) return undefined;
  return { text: mendedText(view), how: `with ${view.dataset.applied} fixes` };
}

/**
 * Copies the mended text.
 * @param {Article | undefined} article
 */
async function copyMended(article) {
  if (!article) return;
  const mended = mendedOf(article);
  if (!mended) return say("There is nothing to copy: no fix changes this article.");
  try {
    await navigator.clipboard.writeText(mended.text);
  } catch {
    copyByHand(mended.text);
  }
  say(`Copied, ${mended.how}.`);
}

/**
 * Saves the mended text as a file.
 * @param {Article} article
 */
function downloadMended(article) {
  const mended = mendedOf(article);
  if (!mended) return;
  const { path, record } = sheetOf(article) || { path: article.name, record: null };
  const file = (path.split("/").pop() || "article").replace(/\.[^.]*$/, "");
  const name = record ? `${file}-${record.id.replace(/[^\w-]+/g, "-")}` : file;
  download(`${name}.mended.txt`, "text/plain", mended.text);
  say(`Saved, ${mended.how}.`);
}

/**
 * Gives the reader a file to save.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Copies where the page may not use the clipboard, as in a file.
 * @param {string} text
 */
function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/**
 * Says a word to everybody.
 * @param {string} text
 */
function say(text) {
  const announcer = byId("announcer");
  announcer.textContent = text;
  announcer.classList.add("toast");
  setTimeout(() => announcer.classList.remove("toast"), 2500);
}

/**
 * The buttons of an article.
 * @param {Article} article
 */
function viewButtons(article) {
  const views = all(":scope > .view", article.element);
  if (views.length < 2) return;
  const group = document.createElement("div");
  group.className = "views";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "What is shown");
  const button = (/** @type {string} */ text, /** @type {() => void} */ act) => {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = text;
    element.addEventListener("click", act);
    group.append(element);
    return element;
  };
  for (const { name, label } of VIEWS) {
    const view = views.find(({ dataset }) => dataset.view === name);
    if (view) button(label(view.dataset.applied || ""), () => showView(article, name)).dataset.shows = name;
  }
  const changes = button("Hide changes", () => {
    const isPlain = article.element.classList.toggle("plain");
    changes.textContent = isPlain ? "Show changes" : "Hide changes";
  });
  changes.classList.add("changes-only");
  button("Copy", () => copyMended(article)).classList.add("mended-only");
  button("Download", () => downloadMended(article)).classList.add("mended-only");
  article.element.querySelector("header")?.append(group);
  showView(article, "found");
}
