import { agentFailure } from "./agent-failure.ts";
import type { TokenAuth } from "./cluster.ts";
import {
  AlreadyExistsError,
  AuthenticationError,
  DigestMismatchError,
  GatewayTimeoutError,
  GuestLockedError,
  InvalidParametersError,
  LockTimeoutError,
  NodeUnreachableError,
  NoQuorumError,
  NotFoundError,
  NotImplementedError,
  PermissionError,
  ProxmoxError,
  type RequestContext,
  type RequestError,
} from "./errors.ts";

/** What an answer with a status of 300 or more says, wherever it says it (pve-facts 22). */
export interface FailedAnswer {
  status: number;
  reason: string;
  message?: string;
  errors?: Readonly<Record<string, string>>;
  /** `Location` of a redirect. */
  location?: string;
}

type TextRule = [
  RegExp,
  (context: RequestContext, status: number, text: string, match: RegExpMatchArray) => RequestError,
];

/** A change that a running guest does not take is kept although the answer is an error (pve-facts 20). */
const STORED_AS_PENDING =
  "The change may be stored all the same and wait for the next start: compare GET /nodes/{node}/qemu/{vmid}/pending, and do not assume that nothing happened.";
/** The agent tells the end of a process once (pve-facts 73). */
const PROCESS_FORGOTTEN =
  "The agent forgets a process once it has told how it ended: what it wrote is lost if that answer was. Look at what the command should have changed; run it again only if that does no harm.";

/** From 9.0 on (pve-facts 91). */
const GROUPS_ARE_RULES =
  "Since 9.0 a rule holds guests to nodes: POST /cluster/ha/rules with type node-affinity, resources and nodes.";
/** What lets a user speak to guest agents, by version (pve-facts 76). */
const AGENT_PRIVILEGES =
  "Up to 8.4 the privilege is VM.Monitor; since 9.0 VM.GuestAgent.Audit, .FileRead, .FileWrite, .FileSystemMgmt or .Unrestricted.";

/** In order: the first text that matches decides (pve-facts 18, 23, 56, 107; texts of 9.2 and of earlier releases). */
const TEXT_RULES: readonly TextRule[] = [
  [/\bhotplug problem\b/i, (c, s, t) => new ProxmoxError(c, s, t, STORED_AS_PENDING)],
  [/\bPID \d+ does not exist/i, (c, s, t) => new ProxmoxError(c, s, t, PROCESS_FORGOTTEN)],
  [/\bno quorum\b|not quorate/i, (c, s, t) => new NoQuorumError(c, s, t)],
  [
    /checksum mismatch \(file change|detected modified configuration|modified configuration - file changed/i,
    (c, s, t) => new DigestMismatchError(c, s, t),
  ],
  [/\b(?:VM|CT) is locked(?: \(([^)]*)\))?/i, (c, s, t, m) => new GuestLockedError(c, s, t, m[1])],
  [
    /can't lock file .*got timeout|got lock request timeout|got lock timeout|unable to acquire lock|could not acquire lock|can't acquire lock/i,
    (c, s, t) => new LockTimeoutError(c, s, t),
  ],
  [/already exists|already defined|is already a pool member/i, (c, s, t) => new AlreadyExistsError(c, s, t)],
  [
    /does not exist|no such (?!uri)|not found|unable to find configuration file|unable to open file .*no such file|doesn't exist|no rule at position/i,
    (c, s, t) => new NotFoundError(c, s, t),
  ],
  [/groups have been migrated to rules/i, (c, s, t) => new ProxmoxError(c, s, t, GROUPS_ARE_RULES)],
  [/invalid privilege '?(VM\.Monitor|VM\.GuestAgent)/i, (c, s, t) => new ProxmoxError(c, s, t, AGENT_PRIVILEGES)],
  [/^only root can |^Only root can /i, (c, s, t) => rootOnly(c, s, t)],
];

/** Turns a refusing answer into the class that says what to do next. */
export function classifyFailure(
  context: RequestContext,
  answer: FailedAnswer,
  details: { token?: Pick<TokenAuth, "user" | "realm" | "id">; tokenSecret?: string; node?: string } = {},
): RequestError {
  const { status } = answer;
  const text = failureText(answer);
  if (status >= 300 && status < 400) {
    return new ProxmoxError(
      context,
      status,
      `The server redirects (${status})${answer.location === undefined ? "" : ` to ${withoutQuery(answer.location)}`}, and redirects are not followed.`,
      "Set PROXMOX_HOST to the https:// address of the API itself, port 8006.",
    );
  }
  if (status === 401) return new AuthenticationError(context, stripPeriod(text), details.tokenSecret);
  if (status === 403) return permission(context, text, details.token);
  if (status === 595) return new NodeUnreachableError(context, status, details.node, stripPeriod(text));
  if ((status >= 596 && status <= 599) || status === 502 || status === 504)
    return new GatewayTimeoutError(context, status, text);
  const errors = answer.errors ?? {};
  const errorTexts = Object.values(errors);
  if (status === 400 && errorTexts.length > 0) {
    const hotplug = errorTexts.filter((one) => /\bhotplug problem\b/i.test(one));
    if (hotplug.length > 0) return byText(context, status, hotplug.join("; "))!;
    // A missing or taken object is sometimes told as the fault of the parameter that names it (pve-facts section 9).
    if (errorTexts.length === 1) {
      const found = byText(context, status, errorTexts[0]!);
      if (found !== undefined) return found;
    }
    return new InvalidParametersError(context, errors, { status });
  }
  if (status === 501 && !/for data too large/.test(text)) return new NotImplementedError(context, status, text);
  const found = agentFailure(context, status, text) ?? byText(context, status, text);
  if (found !== undefined) return found;
  const nested = /^400 Parameter verification failed\.\s*/.exec(text);
  if (status === 400 || nested !== null) {
    return new InvalidParametersError(context, nestedErrors(text), { status, message: text });
  }
  return new ProxmoxError(context, status, text);
}

function byText(context: RequestContext, status: number, text: string): RequestError | undefined {
  const trimmed = text.trim();
  for (const [pattern, make] of TEXT_RULES) {
    const match = pattern.exec(trimmed);
    if (match !== null) return make(context, status, trimmed, match);
  }
  return undefined;
}

/** The fullest text an answer offers: `message` when it has one, else the reason phrase, else the status. */
export function failureText(answer: FailedAnswer): string {
  const message = answer.message?.trim();
  if (message !== undefined && message !== "") return message;
  const reason = answer.reason.trim();
  return reason === "" ? `HTTP status ${answer.status}` : reason;
}

function nestedErrors(text: string): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const line of text.split("\n").slice(1)) {
    const match = /^([\w.-]+): (.+)$/.exec(line.trim());
    if (match !== null) errors[match[1]!] = match[2]!;
  }
  return errors;
}

