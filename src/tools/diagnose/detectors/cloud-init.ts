import { type Detector, type NextCall, STAGE } from "../cause.ts";
import { configLine } from "../evidence.ts";
import type { VmFacts } from "../facts.ts";
import { storageList, unsetConfig, updateConfig } from "../next-calls.ts";
import { cloudInitKeysOf, drivesOf, type VmConfig } from "../vm-config.ts";
import { addressesOf } from "./network.ts";

const SLOTS = ["ide2", "ide0", "ide1", "ide3", "sata5", "scsi30"];

/** Adds a cloud-init drive where a slot is free, on the storage of the first disk. */
export function addCloudInitDrive(facts: Pick<VmFacts, "vmid" | "node" | "cluster">, config: VmConfig): NextCall {
  const slot = SLOTS.find((key) => config[key] === undefined);
  const storage = drivesOf(config).find(({ kind, volid }) => kind === "disk" && volid !== undefined)?.storage;
  if (slot === undefined || storage === undefined) return storageList(facts, "images");
  return updateConfig(facts, { [slot]: `${storage}:cloudinit` }, "Takes effect at the next start.");
}

/** Values for cloud-init reach the guest on a drive only (pve-facts 69). */
const drive: Detector<VmFacts> = (facts) => {
  const config = facts.nextConfig;
  if (!config) return undefined;
  const keys = cloudInitKeysOf(config);
  const drives = drivesOf(config).filter(({ kind }) => kind === "cloudinit");
  if (drives.length > 0) return { fine: `cloud-init drive ${drives[0]!.key}` };
  if (keys.length === 0) return undefined;
  // A guest that has its address was set up already, and the drive taken out afterwards.
  const done = addressesOf(facts).length > 0 || facts.template === true;
  return {
    causes: [
      {
        cause: "cloud-init-drive-missing",
        severity: done ? "info" : "warning",
        stage: STAGE.cloudInit,
        what: `${keys.join(", ")} ${keys.length === 1 ? "is" : "are"} set, and there is no cloud-init drive to bring ${keys.length === 1 ? "it" : "them"} into the guest.`,
        evidence: [
          ...keys
            .filter((key) => !SECRET.test(key))
            .slice(0, 3)
            .map((key) => configLine(facts, key)),
          {
            where: "config, drives",
            says:
              drivesOf(config)
                .map(({ key, text }) => `${key}: ${text.split(",")[0]}`)
                .join("; ") || "none",
          },
        ],
        next: addCloudInitDrive(facts, config),
      },
    ],
  };
};

const SECRET = /^(?:cipassword|sshkeys)$/;

/** An address for a card that is not there goes nowhere. */
const strayAddress: Detector<VmFacts> = (facts) => {
  const config = facts.nextConfig;
  if (!config) return undefined;
  const stray = Object.keys(config).filter(
    (key) => /^ipconfig\d+$/.test(key) && config[`net${key.slice("ipconfig".length)}`] === undefined,
  );
  if (stray.length === 0) return undefined;
  return {
    causes: [
      {
        cause: "address-without-nic",
        severity: "info",
        stage: STAGE.cloudInit,
        what: `${stray.join(", ")} ${stray.length === 1 ? "is" : "are"} set for a network card that is not there.`,
        evidence: stray.slice(0, 3).map((key) => configLine(facts, key)),
        next: unsetConfig(facts, stray),
      },
    ],
  };
};

/** Cloud-init. */
export const cloudInitDetectors = { drive, strayAddress };
