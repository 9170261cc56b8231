// The card beside a mark: what was found there, why, and what would mend it.

/** How long the pointer rests on a mark before the card comes, and how long it may leave, in milliseconds. */
const REST = { before: 90, after: 220 };

/** The card, made when it is first needed. @type {HTMLElement | undefined} */
let card;
/** The mark the card is of. @type {HTMLElement | undefined} */
let carded;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let rest;

function cardElement() {
  if (!card) {
    card = document.createElement("div");
    card.id = "card";
    card.setAttribute("role", "region");
    card.setAttribute("aria-label", "Finding");
    card.addEventListener("pointerenter", () => clearTimeout(rest));
    card.addEventListener("pointerleave", leaveSoon);
    document.body.append(card);
  }
  return card;
}

/**
 * The findings of a mark that are shown.
 * @param {HTMLElement} mark
 * @returns {Finding[]}
 */
function findingsOf(mark) {
  const article = articleById.get(mark.closest("article")?.id || "");
  if (!article) return [];
  return numbersOf(mark)
    .flatMap((number) => article.findings[number] ?? [])
    .filter(({ isShown }) => isShown);
}

/**
 * Opens the card of a mark.
 * @param {HTMLElement} mark
 */
function openCard(mark) {
  clearTimeout(rest);
  const findings = findingsOf(mark);
  if (mark === carded || findings.length === 0) return;
  closeCard();
  const element = cardElement();
  element.replaceChildren(...findings.map(cardOf));
  element.hidden = false;
  carded = mark;
  mark.classList.add("current");
  mark.setAttribute("aria-describedby", "card");
  place(element, mark);
  for (const finding of findings) {
    itemOf(finding)?.classList.add("current");
    showRelated(finding);
  }
}

/** Closes the card; returns whether one was open. */
function closeCard() {
  clearTimeout(rest);
  if (!carded || !card) return false;
  carded.classList.remove("current");
  carded.removeAttribute("aria-describedby");
  carded = undefined;
  card.hidden = true;
  for (const item of all(".finding.current")) item.classList.remove("current");
  CSS.highlights?.delete("related");
  return true;
}

/**
 * What the card says of a finding: its entry in the list, and why the rule minds.
 * @param {Finding} finding
 */
function cardOf(finding) {
  const section = document.createElement("section");
  section.className = `finding ${SEVERITIES[finding.severity]}`;
  const item = itemOf(finding);
  const message = item?.querySelector(".to");
  if (!item || !message) return section;
  const what = document.createElement("p");
  what.className = "what";
  what.append(...Array.from(message.childNodes, (node) => node.cloneNode(true)));
  const more = item.querySelector(".more");
  const why = document.getElementById(`rule-${finding.rule}`)?.querySelector(".why")?.cloneNode(true);
  section.append(what);
  if (why) section.append(why);
  if (more) section.append(...Array.from(more.childNodes, (node) => node.cloneNode(true)));
  addControls(section, finding);
  all(".related > li[data-from]", section).forEach((entry, number) => {
    entry.addEventListener("click", () => goToRelated(finding, number));
  });
  return section;
}

/**
 * Puts the card below the mark, or above it where there is more room.
 * @param {HTMLElement} element
 * @param {HTMLElement} mark
 */
function place(element, mark) {
  const margin = 8;
  element.style.maxHeight = "";
  const line = mark.getClientRects()[0] || mark.getBoundingClientRect();
  const last = Array.from(mark.getClientRects()).pop() || line;
  const { width, height } = element.getBoundingClientRect();
  const above = line.top - toolbarBottom() - margin;
  const below = innerHeight - last.bottom - margin;
  const isBelow = below >= height || below >= above;
  const room = Math.max(isBelow ? below : above, 120);
  element.style.maxHeight = `${room - margin}px`;
  const shown = Math.min(height, room - margin);
  element.style.top = `${isBelow ? last.bottom + margin : line.top - margin - shown}px`;
  element.style.left = `${Math.max(margin, Math.min(line.left, document.documentElement.clientWidth - width - margin))}px`;
}

function toolbarBottom() {
  return Math.max(0, document.getElementById("toolbar")?.getBoundingClientRect().bottom || 0);
}

function leaveSoon() {
  clearTimeout(rest);
  rest = setTimeout(() => {
    if (carded !== document.activeElement && !card?.matches(":focus-within")) closeCard();
  }, REST.after);
}

/**
 * The place in the text of an article between two offsets, built; `undefined` where the filters or
 * the browser leave none.
 * @param {Article} article
 * @param {number} from In UTF-16 units, as strings are counted.
 * @param {number} to
 */
function rangeOf(article, from, to) {
  const parts = all('[data-view="found"] > .part', article.element);
  // Parts before the one that holds the place are built only as far as needed.
  for (const part of parts) {
    const noscript = waiting(part);
    const root = noscript ? parsed(noscript) : part;
    const blocks = all(".block", root);
    const last = blocks[blocks.length - 1];
    if (!last || Number(last.dataset.at) + (last.textContent || "").length < from) continue;
    build(part);
    const range = document.createRange();
    let started = false;
    for (const block of all(".block", part)) {
      let at = Number(block.dataset.at);
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = /** @type {Text} */ (walker.currentNode);
        const end = at + node.length;
        if (!started && from < end) {
          range.setStart(node, Math.max(0, from - at));
          started = true;
        }
        if (started) {
          range.setEnd(node, Math.min(node.length, Math.max(0, to - at)));
          if (to <= end) return range;
        }
        at = end;
      }
    }
    return started ? range : undefined;
  }
  return undefined;
}

/**
 * The places related to a finding.
 * @param {Finding} finding
 */
function relatedOf(finding) {
  return all(".related > li[data-from]", itemOf(finding) || document.createElement("div")).map(({ dataset }) =>
    rangeOf(finding.article, Number(dataset.from), Number(dataset.to)),
  );
}

/**
 * Sets off the places related to a finding.
 * @param {Finding} finding
 */
function showRelated(finding) {
  const ranges = relatedOf(finding).filter((range) => range !== undefined);
  if (ranges.length === 0 || !CSS.highlights) return;
  const known = CSS.highlights.get("related");
  CSS.highlights.set("related", new Highlight(...(known || []), ...ranges));
}

/**
 * Scrolls to a place related to a finding.
 * @param {Finding} finding
 * @param {number} number
 */
function goToRelated(finding, number) {
  const range = relatedOf(finding)[number];
  range?.startContainer.parentElement?.scrollIntoView({ block: "center" });
}

function watchMarks() {
  const markAt = (/** @type {Event} */ { target }) =>
    target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(".mark")) : null;
  document.addEventListener("pointerover", (event) => {
    const mark = markAt(event);
    if (!mark || event.pointerType === "touch") return;
    clearTimeout(rest);
    rest = setTimeout(() => openCard(mark), REST.before);
  });
  document.addEventListener("pointerout", (event) => {
    if (markAt(event)) leaveSoon();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markAt(event);
    if (mark) openCard(mark);
    else if (!(event.target instanceof Element && event.target.closest("#card"))) closeCard();
  });
  addEventListener("scroll", () => carded && card && place(card, carded), { passive: true });
  addEventListener("resize", () => carded && card && place(card, carded));
}
