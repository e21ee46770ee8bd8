import { formatLine, type LogLine, nodeLog } from "../state/journal.ts";
import { hostOf, nodeName } from "./node-of.ts";
import { type Answer, type Call, flag, int, type Route, text } from "./route.ts";

const DEFAULT_LIMIT = 50;

/** A date as logs take it, `2026-11-22` or with a time, in seconds since the epoch. */
function seconds(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d+$/.test(given)) return Number(given);
  const [date = "", clock = "00:00"] = given.split(" ");
  const [hours = "0", minutes = "0", rest = "0"] = clock.split(":");
  return (Date.parse(`${date}T00:00:00Z`) || 0) / 1000 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

function selected(call: Call): LogLine[] {
  if (hostOf(call).profile.missing.has("journal")) return [];
  const since = seconds(text(call, "since"));
  const until = seconds(text(call, "until"));
  const service = text(call, "service");
  return nodeLog(call.state, nodeName(call)).filter(
    ({ time, unit, text: words }) =>
      (since === undefined || time >= since) &&
      (until === undefined || time <= until) &&
      (service === undefined || unit === service || words.includes(`${service}.service`)),
  );
}

function syslog(call: Call): { data: unknown; total: number } {
  const lines = selected(call).map((line) => formatLine(nodeName(call), line));
  const all = lines.length === 0 ? ["-- No entries --"] : lines;
  const start = int(call, "start") ?? 0;
  const limit = int(call, "limit") ?? DEFAULT_LIMIT;
  const data = all.map((t, index) => ({ n: index + 1, t }));
  return { data: data.slice(start, limit === 0 ? undefined : start + limit), total: all.length };
}

/** A place in the log, as its reader marks it. */
function cursor(index: number): string {
  return `s=1ab0;i=${(index + 1).toString(16)};b=0001`;
}

function journal(call: Call): unknown[] {
  const lines = selected(call);
  const last = int(call, "lastentries");
  const from = text(call, "startcursor");
  const to = text(call, "endcursor");
  const at = (mark: string): number => Number.parseInt(/;i=([0-9a-f]+);/.exec(mark)?.[1] ?? "1", 16) - 1;
  const begin = from !== undefined ? at(from) : last !== undefined ? Math.max(0, lines.length - last) : 0;
  const end = to === undefined ? lines.length : at(to) + 1;
  const part = lines.slice(begin, end);
  if (part.length === 0) return [];
  if (flag(call, "structured"))
    return part.map(({ time, unit, pid, text: message }, index) => ({
      __CURSOR: cursor(begin + index),
      __REALTIME_TIMESTAMP: String(time * 1_000_000),
      _HOSTNAME: nodeName(call),
      SYSLOG_IDENTIFIER: unit,
      _PID: String(pid),
      MESSAGE: message,
    }));
  return [cursor(begin), ...part.map((line) => formatLine(nodeName(call), line)), cursor(begin + part.length - 1)];
}

/** The reader's own output, handed on as it comes: nothing at all where the reader is not installed. */
function journalStream(call: Call): Answer {
  const data = journal(call);
  const body = hostOf(call).profile.missing.has("journal") ? "" : JSON.stringify({ data, success: 1 });
  return { data, raw: { type: "application/json", body, encoding: "gzip" } };
}

/** Everything about a node in one text. */
function report(call: Call): string {
  const { state } = call;
  const host = hostOf(call);
  const { node, profile } = host;
  const guests = [...state.guests.values()].filter((guest) => guest.node === node.name);
  const section = (title: string, body: string): string => `==== ${title} ====\n\n${body}\n`;
  const packages = profile.packages
    .filter(({ installed }) => installed !== undefined)
    .map(({ name, installed }) => `${name}: ${installed}`);
  const storages = [...state.storages.values()].map(
    ({ type, storage, content }) => `${type}: ${storage}\n\tcontent ${content.join(",")}\n`,
  );
  return [
    section(
      "general system info",
      `# hostname\n${node.name}\n\n# pveversion --verbose\n${packages.join("\n")}\n\n# cat /etc/hosts\n${host.hosts}\n# uname -a\nLinux ${node.name} ${profile.kernel.release} ${profile.kernel.version} x86_64 GNU/Linux`,
    ),
    section("storage info", `# cat /etc/pve/storage.cfg\n${storages.join("\n")}`),
    section(
      "virtual guest info",
      `# qm list\n${guests.map((guest) => `${guest.vmid} ${guest.running ? "running" : "stopped"}`).join("\n")}`,
    ),
    section("network info", `# cat /etc/network/interfaces\n${host.network.text}`),
    section("disk info", host.disks.all.map(({ devpath, size }) => `${devpath} ${size}`).join("\n")),
  ].join("\n");
}

/** Logs of a node. */
export const nodeLogRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/syslog", run: syslog },
  { id: "GET /nodes/{node}/journal", run: journalStream },
  { id: "GET /nodes/{node}/report", run: (call) => ({ data: report(call) }) },
];
