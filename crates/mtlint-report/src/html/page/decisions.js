// Deciding about findings: a fix is accepted, other words are put in its place, or the finding is none.

/** What was decided before each step, the last step last. @type {[Finding, Decision | undefined][][]} */
const steps = [];

const DECIDED = { accept: "accepted", edit: "edited", reject: "rejected" };

/**
 * What is known of an article for deciding; `undefined` where nothing can be decided, as on the page of a service.
 * @param {Article} article
 */
function sheetOf(article) {
  if (!article.sheet) {
    const sheet = article.element.querySelector(":scope > .sheet");
    if (sheet instanceof HTMLElement) article.sheet = JSON.parse(sheet.dataset.sheet || "");
  }
  return article.sheet;
}

/**
 * What is known of a finding for deciding.
 * @param {Finding} finding
 */
function known({ article, number }) {
  return sheetOf(article)?.findings[number];
}

/**
 * What a decision changes in the text.
 * @param {Finding} finding
 * @param {Decision | undefined} decision
 * @returns {Change[]}
 */
function changesOf(finding, decision) {
  const { fixes, place } = known(finding) || { fixes: [], place: null };
  if (decision?.kind === "accept") return fixes[decision.fix]?.[1] || [];
  if (decision?.kind === "edit" && place) return [[place[0], place[1], decision.text]];
  return [];
}

/** What of a text is taken by changes. */
class Taken {
  /** @param {Article} article */
  constructor(article) {
    const length = (sheetOf(article)?.text.length || 0) + 1;
    /** Where changes begin, and the places that lie inside of one. */
    this.begins = new Uint8Array(length);
    this.inside = new Uint8Array(length);
    /** @type {Set<string>} */
    this.all = new Set();
    for (const finding of article.findings) this.take(changesOf(finding, finding.decision));
  }

  /** @param {Change[]} changes */
  take(changes) {
    if (changes.length === 0) return;
    this.all.add(JSON.stringify(changes));
    for (const [from, to] of changes) {
      this.begins[from] = 1;
      this.inside.fill(1, from + 1, to);
    }
  }

  /**
   * Whether changes can be made beside those that are taken; the same ones once more change nothing.
   * @param {Change[]} changes
   */
  allows(changes) {
    if (this.all.has(JSON.stringify(changes))) return true;
    return changes.every(([from, to]) => {
      if (this.begins[from] || this.inside[from]) return false;
      const next = this.begins.indexOf(1, from);
      return next < 0 || next >= to;
    });
  }
}

/**
 * Whether a decision can be made beside the others about the article.
 * @param {Finding} finding
 * @param {Decision} decision
 */
function isFree(finding, decision) {
  const changes = changesOf(finding, decision);
  if (changes.length === 0) return true;
  const before = finding.decision;
  finding.decision = undefined;
  const taken = new Taken(finding.article);
  finding.decision = before;
  return taken.allows(changes);
}

/**
 * Makes decisions, and notes what was before.
 * @param {[Finding, Decision | undefined][]} made
 */
function decide(made) {
  if (made.length === 0) return;
  steps.push(made.map(([finding]) => [finding, finding.decision]));
  set(made);
}

/** Takes back the last step. */
function undo() {
  const step = steps.pop();
  if (!step) return say("There is nothing to undo.");
  set(step);
  const first = step[0]?.[0];
  if (step.length === 1 && first?.isShown) goTo(first);
  say(step.length === 1 ? "The last decision is undone." : `${grouped(step.length)} decisions are undone.`);
}

/**
 * @param {[Finding, Decision | undefined][]} made
 */
function set(made) {
  /** @type {Set<Article>} */
  const changed = new Set();
  for (const [finding, decision] of made) {
    finding.decision = decision;
    changed.add(finding.article);
  }
  for (const article of changed) {
    keep(article);
    for (const part of all('[data-view="found"] > .part.built', article.element)) showDecisionsIn(part);
    if (viewOf(article) === "read") showReading(article);
  }
  showDecisions();
}

/** Says how much is decided, and shows the filters as they are then. */
function showDecisions() {
  const decided = articles.some(({ findings }) => findings.some(({ decision }) => decision));
  for (const id of ["clear", "save"]) /** @type {HTMLButtonElement} */ (byId(id)).disabled = !decided;
  /** @type {HTMLButtonElement} */ (byId("undo")).disabled = steps.length === 0;
  if (chosen.decision.size > 0) applyFilters();
  else showCounts();
}

/**
 * A decision in a word or two.
 * @param {Decision} decision
 */
