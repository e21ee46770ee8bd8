import { ProxmoxMcpError } from "../errors/index.ts";

/** Somebody else changed, meanwhile, just what this call was to change. */
class ConflictError extends ProxmoxMcpError {
  constructor(what: string, changed: readonly string[], now: Readonly<Record<string, unknown>>) {
    super({
      code: "config-conflict",
      message: `${what} was changed by somebody else since it was read, ${changed.length > 0 ? `in ${changed.join(", ")}` : "though not in what this call changes"}. Nothing was sent after that.`,
      next: "Look at data.now, decide whether the change is still wanted, and call again.",
      data: { changed, now },
    });
  }
}

/** A read-modify-write; `State` is what was read, digest included. */
export interface DigestLoop<State, Result> {
  /** What is changed, for people: `VM 100`. */
  what: string;
  read(): Promise<State>;
  /** What the change depends on, by key: it is repeated only while these are the same. */
  touched(state: State): Readonly<Record<string, unknown>>;
  /** Writes with the digest that was read; an error `digest-mismatch` or a result that is `stale` calls for another round. */
  write(state: State): Promise<Result>;
  stale?(result: Result): boolean;
  /** A confirmed call is the confirmed one: it is never made again with another digest. */
  once?: boolean;
}

/** Rounds after which somebody else must be writing without a pause. */
const MOST_ROUNDS = 5;

/**
 * Writes what was made up from a reading, and reads again when the digest says that somebody else was faster: it is
 * repeated only if what this call changes did not change (pve-facts 18).
 */
export async function writeWithDigest<State, Result>(loop: DigestLoop<State, Result>): Promise<Result> {
  let state = await loop.read();
  for (let round = 1; ; round++) {
    try {
      const result = await loop.write(state);
      if (!loop.stale?.(result) || round === MOST_ROUNDS || loop.once) return result;
    } catch (error) {
      if (!(error instanceof ProxmoxMcpError) || error.code !== "digest-mismatch") throw error;
      if (round === MOST_ROUNDS) throw error;
    }
    const before = loop.touched(state);
    state = await loop.read();
    const now = loop.touched(state);
    const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]),
    );
    if (changed.length > 0 || loop.once) throw new ConflictError(loop.what, changed, now);
  }
}
