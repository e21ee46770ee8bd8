import { isIPv6 } from "node:net";
import { Fault, type Parser } from "./parsers.ts";

const PEM = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----.+-----END (?:[A-Z]+ )*PRIVATE KEY-----/s;
const PUTTY = /^PuTTY-User-Key-File-\d: /;

/** A private key; line ends that an environment could not carry are given back. Its text is never repeated. */
export const privateKey: Parser<string> = (text) => {
  const lines = text.includes("\n") ? text : text.replaceAll("\\n", "\n");
  const key = lines.replaceAll("\r\n", "\n").trim();
  if (!PEM.test(key) && !PUTTY.test(key)) {
    throw new Fault(
      /^(ssh-|ecdsa-)/.test(key) ? "is a public key" : "is not a private key with its BEGIN and END lines",
    );
  }
  return `${key}\n`;
};

/** Where a host is. */
export interface HostAddress {
  host: string;
  port?: number;
}

/** Addresses by node, `pve1=192.0.2.1,pve2=pve2.lan:2222`; `cluster/node=` where several clusters have one. */
export const hostAddresses: Parser<Record<string, HostAddress>> = (text) => {
  const parts = text.split(/[,\s]+/).filter(Boolean);
  if (parts.length === 0) throw new Fault("is empty");
  return Object.fromEntries(
    parts.map((part): [string, HostAddress] => {
      const [, node, address] = /^((?:[a-z0-9-]+\/)?[A-Za-z0-9][A-Za-z0-9.-]*)=(.+)$/.exec(part) ?? [];
      if (node === undefined) throw new Fault(`holds ${JSON.stringify(part)}, which is not node=address`);
      return [node, hostAddress(address!)];
    }),
  );
};

/** A host to go through, `[user@]host[:port]`. */
export const jumpHost: Parser<HostAddress & { username?: string }> = (text) => {
  const given = text.trim();
  const at = given.lastIndexOf("@");
  const username = given.slice(0, Math.max(at, 0));
  if (at === 0 || /[\s,]/.test(given)) throw new Fault(`is ${JSON.stringify(text)}, not [user@]host[:port]`);
  return { ...hostAddress(given.slice(at + 1)), ...(username ? { username } : {}) };
};

/** A host, `name`, `address` or either with `:port`. */
export const hostAddress: Parser<HostAddress> = (text) => {
  const [, bracketed, name, digits] =
    /^(?:\[([0-9a-f:.%]+)\]|([A-Za-z0-9][A-Za-z0-9._-]*))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = bracketed ?? name ?? (isIPv6(text) ? text : undefined);
  const port = digits === undefined ? undefined : Number(digits);
  if (host === undefined || port === 0 || (port ?? 1) > 65535) {
    throw new Fault(`holds ${JSON.stringify(text)}, which is not a host or host:port`);
  }
  return port === undefined ? { host } : { host, port };
};
