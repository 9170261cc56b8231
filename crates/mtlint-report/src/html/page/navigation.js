// The way from finding to finding: keys, buttons, links.

/** The finding the reader is at. @type {Finding | undefined} */
let current;

/** The article the reader has gone to as a whole: its findings come next. @type {Article | undefined} */
let arrived;

/**
 * Goes to a finding: its mark gets the focus, which opens the card.
 * @param {Finding} finding
 */
function goTo(finding) {
  current = finding;
  arrived = undefined;
  const inReading = readingMarkOf(finding);
  if (!inReading && viewOf(finding.article) !== "found") showView(finding.article, "found");
  const mark = inReading || markOf(finding) || itemOf(finding)?.querySelector("a");
  if (!(mark instanceof HTMLElement)) return;
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
  openCard(mark);
  const shown = articles.flatMap(({ findings }) => findings.filter(({ isShown }) => isShown));
  const place = `${grouped(shown.indexOf(finding) + 1)} of ${grouped(shown.length)}`;
  byId("shown").textContent = place;
  const message = itemOf(finding)?.querySelector(".message")?.textContent || "";
  byId("announcer").textContent = `Finding ${place}: ${SEVERITIES[finding.severity]}: ${message}`;
}

/**
 * Goes to the next finding that is shown, or the one before; from the last to the first.
 * @param {1 | -1} direction
 */
function step(direction) {
  const list = articles.flatMap(({ findings }) => findings);
  const first = arrived ? list.indexOf(/** @type {Finding} */ (arrived.findings[0])) : -1;
  const before = first >= 0 ? first - (direction === 1 ? 1 : 0) : direction === 1 ? -1 : 0;
  const from = current ? list.indexOf(current) : before;
  for (let taken = 1; taken <= list.length; taken += 1) {
    const finding = list[(from + direction * taken + list.length * 2) % list.length];
    if (finding?.isShown) return goTo(finding);
  }
}

/**
 * Goes to the next article that is shown, or the one before.
 * @param {1 | -1} direction
 */
function stepArticle(direction) {
  const shown = articles.filter(({ findings }) => findings.some(({ isShown }) => isShown));
  const at = shown.indexOf(/** @type {Article} */ (nearestArticle()));
  const article = shown[current || arrived ? at + direction : direction === 1 ? 0 : shown.length - 1];
  const first = article?.findings.find(({ isShown }) => isShown);
  if (first) goTo(first);
}

/** The article the reader is at. */
function nearestArticle() {
  const here = current?.article || arrived;
  if (here && !here.element.hidden) return here;
  return articles.find(({ element }) => !element.hidden && element.getBoundingClientRect().bottom > innerHeight / 3);
}

/**
 * Goes to what a link of the page names, if that is a finding.
 * @param {string} hash
 */
function follow(hash) {
  const [, id, is, number] = /^#(a[0-9a-f]{16})(-m?)?(\d+)?$/.exec(hash) || [];
  const article = articleById.get(id || "");
  if (!article || !is) return false;
  const finding = article.findings[Number(number)];
  if (!finding) return false;
  goTo(finding);
  return true;
}

/** What each key does. @type {Record<string, () => void>} */
const KEYS = {
  n: () => step(1),
  j: () => step(1),
  p: () => step(-1),
  k: () => step(-1),
  "]": () => stepArticle(1),
  "[": () => stepArticle(-1),
  f: () => nextView(nearestArticle()),
  c: () => copyMended(nearestArticle()),
  "/": () => byId("search").focus(),
  x: resetFilters,
  t: switchTheme,
  o: () => {
    current = undefined;
    arrived = undefined;
    closeCard();
    byId("overview-h").scrollIntoView();
  },
  "?": () => /** @type {HTMLDialogElement} */ (byId("help")).showModal(),
};

function watchKeys() {
  const keysOn = /** @type {HTMLInputElement} */ (byId("keys-on"));
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, altKey, metaKey, target } = event;
    if (ctrlKey || altKey || metaKey || event.defaultPrevented) return;
    const isTyping = target instanceof HTMLElement && target.closest("input[type=search], textarea, select") !== null;
    if (key === "Escape") {
      if (card?.contains(document.activeElement)) carded?.focus({ preventScroll: true });
      if (!closeCard() && isTyping) /** @type {HTMLElement} */ (target).blur();
      return;
    }
    if (isTyping || !keysOn.checked || document.querySelector("dialog[open]")) return;
    const act = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function watchLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    if (link.matches(".mark")) {
      // The card is open already, and the place in the list is beside it.
      event.preventDefault();
      current = findingsOf(link)[0];
      openCard(link);
      // Whoever follows a mark by key comes to what can be done about it.
      if (event.detail === 0) card?.querySelector("button")?.focus();
    } else if (link.dataset.family) {
      event.preventDefault();
      const article = articleById.get(link.hash.slice(1));
      const first = article?.findings.find(({ family, isShown }) => isShown && family === link.dataset.family);
      if (first) goTo(first);
    } else if (follow(link.hash)) {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
    } else if (articleById.has(link.hash.slice(1))) {
      current = undefined;
      arrived = articleById.get(link.hash.slice(1));
      closeCard();
    }
  });
  addEventListener("hashchange", () => follow(location.hash));
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  byId("help-button").addEventListener("click", () => KEYS["?"]?.());
  if (location.hash) follow(location.hash);
}
