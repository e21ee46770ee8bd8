import { getNodesQemuConfig, getNodesQemuFeature } from "../../../generated/clients/nodes-qemu.ts";
import type { ResourceSnapshot } from "../../pve/cluster.ts";
import type { Send } from "../../schema/operation.ts";
import { ArgumentError } from "../errors.ts";
import { isOn } from "../flag.ts";
import { chooseStorage } from "../storage/choose.ts";
import { CloneTargets } from "./clone-targets.ts";
import { CloneTargetError, ObstacleError, type Step } from "./errors.ts";
import { disksOf } from "./vm-disks.ts";
import { locked } from "./vm-obstacles.ts";

type Row = Readonly<Record<string, unknown>>;

/** What a clone is to be. */
export interface CloneWish {
  name?: string;
  full?: boolean;
  snapname?: string;
  storage?: string;
  target?: string;
  config: Row;
}

/** A clone that nothing known speaks against. */
export interface ClonePlan {
  source: { vmid: number; name?: string; node: string };
  full: boolean;
  /** Node on which the clone ends up. */
  node: string;
  warnings: string[];
}

/** Checks a wished clone against its source, as the host would, before anything is sent (pve-facts 61, 62). */
export async function planClone(
  send: Send,
  at: { node: string; vmid: number },
  status: string | undefined,
  snapshot: ResourceSnapshot,
  wish: CloneWish,
): Promise<ClonePlan> {
  const { snapname } = wish;
  const current: Row = (await getNodesQemuConfig(send, at)).data;
  const source: Row =
    snapname === undefined ? current : (await getNodesQemuConfig(send, { ...at, snapshot: snapname })).data;
  const name = current.name as string | undefined;
  const held = locked({ status: {}, config: current, snapshots: [] });
  if (held.length > 0) throw new ObstacleError(at.vmid, name, "cloned", held);
  const full = await kindOf(send, at, isOn(current.template), wish);
  const targets = new CloneTargets(snapshot, at.node, disksOf(source));
  if (wish.storage !== undefined) {
    chooseStorage(snapshot, { storage: wish.storage, content: "images", nodes: [at.node] });
  }
  if (wish.target !== undefined) {
    const verdict = targets.node(wish.target, wish.storage);
    if (!verdict.ok) {
      throw new CloneTargetError(wish.target, at.node, verdict.because, detour(at, wish, wish.target));
    }
  }
  return {
    source: { vmid: at.vmid, ...(name === undefined ? {} : { name }), node: at.node },
    full,
    node: wish.target ?? at.node,
    warnings: [
      ...inherited(source),
      ...(status === "running" && snapname === undefined
        ? ["The source is running: the clone's disks are as after a power cut."]
        : []),
      ...namesakes(snapshot, wish.name),
    ],
  };
}

/** Whether the clone is a full one: as asked, or else as the host decides, but full where a storage is named. */
async function kindOf(
  send: Send,
  at: { node: string; vmid: number },
  template: boolean,
  { full: asked, snapname, storage, config }: CloneWish,
): Promise<boolean> {
  const moved = storage !== undefined || config.format !== undefined;
  const full = asked ?? (!template || moved);
  if (!full && moved) {
    const what = storage === undefined ? "config.format" : "storage";
    throw new ArgumentError(
      "full",
      `is false, and a linked clone stays on its source's storage and format`,
      `Leave ${what} out, or make a full clone.`,
    );
  }
  if (!full && !template && snapname === undefined) {
    throw new ArgumentError(
      "full",
      "is false, and linked clones are made of templates and snapshots only",
      "Make a full clone, name a snapshot, or turn the VM into a template first (proxmox_vm_convert_to_template).",
    );
  }
  if (full && snapname === undefined) return full;
  const { data } = await getNodesQemuFeature(send, {
    ...at,
    feature: full ? "copy" : "clone",
    ...(snapname === undefined ? {} : { snapname }),
  });
  if (isOn(data.hasFeature)) return full;
  throw new ArgumentError(
    "full",
    `is ${full}, and the storage of a disk has no ${full ? "copies" : "linked clones"} of ${snapname === undefined ? "templates" : "snapshots"}`,
    full ? "Clone the VM as it is now: leave snapname out." : "Make a full clone.",
  );
}

/** The two calls that put a clone onto another node all the same. */
function detour(at: { node: string; vmid: number }, wish: CloneWish, target: string): Step[] {
  const { target: _, full: __, config, ...kept } = wish;
  const clone = { vmid: at.vmid, full: true, ...kept, ...(Object.keys(config).length > 0 ? { config } : {}) };
  const migrate = {
    method: "POST",
    path: `/nodes/${at.node}/qemu/NEWID/migrate`,
    params: { target, "with-local-disks": 1 },
  };
  return [
    { tool: "proxmox_vm_clone", arguments: clone },
    { tool: "proxmox_api_call", arguments: migrate },
  ];
}

const CLOUD_INIT = /^(?:ci(?:custom|password|type|upgrade|user)|nameserver|searchdomain|sshkeys|ipconfig\d+)$/;

/** What cloud-init would set up in the clone as in its source (pve-facts 69). */
function inherited(source: Row): string[] {
  const keys = Object.keys(source)
    .filter((key) => CLOUD_INIT.test(key))
    .sort();
  if (keys.length === 0) return [];
  const fixed = keys.filter((key) => /^ipconfig/.test(key) && /(?:^|,)ip6?=[0-9a-f]*[:.\d]/i.test(String(source[key])));
  return [
    `It keeps its source's cloud-init values (${keys.join(", ")}): change them before its first start (proxmox_vm_update_config).`,
    ...(fixed.length === 0
      ? []
      : [`${fixed.map((key) => `${key} ${source[key]}`).join("; ")} would then be the address of both.`]),
  ];
}

function namesakes(snapshot: ResourceSnapshot, name: string | undefined): string[] {
  const found = name === undefined ? [] : (snapshot.guestsByName.get(name) ?? []);
  return found.length === 0 ? [] : [`${name} is also the name of ${found.map(({ vmid }) => vmid).join(", ")}.`];
}
