import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { readSurface } from "./surface.ts";

// What the tool list costs a client that loads it whole: names, descriptions and input schemas.
const rows = (await readSurface()).map((tool) => {
  const { name, description, inputSchema } = tool;
  return { name, tokens: encode(JSON.stringify({ name, description, inputSchema })).length };
});
for (const { name, tokens } of rows) console.log(`${String(tokens).padStart(6)}  ${name}`);
console.log(
  `${String(rows.reduce((sum, { tokens }) => sum + tokens, 0)).padStart(6)}  tokens (o200k) in ${rows.length} tools`,
);
