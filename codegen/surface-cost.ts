import { encode } from "gpt-tokenizer/encoding/o200k_base";

/** Tokens (o200k) that the list of all tools may cost a client that loads it whole. */
export const SURFACE_LIMIT = 9000;

/** The same for the profile `minimal`. */
export const MINIMAL_LIMIT = 1000;

/** What a listed tool costs: its name, description and input schema, which is what models are shown. */
export interface ToolCost {
  name: string;
  tokens: number;
}

/** The cost of each listed tool, and of all of them. */
export function costOf(tools: readonly { name: string; description?: string | undefined; inputSchema: unknown }[]): {
  rows: ToolCost[];
  total: number;
} {
  const rows = tools.map(({ name, description, inputSchema }) => ({
    name,
    tokens: tokensOf(JSON.stringify({ name, description, inputSchema })),
  }));
  return { rows, total: rows.reduce((sum, { tokens }) => sum + tokens, 0) };
}

/** Tokens of a text. */
export function tokensOf(text: string): number {
  return encode(text).length;
}
