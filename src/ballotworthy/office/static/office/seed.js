// The dice on the wall: one digit at a time; a digit taken back is struck visibly and goes into the record.
// Both outlast a page that is loaded again, left or locked: a strike that a reload forgets would stand nowhere. So do
// the names of those present, until the seed stands.
"use strict";

const form = document.querySelector("form[data-dice]");
const kept = `dice ${location.pathname.replace(/\/enter$/, "")} ${document.querySelector(".print")?.textContent}`;

// What was taken out and what was put in between the beginning and the end that two texts share.
function change(before, after) {
  let begin = 0;
  while (begin < after.length && before[begin] === after[begin]) begin += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - begin && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [before.slice(begin, before.length - end), after.slice(begin, after.length - end)];
}

if (form) {
  const digits = form.querySelector("input[name=seed]");
  const struck = form.querySelector("input[name=struck]");
  const told = form.querySelector(".struck");
  let [before, gone] = JSON.parse(sessionStorage.getItem(kept)) || [digits.value, struck.value];
  const show = () => {
    digits.value = before;
    struck.value = gone;
    told.hidden = !gone;
    told.querySelector("span").textContent = gone;
    sessionStorage.setItem(kept, JSON.stringify([before, gone]));
  };
  digits.addEventListener("input", () => {
    let after = digits.value.replace(/\D/g, "");
    let at = digits.selectionStart - (digits.value.length - after.length);
    const [out, put] = change(before, after);
    if (!out) { // a throw comes behind the others, wherever the caret was: between them it would change what was thrown
      after = before + put;
      at = after.length;
    }
    gone = `${gone} ${out}`.trim();
    before = after.slice(0, Number(form.dataset.dice));
    show();
    digits.setSelectionRange(at, at);
  });
  show();
  addEventListener("pageshow", show); // a browser that goes back fills fields in itself, after this
} else sessionStorage.removeItem(kept);

const words = `words ${kept}`;
const fields = document.querySelectorAll("[name=present], [name=rolled], [name=chain], [name=round]");
const typed = JSON.parse(sessionStorage.getItem(words)) || {};
const keep = () => sessionStorage.setItem(words, JSON.stringify(typed));
for (const field of fields) {
  if (field.value) typed[field.name] = field.value; // the office gives it back with what is wrong
  else field.value = typed[field.name] || "";
  field.addEventListener("input", () => {
    typed[field.name] = field.value;
    keep();
  });
}
if (fields.length) keep();
else sessionStorage.removeItem(words);
