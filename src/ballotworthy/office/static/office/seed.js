// The dice on the wall: one digit at a time; a digit taken back is struck visibly and goes into the record.
"use strict";

const form = document.querySelector("form[data-dice]");
if (form) {
  const digits = form.querySelector("input[name=seed]");
  const struck = form.querySelector("input[name=struck]");
  const told = form.querySelector(".struck");
  let before = "";
  digits.addEventListener("input", () => {
    digits.value = digits.value.replace(/\D/g, "").slice(0, Number(form.dataset.dice));
    if (digits.value.length < before.length) {
      struck.value = `${struck.value} ${before.slice(digits.value.length)}`.trim();
      told.textContent = `Struck: ${struck.value}`;
    }
    before = digits.value;
  });
}
