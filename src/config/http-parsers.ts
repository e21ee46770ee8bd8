import { isIP } from "node:net";
import { Fault, type Parser } from "./parsers.ts";

/** Whether only this machine can reach the host. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  return bare === "localhost" || bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}

/** An address or name to listen on, without brackets. */
export const listenHost: Parser<string> = (text) => {
  const host = text.trim().replace(/^\[|\]$/g, "");
  if (isIP(host) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)) {
    throw new Fault(`is ${JSON.stringify(text)}, which is no address and no host name`);
  }
  return host;
};

/** The path of an endpoint, without a slash at the end. */
export const urlPath: Parser<string> = (text) => {
  const path = text.trim().replace(/\/+$/, "");
  if (!/^(\/[A-Za-z0-9._~-]+)+$/.test(path) || /\/\.\.?(\/|$)/.test(path))
    throw new Fault(`is ${JSON.stringify(text)}`);
  if (/^\/(\.well-known|healthz|readyz)(\/|$)/.test(path)) throw new Fault(`is ${path}, which something else answers`);
  return path;
};

function parseUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw new Fault(`is ${JSON.stringify(text)}, which is no URL`);
  }
  if (url.username !== "" || url.password !== "") throw new Fault("holds a user name or password");
  if (url.search !== "" || url.hash !== "") throw new Fault("holds a query or a fragment");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw new Fault(`is ${JSON.stringify(text)}; a token must not travel unencrypted`);
  }
  return url;
}

/** An https URL, or http on a loopback address, without a slash at the end. */
export const baseUrl: Parser<string> = (text) => parseUrl(text).href.replace(/\/+$/, "");

/** The same, letter by letter as it was given: issuers are compared so. */
export const exactUrl: Parser<string> = (text) => {
  parseUrl(text);
  return text.trim();
};

/** Host names for comparison with a `Host` header, without ports; IPv6 in brackets. */
export const hostNames: Parser<string[]> = (text) =>
  text.split(",").map((part) => {
    const name = part.trim().toLowerCase();
    const host = isIP(name) === 6 ? `[${name}]` : name;
    if (host === "" || !URL.canParse(`http://${host}/`) || new URL(`http://${host}/`).host !== host) {
      throw new Fault(`holds ${JSON.stringify(part.trim())}, which is no host name`);
    }
    return host;
  });

/** Origins as browsers send them. */
export const origins: Parser<string[]> = (text) =>
  text.split(",").map((part) => {
    const origin = part.trim().replace(/\/$/, "");
    // Of schemes that browsers do not know, such as those of extensions, there is no `origin` to compare with.
    if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+$/i.test(origin)) {
      throw new Fault(`holds ${JSON.stringify(part.trim())}, which is no origin`);
    }
    return origin.toLowerCase();
  });

/** Some texts separated by commas. */
export const list: Parser<string[]> = (text) => {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.some((part) => part === "")) throw new Fault("holds an empty entry");
  return parts;
};
