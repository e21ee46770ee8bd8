import type { SshIdentity } from "../../src/secrets/index.ts";

export const TOKEN = { user: "mcp", realm: "pve", id: "server", secret: "11111111-2222-3333-4444-555555555555" };
export const OTHER = { ...TOKEN, id: "other", secret: "99999999-8888-7777-6666-555555555555", expire: 1_900_000_000 };

export const SSH: SshIdentity = {
  username: "root",
  privateKey: "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
  passphrase: "open sesame",
  expectedHostKeys: [`SHA256:${"x".repeat(43)}`],
};
