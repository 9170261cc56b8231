// Sets the page going.

/** Light or dark: what the system says, until the reader says otherwise. */
function switchTheme() {
  const { documentElement } = document;
  const isDark = documentElement.dataset.theme
    ? documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  documentElement.dataset.theme = isDark ? "light" : "dark";
}

function start() {
  document.documentElement.classList.add("scripted");
  watchTable();
  watchNotes();
  if (!document.getElementById("toolbar")) return;
  readData();
  watchFilters();
  watchMarks();
  startDecisions();
  for (const article of articles) viewButtons(article);
  watchParts();
  watchKeys();
  byId("theme").addEventListener("click", switchTheme);
  watchLinks();
  document.documentElement.classList.add("ready");
}

start();
