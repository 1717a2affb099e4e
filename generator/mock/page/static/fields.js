// The fields of a request: a JSON editor, or a field for each part of a form. What is left empty isn't sent.
import { el } from "./dom.js";
import { samplePicture } from "./sample.js";

const NOT_SENT = "";

/** The query parameters of an operation, as fields. */
export function parameters(operation) {
  return operation.parameters.filter(({ place }) => place === "query").map((field) => labelled(field, input(field, "", "parameter")));
}

/** What a body of a shape is written into. */
export function fields(shape, value) {
  if (shape.kind === "json") return [editor(value)];
  if (shape.kind === "file") return [el("label", {}, "File", fileInput({ name: "file" }))];
  return shape.fields.map((field) => labelled(field, input(field, value[field.name], "part")));
}

function editor(value) {
  const hint = el("small", { class: "hint", "aria-live": "polite" });
  const area = el("textarea", { id: "send-json", spellcheck: "false", autocomplete: "off" });
  area.value = JSON.stringify(value, null, 2);
  area.rows = Math.min(Math.max(area.value.split("\n").length + 2, 8), 24);
  area.addEventListener("input", () => {
    hint.textContent = fault(area.value);
  });
  return el("label", {}, el("span", { class: "line" }, "Body, as JSON", hint), area);
}

/** What is wrong with a JSON text. It can be sent all the same: the mock's answer to it may be what is wanted. */
function fault(text) {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return `not JSON: ${error.message}`;
  }
}

function labelled(field, control) {
  const about = [field.required ? "required" : "", ...control.map((node) => node.title ?? "")].filter(Boolean).join(", ");
  return el("div", { class: "field" },
    el("label", {}, el("span", { class: "line" }, el("code", {}, field.name), el("small", {}, about)), control[0]), control.slice(1));
}

function input(field, value, role) {
  if (field.is_file) return picker(field);
  const data = { name: field.name, [`data-${role}`]: "", "data-list": field.is_list };
  const values = field.enum ?? (field.types.includes("boolean") ? [true, false] : null);
  if (values && !field.is_list) return [select(data, values, value)];
  const known = field.known_values ?? [];
  const list = known.length ? el("datalist", { id: `values-${field.name}` }, known.map((one) => el("option", { value: one }))) : null;
  const area = field.name && (field.maxLength ?? 0) > 100;
  const control = el(area ? "textarea" : "input", { ...data, rows: area ? 2 : null, list: list?.id, autocomplete: "off", placeholder: placeholder(field) });
  control.value = value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
  return [control, list].filter(Boolean);
}

function placeholder(field) {
  return field.default === undefined ? "not sent" : `not sent, so ${JSON.stringify(field.default)}`;
}

function select(data, values, value) {
  const control = el("select", data, el("option", { value: NOT_SENT }, "not sent"), values.map((one) => el("option", { value: String(one) }, String(one))));
  control.value = value === undefined ? NOT_SENT : String(value);
  return control;
}

function fileInput(field) {
  return el("input", { type: "file", name: field.name, "data-file": "", multiple: field.is_list, accept: "image/*" });
}

function picker(field) {
  const control = fileInput(field);
  const sample = el("button", { type: "button", class: "quiet" }, field.is_list ? "Add a sample picture" : "Use a sample picture");
  sample.addEventListener("click", async () => {
    const chosen = new DataTransfer();
    if (field.is_list) for (const file of control.files) chosen.items.add(file);
    chosen.items.add(await samplePicture(chosen.items.length + 1));
    control.files = chosen.files;
  });
  return [control, sample];
}

/** What the form says: {query, headers, body}. */
export function read(form, shape) {
  const query = new URLSearchParams();
  for (const control of form.querySelectorAll("[data-parameter]")) if (control.value) query.append(control.name, control.value);
  const headers = new Headers();
  const text = query.size ? `?${query}` : "";
  if (!shape) return { query: text, headers, body: undefined };
  if (shape.kind === "json") {
    headers.set("Content-Type", shape.media_type);
    return { query: text, headers, body: form.querySelector("#send-json").value };
  }
  const files = [...form.querySelectorAll("[data-file]")];
  if (shape.kind === "file") return { query: text, headers, body: files[0].files[0] };
  const body = new FormData();
  for (const control of form.querySelectorAll("[data-part]")) if (control.value) body.append(control.name, control.value);
  for (const control of files) for (const file of control.files) body.append(control.name, file, file.name);
  return { query: text, headers, body };
}
