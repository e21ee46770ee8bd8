import { type Detector, type Evidence, type RankedCause, type Severity, STAGE } from "../cause.ts";
import { configLine } from "../evidence.ts";
import type { VmFacts } from "../facts.ts";
import { agentDiagnose, apiGet, apiPost, console, updateConfig, vmAction } from "../next-calls.ts";
import { agentIsOn, isOn, pairsOf } from "../vm-config.ts";
import { BOOTING_SECONDS } from "./network.ts";

/** Without an agent a VM boots as well; it is an obstacle only where the agent is what is asked about. */
function weigh({ question }: VmFacts, forAgent: Severity, forBoot: Severity): Severity {
  return question === "agent" ? forAgent : forBoot;
}

const option: Detector<VmFacts> = (facts) => {
  const { config, run } = facts;
  if (!config || facts.template) return undefined;
  if (facts.question === "boot" && !run?.running) return undefined;
  const on = agentIsOn(config);
  const waiting = facts.pending?.find(({ key }) => key === "agent");
  const later = waiting ? isOn(pairsOf(waiting.to, "enabled").get("enabled")) : on;
  if (on && later) return { fine: "agent option on" };
  if (on) {
    return {
      causes: [
        {
          cause: "agent-goes-off",
          severity: "info",
          stage: STAGE.agent,
          what: "The agent option is on, and will be off after the next start.",
          evidence: [configLine(facts, "agent")],
          next: updateConfig(facts, { agent: "enabled=1" }),
        },
      ],
    };
  }
  if (later && run?.running) {
    return {
      causes: [
        {
          cause: "agent-option-pending",
          severity: weigh(facts, "blocks", "info"),
          stage: STAGE.agent,
          what: "The agent option was switched on while it ran, and its device comes with the next start only.",
          evidence: [configLine(facts, "agent")],
          next: vmAction(facts, "reboot", "A reboot from inside the guest does not do it."),
        },
      ],
    };
  }
  return {
    causes: [
      {
        cause: "agent-option-off",
        severity: weigh(facts, "blocks", "info"),
        stage: STAGE.agent,
        what: "The agent option is off, so that nobody can ask the guest anything.",
        evidence: [{ where: "config agent", says: String(config.agent ?? "not set") }],
        next: updateConfig(
          facts,
          { agent: "enabled=1" },
          `Takes effect once it is stopped and started${run?.running ? " (proxmox_vm_action reboot)" : ""}; qemu-guest-agent has to run in the guest.`,
        ),
      },
    ],
  };
};

const answers: Detector<VmFacts> = (facts) => {
  const calls = facts.agent?.calls ?? [];
  if (calls.length === 0) return undefined;
  const heard = calls.filter(({ outcome }) => outcome === "ok" || outcome === "refused");
  const silent = calls.filter(({ outcome }) => outcome === "silent");
  const evidence: Evidence[] = calls
    .filter(({ outcome }) => outcome !== "ok")
    .map(({ command, says, outcome }) => ({ where: `agent ${command}`, says: says ?? outcome }));
  if (silent.length > 0 && heard.length > 0) {
    return {
      causes: [
        {
          cause: "agent-unsteady",
          severity: weigh(facts, "warning", "info"),
          stage: STAGE.agent,
          what: "The agent answers now and then, as while a guest boots, updates itself or is very busy.",
          evidence,
          next: agentDiagnose(facts, "Ask again in half a minute."),
        },
      ],
    };
  }
  if (silent.length > 0) return { causes: [mute(facts, evidence)] };
  const failed = calls.filter(({ outcome }) => outcome === "failed");
  if (failed.length > 0 && heard.length === 0) {
    return {
      causes: [
        {
          cause: "agent-call-failed",
          severity: weigh(facts, "blocks", "info"),
          stage: STAGE.agent,
          what: "The agent could not be asked.",
          evidence,
          next: apiGet(facts, `/nodes/${facts.node}/journal`, undefined, { lastentries: 100 }),
        },
      ],
    };
  }
  return heard.length > 0
    ? { fine: `agent answers${facts.agent?.version === undefined ? "" : ` (version ${facts.agent.version})`}` }
    : undefined;
};

