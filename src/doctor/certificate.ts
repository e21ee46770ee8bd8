import { isIP } from "node:net";
import { rootCertificates, connect as tlsConnect } from "node:tls";
import type { ClusterConfig } from "../config/cluster-config.ts";
import type { Findings } from "./check.ts";

const TIMEOUT_MS = 10_000;
const DAY_MS = 86_400_000;
/** Days before its end at which a certificate is spoken of. */
const SOON_DAYS = 30;

/** What a handshake shows of an endpoint. */
export type Handshake =
  | { code: string }
  | {
      code?: undefined;
      /** `AA:BB:…`. */
      fingerprint: string;
      /** Milliseconds since the epoch. */
      notBefore: number;
      notAfter: number;
      issuer: string;
      /** Why the chain is not trusted; undefined when it is. */
      untrusted?: string;
    };

/** Shakes hands with an endpoint and looks at its certificate; sends no request and no token. */
export function shakeHands(endpoint: string, ca: string | undefined, timeoutMs = TIMEOUT_MS): Promise<Handshake> {
  const { hostname, port } = new URL(endpoint);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = tlsConnect({
      host,
      port: Number(port) || 443,
      rejectUnauthorized: false,
      ALPNProtocols: ["http/1.1"],
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    });
    const finish = (result: Handshake) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(timeoutMs, () => finish({ code: "ETIMEDOUT" }));
    socket.once("error", (error: NodeJS.ErrnoException) => finish({ code: error.code ?? error.name }));
    socket.once("close", () => finish({ code: "ECONNRESET" }));
    socket.once("secureConnect", () => {
      const { fingerprint256, valid_from, valid_to, issuer } = socket.getPeerCertificate();
      const why = socket.authorizationError as unknown;
      finish({
        fingerprint: fingerprint256,
        notBefore: Date.parse(valid_from),
        notAfter: Date.parse(valid_to),
        issuer: String(issuer?.CN ?? issuer?.O ?? "unknown"),
        ...(socket.authorized
          ? {}
          : { untrusted: String((why as NodeJS.ErrnoException | undefined)?.code ?? why ?? "unknown") }),
      });
    });
  });
}

/** Why there is no connection, and what to do. */
export function explainNoConnection(code: string): { why: string; next: string } {
  switch (code) {
    case "ECONNREFUSED":
      return {
        why: "nothing listens there (ECONNREFUSED)",
        next: "Check the address and the port (8006), and on the node that pveproxy runs: systemctl status pveproxy.",
      };
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_NODATA":
      return { why: `the name does not resolve (${code})`, next: "Correct the host name, or use its address." };
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return {
        why: `no answer (${code})`,
        next: "Check that the machine is on, and that no firewall or missing VPN is between; port 8006 has to be open.",
      };
    case "ECONNRESET":
    case "EPIPE":
      return {
        why: "it takes the connection and closes it at once",
        next: "Check ALLOW_FROM, DENY_FROM and POLICY in /etc/default/pveproxy on the node: this machine's address has to be allowed.",
      };
    default:
      return /EPROTO|WRONG_VERSION|SSL/.test(code)
        ? {
            why: `it does not speak TLS (${code})`,
            next: "Check the port: the API is on 8006; a plain HTTP proxy in front of it cannot be used.",
          }
        : { why: code, next: "Check the address, the port (8006) and the network between." };
  }
}

/** Judges a certificate as the client will; false when it would send nothing. `setting` is the line that pins a fingerprint. */
export function checkCertificate(
  endpoint: string,
  seen: Extract<Handshake, { fingerprint: string }>,
  tls: ClusterConfig["tls"],
  setting: (fingerprint: string) => string,
  findings: Findings,
  now: number,
): boolean {
  const { fingerprint, untrusted } = seen;
  const ends = new Date(seen.notAfter).toISOString().slice(0, 10);
  const days = Math.floor((seen.notAfter - now) / DAY_MS);
  const expired = seen.notAfter <= now;
  const data = {
    endpoint,
    fingerprint,
    notAfter: new Date(seen.notAfter).toISOString(),
    issuer: seen.issuer,
    ...(untrusted === undefined ? {} : { untrusted }),
  };
  const compare = "Compare it on the node itself (pvenode cert info)";
  if (tls.fingerprints.length > 0) {
    if (!tls.fingerprints.includes(fingerprint)) {
      findings.add(
        "fail",
        "certificate",
        `${endpoint} shows the SHA-256 fingerprint ${fingerprint}, which is not pinned; nothing is sent to it.`,
        {
          next: `${compare}: a renewed certificate has a new one. If it is another, somebody is in between. If it is the same, set:`,
          commands: [setting(fingerprint)],
          data,
        },
      );
      return false;
    }
    const end = expired ? `it expired on ${ends}` : `it ends on ${ends}`;
    const soon = days < SOON_DAYS;
    findings.add(soon ? "warn" : "ok", "certificate", `${endpoint} shows the pinned certificate; ${end}.`, {
      ...(soon
        ? {
            next: "Nodes renew it by themselves (pvecm updatecerts): pin the new fingerprint next to the old one then.",
          }
        : {}),
      data,
    });
    return true;
  }
  if (!tls.verify) {
    findings.add(
      "warn",
      "certificate",
      `${endpoint}: the certificate is not verified, anybody in between gets the token.`,
      {
        next: `${compare}, remove PROXMOX_TLS_REJECT_UNAUTHORIZED (rejectUnauthorized in a clusters file), and set:`,
        commands: [setting(fingerprint)],
        data,
      },
    );
    return true;
  }
  if (untrusted !== undefined) {
    const why = expired
      ? `expired on ${ends}`
      : seen.notBefore > now
        ? "is not valid yet: look at this machine's clock"
        : `is not trusted (${untrusted})`;
    findings.add(
      "fail",
      "certificate",
      `${endpoint}: the certificate ${why}; its SHA-256 fingerprint is ${fingerprint}. Nothing is sent to it.`,
      {
        next: `Copy the cluster's CA here, /etc/pve/pve-root-ca.pem, and name it in PROXMOX_TLS_CA_FILE (caFile in a clusters file). Or pin the certificate: compare the fingerprint on the node itself (pvenode cert info), then set:`,
        commands: [setting(fingerprint)],
        data,
      },
    );
    return false;
  }
  findings.add(
    days < SOON_DAYS ? "warn" : "ok",
    "certificate",
    `${endpoint}: the certificate is trusted (issued by ${seen.issuer}) and ends on ${ends}.`,
    {
      ...(days < SOON_DAYS
        ? { next: `Renew it within ${days} days (pvenode acme cert renew, or pvecm updatecerts).` }
        : {}),
      data,
    },
  );
  return true;
}
