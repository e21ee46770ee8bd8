import { randomBytes } from "node:crypto";

/** Bytes of one id. */
const LENGTH = 9;

let drawn = Buffer.alloc(0);
let used = 0;

/** An id that ties the lines of one call together; random bytes are drawn for many at once, as each draw is a system call. */
export function newCallId(): string {
  if (used === drawn.length) {
    drawn = randomBytes(LENGTH * 100);
    used = 0;
  }
  used += LENGTH;
  return drawn.toString("base64url", used - LENGTH, used);
}
