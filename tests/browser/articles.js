// Articles made up for the tests, the same at every run.

/** Sentences that are sound, and damaged ones that rules find. */
export const SOUND = [
  "The ferry to the outer islands left at noon with forty crates of apples on board.",
  "Nobody in the village could say who had painted the gate of the school.",
  "The council will meet again on Thursday, when the engineers have read the plans.",
  "A grey heron stood on the weir all morning and watched the men at work.",
  "The bakery in Mill Lane sells its last loaves at half past five.",
];
const DAMAGED = [
  "The mayor thanked the volunteers. . They had worked all night.",
  "The bridge , which was closed in March, will open on Monday.",
  "The the keeper of the lighthouse found the door open.",
  "“The water came at night.” We carried what we could.” The family lives in Oster now.",
  "The committee had asked for more time. Pointed out. The answer came on Friday.",
  "The museum opens at ten.The cloakroom is free.",
];

/** Numbers that look random and are not. */
function* numbers(seed) {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** An article of so many paragraphs, about as many of its sentences damaged as `share` says. */
export function article(seed, paragraphs, share) {
  const random = numbers(seed + 1);
  const pick = (list) => list[Math.floor(random.next().value * list.length)];
  const lines = [`Report ${seed} from the coast`];
  for (let paragraph = 0; paragraph < paragraphs; paragraph += 1) {
    const sentences = Array.from({ length: 5 }, () => pick(random.next().value < share ? DAMAGED : SOUND));
    lines.push(sentences.join(" "));
  }
  return `${lines.join("\n")}\n`;
}

/** Text that would do harm if any of it became markup or script. */
export const HOSTILE = [
  "<script>window.owned = 1</script> The end . .",
  "</style></noscript></script></template></title> --> <!-- ]]> The end . .",
  "<img src=x onerror='window.owned = 2'> <svg onload='window.owned = 3'> The end . .",
  "${window.owned = 4} {{constructor.constructor('window.owned = 5')()}} javascript:window.owned=6 . .",
  "Line\u2028and paragraph\u2029separators, \u202Ebackwards\u202C, and &lt;b&gt; &amp;amp; . .",
].join("\n");