function permission(
  context: RequestContext,
  text: string,
  token: Pick<TokenAuth, "user" | "realm" | "id"> | undefined,
): PermissionError {
  if (/user != root@pam/.test(text)) return rootOnly(context, 403, text);
  if (/not available with API token/.test(text)) {
    return new PermissionError(context, {
      status: 403,
      message: text,
      next: "This call refuses every API token: it needs a person's own login, in the web interface or on the node.",
    });
  }
  const match = /Permission check failed \((\/[^,\s)]*)?,\s*([^)]+)\)/.exec(text);
  const path = match?.[1];
  const privileges = (match?.[2] ?? "").split("|").map((name) => name.trim());
  const who = token === undefined ? undefined : `${token.user}@${token.realm}!${token.id}`;
  if (path === undefined || privileges.length === 0) {
    return new PermissionError(context, {
      status: 403,
      message: who === undefined ? text : `${text} for token ${who}.`,
      next: "The answer names no path: check that the ids in the call are well formed, and what GET /access/permissions grants this token.",
      privileges: privileges.filter((name) => name !== ""),
    });
  }
  return new PermissionError(context, {
    status: 403,
    path,
    privileges,
    message: `The token${who === undefined ? "" : ` ${who}`} lacks ${privileges.join(" or ")} on ${path} (the object itself may or may not exist).`,
    next: grantAdvice(path, privileges, who),
  });
}

/** A built-in role that holds the privilege, the narrowest that is commonly granted. */
const ROLES: readonly [RegExp, string][] = [
  [/^VM\.(Audit|GuestAgent\.Audit)$/, "PVEAuditor"],
  [/^(Sys|Datastore|Pool|SDN|Mapping)\.Audit$/, "PVEAuditor"],
  [/^VM\.(PowerMgmt|Console|Backup|Config\.CDROM|Config\.Cloudinit|GuestAgent\.\w+)$/, "PVEVMUser"],
  [/^VM\./, "PVEVMAdmin"],
  [/^Datastore\.AllocateSpace$/, "PVEDatastoreUser"],
  [/^Datastore\./, "PVEDatastoreAdmin"],
  [/^Pool\./, "PVEPoolAdmin"],
  [/^SDN\.Use$/, "PVESDNUser"],
  [/^SDN\./, "PVESDNAdmin"],
  [/^Mapping\.Use$/, "PVEMappingUser"],
  [/^Mapping\./, "PVEMappingAdmin"],
  [/^(User|Group|Realm)\./, "PVEUserAdmin"],
];

function grantAdvice(path: string, privileges: readonly string[], who: string | undefined): string {
  const privilege = privileges[0]!;
  const role = ROLES.find(([pattern]) => pattern.test(privilege))?.[1];
  const target = `pveum acl modify ${shellWord(path)} --tokens ${shellWord(who ?? "USER@REALM!TOKENID")} --roles `;
  const line =
    role === undefined
      ? `pveum role add ${roleName(privilege)} --privs ${privilege} && ${target}${roleName(privilege)}`
      : `${target}${role}`;
  const user = who?.split("!")[0];
  const separation =
    user === undefined ? "" : ` A token with privilege separation has no more than its user: ${user} needs it too.`;
  return `An operator can grant it on a node: ${line}.${separation}`;
}

function roleName(privilege: string): string {
  return `MCP-${privilege.replaceAll(".", "-")}`;
}

function shellWord(text: string): string {
  return /^[\w@/.:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A root token is not root (pve-facts 37). */
function rootOnly(context: RequestContext, status: number, text: string): PermissionError {
  return new PermissionError(context, {
    status,
    message: `${text}: this needs root@pam itself, which no API token is, not even one of root@pam.`,
    next: "Leave the root-only option out, use a resource mapping instead of a raw device, or let a person do it as root on the node.",
  });
}

function withoutQuery(location: string): string {
  return location.split("?")[0]!;
}

function stripPeriod(text: string): string {
  return text.replace(/[.!\s]+$/, "");
}

/** What a guest agent complains of in an answer that went well otherwise (pve-facts 72); nothing when it does not. */
export function agentComplaint(operation: string, data: unknown): string | undefined {
  if (!operation.includes("/{vmid}/agent/")) return undefined;
  const error = (data as { result?: { error?: { class?: unknown; desc?: unknown } } } | null)?.result?.error;
  if (typeof error !== "object" || error === null) return undefined;
  return `The guest agent refuses: ${error.desc ?? error.class ?? "no reason given"}`;
}
