import { wire } from "../../generated/wire.ts";
import { verifyOperation } from "../../src/lab/parameters/index.ts";
import { FORMAT_VALUES, TEXTS } from "../../src/lab/synthetic/values.ts";
import type { Fact } from "../../src/schema/facts.ts";
import type { OperationId } from "../../src/schema/operation.ts";

type Params = Record<string, unknown>;

/** Values of required parameters that need more than their facts tell. */
const NAMED: readonly (readonly [RegExp, readonly unknown[]])[] = [
  // Whoever writes what it was given is caught by it.
  [/passw|secret|^ticket$|^otp$/i, ["5ample-0f-a-s3cret"]],
  [/^node$/, ["pve1"]],
  [/^target$/, ["pve2", "192.0.2.9"]],
  [/^storage$/, ["local", "example"]],
  [/^targetstorage$/, ["local-lvm", "local-lvm:local-lvm"]],
  [/^target-storage$/, ["local-lvm"]],
  [/^target-bridge$/, ["vmbr0"]],
  [/^target-endpoint$/, ["host=192.0.2.9,apitoken=PVEAPIToken=root@pam!t=11111111-2222-4333-8444-555555555555"]],
  [/^newid$/, [9999]],
  [/^volume$/, ["iso/debian-13.1.0-amd64-netinst.iso", "local-lvm:vm-102-disk-0", "rootfs"]],
  [/^userid$/, ["root@pam"]],
  [/^command$/, ["shutdown", "ls", '[{"method":"GET","path":"/version"}]']],
  [/^commands$/, ['[{"method":"GET","path":"version"}]']],
  [/^filename$/, ["example.iso"]],
  [/^(?:certificates|certificate)$/, [PEM()]],
  [/^key$/, ["ret", "pve8c-0123456789", "example"]],
  [/^size$/, ["+1G", "1G"]],
  [/^disk$/, ["scsi0", "rootfs", "/dev/sdb"]],
  [/^(?:id|jobid)$/, ["example", "100-0", "vm:100", "101-1"]],
  [/^sid$/, ["vm:100"]],
  [/^guest$/, [100]],
  [/^(?:dns|server)$/, ["192.0.2.1"]],
  [/^(?:cidr)$/, ["192.0.2.0/24"]],
  [/^subnet$/, ["192.0.2.0/24", "example-192.0.2.0-24"]],
  [/^username$/, ["root@pam"]],
  [/^vncticket$/, ["PVEVNC:0::0"]],
  [/^path$/, ["/", "/dev/sdb"]],
  [/^filepath$/, ["/"]],
  [/^url$/, ["https://example.com/example.iso"]],
  [/^archive$/, ["local:iso/example.iso"]],
  [/^ostemplate$/, ["local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst"]],
  [/^timeframe$/, ["hour"]],
  [
    /^map$/,
    [
      ["node=pve1,path=/srv/example"],
      ["node=pve1,id=1234:5678"],
      ["node=pve1,id=1234:5678,path=0000:01:00.0"],
      ["id=1234:5678,node=pve1,path=1-2"],
    ],
  ],
];

function PEM(): string {
  return `-----BEGIN CERTIFICATE-----\n${"QUJD".repeat(16)}\n-----END CERTIFICATE-----`;
}

function candidates(fact: Fact, name: string): unknown[] {
  const named = NAMED.find(([pattern]) => pattern.test(name))?.[1] ?? [];
  const format = FORMAT_VALUES[fact.format ?? ""] ?? FORMAT_VALUES[(fact.format ?? "").replace(/-list$/, "")];
  const least = fact.minimum ?? 0;
  return [
    ...named,
    ...(fact.enum ?? []),
    ...(fact.default === undefined ? [] : [typeof fact.default === "boolean" ? Number(fact.default) : fact.default]),
    ...(format === undefined ? [] : [format]),
    ...(fact.type === "integer" || fact.type === "number" ? [least, least + 1, 100] : []),
    ...(fact.type === "boolean" ? [0, 1] : []),
    ...(fact.type === "array" ? [["example"]] : []),
    ...TEXTS,
    "example-text-that-is-long-enough-for-anything-that-wants-a-long-one",
  ];
}

/** The parameters that an operation must have, each the first of some usual values that the lab's own check takes. */
export function sampleParameters(id: OperationId, fixed: Params = {}): { params: Params; missing: string[] } {
  const operation = wire.operations[id]!;
  const params: Params = { ...fixed };
  const missing: string[] = [];
  const property = operation.variants?.property;
  const needed = new Map<string, Fact>();
  for (const [name, index] of Object.entries(operation.parameters)) {
    const fact = wire.facts[index]!;
    if (!fact.optional && fact.until === undefined && !name.endsWith("[n]")) needed.set(name, fact);
  }
  if (property !== undefined && operation.variants?.optional === undefined) {
    const [option, parameters] = Object.entries(operation.variants!.options)[0]!;
    params[property] = option;
    for (const [name, index] of Object.entries(parameters))
      if (!wire.facts[index]!.optional) needed.set(name, wire.facts[index]!);
  }
  for (const [name, fact] of needed) {
    if (params[name] !== undefined) continue;
    const value = candidates(fact, name).find((one) => {
      const verdict = verifyOperation(id, { ...params, [name]: one });
      return (
        verdict.status === 200 || !Object.keys(verdict.errors).some((key) => key === name || key.startsWith(`${name}[`))
      );
    });
    if (value === undefined) missing.push(name);
    else params[name] = value;
  }
  return { params, missing };
}
