// Locking this station: by its key, or by nobody touching it for the minutes of the house. What is shown goes at once.
// When it was last touched is remembered from page to page, since a page that asks again by itself is no touch.
"use strict";

const station = document.querySelector("#lock");
const untouchedFor = () => Date.now() - (Number(sessionStorage.getItem("touched")) || Date.now());
let due;

function lockNow() {
  document.body.hidden = true;
  station.requestSubmit();
}

function wait() {
  clearTimeout(due);
  if (station) due = setTimeout(lockNow, Math.max(0, station.dataset.after * 60_000 - untouchedFor()));
}

function touched() {
  sessionStorage.setItem("touched", Date.now());
  wait();
}

for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(kind, touched, { passive: true });
if (sessionStorage.getItem("touched")) wait(); else touched();
addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (!station || event.key !== station.dataset.lockKey || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  lockNow();
});

// A form is sent once: the second click of a double click would do the same again, and be refused in place of the answer.
const ONCE = 5_000;
const sent = new WeakMap();
addEventListener("submit", (event) => {
  if (event.target.matches("[hx-post], [method=dialog]")) return;
  if (Date.now() - (sent.get(event.target) || -ONCE) < ONCE) event.preventDefault();
  else sent.set(event.target, Date.now());
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
