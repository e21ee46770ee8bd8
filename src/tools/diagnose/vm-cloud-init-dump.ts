import * as z from "zod";
import {
  getNodesQemuCloudinit,
  getNodesQemuCloudinitDump,
  getNodesQemuPending,
} from "../../../generated/clients/nodes-qemu.ts";
import type { Send } from "../../schema/operation.ts";
import { cell, cluster, guest, type Incomplete, incomplete } from "../arguments.ts";
import type { ToolContext } from "../context.ts";
import { defineTool, type ToolAnswer } from "../contract.ts";
import { reasonOf, takeParts } from "../gather.ts";
import { atGuest, type FoundGuest, findGuest } from "../guests/resolve.ts";
import { nextOutput } from "./cause.ts";
import { maskCloudInit } from "./cloud-init-text.ts";
import { addCloudInitDrive } from "./detectors/cloud-init.ts";
import { cloudInitKeysOf, configOf, drivesOf, pairsOf, type VmConfig } from "./vm-config.ts";

const PARTS = ["user", "network", "meta"] as const;
type Part = (typeof PARTS)[number];

/** Characters of one file that an answer shows. */
const LONGEST = 6000;

const output = z.object({
  cluster: z.string(),
  vmid: z.int(),
  name: z.string().optional(),
  node: z.string(),
  drive: z.string().optional().describe("Key of the cloud-init drive; absent when there is none"),
  user: z.string().optional(),
  network: z.string().optional(),
  meta: z.string().optional(),
  changed: z
    .array(z.object({ key: z.string(), from: cell.optional(), to: cell.optional() }))
    .optional()
    .describe("What the drive, as it was made last, does not hold yet"),
  warnings: z.array(z.string()).optional(),
  next: nextOutput.optional(),
  incomplete,
});

type Output = z.input<typeof output>;
type Row = Readonly<Record<string, unknown>>;

export default defineTool({
  name: "proxmox_vm_cloud_init_dump",
  title: "Show a VM's cloud-init data",
  description:
    "Show a VM's cloud-init user, network and meta data, secrets masked, and what its drive does not hold yet.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, vmid: guest, part: z.enum(PARTS).optional() }),
  output,
  async run(context, input) {
    const found = await findGuest(context, input, "qemu", "proxmox_vm_cloud_init_dump");
    return atGuest(context, found, (at) => dump(context, found, at, input.part));
  },
});

async function dump(
  context: ToolContext,
  found: FoundGuest,
  at: { node: string; vmid: number },
  part: Part | undefined,
): Promise<ToolAnswer<Output>> {
  const { cluster: one, guest: row } = found;
  const rows = ((await getNodesQemuPending(one.send, at)).data ?? []) as unknown as Row[];
  const { config, nextConfig } = configOf(rows);
  const head: Output = {
    cluster: one.name,
    vmid: at.vmid,
    ...(row.name === undefined ? {} : { name: row.name }),
    node: at.node,
  };
  // Every VM has some option: an empty answer tells nothing, least of all that there is no drive.
  if (rows.length === 0) {
    return { data: { ...head, incomplete: [{ part: "pending", reason: "the answer is empty" }] } };
  }
  const about = { ...at, ...(context.clusters.length > 1 ? { cluster: one.name } : {}) };
  const drive = drivesOf(nextConfig).find(({ kind }) => kind === "cloudinit");
  if (!drive) {
    const keys = cloudInitKeysOf(nextConfig);
    return {
      data: {
        ...head,
        warnings: [
          keys.length === 0
            ? "It has no cloud-init drive, and nothing is set for one."
            : `It has no cloud-init drive, so that ${keys.join(", ")} never ${keys.length === 1 ? "reaches" : "reach"} the guest.`,
        ],
        next: addCloudInitDrive(about, nextConfig),
      },
    };
  }
  const missing: NonNullable<Incomplete> = [];
  const wanted = part === undefined ? PARTS : [part];
  const [texts, changed] = await Promise.all([
    readParts(one.send, at, wanted, missing),
    changesOf(one.send, at).catch((error: unknown) => {
      missing.push({ part: "changes", reason: reasonOf(error) });
      return undefined;
    }),
  ]);
  const warnings = warningsOf(config, nextConfig, drive.key, texts);
  return {
    data: {
      ...head,
      drive: drive.key,
      ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, cut(text)])),
      ...(changed === undefined ? {} : { changed }),
      ...(warnings.length > 0 ? { warnings } : {}),
      ...(changed !== undefined && changed.length > 0
        ? {
            next: {
              tool: "proxmox_api_call",
              arguments: {
                ...(about.cluster === undefined ? {} : { cluster: about.cluster }),
                method: "PUT",
                path: `/nodes/${at.node}/qemu/${at.vmid}/cloudinit`,
              },
              note: "Makes the drive anew; the guest reads it when it starts the next time.",
            },
          }
        : {}),
      ...(missing.length > 0 ? { incomplete: missing } : {}),
    },
  };
}

async function readParts(
  send: Send,
  at: { node: string; vmid: number },
  wanted: readonly Part[],
  missing: NonNullable<Incomplete>,
): Promise<Partial<Record<Part, string>>> {
  const parts: Partial<Record<Part, Promise<{ data: unknown }>>> = {};
  for (const type of wanted) parts[type] = getNodesQemuCloudinitDump(send, { ...at, type });
  const taken = await takeParts(parts as Record<Part, Promise<{ data: unknown }>>, missing);
  const texts: Partial<Record<Part, string>> = {};
  for (const type of wanted) if (taken[type]) texts[type] = maskCloudInit(String(taken[type].data ?? ""));
  return texts;
}

/** What the drive still holds of old, and lacks of new values; a password comes masked (pve-facts 15, 69). */
async function changesOf(send: Send, at: { node: string; vmid: number }): Promise<NonNullable<Output["changed"]>> {
  const { data } = await getNodesQemuCloudinit(send, at);
  return ((data ?? []) as unknown as readonly Row[]).flatMap((row) => {
    const key = String(row.key);
    const gone = row.delete !== undefined && row.delete !== null && Number(row.delete) !== 0;
    if (row.pending === undefined && !gone) return [];
    return [{ key, ...shown("from", key, row.value), ...(gone ? {} : shown("to", key, row.pending)) }];
  });
}

function shown<N extends "from" | "to">(name: N, key: string, value: unknown): { [K in N]?: string } {
  if (value === undefined || value === null) return {};
  const text = key === "sshkeys" ? decodeKeys(String(value)) : key === "cipassword" ? "[redacted]" : String(value);
  return { [name]: text.length > LONGEST / 10 ? `${text.slice(0, LONGEST / 10)}…` : text } as { [K in N]?: string };
}

/** Keys are stored percent-encoded (pve-facts 12). */
function decodeKeys(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}

function warningsOf(
  config: VmConfig,
  nextConfig: VmConfig,
  drive: string,
  texts: Partial<Record<Part, string>>,
): string[] {
  const warnings: string[] = [];
  if (!drivesOf(config).some(({ kind }) => kind === "cloudinit")) {
    warnings.push(`The drive ${drive} is pending: a running guest sees it after its next start only.`);
  }
  for (const [part, volid] of pairsOf(nextConfig.cicustom)) {
    const about = part === "vendor" ? "adds to" : "replaces";
    warnings.push(
      `The guest gets ${volid}, which ${about} the ${part} data${about === "adds to" ? "" : " shown here"}.`,
    );
  }
  for (const [part, text] of Object.entries(texts)) {
    if (text.length > LONGEST) warnings.push(`${part} is cut: ${text.length} characters in all.`);
  }
  return warnings;
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
