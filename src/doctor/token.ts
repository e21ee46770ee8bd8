import { getAccessPermissions } from "../../generated/clients/access-permissions.ts";
import type { AccessClass, Send } from "../schema/operation.ts";
import { expiryWarning, readOwnToken } from "../tools/inventory/token-expiry.ts";
import { TOOL_MODULES } from "../tools/registry.ts";
import type { Findings } from "./check.ts";
import { nextOf, reason } from "./nodes.ts";
import { grantLines } from "./rights/grants.ts";
import { type Need, needsOf } from "./rights/needs.ts";
import type { Rights } from "./rights/rights.ts";
import { typedUsages } from "./rights/usages.ts";

/** Compares what the token may do with what the typed tools send, toolset by toolset. */
export async function checkToken(
  send: Send,
  token: { user: string; realm: string; id: string; expire?: number },
  { ceiling, version, now }: { ceiling: AccessClass; version: string | undefined; now: number },
  findings: Findings,
): Promise<void> {
  const owner = `${token.user}@${token.realm}`;
  const name = `${owner}!${token.id}`;
  let rights: Rights;
  try {
    rights = ((await getAccessPermissions(send)).data ?? {}) as Rights;
  } catch (error) {
    findings.add("fail", "privileges", `The token's privileges cannot be read: ${reason(error)}`, nextOf(error));
    return;
  }
  const facts = await tokenFacts(send, owner, token.id);
  const ending = expiryWarning(name, facts.expire ?? token.expire, now);
  if (ending) findings.add("warn", "token-expiry", ending.message, { next: ending.next });
  const needs = needsOf(typedUsages(), { rights, ceiling, version });
  const commands = grantLines(needs, { token: name, rights, separated: facts.separated, userRights: facts.userRights });
  const advice = {
    ...(commands.length > 0 ? { commands } : {}),
    data: { token: name, lacking: needs.filter(({ hold }) => hold.extent === "none").map(plain) },
  };
  const below = `run these lines as root on a node${caution(commands, owner, facts.userRights)}`;
  if (Object.keys(rights).length === 0) {
    const separation =
      facts.separated === false
        ? ""
        : ` Or let it have the rights of ${owner}: pveum user token modify '${owner}' ${token.id} --privsep 0.`;
    findings.add(
      "fail",
      "privileges",
      `${name} is accepted and holds no privilege at all: lists are empty, everything else is refused.`,
      { next: `To give it exactly what the typed tools need, ${below}.${separation}`, ...advice },
    );
    return;
  }
  const lacking = await byToolset(needs);
  for (const [toolset, { total, refused, missing, hidden }] of lacking) {
    if (missing.length === 0) {
      findings.add("ok", "privileges", `${toolset}: ${name} may do all that its tools do${limits(needs)}.`, {
        data: { toolset, operations: total },
      });
      continue;
    }
    const parts = [
      ...(refused > 0 ? [`${refused} of ${total} operations are refused`] : []),
      ...(hidden.length > 0 ? [`${hidden.join(" and ")} are left out of lists`] : []),
    ];
    findings.add("warn", "privileges", `${toolset}: ${parts.join(", and ")}: lacks ${missing.join("; ")}.`, {
      next: "See the lines below, or leave it so if it is meant to be.",
      data: { toolset, operations: total, refused, missing },
    });
  }
  const heavy = needs.filter((need) => need.heavy && need.hold.extent === "none");
  if (commands.length > 0) {
    findings.add("warn", "grants", `${name} lacks rights that the typed tools use.`, {
      next: `To grant exactly those, ${below}. ${readOnly(needs, ceiling)}`.trim(),
      ...advice,
    });
  }
  for (const { privileges, path, tools } of heavy) {
    const [subject, them] = tools.length === 1 ? ["leaves", "it"] : ["leave", "them"];
    findings.add(
      "ok",
      "privileges",
      `${tools.join(", ")} ${subject} a part out without ${privileges.join(", ")} on ${path}.`,
      { next: `Nothing, as a rule: it is a right to write, which Proxmox VE wants of ${them} for reading.` },
    );
  }
}

/** A token that can only read is as often meant as forgotten. */
function readOnly(needs: readonly Need[], ceiling: AccessClass): string {
  const lacking = needs.filter(lacks);
  const changes = lacking.every(
    ({ operations }) => operations.length > 0 && operations.every((id) => !id.startsWith("GET ")),
  );
  return ceiling !== "read" && changes
    ? "If the token is meant to read only, set PROXMOX_MCP_ACCESS=read, and the server says so itself."
    : "";
}

interface Standing {
  total: number;
  refused: number;
  missing: string[];
  hidden: string[];
}

/** What each toolset's operations lack; a toolset that sends nothing of its own is left out. */
async function byToolset(needs: readonly Need[]): Promise<Map<string, Standing>> {
  const standings = new Map<string, Standing>();
  const usages = typedUsages();
  for (const [tool, load] of Object.entries(TOOL_MODULES)) {
    const { toolset } = (await load()).default;
    const mine = (tools: readonly string[]) => tools.includes(tool);
    const standing = standings.get(toolset) ?? { total: 0, refused: 0, missing: [], hidden: [] };
    for (const usage of usages.filter(({ tools }) => mine(tools))) {
      standing.total += 1;
      if (needs.some((need) => lacks(need) && need.operations.includes(usage.operation))) standing.refused += 1;
    }
    for (const need of needs.filter((one) => lacks(one) && mine(one.tools))) {
      const text = `${lackedOf(need).join(", ")} on ${need.path}`;
      if (!standing.missing.includes(text)) standing.missing.push(text);
      if (need.shows !== undefined && !standing.hidden.includes(need.shows)) standing.hidden.push(need.shows);
    }
    if (standing.total > 0 || standing.missing.length > 0) standings.set(toolset, standing);
  }
  return standings;
}

function lacks(need: Need): boolean {
  return need.hold.extent === "none" && !need.heavy;
}

function lackedOf({ hold, privileges }: Need): readonly string[] {
  return hold.extent === "none" ? hold.missing : privileges;
}

function plain({ path, hold, privileges, operations, tools, heavy }: Need) {
  return {
    path,
    privileges: lackedOf({ hold, privileges } as Need),
    operations,
    tools,
    ...(heavy ? { optional: true } : {}),
  };
}

/** Where rights end, when they were given for single objects. */
function limits(needs: readonly Need[]): string {
  const paths = new Set(needs.flatMap(({ hold }) => (hold.extent === "some" ? hold.paths : [])));
  if (paths.size === 0) return "";
  const shown = [...paths].sort().slice(0, 5);
  return `, on ${shown.join(", ")}${paths.size > shown.length ? ` and ${paths.size - shown.length} more` : ""} only`;
}

/** What can be read of the token itself; often it may not. */
async function tokenFacts(
  send: Send,
  userid: string,
  tokenid: string,
): Promise<{ separated?: boolean; expire?: number; userRights?: Rights }> {
  const [own, user] = await Promise.all([
    readOwnToken(send, userid, tokenid),
    getAccessPermissions(send, { userid }).catch(() => undefined),
  ]);
  return { ...own, ...(user === undefined ? {} : { userRights: (user.data ?? {}) as Rights }) };
}

/** A user's entry hides what that user inherits, which cannot be looked up with every token. */
function caution(commands: readonly string[], owner: string, userRights: Rights | undefined): string {
  return userRights === undefined && commands.some((line) => line.includes(" --users "))
    ? ` (those with --users only where ${owner} lacks the rights: at that path they take the place of what the user inherits)`
    : "";
}
