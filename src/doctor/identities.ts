import { getVersion } from "../../generated/clients/version.ts";
import type { TokenAuth } from "../config/cluster-config.ts";
import { type Identities, secretsNamed } from "../config/identity-entry.ts";
import { AuthenticationError } from "../pve/errors.ts";
import { Slots } from "../pve/slots.ts";
import type { Send } from "../schema/operation.ts";
import type { Credentials } from "../secrets/index.ts";
import { expiryWarning } from "../tools/inventory/token-expiry.ts";
import type { Findings } from "./check.ts";
import { nextOf, reason } from "./nodes.ts";
import { explainRefusal } from "./refused-token.ts";

/** The token of somebody else than the server, by the name of its secret. */
export interface MappedToken {
  secret: string;
  token: TokenAuth;
}

/** Tokens asked about at a time: a host lets whoever shows a wrong one wait. */
const AT_ONCE = 4;

/** Reads the tokens of the table of identities for a cluster; what is wrong with one concerns those who act with it alone. */
export async function readMapped(
  table: Identities,
  cluster: string,
  credentials: Pick<Credentials, "tokenNamed">,
  findings: Findings,
): Promise<MappedToken[]> {
  const read: MappedToken[] = [];
  for (const secret of secretsNamed(table, cluster)) {
    try {
      read.push({ secret, token: await credentials.tokenNamed(secret) });
    } catch (error) {
      findings.add("fail", "identities", `Whoever acts with ${secret} can do nothing: ${reason(error)}`, {
        ...nextOf(error),
        data: { cluster, secret },
      });
    }
  }
  return read;
}

/** Whether the host takes each of these tokens. */
export async function checkMapped(
  mapped: readonly MappedToken[],
  sendWith: (token: TokenAuth) => Send,
  now: number,
  findings: Findings,
): Promise<void> {
  const slots = new Slots(AT_ONCE);
  const good: string[] = [];
  await Promise.all(
    mapped.map(async ({ secret, token }) => {
      const release = await slots.acquire();
      const name = `${token.user}@${token.realm}!${token.id}`;
      const data = { secret, token: name };
      try {
        await getVersion(sendWith(token));
        good.push(name);
        const ending = expiryWarning(name, token.expire, now);
        if (ending) findings.add("warn", "identities", ending.message, { next: ending.next, data });
      } catch (error) {
        const at = (key: string) => `${key} in the secret ${secret}`;
        const places = { user: at("user"), realm: at("realm"), id: at("id"), secret: at("secret") };
        const next =
          error instanceof AuthenticationError ? { next: explainRefusal(error.message, token, places) } : nextOf(error);
        findings.add("fail", "identities", `Whoever acts with ${secret} can do nothing: ${reason(error)}`, {
          ...next,
          data,
        });
      } finally {
        release();
      }
    }),
  );
  if (good.length === 0) return;
  const count = good.length === 1 ? "1 token" : `${good.length} tokens`;
  findings.add("ok", "identities", `${count} of PROXMOX_MCP_IDENTITIES_FILE accepted.`, {
    data: { tokens: good.sort() },
  });
}
