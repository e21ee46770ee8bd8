import { Fault, type Parser } from "./parsers.ts";

/** A host key that the operator vouches for. */
export type HostKeyPin =
  /** `SHA256:…`, of one node where it is named, of any else; `type` as `ssh-keygen -lf` prints it. */
  | { kind: "fingerprint"; node?: string; fingerprint: string; type?: "ED25519" | "ECDSA" | "RSA" }
  /** A public key; `names` as known_hosts has them, absent where the key stands alone. */
  | { kind: "key"; names?: string; keyType: string; key: string; revoked?: true };

const KEY_TYPE = "ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)";
const KNOWN_HOST = new RegExp(`^(?:(@\\S+)\\s+)?(\\S+)\\s+(${KEY_TYPE})\\s+(AAAA[A-Za-z0-9+/]+={0,2})(?:\\s|$)`);
const BARE_KEY = new RegExp(`^(?:([\\w.-]+)=)?(${KEY_TYPE})\\s+(AAAA[A-Za-z0-9+/]+={0,2})(?:\\s|$)`);
const FINGERPRINT =
  /(?<![\w.+/-])(?:([\w.-]+)=)?(?:(\d{3,5})\s+)?SHA256:([A-Za-z0-9+/]{43})(?![A-Za-z0-9+/])=?(?:[^\n]*?\s\((ED25519|ECDSA|RSA)\)(?=\s*(?:[,;]|$)))?/g;
/** Where one entry of a list ends and the next begins; the host names of a known_hosts line have commas too. */
const BETWEEN = new RegExp(
  `[,;\\s]\\s*(?=(?:[\\w.-]+=)?(?:\\d{3,5}\\s+)?SHA256:|(?:[\\w.-]+=)?(?:${KEY_TYPE})\\s+AAAA)`,
);

/**
 * Host keys as people have them: `SHA256:…`, whole lines of `ssh-keygen -lf`, `node=` before either, public keys, and
 * lines of known_hosts (hashed ones, `[host]:port` and `@revoked` included). Throws `Fault` for anything else.
 */
export function parseHostKeys(text: string): HostKeyPin[] {
  const pins: HostKeyPin[] = [];
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const known = KNOWN_HOST.exec(line);
    if (known && !/SHA256:/.test(known[2]!)) {
      pins.push(knownHost(known));
      continue;
    }
    pins.push(...listed(line));
  }
  if (pins.length === 0) throw new Fault("holds no host key");
  return pins;
}

/** Host keys that are expected, one text each; what names a node or a host keeps its name. */
export const hostKeys: Parser<string[]> = (text) => [...new Set(parseHostKeys(text).map(hostKeyText))];

/** A pin as `parseHostKeys` takes it. */
export function hostKeyText(pin: HostKeyPin): string {
  if (pin.kind === "fingerprint") {
    return `${pin.node ? `${pin.node}=` : ""}${pin.fingerprint}${pin.type ? ` (${pin.type})` : ""}`;
  }
  const { names, keyType, key, revoked } = pin;
  return [...(revoked ? ["@revoked"] : []), ...(names ? [names] : []), keyType, key].join(" ");
}

function knownHost([, marker, names, keyType, key]: RegExpExecArray): HostKeyPin {
  if (marker === "@cert-authority") {
    throw new Fault("holds a @cert-authority line; certificates of hosts are not checked, so give the host's own key");
  }
  if (marker !== undefined && marker !== "@revoked") throw new Fault(`holds the unknown marker ${marker}`);
  return { kind: "key", names: names!, keyType: keyType!, key: key!, ...(marker ? { revoked: true } : {}) };
}

function listed(line: string): HostKeyPin[] {
  // The bits that ssh-keygen prints stand before the fingerprint and belong to it.
  const parts = line.split(BETWEEN).reduce<string[]>((all, part) => {
    const last = all.at(-1);
    if (last !== undefined && /^(?:[\w.-]+=)?\d{3,5}$/.test(last)) all[all.length - 1] = `${last} ${part}`;
    else all.push(part);
    return all;
  }, []);
  return parts.flatMap((part): HostKeyPin[] => {
    const bare = BARE_KEY.exec(part);
    if (bare) {
      const [, node, keyType, key] = bare;
      return [{ kind: "key", ...(node ? { names: node } : {}), keyType: keyType!, key: key! }];
    }
    const found = [...part.matchAll(FINGERPRINT)];
    const rest = part.replace(FINGERPRINT, "").replace(/[,;\s]/g, "");
    const whole = found.length === 1 && found[0]![2] !== undefined && !/SHA256|MD5:/.test(rest);
    if (found.length === 0 || (rest !== "" && !whole)) {
      const shown = JSON.stringify(part.slice(0, 80));
      throw new Fault(
        /MD5:|^([0-9a-f]{2}:){15}/i.test(part)
          ? `holds ${shown}: MD5 proves nothing; ssh-keygen -lf prints SHA256:…`
          : `holds ${shown}, which is neither a SHA256:… fingerprint nor a host key`,
      );
    }
    return found.map(([, node, , digest, type]) => ({
      kind: "fingerprint" as const,
      ...(node ? { node } : {}),
      fingerprint: `SHA256:${digest}`,
      ...(type ? { type: type as "RSA" } : {}),
    }));
  });
}
