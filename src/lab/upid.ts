/** The fields of a task's unique id (pve-facts 46). */
export interface Upid {
  node: string;
  pid: number;
  pstart: number;
  /** Seconds since the epoch. */
  starttime: number;
  type: string;
  /** May be empty. */
  id: string;
  user: string;
  tokenid?: string;
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, "0");
}

/** `UPID:node:pid:pstart:start:type:id:user[!token]:`; `pstart` grows to nine digits after 497 days. */
export function formatUpid(task: Upid): string {
  const user = task.tokenid === undefined ? task.user : `${task.user}!${task.tokenid}`;
  return `UPID:${task.node}:${hex(task.pid, 8)}:${hex(task.pstart, 8)}:${hex(task.starttime, 8)}:${task.type}:${task.id}:${user}:`;
}

const UPID =
  /^UPID:([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\s]+):([^:\s]*):([^:\s]+):$/;

/** The fields of a UPID, or nothing when the text is not one. */
export function parseUpid(text: string): Upid | undefined {
  const match = UPID.exec(text);
  if (!match) return undefined;
  const [user, tokenid] = match[7]!.split("!");
  return {
    node: match[1]!,
    pid: Number.parseInt(match[2]!, 16),
    pstart: Number.parseInt(match[3]!, 16),
    starttime: Number.parseInt(match[4]!, 16),
    type: match[5]!,
    id: match[6]!,
    user: user!,
    ...(tokenid === undefined ? {} : { tokenid }),
  };
}
