// The form that sends a request to one of the APIs, and shows what came back.
import { show } from "./answer.js";
import { byId, el, options } from "./dom.js";
import { fields, parameters, read } from "./fields.js";

const KEY = "mock key"; // in the session's storage

let operations = new Map();
let sent = () => {};

/** Prepare the form; `after()` is called when an answer came. */
export function start(specs, after) {
  sent = after;
  operations = new Map(specs.apis.flatMap((api) => api.operations.map((operation) => [operation.id, operation])));
  byId("send-operation").replaceChildren(...specs.apis.map((api) =>
    el("optgroup", { label: api.title }, api.operations.map(({ id }) => el("option", { value: id }, id)))));
  byId("fault-names").replaceChildren(...specs.faults.map(({ name, summary }) => el("option", { value: name }, summary)));
  byId("send-operation").addEventListener("change", chooseOperation);
  byId("send-example").addEventListener("change", chooseExample);
  byId("send-form").addEventListener("submit", submit);
  byId("send-form").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("send-form").requestSubmit();
  });
  byId("key").value = takeKey();
  byId("key").addEventListener("input", () => sessionStorage.setItem(KEY, byId("key").value));
  chooseOperation();
}

/** The key that the start-up message's address carries; it goes from the address bar into the session. */
function takeKey() {
  const given = new URLSearchParams(location.hash.slice(1)).get("key");
  if (given !== null) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY) ?? "";
}

const operation = () => operations.get(byId("send-operation").value);

function chooseOperation() {
  const { examples, shapes } = operation();
  const pairs = examples.map((example, index) => [`example ${index}`, `${example.name} (${kindOf(example)})`]);
  const empty = shapes.map((shape, index) => [`shape ${index}`, `empty, ${shape.name} (${shape.kind})`]);
  options(byId("send-example"), [...pairs, ...empty]);
  byId("send-example").selectedIndex = 0;
  byId("send-example").parentElement.hidden = !shapes.length;
  byId("send-parameters").replaceChildren(...parameters(operation()));
  chooseExample();
}

const kindOf = (example) => operation().shapes.find((shape) => shape.media_type === example.media_type)?.kind ?? example.media_type;

/** What the form begins with: an example, or a shape without values. */
function chosen() {
  const [what, index] = byId("send-example").value.split(" ");
  const { examples, shapes } = operation();
  if (what === "shape") return { shape: shapes[index], value: {}, about: "" };
  const example = examples[index];
  if (!example) return { shape: null, value: null, about: "" };
  const shape = shapes.find((one) => one.media_type === example.media_type && one.name === example.shape);
  return { shape: shape ?? null, value: example.value, about: example.document ? `As in ${example.document}.` : "" };
}

function chooseExample() {
  const { shape, value, about } = chosen();
  const { method, path, summary } = operation();
  byId("send-about").textContent = [`${method} ${path}.`, summary, about].filter(Boolean).join(" ");
  byId("send-body").replaceChildren(...(shape ? fields(shape, value) : []));
}

async function submit(event) {
  event.preventDefault();
  const button = byId("send-button");
  const { method, path } = operation();
  const { query, headers, body } = read(byId("send-form"), chosen().shape);
  const key = byId("key").value;
  if (key) headers.set("Authorization", `Bearer ${key}`);
  if (byId("send-fault").value.trim()) headers.set("X-Mock-Fault", byId("send-fault").value.trim());
  button.disabled = true;
  byId("send-status").textContent = "Sending …";
  byId("send-result").replaceChildren();
  const begun = performance.now();
  try {
    const answer = await fetch(path + query, { method, headers, body, cache: "no-store", credentials: "omit" });
    await show(answer, begun);
  } catch (error) {
    byId("send-status").textContent = `No whole answer came: ${error.message}.`;
  } finally {
    button.disabled = false;
    sent();
  }
}
