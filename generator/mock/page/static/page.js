// Starts the page, and shows the section that the address names: #requests, #request/ID (or #requests/ID), #send, #faults, #state.
import * as api from "./api.js";
import * as bodies from "./bodies.js";
import { byId } from "./dom.js";
import * as detail from "./entry.js";
import * as faults from "./faults.js";
import * as journal from "./journal.js";
import * as sending from "./sending.js";
import * as state from "./state.js";

const SECTIONS = { requests: () => {}, send: () => {}, faults: faults.refresh, state: state.refresh };
const STATUS = { faults: "fault-status", state: "state-status" };

async function go() {
  const [name, ...rest] = location.hash.slice(1).split("/");
  const id = name === "request" || name === "requests" ? decodeURIComponent(rest.join("/")) : "";
  const section = id ? "requests" : Object.hasOwn(SECTIONS, name) ? name : "requests";
  for (const other of Object.keys(SECTIONS)) byId(`section-${other}`).hidden = other !== section;
  for (const link of document.querySelectorAll("[data-section]")) {
    if (link.dataset.section === section) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.body.classList.toggle("reading", Boolean(id));
  journal.mark(id);
  if (id) await open(id);
  else detail.showNone();
  try {
    await SECTIONS[section]();
  } catch (error) {
    if (!(error instanceof api.ControlError)) throw error;
    byId(STATUS[section]).textContent = error.message;
  }
}

async function open(id) {
  try {
    detail.show(journal.entry(id) ?? (await api.request(id)));
  } catch (error) {
    if (!(error instanceof api.ControlError)) throw error;
    detail.showNone(error.message);
  }
}

/** `/` goes to the filter, Escape back to the list; neither while somebody writes elsewhere. */
function shortcut(event) {
  const writes = event.target.matches("input, textarea, select");
  if (event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    if (byId("section-requests").hidden) location.hash = "#requests";
    setTimeout(() => byId("filter-text").focus());
  } else if ((event.key === "Escape" || event.key === "ArrowDown") && event.target === byId("filter-text")) {
    if (event.key === "Escape" && byId("filter-text").value) return; // the browser empties the field
    event.preventDefault();
    journal.focusFirst();
  }
}

/** What the mock refused, where no place of its own tells it. It goes with the next step. */
function alarm(event) {
  if (!(event.reason instanceof api.ControlError)) return;
  event.preventDefault();
  byId("alert").textContent = event.reason.message;
  byId("alert").hidden = false;
}

async function start() {
  addEventListener("unhandledrejection", alarm);
  for (const step of ["click", "hashchange"]) addEventListener(step, () => { byId("alert").hidden = true; }, true);
  const specs = await api.specs();
  bodies.learn(specs);
  detail.learn(specs);
  sending.start(specs, journal.poll);
  faults.start(specs);
  state.start(specs, async () => {
    journal.clear();
    await journal.poll();
  });
  addEventListener("hashchange", go);
  addEventListener("keydown", shortcut);
  await journal.start(detail.show);
  await go();
  document.documentElement.dataset.ready = "true";
}

start();
