/** What a UPID says about its task. */
export interface Upid {
  upid: string;
  node: string;
  pid: number;
  pstart: number;
  /** Seconds since the epoch, by the node's clock. */
  starttime: number;
  type: string;
  /** What the task works on; may be empty, and may hold `@`, `>` or commas. */
  id: string;
  /** With the token: `root@pam!mcp`. */
  user: string;
}

/** Nine fields; the process start grows to nine digits after 497 days of uptime (pve-facts 46). */
const PATTERN = /^UPID:([^:\s]+):([0-9A-F]{8}):([0-9A-F]{8,9}):([0-9A-F]{8}):([^:\s]+):([^:\s]*):([^:\s]+):$/i;

/** Parses a UPID; undefined when the text is none. */
export function parseUpid(text: unknown): Upid | undefined {
  if (typeof text !== "string") return undefined;
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [upid, node, pid, pstart, starttime, type, id, user] = match as unknown as string[];
  return {
    upid: upid!,
    node: node!,
    pid: Number.parseInt(pid!, 16),
    pstart: Number.parseInt(pstart!, 16),
    starttime: Number.parseInt(starttime!, 16),
    type: type!,
    id: id!,
    user: user!,
  };
}
