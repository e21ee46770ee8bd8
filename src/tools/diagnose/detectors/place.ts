import { type Detector, type RankedCause, STAGE } from "../cause.ts";
import { logLine, quote } from "../evidence.ts";
import type { VmFacts } from "../facts.ts";
import { apiPut, clone, clusterStatus, runningTasks, vmAction } from "../next-calls.ts";

const nodeOnline: Detector<VmFacts> = (facts) => {
  if (facts.nodeOnline) return undefined;
  return {
    causes: [
      {
        cause: "node-offline",
        severity: "blocks",
        stage: STAGE.node,
        what: `Its node ${facts.node} is offline, and with it everything on it${facts.ha ? "; HA starts it elsewhere once the node is fenced" : ""}.`,
        evidence: [
          facts.unreachable === undefined
            ? { where: `GET /cluster/resources, node/${facts.node}`, says: "status offline" }
            : { where: `GET /nodes/${facts.node}/qemu/${facts.vmid}/status/current`, says: facts.unreachable },
        ],
        next: clusterStatus(facts, `Check power and network of ${facts.node}.`),
      },
    ],
  };
};

/** Without quorum nothing is started and nothing written (pve-facts 107). */
const quorum: Detector<VmFacts> = (facts) => {
  if (facts.quorate === undefined) return undefined;
  if (facts.quorate) return { fine: "cluster is quorate" };
  return {
    causes: [
      {
        cause: "no-quorum",
        severity: facts.run?.running ? "warning" : "blocks",
        stage: STAGE.quorum,
        what: "The cluster is not quorate, so that nothing can be started or changed.",
        evidence: [{ where: "GET /cluster/status, quorate", says: "0" }],
        next: clusterStatus(facts, "Bring enough nodes back online; do not force the expected votes."),
      },
    ],
  };
};

/** States in which the HA manager is at work. */
const MOVING =
  /^(?:starting|request_start|request_start_balance|request_stop|stopping|migrate|relocate|queued|freeze)$/;

const ha: Detector<VmFacts> = (facts) => {
  const { ha: managed, run, start } = facts;
  if (!managed) return undefined;
  const { state, request, sick, where } = managed;
  const evidence = [{ where, says: `state ${state}${request === undefined ? "" : `, requested ${request}`}` }];
  const failed = logLine(facts, /in error state, must be disabled and fixed first/);
  const found = (one: Omit<RankedCause, "stage" | "evidence">) => ({
    causes: [{ stage: STAGE.ha, evidence: [...evidence, ...(failed ? [quote(failed)] : [])], ...one }],
  });
  if (state === "error") {
    return found({
      cause: "ha-error",
      severity: run?.running ? "warning" : "blocks",
      what: "HA has given it up (state error), and takes no request for it until it was disabled.",
      next: apiPut(
        facts,
        `/cluster/ha/resources/vm:${facts.vmid}`,
        { state: "disabled" },
        "First mend what made it fail (the other causes here, or its last start's log); then set state to started.",
      ),
    });
  }
  if (state === "fence" || state === "recovery") {
    return found({
      cause: "ha-recovering",
      severity: "blocks",
      what: `HA is recovering it from a node that failed (state ${state}).`,
      next: clusterStatus(facts, "Wait: it takes a minute or two after the fencing."),
    });
  }
  if (MOVING.test(state)) {
    return found({
      cause: "ha-at-work",
      severity: run?.running ? "info" : "warning",
      what: `HA is at work on it (state ${state}); that takes 10 to 20 seconds, also on another node.`,
      next: runningTasks(facts, "Look again in half a minute."),
    });
  }
  if (request === "stopped" || request === "disabled" || (request === undefined && state === "stopped")) {
    if (run?.running) return undefined;
    // A start that went well and did not last was undone (pve-facts 89).
    const reverted = start?.outcome === "ok" && start.type !== "hastart";
    return found({
      cause: reverted ? "ha-reverts-start" : "ha-wants-stopped",
      severity: reverted ? "blocks" : "warning",
      what: reverted
        ? `HA was asked to keep it ${request ?? state}, and has undone a start that went past it.`
        : `HA was asked to keep it ${request ?? state}.`,
      next: vmAction(facts, "start", "Asks HA itself, so that it stays up."),
    });
  }
  if (sick !== undefined && !run?.running) {
    return {
      causes: [
        {
          cause: "ha-manager-sick",
          severity: "warning",
          stage: STAGE.ha,
          what: `The HA manager of ${facts.node} is not in order, so that requests wait.`,
          evidence: [...evidence, { where: `${where}, lrm:${facts.node}`, says: sick }],
          next: clusterStatus(facts),
        },
      ],
    };
  }
  return { fine: `HA state ${state}` };
};

const template: Detector<VmFacts> = (facts) => {
  if (!facts.template) return undefined;
  const line = logLine(facts, /if it's a template/);
  return {
    causes: [
      {
        cause: "template",
        severity: "blocks",
        stage: STAGE.template,
        what: "It is a template, which cannot be started.",
        evidence: [{ where: "config template", says: "1" }, ...(line ? [quote(line)] : [])],
        next: clone(facts, "Start the clone instead."),
      },
    ],
  };
};

/** Where it is, and whether it may be started there at all. */
export const placeDetectors = { nodeOnline, quorum, ha, template };
