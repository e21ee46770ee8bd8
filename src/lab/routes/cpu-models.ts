import { die } from "../refusal.ts";
import { deleteOptions, options, type Section, splitList, storable } from "../state/section-config.ts";
import { directory } from "./crud.ts";
import { type Call, may, type Route, text } from "./route.ts";

const PATH = "/cluster/qemu/custom-cpu-models";
const OPTIONS = options("", "cputype reported-model hidden hv-vendor-id flags phys-bits guest-phys-bits level");
const VISIBLE = ["Mapping.Modify", "Mapping.Use", "Mapping.Audit"];

/** Names of flags that may be set one by one, and what they are for. */
const FLAGS: Readonly<Record<string, string>> = {
  "nested-virt": "Virtualization inside the guest, on either vendor's processors.",
  aes: "AES instructions.",
  "amd-no-ssb": "Tells the guest that the host has no speculative store bypass (AMD).",
  "amd-ssbd": "Mitigation of speculative store bypass (AMD), together with virt-ssbd.",
  "hv-evmcs": "Faster nested Hyper-V on Intel processors.",
  "hv-tlbflush": "Fewer flushes of overcommitted Windows guests.",
  ibpb: "Barrier for indirect branch prediction.",
  "md-clear": "Lets the guest mitigate MDS.",
  pcid: "Cheaper Meltdown mitigation on older Intel processors.",
  pdpe1gb: "Pages of one gigabyte in the guest.",
  "spec-ctrl": "Better Spectre mitigation on Intel processors.",
  ssbd: "Mitigation of speculative store bypass (Intel).",
  "virt-ssbd": "Basis of the mitigation of speculative store bypass (AMD).",
};

/** The flags with the nodes whose processors have them. */
function cpuFlags(): Section[] {
  // No node of the lab has been asked what its processor can do.
  return Object.entries(FLAGS).map(([name, description]) => ({ name, description, "supported-on": [] }));
}

/** `custom-` before the name is optional. */
function nameOf(call: Call): string {
  return (text(call, "cputype") ?? "").replace(/^custom-/, "");
}

function modelsOf(call: Call) {
  return call.state.datacenter.cpuModels;
}

function list(call: Call): Section[] {
  const models = modelsOf(call);
  return models.ids
    .filter((name) => VISIBLE.some((privilege) => may(call, `/mapping/cpu/${name}`, privilege)))
    .map((name) => {
      const { type: _, ...model } = models.get(name)!;
      return { ...model, digest: models.digest };
    });
}

function read(call: Call): Section {
  const name = nameOf(call);
  const model = modelsOf(call).get(name);
  if (!model) throw die(`Custom cputype '${name}' not found`);
  const { type: _, ...values } = model;
  const set = Object.entries(values).filter(([, value]) => value !== 0 && value !== "");
  return { ...Object.fromEntries(set), digest: modelsOf(call).digest };
}

function valuesOf(call: Call, operation: string): Section {
  const { digest: _, delete: __, ...rest } = call.params;
  return { ...storable(operation, rest), cputype: `custom-${nameOf(call)}` };
}

function create(call: Call): null {
  const models = modelsOf(call);
  const name = nameOf(call);
  if (models.has(name)) throw die(`custom CPU model '${name}' already exists`);
  models.set(name, { type: "cpu-model", ...valuesOf(call, `POST ${PATH}`) });
  return null;
}

function update(call: Call): null {
  const models = modelsOf(call);
  const name = nameOf(call);
  const deletions = splitList(call.params.delete);
  if (deletions.includes("cputype")) throw die("cannot delete 'cputype'");
  models.assertUnmodified(call.params.digest);
  const old = models.get(name);
  if (!old) throw die(`custom CPU model '${name}' does not exist`);
  const values = valuesOf(call, `PUT ${PATH}/{cputype}`);
  const model: Section = { ...old };
  deleteOptions(model, OPTIONS, values, deletions);
  models.set(name, Object.assign(model, values));
  return null;
}

/** Processor models of the administrator's own, and the flags that models may have. */
export const cpuModelRoutes: readonly Route[] = [
  directory("/cluster/qemu", "name", "cpu-flags custom-cpu-models"),
  { id: "GET /cluster/qemu/cpu-flags", run: () => ({ data: cpuFlags() }) },
  { id: `GET ${PATH}`, run: (call) => ({ data: list(call) }) },
  { id: `POST ${PATH}`, writes: true, run: (call) => ({ data: create(call) }) },
  { id: `GET ${PATH}/{cputype}`, run: (call) => ({ data: read(call) }) },
  { id: `PUT ${PATH}/{cputype}`, writes: true, run: (call) => ({ data: update(call) }) },
  {
    id: `DELETE ${PATH}/{cputype}`,
    writes: true,
    run: (call) => {
      const name = nameOf(call);
      if (!modelsOf(call).delete(name)) throw die(`custom CPU model '${name}' does not exist`);
      return { data: null };
    },
  },
];
