import { Bench } from "tinybench";
import { encodeRequest } from "../../src/pve/encode.ts";
import { indexResources } from "../../src/pve/resource-index.ts";
import { validateCall } from "../../src/pve/validate.ts";
import { search } from "../../src/search/search.ts";
import { median, type Row, ratio } from "./rows.ts";

const CREATE = "POST /nodes/{node}/qemu";
const VM = {
  node: "pve1",
  vmid: 123,
  name: "web01",
  memory: "4096",
  cores: 4,
  cpu: "x86-64-v2-AES,flags=+aes",
  ostype: "l26",
  scsihw: "virtio-scsi-single",
  scsi0: "local-lvm:32,discard=on,iothread=1,ssd=1",
  net0: "virtio,bridge=vmbr0,firewall=1,tag=20",
  ipconfig0: "ip=10.0.0.5/24,gw=10.0.0.1",
  agent: "enabled=1,fstrim_cloned_disks=1",
  boot: "order=scsi0;net0",
  tags: "web;prod",
  onboot: true,
};
const GUESTS = 10_000;

const us = (value: number): string => `${value < 1 ? value.toFixed(3) : value.toFixed(value < 100 ? 1 : 0)} µs`;

/** What is done within the process, against JSON.stringify of the same parameters. */
export async function inProcess(): Promise<Row[]> {
  const bench = new Bench({ time: 1000, warmupTime: 300 });
  bench
    .add("stringify", () => void JSON.stringify(VM))
    .add("encode", () => void encodeRequest(CREATE, VM))
    .add("validate", async () => void (await validateCall(CREATE, VM)))
    .add("search", () => void search("take a backup of a container", 5));
  await bench.run();
  // tinybench counts in milliseconds.
  const at = (name: string) => median(bench.getTask(name)!.result!.samples) * 1000;
  const least = ["JSON.stringify", at("stringify")] as const;
  const question = at("search");
  return [
    ratio("a VM's creation with 14 parameters, encoded", at("encode"), least, { unit: us }),
    ratio("the same, validated", at("validate"), least, { unit: us }),
    {
      what: "`proxmox_api_search`, in process",
      ours: us(question),
      against: "",
      result: us(question),
      bound: "5 ms",
      kept: question <= 5000,
    },
    await indexRow(),
  ];
}

/** Bytes that the index holds for each guest. */
async function indexRow(): Promise<Row> {
  const rows = Array.from({ length: GUESTS }, (_, index) => ({
    id: `qemu/${index + 100}`,
    type: "qemu",
    vmid: index + 100,
    name: `guest-${index}`,
    node: `pve${index % 32}`,
    status: "running",
    tags: "prod;web",
    pool: "team-a",
    cpu: 0.01 * (index % 90),
    maxcpu: 4,
    mem: 2 ** 30 + index,
    maxmem: 2 ** 32,
    disk: 0,
    maxdisk: 2 ** 35,
    uptime: 1000 + index,
    template: 0,
    diskread: index * 1000,
    diskwrite: index * 2000,
    netin: index * 3000,
    netout: index * 4000,
  }));
  const text = JSON.stringify(rows);
  rows.length = 0;
  const heap = () => {
    globalThis.gc!();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  const index = indexResources(JSON.parse(text) as unknown[], 0);
  const bytes = (heap() - before) / GUESTS;
  if (index.guests.size !== GUESTS) throw new Error("the index is not whole");
  return {
    what: "memory of the resource index, a guest",
    ours: `${bytes.toFixed(0)} bytes`,
    against: `its JSON: ${(text.length / GUESTS).toFixed(0)} bytes`,
    result: `${bytes.toFixed(0)} bytes`,
  };
}
