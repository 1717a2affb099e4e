// The live journal: asks for what is new each second, lists it, newest first, and filters the list.
import * as api from "./api.js";
import { told } from "./bodies.js";
import { byId, el, inside, instant, kind, milliseconds, options, pill, statusOf } from "./dom.js";

const EVERY = 1000; // milliseconds between two questions
const AT_MOST = 1000; // requests that the page keeps
const UNDER_WAY = "under way";
const STATUSES = [["", "Any status"], ["good", "Answered well"], ["bad", "Refused (4xx)"], ["broken", "Failed (5xx, cut)"]];

const known = new Map(); // id -> {entry, row, words}
let open = () => {};
let newest = 0;
let epoch = null; // which journal it is
let paused = false;
let timer = 0;
let opened = "";

/** Begin; `show(entry)` is called when the open request has changed. */
export function start(show) {
  open = show;
  options(byId("filter-status"), STATUSES);
  byId("filters").addEventListener("input", filter);
  byId("filters").addEventListener("change", filter);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("entries").addEventListener("keydown", moveInList);
  byId("live").addEventListener("click", togglePause);
  byId("forget").addEventListener("click", forget);
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : poll()));
  empty();
  return poll();
}

/** Ask now, e.g. after a request was sent. */
export async function poll() {
  stop();
  try {
    await ask();
    say(paused ? "paused" : "live");
  } catch (error) {
    if (!(error instanceof api.ControlError)) throw error;
    say("lost", error.message);
  }
  if (!paused && !document.hidden) timer = setTimeout(poll, EVERY);
}

/** Show that a request is open. */
export function mark(id) {
  opened = id;
  for (const [other, { row }] of known) row.firstChild.toggleAttribute("aria-current", other === id);
  known.get(id)?.row.firstChild.setAttribute("aria-current", "true");
}

export const entry = (id) => known.get(id)?.entry ?? null;

function stop() {
  clearTimeout(timer);
  timer = 0;
}

async function ask() {
  const { entries, epoch: current } = await api.requests(newest, AT_MOST);
  if (epoch !== current) {
    const first = epoch === null;
    epoch = current;
    clear();
    if (!first) return ask(); // the journal was emptied, or another mock is at this address now
  }
  const unfinished = [...known.values()].map(({ entry }) => entry).filter(({ outcome }) => outcome === UNDER_WAY);
  const finished = await Promise.all(unfinished.map(({ id }) => api.request(id).catch(() => null)));
  const began = newest > 0;
  const fresh = entries.filter(({ id }) => !known.has(id));
  for (const entry of [...fresh, ...finished]) if (entry) put(entry);
  if (!fresh.length && !finished.length) return undefined;
  drop();
  choices();
  filter();
  if (fresh.length && began) byId("news").textContent = `${fresh.length} new ${fresh.length === 1 ? "request" : "requests"}`;
  return undefined;
}

function put(entry) {
  newest = Math.max(newest, entry.seq);
  const old = known.get(entry.id);
  const row = el("li", {}, link(entry));
  known.set(entry.id, { entry, row, words: searched(entry) });
  if (old) old.row.replaceWith(row);
  else byId("entries").prepend(row);
  if (entry.id === opened) {
    mark(entry.id);
    if (old && old.entry.outcome !== entry.outcome) open(entry);
  }
}

/** What the filter's words are looked for in: what was asked and how it was judged, not times and answers. */
function searched(entry) {
  const { id, api: name, operation, method, path, headers, body, verdict, refused_because: reason, remarks, model, fault, outcome } = entry;
  return JSON.stringify([id, name, operation, method, path, headers, body, verdict, reason, remarks, model, fault, outcome, statusOf(entry)]).toLowerCase();
}

function drop() {
  for (const [id, { row }] of known) {
    if (known.size <= AT_MOST) break;
    known.delete(id);
    row.remove();
  }
}

function link(entry) {
  const said = told(entry, "prompt") || (entry.refused_because ?? "");
  const took = entry.finished ? milliseconds(instant(entry.finished) - instant(entry.received)) : "under way";
  const picture = (entry.images ?? []).map(inside).find(Boolean);
  const facts = [entry.model || told(entry, "model"), entry.images?.length > 1 ? `${entry.images.length} images` : "", took].filter(Boolean);
  return el("a", { href: `#request/${encodeURIComponent(entry.id)}`, class: "entry", "data-id": entry.id },
    pill(statusOf(entry)),
    el("span", { class: "what" },
      el("span", { class: "line" },
        el("strong", {}, entry.operation || `${entry.method} ${entry.path}`), el("time", { datetime: entry.received }, clockTime(entry.received))),
      el("span", { class: "prompt" }, said || `${entry.method} ${entry.path}`),
      el("span", { class: "facts" }, facts.join(" · "), marks(entry))),
    picture ? thumbnail(picture) : null);
}

