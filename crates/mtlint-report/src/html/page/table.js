// Sorting the table of articles.

/**
 * What a row is sorted by: text, or a number.
 * @param {HTMLElement} row
 * @param {string} key
 * @param {number} column
 */
function sortValue(row, key, column) {
  const cell = /** @type {HTMLElement | undefined} */ (row.children[column]);
  if (key === "name" || key === "result") return cell?.textContent || "";
  if (cell?.dataset.value) return Number(cell.dataset.value);
  return Number((cell?.textContent || "0").replaceAll(",", ""));
}

/**
 * Sorts the table by a column; a second time, the other way round.
 * @param {HTMLElement} button
 */
function sortBy(button) {
  const heading = button.closest("th");
  const body = document.querySelector("#articles tbody");
  if (!heading || !body) return;
  const key = button.dataset.sort || "";
  const column = Array.from(heading.parentElement?.children || []).indexOf(heading);
  const first = key === "name" ? "ascending" : "descending";
  const second = key === "name" ? "descending" : "ascending";
  const order = heading.getAttribute("aria-sort") === first ? second : first;
  for (const other of all("#articles th[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", order);
  const sign = order === "ascending" ? 1 : -1;
  const rows = all("tr", body).map((row) => ({ row, value: sortValue(row, key, column) }));
  rows.sort((a, b) => {
    if (typeof a.value === "string") return sign * a.value.localeCompare(String(b.value), "en", { numeric: true });
    return sign * (a.value - Number(b.value));
  });
  body.replaceChildren(...rows.map(({ row }) => row));
}

function watchTable() {
  for (const button of all("#articles button[data-sort]")) {
    button.addEventListener("click", () => sortBy(button));
  }
}
