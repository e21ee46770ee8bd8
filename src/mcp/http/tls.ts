import { readFileSync, statSync } from "node:fs";
import { createSecureContext, type Server } from "node:tls";
import type { HttpSettings } from "../../config/index.ts";

type Files = NonNullable<HttpSettings["tls"]>;

/** Reads certificate and key. */
export function readCertificate({ certFile, keyFile }: Files): { cert: Buffer; key: Buffer } {
  const pair = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
  // Throws when the two do not belong together.
  createSecureContext(pair);
  return pair;
}

/** Puts a new certificate in use for new connections whenever its files change; open ones stay as they are. */
export class CertificateWatch {
  readonly #server: Pick<Server, "setSecureContext">;
  readonly #files: Files;
  readonly #say: (text: string) => void;
  readonly #timer: NodeJS.Timeout;
  #seen: string;
  /** What was said to be wrong, so that it is said once. */
  #fault = "";

  constructor(server: Pick<Server, "setSecureContext">, files: Files, everyMs: number, say: (text: string) => void) {
    this.#server = server;
    this.#files = files;
    this.#say = say;
    this.#seen = this.#stamp();
    // Renewed files often replace links to folders, which watchers of files do not see.
    this.#timer = setInterval(() => this.look(), everyMs).unref();
  }

  /** Looks now. */
  look(): void {
    const stamp = this.#stamp();
    if (stamp === this.#seen) return;
    try {
      this.#server.setSecureContext(readCertificate(this.#files));
      this.#seen = stamp;
      this.#fault = "";
      this.#say("the certificate was read again");
    } catch (error) {
      // One of two files is often there before the other: it is looked at again.
      const fault = (error as Error).message;
      if (fault !== this.#fault) this.#say(`the old certificate stays in use. ${fault}`);
      this.#fault = fault;
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #stamp(): string {
    return [this.#files.certFile, this.#files.keyFile]
      .map((path) => {
        const about = statSync(path, { throwIfNoEntry: false });
        return about ? `${about.ino} ${about.mtimeMs} ${about.size}` : "none";
      })
      .join(", ");
  }
}
