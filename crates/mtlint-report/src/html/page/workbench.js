// The page to work at: its keys, and the way on after a fix.

/**
 * Applies a fix of the finding the reader is at.
 * @param {number} number From 0.
 */
function applyFix(number) {
  const finding = current || articles[0]?.findings.find(({ isShown }) => isShown);
  const item = finding && itemOf(finding);
  const button = item ? all("button.apply", item)[number] : undefined;
  if (button) button.click();
  else say("There is no such fix.");
}

/** Copies the text as it stands in the field. */
async function copyField() {
  const field = /** @type {HTMLTextAreaElement} */ (byId("text"));
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    copyByHand(field.value);
  }
  say("Copied.");
}

function startWork() {
  const form = /** @type {HTMLFormElement} */ (byId("work"));
  const copy = byId("copy-text");
  copy.hidden = false;
  copy.addEventListener("click", copyField);
  byId("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  KEYS.a = () => applyFix(0);
  for (let number = 1; number <= 9; number += 1) KEYS[number] = () => applyFix(number - 1);
  KEYS.e = () => byId("text").focus();
  // There is no overview.
  KEYS.o = KEYS.e;
  const { next } = document.body.dataset;
  if (next === undefined) return;
  // The finding that has moved up to the place of the one that was mended, or the last.
  const findings = articles[0]?.findings || [];
  const finding = findings[Math.min(Number(next), findings.length - 1)];
  if (finding) goTo(finding);
  else byId("findings-h").focus();
}

startWork();
