import { createHmac, randomBytes } from "node:crypto";
import { nowSeconds } from "../clock.ts";

export type FactorType = "totp" | "u2f" | "webauthn" | "recovery" | "yubico";

/** One second factor of a user. */
export interface Factor {
  id: string;
  type: FactorType;
  description: string;
  /** Seconds since the epoch. */
  created: number;
  enable: boolean;
  /** Base32 of a TOTP's key. */
  secret?: string;
  /** Unused recovery keys. */
  keys?: string[];
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_SECONDS = 30;

function fromBase32(text: string): Buffer {
  let bits = "";
  for (const char of text.toUpperCase().replace(/=+$/, ""))
    bits += Math.max(0, ALPHABET.indexOf(char)).toString(2).padStart(5, "0");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The six digits of a TOTP key at a time, in seconds since the epoch (RFC 6238). */
export function totpCode(secret: string, at: number = nowSeconds()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP_SECONDS)));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = digest[digest.length - 1]! & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The second factors of all users. */
export class SecondFactors {
  readonly #users = new Map<string, Factor[]>();

  of(userid: string): readonly Factor[] {
    return this.#users.get(userid) ?? [];
  }

  users(): string[] {
    return [...this.#users.keys()].sort();
  }

  add(userid: string, factor: Omit<Factor, "id" | "created" | "enable">): Factor {
    const id =
      factor.type === "recovery"
        ? "recovery"
        : randomBytes(16)
            .toString("hex")
            .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    const entry: Factor = { ...factor, id, created: nowSeconds(), enable: true };
    this.#users.set(userid, [...this.of(userid), entry]);
    return entry;
  }

  remove(userid: string, id: string): boolean {
    const left = this.of(userid).filter((factor) => factor.id !== id);
    const found = left.length < this.of(userid).length;
    if (left.length > 0) this.#users.set(userid, left);
    else this.#users.delete(userid);
    return found;
  }

  removeUser(userid: string): void {
    this.#users.delete(userid);
  }

  /** Whether a login needs one. */
  needed(userid: string): boolean {
    return this.of(userid).some((factor) => factor.enable);
  }

  /** Takes `totp:123456` or `recovery:key`; a recovery key is good once. */
  accept(userid: string, response: string): boolean {
    const [type, value = ""] = response.split(/:(.*)/s);
    for (const factor of this.of(userid)) {
      if (!factor.enable || factor.type !== type) continue;
      if (type === "totp" && factor.secret !== undefined && isCode(factor.secret, value)) return true;
      const at = type === "recovery" ? (factor.keys?.indexOf(value) ?? -1) : -1;
      if (at >= 0) {
        factor.keys?.splice(at, 1);
        return true;
      }
    }
    return false;
  }
}

/** Codes of the step before and after are taken too. */
export function isCode(secret: string, code: string): boolean {
  const now = nowSeconds();
  return [-STEP_SECONDS, 0, STEP_SECONDS].some((shift) => totpCode(secret, now + shift) === code);
}
