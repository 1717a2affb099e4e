// Clock, balances, and the reset of all.
import * as api from "./api.js";
import * as balances from "./balances.js";
import { byId } from "./dom.js";

/** Prepare the forms; `cleared()` is called when all was reset. */
export function start(specs, cleared) {
  balances.start(specs, change);
  byId("clock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    change(() => api.setClock({ move_seconds: Number(byId("clock-seconds").value) }), "The clock was moved.");
  });
  for (const button of byId("clock-form").querySelectorAll("[data-move]"))
    button.addEventListener("click", () => change(() => api.setClock({ move_seconds: Number(button.dataset.move) }), "The clock was moved."));
  for (const button of byId("clock-form").querySelectorAll("[data-offset]"))
    button.addEventListener("click", () => change(() => api.setClock({ offset_seconds: 0 }), "The clock tells real time."));
  byId("reset").addEventListener("click", () => change(async () => {
    await api.reset();
    await cleared();
  }, "All is as at the start."));
}

async function change(what, done) {
  try {
    await what();
    await refresh();
    byId("state-status").textContent = done;
  } catch (error) {
    if (!(error instanceof api.ControlError)) throw error;
    byId("state-status").textContent = error.message;
  }
}

/** Ask anew. */
export async function refresh() {
  const clock = await api.clock();
  byId("clock-now").textContent = new Date(clock.now).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
  byId("clock-offset").textContent = clock.offset_seconds ? `${spoken(clock.offset_seconds)} real time` : "Real time. Links to images expire by this clock.";
  await balances.refresh();
}

function spoken(seconds) {
  const all = Math.abs(seconds);
  const [amount, unit] = all >= 86_400 ? [all / 86_400, "day"] : all >= 3600 ? [all / 3600, "hour"] : [all, "second"];
  const shown = Number(amount.toFixed(2));
  return `${shown} ${unit}${shown === 1 ? "" : "s"} ${seconds > 0 ? "ahead of" : "behind"}`;
}
