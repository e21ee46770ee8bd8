import { SecretStoreError } from "../errors.ts";

export type FileProblem = "unreadable" | "unwritable" | "mode" | "owner" | "kind" | "altered" | "key" | "locked";

/** The file of secrets, or of a private key, cannot be used as it is; it is left as it is. */
export class SecretFileError extends SecretStoreError {
  readonly problem: FileProblem;

  constructor(problem: FileProblem, path: string, fault: string, next: string, cause?: unknown) {
    super({
      code: `secret-file-${problem}`,
      message: `${path} ${fault}.`,
      next,
      data: { path },
      cause,
    });
    this.problem = problem;
  }
}

/** What the operating system calls the fault. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

/** A path as a shell takes it. */
export function shellPath(path: string): string {
  return /^[\w./@%+,:=-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
