// Keeping decisions: in the storage of the page, and in a file for `mtlint check --decisions`.

/** The version of the file. */
const VERSION = 1;
/** How much of a marked text the file repeats, for people. */
const REPEATED = 120;

/**
 * What the file says of a decision; see docs/schema/decisions.json.
 * @typedef {object} Written
 * @property {string} fingerprint
 * @property {string} rule
 * @property {string} text
 * @property {number} [alike]
 * @property {"accept" | "edit" | "reject"} decision
 * @property {string} [title]
 * @property {string} [reason]
 * @property {{at: number, delete: string, insert: string}[]} [edits]
 */

/**
 * @typedef {object} WrittenDocument
 * @property {string} path
 * @property {{id: string, line: number} | null} [record]
 * @property {string} hash
 * @property {Written[]} decisions
 */

/**
 * What the file says of a finding that is decided.
 * @param {Finding} finding
 * @returns {Written[]}
 */
function written(finding) {
  const { decision, article, rule } = finding;
  const about = known(finding);
  const sheet = sheetOf(article);
  if (!decision || !about || !sheet) return [];
  const [from, to] = about.place || [0, 0];
  const edits = changesOf(finding, decision).map(([start, end, insert]) => ({
    at: start - from,
    delete: sheet.text.slice(start, end),
    insert,
  }));
  const marked = sheet.text.slice(from, to).replace(/\s+/g, " ");
  const title = decision.kind === "accept" ? about.fixes[decision.fix]?.[0] : undefined;
  return [
    {
      fingerprint: about.fingerprint,
      rule,
      text: Array.from(marked.slice(0, 2 * REPEATED))
        .slice(0, REPEATED)
        .join(""),
      ...(about.alike > 1 && { alike: about.alike }),
      decision: decision.kind,
      ...(title !== undefined && { title }),
      ...(edits.length > 0 && { edits }),
    },
  ];
}

/**
 * Reads what a file says of a decision: nothing where it does not fit what is found now.
 * @param {Article} article
 * @param {Map<string, number>} places Of fingerprints.
 * @param {Written} entry
 * @returns {[Finding, Decision][]}
 */
function readEntry(article, places, entry) {
  const number = places.get(entry.fingerprint);
  const finding = number === undefined ? undefined : article.findings[number];
  const about = finding && known(finding);
  const text = sheetOf(article)?.text || "";
  if (!about || about.alike !== (entry.alike ?? 1) || finding.rule !== entry.rule) return [];
  if (entry.decision === "reject") return [[finding, { kind: "reject", fix: 0, text: "" }]];
  const { place: where } = about;
  const edits = entry.edits || [];
  if (!where || edits.length === 0) return [];
  const isSame = (/** @type {Change} */ [from, to, insert], /** @type {number} */ index) => {
    const edit = edits[index];
    return edit?.insert === insert && edit.at === from - where[0] && edit.delete === text.slice(from, to);
  };
  if (entry.decision === "edit") {
    const insert = edits[0]?.insert;
    const fits = about.free && edits.length === 1 && typeof insert === "string" && isSame([...where, insert], 0);
    return fits ? [[finding, { kind: "edit", fix: 0, text: insert }]] : [];
  }
  const fix = about.fixes.findIndex((fix) => fix && fix[1].length === edits.length && fix[1].every(isSame));
  return entry.decision === "accept" && fix >= 0 ? [[finding, { kind: "accept", fix, text: "" }]] : [];
}

/**
 * Reads what is said of an article: what fits, and how much does not.
 * @param {Article} article
 * @param {Written[]} entries
 */
function readEntries(article, entries) {
  const places = new Map(sheetOf(article)?.findings.map(({ fingerprint }, number) => [fingerprint, number]));
  /** @type {[Finding, Decision][]} */
  const made = [];
  const taken = new Taken(article);
  for (const entry of entries) {
    const [read] = readEntry(article, places, entry);
    if (!read) continue;
    const changes = changesOf(...read);
    // Two that change one place cannot both have been made here.
    if (read[0].decision || !taken.allows(changes)) continue;
    taken.take(changes);
    made.push(read);
  }
  return { made, lost: entries.length - made.length };
}

