import { type Detector, type RankedCause, STAGE } from "../cause.ts";
import { bytes, configLine, logLine, quote, settled } from "../evidence.ts";
import type { StorageFact, VmFacts, VolumeFact } from "../facts.ts";
import { apiGet, storageGet, updateConfig } from "../next-calls.ts";

const STATES: Readonly<Record<Exclude<StorageFact["state"], "available">, string>> = {
  inactive: "cannot be reached from",
  disabled: "is disabled, also on",
  elsewhere: "is not offered on",
  undefined: "is not defined, so not on",
};

const UNREACHABLE =
  /storage '([^']+)' (?:is not online|does not exist|is disabled|is not available on node)|unable to activate storage '([^']+)'/;

/** Storages that the VM's volumes are on. */
const storages: Detector<VmFacts> = (facts) => {
  const line = logLine(facts, UNREACHABLE);
  const named = line?.match[1] ?? line?.match[2];
  const known = facts.storages;
  const users = new Map<string, string[]>();
  for (const { storage, key } of facts.volumes ?? []) users.set(storage, [...(users.get(storage) ?? []), key]);
  const causes: RankedCause[] = [];
  for (const [storage, keys] of users) {
    const fact = known?.get(storage);
    const mine = named === storage && line ? [quote(line)] : [];
    if (!fact) {
      if (mine.length > 0) causes.push(unavailable(facts, storage, keys, `could not be used on ${facts.node}`, mine));
    } else if (fact.state !== "available") {
      const says = `${STATES[fact.state]} ${facts.node}`;
      const source = fact.state === "inactive" ? "cluster/resources" : "storage";
      const state = { where: `GET /${source}, storage ${storage}`, says: `${fact.state} on ${facts.node}` };
      causes.push(unavailable(facts, storage, keys, says, [state, ...mine]));
    } else if (mine.length > 0 && line) {
      causes.push(settled(facts, STAGE.volume, line, `storage ${storage} is available on ${facts.node}`));
    }
  }
  if (causes.length > 0) return { causes };
  const states = [...users.keys()].map((name) => known?.get(name)?.state);
  return states.length > 0 && states.every((state) => state === "available")
    ? { fine: `storage ${[...users.keys()].sort().join(", ")} available` }
    : undefined;
};

function unavailable(
  facts: VmFacts,
  storage: string,
  keys: readonly string[],
  says: string,
  evidence: RankedCause["evidence"],
): RankedCause {
  return {
    cause: "storage-unavailable",
    severity: "blocks",
    stage: STAGE.volume,
    what: `Storage ${storage}, which ${keys.join(", ")} ${keys.length === 1 ? "needs" : "need"}, ${says}.`,
    evidence: [...evidence, ...keys.slice(0, 2).map((key) => configLine(facts, key))],
    next: storageGet(facts, storage),
  };
}

/** How the storages' plugins say that a volume is not there. */
const ABSENT =
  /volume '([^']+)' does not exist|can't activate LV '([^']+)'|Failed to find logical volume "([^"]+)"|cannot open '([^']+)': dataset does not exist|no zvol device link for '([^']+)'|error opening image (\S+):/i;

function lineAbout(facts: VmFacts, volid: string) {
  const base = volid.slice(Math.max(volid.lastIndexOf("/"), volid.lastIndexOf(":")) + 1);
  const line = logLine(facts, ABSENT);
  return line?.match.slice(1).some((name) => name?.endsWith(base)) ? line : undefined;
}

const NOUNS: Readonly<Record<VolumeFact["kind"], [cause: string, noun: string]>> = {
  disk: ["volume-missing", "Disk"],
  cdrom: ["iso-missing", "CD image"],
  cloudinit: ["volume-missing", "Cloud-init drive"],
  snippet: ["snippet-missing", "Cloud-init snippet"],
  vmstate: ["volume-missing", "Saved memory"],
};

const volumes: Detector<VmFacts> = (facts) => {
  const causes: RankedCause[] = [];
  let present = 0;
  for (const volume of facts.volumes ?? []) {
    const line = lineAbout(facts, volume.volid);
    if (volume.found === true) {
      present += 1;
      if (line) causes.push(settled(facts, STAGE.volume, line, `${volume.volid} is there`));
    } else if (volume.found === false || line) causes.push(missing(facts, volume, line));
  }
  const other = logLine(facts, ABSENT);
  if (other && facts.nextConfig && facts.volumes && !facts.volumes.some(({ volid }) => lineAbout(facts, volid))) {
    causes.push(settled(facts, STAGE.volume, other, "the configuration no longer names that volume"));
  }
  if (causes.length > 0) return { causes };
  return present > 0 ? { fine: `${present} ${present === 1 ? "volume" : "volumes"} present` } : undefined;
};

