import * as z from "zod";
import { cluster, guest } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { answerOf, diagnosisOutput } from "./answer.ts";
import { agentDetectors } from "./detectors/agent.ts";
import { bootDetectors } from "./detectors/boot-order.ts";
import { cloudInitDetectors } from "./detectors/cloud-init.ts";
import { deviceDetectors } from "./detectors/devices.ts";
import { hostDetectors } from "./detectors/host.ts";
import { lockDetectors } from "./detectors/lock.ts";
import { networkDetectors } from "./detectors/network.ts";
import { pendingDetectors } from "./detectors/pending.ts";
import { placeDetectors } from "./detectors/place.ts";
import { runDetectors } from "./detectors/run-state.ts";
import { storageDetectors } from "./detectors/storage.ts";
import { gatherForBoot } from "./gather-boot.ts";

/** Everything that can keep a VM from coming up. */
export const BOOT_DETECTORS = {
  ...placeDetectors,
  ...lockDetectors,
  ...hostDetectors,
  ...deviceDetectors,
  ...storageDetectors,
  ...networkDetectors,
  ...runDetectors,
  ...bootDetectors,
  ...agentDetectors,
  ...cloudInitDetectors,
  ...pendingDetectors,
};

export default defineTool({
  name: "proxmox_vm_boot_diagnose",
  title: "Diagnose why a VM does not boot",
  description:
    "Diagnose why a virtual machine does not start, boot or get an address: ranked causes with evidence and the next tool call. Touches no guest disk.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, vmid: guest }),
  output: diagnosisOutput,
  async run(context, input) {
    const { facts, found, missing } = await gatherForBoot(context, input, "proxmox_vm_boot_diagnose");
    return { data: answerOf(facts, found.cluster.name, BOOT_DETECTORS, missing) };
  },
});