function told({ kind, text }) {
  return kind === "edit" ? `edited: ${text || "deleted"}` : DECIDED[kind];
}

/**
 * Shows in a part what was decided.
 * @param {HTMLElement} part
 */
function showDecisionsIn(part) {
  const article = articleById.get(part.closest("article")?.id || "");
  if (!article) return;
  for (const item of all(".finding", part)) {
    const { decision } = article.findings[Number(item.dataset.n)] || {};
    item.dataset.decided = decision?.kind || "";
    all(".fix", item).forEach((fix, number) => {
      fix.classList.toggle("accepted", decision?.kind === "accept" && decision.fix === number);
    });
    let badge = item.querySelector(".badge");
    if (!decision) badge?.remove();
    else {
      if (!badge) {
        badge = document.createElement("span");
        badge.className = "badge";
        item.querySelector(".what a")?.prepend(badge);
      }
      badge.textContent = told(decision);
    }
  }
  for (const mark of all(".mark", part)) {
    const kinds = numbersOf(mark).map((number) => article.findings[number]?.decision?.kind);
    mark.dataset.decided = kinds.every((kind) => kind) ? kinds[0] : "";
  }
}

/**
 * Decides about a finding, if nothing stands in the way.
 * @param {Finding} finding
 * @param {Decision} decision
 */
function decideOne(finding, decision) {
  if (isFree(finding, decision)) {
    decide([[finding, decision]]);
    return true;
  }
  say("What was decided about another finding changes the same place: undo that first.");
  return false;
}

/** The finding that the keys decide about: the one the reader is at. */
function atHand() {
  const [ofCard] = carded ? findingsOf(carded) : [];
  const shown = current?.isShown ? current : undefined;
  return shown && carded && findingsOf(carded).includes(shown) ? shown : ofCard || shown;
}

/**
 * Decides about the finding at hand by a key, and goes on to the next that is open.
 * @param {(finding: Finding) => Decision | undefined} decisionFor
 */
function decideByKey(decisionFor) {
  const finding = atHand();
  if (!finding) return step(1);
  const decision = decisionFor(finding);
  if (!decision) return say("There is no such fix.");
  if (decideOne(finding, decision)) goOn(finding);
}

/**
 * Accepts a fix of the finding at hand.
 * @param {number} [fix] From 0; without it, the first that can be applied.
 */
function acceptByKey(fix) {
  decideByKey((finding) => {
    const fixes = known(finding)?.fixes || [];
    const number = fix ?? fixes.findIndex((known) => known);
    return fixes[number] ? { kind: "accept", fix: number, text: "" } : undefined;
  });
}

/**
 * Goes to the next finding that is shown and not decided.
 * @param {Finding} finding
 */
function goOn(finding) {
  const list = articles.flatMap(({ findings }) => findings);
  const from = list.indexOf(finding);
  for (let taken = 1; taken <= list.length; taken += 1) {
    const next = list[(from + taken) % list.length];
    if (next?.isShown && !next.decision) return goTo(next);
  }
  closeCard();
  say("All findings that are shown are decided.");
}

/**
 * Shows the card of a finding anew, with the focus on its mark.
 * @param {Finding} finding
 */
function showAgain(finding) {
  closeCard();
  if (finding.isShown) goTo(finding);
}

/**
 * Adds to what the card says of a finding what can be done about it.
 * @param {HTMLElement} section
 * @param {Finding} finding
 */
function addControls(section, finding) {
  const about = known(finding);
  if (!about) return;
  const { decision } = finding;
  const button = (/** @type {string} */ text, /** @type {() => void} */ act) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "decide";
    element.textContent = text;
    element.addEventListener("click", act);
    return element;
  };
  const made = (/** @type {Decision | undefined} */ decision) => () => {
    current = finding;
    if (!decision) decide([[finding, undefined]]);
    else if (!decideOne(finding, decision)) return;
    showAgain(finding);
  };
  for (const badge of all(".badge", section)) badge.remove();
  all(".fix", section).forEach((element, number) => {
    const fix = about.fixes[number];
    if (!fix) return;
    const accept = button("Accept", made({ kind: "accept", fix: number, text: "" }));
    accept.setAttribute("aria-label", `Accept: ${fix[0]}`);
    accept.setAttribute("aria-pressed", String(decision?.kind === "accept" && decision.fix === number));
    element.querySelector(".title")?.append(" ", accept);
  });
  const row = document.createElement("p");
  row.className = "deciding";
  if (decision) {
    const badge = document.createElement("span");
    badge.className = "badge";
    badge.textContent = told(decision);
    row.append(badge);
  }
  if (about.free) {
    row.append(
      button("Edit …", () => {
        current = finding;
        editIn(section, finding);
      }),
    );
  }
  const reject = button("Reject", made({ kind: "reject", fix: 0, text: "" }));
  reject.setAttribute("aria-pressed", String(decision?.kind === "reject"));
  row.append(reject);
  if (decision) row.append(button("Undo", made(undefined)));
  section.append(row);
}

