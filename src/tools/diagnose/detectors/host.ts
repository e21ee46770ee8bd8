import { type Detector, STAGE } from "../cause.ts";
import { bytes, configLine, logLine, quote, settled } from "../evidence.ts";
import type { VmFacts } from "../facts.ts";
import { guestsOnNode, nodeGet, updateConfig } from "../next-calls.ts";
import { hostDevicesOf, memoryOf } from "../vm-config.ts";

const MEBIBYTE = 1_048_576;

/** The server's own check, which the processor's flags decide. */
const NO_KVM = /KVM virtualisation configured, but not available/i;
/** QEMU's complaint: something else holds the processor's virtualization, or the module is not loaded. */
const KVM_REFUSED = /failed to initialize kvm|Could not access KVM kernel module/i;

/** QEMU without KVM is chosen by `kvm=0` only; the server refuses to fall back to it. */
const kvm: Detector<VmFacts> = (facts) => {
  const refused = logLine(facts, KVM_REFUSED);
  const line = refused ?? logLine(facts, NO_KVM);
  const { host, nextConfig } = facts;
  const wanted = nextConfig === undefined ? undefined : Number(nextConfig.kvm ?? 1) !== 0;
  if (wanted === false) return { fine: "KVM is not asked for" };
  if (host?.hvm === true && !refused) {
    return line
      ? { causes: [settled(facts, STAGE.cpu, line, `${facts.node} has virtualization`)] }
      : { fine: "KVM available" };
  }
  if (host?.hvm !== false && !line) return undefined;
  return {
    causes: [
      {
        cause: refused && host?.hvm !== false ? "kvm-refused" : "kvm-unavailable",
        severity: "blocks",
        stage: STAGE.cpu,
        what:
          refused && host?.hvm !== false
            ? `${facts.node} has hardware virtualization, and refused it to QEMU: another hypervisor may hold it, or its module is not loaded.`
            : `${facts.node} offers no hardware virtualization, which the VM is configured to use.`,
        evidence: [
          ...(host?.hvm === false
            ? [{ where: `GET /nodes/${facts.node}/status, cpuinfo.hvm`, says: "no virtualization" }]
            : []),
          ...(line ? [quote(line)] : []),
          ...(nextConfig ? [configLine(facts, "kvm")] : []),
        ],
        next: nodeGet(
          facts,
          `Switch VT-x or AMD-V on in the firmware of ${facts.node}, or nested virtualization where it is a VM itself; kvm=0 runs the VM without, many times slower.`,
        ),
      },
    ],
  };
};

const cpus: Detector<VmFacts> = (facts) => {
  const line = logLine(facts, /MAX \d+ vcpus allowed per VM on this node/);
  const { host, nextConfig } = facts;
  if (!nextConfig || host?.cpus === undefined) return undefined;
  const wanted = Number(nextConfig.sockets ?? 1) * Number(nextConfig.cores ?? 1);
  if (wanted <= host.cpus) {
    return line ? { causes: [settled(facts, STAGE.cpu, line, `${wanted} of ${host.cpus} processors`)] } : undefined;
  }
  return {
    causes: [
      {
        cause: "too-many-cpus",
        severity: "blocks",
        stage: STAGE.cpu,
        what: `It wants ${wanted} processors, and ${facts.node} has ${host.cpus}.`,
        evidence: [
          configLine(facts, "cores"),
          configLine(facts, "sockets"),
          { where: `GET /nodes/${facts.node}/status, cpuinfo.cpus`, says: String(host.cpus) },
          ...(line ? [quote(line)] : []),
        ],
        next: updateConfig(facts, { sockets: 1, cores: host.cpus }),
      },
    ],
  };
};

/** QEMU's words when it does not get its memory, with or without huge pages. */
const NO_MEMORY =
  /cannot (?:set up guest memory|allocate memory)|Cannot allocate memory|hugepages? .*fail|unable to allocate .*hugepages/i;

const memory: Detector<VmFacts> = (facts) => {
  const line = logLine(facts, NO_MEMORY);
  const { host, nextConfig, run } = facts;
  if (!nextConfig || run?.running) return undefined;
  const wanted = memoryOf(nextConfig) * MEBIBYTE;
  const [total, free] = [host?.memoryTotal, host?.memoryFree];
  if (total === undefined || free === undefined) {
    if (!line) return undefined;
  } else if (wanted <= free && !(line && nextConfig.hugepages !== undefined)) {
    return line
      ? { causes: [settled(facts, STAGE.memory, line, `${bytes(free)} are free on ${facts.node}`)] }
      : { fine: `memory: wants ${bytes(wanted)}, ${bytes(free)} free` };
  }
  // A device that is passed through, and huge pages, pin all of it from the start; else it comes bit by bit.
  const pinned = nextConfig.hugepages !== undefined || hostDevicesOf(nextConfig, "hostpci").length > 0;
  const blocks = line !== undefined || pinned || (total !== undefined && wanted > total);
  return {
    causes: [
      {
        cause: "memory-short",
        severity: blocks ? "blocks" : "warning",
        stage: STAGE.memory,
        what:
          free === undefined
            ? `${facts.node} could not give it the ${bytes(wanted)} of memory that it wants.`
            : `It wants ${bytes(wanted)} of memory, and ${facts.node} has ${bytes(free)} free of ${bytes(total!)}.`,
        evidence: [
          configLine(facts, "memory"),
          ...(free === undefined
            ? []
            : [
                {
                  where: `GET /nodes/${facts.node}/status, memory`,
                  says: `free ${bytes(free)}, total ${bytes(total!)}`,
                },
              ]),
          ...(line ? [quote(line)] : []),
        ],
        next:
          total !== undefined && wanted > total
            ? updateConfig(facts, { memory: Math.max(16, Math.floor((free ?? total) / MEBIBYTE / 2)) })
            : guestsOnNode(facts, "Free memory there, give this VM less, or migrate it to a node with more."),
      },
    ],
  };
};

/** What the node has to give: virtualization, processors, memory. */
export const hostDetectors = { kvm, cpus, memory };
