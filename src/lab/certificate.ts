import { X509Certificate } from "node:crypto";
import selfsigned from "selfsigned";

/** A self-signed leaf, its key, and its SHA-256 fingerprint as `AA:BB:…`. */
export interface LabCertificate {
  certificate: string;
  key: string;
  fingerprint: string;
}

/** Makes an EC P-256 certificate for the given names and addresses. */
export async function createCertificate(
  commonName: string,
  names: string[],
  ips: string[],
  days = 730,
): Promise<LabCertificate> {
  const notBeforeDate = new Date(Date.now() - 3_600_000);
  const made = await selfsigned.generate(
    [
      { name: "commonName", value: commonName },
      { name: "organizationName", value: "Simulated cluster" },
    ],
    {
      keyType: "ec",
      curve: "P-256",
      algorithm: "sha256",
      notBeforeDate,
      notAfterDate: new Date(notBeforeDate.getTime() + days * 86_400_000),
      extensions: [
        { name: "basicConstraints", cA: false, critical: true },
        { name: "keyUsage", digitalSignature: true, critical: true },
        { name: "extKeyUsage", serverAuth: true },
        {
          name: "subjectAltName",
          altNames: [
            ...names.map((value) => ({ type: 2 as const, value })),
            ...ips.map((ip) => ({ type: 7 as const, ip })),
          ],
        },
      ],
    },
  );
  return {
    certificate: made.cert,
    key: made.private,
    fingerprint: new X509Certificate(made.cert).fingerprint256,
  };
}
