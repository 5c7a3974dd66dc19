// Locking this station: by its key, or by nobody touching it for the minutes of the house. What is shown goes at once.
"use strict";

const station = document.querySelector("#lock");

function lockNow() {
  document.body.hidden = true;
  station.requestSubmit();
}

if (station) {
  let untouched;
  const touched = () => {
    clearTimeout(untouched);
    untouched = setTimeout(lockNow, station.dataset.after * 60_000);
  };
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(kind, touched, { passive: true });
  touched();
  addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.key !== station.dataset.lockKey || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    lockNow();
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