function missing(facts: VmFacts, volume: VolumeFact, line: ReturnType<typeof logLine>): RankedCause {
  const [cause, noun] = NOUNS[volume.kind];
  const { key, volid, storage, where, says } = volume;
  const content = `/nodes/${facts.node}/storage/${storage}/content`;
  return {
    cause,
    severity: "blocks",
    stage: STAGE.volume,
    what: `${noun} ${volid} (${key}) does not exist on ${facts.node}.`,
    evidence: [
      configLine(facts, key),
      ...(volume.found === false ? [{ where: where ?? `GET ${content}`, says: says ?? "not listed" }] : []),
      ...(line ? [quote(line)] : []),
    ],
    next:
      volume.kind === "cdrom"
        ? updateConfig(facts, { [key]: "none,media=cdrom" }, `Empties the drive; or put the image back on ${storage}.`)
        : volume.kind === "disk"
          ? apiGet(
              facts,
              content,
              "Look whether it was renamed or is on another storage or node, or restore it from a backup; do not take the disk out before.",
              { vmid: facts.vmid },
            )
          : apiGet(facts, content, `Put it back, or take ${key} out.`),
  };
}

/** Plugins that give a volume all its space when it is made, so that a full storage does not hurt the ones there are. */
const THICK = /^(?:lvm|iscsi|iscsidirect|zfs)$/;
/** Share in use from which a storage counts as full, or as nearly so. */
const FULL = 0.999;
const NEARLY = 0.95;

const NO_SPACE =
  /No space left on device|out of (?:data |free )?space|not enough (?:free )?space|insufficient free space|quota exceeded/i;

const space: Detector<VmFacts> = (facts) => {
  const line = logLine(facts, NO_SPACE);
  const causes: RankedCause[] = [];
  const halted = facts.run?.qmp === "io-error";
  for (const [storage, keys] of writableOn(facts)) {
    const fact = facts.storages?.get(storage);
    if (fact?.used === undefined || !fact.total) continue;
    const share = fact.used / fact.total;
    const thick = fact.type !== undefined && THICK.test(fact.type);
    if (share < NEARLY || (thick && !line)) continue;
    const full = share >= FULL;
    const blocks = full && (halted || line !== undefined);
    causes.push({
      cause: full ? "storage-full" : "storage-nearly-full",
      severity: blocks ? "blocks" : full ? "warning" : "info",
      stage: halted ? STAGE.running : STAGE.volume,
      what: full
        ? `Storage ${storage} is full${halted ? ", and QEMU has halted the VM at a failed write" : `: the VM halts at the first write to ${keys.join(", ")} that needs space`}.`
        : `Storage ${storage} is ${Math.floor(share * 100)} % full.`,
      evidence: [
        {
          where: `GET /cluster/resources, storage ${storage} on ${facts.node}`,
          says: `${bytes(fact.used)} of ${bytes(fact.total)} in use`,
        },
        ...(halted ? [haltEvidence()] : []),
        ...(full && line ? [quote(line)] : []),
        configLine(facts, keys[0]!),
      ],
      next: storageGet(facts, storage, full ? roomNote(halted) : undefined),
    });
  }
  if (line && !causes.some(({ cause }) => cause === "storage-full")) {
    causes.push({
      cause: "no-space",
      severity: "blocks",
      stage: STAGE.volume,
      what: `The last start found no space left, and no storage of its disks is full: look at the root file system of ${facts.node}.`,
      evidence: [quote(line)],
      next: apiGet(facts, `/nodes/${facts.node}/status`, "rootfs tells how full it is."),
    });
  }
  return causes.length > 0 ? { causes } : undefined;
};

function roomNote(halted: boolean): string {
  return `Make room first (old snapshots and backups, unused disks)${halted ? "; then proxmox_vm_action resume goes on where it halted" : ""}.`;
}

function haltEvidence() {
  return { where: "status/current, qmpstatus", says: "io-error" };
}

/** Storages that the VM writes to, with the keys of its drives there. */
function writableOn(facts: VmFacts): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { storage, kind, key } of facts.volumes ?? []) {
    if (kind === "disk") found.set(storage, [...(found.get(storage) ?? []), key]);
  }
  return found;
}

/** QEMU halts a VM at a failed write or read; the storage tells why, or is to be looked at. */
const halted: Detector<VmFacts> = (facts) => {
  if (facts.run?.qmp !== "io-error") return undefined;
  const disks = [...writableOn(facts).keys()];
  const full = disks.some((storage) => {
    const fact = facts.storages?.get(storage);
    return fact?.used !== undefined && fact.total !== undefined && fact.used / fact.total >= FULL;
  });
  if (full) return undefined;
  return {
    causes: [
      {
        cause: "io-error",
        severity: "blocks",
        stage: STAGE.running,
        what: "QEMU has halted it because a disk could not be read or written.",
        evidence: [haltEvidence()],
        next: disks[0]
          ? storageGet(
              facts,
              disks[0],
              "Once the storage works again, proxmox_vm_action resume goes on where it halted.",
            )
          : apiGet(facts, `/nodes/${facts.node}/journal`, undefined, { lastentries: 200 }),
      },
    ],
  };
};

/** Storages, and what the VM needs of them. */
export const storageDetectors = { storages, volumes, space, halted };
