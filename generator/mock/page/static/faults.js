// Scripted faults: what is to go wrong with the next requests. Written as a line of text, as for the header X-Mock-Fault.
import * as api from "./api.js";
import { byId, el } from "./dom.js";

const FIELDS = [
  ["status", "Status", "503"], ["delay", "Seconds before the first byte", "0.5"], ["bytes-per-second", "Bytes per second", "10000"],
  ["cut-after", "Close after bytes", "50%"], ["reset", "Reset", "before, after, or bytes"], ["retry-after", "Retry-After", "2"],
  ["content-type", "Content-Type", "text/html"], ["key", "Only for this key", "any"],
];

let composed = ""; // what the fields wrote into the line

/** Prepare the form. */
export function start(specs) {
  const operations = specs.apis.flatMap((one) => one.operations.map(({ id }) => id));
  byId("fault-operation").append(...operations.map((id) => el("option", { value: id }, id)), el("option", { value: "download" }, "following a result's link"));
  byId("fault-ready").replaceChildren(...specs.faults.map(({ name, summary }) =>
    el("button", { type: "button", title: summary, on: { click: () => choose(name, summary) } }, name)));
  byId("fault-fields").replaceChildren(...FIELDS.map(([name, words, example]) =>
    el("label", {}, words, el("input", { name, placeholder: example, autocomplete: "off", spellcheck: "false", on: { input: compose } }))));
  byId("fault-form").addEventListener("submit", add);
  byId("faults-clear").addEventListener("click", () => change(api.clearFaults, "All faults are removed."));
}

function choose(name, summary) {
  byId("fault-text").value = name;
  byId("fault-status").textContent = `${name}: ${summary}.`;
  byId("fault-text").focus();
}

/** The fields of the fold write at the line's end, in place of what they wrote there before. */
function compose() {
  const line = byId("fault-text");
  const kept = line.value.endsWith(composed) ? line.value.slice(0, line.value.length - composed.length) : line.value;
  const given = [...byId("fault-fields").querySelectorAll("input")].filter(({ value }) => value.trim());
  composed = given.map(({ name, value }) => `${name}=${quoted(value.trim())}`).join(" ");
  line.value = [kept.trim(), composed].filter(Boolean).join(" ");
}

const quoted = (text) => (/[\s\]"]/.test(text) ? JSON.stringify(text) : text);

async function add(event) {
  event.preventDefault();
  const operation = byId("fault-operation").value;
  const times = byId("fault-times").value;
  const words = [byId("fault-text").value.trim(), operation && `operation=${operation}`, times && times !== "1" && `times=${times}`];
  await change(() => api.addFault(words.filter(Boolean).join(" ")), "Added.");
}

async function change(what, done) {
  try {
    await what();
    await refresh();
    byId("fault-status").textContent = done;
  } catch (error) {
    if (!(error instanceof api.ControlError)) throw error;
    byId("fault-status").textContent = error.message;
  }
}

/** Ask anew for what is to come. */
export async function refresh() {
  const scripted = await api.faults();
  byId("fault-count").textContent = scripted.filter(({ left }) => left !== 0).length || "";
  byId("fault-list").replaceChildren(...(scripted.length
    ? scripted.map(row)
    : [el("li", { class: "empty-line" }, "Nothing is scripted. All requests are answered as the documents say.")]));
}

function row({ seq, fault, left, used }) {
  const remove = el("button", { type: "button", class: "quiet", on: { click: () => change(() => api.removeFault(seq), "Removed.") } }, "Remove");
  const words = left === "always" ? "every time" : left === 0 ? "used up" : `${left} to come`;
  const hit = used.map(({ id }) => el("a", { href: `#request/${encodeURIComponent(id)}`, class: "use" }, id.slice(0, 8)));
  return el("li", { class: left === 0 ? "fault-row used" : "fault-row" },
    el("div", { class: "titled" }, el("code", {}, spelled(fault)), el("span", { class: "tag" }, words), remove),
    hit.length ? el("p", { class: "facts" }, "hit ", hit) : null);
}

/** A fault as a line of text: its name, then its fields. */
function spelled({ name, ...fields }) {
  const words = Object.entries(fields).map(([field, value]) => `${field.replaceAll("_", "-")}=${typeof value === "string" ? quoted(value) : JSON.stringify(value)}`);
  return [name, ...words].filter(Boolean).join(" ");
}
