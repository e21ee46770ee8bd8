/** Characters of JSON that make a token, about. */
const CHARACTERS_A_TOKEN = 3;

let characters = 6000 * CHARACTERS_A_TOKEN;

/** Sets what one answer of this process may cost (PROXMOX_MCP_OUTPUT_TOKENS). */
export function setOutputBudget(tokens: number): void {
  characters = tokens * CHARACTERS_A_TOKEN;
}

/** Characters of JSON that one answer may fill. */
export function outputBudget(): number {
  return characters;
}

/**
 * Characters that the rows of a paged answer may fill: rows are mostly numbers, of which a token has 2.35 characters as
 * measured, and something stands around them.
 */
export function pageBudget(): number {
  return Math.floor(characters * 0.77);
}
