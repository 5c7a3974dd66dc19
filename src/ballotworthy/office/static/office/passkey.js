// A passkey made, or asked for: what the key answers goes into the form, which then is sent.
"use strict";

async function optionsOf(form) {
  if (form.dataset.passkey !== "ask") return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function answered(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey !== "create") return webauthnJSON.get(options);
  const alone = form.elements.passwordless.checked;
  const wanted = options.publicKey.authenticatorSelection;
  wanted.residentKey = alone ? "required" : "discouraged";
  wanted.requireResidentKey = alone;
  if (alone) wanted.userVerification = "required";
  return webauthnJSON.create(options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.querySelector("[data-ask]").addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await answered(form));
    } catch {
      form.querySelector(".failed").hidden = false;
      return;
    }
    form.submit();
  });
}
