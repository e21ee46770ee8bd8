import { createPrivateKey, X509Certificate } from "node:crypto";
import selfsigned from "selfsigned";
import { die, parameterRefusal } from "../refusal.ts";
import type { HostProfile } from "./host-profile.ts";
import type { LabNode } from "./types.ts";

const DAY = 86_400_000;

/** PEM texts of cluster authorities by the fingerprint of a node; made once for each process. */
const authorities = new Map<string, Promise<string>>();

function authority(seed: string, days: number): Promise<string> {
  let made = authorities.get(seed);
  if (!made) {
    const notBeforeDate = new Date(Date.now() - DAY);
    made = selfsigned
      .generate(
        [
          { name: "commonName", value: "Proxmox Virtual Environment" },
          { shortName: "OU", value: seed },
          { name: "organizationName", value: "PVE Cluster Manager CA" },
        ],
        {
          keyType: "ec",
          curve: "P-256",
          algorithm: "sha256",
          notBeforeDate,
          notAfterDate: new Date(notBeforeDate.getTime() + days * DAY),
          extensions: [{ name: "basicConstraints", cA: true, critical: true }],
        },
      )
      .then(({ cert }) => cert);
    authorities.set(seed, made);
  }
  return made;
}

function fullAddress(ip: string): string {
  if (!ip.includes(":")) return ip;
  const [head = "", tail = ""] = ip.toLowerCase().split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const gap = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...gap, ...right].map((part) => part.padStart(4, "0").toUpperCase()).join(":");
}

function name(lines: string): string {
  return `/${lines.split("\n").join("/")}`;
}

const KEY_TYPES: Readonly<Record<string, string>> = { rsa: "rsaEncryption", ec: "id-ecPublicKey" };
const CURVE_BITS: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 };

/** What the API says of a certificate; times in seconds since the epoch. */
function describeCertificate(filename: string, pem: string): Record<string, unknown> {
  const parsed = new X509Certificate(pem);
  const { asymmetricKeyType = "", asymmetricKeyDetails: details } = parsed.publicKey;
  return {
    filename,
    fingerprint: parsed.fingerprint256,
    subject: name(parsed.subject),
    issuer: name(parsed.issuer),
    notbefore: Math.floor(Date.parse(parsed.validFrom) / 1000),
    notafter: Math.floor(Date.parse(parsed.validTo) / 1000),
    san: (parsed.subjectAltName ?? "")
      .split(", ")
      .filter((entry) => entry !== "")
      .map((entry) => fullAddress(entry.replace(/^(?:DNS|IP Address):/, ""))),
    "public-key-type": KEY_TYPES[asymmetricKeyType] ?? asymmetricKeyType.toUpperCase(),
    "public-key-bits": details?.modulusLength ?? CURVE_BITS[details?.namedCurve ?? ""] ?? 256,
    pem,
  };
}

/** The certificates of a node: the cluster's authority, its own, and one that an operator or an authority brought. */
export class NodeCertificates {
  readonly #node: LabNode;
  readonly #profile: HostProfile;
  /** PEM text of what the node serves, where that is known. */
  served: string | undefined;
  custom: { certificate: string; key: string } | undefined;

  constructor(node: LabNode, profile: HostProfile) {
    this.#node = node;
    this.#profile = profile;
  }

  /** All of them, in the order of the API. */
  async list(): Promise<Record<string, unknown>[]> {
    const { days } = this.#profile.certificate;
    const root = describeCertificate("pve-root-ca.pem", await authority(this.#profile.domain, days.root));
    const rows = [root, this.served ? describeCertificate("pve-ssl.pem", this.served) : this.#unserved(root)];
    if (this.custom) rows.push(describeCertificate("pveproxy-ssl.pem", this.custom.certificate));
    return rows;
  }

  /** Of a node that does not really listen, only what follows from its name is known. */
  #unserved(root: Record<string, unknown>): Record<string, unknown> {
    const { name: node, ip, fingerprint, bootedAt } = this.#node;
    const full = `${node}.${this.#profile.domain}`;
    const notbefore = Math.floor((bootedAt - 30 * DAY) / 1000);
    return {
      filename: "pve-ssl.pem",
      fingerprint,
      subject: `/OU=PVE Cluster Node/O=Proxmox Virtual Environment/CN=${full}`,
      issuer: root.subject,
      notbefore,
      notafter: notbefore + (this.#profile.certificate.days.leaf * DAY) / 1000,
      san: ["127.0.0.1", "0000:0000:0000:0000:0000:0000:0000:0001", "localhost", ip, node, full],
      "public-key-type": "rsaEncryption",
      "public-key-bits": 2048,
    };
  }

  /** Takes a chain and its key, or throws why not. */
  upload(chain: string, key: string | undefined, force: boolean): Record<string, unknown> {
    const usedKey = key ?? this.custom?.key;
    if (usedKey === undefined)
      throw parameterRefusal({ key: "Attempted to upload custom certificate without (existing) key." });
    if (this.custom && !force) throw die("Custom certificate file exists but force flag is not set.");
    const text = chain.slice(Math.max(0, chain.indexOf("-----BEGIN")));
    let parsed: X509Certificate;
    try {
      parsed = new X509Certificate(text);
    } catch {
      throw die("Setting certificate files failed - unable to parse certificate");
    }
    try {
      if (!parsed.checkPrivateKey(createPrivateKey(usedKey))) throw new Error("no match");
    } catch {
      throw die("Setting certificate files failed - certificate and key do not match");
    }
    this.custom = { certificate: text, key: usedKey };
    return describeCertificate("pveproxy-ssl.pem", text);
  }

  /** Of what clients are shown: the operator's certificate before the node's own (pve-facts 40). */
  get fingerprint(): string {
    return this.custom ? new X509Certificate(this.custom.certificate).fingerprint256 : this.#node.fingerprint;
  }

  /** Days until the operator's certificate ends. */
  get daysLeft(): number {
    return this.custom ? (Date.parse(new X509Certificate(this.custom.certificate).validTo) - Date.now()) / DAY : 0;
  }
}
