/** What marks the guests that a run makes, and names everything else that it makes. */
export const MARK = "mcp-live";

/** VMIDs that runs make guests under, unless they are told others. */
export const DEFAULT_RANGE = "990000-990019";

/** The VMIDs of a run, from the first to the last. */
export interface Range {
  first: number;
  last: number;
}

/** How many VMIDs a run needs. */
const NEEDED = 10;

/** Reads `990000-990019`; throws for what is none, or too small. */
export function parseRange(text: string): Range {
  const [, first, last] = (/^([1-9]\d{2,8})-([1-9]\d{2,8})$/.exec(text) ?? []).map(Number);
  if (first === undefined || last === undefined || last - first + 1 < NEEDED) {
    throw new Error(
      `PROXMOX_LIVE_VMIDS is ${JSON.stringify(text)}, not a range of at least ${NEEDED} VMIDs such as ${DEFAULT_RANGE}`,
    );
  }
  return { first, last };
}

/** The guests of a run, by what they are for. */
export function guestsOf({ first }: Range) {
  return {
    vm: first,
    clone: first + 1,
    linked: first + 2,
    agent: first + 3,
    container: first + 4,
    spare: first + 5,
  };
}

export type Guests = ReturnType<typeof guestsOf>;
