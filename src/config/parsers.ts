import { statSync } from "node:fs";
import { isAbsolute } from "node:path";

/** Turns a variable's text into its value; throws a `Fault` that says what is wrong with it. */
export type Parser<T> = (text: string) => T;

/** What is wrong with a value, as the end of the sentence "VARIABLE …". */
export class Fault extends Error {}

/** Any text but the empty one. */
export const nonEmpty: Parser<string> = (text) => {
  if (text.trim() === "") throw new Fault("is empty");
  return text.trim();
};

/** What is typed at a prompt, spaces and all; a file of it may end with a line feed. */
export const typed: Parser<string> = (text) => {
  const line = text.replace(/\r?\n$/, "");
  if (line === "") throw new Fault("is empty");
  if (/\p{Cc}/u.test(line)) throw new Fault("holds a character that no prompt takes, such as a line end");
  return line;
};

/** The name of an environment variable. */
export const variableName: Parser<string> = (text) => {
  const name = text.trim();
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Fault(`is ${JSON.stringify(text)}`);
  return name;
};

/** A decimal integer from `least` to `most`. */
export function integer(least: number, most: number): Parser<number> {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text.trim()) || value < least || value > most) {
      throw new Fault(`is ${JSON.stringify(text)}, not an integer from ${least} to ${most}`);
    }
    return value;
  };
}

/** One of some words. */
export function oneOf<const T extends string>(words: readonly T[]): Parser<T> {
  return (text) => {
    const found = words.find((word) => word === text.trim());
    if (found === undefined) throw new Fault(`is ${JSON.stringify(text)}`);
    return found;
  };
}

/** Some of these words, separated by commas; one that stands for many stands alone. */
export function someOf<const T extends string>(words: readonly T[], alone: readonly string[]): Parser<T[]> {
  return (text) => {
    const given = text.split(",").map((part) => part.trim());
    const unknown = given.find((part) => !words.includes(part as T));
    if (unknown !== undefined) throw new Fault(`names ${JSON.stringify(unknown)}`);
    const single = given.find((part) => alone.includes(part));
    if (single !== undefined && given.length > 1) throw new Fault(`names ${single} beside others`);
    return [...new Set(given as T[])];
  };
}

/** true, false, 1 or 0. */
export const flag: Parser<boolean> = (text) => {
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "1") return true;
  if (word === "false" || word === "0") return false;
  throw new Fault(`is ${JSON.stringify(text)}`);
};

/** A key of 32 bytes; its text is never repeated. */
export const key: Parser<Buffer> = (text) => {
  const given = text.trim();
  const bytes = Buffer.from(given, /^[0-9a-f]{64}$/i.test(given) ? "hex" : "base64");
  if (bytes.length !== 32) throw new Fault("is not a key of 32 bytes");
  return bytes;
};

/** A directory that is there. */
export const directory: Parser<string> = (text) => {
  const path = text.trim();
  if (!isAbsolute(path)) throw new Fault(`is ${JSON.stringify(text)}, no absolute path`);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Fault(`is ${path}, where no directory is`);
  return path;
};

/** Where Redis is; its message never repeats it, as it may hold a password. */
export const redisUrl: Parser<string> = (text) => {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === "")
    throw new Fault("is no redis:// or rediss:// URL");
  if (!/^(\/\d*)?$/.test(url.pathname)) throw new Fault("has a path that is not the number of a database");
  // The library takes options from there, of which some would send a use twice.
  if (url.search !== "" || url.hash !== "") throw new Fault("has a ? or # after the database");
  if (/%(?![0-9a-f]{2})/i.test(url.username + url.password)) throw new Fault("has a % in its password that is not %25");
  return url.href;
};

/** SHA-256 fingerprints, normalised to upper-case pairs with colons. */
export const fingerprints: Parser<string[]> = (text) =>
  text.split(",").map((part) => {
    const digits = part
      .trim()
      .replace(/^sha-?256[:= ]/i, "")
      .replaceAll(":", "");
    if (!/^[0-9a-f]{64}$/i.test(digits)) {
      throw new Fault(`holds ${JSON.stringify(part.trim())}, which is not a SHA-256 fingerprint`);
    }
    return digits.toUpperCase().match(/../g)!.join(":");
  });

/** An endpoint before the default port is known. */
export interface HostEntry {
  host: string;
  port?: number;
}

/** Hosts, `host:port` or URLs; a pasted `/api2/json` path or web interface address is forgiven (pve-facts 34). */
export const hostList: Parser<HostEntry[]> = (text) => {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.some((part) => part === "")) throw new Fault("holds an empty entry");
  return parts.map(parseHost);
};

function parseHost(text: string): HostEntry {
  if (/^http:\/\//i.test(text)) throw new Fault(`holds ${JSON.stringify(text)}; Proxmox VE speaks https only`);
  const bare = /^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) ? `[${text}]` : text;
  let url: URL;
  try {
    url = new URL(/^https:\/\//i.test(bare) ? bare : `https://${bare}`);
  } catch {
    throw new Fault(`holds ${JSON.stringify(text)}, which is not a host, host:port or https URL`);
  }
  if (url.username !== "" || url.password !== "")
    throw new Fault("holds a user name or password, which belongs elsewhere");
  // The URL parser drops the scheme's default port, so an explicit :443 is looked up in the text.
  const port = url.port !== "" ? Number(url.port) : /:443(\/|$)/.test(bare) ? 443 : undefined;
  return port === undefined ? { host: url.hostname } : { host: url.hostname, port };
}
