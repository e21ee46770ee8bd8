import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { nowSeconds } from "../clock.ts";

/** Seconds that a ticket is good for, and by which clocks may differ (pve-facts 39). */
const LIFETIME = 7200;
const GRACE = 300;
/** Seconds that a console's ticket is good for. */
const CONSOLE_LIFETIME = 40;
/** Bytes of a signature by a 2048-bit key. */
const SIGNATURE_BYTES = 256;

function hexTime(seconds: number): string {
  return seconds.toString(16).toUpperCase().padStart(8, "0");
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What a good ticket says. */
export interface TicketContent {
  userid: string;
  /** The second factor is still missing. */
  half: boolean;
}

/** Signs and checks login tickets, console tickets and the tokens against forged requests. */
export class Tickets {
  readonly #key = randomBytes(32);

  #signature(text: string): string {
    const blocks = Array.from({ length: SIGNATURE_BYTES / 64 }, (_, index) =>
      createHmac("sha512", this.#key).update(`${index}:${text}`).digest(),
    );
    return Buffer.concat(blocks).toString("base64");
  }

  /** A login ticket; `half` when a second factor has to follow. */
  issue(userid: string, options: { half?: boolean; at?: number } = {}): string {
    const time = hexTime(options.at ?? nowSeconds());
    const data = options.half ? `!tfa!${encodeURIComponent(JSON.stringify({ totp: true, recovery: "high" }))}` : userid;
    const plain = `PVE:${data}:${time}`;
    return `${plain}::${this.#signature(options.half ? `${plain}:${userid}` : plain)}`;
  }

  /** What a login ticket says, unless it is forged or too old; a half one counts for the user named. */
  read(ticket: string, halfOf?: string): TicketContent | undefined {
    const match = /^(PVE:(\S+):([0-9A-F]{8}))::(\S+)$/.exec(ticket);
    if (!match || !isFresh(match[3]!, LIFETIME)) return undefined;
    const [, plain = "", data = "", , signature = ""] = match;
    if (!data.startsWith("!tfa!"))
      return same(signature, this.#signature(plain)) ? { userid: data, half: false } : undefined;
    if (halfOf === undefined || !same(signature, this.#signature(`${plain}:${halfOf}`))) return undefined;
    return { userid: halfOf, half: true };
  }

  /** The token that a request other than GET carries beside a ticket. */
  csrf(userid: string, at: number = nowSeconds()): string {
    const time = hexTime(at);
    const digest = createHmac("sha256", this.#key).update(`csrf:${time}:${userid}`).digest("base64");
    return `${time}:${digest.replace(/=+$/, "")}`;
  }

  checkCsrf(token: string | undefined, userid: string): boolean {
    const time = /^([0-9A-F]{8}):\S+$/.exec(token ?? "")?.[1];
    if (time === undefined || !isFresh(time, LIFETIME)) return false;
    return same(token!, this.csrf(userid, Number.parseInt(time, 16)));
  }

  /** The ticket of a console, good for one path and, when given, one port. */
  issueConsole(authid: string, path: string, port?: number): string {
    const plain = `PVEVNC:${hexTime(nowSeconds())}`;
    return `${plain}::${this.#signature(`${plain}:${authid}:${path}${port === undefined ? "" : `:${port}`}`)}`;
  }

  checkConsole(ticket: string, authid: string, path: string, port?: number): boolean {
    const match = /^(PVEVNC:([0-9A-F]{8}))::(\S+)$/.exec(ticket);
    if (!match || !isFresh(match[2]!, CONSOLE_LIFETIME)) return false;
    const bound = `${match[1]}:${authid}:${path}`;
    const forms = port === undefined ? [bound] : [`${bound}:${port}`, bound];
    return forms.some((form) => same(match[3]!, this.#signature(form)));
  }
}

function isFresh(hex: string, lifetime: number): boolean {
  const age = nowSeconds() - Number.parseInt(hex, 16);
  return age > -GRACE && age < lifetime;
}
