// Calls of PowerTokens by the types that are made from the spec. Each line below an `@ts-expect-error` must not compile.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Prompt = components["schemas"]["GenerateImagesPrompt"];

const client = createClient<paths>({
  baseUrl: process.env.BASE_URL!,
  headers: { Authorization: `Bearer ${process.env.KEY}` },
});

const { data, error, response } = await client.POST("/v1/images/generations", {
  body: { model: "qwen-image-2.0-pro", prompt: "A cat", n: 2, size: "256*1024", response_format: "b64_json" },
});
if (error) throw new Error(`${response.status}: ${error.error.message}`);

const edited = await client.POST("/v1/images/edits", {
  body: {
    model: "wan2.7-image-pro",
    input: { messages: [{ role: "user", content: [{ image: `data:image/png;base64,${process.env.PICTURE}` }, { text: "Red" }] }] },
    size: "1K",
    watermark: false,
  },
});
if (edited.error) throw new Error(`${edited.response.status}: ${edited.error.error.message}`);

const refused = await client.POST("/v1/images/generations", { body: { model: "wan2.7-image-pro", prompt: "A cat", n: 2 } });

console.log(
  JSON.stringify({
    made: data.data?.map((image) => typeof image.b64_json),
    edited: edited.data.data?.map((image) => typeof image.url),
    refused: refused.response.status,
    why: refused.error?.error.message,
  }),
);

export const wrong = [
  // @ts-expect-error The prompt is missing.
  { model: "qwen-image-2.0-pro" } satisfies Prompt,
  // @ts-expect-error No such model.
  { model: "dall-e-3", prompt: "A cat" } satisfies Prompt,
  // @ts-expect-error A number.
  { model: "qwen-image-2.0-pro", prompt: "A cat", n: "2" } satisfies Prompt,
  // @ts-expect-error No such field.
  { model: "qwen-image-2.0-pro", prompt: "A cat", colour: "red" } satisfies Prompt,
  // @ts-expect-error No such value.
  { model: "qwen-image-2.0-pro", prompt: "A cat", response_format: "png" } satisfies Prompt,
];

// @ts-expect-error No such operation.
export const nowhere = () => client.POST("/v1/images/variations", { body: {} });
// @ts-expect-error Neither shape has this body.
export const shapeless = () => client.POST("/v1/images/generations", { body: { model: "wan2.7-image-pro" } });