/**
 * Opens a field in the card for other words.
 * @param {HTMLElement} section
 * @param {Finding} finding
 */
function editIn(section, finding) {
  const { place: where } = known(finding) || {};
  const sheet = sheetOf(finding.article);
  if (!where || !sheet || section.querySelector("textarea")) return;
  const form = document.createElement("form");
  const label = document.createElement("label");
  label.textContent = "In its place, kept with Enter ";
  const field = document.createElement("textarea");
  field.value = finding.decision?.kind === "edit" ? finding.decision.text : sheet.text.slice(...where);
  field.rows = Math.min(6, 1 + Math.floor(field.value.length / 50));
  field.dir = "auto";
  label.append(field);
  const keepButton = document.createElement("button");
  keepButton.className = "decide";
  keepButton.textContent = "Keep";
  form.append(label, keepButton);
  const put = () => {
    if (decideOne(finding, { kind: "edit", fix: 0, text: field.value })) goOn(finding);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    put();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) put();
    else if (event.key === "Escape") showAgain(finding);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  section.append(form);
  if (card && carded) place(card, carded);
  form.scrollIntoView({ block: "nearest" });
  field.focus({ preventScroll: true });
  field.select();
}

/** Opens the field for other words in place of the finding at hand. */
function editByKey() {
  const finding = atHand();
  if (!finding) return step(1);
  if (!known(finding)?.free) return say("Other words cannot stand here: markup would be lost.");
  goTo(finding);
  const at = carded ? findingsOf(carded).indexOf(finding) : -1;
  const section = card?.children[at];
  if (section instanceof HTMLElement) editIn(section, finding);
}

/** Accepts the safe fixes of all findings that are shown and not decided, as far as they change no place twice. */
function acceptSafe() {
  /** @type {[Finding, Decision | undefined][]} */
  const made = [];
  for (const article of articles) {
    const open = article.findings.filter(({ isShown, decision, fix }) => isShown && !decision && fix === 3);
    if (open.length === 0) continue;
    const taken = new Taken(article);
    for (const finding of open) {
      const titles = known(finding)?.fixes || [];
      const fix = titles.findIndex((known, number) => known && isSafe(finding, number));
      const decision = /** @type {Decision} */ ({ kind: "accept", fix, text: "" });
      const changes = changesOf(finding, decision);
      if (changes.length === 0 || !taken.allows(changes)) continue;
      taken.take(changes);
      made.push([finding, decision]);
    }
  }
  decide(made);
  closeCard();
  say(made.length === 0 ? "No safe fix is left." : `${grouped(made.length)} safe fixes are accepted.`);
}

/**
 * Whether a fix changes nothing that is asserted.
 * @param {Finding} finding
 * @param {number} number
 */
function isSafe(finding, number) {
  return known(finding)?.fixes[number]?.[2] === 3;
}

/** Drops all decisions; the keys bring them back. */
function clearDecisions() {
  const decided = articles.flatMap(({ findings }) => findings.filter(({ decision }) => decision));
  closeCard();
  decide(decided.map((finding) => [finding, undefined]));
  say(`${grouped(decided.length)} decisions are dropped; Undo brings them back.`);
}

/** Sets deciding going, on a page that has it. */
function startDecisions() {
  if (!document.getElementById("decisions")) return;
  KEYS.a = () => acceptByKey();
  for (let number = 1; number <= 9; number += 1) KEYS[number] = () => acceptByKey(number - 1);
  KEYS.e = editByKey;
  KEYS.r = () => decideByKey(() => ({ kind: "reject", fix: 0, text: "" }));
  KEYS.u = undo;
  KEYS.s = saveDecisions;
  byId("accept-safe").addEventListener("click", acceptSafe);
  byId("undo").addEventListener("click", undo);
  byId("clear").addEventListener("click", clearDecisions);
  byId("save").addEventListener("click", saveDecisions);
  watchLoading();
  onBuilt.push((part) => {
    if (part.closest('[data-view="found"]')) showDecisionsIn(part);
  });
  for (const article of articles) {
    if (article.element.querySelector(":scope > .sheet")) addReading(article);
  }
  recall();
  showDecisions();
}
