// Which findings are shown: families, severities, confidences, fixes, articles that fail, and what is
// searched for.

/** What is chosen; nothing chosen of a kind means all of it. */
const chosen = {
  /** @type {Set<string>} */ family: new Set(),
  /** @type {Set<string>} */ severity: new Set(),
  /** @type {Set<string>} */ confidence: new Set(),
  /** @type {Set<string>} */ fix: new Set(),
  /** @type {Set<string>} */ fails: new Set(),
  /** @type {Set<string>} */ decision: new Set(),
  query: "",
};

/** How long the search waits for the next key, in milliseconds. */
const PAUSE = 150;

/**
 * Whether a finding passes the filters but for those of one kind.
 * @param {Finding} finding
 * @param {string} [but]
 */
function passes(finding, but) {
  const allows = (/** @type {"family" | "severity" | "confidence" | "fix"} */ kind) =>
    kind === but ||
    chosen[kind].size === 0 ||
    chosen[kind].has(String(kind === "fix" ? fixKind(finding) : finding[kind]));
  const isDecided =
    but === "decision" || chosen.decision.size === 0 || chosen.decision.has(finding.decision?.kind || "open");
  const isAllowed = isDecided && allows("family") && allows("severity") && allows("confidence") && allows("fix");
  return isAllowed && (but === "fails" || chosen.fails.size === 0 || finding.article.fails) && isFound(finding);
}

/**
 * Ideas cannot be applied: for the filter they are no fix.
 * @param {Finding} finding
 */
function fixKind({ fix }) {
  return fix < 2 ? 0 : fix;
}

/**
 * Whether a finding holds all words that are searched for, or its article's name does.
 * @param {Finding} finding
 */
function isFound({ article, number }) {
  if (!chosen.query) return true;
  const text = article.texts?.[number] || "";
  return chosen.query.split(/\s+/).every((word) => text.includes(word));
}

/** Whether any filter is set. */
function isFiltered() {
  const { family, severity, confidence, fix, fails, decision, query } = chosen;
  return family.size + severity.size + confidence.size + fix.size + fails.size + decision.size > 0 || query !== "";
}

/** Shows what passes the filters, and only that. */
function applyFilters() {
  let shown = 0;
  for (const article of articles) {
    let any = false;
    for (const finding of article.findings) {
      finding.isShown = passes(finding);
      if (finding.isShown) {
        shown += 1;
        any = true;
      }
    }
    article.element.hidden = isFiltered() && !any;
  }
  for (const part of all(".part.built")) showIn(part);
  showCounts();
  showRows();
  byId("shown").textContent = isFiltered()
    ? `${grouped(shown)} of ${grouped(total())} shown`
    : `${grouped(shown)} shown`;
  byId("reset").hidden = !isFiltered();
  const none = document.querySelector(".none");
  if (none instanceof HTMLElement) none.hidden = shown > 0;
  closeCard();
}

/**
 * Takes the marks and entries away that are filtered out.
 * @param {HTMLElement} part
 */
function showIn(part) {
  const article = articleById.get(part.closest("article")?.id || "");
  if (!article) return;
  for (const item of all(".finding", part)) item.hidden = !article.findings[Number(item.dataset.n)]?.isShown;
  for (const mark of all(".mark", part)) {
    mark.classList.toggle("off", !numbersOf(mark).some((number) => article.findings[number]?.isShown));
  }
}

/** Says beside each filter how many findings it would show. */
function showCounts() {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const add = (/** @type {string} */ key) => counts.set(key, (counts.get(key) || 0) + 1);
  for (const { findings } of articles) {
    for (const finding of findings) {
      if (passes(finding, "family")) {
        add(`family ${finding.family}`);
        add(`bar ${finding.family} ${SEVERITIES[finding.severity]}`);
      }
      if (passes(finding, "severity")) add(`severity ${finding.severity}`);
      if (passes(finding, "confidence")) add(`confidence ${finding.confidence}`);
      if (passes(finding, "fix")) add(`fix ${fixKind(finding)}`);
      if (passes(finding, "decision")) add(`decision ${finding.decision?.kind || "open"}`);
      if (finding.article.fails && passes(finding, "fails")) add("fails 1");
    }
  }
  for (const button of filterButtons()) {
    const { filter, value, family } = button.dataset;
    if (family) showBar(button, (severity) => counts.get(`bar ${family} ${severity}`) || 0);
    const count = counts.get(family ? `family ${family}` : `${filter} ${value}`) || 0;
    const place = button.querySelector(".chip-count, .family-count");
    if (place) place.textContent = grouped(count);
    const set = family ? chosen.family : chosen[/** @type {"severity"} */ (filter)];
    button.setAttribute("aria-pressed", String(set.has(family || value || "")));
    button.classList.toggle("nothing", count === 0);
  }
}

