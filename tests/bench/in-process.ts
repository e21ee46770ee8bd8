import { Bench } from "tinybench";
import { encodeRequest } from "../../src/pve/encode.ts";
import { validateCall } from "../../src/pve/validate.ts";
import { search } from "../../src/search/search.ts";
import { indexMemory } from "../support/index-memory.ts";
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
    indexRow(),
  ];
}

function indexRow(): Row {
  const { bytes, json } = indexMemory();
  return {
    what: "memory of the resource index, a guest",
    ours: `${bytes.toFixed(0)} bytes`,
    against: `its JSON: ${json.toFixed(0)} bytes`,
    result: `${bytes.toFixed(0)} bytes`,
  };
}
