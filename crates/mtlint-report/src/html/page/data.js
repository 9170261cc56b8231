// What the page knows of its findings before any article is built.

/**
 * @typedef {object} Finding
 * @property {Article} article
 * @property {number} number Its place among the findings of the article, from 0.
 * @property {string} rule
 * @property {string} family
 * @property {number} severity 0 neutral, 1 minor, 2 major, 3 critical
 * @property {number} confidence 0 low, 1 medium, 2 high
 * @property {number} fix How far its best fix is trusted: 0 none, 1 an idea, 2 unsafe, 3 safe
 * @property {boolean} isShown Whether it passes the filters.
 * @property {Decision | undefined} decision
 */

/**
 * What was decided about a finding.
 * @typedef {object} Decision
 * @property {"accept" | "edit" | "reject"} kind
 * @property {number} fix Which of its fixes was accepted, from 0.
 * @property {string} text What is to stand in its place, if it was edited.
 */

/**
 * A change of the text of an article: from where, to where, what is put there. In UTF-16 units, as strings are counted.
 * @typedef {[number, number, string]} Change
 */

/**
 * What is known of an article for deciding about its findings; see sheet.rs.
 * @typedef {object} Sheet
 * @property {string} path
 * @property {{id: string, line: number} | null} record
 * @property {string} hash Of the text.
 * @property {string} text
 * @property {[number, number, string][]} blocks
 * @property {{fingerprint: string, alike: number, place: [number, number] | null, free: boolean, fixes: ([string, Change[], number] | null)[]}[]} findings Its fixes: title, changes, how far trusted; `null` where it cannot be applied.
 */

/**
 * @typedef {object} Article
 * @property {string} id
 * @property {HTMLElement} element
 * @property {string} name
 * @property {boolean} fails Whether it is worse than the profile allows.
 * @property {Finding[]} findings
 * @property {string[] | undefined} texts What is searched of each finding, once somebody searches.
 * @property {Sheet | undefined} sheet Once it is needed.
 */

const SEVERITIES = ["neutral", "minor", "major", "critical"];

/**
 * The element with this id, which the page always has.
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/**
 * All elements below `root` that match.
 * @param {string} selector
 * @param {ParentNode} root
 * @returns {HTMLElement[]}
 */
function all(selector, root = document) {
  return Array.from(root.querySelectorAll(selector));
}

/** The articles with findings, the worst first. @type {Article[]} */
const articles = [];

/** @type {Map<string, Article>} */
const articleById = new Map();

/** Reads what the page embeds. */
function readData() {
  const data = JSON.parse(byId("report-data").textContent || "{}");
  for (const { id, fails, facts } of data.articles) {
    const element = byId(id);
    const name = element.querySelector("h3")?.textContent || "";
    /** @type {Article} */
    const article = { id, element, name, fails, findings: [], texts: undefined, sheet: undefined };
    for (let at = 0; at < facts.length; at += 4) {
      const rule = data.rules[facts[at]];
      article.findings.push({
        article,
        number: at / 4,
        rule,
        family: rule.split("/", 1)[0],
        severity: facts[at + 1],
        confidence: facts[at + 2],
        fix: facts[at + 3],
        isShown: true,
        decision: undefined,
      });
    }
    articles.push(article);
    articleById.set(id, article);
  }
}

/** How many findings there are in all. */
function total() {
  return articles.reduce((sum, article) => sum + article.findings.length, 0);
}

/**
 * A number as the page writes it.
 * @param {number} number
 */
function grouped(number) {
  return number.toLocaleString("en");
}
