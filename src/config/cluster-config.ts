/** An API token, `user@realm!id=secret` on the wire (pve-facts 35). */
export interface TokenAuth {
  user: string;
  realm: string;
  id: string;
  secret: string;
  /** Seconds since the epoch at which it ends, where the store knows; 0 is never. */
  expire?: number;
  /** Set where a person has logged in: then `secret` is the ticket, and this stands against forged requests (pve-facts 39). */
  csrf?: string;
}

/** How to reach one cluster. */
export interface ClusterConfig {
  /** Name in ids, jobs and records. */
  name: string;
  /** Base URLs without a path, e.g. `https://pve1:8006`; endpoints of one and the same cluster. */
  endpoints: readonly string[];
  /** Absent when nothing is configured yet, where every call says what to set, and when the store has it. */
  token?: TokenAuth;
  /** Name of the token in the secret store, `<cluster>/token`, unless it comes from the environment. */
  tokenSecret?: string;
  tls: {
    /** Verify the certificate chain; a pin replaces that check for the host it matches. */
    verify: boolean;
    /** SHA-256 fingerprints of leaf certificates, `AA:BB:…`. */
    fingerprints: readonly string[];
    /** PEM text of a CA that is trusted in addition. */
    ca?: string;
  };
  /** Milliseconds for one request. */
  requestTimeoutMs: number;
  defaults: { node?: string; bridge?: string; vmStorage?: string; snippetStorage?: string };
}
