import {
  getNodesQemuConfig,
  getNodesQemuSnapshot,
  getNodesQemuStatusCurrent,
} from "../../../generated/clients/nodes-qemu.ts";
import type { Send } from "../../schema/operation.ts";
import type { VmState } from "./vm-obstacles.ts";

type Row = Readonly<Record<string, unknown>>;

/** Reads status, configuration and snapshots; a VM about which one of them is unknown is not acted upon. */
export async function readVmState(send: Send, at: { node: string; vmid: number }): Promise<VmState> {
  const [status, config, snapshots] = await Promise.all([
    getNodesQemuStatusCurrent(send, at),
    getNodesQemuConfig(send, at),
    getNodesQemuSnapshot(send, at),
  ]);
  const names = (snapshots.data ?? []).map((row) => String((row as Row).name)).filter((name) => name !== "current");
  return { status: status.data as Row, config: config.data as Row, snapshots: names.sort() };
}