/** How many findings each part of a family's bar stands for, and how long it is then, in per cent. @type {WeakMap<Element, {count: number, width: number}>} */
const wholeBars = new WeakMap();

/**
 * Draws the bar of a family as long as there are findings of each severity.
 * @param {HTMLElement} button
 * @param {(severity: string) => number} countOf
 */
function showBar(button, countOf) {
  let end = 0;
  for (const part of button.querySelectorAll("rect:not(.track)")) {
    const count = countOf(part.getAttribute("class") || "");
    // The page comes with the bars of all findings; those of articles that are not in place stay in them.
    const whole = wholeBars.get(part) || { count, width: Number.parseFloat(part.getAttribute("width") || "0") };
    wholeBars.set(part, whole);
    const width = whole.count ? (whole.width * count) / whole.count : whole.width;
    part.setAttribute("x", `${end.toFixed(2)}%`);
    part.setAttribute("width", `${width.toFixed(2)}%`);
    end += width;
  }
}

/** Shows in the table what passes the filters. */
function showRows() {
  for (const row of all("#articles tbody tr")) {
    const article = articleById.get(row.dataset.article || "");
    row.hidden = isFiltered() && (!article || article.element.hidden);
    if (row.hidden || !article) continue;
    /** @type {Map<string, number>} */
    const counts = new Map();
    let shown = 0;
    for (const { family, isShown } of article.findings) {
      if (!isShown) continue;
      shown += 1;
      counts.set(family, (counts.get(family) || 0) + 1);
    }
    const findings = row.children[2];
    if (findings) findings.textContent = grouped(shown);
    for (const cell of all("td.cell[data-family]", row)) {
      const count = counts.get(cell.dataset.family || "") || 0;
      cell.classList.toggle("off", count === 0);
      const link = cell.firstElementChild;
      if (link) link.textContent = String(count);
    }
  }
}

function filterButtons() {
  return all("button[data-filter], .families button[data-family]");
}

/** Drops all filters. */
function resetFilters() {
  const { family, severity, confidence, fix, fails, decision } = chosen;
  for (const set of [family, severity, confidence, fix, fails, decision]) set.clear();
  chosen.query = "";
  /** @type {HTMLInputElement} */ (byId("search")).value = "";
  applyFilters();
}

/**
 * Chooses a value of a kind, or no longer.
 * @param {HTMLElement} button
 */
function toggle({ dataset }) {
  const set = dataset.family ? chosen.family : chosen[/** @type {"severity"} */ (dataset.filter)];
  const value = dataset.family || dataset.value || "";
  if (!set.delete(value)) set.add(value);
  applyFilters();
}

/** How long the search works before it lets the page breathe, in milliseconds. */
const BREATH = 40;

/** What is searched for last: an earlier search that is still reading gives up. */
let wanted = "";

/**
 * Shows what holds all these words. What has not been searched before is read first, a little at a time.
 * @param {string} query
 */
async function searchFor(query) {
  wanted = query;
  let since = performance.now();
  for (const article of query ? articles : []) {
    for (const _ of readTexts(article)) {
      if (performance.now() - since < BREATH) continue;
      byId("shown").textContent = "searching …";
      await new Promise((resolve) => setTimeout(resolve));
      if (wanted !== query) return;
      since = performance.now();
    }
  }
  chosen.query = query;
  applyFilters();
}

function watchFilters() {
  for (const button of filterButtons()) button.addEventListener("click", () => toggle(button));
  byId("reset").addEventListener("click", resetFilters);
  const search = /** @type {HTMLInputElement} */ (byId("search"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => searchFor(search.value.trim().toLowerCase()), PAUSE);
  });
  onBuilt.push((part) => {
    if (isFiltered()) showIn(part);
  });
  showCounts();
}
