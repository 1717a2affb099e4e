// Calls of Venice by the types that are made from the spec. Each line below an `@ts-expect-error` must not compile.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Edit = components["schemas"]["EditImageJson"];

const client = createClient<paths>({
  baseUrl: process.env.BASE_URL!,
  headers: { Authorization: `Bearer ${process.env.KEY}` },
});

const edited = await client.POST("/api/v1/image/edit", {
  body: { image: process.env.PICTURE!, prompt: "Remove the tree", aspect_ratio: "16:9", safe_mode: false },
  parseAs: "blob",
});
if (edited.error) throw new Error(`${edited.response.status}: ${JSON.stringify(edited.error)}`);
const image: unknown = edited.data; // the types call it a string, as every schema of format binary

const listed = await client.GET("/api/v1/models", { params: { query: { type: "inpaint" } } });
if (listed.error) throw new Error(`${listed.response.status}: ${listed.error.error}`);

const refused = await client.POST("/api/v1/image/edit", { body: { image: process.env.PICTURE!, prompt: "" } });

console.log(
  JSON.stringify({
    edited: image instanceof Blob ? image.type : typeof image,
    prices: listed.data.data?.map((model) => typeof model.model_spec?.pricing?.inpaint?.usd),
    refused: refused.response.status,
    why: (refused.error as components["schemas"]["DetailedError"]).error,
  }),
);

export const wrong = [
  // @ts-expect-error The image is missing.
  { prompt: "A cat" } satisfies Edit,
  // @ts-expect-error No such ratio.
  { image: "https://example.com/cat.png", prompt: "A cat", aspect_ratio: "4:3" } satisfies Edit,
  // @ts-expect-error A boolean.
  { image: "https://example.com/cat.png", prompt: "A cat", safe_mode: "no" } satisfies Edit,
  // @ts-expect-error No such field.
  { image: "https://example.com/cat.png", prompt: "A cat", n: 2 } satisfies Edit,
];

// @ts-expect-error No such operation.
export const nowhere = () => client.POST("/api/v1/image/generate", { body: {} });
// @ts-expect-error The type of models is text.
export const mistyped = () => client.GET("/api/v1/models", { params: { query: { type: 7 } } });
