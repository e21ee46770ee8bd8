import { type Detector, type Evidence, type RankedCause, STAGE } from "../cause.ts";
import { configLine } from "../evidence.ts";
import type { VmFacts } from "../facts.ts";
import { updateConfig, vmGet } from "../next-calls.ts";
import { bootOrderOf, type Drive, drivesOf, isOn, nicsOf, type VmConfig } from "../vm-config.ts";

function isDisk({ key, kind, text }: Drive): boolean {
  return kind === "disk" && !/^(?:efidisk|tpmstate)/.test(key) && !text.startsWith("none");
}

/** The order that is most likely meant: the disk that is set as boot disk or comes first, then a filled CD drive. */
function likelyOrder(config: VmConfig, disks: readonly Drive[], media: readonly Drive[]): string {
  const first = disks.find(({ key }) => key === config.bootdisk) ?? disks[0];
  return `order=${[first, media[0]].flatMap((drive) => drive?.key ?? []).join(";")}`;
}

/**
 * Where the firmware looks for a system. The order may name devices that are gone, as removing one changes it without
 * a word (pve-facts 68); a guest whose agent answers has booted, whatever the order says.
 */
const order: Detector<VmFacts> = (facts) => {
  const config = facts.run?.running ? facts.config : facts.nextConfig;
  if (!config || facts.template) return undefined;
  const drives = drivesOf(config);
  const disks = drives.filter(isDisk);
  const media = drives.filter(({ kind, volid }) => kind === "cdrom" && volid !== undefined);
  const passed = Object.keys(config).filter((key) => /^(?:hostpci|usb)\d+$/.test(key));
  const given = bootOrderOf(config);
  const all = [...disks.map(({ key }) => key), ...media.map(({ key }) => key), ...nicsOf(config).map(({ key }) => key)];
  const effective = given ?? all;
  const usable = effective.filter((key) => all.includes(key) || passed.includes(key));
  const ghosts = effective.filter((key) => config[key] === undefined);
  const evidence: Evidence[] = [
    configLine(facts, "boot"),
    {
      where: "config, drives",
      says: drives.map(({ key, text }) => `${key}: ${text.split(",")[0]}`).join("; ") || "none",
    },
  ];
  const up = facts.agent?.calls.some(({ outcome }) => outcome === "ok" || outcome === "refused") === true;
  const found = (one: Pick<RankedCause, "cause" | "severity" | "what">, fixed: string) => ({
    causes: [
      {
        ...one,
        severity: up ? ("info" as const) : one.severity,
        stage: STAGE.boot,
        evidence,
        next: updateConfig(facts, { boot: fixed }, facts.run?.running ? "Takes effect at the next start." : undefined),
      },
    ],
  });
  if (disks.length === 0 && media.length === 0 && usable.length === 0) {
    return {
      causes: [
        {
          cause: "nothing-to-boot",
          severity: up ? "info" : "blocks",
          stage: STAGE.boot,
          what: "It has no disk, no filled CD drive and no network card to boot from.",
          evidence,
          next: vmGet(facts, facts.vmid, "A disk that was taken out stands there as unusedN: attach it, or make one."),
        },
      ],
    };
  }
  const fixed = likelyOrder(config, disks, media);
  const gone = ghosts.length === 0 ? "" : `; ${ghosts.join(", ")} ${ghosts.length === 1 ? "does" : "do"} not exist`;
  if (usable.length === 0) {
    return found(
      {
        cause: "boot-order-empty",
        severity: "blocks",
        what: `The boot order names nothing that it could boot from${gone}.`,
      },
      fixed,
    );
  }
  if (disks.length > 0 && !usable.some((key) => disks.some((disk) => disk.key === key) || passed.includes(key))) {
    return found(
      {
        cause: "boot-order-without-disk",
        severity: "warning",
        what: `The boot order names no disk, only ${usable.join(", ")}${gone}.`,
      },
      fixed,
    );
  }
  if (ghosts.length > 0) {
    return found(
      {
        cause: "boot-order-ghost",
        severity: "info",
        what: `The boot order names ${ghosts.join(", ")}, which ${ghosts.length === 1 ? "does" : "do"} not exist; the firmware goes on to ${usable.join(", ")}.`,
      },
      `order=${usable.join(";")}`,
    );
  }
  return { fine: given === undefined ? "boot order: the default" : `boot order ${usable.join(", ")}` };
};

/** UEFI keeps its boot entries in the EFI disk; without one they are lost at every stop. */
const efi: Detector<VmFacts> = (facts) => {
  const config = facts.nextConfig;
  if (config?.bios !== "ovmf" || config.efidisk0 !== undefined) return undefined;
  const storage = drivesOf(config).find(isDisk)?.storage;
  return {
    causes: [
      {
        cause: "efi-disk-missing",
        severity: "info",
        stage: STAGE.boot,
        what: "It boots by UEFI without an EFI disk, so that its boot entries are lost at every stop.",
        evidence: [configLine(facts, "bios"), configLine(facts, "efidisk0")],
        next:
          storage === undefined
            ? vmGet(facts, facts.vmid)
            : updateConfig(facts, { efidisk0: `${storage}:1,efitype=4m` }, "Give it before a system is installed."),
      },
    ],
  };
};

/** A VM that is frozen at start waits for somebody to let it go on. */
const freeze: Detector<VmFacts> = (facts) => {
  const config = facts.run?.running ? facts.config : facts.nextConfig;
  if (!config || !isOn(config.freeze)) return undefined;
  return {
    causes: [
      {
        cause: "frozen-at-start",
        severity: "warning",
        stage: STAGE.running,
        what: "It is configured to stand still after a start (freeze) until it is resumed.",
        evidence: [configLine(facts, "freeze")],
        next: updateConfig(facts, { freeze: false }),
      },
    ],
  };
};

/** What the firmware does. */
export const bootDetectors = { order, efi, freeze };
