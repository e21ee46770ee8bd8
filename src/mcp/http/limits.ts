/** Bounds that no operator has to choose; tests choose smaller ones. */
export interface HttpLimits {
  /** Headers of one request; what all of them weigh is bounded by `headerBytes`. */
  headers: number;
  headerBytes: number;
  /** Milliseconds for the headers of a request, from the first byte or from connecting. */
  headersMs: number;
  /** Milliseconds for a whole request, its body included. */
  requestMs: number;
  /** Milliseconds for which a connection may wait for its next request. */
  keepAliveMs: number;
  /** How often such times are looked after. */
  checkMs: number;
  connections: number;
  /** Milliseconds within which a client has to take 64 KiB of an answer. */
  slowMs: number;
  /** Milliseconds between two signs of life on a stream. */
  pulseMs: number;
  /** Milliseconds for which a session may be unused. */
  sessionMs: number;
  sessions: number;
  /** Milliseconds between two readings of the issuer's keys for the sake of an unknown one. */
  keyCooldownMs: number;
  /** Milliseconds between two attempts to reach an issuer that does not answer. */
  issuerRetryMs: number;
  /** Milliseconds for one answer of the issuer. */
  issuerMs: number;
  /** Milliseconds between two looks at the certificate's files. */
  certificateMs: number;
}

export const LIMITS: HttpLimits = {
  headers: 100,
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 65_000,
  checkMs: 2000,
  connections: 4096,
  slowMs: 30_000,
  pulseMs: 15_000,
  sessionMs: 60 * 60_000,
  sessions: 2048,
  keyCooldownMs: 30_000,
  issuerRetryMs: 5000,
  issuerMs: 5000,
  certificateMs: 5000,
};