/**
 * Where the decisions about an article are kept: by the report, and by the article in it.
 * @param {Article} article
 */
function keyOf({ id }) {
  return `mtlint-decisions ${location.pathname} ${id}`;
}

/** Whether the browser keeps anything for this page. */
let keeps = true;

/**
 * Keeps what is decided about an article.
 * @param {Article} article
 */
function keep(article) {
  const decisions = article.findings.flatMap(written);
  try {
    if (decisions.length === 0) localStorage.removeItem(keyOf(article));
    else localStorage.setItem(keyOf(article), JSON.stringify(decisions));
  } catch {
    keeps = false;
    byId("kept").textContent = "This browser keeps nothing of the page: save the decisions before you close it.";
  }
}

/** Brings back what was decided when the page, or an earlier report of the same texts, was open. */
function recall() {
  let [found, lost] = [0, 0];
  for (const article of articles) {
    let entries;
    try {
      entries = JSON.parse(localStorage.getItem(keyOf(article)) || "[]");
    } catch {
      continue;
    }
    if (!Array.isArray(entries) || entries.length === 0) continue;
    const read = readEntries(article, entries);
    for (const [finding, decision] of read.made) finding.decision = decision;
    found += read.made.length;
    lost += read.lost;
  }
  if (found + lost > 0) {
    byId("kept").textContent =
      `${grouped(found)} decisions from earlier are kept` +
      (lost > 0 ? `; ${grouped(lost)} do not fit what is found now and are left out.` : ".");
  }
}

/** Gives the reader all decisions as a file. */
function saveDecisions() {
  const documents = articles.flatMap((article) => {
    const decisions = article.findings.flatMap(written);
    const sheet = decisions.length > 0 ? sheetOf(article) : undefined;
    if (!sheet) return [];
    const { path, record, hash } = sheet;
    return [{ path, ...(record && { record }), hash, decisions }];
  });
  if (documents.length === 0) return say("Nothing is decided.");
  download("decisions.json", "application/json", `${JSON.stringify({ version: VERSION, documents }, null, 1)}\n`);
  byId("kept").textContent = "Saved: mtlint check --decisions decisions.json --fix applies them.";
  say("The decisions are saved as decisions.json.");
}

/**
 * Takes over the decisions of a file.
 * @param {string} text
 */
function loadDecisions(text) {
  /** @type {WrittenDocument[]} */
  let documents;
  try {
    const file = JSON.parse(text);
    if (file.version !== VERSION || !Array.isArray(file.documents)) throw new Error("another version");
    documents = file.documents;
  } catch {
    return say("This is no file of decisions.");
  }
  /** @type {Map<string, Article>} */
  const byName = new Map();
  const name = (/** @type {string} */ path, /** @type {WrittenDocument["record"]} */ record) =>
    JSON.stringify(record ? [path, record.id, record.line] : [path]);
  for (const article of articles) {
    const sheet = sheetOf(article);
    if (sheet) byName.set(name(sheet.path, sheet.record), article);
  }
  /** @type {[Finding, Decision][]} */
  const made = [];
  let lost = 0;
  for (const { path, record, decisions } of documents) {
    const entries = Array.isArray(decisions) ? decisions : [];
    const article = byName.get(name(path, record));
    const read = article ? readEntries(article, entries) : { made: [], lost: entries.length };
    made.push(...read.made);
    lost += read.lost;
  }
  decide(made);
  closeCard();
  byId("kept").textContent =
    `${grouped(made.length)} decisions are loaded` +
    (lost > 0 ? `; ${grouped(lost)} do not fit this report, or are about what is decided here.` : ".");
}

function watchLoading() {
  const input = /** @type {HTMLInputElement} */ (byId("load-file"));
  byId("load").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (file) loadDecisions(await file.text());
    input.value = "";
  });
}
