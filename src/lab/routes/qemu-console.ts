import { randomBytes } from "node:crypto";
import { mustRun } from "../guests/power.ts";
import { refuseSkiplock } from "../guests/update.ts";
import { callerName } from "../permissions/caller.ts";
import { die, forbidden, parameterRefusal, Refusal } from "../refusal.ts";
import type { LabGuest } from "../state/types.ts";
import { type ConsoleOffer, offerConsole } from "./consoles.ts";
import { theGuest } from "./guests.ts";
import { type Call, flag, int, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

function pemLike(): string {
  const body = randomBytes(1500).toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
}

const CERTIFICATE = pemLike();
const PASSWORD_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,-_+#";

function password(): string {
  return [...randomBytes(8)].map((byte) => PASSWORD_LETTERS[byte % PASSWORD_LETTERS.length]).join("");
}

function open(call: Call, { vmid, node }: LabGuest, kind: "terminal" | "screen"): ConsoleOffer {
  return offerConsole(call, { path: `/vms/${vmid}`, type: "vncproxy", id: String(vmid), kind, node, vmid });
}

function vnc(call: Call): { data: unknown } {
  const guest = theGuest(call, "qemu");
  const answer = { ...open(call, guest, "screen"), cert: CERTIFICATE };
  if (!flag(call, "websocket") && !flag(call, "generate-password")) return { data: answer };
  // The password goes before the ticket, so that clients that know one field only send both.
  const secret = password();
  return { data: { ...answer, password: secret, ticket: `${secret}:${answer.ticket}` } };
}

function terminal(call: Call): { data: unknown } {
  const guest = theGuest(call, "qemu");
  const serial = text(call, "serial");
  if (serial !== undefined && guest.config[serial] !== "socket")
    throw die(
      guest.config[serial] === undefined
        ? `unable to find serial interface '${serial}'`
        : `wrong type for serial device`,
    );
  return { data: open(call, guest, "terminal") };
}

function spice(call: Call): { data: unknown } {
  const guest = theGuest(call, "qemu");
  mustRun(guest);
  if (!/qxl/.test(String(guest.config.vga ?? ""))) throw die("no spice port");
  const node = call.state.nodes.get(guest.node);
  return {
    data: {
      type: "spice",
      title: `VM ${guest.vmid} - ${guest.config.name ?? ""}`,
      host: `pvespiceproxy:${Math.floor(Date.now() / 1000)
        .toString(16)
        .toUpperCase()}:${guest.vmid}:${guest.node}::61000`,
      proxy: `http://${text(call, "proxy") ?? node?.ip ?? guest.node}:3128`,
      "tls-port": 61_000,
      password: randomBytes(20).toString("hex"),
      "host-subject": `OU=PVE Cluster Node,O=Proxmox Virtual Environment,CN=${guest.node}`,
      ca: CERTIFICATE.replaceAll("\n", "\\n"),
      "toggle-fullscreen": "Shift+F11",
      "release-cursor": "Ctrl+Alt+R",
      "secure-attention": "Ctrl+Alt+Ins",
      "delete-this-file": 1,
    },
  };
}

function websocket(call: Call): { data: unknown } {
  const guest = theGuest(call, "qemu");
  const number = int(call, "port") ?? 0;
  const user = callerName(call.token);
  const ticket = (text(call, "vncticket") ?? "").replace(/^[^:]{8}:(?=PVEVNC:)/, "");
  if (!call.state.access.tickets.checkConsole(ticket, user, `/vms/${guest.vmid}`, number))
    throw new Refusal(401, "permission denied - invalid PVEVNC ticket", { form: "json" });
  return { data: { port: String(number) } };
}

const MONITOR: readonly (readonly [RegExp, (guest: LabGuest) => string])[] = [
  [/^info status$/, (guest) => `VM status: ${guest.paused ? "paused" : "running"}\r\n`],
  [/^info name$/, (guest) => `${guest.config.name ?? `vm${guest.vmid}`},debug-threads=on\r\n`],
  [/^info version$/, () => "10.0.13pve-qemu-kvm_10.0.13-1\r\n"],
  [/^info kvm$/, (guest) => `kvm support: ${guest.config.kvm === 0 ? "disabled" : "enabled"}\r\n`],
  [/^info uuid$/, (guest) => `${/uuid=([\w-]+)/.exec(String(guest.config.smbios1 ?? ""))?.[1] ?? ""}\r\n`],
  [/^info vnc$/, (guest) => `default:\r\n  Server: unix:/var/run/qemu-server/${guest.vmid}.vnc (none)\r\n`],
  [/^info balloon$/, (guest) => `balloon: actual=${guest.maxmem / 1_048_576}\r\n`],
  [/^help/, () => "help|? [cmd]  -- show the help\r\ninfo [subcommand]  -- show various information\r\n"],
  [/^(?:stop|cont|screendump .*|sendkey .*|system_(?:reset|wakeup|powerdown)|eject .*)$/, () => ""],
];

function monitor(call: Call): { data: string } {
  const guest = theGuest(call, "qemu");
  const command = (text(call, "command") ?? "").trim();
  const privilege = /^(?:info|help)\b/.test(command) ? "Sys.Audit" : "Sys.Modify";
  if (!may(call, "/", privilege)) throw forbidden("/", [privilege]);
  if (!guest.running) return { data: `ERROR: VM ${guest.vmid} not running\n` };
  if (command === "stop") guest.paused = true;
  if (command === "cont") guest.paused = false;
  const answer = MONITOR.find(([pattern]) => pattern.test(command))?.[1];
  return { data: answer ? answer(guest) : `unknown command: '${command.split(" ")[0]}'\r\n` };
}

function sendKey(call: Call): { data: null } {
  refuseSkiplock(call);
  mustRun(theGuest(call, "qemu"));
  return { data: null };
}

function busState(call: Call): { data: null } {
  const guest = call.state.guests.get(int(call, "vmid") ?? 0);
  const node = text(call, "node") ?? "";
  if (!guest?.running || guest.node !== node)
    throw parameterRefusal({ node: `VM ${text(call, "vmid")} not running locally on node '${node}'` });
  return { data: null };
}

function tunnel(call: Call): { data: unknown } {
  const vmid = int(call, "vmid") ?? 0;
  const node = text(call, "node") ?? "";
  const there = call.state.guests.get(vmid);
  if (there)
    throw parameterRefusal({
      vmid: `unable to create empty VM config - ${there.type === "qemu" ? "VM" : "CT"} ${vmid} already exists on node '${there.node}'\n`,
    });
  const { data } = startTask(call, { node, type: "qmtunnel", id: String(vmid), weight: 5, work: closeTunnel });
  const user = callerName(call.token);
  return {
    data: {
      ticket: call.state.access.tickets.issueConsole(user, `/vms/${vmid}/tunnel`).replace("PVEVNC", "PVETUNNEL"),
      socket: `/run/qemu-server/${vmid}.mtunnel`,
      upid: data,
    },
  };
}

function closeTunnel(): undefined {
  throw new Error("mtunnel exited unexpectedly");
}

function remoteMigrate(call: Call): { data: unknown } {
  const guest = theGuest(call, "qemu");
  if (guest.config.lock !== undefined) throw die(`VM is locked (${guest.config.lock})`);
  if (guest.running && !flag(call, "online")) throw die("can't migrate running VM without --online");
  if (call.state.haOf(guest)) throw die("cannot remote-migrate a HA-managed VM");
  const host = /(?:^|,)host=([^,]+)/.exec(text(call, "target-endpoint") ?? "")?.[1] ?? "";
  const number = /(?:^|,)port=(\d+)/.exec(text(call, "target-endpoint") ?? "")?.[1] ?? "8006";
  // No other cluster is there to be reached.
  throw die(`Can't connect to ${host}:${number} (Connection refused)`);
}

const one = "/nodes/{node}/qemu/{vmid}";
const may1 = (...any: string[]) => ({ path: "/vms/{vmid}", any });

/** Consoles of VMs, their monitor, and the ends of tunnels between clusters. */
export const qemuConsoleRoutes: readonly Route[] = [
  { id: `POST ${one}/vncproxy`, permission: may1("VM.Console"), run: vnc },
  { id: `POST ${one}/termproxy`, permission: may1("VM.Console"), run: terminal },
  { id: `POST ${one}/spiceproxy`, permission: may1("VM.Console"), run: spice },
  { id: `GET ${one}/vncwebsocket`, permission: may1("VM.Console"), run: websocket },
  { id: `POST ${one}/monitor`, run: monitor },
  { id: `PUT ${one}/sendkey`, permission: may1("VM.Console"), run: sendKey },
  { id: `POST ${one}/dbus-vmstate`, permission: may1("VM.Migrate"), run: busState },
  { id: `POST ${one}/mtunnel`, permission: may1("VM.Allocate"), writes: true, run: tunnel },
  {
    id: `GET ${one}/mtunnelwebsocket`,
    run: () => {
      throw new Refusal(401, "permission denied - invalid PVETUNNEL ticket", { form: "json" });
    },
  },
  { id: `POST ${one}/remote_migrate`, permission: may1("VM.Migrate"), writes: true, run: remoteMigrate },
];