function mute(facts: VmFacts, evidence: Evidence[]): RankedCause {
  const { run } = facts;
  const young = (run?.uptime ?? 0) < BOOTING_SECONDS;
  const all = [
    ...evidence.slice(0, 1),
    configLine(facts, "agent"),
    { where: "status/current, uptime", says: `${run?.uptime ?? 0} s` },
  ];
  if (young) {
    return {
      cause: "agent-not-yet",
      severity: weigh(facts, "warning", "info"),
      stage: STAGE.agent,
      what: `The agent does not answer yet; it runs for ${run?.uptime ?? 0} s, and may still boot.`,
      evidence: all,
      next: agentDiagnose(facts, "Ask again in a minute."),
    };
  }
  if (run?.lock === "backup" || run?.lock === "snapshot") {
    return {
      cause: "agent-busy",
      severity: weigh(facts, "warning", "info"),
      stage: STAGE.agent,
      what: `The agent does not answer while a task works on it (lock ${run.lock}): it may have frozen the file systems for that.`,
      evidence: [...all, { where: "config lock", says: run.lock }],
      next: agentDiagnose(facts, "Ask again once the task has ended."),
    };
  }
  const isa = pairsOf(facts.config?.agent, "enabled").get("type") === "isa";
  return {
    cause: "agent-silent",
    severity: weigh(facts, "blocks", "warning"),
    stage: STAGE.agent,
    what:
      facts.question === "agent"
        ? "The agent does not answer: qemu-guest-agent is not installed or does not run in the guest."
        : "The guest does not answer: its agent is not installed or does not run, or the system has not come up.",
    evidence: all,
    next: console(
      facts,
      `See there whether the system is up, and install and start qemu-guest-agent in it (Windows: from the virtio-win image, with the ${isa ? "serial" : "virtio-serial"} driver).`,
    ),
  };
}

/** What an agent answers with while it keeps the file systems frozen; everything else is off then. */
const FROZEN_ONLY = /^guest-(?:ping|info|sync|sync-delimited|fsfreeze-status|fsfreeze-thaw)$/;
const RUNS_COMMANDS = ["guest-exec", "guest-exec-status"];
const HANDLES_FILES = /^guest-file-/;

/** Commands that the agent has and refuses, as distributions set it up (pve-facts 73). */
const commands: Detector<VmFacts> = (facts) => {
  const { disabled, known = 0 } = facts.agent ?? {};
  if (disabled === undefined || facts.question !== "agent") return undefined;
  if (disabled.length === 0) return { fine: `all ${known} commands allowed` };
  const evidence = [
    { where: "agent info, supported_commands", says: `not enabled: ${[...disabled].sort().join(", ")}` },
  ];
  if (disabled.length > 10 && !disabled.some((name) => FROZEN_ONLY.test(name))) {
    return {
      causes: [
        {
          cause: "agent-frozen",
          severity: "blocks",
          stage: STAGE.agent,
          what: "The agent keeps the guest's file systems frozen (fsfreeze), and refuses nearly everything until it lets them go.",
          evidence: [...evidence, ...(facts.run?.lock ? [{ where: "config lock", says: facts.run.lock }] : [])],
          next: apiPost(
            facts,
            `/nodes/${facts.node}/qemu/${facts.vmid}/agent/fsfreeze-thaw`,
            "Only when no backup or snapshot is at work on it; else wait for its end.",
          ),
        },
      ],
    };
  }
  const causes: RankedCause[] = [];
  const exec = RUNS_COMMANDS.filter((name) => disabled.includes(name));
  const files = disabled.filter((name) => HANDLES_FILES.test(name));
  const allow =
    "There, take them off its list of blocked commands (allow-rpcs or block-rpcs in qemu-ga.conf, FILTER_RPC_ARGS or BLACKLIST_RPC in /etc/sysconfig/qemu-ga) and restart qemu-guest-agent.";
  if (exec.length > 0 || files.length > 0) {
    const what = [exec.length > 0 ? "running commands" : "", files.length > 0 ? "reading and writing files" : ""];
    causes.push({
      cause: exec.length > 0 ? "agent-exec-disabled" : "agent-files-disabled",
      severity: "warning",
      stage: STAGE.agent,
      what: `The guest has switched off ${what.filter(Boolean).join(" and ")} through its agent.`,
      evidence,
      next: console(facts, allow),
    });
  }
  const rest = disabled.filter((name) => !exec.includes(name) && !files.includes(name));
  if (rest.length > 0) {
    causes.push({
      cause: "agent-commands-disabled",
      severity: "info",
      stage: STAGE.agent,
      what: `The guest has switched off ${rest.slice(0, 6).join(", ")}${rest.length > 6 ? ` and ${rest.length - 6} more` : ""}.`,
      evidence,
      next: console(facts, allow),
    });
  }
  return { causes };
};

/** The agent: switched on, there, and willing. */
export const agentDetectors = { option, answers, commands };
