// What the accounts hold: shown, topped up, emptied, set.
import * as api from "./api.js";
import { byId, el } from "./dom.js";

const PATH = "/_mock/balance";
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const TOP_UP = "10.00"; // US dollars

let told = () => {};

/** Prepare the form; `change(what, done)` carries a change out and tells so. */
export function start(specs, change) {
  told = change;
  byId("balance-form").hidden = !specs.control.includes(PATH);
  byId("balance-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = byId("balance-account").value.trim();
    const account = ADDRESS.test(name) ? { wallet: name } : { key: name };
    told(() => api.setBalance({ ...account, usd: byId("balance-usd").value }), "The balance is set.");
  });
}

/** Ask anew. */
export async function refresh() {
  if (byId("balance-form").hidden) return;
  const { accounts } = await api.balances();
  byId("balances").replaceChildren(...accounts.map(row));
}

function row({ usd, ...account }) {
  const [[kind, name]] = Object.entries(account);
  const button = (words, what, done) => el("button", { type: "button", class: "quiet", "aria-label": `${words}, ${kind} ${name}`, on: { click: () => told(what, done) } }, words);
  return el("tr", {}, el("th", { scope: "row" }, kind, " ", el("code", {}, name)), el("td", { class: "number" }, `$${usd}`),
    el("td", { class: "number" },
      button(`+ ${TOP_UP}`, () => api.topUp({ ...account, usd: TOP_UP }), "The account is topped up."),
      button("Empty", () => api.setBalance({ ...account, usd: "0" }), "The account is empty.")));
}
