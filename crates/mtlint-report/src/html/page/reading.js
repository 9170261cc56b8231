// The mended text of an article: what was decided is done, and only what is open is marked.

/** How many findings that lie on one another are marked at a place. */
const DEPTH = 8;

/**
 * What was decided to change in an article, in text order, each change once.
 * @param {Article} article
 * @returns {Change[]}
 */
function allChanges(article) {
  /** @type {Map<string, Change>} */
  const changes = new Map();
  for (const finding of article.findings) {
    for (const change of changesOf(finding, finding.decision)) changes.set(JSON.stringify(change), change);
  }
  return Array.from(changes.values()).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/**
 * The text of an article as it was decided.
 * @param {Article} article
 */
function decidedText(article) {
  const text = sheetOf(article)?.text || "";
  let [mended, at] = ["", 0];
  for (const [from, to, insert] of allChanges(article)) {
    mended += text.slice(at, from) + insert;
    at = to;
  }
  return mended + text.slice(at);
}

/**
 * The first mark of a finding in the mended text, if that is shown.
 * @param {Finding} finding
 * @returns {HTMLElement | null}
 */
function readingMarkOf({ article, number }) {
  if (viewOf(article) !== "read") return null;
  return article.element.querySelector(`[data-view="read"] .mark[data-findings~="${number}"]`);
}

/**
 * Makes room for the mended text of an article.
 * @param {Article} article
 */
function addReading(article) {
  const view = document.createElement("div");
  view.className = "view";
  view.dataset.view = "read";
  const found = article.element.querySelector(':scope > [data-view="found"]');
  found?.after(view);
}

/**
 * Shows the mended text of an article as it is decided now.
 * @param {Article} article
 */
function showReading(article) {
  const view = article.element.querySelector(':scope > [data-view="read"]');
  const sheet = sheetOf(article);
  if (!view || !sheet) return;
  const open = article.findings.filter(({ decision }) => !decision);
  const title = document.createElement("p");
  title.className = "view-title";
  title.textContent =
    `With what was decided about ${grouped(article.findings.length - open.length)} findings. ` +
    (open.length > 0 ? `${grouped(open.length)} are open and marked.` : "None is open.");
  const text = document.createElement("div");
  text.className = "text";
  const { lang } = /** @type {HTMLElement} */ (article.element.querySelector(".text[lang]") || article.element);
  if (lang) text.lang = lang;
  text.append(...blocksOf(article, sheet));
  view.replaceChildren(title, text);
}

/**
 * The blocks of the mended text; what is cut out leaves none.
 * @param {Article} article
 * @param {Sheet} sheet
 */
function* blocksOf(article, sheet) {
  const changes = allChanges(article);
  const marks = article.findings.flatMap((finding) => {
    const { place: where } = known(finding) || {};
    return where && finding.isShown && !finding.decision ? [{ finding, from: where[0], to: where[1] }] : [];
  });
  let change = 0;
  let mark = 0;
  /** Those that may reach into the next block. @type {typeof marks} */
  let reaching = [];
  for (const [index, [from, to, kind]] of sheet.blocks.entries()) {
    const next = sheet.blocks[index + 1]?.[0] ?? sheet.text.length + 1;
    while (mark < marks.length && (marks[mark]?.from ?? 0) < next)
      reaching.push(.../** @type {typeof marks} */ ([marks[mark++]]));
    reaching = reaching.filter((known) => known.to > from || known.from >= from).slice(-50 * DEPTH);
    const block = document.createElement("p");
    block.className = `block ${kind}`;
    block.dir = "auto";
    let at = from;
    // A change that began in a block before may go on into this one.
    const last = changes[change - 1];
    if (last && last[1] > at) at = Math.min(last[1], to);
    for (; change < changes.length; change += 1) {
      const [start, end, insert] = /** @type {Change} */ (changes[change]);
      if (start >= next) break;
      block.append(...runsOf(article, sheet, reaching, at, Math.min(start, to)), insert);
      at = Math.max(at, Math.min(end, to));
    }
    block.append(...runsOf(article, sheet, reaching, at, to));
    if (block.textContent?.trim()) yield block;
  }
}

/**
 * A stretch of the text with its marks.
 * @param {Article} article
 * @param {Sheet} sheet
 * @param {{finding: Finding, from: number, to: number}[]} marks
 * @param {number} from
 * @param {number} to
 */
function* runsOf({ id }, { text }, marks, from, to) {
  const near = marks.filter((mark) => mark.from <= to && mark.to >= from);
  const inside = (/** @type {number} */ at) => from < at && at < to;
  const cuts = new Set([from, to, ...near.flatMap((mark) => [mark.from, mark.to].filter(inside))]);
  const sorted = Array.from(cuts).sort((a, b) => a - b);
  for (const [index, start] of sorted.entries()) {
    const end = sorted[index + 1];
    const empty = near.filter((mark) => mark.from === start && mark.to === start && (start < to || from === to));
    if (empty.length > 0) yield markWith(id, "", empty);
    if (end === undefined) return;
    const on = near.filter((mark) => mark.from <= start && mark.to >= end).slice(0, DEPTH);
    const run = text.slice(start, end);
    yield on.length > 0 ? markWith(id, run, on) : document.createTextNode(run);
  }
}

/**
 * @param {string} id Of the article.
 * @param {string} text
 * @param {{finding: Finding}[]} on
 */
function markWith(id, text, on) {
  const numbers = on.map(({ finding }) => finding.number);
  const worst = Math.max(...on.map(({ finding }) => finding.severity));
  const mark = document.createElement("a");
  mark.className = `mark ${SEVERITIES[worst]}${text ? "" : " empty"}${on.length > 1 ? " several" : ""}`;
  mark.href = `#${id}-${numbers[0]}`;
  mark.dataset.findings = numbers.join(" ");
  mark.textContent = text;
  if (!text.trim()) mark.setAttribute("aria-label", `finding ${(numbers[0] || 0) + 1}`);
  return mark;
}
