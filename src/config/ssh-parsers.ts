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

const HOST_KEY =
  /SHA256:[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])|(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) +AAAA[A-Za-z0-9+/]+={0,2}/g;

/** Host keys, `SHA256:…` or `ssh-ed25519 AAAA…` each; lines of known_hosts and ssh-keyscan are taken apart. */
export const hostKeys: Parser<string[]> = (text) => {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  const keys = lines.flatMap((line) => {
    const found = line.match(HOST_KEY);
    if (found === null) {
      throw new Fault(`holds ${JSON.stringify(line.trim().slice(0, 80))}, which is neither a fingerprint nor a key`);
    }
    return found.map((key) => key.replace(/ +/, " "));
  });
  if (keys.length === 0) throw new Fault("holds no key");
  return [...new Set(keys)];
};
