// Building the parts of articles. Each waits in a <noscript> element, as text, until it comes near.

/** How far from the window a part is built, in pixels. */
const NEAR = 1200;
/** Reports of so many characters are built as a whole when there is time, so that the browser's own search finds all. */
const SMALL = 4_000_000;
/** Roughly how many characters stand in a line of an article, and how high that is in pixels. */
const LINE = { characters: 70, pixels: 30 };

/** What to do with a part once it is built. @type {((part: HTMLElement) => void)[]} */
const onBuilt = [];

/**
 * The markup of a part that is not built yet.
 * @param {HTMLElement} part
 */
function waiting(part) {
  return part.querySelector("noscript");
}

/**
 * A part that is not built as a tree outside of the page.
 * @param {Element} noscript
 */
function parsed(noscript) {
  const template = document.createElement("template");
  template.innerHTML = noscript.textContent || "";
  return template.content;
}

/**
 * Builds a part, unless it is built.
 * @param {HTMLElement} part
 */
function build(part) {
  const noscript = waiting(part);
  if (!noscript) return;
  part.replaceChildren(parsed(noscript));
  part.style.minHeight = "";
  part.classList.add("built");
  for (const act of onBuilt) act(part);
}

/** Builds all that is shown, for the printer. */
function buildAll() {
  for (const part of all(".part")) {
    if (!part.closest("[hidden]")) build(part);
  }
}

/** Keeps a place for every part, and builds those that come near. */
function watchParts() {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          observer.unobserve(target);
          build(/** @type {HTMLElement} */ (target));
        }
      }
    },
    { rootMargin: `${NEAR}px` },
  );
  let size = 0;
  const parts = all(".part");
  for (const part of parts) {
    const characters = Number(part.dataset.size);
    const findings = Number(part.dataset.end || 0) - Number(part.dataset.first || 0);
    const height = `${Math.ceil(Math.max(characters / LINE.characters, findings) + 1) * LINE.pixels}px`;
    part.style.minHeight = height;
    part.style.containIntrinsicHeight = `auto ${height}`;
    size += waiting(part)?.textContent?.length || 0;
    observer.observe(part);
  }
  addEventListener("beforeprint", buildAll);
  if (size < SMALL) inSpareTime(parts.map((part) => () => build(part)));
}

/**
 * Does one thing after another while nothing else is to do.
 * @param {(() => void)[]} tasks
 */
function inSpareTime(tasks) {
  const wait = window.requestIdleCallback || ((/** @type {() => void} */ act) => setTimeout(act, 50));
  let next = 0;
  const work = (/** @type {IdleDeadline | undefined} */ deadline) => {
    do tasks[next++]?.();
    while (next < tasks.length && deadline && deadline.timeRemaining() > 4);
    if (next < tasks.length) wait(work);
  };
  if (tasks.length > 0) wait(work);
}

/**
 * The part of an article in which a finding begins, built.
 * @param {Finding} finding
 */
function partOf({ article, number }) {
  const part = all('[data-view="found"] > .part', article.element).find(
    ({ dataset }) => Number(dataset.first) <= number && number < Number(dataset.end),
  );
  if (part) build(part);
  return part;
}

/**
 * The finding's entry in the list beside the text, built.
 * @param {Finding} finding
 */
function itemOf(finding) {
  partOf(finding);
  return document.getElementById(`${finding.article.id}-${finding.number}`);
}

/**
 * The first mark of a finding in the text, built.
 * @param {Finding} finding
 * @returns {HTMLElement | null | undefined}
 */
function markOf(finding) {
  return partOf(finding)?.querySelector(`.mark[data-findings~="${finding.number}"]`);
}

/**
 * Reads what the page searches of each finding of an article, part by part: its message, its rule,
 * what would mend it, the text it marks.
 * @param {Article} article
 */
function* readTexts(article) {
  if (article.texts) return;
  const texts = article.findings.map(({ rule }) => rule);
  for (const part of all('[data-view="found"] > .part', article.element)) {
    const noscript = waiting(part);
    const root = noscript ? parsed(noscript) : part;
    for (const item of all(".finding", root)) texts[Number(item.dataset.n)] += ` ${item.textContent}`;
    for (const mark of all(".mark", root)) {
      for (const number of numbersOf(mark)) texts[number] += ` ${mark.textContent}`;
    }
    yield;
  }
  const name = article.name.toLowerCase();
  article.texts = texts.map((text) => `${name} ${text.toLowerCase()}`);
}

/**
 * The numbers of the findings that a mark is of.
 * @param {HTMLElement} mark
 */
function numbersOf(mark) {
  return (mark.dataset.findings || "").split(" ").map(Number);
}

/** Builds the notes of an article when somebody opens them. */
function watchNotes() {
  for (const note of all(".note")) {
    note.addEventListener("toggle", () => {
      const noscript = waiting(note);
      if (noscript) noscript.replaceWith(parsed(noscript));
    });
  }
}