function thumbnail(source) {
  const image = el("img", { src: source, alt: "", loading: "lazy", decoding: "async", width: 44, height: 44 });
  image.addEventListener("error", () => image.remove()); // it has expired
  return image;
}

function marks(entry) {
  const broken = new Set(entry.verdict.map(({ rule }) => rule)).size;
  return [
    broken ? el("span", { class: "tag bad" }, broken === 1 ? "1 rule" : `${broken} rules`) : null,
    entry.remarks?.length ? el("span", { class: "tag" }, entry.remarks.length === 1 ? "1 remark" : `${entry.remarks.length} remarks`) : null,
    entry.fault ? el("span", { class: "tag fault" }, "fault") : null,
    entry.outcome && !["answered", UNDER_WAY].includes(entry.outcome) ? el("span", { class: "tag broken" }, entry.outcome) : null,
  ];
}

const clockTime = (text) => new Date(text).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

function choices() {
  const entries = [...known.values()].map(({ entry }) => entry);
  const unique = (values) => [...new Set(values)].filter(Boolean).sort();
  const pairs = (first, values) => [["", first], ...values.map((value) => [value, value])];
  choose("filter-operation", pairs("All operations", unique(entries.map(({ operation }) => operation))));
  choose("filter-rule", pairs("Any rule", unique(entries.flatMap(({ verdict }) => verdict.map(({ rule }) => rule)))));
}

/** New options close a list that is open, so only where there are any. */
function choose(id, pairs) {
  const select = byId(id);
  const now = [...select.options].map(({ value }) => value);
  if (now.join() !== pairs.map(([value]) => value).join()) options(select, pairs);
}

function filter() {
  const words = byId("filter-text").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [operation, status, rule] = ["operation", "status", "rule"].map((name) => byId(`filter-${name}`).value);
  let shown = 0;
  for (const { entry, row, words: said } of known.values()) {
    const fits = (!operation || entry.operation === operation) && (!status || kindOf(entry) === status) &&
      (!rule || entry.verdict.some((breach) => breach.rule === rule)) && words.every((word) => said.includes(word));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  byId("shown").textContent = shown === known.size ? `${shown} ${shown === 1 ? "request" : "requests"}` : `${shown} of ${known.size}`;
  byId("count").textContent = known.size || "";
  nothing(shown);
}

const kindOf = (entry) => (["cut", "reset"].includes(entry.outcome) ? "broken" : kind(statusOf(entry)));

function nothing(shown) {
  const box = byId("nothing");
  box.hidden = shown > 0;
  if (shown) return;
  box.replaceChildren(...(known.size
    ? [el("p", {}, "No request fits the filter.")]
    : [el("h2", {}, "No requests yet"), el("p", {}, "Point a client at this address:"), el("pre", {}, location.origin),
       el("p", {}, "or ", el("a", { href: "#send" }, "send one from here"), ".")]));
}

/** Arrow keys, Home and End move through the list; Enter opens, as with any link. */
function moveInList(event) {
  const rows = [...byId("entries").querySelectorAll("li:not([hidden]) > a")];
  const at = rows.indexOf(document.activeElement);
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (target === undefined || at < 0) return;
  event.preventDefault();
  if (target < 0) byId("filter-text").focus();
  else rows[Math.min(target, rows.length - 1)].focus();
}

/** Go to the first request of the list. */
export const focusFirst = () => byId("entries").querySelector("li:not([hidden]) > a")?.focus();

function togglePause() {
  paused = !paused;
  byId("live").setAttribute("aria-pressed", String(!paused));
  if (paused) {
    stop();
    say("paused");
  } else poll();
}

async function forget() {
  await api.forget();
  clear();
  await poll();
  byId("news").textContent = "The journal is empty";
}

/** Forget what is listed. */
export function clear() {
  known.clear();
  newest = 0;
  empty();
}

function empty() {
  byId("entries").replaceChildren();
  choices();
  filter();
}

function say(state, message = "") {
  const button = byId("live");
  button.className = `live ${state}`;
  button.title = message || (state === "live" ? "New requests appear by themselves. Click to pause." : "Click to go on.");
  byId("live-text").textContent = { live: "Live", paused: "Paused", lost: "Not answering" }[state];
}
