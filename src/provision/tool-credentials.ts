import type { TokenAuth } from "../config/cluster-config.ts";
import type { Send } from "../schema/operation.ts";
import type { SecretStore, SshIdentity } from "../secrets/index.ts";
import type { Hosts } from "../ssh/index.ts";

/** What a tool that makes new credentials of a cluster has at hand; the secrets go from the host to the store. */
export interface ToolCredentials {
  readonly store: SecretStore;
  /** Host keys that are expected of a node. */
  expectedHostKeys(node: string): Promise<readonly string[]>;
  /** The API by another token. */
  connect(token: TokenAuth): { send: Send; close(): Promise<void> };
  /** Nodes by another identity. */
  login(identity: SshIdentity): { hosts: Hosts; caller: Parameters<Hosts["exec"]>[0] };
  /** Masks a secret wherever it would come out. */
  keep(secret: string): void;
}
