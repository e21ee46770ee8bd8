import { createHash } from "node:crypto";
import { Refusal } from "../refusal.ts";
import { type Section, SectionConfig } from "./section-config.ts";

/** Kinds of endpoints that notifications can go to. */
export const ENDPOINT_TYPES = ["gotify", "sendmail", "smtp", "webhook"] as const;

const BUILT_IN: Readonly<Record<string, Section>> = {
  "mail-to-root": {
    type: "sendmail",
    comment: "Send mails to root@pam's email address",
    "mailto-user": ["root@pam"],
  },
  "default-matcher": {
    type: "matcher",
    comment: "Route all notifications to mail-to-root",
    mode: "all",
    target: ["mail-to-root"],
  },
};

/** Endpoints and matchers in one configuration, where names are unique across kinds. */
export class NotificationState {
  readonly config = new SectionConfig(BUILT_IN);
  /** Tokens, passwords and the like, which are never given out. */
  readonly secrets = new Map<string, Section>();

  /** SHA-256, unlike other configurations' digests. */
  get digest(): string {
    return createHash("sha256").update(this.config.digest).digest("hex");
  }

  assertUnmodified(digest: unknown): void {
    if (digest !== undefined && digest !== this.digest)
      throw new Refusal(400, "detected modified configuration - file changed by other user? Try again.");
  }

  origin(name: string): string {
    const builtIn = BUILT_IN[name];
    if (!builtIn) return "user-created";
    return JSON.stringify(builtIn) === JSON.stringify(this.config.get(name)) ? "builtin" : "modified-builtin";
  }

  names(type: string): string[] {
    return this.config.ids.filter((name) => this.config.get(name)!.type === type);
  }

  isEndpoint(name: string): boolean {
    const type = this.config.get(name)?.type;
    return type !== undefined && type !== "matcher";
  }

  /** Matchers that send to an endpoint. */
  referrers(endpoint: string): string[] {
    return this.names("matcher").filter((name) =>
      (this.config.get(name)!.target as string[] | undefined)?.includes(endpoint),
    );
  }
}
