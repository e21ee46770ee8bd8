import * as z from "zod";
import { cluster, guest } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { answerOf, diagnosisOutput } from "./answer.ts";
import { agentDetectors } from "./detectors/agent.ts";
import { networkDetectors } from "./detectors/network.ts";
import { placeDetectors } from "./detectors/place.ts";
import { runDetectors } from "./detectors/run-state.ts";
import { storageDetectors } from "./detectors/storage.ts";
import { gatherForAgent } from "./gather-agent.ts";

/** Everything that can keep a guest agent from doing what it is asked. */
export const AGENT_DETECTORS = {
  nodeOnline: placeDetectors.nodeOnline,
  template: placeDetectors.template,
  standstill: runDetectors.standstill,
  halted: storageDetectors.halted,
  stopped: runDetectors.stopped,
  ...agentDetectors,
  nics: networkDetectors.nics,
  address: networkDetectors.address,
};

export default defineTool({
  name: "proxmox_vm_guest_agent_diagnose",
  title: "Diagnose a guest agent",
  description:
    "Diagnose why a VM's guest agent does not answer, run commands or tell an address: ranked causes with evidence and the next tool call.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, vmid: guest }),
  output: diagnosisOutput,
  async run(context, input) {
    const { facts, found, missing } = await gatherForAgent(context, input, "proxmox_vm_guest_agent_diagnose");
    return { data: answerOf(facts, found.cluster.name, AGENT_DETECTORS, missing) };
  },
});
