import { CPU_MODELS } from "../../schema/format-data/words.ts";
import { ARM_MACHINES, MACHINES } from "../state/machines.ts";
import { directory } from "./node-of.ts";
import { type Call, may, type Route, text } from "./route.ts";

/** Models of no maker. */
const GENERIC = /^(?:host|max|kvm\d+|qemu\d+|x86-64-.*)$/;
const ARM = /^(?:a64fx|cortex-|neoverse-)/;
const AMD = /^(?:EPYC|Opteron|athlon|phenom)/;

function vendorOf(name: string): string {
  if (GENERIC.test(name)) return "default";
  return AMD.test(name) ? "AuthenticAMD" : "GenuineIntel";
}

function models(call: Call): Record<string, unknown>[] {
  if (text(call, "arch") === "aarch64")
    return CPU_MODELS.filter((name) => ARM.test(name) || name === "host" || name === "max").map((name) => ({
      name,
      vendor: GENERIC.test(name) ? "default" : "ARM",
      custom: 0,
    }));
  const builtin = CPU_MODELS.filter((name) => !ARM.test(name)).map((name) => ({
    name,
    vendor: vendorOf(name),
    custom: 0,
    ...(name.startsWith("x86-64-") ? { abstract: 1 } : {}),
  }));
  if (!may(call, "/nodes", "Sys.Audit")) return builtin;
  const { cpuModels } = call.state.datacenter;
  const own = cpuModels.ids.map((id) => {
    const base = String(cpuModels.get(id)?.["reported-model"] ?? "kvm64");
    return { name: `custom-${id.replace(/^custom-/, "")}`, vendor: vendorOf(base), custom: 1 };
  });
  return [...builtin, ...own];
}

/** Flags that can be set apart from a model, and what each is for. */
const FLAGS: readonly [string, string][] = [
  ["nested-virt", "Virtual machines within the guest"],
  ["aes", "AES in hardware"],
  ["amd-no-ssb", "Host is safe from Spectre (AMD)"],
  ["amd-ssbd", "Faster Spectre mitigation (AMD)"],
  ["hv-evmcs", "Faster nested virtualization (Intel)"],
  ["hv-tlbflush", "Faster Windows guests on busy hosts"],
  ["ibpb", "Spectre mitigation (AMD)"],
  ["md-clear", "MDS mitigation is visible"],
  ["pcid", "Cheaper Meltdown fix on old processors (Intel)"],
  ["pdpe1gb", "Pages of 1 GiB"],
  ["spec-ctrl", "Spectre mitigation (Intel)"],
  ["ssbd", "Speculative store bypass protection (Intel)"],
  ["virt-ssbd", "Speculative store bypass protection (AMD)"],
];

function machines(call: Call): unknown {
  return text(call, "arch") === "aarch64" ? ARM_MACHINES : MACHINES;
}

/** What the QEMU of a node can do. */
export const capabilityRoutes: readonly Route[] = [
  directory("GET /nodes/{node}/capabilities", "qemu"),
  directory("GET /nodes/{node}/capabilities/qemu", "cpu cpu-flags machines migration"),
  { id: "GET /nodes/{node}/capabilities/qemu/cpu", local: true, run: (call) => ({ data: models(call) }) },
  {
    id: "GET /nodes/{node}/capabilities/qemu/cpu-flags",
    local: true,
    run: () => ({ data: FLAGS.map(([name, description]) => ({ name, description, "supported-on": [] })) }),
  },
  { id: "GET /nodes/{node}/capabilities/qemu/machines", run: (call) => ({ data: machines(call) }) },
  { id: "GET /nodes/{node}/capabilities/qemu/migration", run: () => ({ data: { "has-dbus-vmstate": true } }) },
];
